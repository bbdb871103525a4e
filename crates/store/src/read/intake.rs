//! Files taken in, and the people of the register whom a file may tell of.
//! Not for: comparing the two (`service::intake`).

mod attended;
mod known;

use domain::ids::{UnitId, UserId};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::time::{Date, Instant, Interval, number};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

pub use attended::{KnownRecord, attended};
pub use known::{Keys, Known, KnownPaper, KnownPosting, known, known_of};

/// A file taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// Key.
    pub id: i64,
    /// The unit whose people it tells of.
    pub unit: UnitId,
    /// Code and name of the unit.
    pub unit_name: (String, String),
    /// Who took it in; `None` is the terminal.
    pub user: Option<UserId>,
    /// The name of who took it in.
    pub who: Option<String>,
    /// Name of the file.
    pub file_name: String,
    /// Bytes of the file.
    pub size: i64,
    /// Digest of the bytes.
    pub digest: String,
    /// When.
    pub taken_at: Instant,
    /// State.
    pub state: String,
    /// Counts its steps.
    pub revision: i32,
    /// How it is read, as JSON.
    pub settings: String,
    /// What it would change, or changed, as JSON; not read in lists.
    pub report: Option<String>,
    /// The operation that carried it.
    pub operation: Option<String>,
    /// When it was carried.
    pub carried_at: Option<Instant>,
    /// Whether its file is still kept.
    pub has_file: bool,
}

const LINE: &str = "SELECT b.id, b.unit_id, u.code, u.name, b.user_id, a.name AS who, b.file_name, b.size, b.digest, b.taken_at, b.state, \
    b.revision, b.settings, b.operation, b.carried_at, EXISTS (SELECT 1 FROM import_file f WHERE f.batch_id = b.id) AS has_file, ";
const FROM: &str = " FROM import_batch b JOIN unit u ON u.id = b.unit_id LEFT JOIN user_account a ON a.id = b.user_id";

/// One batch.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn batch(db: &Db, id: i64) -> Result<BatchLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).push("b.report").push(FROM).push(" WHERE b.id = ").bind(id);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// Batches, newest first; `units` are those whose files are asked for, `None` is all.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn batches(db: &Db, units: Option<&[UnitId]>, before: Option<i64>, limit: u32) -> Result<Vec<BatchLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).push("CAST(NULL AS text) AS report").push(FROM).push(" WHERE 1 = 1");
    match units {
        Some([]) => return Ok(Vec::new()),
        Some(units) => {
            sql.and_in("b.unit_id", units.iter().map(|u| u.0));
        }
        None => {}
    }
    if let Some(before) = before {
        sql.push(" AND b.id < ").bind(before);
    }
    sql.push(" ORDER BY b.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<BatchLine, StoreError> {
    Ok(BatchLine {
        id: row.try_get("", "id")?,
        unit: UnitId(row.try_get("", "unit_id")?),
        unit_name: (row.try_get("", "code")?, row.try_get("", "name")?),
        user: row.try_get::<Option<i64>>("", "user_id")?.map(UserId),
        who: row.try_get("", "who")?,
        file_name: row.try_get("", "file_name")?,
        size: row.try_get("", "size")?,
        digest: row.try_get("", "digest")?,
        taken_at: Instant(row.try_get("", "taken_at")?),
        state: row.try_get("", "state")?,
        revision: row.try_get("", "revision")?,
        settings: row.try_get("", "settings")?,
        report: row.try_get("", "report")?,
        operation: row.try_get("", "operation")?,
        carried_at: row.try_get::<Option<i64>>("", "carried_at")?.map(Instant),
        has_file: row.try_get("", "has_file")?,
    })
}

/// The bytes of a batch's file.
///
/// # Errors
/// [`StoreError::NotFound`] when they were removed.
pub async fn file(db: &Db, batch: i64) -> Result<Vec<u8>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT bytes FROM import_file WHERE batch_id = ").bind(batch);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "bytes")?)
}

/// How earlier files were read: name, fingerprint of the titles, settings as JSON; of the units asked for, last used first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn mappings(db: &Db, units: &[UnitId]) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT name, fingerprint, settings FROM import_mapping WHERE 1 = 1").and_in("unit_id", units.iter().map(|u| u.0));
    sql.push(" ORDER BY used_at DESC, id DESC LIMIT 200");
    let one = |row: &QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "fingerprint")?, row.try_get("", "settings")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// The highest running number among staff codes of the form `prefix-0001`; 0 when there is none.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn last_code(db: &Db, prefix: &str) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT code FROM official WHERE code LIKE ").bind(format!("{prefix}-%"));
    let codes: Vec<String> = sql.all(db.reader()).await?.iter().map(|row| row.try_get("", "code")).collect::<Result<_, _>>()?;
    let number = |code: &String| code.strip_prefix(prefix)?.strip_prefix('-')?.parse::<u64>().ok();
    Ok(codes.iter().filter_map(number).max().unwrap_or(0))
}

/// A unit as a file may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Level.
    pub level: Level,
    /// Bloc.
    pub bloc: Bloc,
    /// Life.
    pub life: Interval,
}

/// Every unit that ever was.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn places(db: &Db) -> Result<Vec<Place>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, code, name, kind, level, bloc, starts_on, ends_on FROM unit ORDER BY id");
    let one = |row: &QueryResult| {
        let text = |column: &str| row.try_get::<String>("", column);
        let ends: Option<i32> = row.try_get("", "ends_on")?;
        let life = Interval::new(sql::date(row.try_get("", "starts_on")?)?, ends.map(sql::date).transpose()?);
        Ok(Place {
            id: UnitId(row.try_get("", "id")?),
            code: text("code")?,
            name: text("name")?,
            kind: sql::code(&text("kind")?, UnitKind::from_code)?,
            level: sql::code(&text("level")?, Level::from_code)?,
            bloc: sql::code(&text("bloc")?, Bloc::from_code)?,
            life: life.map_err(|error| StoreError::Unreadable(error.to_string()))?,
        })
    };
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// Code, name and unit name of everybody who works in one of the units on a day, but for those named; the first so many in code order,
/// and how many they are in all.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn working(db: &Db, units: &[UnitId], on: Date) -> Result<Vec<(i64, String, String, String)>, StoreError> {
    let mut found = Vec::new();
    for chunk in units.chunks(500) {
        let mut sql = Sql::new();
        sql.push("SELECT o.id, o.code, o.name, u.name AS unit FROM posting p JOIN official o ON o.id = p.official_id ");
        sql.push("JOIN unit u ON u.id = p.unit_id WHERE p.starts_on <= ").bind(number(on));
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(")");
        sql.and_in("p.unit_id", chunk.iter().map(|u| u.0));
        for row in sql.all(db.reader()).await? {
            found.push((row.try_get("", "id")?, row.try_get("", "code")?, row.try_get("", "name")?, row.try_get("", "unit")?));
        }
    }
    Ok(found)
}
