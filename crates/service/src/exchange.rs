//! Other machines: what changed since they asked last, writing with keys that make sending twice harmless, all or nothing.
//! Not for: HTTP and JSON answers (`web`); rules of people are those of files and forms (`intake`, `registry`).

mod catalogue;
mod changes;
mod keys;
mod plan;
mod spots;
mod undo;
mod units;
mod write;

use domain::roles::Act;
use store::read::changes as read_changes;

use crate::registry::{self, PostLine, UnitView};
use crate::{ActError, Ctx, Services};

pub use changes::{
    Changed, ChangedState, Changes, ChangesRefusal, Since, WithPlace, changed_officials, changed_posts, changed_units, start,
};
pub use keys::{FORGET_MS, GIVE_UP_MS, Receipt, claim, release};
pub use spots::set_spot;
pub use store::read::changes::PersonLine;
pub use store::write::exchange::{Answer, Claim, Standing};
pub use undo::undo;
pub use units::{AliasFaults, AliasWish, set_aliases};
pub use write::{
    Ask, Done, MOST_OPERATIONS, Matching, OpDone, OpState, Subject, Upsert, WriteRefusal, official_tag, post_tag, unit_tag, write,
};

/// One post by its code, with its state.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, [`ActError::Forbidden`] for roles that may not see units.
pub async fn post(services: &Services, ctx: &Ctx, code: &str) -> Result<(PostLine, String), ActError> {
    ctx.scope(Act::ViewUnits)?;
    let find = async || {
        let all = registry::posts(services, ctx, ctx.today).await?;
        all.iter().find(|post| post.code.as_deref() == Some(code)).cloned().ok_or(ActError::NotFound)
    };
    let id = find().await?.id;
    // The state is read before the thing itself: it may be older than what is shown, never newer.
    let tag = post_tag(id, read_changes::newest_of_row(&services.db, "post", id).await?);
    Ok((find().await?, tag))
}

/// The state of a unit's own row, read before the unit is.
///
/// # Errors
/// As for the unit.
pub async fn tag_of_unit(services: &Services, ctx: &Ctx, unit: &UnitView) -> Result<String, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(unit_tag(unit.unit.id.0, read_changes::newest_of_row(&services.db, "unit", unit.unit.id.0).await?))
}

/// The state of a person's record, to be read before the record is; `None` when nobody has the code. It tells nothing of the person.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn tag_of_official(services: &Services, code: &str) -> Result<Option<String>, ActError> {
    let found = read_changes::newest_of_code(&services.db, code).await?;
    Ok(found.map(|(official, newest)| official_tag(official, newest)))
}
