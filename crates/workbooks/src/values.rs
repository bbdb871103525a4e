//! Cells to typed values: what is meant is read, what was repaired is told, what cannot be is a problem with a place and a way out.
//! Not for: words; values, repairs and problems carry stable codes and parameters, and sentences are chosen at the edge.

mod choices;
mod dates;
mod names;
mod numbers;
mod problem;
mod record;
pub(crate) mod serial;

pub use problem::{Problem, ProblemCode};
pub use record::{Filled, Record, records, records_of};

use domain::time::Date;

use crate::book::{Cell, Epoch};
use crate::fields::{Field, Kind, Need};

/// A typed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, or what counts as nothing.
    Empty,
    /// Text, a name, or a code kept as text.
    Text(String),
    /// A day, a month or a year.
    Date(Dated),
    /// A whole number.
    Integer(i64),
    /// The code of a choice.
    Code(String),
    /// Yes or no.
    YesNo(bool),
    /// The number of a citizen.
    Citizen(Citizen),
}

/// A date as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// A day.
    Day(Date),
    /// A month of a year.
    Month {
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u8,
    },
    /// A year.
    Year(i32),
}

impl Dated {
    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month { year, .. } | Self::Year(year) => year,
        }
    }
}

/// The number of a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Citizen {
    /// Twelve digits.
    New(String),
    /// Nine digits, of the card that is no longer issued.
    Old(String),
}

/// What was changed on the way from the cell to the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// A name written in capitals only, or in small letters only.
    Case,
    /// A number that was kept as text.
    NumberAsText,
    /// A number with marks between its thousands.
    Grouped,
    /// A text or code that was kept as a number or a date.
    TextAsNumber,
    /// A date kept as a bare serial number.
    Serial,
    /// A year typed into a cell that shows days: `1979` became 1905-06-01.
    YearAsDay,
    /// A date without marks between its parts: `02031985`.
    BareDate,
    /// A year of two digits.
    ShortYear,
    /// A month kept as a number with a fraction: `3.1985`.
    MonthAsFraction,
    /// A date whose day or month is zero, which stands for unknown.
    UnknownDay,
    /// Zeros in front that a spreadsheet program dropped.
    LostZeros,
    /// A choice that was written with a wrong letter.
    Spelling,
}

impl Repair {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::NumberAsText => "number_as_text",
            Self::Grouped => "grouped",
            Self::TextAsNumber => "text_as_number",
            Self::Serial => "serial",
            Self::YearAsDay => "year_as_day",
            Self::BareDate => "bare_date",
            Self::ShortYear => "short_year",
            Self::MonthAsFraction => "month_as_fraction",
            Self::UnknownDay => "unknown_day",
            Self::LostZeros => "lost_zeros",
            Self::Spelling => "spelling",
        }
    }
}

/// A value, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub value: Value,
    /// What was changed; nothing for most cells.
    pub repaired: Vec<Repair>,
}

impl Reading {
    const fn plain(value: Value) -> Self {
        Self { value, repaired: Vec::new() }
    }

    fn repaired(value: Value, repair: Repair) -> Self {
        Self { value, repaired: vec![repair] }
    }
}

/// What the caller knows about dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The first year that can be meant.
    pub first_year: i32,
    /// The last year that can be meant; a year of two digits is the latest one that is not after it.
    pub last_year: i32,
    /// How serial numbers count days; see [`Book::epoch`](crate::Book).
    pub epoch: Epoch,
}

/// Reads a cell as a field.
///
/// # Errors
/// [`ProblemCode`] when nothing can be meant by it.
pub fn read(cell: &Cell<'_>, field: &Field, rules: &Rules) -> Result<Reading, ProblemCode> {
    match cell {
        Cell::NoValue => return Err(ProblemCode::NoValue),
        Cell::Error(_) => return Err(ProblemCode::CellError),
        Cell::Garbled(_) => return Err(ProblemCode::FontEncoding),
        Cell::Text(text) if text.contains('\u{fffd}') => return Err(ProblemCode::LostLetters),
        _ => {}
    }
    let text = squeezed(cell.shown());
    if is_nothing(&text, cell, field) {
        return if field.need == Need::Required { Err(ProblemCode::Required) } else { Ok(Reading::plain(Value::Empty)) };
    }
    match &field.kind {
        Kind::Text => Ok(names::text(cell, text)),
        Kind::Name => names::name(cell, &text),
        Kind::Date => dates::date(cell, &text, rules),
        Kind::Integer { min, max } => numbers::integer(cell, &text, *min, *max),
        Kind::Code(choices) => choices::choice(&text, choices),
        Kind::YesNo => choices::yes_no(cell, &text),
        Kind::CitizenNumber => numbers::citizen(cell, &text),
        Kind::Key { digits } => numbers::code(cell, &text, *digits),
    }
}

fn is_nothing(text: &str, cell: &Cell<'_>, field: &Field) -> bool {
    // A choice may be called like nothing: a religion `Không`.
    let is_choice = || field.kind.choices().iter().any(|choice| choice.is_called(&crate::fields::key(text)));
    cell.is_empty() || text.is_empty() || (field.blanks.has(text) && !is_choice())
}

/// A text as it is read from a cell: one line, single blanks, no mark by which a spreadsheet program is told that a number is text.
/// Two texts that are the same so cannot be told apart in a file.
#[must_use]
pub fn as_read(text: &str) -> String {
    squeezed(text.to_owned())
}

/// One line, single blanks, no mark by which a spreadsheet program is told that a number is text.
fn squeezed(text: String) -> String {
    let text = if is_neat(&text) { text } else { text.replace(UNSEEN, "").split_whitespace().collect::<Vec<_>>().join(" ") };
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@".contains(c)) => rest.to_owned(),
        _ => text,
    }
}

/// Signs that take no place: a blank of no width, a mark of byte order, a hyphen that is only shown at the end of a line.
const UNSEEN: [char; 3] = ['\u{200b}', '\u{feff}', '\u{ad}'];

fn is_neat(text: &str) -> bool {
    let mut blank = true;
    let all = text.chars().all(|c| {
        let twice = blank && c == ' ';
        blank = c == ' ';
        !twice && (c == ' ' || !c.is_whitespace()) && !UNSEEN.contains(&c)
    });
    all && !blank
}

#[cfg(test)]
mod tests;
