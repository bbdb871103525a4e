//! What a generated province promises, counted again from its rows.
//! Not for: how it is made.

mod history;
mod map;
mod plans;
mod size;
mod tables;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use time::macros::date;

use crate::rows::{Batch, Frame, Posting, Qualification};
use crate::{Date, Options, plan};

const TODAY: Date = date!(2026 - 11 - 22);

/// A whole province in memory.
struct Whole {
    frame: Frame,
    all: Batch,
}

fn generate(people: u32, today: Date) -> Whole {
    generate_by(Options { people, ..Options::on(today) })
}

fn generate_by(options: Options) -> Whole {
    let generator = plan(options).unwrap();
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
    Whole { frame, all }
}

/// The default province, made once for all tests.
fn usual() -> &'static Whole {
    static USUAL: OnceLock<Whole> = OnceLock::new();
    USUAL.get_or_init(|| generate(crate::DEFAULT_PEOPLE, TODAY))
}

impl Whole {
    fn postings(&self) -> BTreeMap<i64, Vec<&Posting>> {
        let mut of: BTreeMap<i64, Vec<&Posting>> = BTreeMap::new();
        for posting in &self.all.postings {
            of.entry(posting.official).or_default().push(posting);
        }
        of
    }

    fn qualifications(&self) -> BTreeMap<i64, Vec<&Qualification>> {
        let mut of: BTreeMap<i64, Vec<&Qualification>> = BTreeMap::new();
        for row in &self.all.qualifications {
            of.entry(row.official).or_default().push(row);
        }
        of
    }
}

fn holds(posting: &Posting, on: Date) -> bool {
    posting.starts_on <= on && posting.ends_on.is_none_or(|end| on < end)
}
