//! Nominations written, and the seats they hold.
//! Not for: deciding (`service::nominations`).

use domain::ids::{ClassId, NominationId, OfficialId, SeatId};
use domain::nominations::{NominationAct, NominationState};
use domain::plans::Working;
use domain::time::{Date, number};

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A nomination to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNomination<'a> {
    /// The class.
    pub class: ClassId,
    /// Whose.
    pub official: OfficialId,
    /// What the person is on the first day of the class.
    pub working: Working,
    /// Named, or waiting.
    pub state: NominationState,
    /// How many preferences speak for the person.
    pub points: i32,
    /// The day by whose law it was judged.
    pub judged_on: Date,
    /// Codes of what was found and accepted with a reason.
    pub findings: &'a str,
    /// That reason.
    pub reason: &'a str,
    /// Months of service that the signed promise names.
    pub promised_months: i32,
    /// Whether the standing committee has given its opinion.
    pub opinion_given: bool,
    /// Whom the person replaces.
    pub replaces: Option<NominationId>,
}

/// Writes a nomination.
///
/// # Errors
/// [`StoreError::Duplicate`] when the person is named for the class already.
pub async fn add(tx: &WriteTx, why: &Why<'_>, new: &NewNomination<'_>) -> Result<NominationId, StoreError> {
    let columns = [
        "class_id",
        "official_id",
        "unit_id",
        "staff",
        "leader_group",
        "state",
        "points",
        "judged_on",
        "findings",
        "reason",
        "promised_months",
        "opinion_given",
        "replaces_id",
        "waits_since",
        "made_by",
        "made_at",
        "revision",
    ];
    let waits_since = (new.state == NominationState::Waiting).then_some(why.at.0);
    let values = vec![
        new.class.0.into(),
        new.official.0.into(),
        new.working.unit.0.into(),
        new.working.staff.code().into(),
        new.working.group.map(|group| group.code()).into(),
        new.state.code().into(),
        new.points.into(),
        number(new.judged_on).into(),
        new.findings.into(),
        new.reason.trim().into(),
        new.promised_months.into(),
        new.opinion_given.into(),
        new.replaces.map(|replaced| replaced.0).into(),
        waits_since.into(),
        why.by.user().into(),
        why.at.0.into(),
        1.into(),
    ];
    Ok(NominationId(insert(tx, "nomination", &columns, values).await?))
}

/// Gives a free seat to a nomination.
///
/// # Errors
/// [`StoreError::Stale`] when somebody holds it.
pub async fn take_seat(tx: &WriteTx, seat: SeatId, nomination: NominationId) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE class_seat SET nomination_id = ").bind(nomination.0).push(" WHERE nomination_id IS NULL AND id = ").bind(seat.0);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Frees the seat of a nomination, if it holds one. Tells which.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn leave_seat(tx: &WriteTx, nomination: NominationId) -> Result<Option<SeatId>, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE class_seat SET nomination_id = NULL WHERE nomination_id = ").bind(nomination.0).push(" RETURNING id");
    Ok(sql.first(tx.connection()).await?.map(|row| row.try_get("", "id")).transpose()?.map(SeatId))
}

/// Carries a nomination that is as it was read into another state.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did first.
pub async fn step(tx: &WriteTx, (id, revision): (NominationId, i32), to: NominationState) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE nomination SET revision = revision + 1, waits_since = NULL, state = ").bind(to.code());
    sql.push(" WHERE id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Keeps by the law of which day a nomination was judged last.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn judged(tx: &WriteTx, id: NominationId, on: Date) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE nomination SET judged_on = ").bind(number(on)).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Keeps which promise of service began with a nomination.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn promised(tx: &WriteTx, id: NominationId, commitment: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE nomination SET commitment_id = ").bind(commitment).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Forgets the promises that began with a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn promised_nothing(tx: &WriteTx, class: ClassId) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE nomination SET commitment_id = NULL WHERE class_id = ").bind(class.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Keeps what happened to a nomination.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(
    tx: &WriteTx,
    why: &Why<'_>,
    nomination: NominationId,
    act: Option<NominationAct>,
    words: &str,
) -> Result<(), StoreError> {
    let columns = ["nomination_id", "act", "words", "user_id", "happened_at"];
    let act = act.map_or("name", NominationAct::code);
    let values = vec![nomination.0.into(), act.into(), words.trim().into(), why.by.user().into(), why.at.0.into()];
    insert(tx, "nomination_event", &columns, values).await?;
    Ok(())
}
