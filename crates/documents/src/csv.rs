//! Lists as CSV files that Excel opens with the right letters: UTF-8 with a byte order mark, RFC 4180.
//! Not for: files of the API, which have no mark.

use domain::time::dmy;

use crate::{Cell, Column, looks_like_formula};

/// A list as a CSV file with a header line.
#[must_use]
pub fn csv(columns: &[Column], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut file = CsvFile::new(columns.iter().map(|column| column.title.as_str()));
    rows.iter().for_each(|row| file.row(row));
    file.finish()
}

/// A CSV file in the making, row by row.
#[derive(Debug)]
pub struct CsvFile {
    text: String,
}

impl CsvFile {
    /// A file with its header line.
    #[must_use]
    pub fn new<'t>(titles: impl Iterator<Item = &'t str>) -> Self {
        let mut text = String::from('\u{feff}');
        line(&mut text, titles.map(quoted));
        Self { text }
    }

    /// Writes the next row.
    pub fn row(&mut self, cells: &[Cell]) {
        line(&mut self.text, cells.iter().map(cell));
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        // The mark in front makes spreadsheet programs read text, not a formula.
        Cell::Text(text) if looks_like_formula(text) => quoted(&harmless(&format!("'{text}"))),
        Cell::Text(text) => quoted(&harmless(text)),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => dmy(*day),
        Cell::Empty => String::new(),
    }
}

/// A sign that takes no place: a formula does not begin with it, and who reads the file again leaves it out.
const UNSEEN: char = '\u{200b}';

/// A program that separates by another sign splits a text there in spite of its quotes: what follows must not begin a formula either.
fn harmless(text: &str) -> String {
    let mut begins = false;
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if begins && matches!(letter, '=' | '+' | '-' | '@') {
            safe.push(UNSEEN);
        }
        begins = matches!(letter, ';' | '\t' | '\r' | '\n') || (begins && matches!(letter, ' ' | '"'));
        safe.push(letter);
    }
    safe
}

fn quoted(text: &str) -> String {
    if text.contains([',', ';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_marks_quotes_and_never_runs_a_formula() {
        let day = domain::time::date(2026, 11, 22).unwrap();
        let rows = [vec![Cell::Text("=1+1".into()), Cell::Text("Hà, \"Nội\"".into()), Cell::Number(-5), Cell::Day(day), Cell::Empty]];
        let columns = ["a", "b", "c", "d", "e"].map(|title| Column::new(title, 10));
        let text = String::from_utf8(csv(&columns, &rows)).unwrap();
        assert_eq!(text, "\u{feff}a,b,c,d,e\r\n'=1+1,\"Hà, \"\"Nội\"\"\",-5,22/11/2026,\r\n");
    }

    #[test]
    fn no_part_behind_another_separator_is_a_formula() {
        let line = |text: &str| {
            let rows = [vec![Cell::Text(text.into())]];
            let file = String::from_utf8(csv(&[Column::new("a", 10)], &rows)).unwrap();
            file.strip_prefix("\u{feff}a\r\n").unwrap().trim_end().to_owned()
        };
        for (text, written) in [
            ("a;=1+1", "\"a;\u{200b}=1+1\""),
            ("a; \"@b", "\"a; \"\"\u{200b}@b\""),
            ("a\n-1", "\"a\n\u{200b}-1\""),
            ("a\t+1", "a\t\u{200b}+1"),
            ("=1;=2", "\"'=1;\u{200b}=2\""),
            ("a;b=c-d", "\"a;b=c-d\""),
        ] {
            assert_eq!(line(text), written);
        }
    }
}
