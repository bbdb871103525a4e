//! Data in, files out: lists as Excel workbooks and CSV files, papers to sign as PDF and Word files. Pure: nothing outside the input is touched, no clock is read.
//! Not for: choosing what goes into a list (`service`), nor names of files and HTTP (`web`).
#![warn(missing_docs)]

mod archive;
mod code;
mod csv;
mod ledger;
pub mod papers;
mod sheet;

pub use archive::{Archive, ArchiveError, archive};
pub use code::{ScreenCode, screen_code};
pub use csv::{CsvFile, csv};
pub use ledger::{Chosen, Field, Ledger, Look, Page, Row};
pub use sheet::{Part, SheetError, book, sheet};

use domain::time::Date;

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// Width in characters, for workbooks.
    pub width: u16,
}

impl Column {
    /// A column of a width in characters.
    #[must_use]
    pub fn new(title: impl Into<String>, width: u16) -> Self {
        Self { title: title.into(), width }
    }
}

/// A cell of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text; never taken for a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(Date),
    /// Nothing.
    Empty,
}

/// Whether a spreadsheet program could take the text for a formula.
fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
