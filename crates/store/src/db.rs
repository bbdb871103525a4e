//! Opening a database of either engine, its reader and writer pools, and transactions that write.
//! Not for: queries.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::migration::Migrator;
use crate::pulse::Pulse;
use crate::sql::Sql;

/// Which engine stands behind a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database with a pool for readers and a way for writers.
#[derive(Debug, Clone)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    engine: Engine,
    asked: Arc<AtomicU64>,
    pulse: Pulse,
}

/// Why a database cannot be used; every sentence names the way out.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `sqlite:` nor `postgres:`.
    #[error("`{0}` is not a database address; write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// It cannot be reached or opened.
    #[error("the database at `{address}` cannot be opened; check the path, the permissions or that the server runs")]
    Unreachable {
        /// The address without a password.
        address: String,
        /// What the engine said.
        #[source]
        source: DbErr,
    },
    /// The file is not a database or is damaged.
    #[error("the file behind `{address}` is not a sound database; restore the last backup with `khuevan restore`")]
    Corrupt {
        /// The address.
        address: String,
        /// What the engine said.
        #[source]
        source: DbErr,
    },
    /// A newer version of the program made it.
    #[error("the database was made by a newer version (it knows `{change}`); start the newer program, nothing was changed")]
    Newer {
        /// The first unknown schema change.
        change: String,
    },
    /// The schema could not be brought up to date.
    #[error("the schema cannot be brought up to date; nothing was committed")]
    Migration(#[source] DbErr),
}

/// A surprise while reading or writing, or a broken named constraint.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row does not exist or lies outside the scope.
    #[error("not found")]
    NotFound,
    /// Someone else changed it first.
    #[error("changed by someone else in the meantime")]
    Stale,
    /// Such a row exists already.
    #[error("exists already")]
    Duplicate,
    /// A stored text is not of this program.
    #[error("stored value `{0}` is not understood")]
    Unreadable(String),
    /// The engine failed.
    #[error("the database failed")]
    Database(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}

/// By what the locks of writing transactions are known among others: the highest bits of their number.
pub(crate) const IN_FLIGHT: i64 = 0x4B56;
/// The lower bits, which hold a key.
pub(crate) const IN_FLIGHT_BITS: u32 = 48;
/// Readers of one process; more only wait for each other on the few cores of an office server.
const READERS: u32 = 4;
const BUSY: Duration = Duration::from_secs(10);
/// How long a question waits for a free connection: counts over millions of people keep all of them busy for half a minute.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long a server may be silent before it counts as absent; the pool itself waits longer, because then it is only busy.
const SILENCE: Duration = Duration::from_secs(4);

impl Db {
    /// Opens a database, checks that it is sound and not newer, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError`]; nothing is changed then.
    pub async fn open(address: &str) -> Result<Self, OpenError> {
        let db = Self::connect(address).await?;
        db.refuse_newer().await?;
        db.migrate(address).await?;
        Ok(db)
    }

    /// Opens a database as it is.
    ///
    /// # Errors
    /// [`OpenError`] when it cannot be reached.
    pub async fn connect(address: &str) -> Result<Self, OpenError> {
        let engine = engine_of(address)?;
        let opened = match engine {
            Engine::Postgres => match answers(address).await {
                Ok(()) => {
                    let pool = Database::connect(options(address, READERS)).await;
                    pool.map(|pool| Self::over(pool.clone(), pool.clone(), Pulse::over(pool), engine))
                }
                Err(silence) => Err(silence),
            },
            Engine::Sqlite => {
                let url = sqlite_url(address);
                let write = Database::connect(options(&url, 1)).await;
                let read = Database::connect(options(&url, READERS)).await;
                let pulse = Database::connect(options(&url, 1)).await;
                write.and_then(|write| Ok(Self::over(read?, write, Pulse::over(pulse?), engine)))
            }
        };
        opened.map_err(|source| unusable(address, source))
    }

    /// Statements that read are counted, and told with their time to a log that asks for `store=debug`; values are not told.
    fn over(mut read: DatabaseConnection, write: DatabaseConnection, pulse: Pulse, engine: Engine) -> Self {
        let asked = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&asked);
        read.set_metric_callback(move |info| {
            counter.fetch_add(1, Ordering::Relaxed);
            tracing::debug!(micros = info.elapsed.as_micros(), sql = info.statement.sql, "asked");
        });
        Self { read, write, engine, asked, pulse }
    }

    /// Statements that have read so far: tests see by it that a longer list asks no more questions.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// A number that stays as it is while nobody writes. It tells of this process at once, and of others within a fifth of a second.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the engine fails.
    pub async fn pulse(&self) -> Result<u64, StoreError> {
        self.pulse.number().await
    }

    /// Says that something was written outside of a [`WriteTx`].
    pub(crate) fn wrote(&self) {
        self.pulse.beat();
    }

    /// Which engine it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// A transaction that may write; on SQLite it waits for its turn at once instead of failing later.
    ///
    /// On PostgreSQL it says by a shared lock which key of `register_change` was the last one before it, so that others know up to
    /// where all changes are settled (`read::changes::horizon`).
    ///
    /// # Errors
    /// [`StoreError::Database`] when the engine refuses.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.write.begin_with_options(options).await?;
        if self.engine == Engine::Postgres {
            let last = "CASE WHEN is_called THEN last_value ELSE last_value - 1 END";
            let lock = format!("SELECT pg_advisory_xact_lock_shared(({IN_FLIGHT}::bigint << {IN_FLIGHT_BITS}) | ({last}))");
            tx.execute_unprepared(&format!("{lock} FROM register_change_id_seq")).await?;
        }
        Ok(WriteTx { tx, pulse: self.pulse.clone() })
    }

    /// Ends all connections.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the engine refuses.
    pub async fn close(self) -> Result<(), StoreError> {
        self.pulse.close().await?;
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }

    /// Names of the schema changes that this program knows, oldest first.
    #[must_use]
    pub fn known_changes() -> Vec<String> {
        Migrator::migrations().iter().map(|m| m.name().to_owned()).collect()
    }

    async fn refuse_newer(&self) -> Result<(), OpenError> {
        let known = Self::known_changes();
        let applied = Migrator::get_migration_models(&self.write).await;
        let Ok(applied) = applied else { return Ok(()) };
        match applied.into_iter().find(|m| !known.contains(&m.version)) {
            Some(newer) => Err(OpenError::Newer { change: newer.version }),
            None => Ok(()),
        }
    }

    async fn migrate(&self, address: &str) -> Result<(), OpenError> {
        Migrator::up(&self.write, None).await.map_err(|source| match is_corrupt(&source) {
            true => OpenError::Corrupt { address: without_password(address), source },
            false => OpenError::Migration(source),
        })
    }
}

