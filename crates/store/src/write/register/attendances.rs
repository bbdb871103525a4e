//! Attendances in classes of the system: begun with the class, ended with its results.
//! Not for: training that no class here carried out (`trainings`).

use domain::ids::ClassId;
use domain::time::{Date, number};
use domain::training::Outcome;

use super::trainings::{NewRecord, row};
use super::{Why, change, insert};
use crate::db::{StoreError, WriteTx};

/// Writes the attendance of somebody in a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_class_record(tx: &WriteTx, why: &Why<'_>, new: &NewRecord, class: ClassId) -> Result<i64, StoreError> {
    let row = entity::training_record::Model { class_id: Some(class.0), ..row(0, new) };
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
