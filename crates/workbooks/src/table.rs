//! The table in a sheet as people make it: titles above, a header of several rows, groups, totals and notes between and below the data.
//! Not for: the meaning of columns (`mapping`) and cells (`values`); it is helped by the names of fields, but never needs them.

mod header;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{At, Book, Cell, Sheet, Visible};
use crate::fields::Field;
use crate::mapping::Catalogue;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The column of the sheet, counted from zero.
    pub column: u16,
    /// What stands above it, from the highest level of the header to the lowest; empty for a column without a title.
    pub parts: Vec<String>,
}

impl Column {
    /// All levels in one line: `Lý luận chính trị / Cao cấp`.
    #[must_use]
    pub fn title(&self) -> String {
        self.parts.join(" / ")
    }
}

/// The rows of a header, both included, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Header {
    /// The first.
    pub first: u32,
    /// The last; numbers of columns below it are no part.
    pub last: u32,
}

/// A place where a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The sheet, by its place in the book.
    pub sheet: usize,
    /// Its header.
    pub header: Header,
    /// How well it fits; only good for comparing places of one book.
    pub score: u32,
}

/// Why a row is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It stands above the header.
    Title,
    /// It belongs to the header.
    Header,
    /// The header once more, as on every printed page.
    HeaderAgain,
    /// Numbers of the columns.
    Numbering,
    /// It names the group of the rows below it.
    Group,
    /// It adds up rows.
    Totals,
    /// A note, a date or a signature below the data.
    Note,
    /// A number in front of nothing, as in a form that was not filled to its end.
    OnlyNumbered,
    /// It says itself that it is an example.
    Example,
    /// A person said so.
    Chosen,
}

impl Why {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Header => "header",
            Self::HeaderAgain => "header_again",
            Self::Numbering => "numbering",
            Self::Group => "group",
            Self::Totals => "totals",
            Self::Note => "note",
            Self::Example => "example",
            Self::OnlyNumbered => "only_numbered",
            Self::Chosen => "chosen",
        }
    }
}

/// A row that is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// The row of the sheet, counted from zero.
    pub row: u32,
    /// Why.
    pub why: Why,
}

/// A row of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The row of the sheet, counted from zero.
    pub row: u32,
    /// The group it stands in, by its place in [`Table::groups`].
    pub group: Option<usize>,
}

/// What a person said about rows, against what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Rows that are data.
    pub keep: BTreeSet<u32>,
    /// Rows that are not.
    pub skip: BTreeSet<u32>,
}

/// A table in a sheet.
#[derive(Debug)]
pub struct Table<'b> {
    /// The sheet.
    pub sheet: &'b Sheet,
    /// Its header.
    pub header: Header,
    /// The columns from the left.
    pub columns: Vec<Column>,
    /// The rows of data.
    pub rows: Vec<Row>,
    /// Groups with those they lie in: `["I. Khối Đảng", "Ban Tổ chức"]`.
    pub groups: Vec<Vec<String>>,
    /// All other rows that hold something.
    pub skipped: Vec<Skipped>,
    /// Cells merged downwards, by column: first and last row, and where the value stands.
    spans: BTreeMap<u16, Vec<(u32, u32, At)>>,
}

impl<'b> Table<'b> {
    /// The table under a header that is known.
    #[must_use]
    pub fn at(sheet: &'b Sheet, header: Header, choices: &Choices) -> Self {
        let columns = header::columns(sheet, header);
        let sorted = rows::sort(sheet, header, &columns, choices);
        let spans = spans(sheet, header, &columns);
        let rows::Sorted { rows, groups, skipped } = sorted;
        Self { sheet, header, columns, rows, groups, skipped, spans }
    }

    /// The cell in a row of data; a value that is merged over several rows stands in each of them.
    #[must_use]
    pub fn cell(&self, row: u32, column: u16) -> Cell<'b> {
        let own = self.sheet.cell(At::new(row, column));
        if !own.is_empty() {
            return own;
        }
        let Some(spans) = self.spans.get(&column) else { return own };
        let place = spans.partition_point(|(_, last, _)| *last < row);
        spans.get(place).filter(|(first, ..)| *first <= row).map_or(own, |(.., anchor)| self.sheet.cell(*anchor))
    }

    /// The groups of a row, the outermost first.
    #[must_use]
    pub fn group(&self, row: &Row) -> &[String] {
        row.group.and_then(|place| self.groups.get(place)).map_or(&[], Vec::as_slice)
    }
}

fn spans(sheet: &Sheet, header: Header, columns: &[Column]) -> BTreeMap<u16, Vec<(u32, u32, At)>> {
    let mut spans: BTreeMap<u16, Vec<(u32, u32, At)>> = BTreeMap::new();
    for merge in sheet.merges.iter().filter(|merge| merge.first.row > header.last && merge.last.row > merge.first.row) {
        if columns.iter().any(|column| column.column == merge.first.column) {
            spans.entry(merge.first.column).or_default().push((merge.first.row, merge.last.row, merge.first));
        }
    }
    spans.values_mut().for_each(|spans| spans.sort_by_key(|(first, last, _)| (*last, *first)));
    spans
}

/// Where tables may be, the best first. Hidden sheets come behind all others.
#[must_use]
pub fn places(book: &Book, fields: &[Field]) -> Vec<Place> {
    let catalogue = Catalogue::new(fields);
    let mut places: Vec<Place> = Vec::new();
    for (sheet, found) in book.sheets.iter().enumerate() {
        places.extend(header::best(found, &catalogue).map(|(header, score)| Place { sheet, header, score }));
    }
    let is_hidden = |place: &Place| book.sheets.get(place.sheet).is_some_and(|sheet| sheet.visible == Visible::Hidden);
    places.sort_by_key(|place| (is_hidden(place), u32::MAX - place.score, place.sheet));
    places
}

/// The table that fits best in the sheets that people see; `None` when no row looks like a header.
#[must_use]
pub fn find<'b>(book: &'b Book, fields: &[Field]) -> Option<Table<'b>> {
    let shown = |place: &Place| book.sheets.get(place.sheet).filter(|sheet| sheet.visible == Visible::Shown);
    let (sheet, place) = places(book, fields).into_iter().find_map(|place| Some((shown(&place)?, place)))?;
    Some(Table::at(sheet, place.header, &Choices::default()))
}

#[cfg(test)]
mod tests;