/// A transaction that may write; dropped without [`WriteTx::commit`] it changes nothing.
#[derive(Debug)]
pub struct WriteTx {
    tx: DatabaseTransaction,
    pulse: Pulse,
}

impl WriteTx {
    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Makes the changes lasting.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the engine refuses, for example on a full disk; then nothing was changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        // Told even of a commit that failed: the engine may have kept it before its answer was lost.
        let done = self.tx.commit().await;
        self.pulse.beat();
        Ok(done?)
    }
}

/// Where a read model looks: beside all writers, or inside a transaction that writes, which sees its own changes and whoever it made wait.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// Beside all writers.
    Reader(&'a Db),
    /// Inside a transaction.
    Writer(&'a WriteTx),
}

impl At<'_> {
    pub(crate) async fn all(self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        match self {
            Self::Reader(db) => sql.all(db.reader()).await,
            Self::Writer(tx) => sql.all(tx.connection()).await,
        }
    }

    pub(crate) async fn first(self, sql: Sql) -> Result<Option<QueryResult>, StoreError> {
        match self {
            Self::Reader(db) => sql.first(db.reader()).await,
            Self::Writer(tx) => sql.first(tx.connection()).await,
        }
    }
}

/// Whether a server is there at all; the driver keeps trying a closed door until its time is up, so that time is short here.
async fn answers(address: &str) -> Result<(), DbErr> {
    let mut once = options(address, 1);
    once.acquire_timeout(SILENCE).min_connections(0);
    Database::connect(once).await?.close().await
}

/// Creates a database on a PostgreSQL server, for tests and installations.
///
/// # Errors
/// [`OpenError::Unreachable`] when the server refuses.
pub async fn create_postgres_database(server: &str, name: &str) -> Result<(), OpenError> {
    let connection = Database::connect(options(server, 1)).await.map_err(|source| unusable(server, source))?;
    let safe: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    connection.execute_unprepared(&format!("CREATE DATABASE {safe}")).await.map_err(|source| unusable(server, source))?;
    connection.close().await.map_err(|source| unusable(server, source))
}

fn engine_of(address: &str) -> Result<Engine, OpenError> {
    match address.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(Engine::Sqlite),
        Some("postgres" | "postgresql") => Ok(Engine::Postgres),
        _ => Err(OpenError::Address(address.to_owned())),
    }
}

/// `sqlite:PATH` as people write it becomes the form the driver wants, created when absent.
fn sqlite_url(address: &str) -> String {
    let path = address.trim_start_matches("sqlite:").trim_start_matches("//");
    if path.contains('?') { format!("sqlite://{path}") } else { format!("sqlite://{path}?mode=rwc") }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(8))
        .sqlx_logging(false)
        .test_before_acquire(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            .statement_cache_capacity(256)
    });
    // The server would compile long statements before it runs them, for seconds, where they run in milliseconds.
    options.map_sqlx_postgres_opts(|postgres| postgres.options([("jit", "off")]));
    options
}

fn unusable(address: &str, source: DbErr) -> OpenError {
    let address = without_password(address);
    if is_corrupt(&source) { OpenError::Corrupt { address, source } } else { OpenError::Unreachable { address, source } }
}

/// SQLite says 26 (not a database) or 11 (malformed).
fn is_corrupt(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(inner))
    | DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))) = error
    else {
        return false;
    };
    inner.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == "26" || code == "11")
}

/// An address without the password, fit for a log line.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, rest)), Some((_, host))) if rest.contains('@') => {
            let user = rest.split([':', '@']).next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_reaches_a_message() {
        assert_eq!(without_password("postgres://u:secret@localhost/db"), "postgres://u@localhost/db");
        assert_eq!(without_password("sqlite:data/khuevan.db"), "sqlite:data/khuevan.db");
    }

    #[test]
    fn an_address_of_another_kind_is_refused_with_the_way_out() {
        assert!(matches!(engine_of("mysql://x"), Err(OpenError::Address(_))));
        assert!(matches!(engine_of("khuevan.db"), Err(OpenError::Address(_))));
    }
}
