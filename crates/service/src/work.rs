//! Long work beside a request: begun once for a thing, how far it is, whether somebody wants it to stop, how it ended, the file it made.
//! Not for: the work itself, or remembering it after a restart; what must not be lost is in the database. Files taken in have rooms of
//! their own (`intake::jobs`).

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use documents::Archive;
use store::StoreError;

use crate::Services;

/// What is worked on; with a key it names one piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Certificates of a class are issued.
    Certificates,
    /// Certificates of a class are set as PDF.
    CertificateFile,
    /// Papers of one kind of a class are set, for each person or unit.
    ClassPapers(&'static str),
}

/// One piece of work.
pub(crate) type Key = (Task, i64);

/// How far work is; whoever does it tells, whoever wants may look and cancel.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicUsize,
    of: AtomicUsize,
    is_cancelled: AtomicBool,
}

impl Watch {
    /// Tells how far the work is; `false` when it shall stop.
    pub fn tell(&self, done: usize, of: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        !self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// How much is done, and of how much.
    #[must_use]
    pub fn seen(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
    }
}

/// A file that was made; it goes away with the last who knows of it.
#[derive(Debug)]
pub struct Made {
    /// Its name, of plain letters.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// How many things are in it.
    pub count: usize,
    file: tempfile::TempPath,
}

/// An archive in the making, on the disk: papers of thousands do not fit into memory.
pub(crate) struct Pack {
    archive: Archive<File>,
    file: tempfile::TempPath,
    count: usize,
}

impl Pack {
    /// An empty one.
    pub(crate) fn begin() -> Result<Self, StoreError> {
        let (to, file) = tempfile::NamedTempFile::new().map_err(|error| full(&error))?.into_parts();
        Ok(Self { archive: Archive::over(to), file, count: 0 })
    }

    /// Some more files by name.
    pub(crate) async fn add(mut self, files: Vec<(String, Vec<u8>)>) -> Result<Self, StoreError> {
        let adding = tokio::task::spawn_blocking(move || {
            for (name, bytes) in &files {
                self.archive.add(name, bytes).map_err(|error| full(&error))?;
                self.count += 1;
            }
            Ok(self)
        });
        adding.await.map_err(|error| full(&error))?
    }

    /// The archive under a name, told to hold so many things; without a number it tells its files.
    pub(crate) fn finish(self, name: String, count: Option<usize>) -> Result<Made, StoreError> {
        self.archive.finish().map_err(|error| full(&error))?;
        Ok(Made { name, kind: "application/zip", count: count.unwrap_or(self.count), file: self.file })
    }
}

fn full(error: &dyn std::error::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

impl Made {
    /// Puts bytes aside.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when the disk is full.
    pub(crate) fn of(name: String, kind: &'static str, count: usize, bytes: &[u8]) -> Result<Self, StoreError> {
        let mut file = tempfile::NamedTempFile::new().map_err(|error| full(&error))?;
        file.write_all(bytes).map_err(|error| full(&error))?;
        Ok(Self { name, kind, count, file: file.into_temp_path() })
    }

    /// The file at its beginning, and how many bytes it has.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is gone.
    pub async fn open(&self) -> Result<(tokio::fs::File, u64), StoreError> {
        let file = tokio::fs::File::open(&self.file).await.map_err(|error| full(&error))?;
        let bytes = file.metadata().await.map_err(|error| full(&error))?.len();
        Ok((file, bytes))
    }
}

/// How work ended.
#[derive(Debug, Clone)]
pub enum End {
    /// All of it is done; the file it made, if it makes one.
    Done(Option<Arc<Made>>),
    /// Somebody stopped it.
    Stopped,
    /// It was refused, with a code.
    Refused(&'static str),
    /// A surprise; what was said of it is for the log.
    Broken(String),
}

/// How work stands.
#[derive(Debug, Clone)]
pub enum Stand {
    /// It runs: done, of how much.
    Running(usize, usize),
    /// It is over.
    Over(End),
}

#[derive(Debug)]
enum Room {
    Running(Arc<Watch>),
    Over(End),
}

/// Work of this process.
#[derive(Debug, Default)]
pub(crate) struct Works(Mutex<HashMap<Key, Room>>);

/// Pieces of work that are remembered; each may hold a file on the disk.
const MOST_OVER: usize = 64;

impl Works {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Room>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stand(&self, key: Key) -> Option<Stand> {
        self.lock().get(&key).map(|room| match room {
            Room::Running(watch) => {
                let (done, of) = watch.seen();
                Stand::Running(done, of)
            }
            Room::Over(end) => Stand::Over(end.clone()),
        })
    }

    pub(crate) fn cancel(&self, key: Key) {
        if let Some(Room::Running(watch)) = self.lock().get(&key) {
            watch.cancel();
        }
    }

    fn over(&self, key: Key, end: End) {
        let mut rooms = self.lock();
        if rooms.len() >= MOST_OVER {
            rooms.retain(|_, room| matches!(room, Room::Running(_)));
        }
        rooms.insert(key, Room::Over(end));
    }
}

/// Leaves a room as broken when the work never came to tell how it ended.
struct Leaving(Arc<Services>, Key, Option<End>);

impl Leaving {
    fn tell(mut self, end: End) {
        self.2 = Some(end);
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let end = self.2.take().unwrap_or_else(|| End::Broken("the work broke off".to_owned()));
        self.0.works.over(self.1, end);
    }
}

/// Begins work beside the request; `false` when it runs already.
pub(crate) fn begin<W, F>(services: &Arc<Services>, key: Key, of: usize, work: W) -> bool
where
    W: FnOnce(Arc<Services>, Arc<Watch>) -> F + Send + 'static,
    F: Future<Output = End> + Send,
{
    let watch: Arc<Watch> = Arc::default();
    watch.tell(0, of);
    {
        let mut rooms = services.works.lock();
        if matches!(rooms.get(&key), Some(Room::Running(_))) {
            return false;
        }
        rooms.insert(key, Room::Running(Arc::clone(&watch)));
    }
    let leaving = Leaving(Arc::clone(services), key, None);
    tokio::spawn(async move {
        let services = Arc::clone(&leaving.0);
        let end = Box::pin(work(services, watch)).await;
        leaving.tell(end);
    });
    true
}

impl<R> From<crate::ActError<R>> for End {
    fn from(error: crate::ActError<R>) -> Self {
        use crate::ActError;
        match error {
            ActError::Refused(_) => Self::Refused("refused"),
            ActError::Forbidden(_) | ActError::NotFound => Self::Refused("not_found"),
            ActError::Stale => Self::Refused("stale"),
            ActError::Internal(error) => Self::Broken(error.to_string()),
        }
    }
}
