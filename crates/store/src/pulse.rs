//! Whether anything was written since a moment ago, told without asking for the rows themselves: what a process remembers of accounts
//! and sessions stands only as long as the number here does.
//! Not for: what was written (`read::changes`), nor figures, which stand under the version of the facts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::db::StoreError;

/// Another process's writing is seen after this time at the latest, our own at once.
const EVERY: Duration = Duration::from_millis(200);

/// A number that stays as it is while nobody writes.
#[derive(Debug, Clone)]
pub(crate) struct Pulse {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// One connection of its own: SQLite tells a connection only of the writing of others.
    connection: DatabaseConnection,
    /// Transactions that this process made lasting.
    own: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    asked_at: Option<Instant>,
    own: u64,
    others: String,
    number: u64,
}

impl Pulse {
    pub(crate) fn over(connection: DatabaseConnection) -> Self {
        Self { shared: Arc::new(Shared { connection, own: AtomicU64::new(0), seen: Mutex::default() }) }
    }

    /// This process wrote.
    pub(crate) fn beat(&self) {
        self.shared.own.fetch_add(1, Ordering::SeqCst);
    }

    /// The number now.
    pub(crate) async fn number(&self) -> Result<u64, StoreError> {
        let own = self.shared.own.load(Ordering::SeqCst);
        {
            let seen = self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if seen.own == own && seen.asked_at.is_some_and(|at| at.elapsed() < EVERY) {
                return Ok(seen.number);
            }
        }
        let asked_at = Instant::now();
        let others = self.others().await?;
        let mut seen = self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.asked_at.is_none() || seen.own != own || seen.others != others {
            seen.number += 1;
        }
        *seen = Seen { asked_at: Some(asked_at), own, others, number: seen.number };
        Ok(seen.number)
    }

    /// What an engine changes with every transaction of anybody that is made lasting.
    async fn others(&self) -> Result<String, StoreError> {
        let connection = &self.shared.connection;
        let backend = connection.get_database_backend();
        let text = match backend {
            DbBackend::Sqlite => "PRAGMA data_version",
            _ => "SELECT CAST(pg_current_snapshot() AS text) AS data_version",
        };
        let row = connection.query_one_raw(Statement::from_string(backend, text)).await?.ok_or(StoreError::NotFound)?;
        Ok(match backend {
            DbBackend::Sqlite => row.try_get::<i64>("", "data_version")?.to_string(),
            _ => row.try_get("", "data_version")?,
        })
    }

    pub(crate) async fn close(self) -> Result<(), StoreError> {
        Ok(self.shared.connection.clone().close().await?)
    }
}
