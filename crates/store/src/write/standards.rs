//! Standards and their versions.
//! Not for: checking the document (`schemefile`) or the workflow (`service`).

use domain::ids::StandardVersionId;
use domain::time::Instant;

use super::insert;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::read::schemes::VersionState;
use crate::sql::Sql;

/// Who saves what, why and when.
#[derive(Debug, Clone, Copy)]
pub struct Saving<'a> {
    /// Who.
    pub by: By<'a>,
    /// The whole document.
    pub body: &'a str,
    /// Why.
    pub note: &'a str,
    /// When.
    pub now: Instant,
}

/// Adds a version to a standard; numbers follow on.
///
/// # Errors
/// [`StoreError::Duplicate`] when two people add at once.
pub async fn add_version(
    tx: &WriteTx,
    code: &str,
    state: VersionState,
    saving: &Saving<'_>,
) -> Result<(StandardVersionId, i32), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM standard_version WHERE code = ").bind(code);
    let next: i32 = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?.try_get("", "next")?;
    let values = vec![
        code.into(),
        next.into(),
        state.code().into(),
        1.into(),
        saving.body.into(),
        saving.note.into(),
        saving.by.user().into(),
        saving.now.0.into(),
    ];
    let columns = ["code", "number", "state", "revision", "body", "note", "saved_by", "saved_at"];
    Ok((StandardVersionId(insert(tx, "standard_version", &columns, values).await?), next))
}

/// Replaces the text of a draft when its revision is still the one that was edited.
///
/// # Errors
/// [`StoreError::Stale`] when someone else saved first or it is no draft any more.
pub async fn save_draft(tx: &WriteTx, id: StandardVersionId, revision: i32, saving: &Saving<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE standard_version SET body = ").bind(saving.body).push(", note = ").bind(saving.note);
    sql.push(", saved_by = ").bind(saving.by.user()).push(", saved_at = ").bind(saving.now.0);
    sql.push(", revision = revision + 1 WHERE state = 'draft' AND id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Moves a version from one state to another when it is still in the first and of that revision.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change_state(
    tx: &WriteTx,
    by: By<'_>,
    (id, revision): (StandardVersionId, i32),
    (from, to): (VersionState, VersionState),
    now: Instant,
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE standard_version SET state = ").bind(to.code()).push(", saved_by = ").bind(by.user()).push(", saved_at = ");
    sql.bind(now.0).push(", revision = revision + 1 WHERE id = ").bind(id.0).push(" AND state = ").bind(from.code());
    sql.push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Retires the published version of a standard, if there is one, to make room for another.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn retire_published(tx: &WriteTx, code: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE standard_version SET state = 'retired', revision = revision + 1 WHERE state = 'published' AND code = ").bind(code);
    sql.run(tx.connection()).await?;
    Ok(())
}
