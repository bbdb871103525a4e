//! Workbooks that are filled in and read again: columns with a form, lists to choose from, and rows written as they come.
//! Not for: lists to look at (`sheet`).

use domain::time::Date;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use crate::sheet::{SheetError, begin};
use crate::{Cell, looks_like_formula};

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Text, also when it is all digits: zeros in front stay.
    Text,
    /// A day as dd/mm/yyyy.
    Day,
    /// A whole number without marks between thousands.
    Number,
}

/// A list that a column is chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The name of the list, as [`Ledger::lists`] was told.
    pub list: String,
    /// Whether anything else is refused; else it is only asked about.
    pub strict: bool,
    /// What is said when something else is typed.
    pub wrong: String,
}

/// A column that is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What stands above it.
    pub title: String,
    /// Width in characters.
    pub width: u16,
    /// How its cells are written.
    pub look: Look,
    /// Whether it must be filled in; such a head is darker.
    pub needed: bool,
    /// What is shown beside a chosen cell; at most 255 letters of it.
    pub hint: Option<String>,
    /// What it is chosen from.
    pub chosen: Option<Chosen>,
}

impl Field {
    /// A column of text.
    #[must_use]
    pub fn new(title: impl Into<String>, width: u16, look: Look) -> Self {
        Self { title: title.into(), width, look, needed: false, hint: None, chosen: None }
    }
}

/// How a row is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// As its columns say.
    Plain,
    /// As an example: slanted and grey.
    Example,
}

/// A place in the workbook where rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page(usize);

struct Written {
    fields: Vec<Field>,
    head: u32,
    next: u32,
}

/// A workbook in the making. Rows are kept outside memory.
pub struct Ledger {
    book: Workbook,
    pages: Vec<Written>,
    looks: Looks,
}

struct Looks {
    title: Format,
    note: Format,
    head: Format,
    needed: Format,
    /// By [`Look`], plain and as an example.
    cells: [[Format; 2]; 3],
    marked: Format,
}

const SAGE: u32 = 0xD9_E2_DC;
const OCHRE: u32 = 0xF3_E3_C3;
const GREY: u32 = 0x6B_6B_6B;
/// The last row of the format.
const LAST: u32 = 1_048_575;
/// Letters that a hint, and its title, may have.
const HINT: usize = 250;
const HINT_TITLE: usize = 30;

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let cell = || base().set_border(FormatBorder::Hair).set_align(FormatAlign::Top);
        let head = |color: u32| {
            base()
                .set_bold()
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(color)
        };
        let as_example = |format: Format| format.set_italic().set_font_color(GREY);
        let both = |format: Format| [format.clone(), as_example(format)];
        Self {
            title: base().set_bold().set_font_size(14),
            note: base().set_italic(),
            head: head(SAGE),
            needed: head(OCHRE),
            cells: [both(cell().set_num_format("@")), both(cell().set_num_format("dd/mm/yyyy")), both(cell().set_num_format("0"))],
            marked: cell().set_num_format("@").set_quote_prefix(),
        }
    }

    const fn cell(&self, look: Look, row: Row) -> &Format {
        let [text, day, number] = &self.cells;
        let [plain, example] = match look {
            Look::Text => text,
            Look::Day => day,
            Look::Number => number,
        };
        match row {
            Row::Plain => plain,
            Row::Example => example,
        }
    }
}

impl Ledger {
    /// An empty workbook.
    ///
    /// # Errors
    /// [`SheetError`] when the format cannot hold the title.
    pub fn new(title: &str) -> Result<Self, SheetError> {
        Ok(Self { book: begin(title)?, pages: Vec::new(), looks: Looks::new() })
    }

    /// A sheet: lines above, a head that stays, columns with their form. `name` has at most 31 letters and none of `[]:*?/\`.
    ///
    /// # Errors
    /// [`SheetError`] when the name or a list is none that the format takes.
    pub fn page(&mut self, name: &str, lines: &[String], fields: Vec<Field>) -> Result<Page, SheetError> {
        let Self { book, pages, looks } = self;
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        let head = if lines.is_empty() { 0 } else { long(lines.len() + 1) };
        sheet.set_freeze_panes(head + 1, if fields.len() > 4 { 3 } else { 0 })?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(head, head)?;
        for (place, field) in fields.iter().enumerate() {
            sheet.set_column_width(narrow(place), field.width)?;
            sheet.set_column_format(narrow(place), looks.cell(field.look, Row::Plain))?;
            form(sheet, head + 1, narrow(place), field)?;
        }
        for (place, line) in lines.iter().enumerate() {
            sheet.write_string_with_format(long(place), 0, line, if place == 0 { &looks.title } else { &looks.note })?;
        }
        for (place, field) in fields.iter().enumerate() {
            let look = if field.needed { &looks.needed } else { &looks.head };
            sheet.write_string_with_format(head, narrow(place), &field.title, look)?;
        }
        pages.push(Written { fields, head, next: head + 1 });
        Ok(Page(pages.len() - 1))
    }

    /// Lists to choose from, each under its name, in a sheet of their own; columns may be chosen from them before they are told.
    ///
    /// # Errors
    /// [`SheetError`] when a name is none that the format takes.
    pub fn lists(&mut self, sheet: &str, lists: &[(String, String, Vec<String>)]) -> Result<(), SheetError> {
        let fields = lists.iter().map(|(_, title, _)| Field::new(title.clone(), 34, Look::Text)).collect();
        let page = self.page(sheet, &[], fields)?;
        let longest = lists.iter().map(|(.., values)| values.len()).max().unwrap_or(0);
        for row in 0..longest {
            let cells: Vec<Cell> =
                lists.iter().map(|(.., values)| values.get(row).map_or(Cell::Empty, |value| Cell::Text(value.clone()))).collect();
            self.row(page, Row::Plain, &cells)?;
        }
        for (place, (name, _, values)) in lists.iter().enumerate() {
            let letters = rust_xlsxwriter::utility::column_number_to_name(narrow(place));
            let last = values.len().max(1) + 1;
            self.book.define_name(name.clone(), &format!("='{sheet}'!${letters}$2:${letters}${last}"))?;
        }
        Ok(())
    }

