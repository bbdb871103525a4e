//! Sheets that were printed to be signed, scans of them, and what was read on their pages.
//! Not for: what a cell means for a roll (`domain::attendance::sheets`).

use std::collections::BTreeMap;

use domain::attendance::sheets::{Ink, PageFault};
use domain::ids::{ClassId, OfficialId, SittingId, UserId};
use domain::register::scans::Media;
use domain::time::Instant;
use sea_orm::QueryResult;

use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// A list that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Key.
    pub id: i64,
    /// What its code says of it.
    pub version: String,
    /// Who is on it, in its order.
    pub people: Vec<OfficialId>,
    /// When it was first printed.
    pub at: Instant,
}

/// Every list of a class that was printed, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sheets(at: At<'_>, class: ClassId) -> Result<Vec<SheetLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, version, people, printed_at FROM sign_sheet WHERE class_id = ").bind(class.0).push(" ORDER BY id DESC");
    let one = |row: &QueryResult| {
        let people: String = row.try_get("", "people")?;
        let person = |key: &str| key.parse().map(OfficialId).map_err(|_| StoreError::Unreadable(people.clone()));
        Ok(SheetLine {
            id: row.try_get("", "id")?,
            version: row.try_get("", "version")?,
            people: people.split_whitespace().map(person).collect::<Result<_, _>>()?,
            at: Instant(row.try_get("", "printed_at")?),
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// Whom keys mean today: who was merged is the person that stayed. Key, code and name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(at: At<'_>, keys: &[OfficialId]) -> Result<BTreeMap<OfficialId, (OfficialId, String, String)>, StoreError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids = || keys.iter().map(|key| key.0);
    let mut sql = Sql::new();
    sql.push("SELECT o.id AS was_id, o.id, o.code, o.name, 0 AS place FROM official o WHERE 1 = 1").and_in("o.id", ids());
    sql.push(" UNION ALL SELECT a.was_id, o.id, o.code, o.name, 1 AS place FROM official_alias a JOIN official o ON o.id = a.official_id WHERE 1 = 1");
    sql.and_in("a.was_id", ids()).push(" ORDER BY place");
    let one = |row: &QueryResult| {
        let who = (OfficialId(row.try_get("", "id")?), row.try_get("", "code")?, row.try_get("", "name")?);
        Ok((OfficialId(row.try_get("", "was_id")?), who))
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// A scan of signed sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanLine {
    /// Key.
    pub id: i64,
    /// Digest of the file.
    pub digest: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub size: i64,
    /// Who brought it: key and name of the account.
    pub by: Option<(UserId, String)>,
    /// When.
    pub at: Instant,
}

const SCAN: &str = "SELECT s.id, s.digest, s.name, s.media, s.size, s.user_id, s.added_at, a.name AS by_name FROM signed_scan s \
                    LEFT JOIN user_account a ON a.id = s.user_id WHERE s.class_id = ";

/// Scans of a class, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn scans(at: At<'_>, class: ClassId) -> Result<Vec<ScanLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(SCAN).bind(class.0).push(" ORDER BY s.id DESC");
    at.all(sql).await?.iter().map(scan_line).collect()
}

/// The scan of a class with these bytes, if there is one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn scan_of(at: At<'_>, class: ClassId, digest: &str) -> Result<Option<ScanLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(SCAN).bind(class.0).push(" AND s.digest = ").bind(digest);
    at.first(sql).await?.as_ref().map(scan_line).transpose()
}

fn scan_line(row: &QueryResult) -> Result<ScanLine, StoreError> {
    let user: Option<i64> = row.try_get("", "user_id")?;
    let name: Option<String> = row.try_get("", "by_name")?;
    Ok(ScanLine {
        id: row.try_get("", "id")?,
        digest: row.try_get("", "digest")?,
        name: row.try_get("", "name")?,
        media: sql::code(&row.try_get::<String>("", "media")?, Media::from_code)?,
        size: row.try_get("", "size")?,
        by: user.map(UserId).zip(name),
        at: Instant(row.try_get("", "added_at")?),
    })
}

/// What a cell says, and how much of it is ink, in hundredths of a per cent.
pub type CellLine = (Ink, u32);

/// A page of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLine {
    /// Key of the scan.
    pub scan: i64,
    /// Its place in the file, from 1.
    pub number: i32,
    /// Why it goes to no roll, with the detail.
    pub fault: Option<(PageFault, String)>,
    /// Key of the list.
    pub sheet: Option<i64>,
    /// The sitting.
    pub sitting: Option<SittingId>,
    /// Page of the sheet, and of how many.
    pub page: (u16, u16),
    /// Its cells from the upper one.
    pub cells: Vec<CellLine>,
    /// Whether there is a picture of it.
    pub is_shown: bool,
    /// When its marks were put, and by whom.
    pub settled: Option<(Instant, Option<String>)>,
}

