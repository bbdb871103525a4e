//! Something wrong with a cell or a row of a file: where, what was read, and a code that words and a way out are chosen by.
//! Not for: sentences.

use serde::{Deserialize, Serialize};
use workbooks::{At, Problem};

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, as people write it: `F12`.
    pub cell: String,
    /// Code of the field; empty when it is about the whole row.
    pub field: String,
    /// What was read.
    pub read: String,
    /// Stable code of what is wrong.
    pub code: String,
    /// What the sentence names beside the place.
    pub params: Vec<(String, String)>,
}

impl Fault {
    /// A fault of the register's rules at a cell.
    #[must_use]
    pub fn new(sheet: &str, at: At, field: &str, read: &str, code: &str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            cell: at.to_string(),
            field: field.to_owned(),
            read: read.to_owned(),
            code: code.to_owned(),
            params: Vec::new(),
        }
    }

    /// The same with something its sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.push((name.to_owned(), value.into()));
        self
    }
}

impl From<&Problem> for Fault {
    fn from(problem: &Problem) -> Self {
        let own = problem.params().into_iter().filter(|(name, _)| !["sheet", "cell", "field", "read"].contains(name));
        Self {
            sheet: problem.sheet.clone(),
            cell: problem.at.to_string(),
            field: problem.field.clone(),
            read: problem.read.clone(),
            code: problem.code.code().to_owned(),
            params: own.map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}
