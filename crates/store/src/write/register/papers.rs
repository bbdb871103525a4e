//! What a record is proved by: qualifications and ratings; and striking out a line that is wrong.
//! Not for: training (`trainings`).

use domain::ids::OfficialId;
use domain::people::{Band, Degree, QualificationKind, RatingKind, StudyField};
use domain::register::Source;
use domain::register::scans::Proven;
use domain::time::{Date, number};

use super::{Why, insert, remove};
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
