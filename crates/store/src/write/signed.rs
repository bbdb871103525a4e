//! Printed lists, scans of signed sheets and their pages kept; pages settled once.
//! Not for: the marks themselves (`attendance`).

use domain::attendance::sheets::PageFault;
use domain::ids::{ClassId, OfficialId, SittingId};
use domain::register::scans::Media;

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::read::signed::CellLine;
use crate::sql::Sql;

/// Keeps a list that is printed, unless it was printed before.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn keep_sheet(tx: &WriteTx, why: &Why<'_>, class: ClassId, version: &str, people: &[OfficialId]) -> Result<(), StoreError> {
    let keys: Vec<String> = people.iter().map(ToString::to_string).collect();
    let mut sql = Sql::new();
    sql.push("INSERT INTO sign_sheet (class_id, version, people, user_id, printed_at) VALUES (").bind(class.0).push(", ").bind(version);
    sql.push(", ").bind(keys.join(" ")).push(", ").bind(why.by.user()).push(", ").bind(why.at.0);
    sql.push(") ON CONFLICT (class_id, version) DO NOTHING");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// A scan to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewScan<'a> {
    /// The class.
    pub class: ClassId,
    /// Name of the file.
    pub name: &'a str,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their digest.
    pub digest: &'a str,
}

/// Keeps a scan; tells its key.
///
/// # Errors
/// [`StoreError::Duplicate`] when the class has the same file.
pub async fn add_scan(tx: &WriteTx, why: &Why<'_>, new: &NewScan<'_>) -> Result<i64, StoreError> {
    super::register::put_bytes(tx, new.digest, new.bytes).await?;
    let columns = ["class_id", "digest", "name", "media", "size", "user_id", "added_at"];
    let values = vec![
        new.class.0.into(),
        new.digest.into(),
        new.name.into(),
        new.media.code().into(),
        i64::try_from(new.bytes.len()).unwrap_or(i64::MAX).into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    insert(tx, "signed_scan", &columns, values).await
}

/// A page to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPage {
    /// Its place in the file.
    pub number: i32,
    /// Why it goes to no roll, with the detail.
    pub fault: Option<(PageFault, String)>,
    /// Key of the list.
    pub sheet: Option<i64>,
    /// The sitting.
    pub sitting: Option<SittingId>,
    /// Page of the sheet, and of how many.
    pub page: (u16, u16),
    /// Its cells.
    pub cells: Vec<CellLine>,
    /// What is shown of it.
    pub picture: Vec<u8>,
}

/// Keeps a page of a scan.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_page(tx: &WriteTx, scan: i64, new: &NewPage) -> Result<(), StoreError> {
    let columns = ["scan_id", "number", "fault", "detail", "sheet_id", "sitting_id", "page", "pages", "cells", "picture"];
    let cells: Vec<String> = new.cells.iter().map(|(ink, share)| format!("{ink}:{share}")).collect();
    let (page, pages) = new.page;
    let values = vec![
        scan.into(),
        new.number.into(),
        new.fault.as_ref().map(|(fault, _)| fault.code()).into(),
        new.fault.as_ref().map_or("", |(_, detail)| detail.as_str()).into(),
        new.sheet.into(),
        new.sitting.map(|sitting| sitting.0).into(),
        i32::from(page).into(),
        i32::from(pages).into(),
        cells.join(" ").into(),
        new.picture.clone().into(),
    ];
    insert(tx, "signed_page", &columns, values).await?;
    Ok(())
}

/// Says that the marks of a sitting were put from a scan; tells how many pages were still open.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn settle(tx: &WriteTx, why: &Why<'_>, scan: i64, sitting: SittingId) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE signed_page SET settled_at = ").bind(why.at.0).push(", settled_by = ").bind(why.by.user());
    sql.push(" WHERE settled_at IS NULL AND fault IS NULL AND scan_id = ").bind(scan).push(" AND sitting_id = ").bind(sitting.0);
    sql.run(tx.connection()).await
}

/// Takes a scan away of which no mark was put; tells whether there was such a one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn drop_scan(tx: &WriteTx, scan: i64) -> Result<bool, StoreError> {
    let mut settled = Sql::new();
    settled.push("SELECT id FROM signed_page WHERE settled_at IS NOT NULL AND scan_id = ").bind(scan).push(" LIMIT 1");
    if settled.first(tx.connection()).await?.is_some() {
        return Ok(false);
    }
    for (table, column) in [("signed_page", "scan_id"), ("signed_scan", "id")] {
        let mut sql = Sql::new();
        sql.push(&format!("DELETE FROM {table} WHERE {column} = ")).bind(scan);
        sql.run(tx.connection()).await?;
    }
    Ok(true)
}
