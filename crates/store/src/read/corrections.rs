//! What officials propose to correct: their own, and those that an officer has to decide.
//! Not for: deciding.

use domain::ids::OfficialId;
use domain::register::corrections::{About, CorrectionState, Wish};
use domain::roles::Scope;
use domain::time::{Date, Instant, number};
use sea_orm::QueryResult;

use super::people::open_within;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// One value that should be other.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wanted {
    /// The column.
    pub field: String,
    /// What stood there when it was proposed.
    pub now: String,
    /// What should.
    pub wanted: String,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionLine {
    /// Key.
    pub id: i64,
    /// Whose record.
    pub official: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// About what.
    pub about: About,
    /// Which line of the record, if one.
    pub row: Option<i64>,
    /// What is wrong.
    pub wish: Wish,
    /// Values that should be other.
    pub values: Vec<Wanted>,
    /// In the official's words.
    pub words: String,
    /// How far it has come.
    pub state: CorrectionState,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
}

const SELECT: &str = "SELECT c.id, c.official_id, o.code, o.name, c.about, c.row_id, c.wish, c.fields, c.words, c.state, c.proposed_at, \
     c.decided_at, a.name AS decided_by, c.answer FROM correction c JOIN official o ON o.id = c.official_id \
     LEFT JOIN user_account a ON a.id = c.decided_by WHERE ";

/// A person's proposals, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_official(db: &Db, official: OfficialId, limit: u32) -> Result<Vec<CorrectionLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("c.official_id = ").bind(official.0).push(" ORDER BY c.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// One proposal.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: i64) -> Result<CorrectionLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("c.id = ").bind(id);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// Open proposals of people who work in the scope on the day, oldest first, and how many there are.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open(db: &Db, scope: &Scope, on: Date, limit: u32) -> Result<(Vec<CorrectionLine>, i64), StoreError> {
    let mut sql = Sql::new();
    let limited = open_within(&mut sql, scope, None, on);
    sql.push(SELECT);
    is_open(&mut sql, limited, on);
    sql.push(" ORDER BY c.proposed_at, c.id LIMIT ").bind(i64::from(limit));
    let lines = sql.all(db.reader()).await?.iter().map(line).collect::<Result<_, _>>()?;
    let mut sql = Sql::new();
    let limited = open_within(&mut sql, scope, None, on);
    sql.push("SELECT COUNT(*) AS count FROM correction c WHERE ");
    is_open(&mut sql, limited, on);
    Ok((lines, sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "count")?))
}

fn is_open(sql: &mut Sql, limited: bool, on: Date) {
    sql.push("c.state = 'open'");
    if limited {
        sql.push(" AND EXISTS (SELECT 1 FROM posting p WHERE p.official_id = c.official_id AND p.unit_id IN (SELECT id FROM within)");
        sql.push(" AND p.starts_on <= ").bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push("))");
    }
}

fn line(row: &QueryResult) -> Result<CorrectionLine, StoreError> {
    let fields: String = row.try_get("", "fields")?;
    let text = |name: &str| row.try_get::<String>("", name);
    Ok(CorrectionLine {
        id: row.try_get("", "id")?,
        official: OfficialId(row.try_get("", "official_id")?),
        code: text("code")?,
        name: text("name")?,
        about: sql::code(&text("about")?, About::from_code)?,
        row: row.try_get("", "row_id")?,
        wish: sql::code(&text("wish")?, Wish::from_code)?,
        values: serde_json::from_str(&fields).map_err(|error| StoreError::Unreadable(error.to_string()))?,
        words: text("words")?,
        state: sql::code(&text("state")?, CorrectionState::from_code)?,
        proposed_at: Instant(row.try_get("", "proposed_at")?),
        decided_at: row.try_get::<Option<i64>>("", "decided_at")?.map(Instant),
        decided_by: row.try_get("", "decided_by")?,
        answer: row.try_get("", "answer")?,
    })
}
