//! What the register tells beside the record itself: the masked part of an identity, and the history of a person's rows.
//! Not for: the record (`people`).

use domain::ids::OfficialId;
use domain::roles::Scope;
use domain::time::{Date, Instant, number};
use serde_json::Value;

use super::people::open_within;
use crate::arrival;
use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// The part of an identity that is masked until somebody says what it is needed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// Citizen number.
    pub citizen_number: Option<String>,
    /// Religion.
    pub religion: Option<String>,
    /// Health class.
    pub health: Option<String>,
}

/// The masked part of an identity.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such person.
pub async fn masked(db: &Db, official: OfficialId) -> Result<Masked, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT citizen_number, religion, health FROM official WHERE id = ").bind(official.0);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(Masked {
        citizen_number: row.try_get("", "citizen_number")?,
        religion: row.try_get("", "religion")?,
        health: row.try_get("", "health")?,
    })
}

/// Whether a staff code is taken, or was that of a second entry of somebody.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn is_code_taken(db: &Db, code: &str) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM official WHERE code = ").bind(code);
    sql.push(" UNION ALL SELECT id FROM official_alias WHERE code = ").bind(code);
    Ok(sql.first(db.reader()).await?.is_some())
}

/// One change of a person's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// Key of the change, newest highest.
    pub id: i64,
    /// The table of the row.
    pub kind: String,
    /// When.
    pub at: Instant,
    /// Who; `None` is the system.
    pub who: Option<String>,
    /// Why.
    pub reason: String,
    /// The columns that changed, with what they were and became; of a new or removed row every filled one.
    pub columns: Vec<Difference>,
    /// Whether the row was there before.
    pub existed: bool,
    /// Whether the row is there after.
    pub exists: bool,
    /// The act it belongs to.
    pub operation: String,
    /// Whether it took another act back.
    pub undoes: bool,
    /// Whether its act was taken back.
    pub is_undone: bool,
}

/// One column of a change, as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The column.
    pub column: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// Columns that are keys or made from others; nobody reads them.
const MECHANICAL: &[&str] =
    &["id", "official_id", "folded", "sort_key", "revision", "degree_rank", "band_rank", "class_id", "was_id", "record_id"];

/// So many changes of a person's rows, newest first. A change of several rows, by which the person arrived, has a line for each.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn history(db: &Db, official: OfficialId, before: Option<i64>, limit: u32) -> Result<Vec<ChangeLine>, StoreError> {
    let mut sql = changes();
    // What was written under a second entry of the person is the person's history too.
    sql.push("(c.official_id = ").bind(official.0).push(" OR c.official_id IN (SELECT was_id FROM official_alias WHERE official_id = ");
    sql.bind(official.0).push("))");
    if let Some(before) = before {
        sql.push(" AND c.id < ").bind(before);
    }
    sql.push(" ORDER BY c.id DESC LIMIT ").bind(i64::from(limit));
    told(db, sql).await
}

/// The rows that one act changed, newest first, of everybody it touched.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn operation(db: &Db, operation: &str, limit: u32) -> Result<Vec<ChangeLine>, StoreError> {
    let mut sql = changes();
    sql.push("c.operation = ").bind(operation).push(" ORDER BY c.id DESC LIMIT ").bind(i64::from(limit));
    let mut lines = told(db, sql).await?;
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(lines)
}

/// Whether an act touched a person's rows.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn is_of(db: &Db, operation: &str, official: OfficialId) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM register_change WHERE operation = ").bind(operation).push(" AND (official_id = ").bind(official.0);
    sql.push(" OR official_id IN (SELECT was_id FROM official_alias WHERE official_id = ").bind(official.0).push(")) LIMIT 1");
    Ok(sql.first(db.reader()).await?.is_some())
}

/// What an act touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// Rows.
    pub rows: i64,
    /// People who are still in the register.
    pub people: i64,
    /// Of them, those who work nowhere in the scope on the day.
    pub outside: i64,
    /// Changes of rows that are nobody's.
    pub of_nobody: i64,
}

/// What an act touched, and how much of it lies outside a scope.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn touched(db: &Db, scope: &Scope, operation: &str, on: Date) -> Result<Touched, StoreError> {
    let mut sql = Sql::new();
    let limited = open_within(&mut sql, scope, None, on);
    sql.push(if limited { ", " } else { "WITH " });
    sql.push(
        "own AS (SELECT DISTINCT c.official_id AS id FROM register_change c JOIN official o ON o.id = c.official_id WHERE c.operation = ",
    );
    sql.bind(operation).push(") SELECT (SELECT ").push(arrival::ROWS).push(" FROM register_change c WHERE c.operation = ").bind(operation);
    sql.push(") AS rows_changed, (SELECT COUNT(*) FROM own) AS people, (SELECT COUNT(*) FROM register_change c WHERE c.operation = ");
    sql.bind(operation).push(" AND c.official_id IS NULL AND c.kind <> 'follow_up') AS of_nobody, ");
    if limited {
        sql.push("(SELECT COUNT(*) FROM own WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.official_id = own.id ");
        sql.push("AND p.unit_id IN (SELECT id FROM within) AND p.starts_on <= ").bind(number(on));
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push("))) AS outside");
    } else {
        sql.push("CAST(0 AS bigint) AS outside");
    }
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    let count = |name: &str| row.try_get::<i64>("", name);
    Ok(Touched { rows: count("rows_changed")?, people: count("people")?, outside: count("outside")?, of_nobody: count("of_nobody")? })
}

