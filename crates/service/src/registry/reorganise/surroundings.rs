//! What a unit was called and where it stood over the years, and the other codes by which it is known.
//! Not for: changing the map.

use std::sync::Arc;

use domain::ids::UnitId;
use domain::orgs::unit_codes::MOST_LETTERS;
use domain::roles::Act;
use domain::time::{Date, Interval};
use store::read::reorganise::{self as read, Past};
use store::write::register as write;

use super::{commit, keeper, why};
use crate::registry::keeping::{is_reason, without_refusal};
use crate::registry::view;
use crate::{ActError, Ctx, Services};

/// What a unit was called, where it stood, and its other codes.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn past(services: &Services, ctx: &Ctx, unit: UnitId) -> Result<Arc<Past>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let make = async { Ok(read::past(&services.db, unit, ctx.today).await?) };
    services.units.pasts.get(services.facts(ctx).await?, (unit, ctx.today), make).await
}

/// Why another code is not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasRefusal {
    /// It is empty or longer than a code may be.
    BadCode,
    /// It is the code of a unit already.
    CodeTaken,
    /// It ends before it begins.
    EndsBeforeStart,
    /// It must say why.
    NoReason,
    /// The unit is in another state than was asked.
    Unmatched,
}

/// What is wrong with another code itself.
pub(crate) fn alias_faults(known: &read::Known, code: &str, (from, to): (Option<Date>, Option<Date>)) -> Vec<AliasRefusal> {
    let mut refusals = Vec::new();
    refusals.extend((code.is_empty() || code.chars().count() > MOST_LETTERS).then_some(AliasRefusal::BadCode));
    refusals.extend(known.codes.contains_key(code).then_some(AliasRefusal::CodeTaken));
    refusals.extend(from.is_some_and(|from| Interval::new(from, to).is_err()).then_some(AliasRefusal::EndsBeforeStart));
    refusals
}

/// Writes another code of a unit; `from` and `to` are its first day and the day after its last one.
///
/// # Errors
/// Every [`AliasRefusal`] that applies.
pub async fn add_alias(
    services: &Services,
    ctx: &Ctx,
    unit: &str,
    code: &str,
    (from, to): (Option<Date>, Option<Date>),
    reason: &str,
) -> Result<(), ActError<Vec<AliasRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    let code = code.trim();
    let known = read::known(&services.db).await?;
    let mut refusals = alias_faults(&known, code, (from, to));
    refusals.extend((!is_reason(reason)).then_some(AliasRefusal::NoReason));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::add_alias(&tx, &why(ctx, proof.as_ref(), reason), &write::Alias { unit: line.unit.id, code, from, to }).await?;
    commit(tx, ctx, "unit.alias", &format!("unit/{}", line.unit.code), (Some(code), reason)).await?;
    Ok(())
}

/// Removes another code of a unit.
///
/// # Errors
/// [`AliasRefusal::NoReason`] without a reason, [`ActError::NotFound`] when the unit has no such code.
pub async fn remove_alias(services: &Services, ctx: &Ctx, unit: &str, alias: i64, reason: &str) -> Result<(), ActError<Vec<AliasRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![AliasRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    write::remove_alias(&tx, &why(ctx, proof.as_ref(), reason), line.unit.id, alias).await?;
    commit(tx, ctx, "unit.alias", &format!("unit/{}", line.unit.code), (None, reason)).await?;
    Ok(())
}
