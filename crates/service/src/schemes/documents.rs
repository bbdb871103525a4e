//! The text of a version, for those who may see it.
//! Not for: lists of versions (`schemes`) or changing them (`edit`).

use domain::roles::Act;
use store::read::schemes::{Version, VersionState, version as read};

use crate::{ActError, Ctx, Services};

/// A version with its text; a draft only for those who may edit.
///
/// # Errors
/// [`ActError::NotFound`] when there is none for the asker.
pub async fn version(services: &Services, ctx: &Ctx, scheme: &str, number: i32) -> Result<Version, ActError> {
    ctx.scope(Act::ViewProgress)?;
    let found = read(&services.db, scheme, number).await?;
    if found.line.state == VersionState::Draft && !ctx.may(Act::EditScheme) {
        return Err(ActError::NotFound);
    }
    Ok(found)
}
