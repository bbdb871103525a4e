//! Scans that prove a line: the row with its history, the bytes once under their digest.
//! Not for: what may be taken as a scan (`domain::register::scans`).

use domain::ids::OfficialId;
use domain::register::scans::{Media, Proven};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Why, change, insert, remove, remove_row};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A scan to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewScan<'a> {
    /// Whose.
    pub official: OfficialId,
    /// Which kind of line it proves.
    pub line: Proven,
    /// Key of the line.
    pub row: i64,
    /// Name of the file.
    pub name: &'a str,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their digest, in hexadecimal.
    pub digest: &'a str,
}

/// Writes a scan, and its bytes unless they are there.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_scan(tx: &WriteTx, why: &Why<'_>, new: &NewScan<'_>) -> Result<i64, StoreError> {
    put_bytes(tx, new.digest, new.bytes).await?;
    let row = entity::scan::Model {
        id: 0,
        official_id: new.official.0,
        line: new.line.to_string(),
        row_id: new.row,
        name: new.name.to_owned(),
        media: new.media.to_string(),
        size: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        digest: new.digest.to_owned(),
        added_at: why.at.0,
    };
    insert::<entity::scan::Entity>(tx, why, row).await
}

/// Keeps bytes under their digest, unless they are there.
pub(crate) async fn put_bytes(tx: &WriteTx, digest: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO scan_file (digest, bytes) VALUES (").bind(digest).push(", ").bind(bytes.to_vec());
    sql.push(") ON CONFLICT (digest) DO NOTHING");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Takes a scan from its line; the bytes go when nothing names them any more (`sweep_scans`).
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there, or is another person's.
pub async fn remove_scan(tx: &WriteTx, why: &Why<'_>, of: OfficialId, scan: i64) -> Result<(), StoreError> {
    remove::<entity::scan::Entity>(tx, why, of, scan).await
}

/// What becomes of the scans of a line that goes: they prove the line that stays, or go with it.
pub(super) async fn of_gone_line(tx: &WriteTx, why: &Why<'_>, line: Proven, goes: i64, stays: Option<i64>) -> Result<(), StoreError> {
    use entity::scan::{Column, Entity};
    let of_line = Entity::find().filter(Column::Line.eq(line.to_string())).filter(Column::RowId.eq(goes));
    for scan in of_line.all(tx.connection()).await? {
        match stays {
            Some(stays) => change::<Entity>(tx, why, scan.id, |row| row.row_id = stays).await?,
            None => remove_row::<Entity>(tx, why, scan.id).await?,
        }
    }
    Ok(())
}

/// Removes the bytes that no scan, signed sheet, template, material or minutes name, nor any change that could still be taken back; says how many files went.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sweep_scans(tx: &WriteTx) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM scan_file WHERE NOT EXISTS (SELECT 1 FROM scan s WHERE s.digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM paper_scan p WHERE p.digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM signed_scan g WHERE g.digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM paper_template t WHERE t.digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM programme_file f WHERE f.digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM appraisal a WHERE a.scan_digest = scan_file.digest) ");
    sql.push("AND NOT EXISTS (SELECT 1 FROM register_change c WHERE c.kind = 'scan' AND c.before LIKE '%' || scan_file.digest || '%')");
    sql.run(tx.connection()).await
}
