//! Workbooks as they come by mail, each after a real habit, with errors that a person can mend by hand; the same bytes in every run.
//! Not for: real persons, nor for reading; everybody in them is invented.
//!
//! `cargo run -p khuevan-testkit --example messy -- FOLDER` writes them all, for a browser or a spreadsheet program.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file must fail loudly")]

mod commune;
mod export;
mod letters;
mod ministry;
mod people;
mod xls;

use std::path::{Path, PathBuf};
use std::{fs, io};

pub use commune::commune;
pub use export::{export, export_text};
pub use letters::{tcvn3, windows_1258};
pub use ministry::ministry;

/// A workbook and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messy {
    /// The name of the file, as it came.
    pub name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// The name of the sheet of the table, as readers show it.
    pub sheet: &'static str,
    /// How many rows are people.
    pub people: usize,
    /// What is wrong in it, from the top.
    pub errors: Vec<Planted>,
}

/// A cell that cannot be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// The cell, as `F12`.
    pub cell: String,
    /// What stands there.
    pub wrong: String,
    /// What a person would type instead; nothing to empty the cell.
    pub right: String,
    /// The code of the problem.
    pub code: &'static str,
}

impl Planted {
    fn new(column: char, row: usize, wrong: &str, right: &str, code: &'static str) -> Self {
        Self { cell: format!("{column}{row}"), wrong: wrong.to_owned(), right: right.to_owned(), code }
    }
}

/// All of them: a commune's list, an export of an old program as workbook and as text, a form of a ministry.
#[must_use]
pub fn all() -> Vec<Messy> {
    vec![commune(), export(), export_text(), ministry()]
}

/// A commune's list, an old export as text and a form of a ministry as they are after somebody mended what was marked.
#[must_use]
pub fn mended() -> Vec<Messy> {
    vec![commune::written(true), export::written(true), ministry::written(true)]
}

/// Writes all of them into a folder, those that were mended into `mended` below it, and says where.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_all(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let below = folder.join("mended");
    fs::create_dir_all(&below)?;
    let places = all().into_iter().map(|messy| (folder, messy)).chain(mended().into_iter().map(|messy| (below.as_path(), messy)));
    let written = places.map(|(folder, messy)| {
        let path = folder.join(messy.name);
        fs::write(&path, &messy.bytes)?;
        Ok(path)
    });
    written.collect()
}
