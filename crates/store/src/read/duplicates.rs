//! Pairs of officials who may be one person written down twice, found by what two such entries always share.
//! Not for: how alike they are (`domain::register::likeness`).

use std::collections::HashMap;

use domain::ids::OfficialId;
use domain::roles::Scope;
use domain::time::{Date, number};

use super::people::open_within;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// What is compared of an official, and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Id.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name without marks.
    pub folded: String,
    /// Birth.
    pub birth_on: Date,
    /// Code of the sex.
    pub sex: String,
    /// Citizen number; never shown.
    pub citizen_number: Option<String>,
    /// Code of the electronic record.
    pub record_code: Option<String>,
}

/// What two entries of one person share: each condition lets the engine look up instead of comparing everybody with everybody.
/// The year and the day of the year are columns of their own for that.
const SHARED: &[&str] = &[
    "b.citizen_number = a.citizen_number",
    "b.record_code = a.record_code",
    "b.folded = a.folded AND b.born_year = a.born_year",
    "b.folded = a.folded AND b.born_day = a.born_day",
    "b.birth_on = a.birth_on AND b.begins = a.begins",
];

/// Pairs that share something, of people in the scope on the day; who works nowhere is in the whole province only.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn pairs(db: &Db, scope: &Scope, on: Date) -> Result<Vec<(Alike, Alike)>, StoreError> {
    let mut sql = Sql::new();
    let limited = open_within(&mut sql, scope, None, on);
    sql.push(if limited { ", " } else { "WITH " });
    sql.push("mine AS MATERIALIZED (SELECT o.id, o.folded, o.birth_on, o.citizen_number, o.record_code, o.birth_on / 10000 AS born_year, ");
    sql.push("o.birth_on % 10000 AS born_day, SUBSTR(o.folded, 1, 2) AS begins FROM official o");
    if limited {
        sql.push(" WHERE EXISTS (SELECT 1 FROM posting p WHERE p.official_id = o.id AND p.unit_id IN (SELECT id FROM within)");
        sql.push(" AND p.starts_on <= ").bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push("))");
    }
    sql.push(")");
    for (i, shared) in SHARED.iter().enumerate() {
        sql.push(if i == 0 { " " } else { " UNION " });
        sql.push("SELECT a.id AS one, b.id AS other FROM mine a JOIN mine b ON ").push(shared).push(" AND a.id < b.id");
    }
    let pair = |row: &sea_orm::QueryResult| Ok::<(i64, i64), StoreError>((row.try_get("", "one")?, row.try_get("", "other")?));
    let pairs: Vec<(i64, i64)> = sql.all(db.reader()).await?.iter().map(pair).collect::<Result<_, _>>()?;
    let mut keys: Vec<i64> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    keys.sort_unstable();
    keys.dedup();
    let people = people(db, &keys).await?;
    Ok(pairs.into_iter().filter_map(|(one, other)| people.get(&one).cloned().zip(people.get(&other).cloned())).collect())
}

/// Keys of one question: far below the bind limit of both engines.
const CHUNK: usize = 5_000;

async fn people(db: &Db, keys: &[i64]) -> Result<HashMap<i64, Alike>, StoreError> {
    let mut people = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT id, code, name, folded, birth_on, sex, citizen_number, record_code FROM official WHERE 1 = 1");
        sql.and_in("id", chunk.iter().copied());
        for row in sql.all(db.reader()).await? {
            let person = Alike {
                id: OfficialId(row.try_get("", "id")?),
                code: row.try_get("", "code")?,
                name: row.try_get("", "name")?,
                folded: row.try_get("", "folded")?,
                birth_on: sql::date(row.try_get("", "birth_on")?)?,
                sex: row.try_get("", "sex")?,
                citizen_number: row.try_get("", "citizen_number")?,
                record_code: row.try_get("", "record_code")?,
            };
            people.insert(person.id.0, person);
        }
    }
    Ok(people)
}

/// Pairs that somebody found not to be one person, the lower key first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn not_same(db: &Db) -> Result<std::collections::HashSet<(OfficialId, OfficialId)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT one_id, other_id FROM not_same");
    let pair = |row: &sea_orm::QueryResult| Ok((OfficialId(row.try_get("", "one_id")?), OfficialId(row.try_get("", "other_id")?)));
    sql.all(db.reader()).await?.iter().map(pair).collect()
}

/// The staff code of the person who was also written down under another code.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody was.
pub async fn known_as(db: &Db, code: &str) -> Result<String, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT o.code FROM official_alias a JOIN official o ON o.id = a.official_id WHERE a.code = ").bind(code);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "code")?)
}