/// Which pages are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// Those of a scan.
    Of(i64),
    /// Those of all scans of a class.
    OfClass(ClassId),
    /// Those of a sitting whose marks were put.
    SettledOf(SittingId),
}

/// Pages by scan and place.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn pages(at: At<'_>, which: Pages) -> Result<Vec<PageLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.scan_id, p.number, p.fault, p.detail, p.sheet_id, p.sitting_id, p.page, p.pages, p.cells, p.settled_at, ");
    sql.push("a.name AS by_name, LENGTH(p.picture) > 0 AS is_shown FROM signed_page p ");
    sql.push("LEFT JOIN user_account a ON a.id = p.settled_by ");
    match which {
        Pages::Of(scan) => sql.push("WHERE p.scan_id = ").bind(scan),
        Pages::OfClass(class) => sql.push("JOIN signed_scan s ON s.id = p.scan_id WHERE s.class_id = ").bind(class.0),
        Pages::SettledOf(sitting) => sql.push("WHERE p.settled_at IS NOT NULL AND p.sitting_id = ").bind(sitting.0),
    };
    sql.push(" ORDER BY p.scan_id, p.number");
    at.all(sql).await?.iter().map(page_line).collect()
}

fn page_line(row: &QueryResult) -> Result<PageLine, StoreError> {
    let fault: Option<String> = row.try_get("", "fault")?;
    let fault = fault.map(|fault| sql::code(&fault, PageFault::from_code)).transpose()?;
    let detail: String = row.try_get("", "detail")?;
    let small = |name: &str| -> Result<u16, StoreError> { Ok(u16::try_from(row.try_get::<i32>("", name)?).unwrap_or(0)) };
    let settled: Option<i64> = row.try_get("", "settled_at")?;
    let by: Option<String> = row.try_get("", "by_name")?;
    let cells: String = row.try_get("", "cells")?;
    Ok(PageLine {
        scan: row.try_get("", "scan_id")?,
        number: row.try_get("", "number")?,
        fault: fault.map(|fault| (fault, detail)),
        sheet: row.try_get("", "sheet_id")?,
        sitting: row.try_get::<Option<i64>>("", "sitting_id")?.map(SittingId),
        page: (small("page")?, small("pages")?),
        cells: cells.split_whitespace().map(cell).collect::<Result<_, _>>()?,
        is_shown: row.try_get("", "is_shown")?,
        settled: settled.map(|at| (Instant(at), by)),
    })
}

fn cell(text: &str) -> Result<CellLine, StoreError> {
    let odd = || StoreError::Unreadable(text.to_owned());
    let (ink, share) = text.split_once(':').ok_or_else(odd)?;
    Ok((sql::code(ink, Ink::from_code)?, share.parse().map_err(|_| odd())?))
}

/// What is shown of a page, as JPEG.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such page, or no picture of it.
pub async fn picture(at: At<'_>, scan: i64, number: i32) -> Result<Vec<u8>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT picture FROM signed_page WHERE scan_id = ").bind(scan).push(" AND number = ").bind(number);
    let bytes: Vec<u8> = at.first(sql).await?.ok_or(StoreError::NotFound)?.try_get("", "picture")?;
    if bytes.is_empty() { Err(StoreError::NotFound) } else { Ok(bytes) }
}
