//! What a record holds beside its lines: planned posts, promises of service, scans.
//! Not for: writing them (`write::register`).

use domain::people::Leadership;
use domain::register::commitments::{Closing, Standing, standing};
use domain::register::scans::{Media, Proven};
use domain::time::{Date, Instant, Interval};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::read::units;
use crate::sql::{self, Sql};

/// A post that a person is planned for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// Key.
    pub id: i64,
    /// Unit: code, name.
    pub unit: (String, String),
    /// Which post of leadership.
    pub leadership: Leadership,
    /// Number of the decision.
    pub decision: Option<String>,
    /// When.
    pub during: Interval,
}

/// A promise of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentLine {
    /// Key.
    pub id: i64,
    /// What was studied.
    pub study: String,
    /// Day of the decision that sent the person.
    pub sent_on: Date,
    /// Months of study.
    pub study_months: i32,
    /// Months of service promised.
    pub months: i32,
    /// The time of service.
    pub during: Interval,
    /// Number of the decision.
    pub decision: Option<String>,
    /// How and when it ended before it was served.
    pub closed: Option<(Closing, Date)>,
}

impl CommitmentLine {
    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, on: Date) -> Standing {
        standing(self.during, self.closed, on)
    }
}

/// A scan that proves a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanLine {
    /// Key.
    pub id: i64,
    /// Which kind of line.
    pub line: Proven,
    /// Key of the line.
    pub row: i64,
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i64,
    /// Digest of the bytes, in hexadecimal.
    pub digest: String,
    /// When it was added.
    pub added_at: Instant,
}

pub(super) async fn planned(db: &Db, id: i64, on: Date) -> Result<Vec<PlannedLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.id, u.code, p.leadership, p.decision_number, p.starts_on, p.ends_on, ");
    units::name_at_end(&mut sql, "p.ends_on", on);
    sql.push(" AS name FROM planned_post p JOIN unit u ON u.id = p.unit_id WHERE p.official_id = ").bind(id);
    sql.push(" ORDER BY p.starts_on DESC, p.id");
    let line = |row: &QueryResult| {
        Ok(PlannedLine {
            id: row.try_get("", "id")?,
            unit: (row.try_get("", "code")?, row.try_get("", "name")?),
            leadership: sql::code(&row.try_get::<String>("", "leadership")?, Leadership::from_code)?,
            decision: row.try_get("", "decision_number")?,
            during: units::life(row)?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

pub(super) async fn commitments(db: &Db, id: i64) -> Result<Vec<CommitmentLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, study, sent_on, study_months, months, starts_on, ends_on, decision_number, closed_by, closed_on ");
    sql.push("FROM commitment WHERE official_id = ").bind(id).push(" ORDER BY starts_on DESC, id");
    let line = |row: &QueryResult| {
        let closed_by: Option<String> = row.try_get("", "closed_by")?;
        let closed_on: Option<i32> = row.try_get("", "closed_on")?;
        let how = closed_by.as_deref().map(|code| sql::code(code, Closing::from_code)).transpose()?;
        Ok(CommitmentLine {
            id: row.try_get("", "id")?,
            study: row.try_get("", "study")?,
            sent_on: sql::date(row.try_get("", "sent_on")?)?,
            study_months: row.try_get("", "study_months")?,
            months: row.try_get("", "months")?,
            during: units::life(row)?,
            decision: row.try_get("", "decision_number")?,
            closed: how.zip(closed_on.map(sql::date).transpose()?),
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

pub(super) async fn scans(db: &Db, id: i64) -> Result<Vec<ScanLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, line, row_id, name, media, size, digest, added_at FROM scan WHERE official_id = ").bind(id).push(" ORDER BY id");
    let line = |row: &QueryResult| {
        Ok(ScanLine {
            id: row.try_get("", "id")?,
            line: sql::code(&row.try_get::<String>("", "line")?, Proven::from_code)?,
            row: row.try_get("", "row_id")?,
            name: row.try_get("", "name")?,
            media: sql::code(&row.try_get::<String>("", "media")?, Media::from_code)?,
            size: row.try_get("", "size")?,
            digest: row.try_get("", "digest")?,
            added_at: Instant(row.try_get("", "added_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// The bytes of a scan.
///
/// # Errors
/// [`StoreError::NotFound`] when they are gone.
pub async fn scan_bytes(db: &Db, digest: &str) -> Result<Vec<u8>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT bytes FROM scan_file WHERE digest = ").bind(digest);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(row.try_get("", "bytes")?)
}
