//! What changed in the register since a moment, for other machines: changes in the order of their keys up to the last settled one.
//! Not for: showing the history of a person (`register`), or who may know of whom (`service::exchange`).

mod lines;

use domain::time::{Date, number};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;

use crate::db::{Db, Engine, IN_FLIGHT, IN_FLIGHT_BITS, StoreError};
use crate::sql::Sql;

pub use lines::{PersonLine, Place, merged_into, people, places, posts, units};

/// The key up to which every change is settled: none with a lower or the same key can still appear.
///
/// SQLite lets one transaction write at a time, so that keys appear in order.
/// On PostgreSQL a transaction that began earlier may commit later with lower keys.
/// Therefore each writing transaction holds a shared lock that names the last key given out before it ([`Db::write`]).
/// The highest key is read first and those locks after it: whoever writes below that key and is not seen among the locks has ended, so
/// that its rows are seen by every later question. Nobody waits for anybody.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn horizon(db: &Db) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(MAX(id), 0) AS last FROM register_change");
    let last: i64 = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "last")?;
    if db.engine() == Engine::Sqlite {
        return Ok(last);
    }
    let mut sql = Sql::new();
    sql.push(&format!("SELECT MIN(((classid::bigint << 32) | objid::bigint) & {}) AS low FROM pg_locks ", (1_i64 << IN_FLIGHT_BITS) - 1));
    sql.push(&format!("WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint >> {}) = {IN_FLIGHT} ", IN_FLIGHT_BITS - 32));
    sql.push("AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    let low: Option<i64> = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "low")?;
    Ok(low.map_or(last, |low| low.min(last)))
}

/// One change, with as much of it as tells what it was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Key.
    pub id: i64,
    /// Table.
    pub kind: String,
    /// Row.
    pub row: i64,
    /// Person.
    pub official: Option<i64>,
    /// The row before.
    pub before: Option<Value>,
    /// The row after.
    pub after: Option<Value>,
}

impl ChangeRow {
    /// A number in a column before or after the change.
    pub fn numbers<'a>(&'a self, column: &'a str) -> impl Iterator<Item = i64> + 'a {
        [&self.before, &self.after].into_iter().flatten().filter_map(move |row| row.get(column)?.as_i64())
    }

    /// A number in a column before the change.
    #[must_use]
    pub fn number_before(&self, column: &str) -> Option<i64> {
        self.before.as_ref()?.get(column)?.as_i64()
    }

    /// A text that stood in a column before and does not stand there after.
    #[must_use]
    pub fn gone(&self, column: &str) -> Option<&str> {
        let of = |row: &'_ Option<Value>| row.as_ref().and_then(|row| row.get(column)?.as_str().map(str::to_owned));
        let before = self.before.as_ref()?.get(column)?.as_str()?;
        (of(&self.after).as_deref() != Some(before)).then_some(before)
    }
}

/// Whose changes are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// People.
    Officials,
    /// Units.
    Units,
    /// Posts of the catalogue.
    Posts,
}

impl Of {
    const fn condition(self) -> &'static str {
        match self {
            Self::Officials => "c.official_id IS NOT NULL",
            Self::Units => {
                "c.official_id IS NULL AND c.kind IN ('unit', 'unit_link', 'unit_name', 'unit_alias', 'unit_spot', 'unit_succession')"
            }
            Self::Posts => "c.official_id IS NULL AND c.kind = 'post'",
        }
    }
}

/// Changes after a key up to another one, in the order of their keys. Of a person only the newest of them is told, without its rows: a file
/// writes several for each of many.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn after(db: &Db, of: Of, after: i64, until: i64, most: u32) -> Result<Vec<ChangeRow>, StoreError> {
    let rows = if of == Of::Officials { "CAST(NULL AS text) AS before, CAST(NULL AS text) AS after" } else { "c.before, c.after" };
    let mut sql = Sql::new();
    sql.push("SELECT c.id, c.kind, c.row_id, c.official_id, ").push(rows).push(" FROM register_change c WHERE ").push(of.condition());
    sql.push(" AND c.id > ").bind(after).push(" AND c.id <= ").bind(until);
    if of == Of::Officials {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM register_change d WHERE d.official_id = c.official_id AND d.id > c.id AND d.id <= ");
        sql.bind(until).push(")");
    }
    sql.push(" ORDER BY c.id LIMIT ").bind(i64::from(most));
    sql.all(db.reader()).await?.iter().map(row).collect()
}

