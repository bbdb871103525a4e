//! Postings and secondments: beginning and ending them.

use domain::ids::{OfficialId, UnitId};
use domain::orgs::{Bloc, Level};
use domain::people::{Appointment, Duty, LeaderGroup, Leadership, StaffKind};
use domain::register::Ending;
use domain::time::{Date, number};

use super::{Why, change, insert};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A posting to be written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NewPosting {
    /// Whose.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// Level of the unit.
    pub level: Level,
    /// Bloc of the unit.
    pub bloc: Bloc,
    /// Title of the post; the catalogue takes a new one in.
    pub post: String,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership.
    pub leadership: Option<Leadership>,
    /// Group of leaders and managers.
    pub group: Option<LeaderGroup>,
    /// Standing duty.
    pub duty: Option<Duty>,
    /// What kind of appointment it began with.
    pub appointment: Option<Appointment>,
    /// Whether the professional degree fits the post.
    pub fits_post: bool,
    /// Grade (ngạch, hạng) by its code.
    pub grade: Option<String>,
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub to: Option<Date>,
    /// How it ended, if it did.
    pub ended_by: Option<Ending>,
    /// Number of the decision.
    pub decision: Option<String>,
}

/// The row of a new posting in a post of the catalogue.
pub(super) fn row(post: i64, new: &NewPosting) -> entity::posting::Model {
    entity::posting::Model {
        id: 0,
        official_id: new.official.0,
        unit_id: new.unit.0,
        post_id: post,
        staff: new.staff.to_string(),
        level: new.level.to_string(),
        bloc: new.bloc.to_string(),
        leadership: new.leadership.map(|l| l.to_string()),
        leader_group: new.group.map(|g| g.to_string()),
        duty: new.duty.map(|d| d.to_string()),
        appointment: new.appointment.map(|a| a.to_string()),
        fits_post: new.fits_post,
        starts_on: number(new.from),
        ends_on: new.to.map(number),
        decision_number: new.decision.clone(),
        grade: new.grade.clone(),
        ended_by: new.ended_by.map(|e| e.to_string()),
    }
}

/// Writes a posting.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn begin_posting(tx: &WriteTx, why: &Why<'_>, new: &NewPosting) -> Result<i64, StoreError> {
    let row = row(post(tx, why, &new.post).await?, new);
    insert::<entity::posting::Entity>(tx, why, row).await
}

/// The operation under which new titles join the catalogue: they stay there when the act that brought them goes back.
pub(super) fn of_titles(operation: &str) -> String {
    format!("{operation}/posts")
}

/// The post of a title; a new title joins the catalogue.
pub(super) async fn post(tx: &WriteTx, why: &Why<'_>, title: &str) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM post WHERE title = ").bind(title);
    match sql.first(tx.connection()).await? {
        Some(row) => Ok(row.try_get("", "id")?),
        None => {
            let operation = of_titles(why.operation);
            insert::<entity::post::Entity>(tx, &Why { operation: &operation, ..*why }, crate::seed::post(0, title)).await
        }
    }
}

/// Ends a posting: `to` is the first day on which it is over.
///
/// # Errors
/// [`StoreError::NotFound`] when the posting is not there, or is another person's.
pub async fn end_posting(tx: &WriteTx, why: &Why<'_>, of: OfficialId, posting: i64, to: Date, by: Ending) -> Result<(), StoreError> {
    let mut is_own = false;
    change::<entity::posting::Entity>(tx, why, posting, |row| {
        is_own = row.official_id == of.0;
        if is_own {
            row.ends_on = Some(number(to));
            row.ended_by = Some(by.to_string());
        }
    })
    .await?;
    if is_own { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Work at another unit for a time, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecondment {
    /// Whose.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// Title of the post there.
    pub post: String,
    /// First day.
    pub from: Date,
    /// The day after the last one, if set.
    pub to: Option<Date>,
    /// Number of the decision.
    pub decision: Option<String>,
}

/// Writes a secondment.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn second(tx: &WriteTx, why: &Why<'_>, new: &NewSecondment) -> Result<i64, StoreError> {
    let row = entity::secondment::Model {
        id: 0,
        official_id: new.official.0,
        unit_id: new.unit.0,
        post: new.post.clone(),
        starts_on: number(new.from),
        ends_on: new.to.map(number),
        decision_number: new.decision.clone(),
    };
    insert::<entity::secondment::Entity>(tx, why, row).await
}

/// Ends a secondment.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there, or is another person's.
pub async fn end_secondment(tx: &WriteTx, why: &Why<'_>, of: OfficialId, secondment: i64, to: Date) -> Result<(), StoreError> {
    let mut is_own = false;
    change::<entity::secondment::Entity>(tx, why, secondment, |row| {
        is_own = row.official_id == of.0;
        if is_own {
            row.ends_on = Some(number(to));
        }
    })
    .await?;
    if is_own { Ok(()) } else { Err(StoreError::NotFound) }
}
