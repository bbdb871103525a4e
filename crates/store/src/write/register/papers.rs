//! What a record is proved by: qualifications, ratings, training declared or imported; and striking out a line that is wrong.

use domain::ids::{ClassId, OfficialId, UnitId};
use domain::people::{Band, Degree, LeaderGroup, QualificationKind, RatingKind, StaffKind, StudyField};
use domain::plans::TopicRef;
use domain::register::Source;
use domain::register::scans::Proven;
use domain::time::{Date, number};
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};

use super::{Why, change, insert, remove};
use crate::db::{StoreError, WriteTx};

/// A degree or certificate to be written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NewQualification {
    /// Whose.
    pub official: OfficialId,
    /// What it proves.
    pub kind: QualificationKind,
    /// Degree, for professional ones.
    pub degree: Option<Degree>,
    /// Field of study.
    pub field: Option<StudyField>,
    /// Level within other kinds.
    pub grade: Option<String>,
    /// Since when.
    pub granted_on: Date,
    /// Until when, if it expires.
    pub expires_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Where the line comes from.
    pub source: Source,
}

/// The row of a new qualification.
pub(super) fn qualification(new: &NewQualification) -> entity::qualification::Model {
    entity::qualification::Model {
        id: 0,
        official_id: new.official.0,
        kind: new.kind.to_string(),
        degree: new.degree.map(|d| d.to_string()),
        degree_rank: new.degree.map_or(0, Degree::rank),
        field: new.field.map(|f| f.to_string()),
        grade: new.grade.clone(),
        granted_on: number(new.granted_on),
        expires_on: new.expires_on.map(number),
        issuer: new.issuer.clone(),
        number: new.number.clone(),
        source: new.source.to_string(),
    }
}

/// Writes a qualification.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_qualification(tx: &WriteTx, why: &Why<'_>, new: &NewQualification) -> Result<i64, StoreError> {
    insert::<entity::qualification::Entity>(tx, why, qualification(new)).await
}

/// A rating to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NewRating {
    /// Whose.
    pub official: OfficialId,
    /// What it judges.
    pub kind: RatingKind,
    /// The band.
    pub band: Band,
    /// The day it was decided.
    pub on: Date,
}

/// The row of a new rating.
pub(super) fn rating(new: &NewRating) -> entity::rating::Model {
    entity::rating::Model {
        id: 0,
        official_id: new.official.0,
        kind: new.kind.to_string(),
        band: new.band.to_string(),
        band_rank: new.band.rank(),
        rated_on: number(new.on),
    }
}

/// Writes a rating.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_rating(tx: &WriteTx, why: &Why<'_>, new: &NewRating) -> Result<i64, StoreError> {
    insert::<entity::rating::Entity>(tx, why, rating(new)).await
}

/// A training that no class of the system carried out, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// Whose.
    pub official: OfficialId,
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group, if training.
    pub content: Option<ContentGroup>,
    /// Degree, if education.
    pub degree: Option<Degree>,
    /// Field, if education.
    pub field: Option<StudyField>,
    /// Form.
    pub form: ClassForm,
    /// Mode.
    pub mode: Mode,
    /// Abroad.
    pub abroad: bool,
    /// Periods.
    pub periods: i32,
    /// First day.
    pub from: Date,
    /// Last day.
    pub last: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
    /// Kind of staff on the first day.
    pub staff: StaffKind,
    /// Unit on the first day.
    pub unit: UnitId,
    /// Group on the first day.
    pub group: Option<LeaderGroup>,
    /// Where the line comes from.
    pub source: Source,
    /// What proves it.
    pub evidence: Option<String>,
}

/// Writes a training record.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_record(tx: &WriteTx, why: &Why<'_>, new: &NewRecord) -> Result<i64, StoreError> {
    insert::<entity::training_record::Entity>(tx, why, record(new)).await
}

/// Writes the attendance of somebody in a class, with the programme and topic that it counts for.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_class_record(
    tx: &WriteTx,
    why: &Why<'_>,
    new: &NewRecord,
    (class, named, topic): (ClassId, Option<Programme>, Option<&TopicRef>),
) -> Result<i64, StoreError> {
    let row = entity::training_record::Model {
        class_id: Some(class.0),
        programme: named.map(|named| named.to_string()),
        scheme: topic.map(|topic| topic.scheme.clone()),
        topic: topic.map(|topic| topic.code.clone()),
        ..record(new)
    };
    insert::<entity::training_record::Entity>(tx, why, row).await
}

/// Says what became of an attendance.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such attendance.
pub async fn end_class_record(tx: &WriteTx, why: &Why<'_>, record: i64, outcome: Outcome, last: Option<Date>) -> Result<(), StoreError> {
    change::<entity::training_record::Entity>(tx, why, record, |row| {
        row.outcome = outcome.to_string();
        row.ends_on = last.map(number).or(row.ends_on);
    })
    .await
}

fn record(new: &NewRecord) -> entity::training_record::Model {
    entity::training_record::Model {
        id: 0,
        official_id: new.official.0,
        class_id: None,
        kind: new.kind.to_string(),
        content: new.content.map(|c| c.to_string()),
        degree: new.degree.map(|d| d.to_string()),
        degree_rank: new.degree.map_or(0, Degree::rank),
        field: new.field.map(|f| f.to_string()),
        programme: None,
        scheme: None,
        topic: None,
        form: new.form.to_string(),
        mode: new.mode.to_string(),
        abroad: new.abroad,
        periods: new.periods,
        starts_on: number(new.from),
        ends_on: new.last.map(number),
        outcome: new.outcome.to_string(),
        staff: new.staff.to_string(),
        unit_id: new.unit.0,
        leader_group: new.group.map(|g| g.to_string()),
        source: new.source.to_string(),
        evidence: new.evidence.clone(),
    }
}

/// Strikes out a line of a person's record that is wrong, and the scans that prove it; the change keeps what it said.
///
/// # Errors
/// [`StoreError::NotFound`] when the line is not there, is another person's, or is of a kind that is not struck out.
pub async fn strike(tx: &WriteTx, why: &Why<'_>, of: OfficialId, kind: &str, row: i64) -> Result<(), StoreError> {
    let line = Proven::from_code(kind).ok_or(StoreError::NotFound)?;
    match line {
        Proven::Posting => remove::<entity::posting::Entity>(tx, why, of, row).await,
        Proven::Secondment => remove::<entity::secondment::Entity>(tx, why, of, row).await,
        Proven::Qualification => remove::<entity::qualification::Entity>(tx, why, of, row).await,
        Proven::Rating => remove::<entity::rating::Entity>(tx, why, of, row).await,
        Proven::TrainingRecord => remove::<entity::training_record::Entity>(tx, why, of, row).await,
        Proven::PlannedPost => remove::<entity::planned_post::Entity>(tx, why, of, row).await,
        Proven::Commitment => remove::<entity::commitment::Entity>(tx, why, of, row).await,
    }?;
    super::scans::of_gone_line(tx, why, line, row, None).await
}
