//! Posts a person is planned for, and promises of service.

use domain::ids::{OfficialId, UnitId};
use domain::people::Leadership;
use domain::register::commitments::{Closing, CommitmentFacts};
use domain::time::{Date, add_months, number};

use super::{Why, change, insert, remove};
use crate::db::{StoreError, WriteTx};

/// A post that a person is planned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPlanned<'a> {
    /// Whose.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// Which post of leadership.
    pub leadership: Leadership,
    /// First day.
    pub from: Date,
    /// The day after the last one, if set.
    pub to: Option<Date>,
    /// Number of the decision.
    pub decision: Option<&'a str>,
}

/// Writes a planned post.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn plan_post(tx: &WriteTx, why: &Why<'_>, new: &NewPlanned<'_>) -> Result<i64, StoreError> {
    let row = entity::planned_post::Model {
        id: 0,
        official_id: new.official.0,
        unit_id: new.unit.0,
        leadership: new.leadership.to_string(),
        starts_on: number(new.from),
        ends_on: new.to.map(number),
        decision_number: new.decision.map(str::to_owned),
    };
    insert::<entity::planned_post::Entity>(tx, why, row).await
}

/// Writes a promise of service.
///
/// # Errors
/// [`StoreError::Unreadable`] when its end lies outside of every calendar.
pub async fn promise(
    tx: &WriteTx,
    why: &Why<'_>,
    official: OfficialId,
    facts: &CommitmentFacts<'_>,
    decision: Option<&str>,
) -> Result<i64, StoreError> {
    let end = facts.during().and_then(|during| during.to()).ok_or_else(|| StoreError::Unreadable(facts.months.to_string()))?;
    let row = entity::commitment::Model {
        id: 0,
        official_id: official.0,
        study: facts.study.trim().to_owned(),
        sent_on: number(facts.sent_on),
        study_months: facts.study_months,
        months: facts.months,
        starts_on: number(facts.starts_on),
        ends_on: number(end),
        decision_number: decision.map(str::to_owned),
        closed_by: facts.closed.map(|(how, _)| how.to_string()),
        closed_on: facts.closed.map(|(_, day)| number(day)),
    };
    insert::<entity::commitment::Entity>(tx, why, row).await
}

/// Starts the clock of a promise on another day.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there; [`StoreError::Unreadable`] when its end lies outside of every calendar.
pub async fn move_promise(tx: &WriteTx, why: &Why<'_>, commitment: i64, starts_on: Date) -> Result<(), StoreError> {
    let mut end = None;
    change::<entity::commitment::Entity>(tx, why, commitment, |row| {
        end = add_months(starts_on, row.months);
        row.starts_on = number(starts_on);
        row.ends_on = end.map_or(row.ends_on, number);
    })
    .await?;
    end.map(|_| ()).ok_or_else(|| StoreError::Unreadable(commitment.to_string()))
}

/// Takes back a promise whose study never took place.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there, or is another person's.
pub async fn take_back_promise(tx: &WriteTx, why: &Why<'_>, of: OfficialId, commitment: i64) -> Result<(), StoreError> {
    remove::<entity::commitment::Entity>(tx, why, of, commitment).await
}

/// Ends a promise before it is served.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there, or is another person's.
pub async fn close_promise(
    tx: &WriteTx,
    why: &Why<'_>,
    of: OfficialId,
    commitment: i64,
    (how, on): (Closing, Date),
) -> Result<(), StoreError> {
    let mut is_own = false;
    change::<entity::commitment::Entity>(tx, why, commitment, |row| {
        is_own = row.official_id == of.0;
        if is_own {
            row.closed_by = Some(how.to_string());
            row.closed_on = Some(number(on));
        }
    })
    .await?;
    if is_own { Ok(()) } else { Err(StoreError::NotFound) }
}
