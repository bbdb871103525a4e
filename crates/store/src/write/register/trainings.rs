//! Training that no class of the system carried out: declared, imported, reported by who taught it.
//! Not for: classes of the system (`attendances`), or deciding what is the same attendance (`domain::register`).

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::TopicRef;
use domain::register::Source;
use domain::time::{Date, number};
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};

use super::bulk::{change_many, insert_many, reserve, rows_of};
use super::{Why, insert};
use crate::db::{StoreError, WriteTx};

/// A training to be written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NewRecord {
    /// Whose.
    pub official: OfficialId,
    /// Education or training.
    pub kind: TrainingKind,
    /// What was attended, by name.
    pub title: Option<String>,
    /// Content group, if training.
    pub content: Option<ContentGroup>,
    /// Degree, if education.
    pub degree: Option<Degree>,
    /// Field, if education.
    pub field: Option<StudyField>,
    /// Programme that a plan names, if it was one.
    pub named: Option<Programme>,
    /// Topic of a scheme that it counts for.
    pub topic: Option<TopicRef>,
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
    /// Group of leaders on the first day.
    pub group: Option<LeaderGroup>,
    /// Where the line comes from.
    pub source: Source,
    /// What proves it.
    pub evidence: Option<String>,
}

pub(super) fn row(id: i64, new: &NewRecord) -> entity::training_record::Model {
    entity::training_record::Model {
        id,
        official_id: new.official.0,
        class_id: None,
        kind: new.kind.to_string(),
        content: new.content.map(|c| c.to_string()),
        degree: new.degree.map(|d| d.to_string()),
        degree_rank: new.degree.map_or(0, Degree::rank),
        field: new.field.map(|f| f.to_string()),
        programme: new.named.map(|named| named.to_string()),
        scheme: new.topic.as_ref().map(|topic| topic.scheme.clone()),
        topic: new.topic.as_ref().map(|topic| topic.code.clone()),
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
        title: new.title.clone(),
    }
}

/// Writes a training.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_record(tx: &WriteTx, why: &Why<'_>, new: &NewRecord) -> Result<i64, StoreError> {
    insert::<entity::training_record::Entity>(tx, why, row(0, new)).await
}

/// Writes trainings; tells their keys in the same order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_records(tx: &WriteTx, why: &Why<'_>, new: &[NewRecord]) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<_> = reserve(tx, "training_record", new.len()).await?.zip(new).map(|(id, new)| row(id, new)).collect();
    let keys = rows.iter().map(|row| row.id).collect();
    insert_many::<entity::training_record::Entity>(tx, why, rows).await?;
    Ok(keys)
}

/// Writes what is told otherwise of trainings that are known, by their keys. Whose they are, on which days they began and where the person
/// worked then stays.
///
/// # Errors
/// [`StoreError::Stale`] when one is not there any more.
pub async fn amend_records(tx: &WriteTx, why: &Why<'_>, known: &[(i64, NewRecord)]) -> Result<(), StoreError> {
    let told: BTreeMap<i64, &NewRecord> = known.iter().map(|(id, record)| (*id, record)).collect();
    let before = rows_of::<entity::training_record::Entity>(tx, told.keys().copied().collect()).await?;
    if before.len() != told.len() {
        return Err(StoreError::Stale);
    }
    let altered = before.into_iter().map(|was| {
        let mut is = was.clone();
        if let Some(record) = told.get(&was.id) {
            let said = row(was.id, record);
            (is.title, is.field, is.form, is.mode) = (said.title, said.field, said.form, said.mode);
            (is.abroad, is.periods, is.ends_on, is.outcome) = (said.abroad, said.periods, said.ends_on, said.outcome);
            (is.programme, is.scheme, is.topic) = (said.programme, said.scheme, said.topic);
            (is.source, is.evidence) = (said.source, said.evidence);
        }
        (was, is)
    });
    change_many::<entity::training_record::Entity>(tx, why, altered.collect()).await
}
