//! Where the header of a sheet is, how many rows it has, and what stands above each column.
//! Not for: rows below it (`rows`).

use std::cmp::Reverse;

use super::{Column, Header};
use crate::book::{At, Cell, Merge, Sheet};
use crate::mapping::Catalogue;

/// So many rows from the top may be titles.
const LOOKED_AT: usize = 80;
/// A header has at most so many rows.
const DEEPEST: u32 = 5;
/// So many columns are looked at; sheets of forms have fewer than a hundred.
const WIDEST: usize = 2_000;

/// The best header of a sheet and its score.
pub(super) fn best(sheet: &Sheet, catalogue: &Catalogue<'_>) -> Option<(Header, u32)> {
    let candidates = sheet.rows().take(LOOKED_AT).filter_map(|row| {
        let header = Header { first: row, last: extent(sheet, row) };
        score(sheet, header, catalogue).map(|score| (header, score))
    });
    // Of equals the first: the second may be the header again on the next page.
    candidates.min_by_key(|(_, score)| Reverse(*score))
}

fn score(sheet: &Sheet, header: Header, catalogue: &Catalogue<'_>) -> Option<u32> {
    let columns = titled(sheet, header);
    let titles: Vec<String> = columns.iter().map(Column::title).collect();
    if titles.is_empty() {
        return None;
    }
    let numbers: usize = (header.first..=header.last).map(|row| sheet.row(row).filter(|(_, cell)| is_number(cell)).count()).sum();
    let mut distinct = titles.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let long = titles.iter().filter(|title| title.chars().count() > 120).count();
    let has_data = sheet.rows().any(|row| row > header.last);
    // Without a single known name: the widest row of different short texts with something below it.
    let plain = distinct.len().saturating_sub(numbers * 2 + long * 2);
    let plain = if has_data { plain } else { plain / 2 };
    let known = catalogue.score(&columns);
    let score = known.saturating_mul(20).saturating_add(u32::try_from(plain).unwrap_or(0));
    (score > 0 && (titles.len() > 1 || known > 0)).then_some(score)
}

const fn is_number(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Number(_) | Cell::Day(_) | Cell::Bool(_))
}

/// The last row of a header that begins in a row.
fn extent(sheet: &Sheet, first: u32) -> u32 {
    let mut last = first;
    while last - first + 1 < DEEPEST && (is_merged_down(sheet, first, last) || has_level_below(sheet, last)) {
        last += 1;
    }
    last
}

/// A title is merged over this row and the next.
fn is_merged_down(sheet: &Sheet, first: u32, last: u32) -> bool {
    let crosses = |merge: &&Merge| first <= merge.first.row && merge.first.row <= last && merge.last.row > last;
    sheet.merges.iter().filter(crosses).any(|merge| merge.last.row - first < DEEPEST && !sheet.cell(merge.first).is_empty())
}

/// The next row holds texts only below titles that reach over several columns, and nothing below the others.
fn has_level_below(sheet: &Sheet, row: u32) -> bool {
    let Some(below) = row.checked_add(1) else { return false };
    let cells: Vec<(u16, Cell<'_>)> = sheet.row(below).collect();
    if cells.len() < 2 || cells.iter().any(|(_, cell)| cell.text().is_none()) {
        return false;
    }
    let reaches: Vec<(u16, u16)> = reaches(sheet, row);
    let covered = |column: u16| reaches.iter().any(|(from, to)| from < to && *from <= column && column <= *to);
    let wide = reaches.iter().filter(|(from, to)| from < to).count();
    let narrow = reaches.len() - wide;
    // A title over the whole sheet is no level of a header.
    cells.iter().all(|(column, _)| covered(*column)) && (narrow > 0 || wide > 1)
}

/// How far each title of a row reaches: as far as it is merged, or over the empty cells to its right.
fn reaches(sheet: &Sheet, row: u32) -> Vec<(u16, u16)> {
    let columns: Vec<u16> = sheet.row(row).map(|(column, _)| column).collect();
    let ends = columns.iter().skip(1).map(|next| next - 1).chain([u16::MAX]);
    let merged = |column: u16| sheet.merge_at(At::new(row, column)).map(|merge| merge.last.column);
    columns.iter().zip(ends).map(|(column, end)| (*column, merged(*column).unwrap_or(end).min(end))).collect()
}

/// The columns with a title, and those without one that hold something below.
pub(super) fn columns(sheet: &Sheet, header: Header) -> Vec<Column> {
    let mut columns = titled(sheet, header);
    let mut untitled: Vec<u16> = Vec::new();
    for row in sheet.rows().filter(|row| *row > header.last).take(200) {
        untitled.extend(sheet.row(row).map(|(column, _)| column));
        untitled.sort_unstable();
        untitled.dedup();
    }
    untitled.retain(|column| columns.iter().all(|known| known.column != *column));
    columns.extend(untitled.into_iter().map(|column| Column { column, parts: Vec::new() }));
    columns.sort_by_key(|column| column.column);
    columns.truncate(WIDEST);
    columns
}

fn titled(sheet: &Sheet, header: Header) -> Vec<Column> {
    let levels: Vec<Level> = (header.first..=header.last).map(|row| Level::new(sheet, row)).collect();
    let mut places: Vec<u16> = levels.iter().flat_map(|level| level.titles.iter().flat_map(|(from, to, _)| [*from, *to])).collect();
    places.sort_unstable();
    places.dedup();
    let (Some(from), Some(to)) = (places.first().copied(), places.last().copied()) else { return Vec::new() };
    let titled = (from..=to).take(WIDEST).map(|column| Column { column, parts: parts(&levels, column) });
    titled.filter(|column| !column.parts.is_empty()).collect()
}

fn parts(levels: &[Level], column: u16) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for (place, level) in levels.iter().enumerate() {
        // Without merged cells a title reaches to the right only where something stands below it.
        let below = levels.get(place + 1..).unwrap_or(&[]).iter().any(|level| level.own(column).is_some());
        let Some(title) = level.own(column).or_else(|| level.over(column).filter(|_| below)) else { continue };
        if parts.last().is_none_or(|last| last != title) {
            parts.push(title.to_owned());
        }
    }
    parts
}

/// A row of a header: titles with the columns they are merged over.
struct Level {
    titles: Vec<(u16, u16, String)>,
}

impl Level {
    fn new(sheet: &Sheet, row: u32) -> Self {
        let cells = sheet.row(row).take(WIDEST).map(|(column, cell)| (column, clean(&cell.shown())));
        let titles = cells.filter(|(_, title)| !title.is_empty()).map(|(column, title)| {
            let end = sheet.merge_at(At::new(row, column)).map_or(column, |merge| merge.last.column);
            (column, end, title)
        });
        Self { titles: titles.collect() }
    }

    /// The title that stands in the column or is merged over it.
    fn own(&self, column: u16) -> Option<&str> {
        self.titles.iter().find(|(from, to, _)| *from <= column && column <= *to).map(|(.., title)| title.as_str())
    }

    /// The next title to the left.
    fn over(&self, column: u16) -> Option<&str> {
        self.titles.iter().rev().find(|(from, ..)| *from < column).map(|(.., title)| title.as_str())
    }
}

/// A title in one line, without hyphens of line breaks.
fn clean(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
