//! How a file is read: which sheet and header, which column is which field, what stands for what it does not say; kept as JSON.
//! Not for: what it says.

use std::collections::BTreeMap;

use domain::time::Date;
use serde::{Deserialize, Serialize};

use super::fields::Tells;

/// Whether the file tells of everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Only of those who are in it.
    #[default]
    Changes,
    /// Of everybody in the unit: who is not in it is reported, never removed.
    Everything,
}

impl Mode {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Everything => "everything",
        }
    }

    /// The mode of a name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Changes, Self::Everything].into_iter().find(|mode| mode.code() == code)
    }
}

/// What is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// A list of officials.
    Officials(Mode),
    /// A list of trainings.
    Training {
        /// Reported by who taught it, not kept by a unit.
        by_institute: bool,
    },
}

/// What a person said of a column, by its place in the sheet counted from zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The field; `None` for a column that is left alone.
    pub field: Option<String>,
    /// For a column of marks: the choice that a mark means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
}

/// What stands for what the file does not say: codes by field (`staff`, `ethnicity`, `post`).
pub type Defaults = BTreeMap<String, String>;

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether it tells of everybody.
    #[serde(default)]
    pub mode: Mode,
    /// What it tells of.
    #[serde(default)]
    pub tells: Tells,
    /// For trainings: reported by who taught it, not kept by a unit.
    #[serde(default)]
    pub by_institute: bool,
    /// The day on which it is true, as `yyyymmdd`; postings without a day of their own begin on it.
    pub as_of: i32,
    /// The sheet, by name; the best one when not said.
    #[serde(default)]
    pub sheet: Option<String>,
    /// First and last row of the header, counted from zero; the likeliest when not said.
    #[serde(default)]
    pub header: Option<(u32, u32)>,
    /// What was said of columns.
    #[serde(default)]
    pub columns: BTreeMap<u16, Chosen>,
    /// What stands for what the file does not say.
    #[serde(default)]
    pub defaults: Defaults,
    /// Units that files call otherwise: what stands in the file, without marks, and the code of the unit that is meant.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    /// The mapping of an earlier file that is used, by name, whatever the titles.
    #[serde(default)]
    pub mapping: Option<String>,
}

impl Settings {
    /// Nothing said yet of a file that is true on a day.
    #[must_use]
    pub fn of(as_of: Date, taking: Taking) -> Self {
        let (tells, mode, by_institute) = match taking {
            Taking::Officials(mode) => (Tells::Officials, mode, false),
            Taking::Training { by_institute } => (Tells::Training, Mode::Changes, by_institute),
        };
        let defaults = match tells {
            Tells::Officials => Defaults::from([("ethnicity".to_owned(), "1".to_owned())]),
            Tells::Training => Defaults::new(),
        };
        Self {
            mode,
            tells,
            by_institute,
            as_of: domain::time::number(as_of),
            sheet: None,
            header: None,
            columns: BTreeMap::new(),
            defaults,
            units: BTreeMap::new(),
            mapping: None,
        }
    }
}

/// What is remembered of a file for the next one with such titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// Its columns, as [`workbooks::mapping::Saved`] writes them.
    pub(super) columns: String,
    /// What stood for what it did not say.
    #[serde(default)]
    pub(super) defaults: Defaults,
    /// Units it called otherwise.
    #[serde(default)]
    pub(super) units: BTreeMap<String, String>,
}
