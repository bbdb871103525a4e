//! Who was at which sitting: the roll of one, the marks of a class, changes of a mark; the fence of a class and the secrets of checking in.
//! Not for: the share that they make (`domain::attendance`).

use domain::attendance::checkin::Fence;
use domain::attendance::{Mark, Said, Source};
use domain::geography::Spot;
use domain::ids::{ClassId, OfficialId, SittingId, UnitId};
use domain::people::StaffKind;
use domain::time::{Date, Instant};
use domain::training::Outcome;
use sea_orm::QueryResult;

use super::units;
use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// Somebody of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Key of the record.
    pub record: i64,
    /// Who: key, staff code, name.
    pub official: (OfficialId, String, String),
    /// Name of the unit on the first day.
    pub unit: String,
    /// Key of that unit.
    pub unit_id: UnitId,
    /// Kind of staff on the first day.
    pub staff: StaffKind,
    /// What became of it so far.
    pub outcome: Outcome,
}

/// Everybody of a class in name order, also who left it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn attendees(at: At<'_>, class: ClassId, on: Date) -> Result<Vec<Attendee>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.id AS record_id, t.official_id, t.outcome, t.staff, t.unit_id, o.code, o.name, ");
    units::name_on(&mut sql, on);
    sql.push(" AS unit_name FROM training_record t JOIN official o ON o.id = t.official_id JOIN unit u ON u.id = t.unit_id ");
    sql.push("WHERE t.class_id = ").bind(class.0).push(" ORDER BY o.sort_key, o.id");
    let one = |row: &QueryResult| {
        Ok(Attendee {
            record: row.try_get("", "record_id")?,
            official: (OfficialId(row.try_get("", "official_id")?), row.try_get("", "code")?, row.try_get("", "name")?),
            unit: row.try_get("", "unit_name")?,
            unit_id: UnitId(row.try_get("", "unit_id")?),
            staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
            outcome: sql::code(&row.try_get::<String>("", "outcome")?, Outcome::from_code)?,
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// A mark as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkLine {
    /// Key.
    pub id: i64,
    /// The sitting.
    pub sitting: SittingId,
    /// Whose.
    pub official: OfficialId,
    /// What is said.
    pub said: Said,
    /// Where it comes from.
    pub source: Source,
    /// Reason of an absence.
    pub note: String,
    /// When it was put last.
    pub at: Instant,
    /// Counts changes.
    pub revision: i32,
}

/// Which marks are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Those of a sitting.
    Of(SittingId),
    /// Those of all sittings of a class.
    OfClass(ClassId),
}

/// Marks by sitting and person.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn marks(at: At<'_>, which: Marks) -> Result<Vec<MarkLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.id, p.sitting_id, p.official_id, p.mark, p.minutes, p.source, p.note, p.marked_at, p.revision FROM presence p");
    match which {
        Marks::Of(sitting) => sql.push(" WHERE p.sitting_id = ").bind(sitting.0),
        Marks::OfClass(class) => sql.push(" JOIN sitting s ON s.id = p.sitting_id WHERE s.class_id = ").bind(class.0),
    };
    sql.push(" ORDER BY p.sitting_id, p.official_id");
    at.all(sql).await?.iter().map(mark).collect()
}

fn mark(row: &QueryResult) -> Result<MarkLine, StoreError> {
    let said = Said { mark: sql::code(&row.try_get::<String>("", "mark")?, Mark::from_code)?, minutes: row.try_get("", "minutes")? };
    Ok(MarkLine {
        id: row.try_get("", "id")?,
        sitting: SittingId(row.try_get("", "sitting_id")?),
        official: OfficialId(row.try_get("", "official_id")?),
        said,
        source: sql::code(&row.try_get::<String>("", "source")?, Source::from_code)?,
        note: row.try_get("", "note")?,
        at: Instant(row.try_get("", "marked_at")?),
        revision: row.try_get("", "revision")?,
    })
}

/// Who checked in at a sitting with a device.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn device_of(at: At<'_>, sitting: SittingId, device: &str) -> Result<Option<OfficialId>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT official_id FROM presence WHERE sitting_id = ").bind(sitting.0).push(" AND device = ").bind(device);
    at.first(sql).await?.map(|row| Ok(OfficialId(row.try_get("", "official_id")?))).transpose()
}

/// A mark as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkChange {
    /// Whose: key and name.
    pub official: (OfficialId, String),
    /// What stood before.
    pub before: Option<String>,
    /// What was put.
    pub after: String,
    /// Where it came from.
    pub source: Source,
    /// Why, in words.
    pub words: String,
    /// Name of the account.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// Changes of marks of a sitting after they were first put, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn changes(at: At<'_>, sitting: SittingId, limit: u32) -> Result<Vec<MarkChange>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.before, c.after, c.source, c.words, c.happened_at, p.official_id, o.name AS official_name, a.name AS by_name ");
    sql.push("FROM presence_change c JOIN presence p ON p.id = c.presence_id JOIN official o ON o.id = p.official_id ");
    sql.push("LEFT JOIN user_account a ON a.id = c.user_id WHERE c.before IS NOT NULL AND p.sitting_id = ").bind(sitting.0);
    sql.push(" ORDER BY c.id DESC LIMIT ").bind(i64::from(limit));
    let one = |row: &QueryResult| {
        Ok(MarkChange {
            official: (OfficialId(row.try_get("", "official_id")?), row.try_get("", "official_name")?),
            before: row.try_get("", "before")?,
            after: row.try_get("", "after")?,
            source: sql::code(&row.try_get::<String>("", "source")?, Source::from_code)?,
            words: row.try_get("", "words")?,
            by: row.try_get("", "by_name")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// The code of the class of a sitting.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such sitting.
pub async fn class_of(at: At<'_>, sitting: SittingId) -> Result<String, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.code FROM sitting s JOIN training_class c ON c.id = s.class_id WHERE s.id = ").bind(sitting.0);
    Ok(at.first(sql).await?.ok_or(StoreError::NotFound)?.try_get("", "code")?)
}

/// What was answered to a roll that was sent under a key.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn answered(at: At<'_>, sitting: SittingId, key: &str) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT answer FROM roll_sync WHERE sitting_id = ").bind(sitting.0).push(" AND key = ").bind(key);
    at.first(sql).await?.map(|row| Ok(row.try_get("", "answer")?)).transpose()
}

/// The fence of a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn fence(at: At<'_>, class: ClassId) -> Result<Option<Fence>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT latitude, longitude, metres FROM class_fence WHERE class_id = ").bind(class.0);
    let fence = |row: QueryResult| {
        let spot = Spot { latitude: row.try_get("", "latitude")?, longitude: row.try_get("", "longitude")? };
        Ok(Fence { spot, metres: row.try_get("", "metres")? })
    };
    at.first(sql).await?.map(fence).transpose()
}

/// A secret of this installation.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn secret(at: At<'_>, name: &str) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT value FROM server_secret WHERE name = ").bind(name);
    at.first(sql).await?.map(|row| Ok(row.try_get("", "value")?)).transpose()
}
