//! Backup and restore in one format for both engines: a gzip file of JSON lines with a digest, so that a backup of SQLite can also be
//! restored into PostgreSQL. Taken online from one snapshot, and read again before it is called good.
//! Not for: copies of database files.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sea_orm::{
    AccessMode, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, IsolationLevel, Iterable, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, TransactionTrait,
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::db::{Db, StoreError, WriteTx};
use crate::seed::{self, tables};

const FORMAT: &str = "khuevan-backup 1";
const PAGE: u64 = 2_000;

/// Why a backup or restore failed; nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("the file `{0}` cannot be read or written; check the path, the rights and the space on the disk")]
    File(PathBuf, #[source] std::io::Error),
    /// The file is not a backup, is cut short or was changed.
    #[error("line {line}: this is not a whole backup of Khuê Văn; use another copy")]
    Broken {
        /// Line in the unpacked file.
        line: u64,
    },
    /// The backup was made by a newer program.
    #[error("the backup was made by a newer version (it knows `{0}`); restore it with that version")]
    Newer(String),
    /// The target holds data already.
    #[error("the target database is not empty; restore into a new one")]
    NotEmpty,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Rows of all tables.
    pub rows: u64,
}

/// Writes a backup and reads it again.
///
/// # Errors
/// [`BackupError`]; a half-written file never carries the final name.
pub async fn backup(db: &Db, path: &Path) -> Result<Held, BackupError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Only the account of the program can read it: it holds everybody's data. It goes away by itself when this fails.
    let partial = tempfile::Builder::new().suffix(".partial").tempfile_in(folder).map_err(|e| BackupError::File(path.to_owned(), e))?;
    let file = partial.reopen().map_err(|e| BackupError::File(path.to_owned(), e))?;
    let out = GzEncoder::new(BufWriter::new(file), Compression::fast());
    let mut out = Writer { out, digest: Sha256::new(), rows: 0, path: path.to_owned() };
    out.line(FORMAT)?;
    out.line(&Db::known_changes().join(" "))?;
    let options = db.reader().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
    let snapshot = options.await.map_err(StoreError::from)?;
    macro_rules! dump { ($($table:ident),+) => { $( out.table::<entity::$table::Entity>(stringify!($table), &snapshot).await?; )+ } }
    tables::each_table!(dump);
    snapshot.commit().await.map_err(StoreError::from)?;
    let held = out.finish()?;
    check(partial.path())?;
    partial.persist(path).map_err(|e| BackupError::File(path.to_owned(), e.error))?;
    Ok(held)
}

/// Restores a backup into an empty database, in one transaction.
///
/// # Errors
/// [`BackupError`]; the target is unchanged then.
pub async fn restore(db: &Db, path: &Path) -> Result<Held, BackupError> {
    let held = check(path)?;
    if !is_empty(db).await? {
        return Err(BackupError::NotEmpty);
    }
    let tx = db.write().await?;
    let mut lines = Lines::open(path)?;
    lines.header()?;
    let mut table = String::new();
    let mut rows = Vec::new();
    while let Some(line) = lines.next_line()? {
        let Some(name) = line.strip_prefix("# ") else {
            rows.push(line);
            if rows.len() >= 1_000 {
                fill(&tx, &table, std::mem::take(&mut rows), lines.number).await?;
            }
            continue;
        };
        fill(&tx, &table, std::mem::take(&mut rows), lines.number).await?;
        name.split_whitespace().next().unwrap_or_default().clone_into(&mut table);
    }
    tx.commit().await?;
    seed::after_explicit_keys(db).await?;
    Ok(held)
}

