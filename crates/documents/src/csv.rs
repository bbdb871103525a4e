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
        Cell::Text(text) if looks_like_formula(text) => quoted(&format!("'{text}")),
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => dmy(*day),
        Cell::Empty => String::new(),
    }
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
}
