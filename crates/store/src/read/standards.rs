//! Standards and their versions.
//! Not for: parsing more often than needed; `service` keeps parsed versions by id and revision.

use domain::ids::StandardVersionId;
use domain::time::Instant;
use sea_orm::QueryResult;

use super::schemes::VersionState;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardLine {
    /// Id.
    pub id: StandardVersionId,
    /// Code of the standard.
    pub code: String,
    /// 1, 2, 3 …
    pub number: i32,
    /// Life.
    pub state: VersionState,
    /// Counts edits of the draft; two officers cannot overwrite each other.
    pub revision: i32,
    /// Why it was made.
    pub note: String,
    /// Name of the account that saved it.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Instant,
}

/// A version with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardText {
    /// The version.
    pub line: StandardLine,
    /// The document.
    pub body: String,
}

const COLUMNS: &str = "SELECT v.id, v.code, v.number, v.state, v.revision, v.note, v.saved_at, a.name AS saved_by_name";
const TABLES: &str = " FROM standard_version v LEFT JOIN user_account a ON a.id = v.saved_by";

/// The versions in force, in code order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn published(db: &Db) -> Result<Vec<StandardText>, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(", v.body").push(TABLES).push(" WHERE v.state = 'published' ORDER BY v.code");
    sql.all(db.reader()).await?.iter().map(text).collect()
}

/// Every version of every standard, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn versions(db: &Db) -> Result<Vec<StandardLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(TABLES).push(" ORDER BY v.code, v.number DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// One version.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn version(db: &Db, code: &str, number: i32) -> Result<StandardText, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(", v.body").push(TABLES).push(" WHERE v.code = ").bind(code).push(" AND v.number = ").bind(number);
    text(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

fn text(row: &QueryResult) -> Result<StandardText, StoreError> {
    Ok(StandardText { line: line(row)?, body: row.try_get("", "body")? })
}

fn line(row: &QueryResult) -> Result<StandardLine, StoreError> {
    Ok(StandardLine {
        id: StandardVersionId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        number: row.try_get("", "number")?,
        state: sql::code(&row.try_get::<String>("", "state")?, VersionState::from_code)?,
        revision: row.try_get("", "revision")?,
        note: row.try_get("", "note")?,
        saved_by: row.try_get("", "saved_by_name")?,
        saved_at: Instant(row.try_get("", "saved_at")?),
    })
}
