//! Which column holds which field: by names without marks, near names, marks under a heading; remembered for the next file of the kind.
//! Not for: reading the values (`values`), nor keeping what is remembered; the caller stores [`Saved`].

mod saved;
mod score;

pub use saved::{NotSaved, Saved, SavedColumn};

use crate::fields::{Field, Need, Times, key};
use crate::table::Column;
pub(crate) use score::Catalogue;

/// A column and the field it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The column, counted from zero.
    pub column: u16,
    /// What stands above it.
    pub title: String,
    /// The code of the field.
    pub field: String,
    /// For a column of marks: the choice that a mark in it means.
    pub choice: Option<String>,
    /// A second field that a value in this column tells: a year of birth in the column of women.
    pub also: Option<Also>,
    /// From 0 (a guess) to 100 (certain).
    pub sure: u8,
    /// Why this field.
    pub why: Why,
}

/// A field and its choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The code of the field.
    pub field: String,
    /// The code of the choice.
    pub choice: String,
}

/// Why a column was taken for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The title is a name of the field.
    Same,
    /// It is, without the remark in brackets.
    SameButRemark,
    /// The same words in another order.
    SameWords,
    /// A letter is wrong.
    Typo,
    /// The lower of two levels is a name of the field.
    LowerLevel,
    /// The upper level is a name of the field and the lower one of its choices.
    ChoiceBelow,
    /// The title holds a name of the field, or the other way round.
    Part,
    /// A person said so for an earlier file.
    Remembered,
    /// A person said so for this file.
    Chosen,
}

impl Why {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameButRemark => "same_but_remark",
            Self::SameWords => "same_words",
            Self::Typo => "typo",
            Self::LowerLevel => "lower_level",
            Self::ChoiceBelow => "choice_below",
            Self::Part => "part",
            Self::Remembered => "remembered",
            Self::Chosen => "chosen",
        }
    }
}

/// Columns and fields of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Columns that hold a field, from the left.
    pub matched: Vec<Matched>,
    /// Columns that hold none.
    pub unmatched: Vec<u16>,
    /// Codes of required fields that no column holds.
    pub missing: Vec<String>,
}

impl Mapping {
    /// Finds the field of each column.
    #[must_use]
    pub fn of(columns: &[Column], fields: &[Field]) -> Self {
        Catalogue::new(fields).mapping(columns)
    }

    /// The match of a column.
    #[must_use]
    pub fn column(&self, column: u16) -> Option<&Matched> {
        self.matched.iter().find(|matched| matched.column == column)
    }

    /// The columns of a field.
    pub fn columns_of(&self, field: &str) -> impl Iterator<Item = &Matched> {
        self.matched.iter().filter(move |matched| matched.field == field)
    }

    /// Says what a column holds; `None` for nothing. A field that is held once leaves its other column.
    pub fn choose(&mut self, columns: &[Column], fields: &[Field], column: u16, field: Option<(&str, Option<&str>)>) {
        self.matched.retain(|matched| matched.column != column);
        let wanted = field.and_then(|(code, choice)| Some((fields.iter().find(|field| field.code == code)?, choice)));
        if let Some((field, choice)) = wanted {
            if field.times == Times::Once && choice.is_none() {
                self.matched.retain(|matched| matched.field != field.code);
            }
            let title = columns.iter().find(|known| known.column == column).map(Column::title).unwrap_or_default();
            let (field, choice) = (field.code.clone(), choice.map(str::to_owned));
            self.matched.push(Matched { column, title, field, choice, also: None, sure: 100, why: Why::Chosen });
        }
        self.settle(columns, fields);
    }

    /// Orders the matches and lists what is left.
    fn settle(&mut self, columns: &[Column], fields: &[Field]) {
        self.matched.sort_by_key(|matched| matched.column);
        self.unmatched = columns.iter().map(|column| column.column).filter(|column| self.column(*column).is_none()).collect();
        let is_missing = |field: &&Field| field.need == Need::Required && self.columns_of(&field.code).next().is_none();
        self.missing = fields.iter().filter(is_missing).map(|field| field.code.clone()).collect();
    }
}

/// A short name of a header that stays the same for the same titles in the same order, whatever their marks, case and signs.
#[must_use]
pub fn fingerprint(columns: &[Column]) -> String {
    // FNV-1a: told apart are a province's forms, not the work of an adversary.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for column in columns.iter().filter(|column| !column.parts.is_empty()) {
        for byte in key(&column.title()).bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests;
