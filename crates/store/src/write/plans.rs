//! Plans of training and the life of their versions.
//! Not for: deciding what may become of a version (`domain::plans`), or who may do it (`service`).

use domain::ids::{CaseId, PlanId, PlanVersionId, UnitId};
use domain::plans::{Body, PlanKind, PlanState};
use domain::time::{Date, Instant, number};

use super::insert;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::plan_body;
use crate::sql::Sql;

/// A plan to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPlan<'a> {
    /// Year or stage.
    pub kind: PlanKind,
    /// Whose.
    pub unit: UnitId,
    /// The plan it stands under.
    pub under: Option<PlanId>,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// Title.
    pub title: &'a str,
}

/// Writes a plan without a version.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add(tx: &WriteTx, new: &NewPlan<'_>, now: Instant) -> Result<PlanId, StoreError> {
    let columns = ["kind", "unit_id", "under_id", "year_from", "year_to", "title", "created_at"];
    let values = vec![
        new.kind.code().into(),
        new.unit.0.into(),
        new.under.map(|plan| plan.0).into(),
        new.from.into(),
        new.to.into(),
        new.title.into(),
        now.0.into(),
    ];
    Ok(PlanId(insert(tx, "plan", &columns, values).await?))
}

/// Adds a draft to a plan; numbers follow on.
///
/// # Errors
/// [`StoreError::Duplicate`] when two people add the same number at once.
pub async fn add_draft(
    tx: &WriteTx,
    by: By<'_>,
    plan: PlanId,
    body: &Body,
    note: &str,
    now: Instant,
) -> Result<(PlanVersionId, i32), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM plan_version WHERE plan_id = ").bind(plan.0);
    let next: i32 = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?.try_get("", "next")?;
    let columns = ["plan_id", "number", "state", "revision", "body", "note", "saved_by", "saved_at"];
    let values = vec![
        plan.0.into(),
        next.into(),
        PlanState::Draft.code().into(),
        1.into(),
        plan_body::write(body)?.into(),
        note.into(),
        by.user().into(),
        now.0.into(),
    ];
    Ok((PlanVersionId(insert(tx, "plan_version", &columns, values).await?), next))
}

/// Replaces the lines of a draft when its revision is still the one that was edited.
///
/// # Errors
/// [`StoreError::Stale`] when someone else saved first or it is no draft any more.
pub async fn save(tx: &WriteTx, by: By<'_>, version: PlanVersionId, revision: i32, body: &Body, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE plan_version SET body = ").bind(plan_body::write(body)?).push(", saved_by = ").bind(by.user());
    sql.push(", saved_at = ").bind(now.0).push(", revision = revision + 1 WHERE state = 'draft' AND id = ").bind(version.0);
    sql.push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Moves a version from one state to another when it is still in the first and of the revision that was looked at.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change_state(
    tx: &WriteTx,
    version: PlanVersionId,
    revision: i32,
    (from, to): (PlanState, PlanState),
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE plan_version SET state = ").bind(to.code()).push(", revision = revision + 1 WHERE id = ").bind(version.0);
    sql.push(" AND state = ").bind(from.code()).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Notes the paper that a version travels as.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn travels_as(tx: &WriteTx, version: PlanVersionId, case: Option<CaseId>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE plan_version SET case_id = ").bind(case.map(|case| case.0)).push(" WHERE id = ").bind(version.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Notes number and day of the paper that issued a version.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn issued_as(tx: &WriteTx, version: PlanVersionId, paper: &str, on: Date) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE plan_version SET paper_number = ").bind(paper).push(", issued_on = ").bind(number(on)).push(" WHERE id = ");
    sql.bind(version.0);
    sql.run(tx.connection()).await?;
    Ok(())
}