/// All changes of who these people are and of where they work, up to a key.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn of_people(db: &Db, ids: &[i64], until: i64) -> Result<Vec<ChangeRow>, StoreError> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let mut sql = Sql::new();
        sql.push("SELECT id, kind, row_id, official_id, before, after FROM register_change WHERE kind IN ('official', 'posting')");
        sql.and_in("official_id", chunk.iter().copied()).push(" AND id <= ").bind(until).push(" ORDER BY id");
        for one in sql.all(db.reader()).await? {
            found.push(row(&one)?);
        }
    }
    Ok(found)
}

fn row(row: &QueryResult) -> Result<ChangeRow, StoreError> {
    let json = |column: &str| {
        let text: Option<String> = row.try_get("", column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Unreadable(error.to_string()))).transpose()
    };
    Ok(ChangeRow {
        id: row.try_get("", "id")?,
        kind: row.try_get("", "kind")?,
        row: row.try_get("", "row_id")?,
        official: row.try_get("", "official_id")?,
        before: json("before")?,
        after: json("after")?,
    })
}

/// Things that change with the day alone: something of them begins or ends after a day up to another one; by key after one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn turning(db: &Db, of: Of, (from, until): (Date, Date), after: i64, most: u32) -> Result<Vec<i64>, StoreError> {
    let tables: &[(&str, &str)] = match of {
        Of::Officials => &[("posting", "official_id"), ("secondment", "official_id")],
        Of::Units => {
            &[("unit", "id"), ("unit_link", "unit_id"), ("unit_name", "unit_id"), ("unit_alias", "unit_id"), ("unit_spot", "unit_id")]
        }
        Of::Posts => &[("post", "id")],
    };
    let mut sql = Sql::new();
    sql.push("SELECT id FROM (");
    for (place, (table, key)) in tables.iter().enumerate() {
        sql.push(if place == 0 { "SELECT " } else { " UNION SELECT " }).push(&format!("{key} AS id FROM {table} WHERE {key} > "));
        sql.bind(after).push(" AND ((starts_on > ").bind(number(from)).push(" AND starts_on <= ").bind(number(until));
        sql.push(") OR (ends_on > ").bind(number(from)).push(" AND ends_on <= ").bind(number(until)).push("))");
    }
    sql.push(") t ORDER BY id LIMIT ").bind(i64::from(most));
    sql.all(db.reader()).await?.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

/// The key of the newest change of each of these people; those without any are left out.
pub(crate) async fn newest(on: &impl ConnectionTrait, officials: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut found = Vec::with_capacity(officials.len());
    for chunk in officials.chunks(500) {
        let mut sql = Sql::new();
        sql.push("SELECT official_id, MAX(id) AS last FROM register_change WHERE 1 = 1").and_in("official_id", chunk.iter().copied());
        sql.push(" GROUP BY official_id");
        for row in sql.all(on).await? {
            found.push((row.try_get("", "official_id")?, row.try_get("", "last")?));
        }
    }
    Ok(found)
}

/// The key of the newest change of a person, 0 when there is none.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn newest_of(db: &Db, official: i64) -> Result<i64, StoreError> {
    Ok(newest(db.reader(), &[official]).await?.first().map_or(0, |(_, last)| *last))
}

/// As [`newest_of`], for many people.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn newest_of_many(db: &Db, officials: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
    newest(db.reader(), officials).await
}

/// The key of the newest change of a row of nobody (a unit, a post), 0 when there is none.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn newest_of_row(db: &Db, kind: &str, row: i64) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(MAX(id), 0) AS last FROM register_change WHERE kind = ").bind(kind).push(" AND row_id = ").bind(row);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "last")?)
}

/// The person of a staff code with the key of the newest change of the record; `None` when nobody has the code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn newest_of_code(db: &Db, code: &str) -> Result<Option<(i64, i64)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT o.id, (SELECT COALESCE(MAX(c.id), 0) FROM register_change c WHERE c.official_id = o.id) AS last FROM official o ");
    sql.push("WHERE o.code = ").bind(code);
    let row = sql.first(db.reader()).await?;
    row.map(|row| Ok((row.try_get("", "id")?, row.try_get("", "last")?))).transpose()
}
