//! The bodies and registers that the shipped procedures name, laid out once where there are none: habits of provinces, all editable.
//! Not for: law; nothing here follows from an act.

use domain::papers::Family;
use domain::papers::mandates::{Body, Led};
use domain::roles::{self, Act};
use store::read::papers as read;
use store::write::papers::{self as write, NewRegister};

use super::note_of;
use crate::{ActError, Ctx, Services};

/// Code, name, family, how it decides, post of the head.
const BODIES: [(&str, &str, Family, Led, &str); 3] = [
    ("ubnd-tinh", "ỦY BAN NHÂN DÂN", Family::State, Led::Collective, "CHỦ TỊCH"),
    ("so-noi-vu", "SỞ NỘI VỤ", Family::State, Led::Head, "GIÁM ĐỐC"),
    ("tinh-uy", "BAN THƯỜNG VỤ", Family::Party, Led::Collective, "BÍ THƯ"),
];

/// Code, code of the body, name, pattern, sign of the kind, sign of the body.
const REGISTERS: [(&str, &str, &str, &str, &str, &str); 5] = [
    ("ubnd-kh", "ubnd-tinh", "Kế hoạch của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "KH", "UBND"),
    ("ubnd-qd", "ubnd-tinh", "Quyết định của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "QĐ", "UBND"),
    ("ubnd-ttr", "ubnd-tinh", "Tờ trình của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "TTr", "UBND"),
    ("snv-chung", "so-noi-vu", "Thông báo của Sở Nội vụ", "{number}/{kind}-{unit}", "TB", "SNV"),
    ("tinh-uy", "tinh-uy", "Văn bản của Tỉnh ủy", "{number}-{kind}/{unit}", "KH", "TU"),
];

/// Lays out bodies and registers where there are none. Tells whether it did.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no procedures.
pub async fn lay_out(services: &Services, ctx: &Ctx) -> Result<bool, ActError> {
    ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    if !read::bodies(&services.db).await?.is_empty() {
        return Ok(false);
    }
    let tx = services.db.write().await?;
    for (body_code, name, family, led, head_post) in BODIES {
        let body = Body { name: name.to_owned(), family, led, head_post: head_post.to_owned() };
        let id = write::add_body(&tx, body_code, &body).await?;
        for (code, of, title, pattern, kind_sign, unit_sign) in REGISTERS {
            if of == body_code {
                let start = (ctx.today.year(), 1);
                let new = NewRegister { code, body: id, title, pattern, kind_sign, unit_sign, start, closed: false };
                write::add_register(&tx, &new).await?;
            }
        }
    }
    note_of(&tx, ctx, "register.save", "paper_register", "").await?;
    tx.commit().await?;
    Ok(true)
}
