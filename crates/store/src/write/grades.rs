//! Works, grades with their history, recognised results and amendments written.
//! Not for: deciding (`service::grades`).

use domain::ids::{ClassId, OfficialId, WorkId};
use domain::results::{Points, Work};
use domain::time::{Date, number};
use sea_orm::sea_query::Value;

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::read::grades::ResultLine;
use crate::sql::Sql;

/// Puts a list of works in place of the one before; a work with a key stays the same work, with its grades.
///
/// # Errors
/// [`StoreError::NotFound`] when a key is of no work of the class.
pub async fn put_works(tx: &WriteTx, class: ClassId, list: &[(Option<WorkId>, Work)], gone: &[WorkId]) -> Result<(), StoreError> {
    for table in ["class_grade_change", "class_work"] {
        let mut sql = Sql::new();
        if gone.is_empty() {
            break;
        }
        sql.push(&format!("DELETE FROM {table} WHERE 1 = 1"));
        sql.and_in(if table == "class_work" { "id" } else { "work_id" }, gone.iter().map(|work| work.0));
        sql.run(tx.connection()).await?;
    }
    for (place, (id, work)) in (1_i32..).zip(list) {
        let Some(id) = id else {
            let columns = ["class_id", "place", "name", "kind", "weight"];
            let values: Vec<Value> =
                vec![class.0.into(), place.into(), work.name.trim().into(), work.kind.code().into(), work.weight.into()];
            insert(tx, "class_work", &columns, values).await?;
            continue;
        };
        let mut sql = Sql::new();
        sql.push("UPDATE class_work SET place = ").bind(place).push(", name = ").bind(work.name.trim());
        sql.push(", kind = ").bind(work.kind.code()).push(", weight = ").bind(work.weight);
        sql.push(" WHERE id = ").bind(id.0).push(" AND class_id = ").bind(class.0);
        if sql.run(tx.connection()).await? != 1 {
            return Err(StoreError::NotFound);
        }
    }
    Ok(())
}

/// A grade to be put, or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGrade {
    /// For which work.
    pub work: WorkId,
    /// Whose.
    pub official: OfficialId,
    /// 0 for the first attempt, 1 for the one after it.
    pub attempt: usize,
    /// What stands.
    pub before: Option<Points>,
    /// What is to stand.
    pub after: Option<Points>,
}

/// Puts a grade and keeps what stood before.
///
/// # Errors
/// [`StoreError::Stale`] when something else stands than was read.
pub async fn put(tx: &WriteTx, why: &Why<'_>, new: &NewGrade) -> Result<(), StoreError> {
    let attempt = i32::try_from(new.attempt).unwrap_or(0) + 1;
    let hundredths = |points: Option<Points>| points.map(Points::hundredths);
    let mut sql = Sql::new();
    match (new.before, new.after) {
        (None, Some(after)) => {
            let columns = ["work_id", "official_id", "attempt", "points", "user_id", "graded_at"];
            let values = vec![
                new.work.0.into(),
                new.official.0.into(),
                attempt.into(),
                after.hundredths().into(),
                why.by.user().into(),
                why.at.0.into(),
            ];
            match insert(tx, "class_grade", &columns, values).await {
                Err(StoreError::Duplicate) => return Err(StoreError::Stale),
                done => done?,
            };
        }
        (Some(_), Some(after)) => {
            sql.push("UPDATE class_grade SET points = ").bind(after.hundredths()).push(", user_id = ").bind(why.by.user());
            sql.push(", graded_at = ").bind(why.at.0);
        }
        (Some(_), None) => {
            sql.push("DELETE FROM class_grade");
        }
        (None, None) => return Ok(()),
    }
    if let Some(before) = new.before {
        sql.push(" WHERE work_id = ").bind(new.work.0).push(" AND official_id = ").bind(new.official.0);
        sql.push(" AND attempt = ").bind(attempt).push(" AND points = ").bind(before.hundredths());
        if sql.run(tx.connection()).await? != 1 {
            return Err(StoreError::Stale);
        }
    }
    let columns = ["work_id", "official_id", "attempt", "before", "after", "words", "user_id", "happened_at"];
    let values = vec![
        new.work.0.into(),
        new.official.0.into(),
        attempt.into(),
        hundredths(new.before).into(),
        hundredths(new.after).into(),
        why.words.trim().into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    insert(tx, "class_grade_change", &columns, values).await?;
    Ok(())
}

/// Keeps a result as it is recognised, or as it is amended.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_result(tx: &WriteTx, class: ClassId, result: &ResultLine) -> Result<(), StoreError> {
    let columns = ["class_id", "official_id", "outcome", "proposed", "attended", "held", "overall", "band", "reason"];
    let values: Vec<Value> = vec![
        class.0.into(),
        result.official.0.into(),
        result.outcome.code().into(),
        result.proposed.map(|outcome| outcome.code()).into(),
        result.share.0.into(),
        result.share.1.into(),
        result.overall.map(Points::hundredths).into(),
        result.band.as_deref().into(),
        result.reason.trim().into(),
    ];
    let mut sql = Sql::new();
    sql.push(&format!("INSERT INTO class_result ({}) VALUES (", columns.join(", ")));
    for (at, value) in values.into_iter().enumerate() {
        sql.push(if at == 0 { "" } else { ", " }).bind(value);
    }
    sql.push(") ON CONFLICT (class_id, official_id) DO UPDATE SET ");
    let set: Vec<String> = columns.iter().skip(2).map(|column| format!("{column} = excluded.{column}")).collect();
    sql.push(&set.join(", "));
    sql.run(tx.connection()).await?;
    Ok(())
}

/// A result that is changed after it was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewAmendment<'a> {
    /// The class.
    pub class: ClassId,
    /// Whose.
    pub official: OfficialId,
    /// Number and day of the decision.
    pub decision: (&'a str, Date),
    /// Why.
    pub reason: &'a str,
    /// What stood before.
    pub before: &'a str,
    /// What stands since.
    pub after: &'a str,
}

/// Keeps an amendment.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(tx: &WriteTx, why: &Why<'_>, new: &NewAmendment<'_>) -> Result<(), StoreError> {
    let columns = ["class_id", "official_id", "decision_number", "decided_on", "reason", "before", "after", "user_id", "happened_at"];
    let values = vec![
        new.class.0.into(),
        new.official.0.into(),
        new.decision.0.trim().into(),
        number(new.decision.1).into(),
        new.reason.trim().into(),
        new.before.into(),
        new.after.into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    insert(tx, "class_amendment", &columns, values).await?;
    Ok(())
}
