//! Fresh, migrated databases: always SQLite, and PostgreSQL when `KHUEVAN_TEST_POSTGRES` names a server (`cargo xtask test` starts one).
//! Not for: keeping anything.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot get its database must fail loudly")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::Db;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder of its own, removed at the end.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A fresh folder.
    #[must_use]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("khuevan-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _: std::io::Result<()> = std::fs::remove_dir_all(&self.0);
    }
}

/// A fresh database with the folder that keeps it alive.
#[derive(Debug)]
pub struct Fresh {
    /// The database.
    pub db: Db,
    /// Its address.
    pub address: String,
    _folder: Folder,
}

/// A fresh SQLite file.
pub async fn sqlite() -> Fresh {
    let folder = Folder::new();
    let address = format!("sqlite:{}", folder.path().join("test.db").display());
    Fresh { db: Db::open(&address).await.expect("a fresh SQLite file opens"), address, _folder: folder }
}

/// A fresh PostgreSQL database; `None` when no server is named outside continuous integration.
pub async fn postgres() -> Option<Fresh> {
    let server = match std::env::var("KHUEVAN_TEST_POSTGRES") {
        Ok(server) => server,
        Err(_) if std::env::var_os("CI").is_some() => panic!("KHUEVAN_TEST_POSTGRES must name a server; run `cargo xtask test`"),
        Err(_) => return None,
    };
    // The id of a process comes again on a server that lives long.
    let born = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_micros());
    let name = format!("kv_{born}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    store::create_postgres_database(&server, &name).await.expect("the test server creates a database");
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    let address = format!("{base}/{name}");
    Some(Fresh { db: Db::open(&address).await.expect("a fresh PostgreSQL database opens"), address, _folder: Folder::new() })
}

/// Fresh databases of every engine at hand.
pub async fn each() -> Vec<Fresh> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}
