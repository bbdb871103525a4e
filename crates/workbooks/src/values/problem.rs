//! A problem with its place: what was read, why it cannot be, what to do; as codes and parameters.
//! Not for: sentences.

use crate::book::At;

/// What is wrong with a cell. The way out is told by the same code, with the parameters of [`Problem::params`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemCode {
    /// A required value is missing. Fix: fill it in.
    Required,
    /// A formula whose result was not saved. Fix: open the file in a spreadsheet program and save it, or paste values.
    NoValue,
    /// An error of the spreadsheet program (`#REF!`). Fix: mend the formula or type the value.
    CellError,
    /// Written for an old font that could not be told. Fix: convert the column to Unicode, or type it again.
    FontEncoding,
    /// Letters were lost before (U+FFFD). Fix: save the file again in its program as UTF-8.
    LostLetters,
    /// No such day: `31/02/1985`. Fix: correct the day.
    NoSuchDay,
    /// The month stands first, as in America. Fix: write `suggested`.
    MonthFirst {
        /// The same day as it is written here.
        suggested: String,
    },
    /// No date at all. Fix: write day/month/year, month/year or the year.
    NotADate,
    /// A year that cannot be meant. Fix: correct it; it lies between `first` and `last`.
    YearOutOfRange {
        /// The first year that can be.
        first: i32,
        /// The last one.
        last: i32,
    },
    /// No whole number. Fix: write digits only.
    NotANumber,
    /// A number with a fraction. Fix: round it.
    NotWhole,
    /// Outside the bounds. Fix: correct it; it lies between `min` and `max`.
    OutOfRange {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Not in the list. Fix: one of `near` when there is any, else one of the list.
    UnknownChoice {
        /// The codes of choices that are written alike, the nearest first.
        near: Vec<String>,
    },
    /// Neither yes nor no. Fix: write `Có` or `Không`, or a mark or nothing.
    NotYesNo,
    /// Not the digits of a citizen's number. Fix: twelve digits, or nine of the old card; format the column as text.
    CitizenNumber {
        /// How many digits were read.
        digits: usize,
    },
    /// The last digits were lost: `1.23E+11`. Fix: format the column as text and type the number again.
    LostDigits,
    /// More digits than the code has. Fix: correct it.
    TooManyDigits {
        /// How many it has.
        digits: usize,
    },
    /// No name: digits or signs in it. Fix: type the name.
    NotAName,
    /// Several columns of marks are marked. Fix: leave one.
    SeveralMarks {
        /// The codes of the choices.
        choices: Vec<String>,
    },
    /// Two columns say different things about one field. Fix: leave the right one.
    Contradiction {
        /// What the other column says.
        other: String,
    },
}

impl ProblemCode {
    /// Stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NoValue => "no_value",
            Self::CellError => "cell_error",
            Self::FontEncoding => "font_encoding",
            Self::LostLetters => "lost_letters",
            Self::NoSuchDay => "no_such_day",
            Self::MonthFirst { .. } => "month_first",
            Self::NotADate => "not_a_date",
            Self::YearOutOfRange { .. } => "year_out_of_range",
            Self::NotANumber => "not_a_number",
            Self::NotWhole => "not_whole",
            Self::OutOfRange { .. } => "out_of_range",
            Self::UnknownChoice { .. } => "unknown_choice",
            Self::NotYesNo => "not_yes_no",
            Self::CitizenNumber { .. } => "citizen_number",
            Self::LostDigits => "lost_digits",
            Self::TooManyDigits { .. } => "too_many_digits",
            Self::NotAName => "not_a_name",
            Self::SeveralMarks { .. } => "several_marks",
            Self::Contradiction { .. } => "contradiction",
        }
    }

    fn own_params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MonthFirst { suggested } => vec![("suggested", suggested.clone())],
            Self::YearOutOfRange { first, last } => vec![("first", first.to_string()), ("last", last.to_string())],
            Self::OutOfRange { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::UnknownChoice { near } => vec![("near", near.join(","))],
            Self::CitizenNumber { digits } | Self::TooManyDigits { digits } => vec![("digits", digits.to_string())],
            Self::SeveralMarks { choices } => vec![("choices", choices.join(","))],
            Self::Contradiction { other } => vec![("other", other.clone())],
            _ => Vec::new(),
        }
    }
}

/// Something wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the sheet.
    pub sheet: String,
    /// The cell; shown as `F12`.
    pub at: At,
    /// The code of the field.
    pub field: String,
    /// What was read.
    pub read: String,
    /// What is wrong.
    pub code: ProblemCode,
}

impl Problem {
    /// Everything a sentence about it may name: `sheet`, `cell`, `field`, `read`, and what the code brings.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let place =
            [("sheet", self.sheet.clone()), ("cell", self.at.to_string()), ("field", self.field.clone()), ("read", self.read.clone())];
        place.into_iter().chain(self.code.own_params()).collect()
    }
}
