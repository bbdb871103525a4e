//! A workbook back to who made it, with every problem marked: the cell coloured, a note on it, and a list of all with links.
//! Not for: sentences, which the caller passes.
//!
//! An XLSX keeps everything it had (`inplace`); the other formats, and an XLSX laid out in an unusual way, are written anew from what was
//! read (`anew`): values, merged cells and hidden sheets stay, looks and formulas do not.

mod anew;
mod inplace;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::book::{At, Book};

/// Something to be told at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The name of the sheet.
    pub sheet: String,
    /// The cell.
    pub at: At,
    /// What a person reads there.
    pub text: String,
}

/// The words of the list of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The name of the sheet of the list; a number is added when the workbook has such a sheet.
    pub list: String,
    /// The titles of its columns: sheet, cell, what stands there, what is to be told.
    pub heads: [String; 4],
}

/// The workbook could not be written.
#[derive(Debug, Error)]
pub enum MarkError {
    /// More rows or columns than the format holds, or a part that cannot be written.
    #[error("the marked workbook could not be written")]
    NotWritten(#[from] rust_xlsxwriter::XlsxError),
}

/// What a marked file kept of the one it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Everything: looks, formulas, charts, widths.
    All,
    /// Values, merged cells and hidden sheets.
    Values,
}

/// The file that `book` was read from, with all marks in it, always as XLSX. An XLSX keeps everything where that can be: without macros, and
/// without notes on its marked sheets.
///
/// # Errors
/// [`MarkError`] when the workbook does not fit into the format.
pub fn marked_file(original: &[u8], book: &Book, marks: &[Mark], words: &Words) -> Result<(Vec<u8>, Kept), MarkError> {
    match inplace::write(original, book, marks, words) {
        Some(file) => Ok((file, Kept::All)),
        None => Ok((anew::write(book, marks, words)?, Kept::Values)),
    }
}

/// The workbook written anew as XLSX with all marks in it, of which only values, merged cells and hidden sheets were kept. Marks of sheets it does not have are only listed.
///
/// # Errors
/// [`MarkError`] when the workbook does not fit into the format.
pub fn marked(book: &Book, marks: &[Mark], words: &Words) -> Result<Vec<u8>, MarkError> {
    anew::write(book, marks, words)
}

/// So many notes a sheet may have: programs become slow with more. Other cells are coloured and listed.
const MOST_NOTES: usize = 5_000;
/// So many links a sheet may have by its format.
const MOST_LINKS: usize = 60_000;
/// So long a text may be.
const LONGEST_TEXT: usize = 32_000;
/// So long a note may be and still be read.
const LONGEST_NOTE: usize = 1_000;

/// The marks of one sheet by cell; several of one cell are one text.
fn by_cell(marks: &[Mark], sheet: &str) -> BTreeMap<At, String> {
    let mut texts: BTreeMap<At, String> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| mark.sheet == sheet) {
        let text = texts.entry(mark.at).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&mark.text);
    }
    texts
}

/// A name that no sheet has and that the format allows.
fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = wanted.chars().filter(|c| !c.is_control() && !"[]:*?/\\".contains(*c)).collect();
    let clean = clean.trim_matches(['\'', ' ']);
    let clean = if clean.is_empty() { "Sheet" } else { clean };
    for number in 1_usize.. {
        let ending = if number == 1 { String::new() } else { format!(" ({number})") };
        let kept: String = clean.chars().take(31 - ending.chars().count().min(20)).collect();
        let name = format!("{}{ending}", kept.trim_end_matches(['\'', ' ']));
        // Programs take names that differ in case only for the same.
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    clean.to_owned()
}

fn cut(text: &str, longest: usize) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_and_differ() {
        let mut taken = BTreeSet::new();
        let long = "a".repeat(40);
        let names: Vec<String> = ["Lỗi", "LỖI", "a/b", &long, &long, "''"].iter().map(|name| free_name(name, &mut taken)).collect();
        let cut = "a".repeat(27);
        assert_eq!(names, ["Lỗi", "LỖI (2)", "ab", &"a".repeat(31), &format!("{cut} (2)"), "Sheet"]);
    }
}
