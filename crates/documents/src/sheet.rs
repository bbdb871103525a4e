//! Lists as Excel workbooks: title, notes that say what the list is, a head that stays, filters.
//! Not for: forms with a prescribed layout.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::{Cell, Column, looks_like_formula};

/// Why a workbook could not be made: more rows or longer texts than the format holds.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct SheetError(#[from] XlsxError);

struct Looks {
    title: Format,
    note: Format,
    head: Format,
    text: Format,
    marked: Format,
    number: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let cell = || base().set_border(FormatBorder::Hair).set_align(FormatAlign::Top);
        Self {
            title: base().set_bold().set_font_size(14),
            note: base().set_italic(),
            head: base().set_bold().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter),
            text: cell().set_text_wrap(),
            // Text that looks like a formula keeps the mark by which Excel knows it as text.
            marked: cell().set_quote_prefix(),
            number: cell().set_num_format("#,##0"),
            day: cell().set_num_format("dd/mm/yyyy"),
        }
    }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name on its tab, at most 31 letters and none of `[]:*?/\`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A list as a workbook of one sheet.
///
/// # Errors
/// [`SheetError`] when the list does not fit into the format.
pub fn sheet(title: &str, notes: &[String], columns: &[Column], rows: &[Vec<Cell>]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = begin(title)?;
    fill(workbook.add_worksheet_with_constant_memory()?, title, notes, columns, rows)?;
    Ok(workbook.save_to_buffer()?)
}

/// Several lists as a workbook of several sheets; each has the title and the notes above it.
///
/// # Errors
/// [`SheetError`] when a list does not fit into the format.
pub fn book(title: &str, notes: &[String], parts: &[Part]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = begin(title)?;
    for part in parts {
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(&part.name)?;
        fill(worksheet, &format!("{title}: {}", part.name), notes, &part.columns, &part.rows)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The same list is the same file: the time of making is not part of it.
pub(crate) fn begin(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn fill(worksheet: &mut Worksheet, title: &str, notes: &[String], columns: &[Column], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
    let looks = Looks::new();
    for (place, column) in columns.iter().enumerate() {
        worksheet.set_column_width(narrow(place), column.width)?;
    }
    worksheet.write_string_with_format(0, 0, cut(title), &looks.title)?;
    for (place, note) in notes.iter().enumerate() {
        worksheet.write_string_with_format(long(place + 1), 0, cut(note), &looks.note)?;
    }
    let head = notes.len() + 2;
    // Must be known before rows are written in order.
    worksheet.set_freeze_panes(long(head + 1), 0)?;
    for (place, column) in columns.iter().enumerate() {
        worksheet.write_string_with_format(long(head), narrow(place), &column.title, &looks.head)?;
    }
    for (place, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            write(worksheet, (long(head + 1 + place), narrow(column)), cell, &looks)?;
        }
    }
    if !columns.is_empty() {
        worksheet.autofilter(long(head), 0, long(head + rows.len()), narrow(columns.len() - 1))?;
    }
    Ok(())
}

/// Letters of a line above the list. A cell holds 32,767, some letters counting twice; such a line may repeat what somebody typed.
const LONGEST_LINE: usize = 16_000;

/// A line above the list, as much of it as a cell holds.
fn cut(line: &str) -> Cow<'_, str> {
    if line.chars().count() <= LONGEST_LINE {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.chars().take(LONGEST_LINE).chain(['…']).collect())
}

fn write(worksheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if looks_like_formula(text) => worksheet.write_string_with_format(row, column, text, &looks.marked)?,
        Cell::Text(text) => worksheet.write_string_with_format(row, column, text, &looks.text)?,
        // Whole numbers of this size are exact in the format.
        Cell::Number(number) => match i32::try_from(*number) {
            Ok(small) => worksheet.write_number_with_format(row, column, small, &looks.number)?,
            Err(_) => worksheet.write_string_with_format(row, column, number.to_string(), &looks.text)?,
        },
        Cell::Day(day) => {
            let date = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), u8::from(day.month()), day.day())?;
            worksheet.write_datetime_with_format(row, column, &date, &looks.day)?
        }
        Cell::Empty => worksheet.write_blank(row, column, &looks.text)?,
    };
    Ok(())
}

fn long(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn narrow(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_list_is_the_same_file() {
        let columns = [Column::new("Họ và tên", 30), Column::new("Ngày", 12)];
        let day = domain::time::date(2026, 11, 22).unwrap();
        let rows = vec![vec![Cell::Text("@Nguyễn Thị Ánh".into()), Cell::Day(day)], vec![Cell::Number(12), Cell::Empty]];
        let make = || sheet("Danh sách", &["Số liệu đến 22/11/2026".to_owned()], &columns, &rows).unwrap();
        let file = make();
        assert!(file.starts_with(b"PK"));
        assert_eq!(file, make());
    }

    #[test]
    fn a_line_above_the_list_is_cut_to_what_a_cell_holds() {
        let long = "ă".repeat(40_000);
        assert!(sheet(&long, std::slice::from_ref(&long), &[Column::new("a", 10)], &[]).is_ok());
        assert!(book("Sổ", std::slice::from_ref(&long), &[Part { name: "a".into(), columns: Vec::new(), rows: Vec::new() }]).is_ok());
    }
}
