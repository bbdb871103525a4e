//! Proposals of officials to correct their records, and the corrections of single values that no other act makes.
//! Not for: rules of either.

use domain::ids::{OfficialId, UnitId};
use domain::people::{LeaderGroup, StaffKind};
use domain::register::corrections::{About, CorrectionState, Wish};
use domain::time::{Date, Instant, number};

use super::{Why, change, postings};
use crate::db::{StoreError, WriteTx};
use crate::read::corrections::Wanted;
use crate::sql::Sql;

/// A proposal to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection<'a> {
    /// Whose record.
    pub official: OfficialId,
    /// About what.
    pub about: About,
    /// Which line of the record, if one.
    pub row: Option<i64>,
    /// What is wrong.
    pub wish: Wish,
    /// Values that should be other.
    pub values: &'a [Wanted],
    /// In the official's words.
    pub words: &'a str,
    /// When.
    pub at: Instant,
}

/// Writes a proposal.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn propose(tx: &WriteTx, new: &NewCorrection<'_>) -> Result<i64, StoreError> {
    let fields = serde_json::to_string(new.values).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let columns = ["official_id", "about", "row_id", "wish", "fields", "words", "state", "proposed_at"];
    let values = vec![
        new.official.0.into(),
        new.about.code().into(),
        new.row.into(),
        new.wish.code().into(),
        fields.into(),
        new.words.into(),
        CorrectionState::Open.code().into(),
        new.at.0.into(),
    ];
    crate::write::insert(tx, "correction", &columns, values).await
}

/// Decides an open proposal, once.
///
/// # Errors
/// [`StoreError::Stale`] when it is not open any more.
pub async fn settle(tx: &WriteTx, why: &Why<'_>, id: i64, state: CorrectionState, answer: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE correction SET state = ").bind(state.code()).push(", decided_at = ").bind(why.at.0);
    sql.push(", decided_by = ").bind(why.by.user()).push(", answer = ").bind(Some(answer.trim()).filter(|a| !a.is_empty()));
    sql.push(", operation = ").bind(why.operation).push(" WHERE state = 'open' AND id = ").bind(id);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A posting with values corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingFix {
    /// Title of the post.
    pub post: String,
    /// Grade code.
    pub grade: Option<String>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// First day.
    pub from: Date,
}

/// Corrects a posting.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there.
pub async fn fix_posting(tx: &WriteTx, why: &Why<'_>, row: i64, fix: &PostingFix) -> Result<(), StoreError> {
    let post = postings::post(tx, why, &fix.post).await?;
    change::<entity::posting::Entity>(tx, why, row, |row| {
        row.post_id = post;
        row.grade.clone_from(&fix.grade);
        row.decision_number.clone_from(&fix.decision);
        row.starts_on = number(fix.from);
    })
    .await
}

/// A qualification with values corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualificationFix {
    /// Since when.
    pub granted_on: Date,
    /// Until when, if it expires.
    pub expires_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number.
    pub number: Option<String>,
}

/// Corrects a qualification.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there.
pub async fn fix_qualification(tx: &WriteTx, why: &Why<'_>, row: i64, fix: &QualificationFix) -> Result<(), StoreError> {
    change::<entity::qualification::Entity>(tx, why, row, |row| {
        row.granted_on = number(fix.granted_on);
        row.expires_on = fix.expires_on.map(number);
        row.issuer.clone_from(&fix.issuer);
        row.number.clone_from(&fix.number);
    })
    .await
}

/// A training with values corrected; unit, staff and group are those of its first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFix {
    /// First day.
    pub from: Date,
    /// Last day.
    pub last: Option<Date>,
    /// Periods.
    pub periods: i32,
    /// What proves it.
    pub evidence: Option<String>,
    /// Unit on the first day.
    pub unit: UnitId,
    /// Kind of staff on the first day.
    pub staff: StaffKind,
    /// Group on the first day.
    pub group: Option<LeaderGroup>,
}

/// Corrects a training.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there.
pub async fn fix_record(tx: &WriteTx, why: &Why<'_>, row: i64, fix: &RecordFix) -> Result<(), StoreError> {
    change::<entity::training_record::Entity>(tx, why, row, |row| {
        row.starts_on = number(fix.from);
        row.ends_on = fix.last.map(number);
        row.periods = fix.periods;
        row.evidence.clone_from(&fix.evidence);
        row.unit_id = fix.unit.0;
        fix.staff.code().clone_into(&mut row.staff);
        row.leader_group = fix.group.map(|group| group.to_string());
    })
    .await
}