    /// Writes the next row of a sheet.
    ///
    /// # Errors
    /// [`SheetError`] when there are more rows, or longer texts, than the format holds.
    pub fn row(&mut self, page: Page, row: Row, cells: &[Cell]) -> Result<(), SheetError> {
        let Self { book, pages, looks } = self;
        let Some(written) = pages.get_mut(page.0) else { return Ok(()) };
        let sheet = book.worksheet_from_index(page.0)?;
        for (place, (cell, field)) in cells.iter().zip(&written.fields).enumerate() {
            let at = (written.next, narrow(place));
            // A cell takes the form of its column by itself; to name it again for each is slow.
            if row == Row::Plain && plainly(sheet, at, cell, field.look)? {
                continue;
            }
            match cell {
                Cell::Text(text) if looks_like_formula(text) => sheet.write_string_with_format(at.0, at.1, text, &looks.marked)?,
                Cell::Text(text) => sheet.write_string_with_format(at.0, at.1, text, looks.cell(Look::Text, row))?,
                Cell::Number(number) => match i32::try_from(*number) {
                    Ok(small) => sheet.write_number_with_format(at.0, at.1, small, looks.cell(Look::Number, row))?,
                    Err(_) => sheet.write_string_with_format(at.0, at.1, number.to_string(), looks.cell(Look::Text, row))?,
                },
                Cell::Day(day) => sheet.write_datetime_with_format(at.0, at.1, date(*day)?, looks.cell(Look::Day, row))?,
                Cell::Empty => sheet.write_blank(at.0, at.1, looks.cell(field.look, row))?,
            };
        }
        written.next += 1;
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// [`SheetError`] when the file cannot be put together.
    pub fn finish(mut self) -> Result<Vec<u8>, SheetError> {
        for (place, written) in self.pages.iter().enumerate() {
            let Some(last) = written.fields.len().checked_sub(1) else { continue };
            let sheet = self.book.worksheet_from_index(place)?;
            let (head, end) = (written.head, written.next.max(written.head + 2) - 1);
            sheet.autofilter(head, 0, end, narrow(last))?;
            // Codes of digits are meant as text; nobody is to be warned of them.
            sheet.ignore_error_range(head, 0, end, narrow(last), IgnoreError::NumberStoredAsText)?;
        }
        Ok(self.book.save_to_buffer()?)
    }
}

/// Writes a cell that is as its column says; whether it was one.
fn plainly(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, look: Look) -> Result<bool, XlsxError> {
    match (cell, look) {
        (Cell::Empty, _) => {}
        (Cell::Text(text), Look::Text) if !looks_like_formula(text) => {
            sheet.write_string(row, column, text)?;
        }
        (Cell::Day(day), Look::Day) => {
            sheet.write_datetime(row, column, date(*day)?)?;
        }
        (Cell::Number(number), Look::Number) => match i32::try_from(*number) {
            Ok(small) => {
                sheet.write_number(row, column, small)?;
            }
            Err(_) => return Ok(false),
        },
        _ => return Ok(false),
    }
    Ok(true)
}

fn date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), u8::from(day.month()), day.day())
}

/// What a column offers and says, for all rows below the head.
fn form(sheet: &mut Worksheet, first: u32, column: u16, field: &Field) -> Result<(), XlsxError> {
    if field.hint.is_none() && field.chosen.is_none() {
        return Ok(());
    }
    let mut form = match &field.chosen {
        Some(chosen) => {
            let style = if chosen.strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Information };
            let list = DataValidation::new().allow_list_formula(Formula::new(format!("={}", chosen.list)));
            list.set_error_style(style).set_error_title(cut(&field.title, HINT_TITLE))?.set_error_message(cut(&chosen.wrong, HINT))?
        }
        None => DataValidation::new().allow_any_value(),
    };
    if let Some(hint) = &field.hint {
        form = form.set_input_title(cut(&field.title, HINT_TITLE))?.set_input_message(cut(hint, HINT))?;
    }
    sheet.add_data_validation(first, column, LAST, column, &form)?;
    Ok(())
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
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
    fn the_same_ledger_is_the_same_file() {
        let make = || {
            let mut ledger = Ledger::new("Sổ").unwrap();
            let chosen = Chosen { list: "kv_sex".to_owned(), strict: true, wrong: "Hãy chọn.".to_owned() };
            let sex = Field { chosen: Some(chosen), ..Field::new("Giới tính", 10, Look::Text) };
            let page = ledger.page("Danh sách", &[], vec![sex, Field::new("Ngày", 12, Look::Day)]).unwrap();
            let day = domain::time::date(2026, 11, 22).unwrap();
            ledger.row(page, Row::Example, &[Cell::Text("Nữ".into()), Cell::Empty]).unwrap();
            ledger.row(page, Row::Plain, &[Cell::Text("=Nam".into()), Cell::Day(day)]).unwrap();
            ledger.lists("Danh mục", &[("kv_sex".into(), "Giới tính".into(), vec!["Nam".into(), "Nữ".into()])]).unwrap();
            ledger.finish().unwrap()
        };
        let file = make();
        assert!(file.starts_with(b"PK"));
        assert_eq!(file, make());
    }
}
