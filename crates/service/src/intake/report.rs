//! What a file would change, in short: counts, faults, the first changes, who is absent, and how its columns were understood; kept as
//! JSON beside the batch, so that a page shows it without reading the file again.
//! Not for: the whole plan (`plan`).

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// So many faults, lines and absent people are kept; counts are of all.
pub(super) const MOST: usize = 2_000;

/// How many rows are what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of people.
    pub rows: usize,
    /// New people.
    pub new: usize,
    /// People with changes.
    pub changed: usize,
    /// People as the register knows them.
    pub same: usize,
    /// Rows at fault.
    pub faulty: usize,
    /// Faults of them.
    pub faults: usize,
    /// Notes: right, but worth a look.
    pub notes: usize,
    /// People of the unit who are not in the file, when it tells of everybody.
    pub absent: usize,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// A new person.
    New,
    /// A person with changes.
    Changed,
}

/// One row that would write something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The row of the sheet, as people count it.
    pub row: u32,
    /// What becomes of it.
    pub state: LineState,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit code and name.
    pub unit: (String, String),
    /// What changes: field, before, after; of a new person nothing.
    pub changes: Vec<(String, Option<String>, Option<String>)>,
}

/// Somebody of the unit who is not in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit: String,
}

/// A sheet of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSeen {
    /// Name.
    pub name: String,
    /// Whether it is hidden in the file.
    pub hidden: bool,
    /// Rows that hold something.
    pub rows: usize,
}

/// A column, and how it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its place, counted from zero.
    pub place: u16,
    /// Its letters.
    pub letters: String,
    /// Its title.
    pub title: String,
    /// Some of what stands in it.
    pub samples: Vec<String>,
    /// The field it was taken for.
    pub field: Option<String>,
    /// The choice that a mark in it means.
    pub choice: Option<String>,
    /// From 0 (a guess) to 100 (certain).
    pub sure: u8,
    /// Why, by a stable name.
    pub why: String,
}

/// What a file would change, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the facts it was compared with.
    pub facts: i64,
    /// Digest of everything it would write; the same plan has the same.
    pub digest: String,
    /// What the file is in truth (`xlsx`, `csv`, …).
    pub format: String,
    /// For separated text: how its letters were written.
    pub encoding: Option<String>,
    /// Old font encodings that were converted, by name.
    pub fonts: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<SheetSeen>,
    /// The sheet that was read.
    pub sheet: String,
    /// First and last row of the header, as people count them.
    pub header: (u32, u32),
    /// Its columns.
    pub columns: Vec<Column>,
    /// Rows that were left out, by why, with how many.
    pub left_out: Vec<(String, usize)>,
    /// Fields without which nobody new can be written, that no column has and nothing stands for.
    pub missing: Vec<String>,
    /// How many rows are what.
    pub counts: Counts,
    /// The first faults.
    pub faults: Vec<Fault>,
    /// The first notes.
    pub notes: Vec<Fault>,
    /// The first rows that would write something.
    pub lines: Vec<Line>,
    /// The first people who are absent.
    pub absent: Vec<Absent>,
    /// What the file calls units that are not found: the text, in how many rows, units written alike.
    #[serde(default)]
    pub unknown_units: Vec<(String, usize, String)>,
}

impl Report {
    /// The report without anything that the file said of people.
    pub(super) fn without_quotes(self) -> Self {
        let columns = self.columns.into_iter().map(|column| Column { samples: Vec::new(), ..column }).collect();
        let (faults, notes, lines, absent, unknown_units) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { columns, faults, notes, lines, absent, unknown_units, ..self }
    }
}
