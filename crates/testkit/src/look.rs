//! Looking where tests usually cannot: into log lines, workbooks and the audit.
//! Not for: judging what is found.

#![expect(clippy::unwrap_used, reason = "a test that cannot look must fail loudly")]

use std::io::{Read as _, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::DeflateDecoder;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tracing_subscriber::filter::LevelFilter;

use crate::databases::Fresh;

/// Everything that this process logs from now on, in every thread, down to debug.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to listen; a process has one listener.
    #[must_use]
    pub fn listen() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let listener = tracing_subscriber::fmt().with_max_level(LevelFilter::DEBUG).with_ansi(false).with_writer(move || writer.clone());
        tracing::subscriber::set_global_default(listener.finish()).unwrap();
        log
    }

    /// What was said.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The text of all parts of a workbook, which is a zip archive.
#[must_use]
pub fn workbook(bytes: &[u8]) -> String {
    let mut text = String::new();
    let starts = bytes.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x03\x04").map(|(at, _)| at);
    for head in starts.filter_map(|at| bytes.get(at..)) {
        // 30 bytes, then the name and the extra field, whose lengths stand at 26 and 28.
        let length = |at: usize| head.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes(two.try_into().unwrap())));
        let mut part = Vec::new();
        let packed = head.get(30 + length(26) + length(28)..).unwrap_or_default();
        if DeflateDecoder::new(packed).read_to_end(&mut part).is_ok() {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

/// The audit of a database.
#[derive(Debug)]
pub struct Audit(DatabaseConnection);

impl Audit {
    /// Opens it.
    pub async fn of(fresh: &Fresh) -> Self {
        Self(Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap())
    }

    /// How many lines an act has.
    pub async fn lines(&self, act: &str) -> i64 {
        let text = "SELECT COUNT(*) AS n FROM audit WHERE act = $1";
        let asked = Statement::from_sql_and_values(self.0.get_database_backend(), text, [act.into()]);
        self.0.query_one_raw(asked).await.unwrap().unwrap().try_get("", "n").unwrap()
    }
}

/// Every row of every table as text, to find out where a mark is.
#[derive(Debug)]
pub struct Everything(Vec<(String, String)>);

impl Everything {
    /// All that a database holds.
    pub async fn of(fresh: &Fresh) -> Self {
        let connection = Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap();
        let mut tables = Vec::new();
        for (table, columns) in entity_columns() {
            let joined: Vec<String> = columns.iter().map(|column| format!("COALESCE(CAST({column} AS text), '')")).collect();
            let text = format!("SELECT {} AS held FROM {table}", joined.join(" || '|' || "));
            let asked = Statement::from_string(connection.get_database_backend(), text);
            let rows = connection.query_all_raw(asked).await.unwrap();
            let held: Vec<String> = rows.iter().map(|row| row.try_get("", "held").unwrap()).collect();
            tables.push((table.to_owned(), held.join("\n")));
        }
        connection.close().await.unwrap();
        Self(tables)
    }

    /// Whether any table holds the mark.
    #[must_use]
    pub fn has(&self, mark: &str) -> bool {
        !self.tables_with(mark).is_empty()
    }

    /// The tables that hold the mark, in capitals or not.
    #[must_use]
    pub fn tables_with(&self, mark: &str) -> Vec<&str> {
        let holds = |held: &str| held.to_lowercase().contains(&mark.to_lowercase());
        self.0.iter().filter(|(_, held)| holds(held)).map(|(table, _)| table.as_str()).collect()
    }
}

/// Columns of all tables; the two of bytes and the hashes hold nothing that can be read.
fn entity_columns() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut tables = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for (table, columns) in entity::PERSONAL.iter().chain(entity::PUBLIC) {
        tables.entry(table).or_default().extend(columns.iter().filter(|column| **column != "sort_key"));
    }
    tables.into_iter().collect()
}

/// Makes every kept answer of a machine's request as if it was being worked on.
///
/// # Panics
/// When the database fails.
pub async fn forget_answer(fresh: &Fresh) {
    use sea_orm::ConnectionTrait;
    let url = fresh.address.replacen("sqlite:", "sqlite://", 1);
    let connection = sea_orm::Database::connect(url).await.unwrap();
    connection.execute_unprepared("UPDATE api_request SET status = NULL, answer = NULL").await.unwrap();
    connection.close().await.unwrap();
}
