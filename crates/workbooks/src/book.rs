//! A workbook in memory: sheets of sparse cells with their places, whatever format they came from.
//! Not for: what the cells mean (`table`, `values`), nor how they are read from a format (`open`).

mod build;

use std::fmt;

use domain::time::Date;

pub(crate) use build::{Builder, Full};

use crate::fonts::Fonts;

/// A cell's place, counted from zero; shown as people write it: `F12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// Row, the first is 0.
    pub row: u32,
    /// Column, the first is 0.
    pub column: u16,
}

impl At {
    /// A place by row and column, both counted from zero.
    #[must_use]
    pub const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// Reads `F12`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let digits = name.find(|c: char| c.is_ascii_digit())?;
        let (letters, row) = name.split_at_checked(digits)?;
        if letters.is_empty() || letters.len() > 3 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut column = 0_u32;
        for letter in letters.bytes() {
            let place = letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?;
            column = column * 26 + u32::from(place) + 1;
        }
        let row = row.parse::<u32>().ok()?.checked_sub(1)?;
        Some(Self { row, column: u16::try_from(column.checked_sub(1)?).ok()? })
    }

    /// The letters of the column: `A`, `Z`, `AA`.
    #[must_use]
    pub fn letters(column: u16) -> String {
        let mut letters = Vec::new();
        let mut left = u32::from(column) + 1;
        while left > 0 {
            let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + digit));
            left = (left - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::letters(self.column), u64::from(self.row) + 1)
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as Unicode in composed form; old font encodings are already converted.
    Text(&'a str),
    /// Text in an old font encoding that could not be told; the letters are not to be trusted.
    Garbled(&'a str),
    /// A number, of a cell that is not formatted as a date.
    Number(f64),
    /// A day, of a cell that is formatted as one.
    Day(Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error of the spreadsheet program, such as `#REF!`.
    Error(&'static str),
    /// A formula whose result was not saved in the file.
    NoValue,
}

impl Cell<'_> {
    /// The cell as a person sees it, in one line.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::NoValue => String::new(),
            Self::Text(text) | Self::Garbled(text) => (*text).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => domain::time::dmy(*day),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Error(name) => (*name).to_owned(),
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) const fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Garbled(text) => Some(text),
            _ => None,
        }
    }
}

/// Cells shown as one, both corners included; the value stands in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The corner above left, which holds the value.
    pub first: At,
    /// The corner below right.
    pub last: At,
}

impl Merge {
    pub(crate) const fn covers(&self, at: At) -> bool {
        self.first.row <= at.row && at.row <= self.last.row && self.first.column <= at.column && at.column <= self.last.column
    }
}

/// Whether a sheet is shown to people who open the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// Shown.
    Shown,
    /// Hidden by somebody; read only when chosen by name.
    Hidden,
}

/// What a file is in truth, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excel since 2007.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument, of LibreOffice.
    Ods,
    /// Separated text.
    Csv,
}

impl Format {
    /// Stable name, which is also the usual ending of the file's name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }
}

/// How serial numbers count days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// From the beginning of 1900, with a day that never was; the usual one.
    Y1900,
    /// From the beginning of 1904, as Excel on old Macs.
    Y1904,
}

/// Whether a file carries programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Macros {
    /// It does not.
    None,
    /// It does; only its values were read.
    LeftBehind,
}

/// A workbook that was read.
#[derive(Debug)]
pub struct Book {
    /// What the file is in truth.
    pub format: Format,
    /// For separated text: the letters it was written in (`utf-8`, `utf-16le`, `windows-1258`, …).
    pub encoding: Option<&'static str>,
    /// For separated text: what stands between cells.
    pub delimiter: Option<char>,
    /// How serial numbers count days.
    pub epoch: Epoch,
    /// Whether the file carries programs. They are never run, not read, and left out of what is written from this workbook.
    pub macros: Macros,
    /// The sheets, in the order of the file.
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// The sheet of a name.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

/// A sheet: cells that hold something, by place.
#[derive(Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether people see it.
    pub visible: Visible,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// What was found out about old font encodings, and converted.
    pub fonts: Fonts,
    entries: Vec<Entry>,
    /// Where each row that holds something begins in `entries`.
    rows: Vec<(u32, usize)>,
    pool: String,
}

/// A stored cell; texts are a part of the sheet's pool, so that a million cells are a million times 24 bytes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    row: u32,
    column: u16,
    value: Stored,
}

#[derive(Debug, Clone, Copy)]
enum Stored {
    Text(Span),
    Garbled(Span),
    Number(f64),
    Day(Date),
    Bool(bool),
    Error(&'static &'static str),
    NoValue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Span {
    start: u32,
    len: u32,
}

impl Sheet {
    /// The cell at a place.
    #[must_use]
    pub fn cell(&self, at: At) -> Cell<'_> {
        let entries = self.entries_of(at.row);
        match entries.binary_search_by_key(&at.column, |entry| entry.column) {
            Ok(place) => entries.get(place).map_or(Cell::Empty, |entry| self.view(entry)),
            Err(_) => Cell::Empty,
        }
    }

    /// The cells of a row that hold something, from the left.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u16, Cell<'_>)> {
        self.entries_of(row).iter().map(|entry| (entry.column, self.view(entry)))
    }

    /// The rows that hold something, from the top.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// How many rows hold something.
    #[must_use]
    pub const fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many cells hold something.
    #[must_use]
    pub const fn cell_count(&self) -> usize {
        self.entries.len()
    }

    /// The last row that holds something.
    #[must_use]
    pub fn last_row(&self) -> Option<u32> {
        self.rows.last().map(|(row, _)| *row)
    }

    /// The merged cells that a place belongs to.
    #[must_use]
    pub fn merge_at(&self, at: At) -> Option<&Merge> {
        self.merges.iter().find(|merge| merge.covers(at))
    }

    fn entries_of(&self, row: u32) -> &[Entry] {
        let Ok(place) = self.rows.binary_search_by_key(&row, |(number, _)| *number) else { return &[] };
        let start = self.rows.get(place).map_or(0, |(_, start)| *start);
        let end = self.rows.get(place + 1).map_or(self.entries.len(), |(_, start)| *start);
        self.entries.get(start..end).unwrap_or(&[])
    }

    fn view(&self, entry: &Entry) -> Cell<'_> {
        match entry.value {
            Stored::Text(span) => Cell::Text(span.of(&self.pool)),
            Stored::Garbled(span) => Cell::Garbled(span.of(&self.pool)),
            Stored::Number(number) => Cell::Number(number),
            Stored::Day(day) => Cell::Day(day),
            Stored::Bool(value) => Cell::Bool(value),
            Stored::Error(name) => Cell::Error(name),
            Stored::NoValue => Cell::NoValue,
        }
    }
}

impl Span {
    fn of(self, pool: &str) -> &str {
        let (Ok(start), Ok(len)) = (usize::try_from(self.start), usize::try_from(self.len)) else { return "" };
        pool.get(start..start.saturating_add(len)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_in_a_spreadsheet_and_read_back() {
        for (row, column, name) in [(0, 0, "A1"), (11, 5, "F12"), (0, 25, "Z1"), (9, 26, "AA10"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(At::new(row, column).to_string(), name);
            assert_eq!(At::parse(name), Some(At::new(row, column)));
        }
        for wrong in ["", "A", "1", "A0", "AAAA1", "A1B", "$A$1", "ZZZ1"] {
            assert_eq!(At::parse(wrong).map(|at| at.to_string()).filter(|name| name != wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_stored_cell_is_small() {
        assert!(size_of::<Entry>() <= 24);
    }
}