async fn is_empty(db: &Db) -> Result<bool, StoreError> {
    for table in tables::NAMES {
        let mut sql = crate::sql::Sql::new();
        sql.push(&format!("SELECT id FROM {table} LIMIT 1"));
        if sql.first(db.reader()).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads a backup to its end and compares the digest.
fn check(path: &Path) -> Result<Held, BackupError> {
    let mut lines = Lines::open(path)?;
    lines.header()?;
    let mut rows = 0;
    while let Some(line) = lines.next_line()? {
        if let Some(rest) = line.strip_prefix("# end ") {
            let sound = rest == lines.digest_before_last;
            return if sound { Ok(Held { rows }) } else { Err(BackupError::Broken { line: lines.number }) };
        }
        rows += u64::from(!line.starts_with("# "));
    }
    Err(BackupError::Broken { line: lines.number })
}

async fn fill(tx: &WriteTx, table: &str, rows: Vec<String>, line: u64) -> Result<(), BackupError> {
    if rows.is_empty() {
        return Ok(());
    }
    macro_rules! fill { ($($name:ident),+) => { match table {
        $( stringify!($name) => {
            let rows = parse::<entity::$name::Model>(&rows).ok_or(BackupError::Broken { line })?;
            seed::put::<entity::$name::Entity, _>(tx, rows).await?;
        } )+
        _ => return Err(BackupError::Broken { line }),
    } } }
    tables::each_table!(fill);
    Ok(())
}

fn parse<M: DeserializeOwned>(rows: &[String]) -> Option<Vec<M>> {
    rows.iter().map(|row| serde_json::from_str(row).ok()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

struct Writer {
    out: GzEncoder<BufWriter<File>>,
    digest: Sha256,
    rows: u64,
    path: PathBuf,
}

impl Writer {
    fn line(&mut self, text: &str) -> Result<(), BackupError> {
        self.digest.update(text.as_bytes());
        self.digest.update(b"\n");
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.write_all(b"\n"));
        written.map_err(|e| BackupError::File(self.path.clone(), e))
    }

    async fn table<E>(&mut self, name: &str, snapshot: &DatabaseTransaction) -> Result<(), BackupError>
    where
        E: EntityTrait,
        E::Model: serde::Serialize + IntoActiveModel<E::ActiveModel> + Sync,
        E::Column: Copy,
    {
        self.line(&format!("# {name}"))?;
        let Some(key) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else { return Ok(()) };
        let mut last = i64::MIN;
        loop {
            let page = E::find().filter(key.gt(last)).order_by_asc(key).limit(PAGE).all(snapshot).await.map_err(StoreError::from)?;
            for row in &page {
                let text = serde_json::to_string(row).map_err(|e| BackupError::File(self.path.clone(), e.into()))?;
                self.line(&text)?;
                self.rows += 1;
            }
            let Some(next) = page.last().and_then(|row| number_at::<E>(row, key)) else { return Ok(()) };
            last = next;
        }
    }

    fn finish(mut self) -> Result<Held, BackupError> {
        let digest = hex(&self.digest.clone().finalize());
        self.line(&format!("# end {digest}"))?;
        let path = self.path.clone();
        let ended = self
            .out
            .finish()
            .and_then(|buffer| buffer.into_inner().map_err(std::io::IntoInnerError::into_error))
            .and_then(|f| f.sync_all());
        ended.map_err(|e| BackupError::File(path, e))?;
        Ok(Held { rows: self.rows })
    }
}

fn number_at<E: EntityTrait>(row: &E::Model, key: E::Column) -> Option<i64> {
    use sea_orm::ModelTrait;
    match row.get(key) {
        sea_orm::Value::BigInt(number) => number,
        _ => None,
    }
}

struct Lines {
    input: BufReader<GzDecoder<File>>,
    digest: Sha256,
    digest_before_last: String,
    number: u64,
    path: PathBuf,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(|e| BackupError::File(path.to_owned(), e))?;
        let input = BufReader::new(GzDecoder::new(file));
        Ok(Self { input, digest: Sha256::new(), digest_before_last: String::new(), number: 0, path: path.to_owned() })
    }

    fn next_line(&mut self) -> Result<Option<String>, BackupError> {
        let mut line = String::new();
        self.number += 1;
        let read = self.input.read_line(&mut line).map_err(|e| match e.kind() {
            std::io::ErrorKind::PermissionDenied => BackupError::File(self.path.clone(), e),
            _ => BackupError::Broken { line: self.number },
        })?;
        if read == 0 {
            return Ok(None);
        }
        if line.starts_with("# end ") {
            self.digest_before_last = hex(&self.digest.clone().finalize());
        }
        self.digest.update(line.as_bytes());
        Ok(Some(line.trim_end_matches('\n').to_owned()))
    }

    fn header(&mut self) -> Result<(), BackupError> {
        if self.next_line()?.as_deref() != Some(FORMAT) {
            return Err(BackupError::Broken { line: self.number });
        }
        let changes = self.next_line()?.unwrap_or_default();
        let known = Db::known_changes();
        match changes.split(' ').find(|c| !known.iter().any(|k| k == c)) {
            Some(newer) => Err(BackupError::Newer(newer.to_owned())),
            None => Ok(()),
        }
    }
}
