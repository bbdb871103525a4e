//! Whom a unit's register tells of, in the order of the units, and what people of the register are called by: grades and posts.
//! Not for: what is told of them (`intake::known_of`, `people::records_of`).

use domain::ids::UnitId;
use domain::roles::Scope;
use domain::time::{Date, number};
use sea_orm::QueryResult;

use super::people::open_within;
use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// Everybody who works in a unit or below it on a day, by unit code and name, each once. The caller has checked that the unit lies
/// within the scope.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn working(db: &Db, scope: &Scope, unit: UnitId, on: Date) -> Result<Vec<i64>, StoreError> {
    let mut sql = Sql::new();
    open_within(&mut sql, scope, Some(unit), on);
    sql.push("SELECT o.id FROM posting p JOIN official o ON o.id = p.official_id JOIN unit u ON u.id = p.unit_id ");
    sql.push("WHERE p.unit_id IN (SELECT id FROM within) AND p.starts_on <= ").bind(number(on));
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") ORDER BY u.code, o.sort_key, o.id");
    let mut seen = std::collections::HashSet::new();
    let ids: Vec<i64> = sql.all(db.reader()).await?.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

/// Grades that somebody has, and titles of posts of the catalogue, each in order and at most so many.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn words(db: &Db, most: u32) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let grades = "SELECT DISTINCT grade AS text FROM posting WHERE grade IS NOT NULL ORDER BY text LIMIT ";
    let posts = "SELECT DISTINCT title AS text FROM post ORDER BY text LIMIT ";
    Ok((texts(db, grades, most).await?, texts(db, posts, most).await?))
}

async fn texts(db: &Db, select: &str, most: u32) -> Result<Vec<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push(select).bind(i64::from(most));
    let text = |row: &QueryResult| Ok(row.try_get("", "text")?);
    sql.all(db.reader()).await?.iter().map(text).collect()
}
