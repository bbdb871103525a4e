//! A legal parameter: what it is called, which date governs it, and its rulings in time.
//! Not for: reading the files (`reading`) and choosing a ruling (`lookup`).

use crate::acts::{Citation, Evidence, Words};
use crate::governing::GoverningKind;
use crate::values::{Unit, Value};
use domain::people::StaffKind;
use domain::time::{Interval, dmy, iso};

/// What is known of a parameter in an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The value, and how well it is known.
    Is(Value, Evidence),
    /// Nothing usable was found; the reason.
    Absent(Words),
}

/// One entry of a parameter file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Days on which it holds.
    pub interval: Interval,
    /// Kinds of staff it holds for.
    pub applies_to: Vec<StaffKind>,
    /// The value or the stated gap.
    pub known: Known,
    /// Where it comes from; never empty.
    pub cites: Vec<Citation>,
    /// What to keep in mind.
    pub note: Option<Words>,
    /// Line in the file, from 1.
    pub line: usize,
}

impl Ruling {
    /// "từ 01/07/2025 đến hết 30/06/2026".
    #[must_use]
    pub fn interval_words(&self) -> Words {
        let from = dmy(self.interval.from());
        match self.interval.last_day() {
            Some(last) => Words::new(format!("từ {from} đến hết {}", dmy(last)), format!("from {from} to {} included", dmy(last))),
            None => Words::new(format!("từ {from}"), format!("from {from}")),
        }
    }

    /// `2025-07-01..2026-07-01`, the end excluded and empty while open.
    #[must_use]
    pub fn interval_code(&self) -> String {
        format!("{}..{}", iso(self.interval.from()), self.interval.to().map(iso).unwrap_or_default())
    }
}

/// A legal parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Stable id such as `postgraduate_conditions.max_age`.
    pub key: String,
    /// What it is called.
    pub title: Words,
    /// Unit of every value.
    pub unit: Unit,
    /// Which date picks the ruling.
    pub governed_by: GoverningKind,
    /// Words of its codes.
    pub code_words: Vec<(String, Words)>,
    /// Rulings in file order.
    pub rulings: Vec<Ruling>,
    /// File it comes from.
    pub file: &'static str,
    /// Line of its key, from 1.
    pub line: usize,
}

impl Parameter {
    /// Words of one of its codes.
    #[must_use]
    pub fn code_words(&self, code: &str) -> Option<Words> {
        self.code_words.iter().find(|(known, _)| known == code).map(|(_, words)| words.clone())
    }
}
