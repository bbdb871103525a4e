//! Batches of files taken in: written, read anew, carried, undone, forgotten.
//! Not for: the rows of people they bring (`register::arrivals`).

use domain::ids::{UnitId, UserId};
use domain::time::Instant;

use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write;

/// A file to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct NewBatch<'a> {
    /// The unit whose people it tells of.
    pub unit: UnitId,
    /// Who took it in; `None` is the terminal.
    pub user: Option<UserId>,
    /// Its name.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Digest of the bytes, in hexadecimal.
    pub digest: &'a str,
    /// When.
    pub at: Instant,
    /// State.
    pub state: &'a str,
    /// How it is read, as JSON.
    pub settings: &'a str,
}

/// Writes a batch and its file.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add(tx: &WriteTx, new: &NewBatch<'_>) -> Result<i64, StoreError> {
    let columns = ["unit_id", "user_id", "file_name", "size", "digest", "taken_at", "state", "revision", "settings"];
    let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
    let values = vec![
        new.unit.0.into(),
        new.user.map(|u| u.0).into(),
        new.file_name.into(),
        size.into(),
        new.digest.into(),
        new.at.0.into(),
        new.state.into(),
        1_i32.into(),
        new.settings.into(),
    ];
    let batch = write::insert(tx, "import_batch", &columns, values).await?;
    write::insert(tx, "import_file", &["batch_id", "bytes"], vec![batch.into(), new.bytes.to_vec().into()]).await?;
    Ok(batch)
}

/// What becomes of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Step<'a> {
    /// The new state.
    pub state: &'a str,
    /// How it is read, if that changed.
    pub settings: Option<&'a str>,
    /// What it would change, or changed.
    pub report: Option<&'a str>,
    /// The operation that carried it.
    pub operation: Option<&'a str>,
    /// When it was carried.
    pub carried_at: Option<Instant>,
}

/// Moves a batch on. `revision` is the one that was read; every step counts it up.
///
/// # Errors
/// [`StoreError::Stale`] when someone moved it on since.
pub async fn step(tx: &WriteTx, batch: i64, revision: i32, step: &Step<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE import_batch SET revision = revision + 1, state = ").bind(step.state);
    for (column, value) in [("settings", step.settings), ("report", step.report), ("operation", step.operation)] {
        if let Some(text) = value {
            sql.push(&format!(", {column} = ")).bind(text);
        }
    }
    if let Some(at) = step.carried_at {
        sql.push(", carried_at = ").bind(at.0);
    }
    sql.push(" WHERE id = ").bind(batch).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Drops the file of a batch and what the report quotes of it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn drop_file(tx: &WriteTx, batch: i64, report: Option<&str>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM import_file WHERE batch_id = ").bind(batch);
    sql.run(tx.connection()).await?;
    let mut sql = Sql::new();
    sql.push("UPDATE import_batch SET revision = revision + 1, report = ").bind(report).push(" WHERE id = ").bind(batch);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Forgets a batch and its file; what it brought stays.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn forget(tx: &WriteTx, batch: i64) -> Result<(), StoreError> {
    for statement in ["DELETE FROM import_file WHERE batch_id = ", "DELETE FROM import_batch WHERE id = "] {
        let mut sql = Sql::new();
        sql.push(statement).bind(batch);
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Remembers which column is which field for files of a unit with such titles.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn remember(tx: &WriteTx, unit: UnitId, name: &str, fingerprint: &str, settings: &str, at: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO import_mapping (unit_id, name, fingerprint, settings, used_at) VALUES (").bind(unit.0);
    sql.push(", ").bind(name).push(", ").bind(fingerprint).push(", ").bind(settings).push(", ").bind(at.0);
    sql.push(
        ") ON CONFLICT (unit_id, fingerprint) DO UPDATE SET name = excluded.name, settings = excluded.settings, used_at = excluded.used_at",
    );
    sql.run(tx.connection()).await?;
    Ok(())
}
