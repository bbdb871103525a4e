//! Things that changed, as they stand now: who and where, in a few questions for a whole page.
//! Not for: the whole of them; who wants it asks for the one.

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::people::{Leadership, StaffKind};
use domain::time::{Date, Interval, number};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::read::{posts::PostLine, units};
use crate::sql::{self, Sql};

/// Where somebody works on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// Its code and name.
    pub unit_name: (String, String),
    /// Post.
    pub post: String,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership.
    pub leadership: Option<Leadership>,
}

/// A person who is in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Who.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where, for who works on the day.
    pub place: Option<Place>,
}

const CHUNK: usize = 500;

/// These people as they are on a day, by key.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn people(db: &Db, ids: &[i64], on: Date) -> Result<BTreeMap<i64, PersonLine>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT o.id, o.code, o.name, p.unit_id, u.code AS unit_code, ");
        units::name_on(&mut sql, on);
        sql.push(" AS unit_name, b.title, p.staff, p.leadership FROM official o LEFT JOIN posting p ON p.official_id = o.id ");
        sql.push("AND p.starts_on <= ").bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on));
        sql.push(") LEFT JOIN unit u ON u.id = p.unit_id LEFT JOIN post b ON b.id = p.post_id WHERE 1 = 1");
        sql.and_in("o.id", chunk.iter().copied());
        for row in sql.all(db.reader()).await? {
            let id: i64 = row.try_get("", "id")?;
            let place = place(&row)?;
            found.insert(id, PersonLine { id: OfficialId(id), code: row.try_get("", "code")?, name: row.try_get("", "name")?, place });
        }
    }
    Ok(found)
}

fn place(row: &QueryResult) -> Result<Option<Place>, StoreError> {
    let Some(unit) = row.try_get::<Option<i64>>("", "unit_id")? else { return Ok(None) };
    Ok(Some(Place {
        unit: UnitId(unit),
        unit_name: (row.try_get("", "unit_code")?, row.try_get("", "unit_name")?),
        post: row.try_get("", "title")?,
        staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
        leadership: row.try_get::<Option<String>>("", "leadership")?.as_deref().and_then(Leadership::from_code),
    }))
}

/// The units in which these people work on a day or worked before, as person and unit.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn places(db: &Db, ids: &[i64], on: Date) -> Result<Vec<(i64, UnitId)>, StoreError> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT DISTINCT official_id, unit_id FROM posting WHERE starts_on <= ")
            .bind(number(on))
            .and_in("official_id", chunk.iter().copied());
        for row in sql.all(db.reader()).await? {
            found.push((row.try_get("", "official_id")?, UnitId(row.try_get("", "unit_id")?)));
        }
    }
    Ok(found)
}

/// Records that were merged into another one: their key, their code, and whose they are now.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn merged_into(db: &Db, ids: &[i64]) -> Result<BTreeMap<i64, (String, OfficialId)>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT was_id, code, official_id FROM official_alias WHERE 1 = 1").and_in("was_id", chunk.iter().copied());
        for row in sql.all(db.reader()).await? {
            found.insert(row.try_get("", "was_id")?, (row.try_get("", "code")?, OfficialId(row.try_get("", "official_id")?)));
        }
    }
    Ok(found)
}

/// Code, name and life of these units, and the codes of those that carried each on last.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn units(db: &Db, ids: &[i64], on: Date) -> Result<BTreeMap<i64, (String, String, Interval, Vec<String>)>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT u.id, u.code, u.starts_on, u.ends_on, ");
        units::name_on(&mut sql, on);
        sql.push(" AS name FROM unit u WHERE 1 = 1").and_in("u.id", chunk.iter().copied());
        for row in sql.all(db.reader()).await? {
            let line = (row.try_get("", "code")?, row.try_get("", "name")?, units::life(&row)?, Vec::new());
            found.insert(row.try_get("", "id")?, line);
        }
        let mut heirs = Sql::new();
        heirs.push("SELECT s.unit_id, u.code FROM unit_succession s JOIN unit v ON v.id = s.unit_id AND v.ends_on = s.effective_on ");
        heirs.push("JOIN unit u ON u.id = s.successor_id WHERE 1 = 1").and_in("s.unit_id", chunk.iter().copied()).push(" ORDER BY s.id");
        for row in heirs.all(db.reader()).await? {
            if let Some((.., into)) = found.get_mut(&row.try_get::<i64>("", "unit_id")?) {
                into.push(row.try_get("", "code")?);
            }
        }
    }
    Ok(found)
}

/// These posts of the catalogue as they stand, by key.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn posts(db: &Db, ids: &[i64], on: Date) -> Result<BTreeMap<i64, PostLine>, StoreError> {
    let all = crate::read::posts::all(db, on).await?;
    Ok(all.into_iter().filter(|post| ids.contains(&post.id)).map(|post| (post.id, post)).collect())
}