/// The start of a question for changes; a condition follows.
fn changes() -> Sql {
    let mut sql = Sql::new();
    sql.push("SELECT c.id, c.kind, c.row_id, c.before, c.after, c.happened_at, c.reason, c.operation, c.undoes, a.name, ");
    sql.push("EXISTS (SELECT 1 FROM register_change u WHERE u.undoes = c.operation AND NOT EXISTS ");
    sql.push("(SELECT 1 FROM register_change r WHERE r.undoes = u.operation)) AS is_undone FROM register_change c ");
    sql.push("LEFT JOIN user_account a ON a.id = c.user_id WHERE ");
    sql
}

async fn told(db: &Db, sql: Sql) -> Result<Vec<ChangeLine>, StoreError> {
    let mut lines = Vec::new();
    for row in sql.all(db.reader()).await? {
        change(&row, &mut lines)?;
    }
    name_column(db, &mut lines, "unit_id", "SELECT id, name AS text FROM unit WHERE 1 = 1").await?;
    name_column(db, &mut lines, "post_id", "SELECT id, title AS text FROM post WHERE 1 = 1").await?;
    Ok(lines)
}

/// Keys of another table become its names, with one question for all lines.
async fn name_column(db: &Db, lines: &mut [ChangeLine], column: &str, select: &str) -> Result<(), StoreError> {
    let cells = || lines.iter().flat_map(|line| &line.columns).filter(|d| d.column == column);
    let keys: Vec<i64> = cells().flat_map(|d| [&d.before, &d.after]).flatten().filter_map(|key| key.parse().ok()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new();
    sql.push(select).and_in("id", keys);
    let mut names = std::collections::HashMap::<String, String>::new();
    for row in sql.all(db.reader()).await? {
        names.insert(row.try_get::<i64>("", "id")?.to_string(), row.try_get("", "text")?);
    }
    for difference in lines.iter_mut().flat_map(|line| &mut line.columns).filter(|d| d.column == column) {
        for key in [&mut difference.before, &mut difference.after].into_iter().flatten() {
            if let Some(name) = names.get(key) {
                key.clone_from(name);
            }
        }
    }
    Ok(())
}

/// Adds the lines of a change; whoever arrived has one for each row, the last one first.
fn change(row: &sea_orm::QueryResult, lines: &mut Vec<ChangeLine>) -> Result<(), StoreError> {
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    let kind: String = row.try_get("", "kind")?;
    if kind == arrival::KIND {
        let first = arrival::told(OfficialId(row.try_get("", "row_id")?), &text("after")?.unwrap_or_default())?;
        for first in first.into_iter().rev() {
            lines.push(line(row, first.kind.to_owned(), None, Some(&first.columns))?);
        }
        return Ok(());
    }
    let (before, after) = (text("before")?.as_deref().map(read).transpose()?, text("after")?.as_deref().map(read).transpose()?);
    lines.push(line(row, kind, before.as_ref(), after.as_ref())?);
    Ok(())
}

fn line(row: &sea_orm::QueryResult, kind: String, before: Option<&Columns>, after: Option<&Columns>) -> Result<ChangeLine, StoreError> {
    Ok(ChangeLine {
        id: row.try_get("", "id")?,
        kind,
        at: Instant(row.try_get("", "happened_at")?),
        who: row.try_get("", "name")?,
        reason: row.try_get("", "reason")?,
        columns: differences(before, after),
        existed: before.is_some(),
        exists: after.is_some(),
        operation: row.try_get("", "operation")?,
        undoes: row.try_get::<Option<String>>("", "undoes")?.is_some(),
        is_undone: row.try_get("", "is_undone")?,
    })
}

type Columns = serde_json::Map<String, Value>;

fn read(text: &str) -> Result<Columns, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn differences(before: Option<&Columns>, after: Option<&Columns>) -> Vec<Difference> {
    let Some(named) = after.or(before) else { return Vec::new() };
    let of = |columns: Option<&Columns>, name: &str| columns.and_then(|c| c.get(name)).and_then(plain);
    let both = named.keys().filter(|name| !MECHANICAL.contains(&name.as_str()));
    both.map(|name| Difference { column: name.clone(), before: of(before, name), after: of(after, name) })
        .filter(|difference| difference.before != difference.after)
        .collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
