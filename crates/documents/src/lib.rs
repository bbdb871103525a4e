//! Data as files for the office: lists and tables as Excel workbooks and CSV.
//! Not for: HTTP, databases or deciding what may leave the system; it turns what it is given into bytes and touches nothing else.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// A value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A percentage in basis points (1 % = 100).
    Share(i64),
    /// Nothing.
    Empty,
}

/// A list as it is shown: what it is, what it was asked, its columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What it is; also the name of the tab.
    pub title: String,
    /// Lines under the title: filters, day of the figures, who made it.
    pub notes: Vec<String>,
    /// Column heads.
    pub columns: Vec<String>,
    /// Rows; a short row leaves its last cells empty.
    pub rows: Vec<Vec<Cell>>,
}

/// The workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be made")]
pub struct WorkbookError(#[from] XlsxError);

const SHORTEST: usize = 8;
const LONGEST: usize = 60;

/// An Excel workbook with one tab: title, notes, a frozen head with a filter, rows.
///
/// # Errors
/// [`WorkbookError`] when the list is larger than a worksheet can be (1,048,576 rows).
pub fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(tab_name(&sheet.title))?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.write_with_format(0, 0, &sheet.title, &Format::new().set_bold().set_font_size(14))?;
    let mut line = 1;
    for note in &sheet.notes {
        page.write_with_format(line, 0, note, &Format::new().set_italic().set_font_color(Color::Gray))?;
        line += 1;
    }
    line += 1;
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let mut column = 0;
    for (index, name) in sheet.columns.iter().enumerate() {
        page.write_with_format(line, column, name, &head)?;
        page.set_column_width(column, width(sheet, index))?;
        column += 1;
    }
    page.set_freeze_panes(line + 1, 0)?;
    page.set_repeat_rows(line, line)?;
    if column > 0 {
        let last = line + u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX - line);
        page.autofilter(line, 0, last, column - 1)?;
    }
    write_rows(page, line + 1, &sheet.rows)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_rows(page: &mut Worksheet, first: u32, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
    let number = Format::new().set_num_format("#,##0");
    let share = Format::new().set_num_format("0.00%");
    let mut line = first;
    for row in rows {
        let mut column = 0;
        for cell in row {
            match cell {
                Cell::Text(text) => page.write_string(line, column, text)?,
                // A worksheet holds numbers as doubles: exact for every count below 2^53.
                Cell::Number(n) => page.write_number_with_format(line, column, float(*n), &number)?,
                Cell::Share(points) => page.write_number_with_format(line, column, float(*points) / 10_000.0, &share)?,
                Cell::Empty => page,
            };
            column += 1;
        }
        line += 1;
    }
    Ok(())
}

fn float(n: i64) -> f64 {
    i32::try_from(n).map_or_else(|_| n.to_string().parse().unwrap_or(f64::NAN), f64::from)
}

/// Excel allows 31 characters and forbids seven of them.
fn tab_name(title: &str) -> String {
    let name: String = title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    if name.trim().is_empty() { "Sheet1".to_owned() } else { name }
}

fn width(sheet: &Sheet, column: usize) -> f64 {
    let longest = sheet.rows.iter().filter_map(|r| r.get(column)).map(|c| plain(c).chars().count()).max().unwrap_or(0);
    let head = sheet.columns.get(column).map_or(0, |c| c.chars().count().min(18));
    f64::from(u16::try_from(longest.max(head).clamp(SHORTEST, LONGEST) + 2).unwrap_or(u16::MAX))
}

/// Comma-separated text with a byte order mark, as Excel needs it to see Vietnamese. Text that a spreadsheet would run as a formula
/// is kept as text by an apostrophe.
#[must_use]
pub fn csv(sheet: &Sheet) -> String {
    let mut text = String::from('\u{feff}');
    let head: Vec<Cell> = sheet.columns.iter().cloned().map(Cell::Text).collect();
    for row in std::iter::once(&head).chain(sheet.rows.iter()) {
        text.push_str(&row.iter().map(field).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

fn field(cell: &Cell) -> String {
    let Cell::Text(text) = cell else { return plain(cell) };
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.clone() };
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(n) => n.to_string(),
        Cell::Share(points) => format!("{}.{:02}", points / 100, (points % 100).abs()),
        Cell::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            title: "Danh sách: người thiếu [T2.1]".to_owned(),
            notes: vec!["Đến ngày 22/11/2026".to_owned()],
            columns: vec!["Họ và tên".to_owned(), "Số lượt".to_owned(), "Tỷ lệ".to_owned()],
            rows: vec![
                vec![Cell::Text("Đặng Thị \"Hường\"".to_owned()), Cell::Number(3), Cell::Share(1_538)],
                vec![Cell::Text("=HYPERLINK(\"x\")".to_owned()), Cell::Empty],
            ],
        }
    }

    #[test]
    fn a_cell_that_looks_like_a_formula_stays_text() {
        let expected = "\u{feff}Họ và tên,Số lượt,Tỷ lệ\r\n\"Đặng Thị \"\"Hường\"\"\",3,15.38\r\n\"'=HYPERLINK(\"\"x\"\")\",\r\n";
        assert_eq!(csv(&sheet()), expected);
    }

    #[test]
    fn a_workbook_is_a_zip_archive_whatever_the_title_says() {
        let bytes = xlsx(&sheet()).unwrap();
        assert_eq!(bytes.get(..2), Some(b"PK".as_slice()));
        assert_eq!(tab_name("[]"), "Sheet1");
        assert_eq!(tab_name(&"x".repeat(40)).len(), 31);
    }
}
