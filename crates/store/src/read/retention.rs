//! Records whose names have been kept long enough: people who left, by when and how, as the retention rules of a day say; and files that
//! people were brought in with.
//! Not for: the rules (`law`), or taking the names away (`write::register`).

use domain::ids::OfficialId;
use domain::people::StaffKind;
use domain::register::{Ending, NAMELESS};
use domain::time::{Date, Instant, number};

use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// Whoever of a kind of staff left like this by a day is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Kind of staff of the last posting.
    pub staff: StaffKind,
    /// Whether the person died; otherwise any other way of leaving.
    pub died: bool,
    /// Last day of leaving that is due.
    pub last: Date,
}

/// How many are due of one year of leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueLine {
    /// Year of leaving.
    pub year: i32,
    /// Whether they died.
    pub died: bool,
    /// How many.
    pub people: i64,
}

fn due(sql: &mut Sql, cuts: &[Cut]) {
    sql.push(" FROM official o JOIN posting p ON p.official_id = o.id AND NOT EXISTS (SELECT 1 FROM posting x ");
    sql.push("WHERE x.official_id = o.id AND x.starts_on > p.starts_on) WHERE o.name <> ").bind(NAMELESS);
    sql.push(" AND p.ends_on IS NOT NULL AND (1 = 0");
    for cut in cuts {
        sql.push(" OR (p.staff = ").bind(cut.staff.code()).push(" AND p.ends_on <= ").bind(number(cut.last));
        sql.push(if cut.died { " AND p.ended_by = " } else { " AND COALESCE(p.ended_by, '') <> " }).bind(Ending::Died.code()).push(")");
    }
    sql.push(")");
}

/// How many are due, by year of leaving.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn counts(db: &Db, cuts: &[Cut]) -> Result<Vec<DueLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.ends_on / 10000 AS year, CASE WHEN p.ended_by = ").bind(Ending::Died.code());
    sql.push(" THEN 1 ELSE 0 END AS died, COUNT(*) AS people");
    due(&mut sql, cuts);
    sql.push(" GROUP BY 1, 2 ORDER BY 1, 2");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(DueLine { year: row.try_get("", "year")?, died: row.try_get::<i32>("", "died")? == 1, people: row.try_get("", "people")? })
        })
        .collect()
}

/// The people who are due, longest ago first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(db: &Db, cuts: &[Cut], limit: u32) -> Result<Vec<OfficialId>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT o.id");
    due(&mut sql, cuts);
    sql.push(" ORDER BY p.ends_on, o.id LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(|row| Ok(OfficialId(row.try_get("", "id")?))).collect()
}

/// Imported files that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FilesDue {
    /// How many.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
}

const FILES: &str = " FROM import_file f JOIN import_batch b ON b.id = f.batch_id WHERE b.taken_at < ";

/// Files that came before a moment.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn files(db: &Db, before: Instant) -> Result<FilesDue, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS files, CAST(COALESCE(SUM(b.size), 0) AS bigint) AS bytes").push(FILES).bind(before.0);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(FilesDue { files: row.try_get("", "files")?, bytes: row.try_get("", "bytes")? })
}

/// The batch of the oldest file that came before a moment.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn oldest_file(db: &Db, before: Instant) -> Result<Option<i64>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT b.id").push(FILES).bind(before.0).push(" ORDER BY b.taken_at, b.id LIMIT 1");
    Ok(sql.first(db.reader()).await?.map(|row| row.try_get("", "id")).transpose()?)
}
