//! The bodies and registers that the shipped procedures name, laid out once where there are none: habits of provinces, all editable.
//! Not for: law; nothing here follows from an act.

use domain::ids::UserId;
use domain::papers::Family;
use domain::papers::mandates::{Body, Led, SignAs, Standing};
use domain::roles::{self, Act};
use domain::time::{Date, Instant, date};
use store::read::papers as read;
use store::write::papers::{self as write, NewMandate, NewRegister};
use store::write::schemes::By;
use store::{StoreError, WriteTx};

use super::note_of;
use crate::{ActError, Ctx, Services};

/// Code, name, family, how it decides, post of the head.
const BODIES: [(&str, &str, Family, Led, &str); 4] = [
    ("ubnd-tinh", "ỦY BAN NHÂN DÂN", Family::State, Led::Collective, "CHỦ TỊCH"),
    ("so-noi-vu", "SỞ NỘI VỤ", Family::State, Led::Head, "GIÁM ĐỐC"),
    ("tinh-uy", "BAN THƯỜNG VỤ", Family::Party, Led::Collective, "BÍ THƯ"),
    ("ban-to-chuc", "BAN TỔ CHỨC TỈNH ỦY", Family::Party, Led::Head, "TRƯỞNG BAN"),
];

/// Code, code of the body, name, pattern, sign of the kind, sign of the body.
const REGISTERS: [(&str, &str, &str, &str, &str, &str); 10] = [
    ("ubnd-kh", "ubnd-tinh", "Kế hoạch của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "KH", "UBND"),
    ("ubnd-qd", "ubnd-tinh", "Quyết định của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "QĐ", "UBND"),
    ("ubnd-ttr", "ubnd-tinh", "Tờ trình của Ủy ban nhân dân tỉnh", "{number}/{kind}-{unit}", "TTr", "UBND"),
    ("snv-chung", "so-noi-vu", "Thông báo của Sở Nội vụ", "{number}/{kind}-{unit}", "TB", "SNV"),
    ("snv-qd", "so-noi-vu", "Quyết định của Sở Nội vụ", "{number}/{kind}-{unit}", "QĐ", "SNV"),
    ("snv-gm", "so-noi-vu", "Giấy mời của Sở Nội vụ", "{number}/{kind}-{unit}", "GM", "SNV"),
    ("snv-bc", "so-noi-vu", "Báo cáo của Sở Nội vụ", "{number}/{kind}-{unit}", "BC", "SNV"),
    ("tinh-uy", "tinh-uy", "Văn bản của Tỉnh ủy", "{number}-{kind}/{unit}", "KH", "TU"),
    ("btc-qd", "ban-to-chuc", "Quyết định của Ban Tổ chức Tỉnh ủy", "{number}-{kind}/{unit}", "QĐ", "BTCTU"),
    ("btc-chung", "ban-to-chuc", "Thông báo của Ban Tổ chức Tỉnh ủy", "{number}-{kind}/{unit}", "TB", "BTCTU"),
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
    put(&tx, ctx.today).await?;
    note_of(&tx, ctx, "paper.register", "paper_register", "").await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes bodies and registers; tells code and key of each body.
pub(crate) async fn put(tx: &WriteTx, today: Date) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let mut keys = Vec::with_capacity(BODIES.len());
    for (of, name, family, led, head_post) in BODIES {
        let body = Body { name: name.to_owned(), family, led, head_post: head_post.to_owned() };
        let id = write::add_body(tx, of, &body).await?;
        for (code, _, title, pattern, kind_sign, unit_sign) in REGISTERS.into_iter().filter(|(_, other, ..)| *other == of) {
            let start = (today.year(), 1);
            write::add_register(tx, &NewRegister { code, body: id, title, pattern, kind_sign, unit_sign, start, closed: false }).await?;
        }
        keys.push((of, id));
    }
    Ok(keys)
}

/// Rights to sign of a demonstration: code of the body, sign-in name, way, standing, post.
const DEMO_MANDATES: [(&str, &str, SignAs, Standing, &str); 4] = [
    ("ubnd-tinh", "lanh-dao", SignAs::Deputy, Standing::Deputy, "PHÓ CHỦ TỊCH"),
    ("tinh-uy", "lanh-dao", SignAs::Deputy, Standing::Deputy, "PHÓ BÍ THƯ"),
    ("so-noi-vu", "so-noi-vu", SignAs::Head, Standing::Head, "GIÁM ĐỐC"),
    ("ban-to-chuc", "to-chuc-tinh-uy", SignAs::Head, Standing::Head, "TRƯỞNG BAN"),
];

/// Bodies, registers and rights to sign of a demonstration.
pub(crate) async fn put_demo(tx: &WriteTx, accounts: &[(&str, UserId)], now: Instant, today: Date) -> Result<(), StoreError> {
    let bodies = put(tx, today).await?;
    for (body, login, sign_as, standing, post) in DEMO_MANDATES {
        let keys = bodies.iter().find(|(code, _)| *code == body).zip(accounts.iter().find(|(name, _)| *name == login));
        let Some(((_, body), (_, user))) = keys else { continue };
        let from = date(today.year(), 1, 1).unwrap_or(today);
        let new = NewMandate { body: *body, user: *user, sign_as, standing, post, decision: None, under: None, from, to: None };
        write::add_mandate(tx, By::System, &new, now).await?;
    }
    Ok(())
}
