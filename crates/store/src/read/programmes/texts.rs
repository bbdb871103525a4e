//! The texts that a programme had, has and is to have.
//! Not for: writing them.

use domain::ids::ProgrammeId;
use domain::programmes::Text;
use domain::programmes::life::State;
use domain::time::{Date, Instant};
use sea_orm::QueryResult;

use super::{day, from_json};
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A text without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// Key.
    pub id: i64,
    /// 1, 2, 3 …
    pub number: i32,
    /// How far it has come.
    pub state: State,
    /// Counts changes; two officers cannot overwrite each other.
    pub revision: i32,
    /// Why it was begun.
    pub note: String,
    /// Name of the account that changed it last.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Instant,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// First day not in force any more.
    pub valid_to: Option<Date>,
    /// Number of the decision that approves it.
    pub decision: Option<String>,
    /// Day of that decision.
    pub decided_on: Option<Date>,
}

/// A text with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionText {
    /// The line.
    pub line: TextLine,
    /// What it says.
    pub text: Text,
}

const LINE: &str = "SELECT v.id, v.number, v.state, v.revision, v.note, v.saved_at, v.valid_from, v.valid_to, v.decision_number, \
     v.decided_on, v.body, a.name AS saved_by FROM programme_version v LEFT JOIN user_account a ON a.id = v.saved_by WHERE v.programme_id = ";

/// Every text of a programme, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn texts(db: &Db, programme: ProgrammeId) -> Result<Vec<VersionText>, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).bind(programme.0).push(" ORDER BY v.number DESC");
    sql.all(db.reader()).await?.iter().map(version).collect()
}

/// One text of a programme.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none of that number.
pub async fn text(db: &Db, programme: ProgrammeId, number: i32) -> Result<VersionText, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).bind(programme.0).push(" AND v.number = ").bind(number);
    version(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

fn version(row: &QueryResult) -> Result<VersionText, StoreError> {
    let line = TextLine {
        id: row.try_get("", "id")?,
        number: row.try_get("", "number")?,
        state: sql::code(&row.try_get::<String>("", "state")?, State::from_code)?,
        revision: row.try_get("", "revision")?,
        note: row.try_get("", "note")?,
        saved_by: row.try_get("", "saved_by")?,
        saved_at: Instant(row.try_get("", "saved_at")?),
        valid_from: day(row, "valid_from")?,
        valid_to: day(row, "valid_to")?,
        decision: row.try_get("", "decision_number")?,
        decided_on: day(row, "decided_on")?,
    };
    Ok(VersionText { line, text: from_json(&row.try_get::<String>("", "body")?)? })
}
