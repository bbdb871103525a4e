//! Schemes and their versions, marks of targets and tasks.
//! Not for: parsing more often than needed; `service` keeps parsed versions by id and revision.

use domain::ids::{SchemeVersionId, UserId};
use domain::time::{Date, Instant, number};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

domain::codes! {
    /// Life of a scheme version.
    VersionState { /// Bản nháp.
        Draft = "draft", /// Đang có hiệu lực trên hệ thống.
        Published = "published", /// Thôi theo dõi.
        Retired = "retired" }
}

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Id.
    pub id: SchemeVersionId,
    /// Scheme code.
    pub scheme: String,
    /// 1, 2, 3 …
    pub number: i32,
    /// Life.
    pub state: VersionState,
    /// Counts edits of the draft; two officers cannot overwrite each other.
    pub revision: i32,
    /// Why it was made.
    pub note: String,
    /// By whom.
    pub saved_by: Option<UserId>,
    /// Name of the account.
    pub saved_by_name: Option<String>,
    /// When.
    pub saved_at: Instant,
}

/// A version with its text in the scheme file format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub line: VersionLine,
    /// The document.
    pub body: String,
}

const COLUMNS: &str = "SELECT v.id, s.code, v.number, v.state, v.revision, v.note, v.saved_by, v.saved_at, a.name AS saved_by_name";
const TABLES: &str = " FROM scheme_version v JOIN scheme s ON s.id = v.scheme_id LEFT JOIN user_account a ON a.id = v.saved_by";

/// Ids and revisions of the versions in force, in code order; cheap enough to ask on every page.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn published(db: &Db) -> Result<Vec<VersionLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(TABLES).push(" WHERE v.state = 'published' ORDER BY s.code");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Every version of every scheme, or of one, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn versions(db: &Db, scheme: Option<&str>) -> Result<Vec<VersionLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(TABLES).push(" WHERE 1 = 1").and_in("s.code", scheme);
    sql.push(" ORDER BY s.code, v.number DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Versions with their text.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn bodies(db: &Db, ids: &[SchemeVersionId]) -> Result<Vec<Version>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(", v.body").push(TABLES).push(" WHERE 1 = 1").and_in("v.id", ids.iter().map(|id| id.0));
    let rows = sql.all(db.reader()).await?;
    rows.iter().map(|row| Ok(Version { line: line(row)?, body: row.try_get("", "body")? })).collect()
}

/// One version of a scheme.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn version(db: &Db, scheme: &str, number: i32) -> Result<Version, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(", v.body").push(TABLES).push(" WHERE s.code = ").bind(scheme).push(" AND v.number = ").bind(number);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(Version { line: line(&row)?, body: row.try_get("", "body")? })
}

fn line(row: &QueryResult) -> Result<VersionLine, StoreError> {
    Ok(VersionLine {
        id: SchemeVersionId(row.try_get("", "id")?),
        scheme: row.try_get("", "code")?,
        number: row.try_get("", "number")?,
        state: sql::code(&row.try_get::<String>("", "state")?, VersionState::from_code)?,
        revision: row.try_get("", "revision")?,
        note: row.try_get("", "note")?,
        saved_by: row.try_get::<Option<i64>>("", "saved_by")?.map(UserId),
        saved_by_name: row.try_get("", "saved_by_name")?,
        saved_at: Instant(row.try_get("", "saved_at")?),
    })
}

/// An occurrence of a task done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskMark {
    /// Scheme code.
    pub scheme: String,
    /// Task code.
    pub task: String,
    /// The deadline it answers; `None` for tasks without one.
    pub deadline: Option<Date>,
    /// When it was done.
    pub done_on: Date,
    /// What proves it.
    pub evidence: String,
}

/// Tasks done by a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn task_marks(db: &Db, as_of: Date) -> Result<Vec<TaskMark>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT scheme_code, task_code, deadline, done_on, evidence FROM task_mark WHERE done_on <= ").bind(number(as_of));
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let deadline: i32 = row.try_get("", "deadline")?;
            Ok(TaskMark {
                scheme: row.try_get("", "scheme_code")?,
                task: row.try_get("", "task_code")?,
                deadline: if deadline == 0 { None } else { Some(sql::date(deadline)?) },
                done_on: sql::date(row.try_get("", "done_on")?)?,
                evidence: row.try_get("", "evidence")?,
            })
        })
        .collect()
}

/// The latest mark of a yes/no target by a day: whether reached, when, and what proves it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn target_mark(db: &Db, target: &str, as_of: Date) -> Result<Option<(bool, Date, String)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT reached, marked_on, evidence FROM target_mark WHERE target_code = ").bind(target);
    sql.push(" AND marked_on <= ").bind(number(as_of)).push(" ORDER BY marked_on DESC, id DESC LIMIT 1");
    let Some(row) = sql.first(db.reader()).await? else { return Ok(None) };
    Ok(Some((row.try_get("", "reached")?, sql::date(row.try_get("", "marked_on")?)?, row.try_get("", "evidence")?)))
}
