//! A small province for pages: the generated one thinned to every n-th person, with all units, classes and the shipped schemes.
//! Not for: published figures (they need everybody), or odd histories that trip a count (`little`).

#![expect(clippy::unwrap_used, reason = "a test that cannot make its world must fail loudly")]

use std::collections::BTreeSet;

use domain::time::{Date, Instant};
use store::Db;
use store::read::schemes::VersionState;
use store::seed::Loader;
use store::write::schemes::{self, By};
use synthetic::rows::{Batch, Frame};
use synthetic::{MINIMUM_PEOPLE, Options};

/// A province in memory, small enough to be loaded in a moment.
#[derive(Debug, Clone)]
pub struct Small {
    /// Units and classes.
    pub frame: Frame,
    /// People.
    pub batch: Batch,
}

/// Every `step`-th person of the generated province of a day.
#[must_use]
pub fn province(today: Date, step: i64) -> Small {
    seeded(today, step, synthetic::DEFAULT_SEED)
}

/// The same of another seed.
#[must_use]
pub fn seeded(today: Date, step: i64, seed: u64) -> Small {
    let generator = synthetic::plan(Options { people: MINIMUM_PEOPLE, seed, today }).unwrap();
    let frame = generator.frame().clone();
    let mut all = Batch::default();
    for batch in generator {
        all.officials.extend(batch.officials);
        all.postings.extend(batch.postings);
        all.qualifications.extend(batch.qualifications);
        all.records.extend(batch.records);
        all.follow_ups.extend(batch.follow_ups);
        all.receipts.extend(batch.receipts);
        all.ratings.extend(batch.ratings);
    }
    Small { frame, batch: all }.thinned(step)
}

/// The text of a shipped scheme.
#[must_use]
pub fn scheme(code: &str) -> &'static str {
    schemefile::builtin().iter().find(|shipped| shipped.code == code).unwrap().text
}

impl Small {
    /// Every `step`-th person of this one.
    #[must_use]
    pub fn thinned(mut self, step: i64) -> Self {
        let batch = &mut self.batch;
        let stays = |official: i64| official % step == 0;
        batch.officials.retain(|o| stays(o.id));
        batch.postings.retain(|p| stays(p.official));
        batch.qualifications.retain(|q| stays(q.official));
        batch.records.retain(|r| stays(r.official));
        batch.receipts.retain(|r| stays(r.official));
        batch.ratings.retain(|r| stays(r.official));
        let records: BTreeSet<i64> = batch.records.iter().map(|r| r.id).collect();
        batch.follow_ups.retain(|f| records.contains(&f.record));
        self
    }

    /// Writes it into an empty database.
    pub async fn load(&self, db: &Db, now: Instant) {
        let mut loader = Loader::begin(db, &self.frame).await.unwrap();
        loader.add(db, &self.batch).await.unwrap();
        let tx = db.write().await.unwrap();
        for shipped in schemefile::builtin() {
            schemes::add_version(&tx, By::System, shipped.code, VersionState::Published, shipped.text, "", now).await.unwrap();
        }
        tx.commit().await.unwrap();
        loader.finish(db).await.unwrap();
    }
}
