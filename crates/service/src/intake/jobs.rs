//! Long work on a batch while it runs: begun beside the request, how far it is, whether somebody wants it to stop, how it ended.
//! Not for: the work itself, or remembering it after a restart; a batch's state is in the database.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::carry::{CarryRefusal, Policy, carry};
use super::rehearse::{RehearseRefusal, rehearse};
use crate::{ActError, Ctx, Services};

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
    ended: Mutex<HashMap<i64, End>>,
}

/// How work on a batch ended, when it did not end well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The file was not compared.
    Rehearse(RehearseRefusal),
    /// The file was not carried.
    Carry(CarryRefusal),
    /// Somebody else moved the batch on meanwhile.
    Stale,
    /// A surprise; what was said of it is for the log.
    Broken(String),
}

/// Work that can be begun.
#[derive(Debug, Clone)]
pub enum Work {
    /// Compare.
    Rehearse,
    /// Carry, with the reason.
    Carry(Policy, String),
}

/// Ends that are remembered; people look at theirs within minutes.
const MOST_ENDS: usize = 200;

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
        // Who began the work beside a request has taken the place already.
        if running.get(&batch).is_some_and(|sitting| !Arc::ptr_eq(sitting, watch)) {
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

/// How the last work on a batch ended, when it did not end well and nothing was begun since.
#[must_use]
pub fn ended(services: &Services, batch: i64) -> Option<End> {
    services.jobs.ended.lock().unwrap_or_else(PoisonError::into_inner).get(&batch).cloned()
}

/// Begins work on a batch beside the request; nothing happens when some runs already.
pub fn begin(services: &Arc<Services>, ctx: &Ctx, batch: i64, work: Work) {
    let watch: Arc<Watch> = Arc::default();
    let Some(seat) = services.jobs.sit(batch, &watch) else { return };
    // The place is left by the task, or at once when the task cannot begin.
    std::mem::forget(seat);
    services.jobs.ended.lock().unwrap_or_else(PoisonError::into_inner).remove(&batch);
    let (services, ctx) = (Arc::clone(services), ctx.clone());
    tokio::spawn(async move {
        let _seat = Seat { jobs: &services.jobs, batch };
        let end = match work {
            Work::Rehearse => end(rehearse(&services, &ctx, batch, &watch).await, End::Rehearse),
            Work::Carry(policy, reason) => end(carry(&services, &ctx, batch, policy, &reason, &watch).await, End::Carry),
        };
        let mut ended = services.jobs.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if ended.len() >= MOST_ENDS {
            ended.clear();
        }
        ended.extend(end.map(|end| (batch, end)));
    });
}

fn end<T, R>(result: Result<T, ActError<R>>, refused: fn(R) -> End) -> Option<End> {
    match result {
        Ok(_) => None,
        Err(ActError::Refused(refusal)) => Some(refused(refusal)),
        Err(ActError::Stale) => Some(End::Stale),
        Err(ActError::Internal(error)) => Some(End::Broken(error.to_string())),
        Err(ActError::Forbidden(_) | ActError::NotFound) => Some(End::Stale),
    }
}
