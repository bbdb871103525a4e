//! Schemes and their versions, marks of targets and tasks.
//! Not for: checking the document (`schemefile`) or the workflow (`service`).

use domain::ids::SchemeVersionId;
use domain::roles::Authorised;
use domain::time::{Date, Instant, number};

use super::insert;
use crate::db::{StoreError, WriteTx};
use crate::read::schemes::VersionState;
use crate::sql::Sql;

/// Who saves: a person with proof, or the system while it prepares an installation.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// A person.
    Person(&'a Authorised),
    /// The system itself.
    System,
}

impl By<'_> {
    pub(crate) fn user(self) -> Option<i64> {
        match self {
            Self::Person(proof) => Some(proof.user().0),
            Self::System => None,
        }
    }
}

/// Adds a version to a scheme, creating the scheme with its first; numbers follow on.
///
/// # Errors
/// [`StoreError::Duplicate`] when two people add the same number at once.
pub async fn add_version(
    tx: &WriteTx,
    by: By<'_>,
    code: &str,
    state: VersionState,
    body: &str,
    note: &str,
    now: Instant,
) -> Result<(SchemeVersionId, i32), StoreError> {
    let scheme = scheme_id(tx, code, now).await?;
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM scheme_version WHERE scheme_id = ").bind(scheme);
    let next: i32 = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?.try_get("", "next")?;
    let values = vec![scheme.into(), next.into(), state.code().into(), 1.into(), body.into(), note.into(), by.user().into(), now.0.into()];
    let columns = ["scheme_id", "number", "state", "revision", "body", "note", "saved_by", "saved_at"];
    Ok((SchemeVersionId(insert(tx, "scheme_version", &columns, values).await?), next))
}

async fn scheme_id(tx: &WriteTx, code: &str, now: Instant) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM scheme WHERE code = ").bind(code);
    match sql.first(tx.connection()).await? {
        Some(row) => Ok(row.try_get("", "id")?),
        None => insert(tx, "scheme", &["code", "created_at"], vec![code.into(), now.0.into()]).await,
    }
}

/// Replaces the text of a draft when its revision is still the one that was edited.
///
/// # Errors
/// [`StoreError::Stale`] when someone else saved first or it is no draft any more.
pub async fn save_draft(
    tx: &WriteTx,
    by: By<'_>,
    id: SchemeVersionId,
    revision: i32,
    body: &str,
    note: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE scheme_version SET body = ").bind(body).push(", note = ").bind(note).push(", saved_by = ").bind(by.user());
    sql.push(", saved_at = ").bind(now.0).push(", revision = revision + 1 WHERE state = 'draft' AND id = ").bind(id.0);
    sql.push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Moves a version from one state to another when it is still in the first and of that revision.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change_state(
    tx: &WriteTx,
    by: By<'_>,
    id: SchemeVersionId,
    revision: i32,
    from: VersionState,
    to: VersionState,
    now: Instant,
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE scheme_version SET state = ").bind(to.code()).push(", saved_by = ").bind(by.user()).push(", saved_at = ").bind(now.0);
    sql.push(", revision = revision + 1 WHERE id = ").bind(id.0).push(" AND state = ").bind(from.code()).push(" AND revision = ");
    sql.bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Retires the published version of a scheme, if there is one, to make room for another.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn retire_published(tx: &WriteTx, code: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE scheme_version SET state = 'retired', revision = revision + 1 WHERE state = 'published' ");
    sql.push("AND scheme_id = (SELECT id FROM scheme WHERE code = ").bind(code).push(")");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Sets a yes/no target.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn mark_target(
    tx: &WriteTx,
    by: By<'_>,
    target: &str,
    reached: bool,
    on: Date,
    evidence: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let values = vec![target.into(), reached.into(), number(on).into(), evidence.into(), by.user().into(), now.0.into()];
    insert(tx, "target_mark", &["target_code", "reached", "marked_on", "evidence", "marked_by", "marked_at"], values).await?;
    Ok(())
}

/// An occurrence of a task.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'a> {
    /// Scheme code.
    pub scheme: &'a str,
    /// Task code.
    pub task: &'a str,
    /// The deadline it answers, if the task has one.
    pub deadline: Option<Date>,
}

/// Sets an occurrence of a task done.
///
/// # Errors
/// [`StoreError::Duplicate`] when it is done already.
pub async fn mark_task(
    tx: &WriteTx,
    by: By<'_>,
    what: &Occurrence<'_>,
    done_on: Date,
    evidence: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let values = vec![
        what.scheme.into(),
        what.task.into(),
        what.deadline.map_or(0, number).into(),
        number(done_on).into(),
        evidence.into(),
        by.user().into(),
        now.0.into(),
    ];
    let columns = ["scheme_code", "task_code", "deadline", "done_on", "evidence", "marked_by", "marked_at"];
    insert(tx, "task_mark", &columns, values).await?;
    Ok(())
}
