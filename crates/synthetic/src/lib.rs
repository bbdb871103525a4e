//! The generated province: plausible, seeded, without a single real person, and exact where a signed document published figures.
//! Not for: writing it anywhere; no clock, no files, no database.
//!
//! The first 6,000 people (the base) carry Tables 1 to 6 of Đề án 7328/ĐA-UBND; everybody beyond is filler that attends from 2024
//! on and never leads, so that the tables hold for every size. Streams of one seed are independent: the base is the same
//! whatever the size.

mod agenda;
mod areas;
mod careers;
mod days;
mod dice;
mod filler;
mod leaders;
mod moves;
mod names;
mod people;
mod places;
pub mod programmes;
mod proofs;
mod province;
mod published;
mod reform;
mod roll;
pub mod rows;
mod seats;
mod sending;
mod spots;
mod topics;
mod venues;
mod yearbook;

use std::fmt;

use domain::time::Date;

use crate::dice::Dice;
use crate::filler::Filler;
use crate::moves::Moves;
use crate::people::Person;
use crate::province::Province;
use crate::roll::Roll;
use crate::rows::{Batch, Frame};

/// People generated when nobody says otherwise.
pub const DEFAULT_PEOPLE: u32 = 12_000;
/// The seed when nobody says otherwise: the year of the first doctors' stele in the Temple of Literature.
pub const DEFAULT_SEED: u64 = 1442;
/// Fewer people cannot carry the published tables.
pub const MINIMUM_PEOPLE: u32 = 6_000;
/// The first `today` for which the generator knows what happened: all reorganisations of 2025 lie before it.
pub const EARLIEST_TODAY: Date = days::EARLIEST_TODAY;

const BATCH: i64 = 2_000;
/// Above this many people filler attends about eight courses, below about two.
const CROWD: u32 = 20_000;

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Officials in all: at work, retired and gone.
    pub people: u32,
    /// Same seed, same province.
    pub seed: u64,
    /// Nothing happens after this day; classes may be planned for later in its year.
    pub today: Date,
}

impl Options {
    /// The usual province on a day.
    #[must_use]
    pub const fn on(today: Date) -> Self {
        Self { people: DEFAULT_PEOPLE, seed: DEFAULT_SEED, today }
    }
}

/// Why there is no province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanError {
    /// Fewer people than [`MINIMUM_PEOPLE`].
    TooFew {
        /// How many were asked for.
        people: u32,
    },
    /// A day before [`EARLIEST_TODAY`].
    TooEarly {
        /// The day asked for.
        today: Date,
    },
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { people } => write!(f, "{people} people are too few; the published tables need at least {MINIMUM_PEOPLE}"),
            Self::TooEarly { today } => {
                write!(f, "{} is too early; the first day is {}", domain::time::iso(*today), domain::time::iso(EARLIEST_TODAY))
            }
        }
    }
}

impl std::error::Error for PlanError {}

/// The province: what exists once, then people in batches.
pub struct Generator {
    province: Province,
    frame: Frame,
    base: std::vec::IntoIter<Person>,
    filler: Filler,
    next_official: i64,
    last_official: i64,
    next_record: i64,
    filler_batches: usize,
}

/// Prepares the province; the base is made at once (it depends on itself), everybody else when asked for.
///
/// # Errors
/// [`PlanError`] when the options cannot carry the published tables.
pub fn plan(options: Options) -> Result<Generator, PlanError> {
    let Options { people, seed, today } = options;
    if people < MINIMUM_PEOPLE {
        return Err(PlanError::TooFew { people });
    }
    if today < EARLIEST_TODAY {
        return Err(PlanError::TooEarly { today });
    }
    let province = Province::build();
    let (base, classes) = base(&province, seed, today);
    let filler = Filler { seed, today, crowd: people > CROWD, classes_before: i64::try_from(classes.len()).unwrap_or(0) };
    let next_official = i64::try_from(base.len()).unwrap_or(0) + 1;
    let mut generator = Generator {
        frame: Frame {
            units: province.units.clone(),
            links: province.links.clone(),
            successions: province.successions.clone(),
            areas: crate::areas::of(&province),
            spots: crate::spots::of(&province),
            classes,
        },
        province,
        base: base.into_iter(),
        filler,
        next_official,
        last_official: i64::from(people),
        next_record: 1,
        filler_batches: 0,
    };
    generator.add_filler_classes();
    crate::venues::give(&generator.province, &mut generator.frame.classes);
    Ok(generator)
}

impl Generator {
    /// Units, their links and successions, and every class that any batch refers to.
    #[must_use]
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    fn add_filler_classes(&mut self) {
        let mut from = self.next_official;
        let mut number = 0;
        while from <= self.last_official {
            let size = usize::try_from(BATCH.min(self.last_official - from + 1)).unwrap_or(0);
            self.frame.classes.extend(self.filler.classes(&self.province, number, size));
            from += BATCH;
            number += 1;
        }
    }
}

impl Iterator for Generator {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let people: Vec<Person> = if self.base.as_slice().is_empty() {
            let from = self.next_official;
            let to = (from + BATCH).min(self.last_official + 1);
            if from >= to {
                return None;
            }
            let number = self.filler_batches;
            self.filler_batches += 1;
            self.next_official = to;
            self.filler.people(&self.province, number, from..to)
        } else {
            self.base.by_ref().take(usize::try_from(BATCH).unwrap_or(1)).collect()
        };
        for person in people {
            person.write(&mut self.next_record, &mut batch);
        }
        Some(batch)
    }
}

/// The base with everything that happened to it, in order of id, and its classes.
fn base(province: &Province, seed: u64, today: Date) -> (Vec<Person>, Vec<rows::Class>) {
    let mut dice = Dice::new(seed, 1);
    let mut people = careers::base(province, &mut dice);
    people.sort_by_key(moves::turn);
    let mut moves = Moves::new(province, today);
    for person in &mut people {
        let leaves = careers::leaving(person, &mut dice);
        moves.carry(person, leaves, true, &mut dice);
    }
    careers::name_advisers(&mut people, today, &mut dice);
    dice.shuffle(&mut people);
    let mut roll = Roll::new(province, people, today, Dice::new(seed, 2));
    sending::fill_table(&mut roll);
    yearbook::fill_table(&mut roll);
    sending::after_tables(&mut roll);
    agenda::run(&mut roll);
    let Roll { mut people, classes, .. } = roll;
    let mut dice = Dice::new(seed, 3);
    let mut adviser = 0;
    for (id, person) in (1..).zip(&mut people) {
        person.id = id;
        proofs::complete(person, province, today, &mut dice);
        if person.reform {
            proofs::advise(person, adviser, today, &mut dice);
            adviser += 1;
        }
    }
    (people, classes)
}

#[cfg(test)]
mod tests;
