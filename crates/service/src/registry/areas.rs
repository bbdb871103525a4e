//! In what areas units lie: marked with a decision for a time, the mark removed when it was wrong.
//! Not for: which areas count as remote; that is dated law (`remoteness.areas`).

use std::collections::BTreeSet;

use domain::ids::UnitId;
use domain::orgs::Area;
use domain::people::StaffKind;
use domain::roles::Act;
use domain::time::{Date, Interval};
use law::{EvaluationDate, Value};
use store::StoreError;
use store::read::units::{self as read, AreaLine};
use store::write::register as write;

use super::keeping::{is_reason, without_refusal};
use super::reorganise::{commit, keeper, why};
use super::view;
use crate::lawbook::law;
use crate::{ActError, Ctx, Services};

/// Most letters of the number of a decision.
const MOST_LETTERS: usize = 120;

/// Why a unit is not marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaRefusal {
    /// No decision says so.
    NoDecision,
    /// The unit is marked so already on a day of these.
    Marked,
    /// It ends before it begins.
    EndsBeforeStart,
    /// It must say why.
    NoReason,
}

/// A mark as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaCard<'a> {
    /// In what the unit lies.
    pub area: Area,
    /// First day.
    pub from: Date,
    /// First day after its end.
    pub to: Option<Date>,
    /// Number of the decision.
    pub decision: &'a str,
    /// Why it is written down.
    pub reason: &'a str,
}

/// The areas of a unit, oldest first.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn areas(services: &Services, ctx: &Ctx, unit: UnitId) -> Result<Vec<AreaLine>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(read::areas_of(&services.db, unit).await?)
}

/// Marks a unit.
///
/// # Errors
/// Every [`AreaRefusal`] that applies; [`ActError::Forbidden`] for those who keep no units.
pub async fn add_area(services: &Services, ctx: &Ctx, unit: &str, card: &AreaCard<'_>) -> Result<(), ActError<Vec<AreaRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    let decision = card.decision.trim();
    let during = Interval::new(card.from, card.to);
    let known = read::areas_of(&services.db, line.unit.id).await?;
    let meets = |mark: &AreaLine| mark.area == card.area && during.as_ref().is_ok_and(|during| during.overlaps(&mark.during));
    let mut refusals = Vec::new();
    refusals.extend((!(1..=MOST_LETTERS).contains(&decision.chars().count())).then_some(AreaRefusal::NoDecision));
    refusals.extend(during.is_err().then_some(AreaRefusal::EndsBeforeStart));
    refusals.extend(known.iter().any(meets).then_some(AreaRefusal::Marked));
    refusals.extend((!is_reason(card.reason)).then_some(AreaRefusal::NoReason));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let new = write::NewArea { unit: line.unit.id, area: card.area, from: card.from, to: card.to, decision };
    write::add_area(&tx, &why(ctx, proof.as_ref(), card.reason), &new).await?;
    commit(tx, ctx, "unit.area", &format!("unit/{}", line.unit.code), (Some(card.area.code()), card.reason)).await?;
    Ok(())
}

/// Removes a mark that was wrong.
///
/// # Errors
/// [`AreaRefusal::NoReason`] without a reason, [`ActError::NotFound`] when the unit has no such mark.
pub async fn remove_area(services: &Services, ctx: &Ctx, unit: &str, mark: i64, reason: &str) -> Result<(), ActError<Vec<AreaRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![AreaRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    write::remove_area(&tx, &why(ctx, proof.as_ref(), reason), line.unit.id, mark).await?;
    commit(tx, ctx, "unit.area", &format!("unit/{}", line.unit.code), (None, reason)).await?;
    Ok(())
}

/// The areas that count as remote on a day, and whether that was checked against the text; none where the law of the day is not known.
///
/// # Errors
/// [`StoreError`] when the law files are broken.
pub fn remote_areas(on: Date) -> Result<(BTreeSet<Area>, bool), StoreError> {
    let Ok(found) = law()?.lookup("remoteness.areas", StaffKind::CongChuc, EvaluationDate(on)) else { return Ok((BTreeSet::new(), false)) };
    match &found.value {
        Value::Codes(codes) => Ok((codes.iter().filter_map(|code| Area::from_code(code)).collect(), !found.is_unverified())),
        other => Err(StoreError::Unreadable(other.to_string())),
    }
}
