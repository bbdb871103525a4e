//! Separated text: what stands between cells is told from the text, quotes may hold separators and lines.
//! Not for: letters of the file (`text`). A row is a record, counted as a spreadsheet program shows it.

use super::{OpenError, Reading};
use crate::book::{At, Book, Builder, Epoch, Format, Macros, Visible};
use crate::text::Decoded;

/// Cells of one line that a sheet of Excel holds.
const MOST_CELLS: usize = 16_384;
/// How many lines are enough to tell the separator.
const SAMPLE_LINES: usize = 50;

pub(super) fn read(decoded: &Decoded<'_>, file_name: &str, reading: &mut Reading<'_, '_>) -> Result<Book, OpenError> {
    let text = decoded.text.trim_start_matches('\u{feff}');
    let (stated, text) = stated_delimiter(text);
    let delimiter = stated.unwrap_or_else(|| guess_delimiter(text));
    let name = sheet_name(file_name);
    let mut builder = Builder::new(name.clone(), Visible::Shown, reading.room());
    let (mut row, mut seen) = (0_u32, 0_usize);
    let mut rest = text;
    let mut cells = Vec::new();
    while let Some(after) = record(rest, delimiter, &mut cells) {
        rest = after;
        for (column, cell) in (0_u16..=u16::MAX).zip(&cells) {
            reading.tell_cells(&name, seen)?;
            seen += 1;
            builder.text(At::new(row, column), cell).map_err(reading.too_many(&name))?;
        }
        if cells.len() > MOST_CELLS {
            return Err(OpenError::TooManyCells { sheet: name, limit: MOST_CELLS });
        }
        row = row.saturating_add(1);
    }
    let sheet = builder.finish().map_err(reading.too_many(&name))?;
    Ok(Book {
        format: Format::Csv,
        encoding: Some(decoded.encoding),
        delimiter: Some(delimiter),
        epoch: Epoch::Y1900,
        macros: Macros::None,
        sheets: vec![sheet],
    })
}

/// The name of the file without folders and ending, as a spreadsheet program names the sheet.
fn sheet_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let clean: String = stem.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c)).take(31).collect();
    if clean.trim().is_empty() { "Sheet1".to_owned() } else { clean.trim().to_owned() }
}

/// `sep=;` in the first line, which Excel writes and understands.
fn stated_delimiter(text: &str) -> (Option<char>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut stated = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=").map(str::chars);
    match stated.as_mut().map(|chars| (chars.next(), chars.next())) {
        Some((Some(delimiter), None)) => (Some(delimiter), rest),
        _ => (None, text),
    }
}

/// The separator by which most lines fall into the same number of cells, the more the better.
fn guess_delimiter(text: &str) -> char {
    let score = |delimiter: char| {
        let (mut rest, mut cells, mut counts) = (text, Vec::new(), Vec::new());
        while counts.len() < SAMPLE_LINES
            && let Some(after) = record(rest, delimiter, &mut cells)
        {
            rest = after;
            counts.push(cells.len());
        }
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let widest = counts.last().copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == usual).count();
        (usual.min(2), same * usual, widest)
    };
    // The first of equals wins, and a Vietnamese Excel writes semicolons.
    [',', '|', '\t', ';'].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(',')
}

/// A field whose quote is never closed ends after so many bytes, so that one stray quote does not swallow the file.
const LONGEST_FIELD: usize = 64 * 1024;

/// Takes a record from the front and returns the rest; `None` at the end.
fn record<'t>(text: &'t str, delimiter: char, cells: &mut Vec<String>) -> Option<&'t str> {
    cells.clear();
    if text.is_empty() || text == "\u{1a}" {
        return None;
    }
    let mut rest = text;
    loop {
        let (cell, after) = field(rest, delimiter);
        cells.push(cell);
        // Who asks for the record refuses so many; a line of nothing but separators must not become a gigabyte of empty cells before.
        if cells.len() > MOST_CELLS {
            return Some(after);
        }
        match after.strip_prefix(delimiter) {
            Some(next) => rest = next,
            None => return Some(after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after)),
        }
    }
}

/// A field, and what follows it: a separator, the end of a line, or nothing.
fn field(text: &str, delimiter: char) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"').and_then(|inner| quoted(inner, delimiter)) {
        return quoted;
    }
    let end = text.find([delimiter, '\n', '\r']).unwrap_or(text.len());
    text.split_at_checked(end).map_or_else(|| (text.to_owned(), ""), |(cell, after)| (cell.to_owned(), after))
}

/// A quoted field behind its first quote; `None` when the quote is never closed.
fn quoted(inner: &str, delimiter: char) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = inner;
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        if cell.len() > LONGEST_FIELD {
            return None;
        }
        if let Some(more) = after.strip_prefix('"') {
            cell.push('"');
            rest = more;
            continue;
        }
        // Text between the closing quote and the separator belongs to the cell, as spreadsheet programs read it.
        let end = after.find([delimiter, '\n', '\r']).unwrap_or(after.len());
        let (tail, after) = after.split_at_checked(end)?;
        cell.push_str(tail);
        return Some((cell, after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let (mut rest, mut cells, mut records) = (text, Vec::new(), Vec::new());
        while let Some(after) = record(rest, delimiter, &mut cells) {
            rest = after;
            records.push(cells.clone());
        }
        records
    }

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() {
        let mut cells = Vec::new();
        record(&",".repeat(1 << 20), ',', &mut cells);
        assert_eq!(cells.len(), MOST_CELLS + 1);
        let file = ",".repeat(1 << 20);
        let limits = super::super::Limits::default();
        let refused = super::super::open(file.as_bytes(), "x.csv", &limits, &mut super::super::unwatched);
        assert!(matches!(refused, Err(OpenError::TooManyCells { limit: MOST_CELLS, .. })), "{refused:?}");
    }

    #[test]
    fn records_keep_quotes_separators_and_lines() {
        for (text, records) in [
            ("a,b\r\nc\n", vec![vec!["a", "b"], vec!["c"]]),
            ("\"a, \"\"b\"\"\nc\",d\n,", vec![vec!["a, \"b\"\nc", "d"], vec!["", ""]]),
            ("5\" pipe,x\n\"open,y\nz", vec![vec!["5\" pipe", "x"], vec!["\"open", "y"], vec!["z"]]),
            ("\"a\"b,c", vec![vec!["ab", "c"]]),
            ("a\rb", vec![vec!["a"], vec!["b"]]),
        ] {
            assert_eq!(all(text, ','), records, "{text}");
        }
    }

    #[test]
    fn the_separator_is_told_from_the_lines() {
        for (text, delimiter) in [
            ("TT;Họ tên;Hệ số\n1;Trần A;3,33\n2;Lê B;2,34\n", ';'),
            ("TT,Name\n1,\"Trần; A\"\n", ','),
            ("DANH SÁCH, năm 2024\nTT\tHọ tên\tHệ số\n1\tTrần A\t3,33\n", '\t'),
            ("a|b\n1|2", '|'),
            ("Một cột\nkhông gì\n", ';'),
        ] {
            assert_eq!(guess_delimiter(text), delimiter, "{text}");
        }
        assert_eq!(stated_delimiter("sep=;\r\na;b"), (Some(';'), "a;b"));
    }

    #[test]
    fn the_sheet_is_named_after_the_file() {
        for (file, name) in [("C:\\tmp\\Danh sách 2024.csv", "Danh sách 2024"), ("a/b.xls", "b"), ("", "Sheet1"), ("[x].csv", "x")] {
            assert_eq!(sheet_name(file), name);
        }
    }
}
