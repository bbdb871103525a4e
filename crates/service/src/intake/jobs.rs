//! Long work on a batch while it runs: how far it is, and whether somebody wants it to stop.
//! Not for: doing the work, or remembering it after a restart; a batch's state is in the database.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Services;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The file is opened.
    Opening,
    /// Its rows are read.
    Reading,
    /// They are compared with the register.
    Comparing,
    /// They are written.
    Writing,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Opening, Self::Reading, Self::Comparing, Self::Writing];

    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Reading => "reading",
            Self::Comparing => "comparing",
            Self::Writing => "writing",
        }
    }
}

/// How far work is; whoever does it tells, whoever wants may look and cancel.
#[derive(Debug, Default)]
pub struct Watch {
    stage: AtomicU8,
    done: AtomicUsize,
    of: AtomicUsize,
    is_cancelled: AtomicBool,
}

impl Watch {
    /// Tells how far the work is; `false` when it shall stop.
    pub(super) fn tell(&self, stage: Stage, done: usize, of: usize) -> bool {
        let place = Stage::ALL.iter().position(|known| *known == stage).unwrap_or(0);
        self.stage.store(u8::try_from(place).unwrap_or(0), Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        !self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// What is being done, how much of it is done, and of how much (0 when not known).
    #[must_use]
    pub fn seen(&self) -> Running {
        let stage = Stage::ALL.get(usize::from(self.stage.load(Ordering::Relaxed))).copied().unwrap_or(Stage::Opening);
        Running { stage, done: self.done.load(Ordering::Relaxed), of: self.of.load(Ordering::Relaxed) }
    }
}

/// How far work is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: usize,
    /// Of how much; 0 when not known.
    pub of: usize,
}

/// Work that runs in this process, by batch.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    running: Mutex<HashMap<i64, Arc<Watch>>>,
}

/// The place of running work; leaving it ends the work for others.
#[derive(Debug)]
pub(super) struct Seat<'j> {
    jobs: &'j Jobs,
    batch: i64,
}

impl Jobs {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<i64, Arc<Watch>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the place of the work on a batch; `None` when somebody else works on it.
    pub(super) fn sit<'j>(&'j self, batch: i64, watch: &Arc<Watch>) -> Option<Seat<'j>> {
        let mut running = self.lock();
        if running.contains_key(&batch) {
            return None;
        }
        running.insert(batch, Arc::clone(watch));
        Some(Seat { jobs: self, batch })
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.jobs.lock().remove(&self.batch);
    }
}

/// How far the work on a batch is, if it runs.
#[must_use]
pub fn running(services: &Services, batch: i64) -> Option<Running> {
    services.jobs.lock().get(&batch).map(|watch| watch.seen())
}

/// Asks the work on a batch to stop; nothing happens when none runs.
pub fn cancel(services: &Services, batch: i64) {
    if let Some(watch) = services.jobs.lock().get(&batch) {
        watch.cancel();
    }
}
