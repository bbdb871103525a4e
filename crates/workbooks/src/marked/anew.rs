//! The marked workbook written anew from what was read: values, merged cells, hidden sheets.
//! Not for: keeping looks, formulas, charts and widths; they were not read.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet, XlsxError};

use super::{LONGEST_NOTE, LONGEST_TEXT, MOST_LINKS, MOST_NOTES, Mark, MarkError, Words, by_cell, cut, free_name};
use crate::book::{At, Book, Cell, Sheet, Visible};

struct Looks {
    plain: Format,
    day: Format,
    marked: Format,
    marked_day: Format,
    head: Format,
    told: Format,
}

impl Looks {
    fn new() -> Self {
        let marked = || Format::new().set_background_color(Color::RGB(0x00ff_c7ce)).set_border(FormatBorder::Thin);
        Self {
            plain: Format::new(),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            marked: marked(),
            marked_day: marked().set_num_format("dd/mm/yyyy"),
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            told: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

pub(super) fn write(book: &Book, marks: &[Mark], words: &Words) -> Result<Vec<u8>, MarkError> {
    let mut workbook = Workbook::new();
    // The same marks are the same file: the time of making is not part of it.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let looks = Looks::new();
    let mut taken = BTreeSet::new();
    let names: BTreeMap<&str, String> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), free_name(&sheet.name, &mut taken))).collect();
    for sheet in &book.sheets {
        // Merged cells must be known before rows are written, so such a sheet is kept in memory; the others go out row by row.
        let is_merged = !sheet.merges.is_empty();
        let worksheet = if is_merged { workbook.add_worksheet() } else { workbook.add_worksheet_with_constant_memory()? };
        worksheet.set_name(names.get(sheet.name.as_str()).map_or("Sheet", String::as_str))?;
        worksheet.set_hidden(sheet.visible == Visible::Hidden);
        fill(worksheet, sheet, &by_cell(marks, &sheet.name), &looks)?;
    }
    let list = workbook.add_worksheet_with_constant_memory()?;
    list.set_name(free_name(&words.list, &mut taken))?;
    write_list(list, book, marks, words, &names, &looks)?;
    let shown = book.sheets.iter().position(|sheet| sheet.visible == Visible::Shown).unwrap_or(book.sheets.len());
    workbook.worksheet_from_index(shown)?.set_active(true);
    Ok(workbook.save_to_buffer()?)
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, marks: &BTreeMap<At, String>, looks: &Looks) -> Result<(), XlsxError> {
    for (column, width) in widths(sheet) {
        worksheet.set_column_width(column, width)?;
    }
    for merge in &sheet.merges {
        // Merged cells that overlap are an error of the file; the first stay.
        let (first, last) = (merge.first, merge.last);
        worksheet.merge_range(first.row, first.column, last.row, last.column, "", &looks.plain).ok();
    }
    for (at, text) in marks.iter().take(MOST_NOTES) {
        worksheet.insert_note(
            at.row,
            at.column,
            &Note::new(cut(text, LONGEST_NOTE)).add_author_prefix(false).set_width(320).set_height(90),
        )?;
    }
    let rows: BTreeSet<u32> = sheet.rows().chain(marks.keys().map(|at| at.row)).collect();
    for row in rows {
        let mut cells: BTreeMap<u16, Cell<'_>> = sheet.row(row).collect();
        for (at, _) in marks.range(At::new(row, 0)..=At::new(row, u16::MAX)) {
            cells.entry(at.column).or_insert(Cell::Empty);
        }
        for (column, cell) in cells {
            let at = At::new(row, column);
            put(worksheet, at, &cell, marks.contains_key(&at), looks)?;
        }
    }
    Ok(())
}

fn put(worksheet: &mut Worksheet, at: At, cell: &Cell<'_>, is_marked: bool, looks: &Looks) -> Result<(), XlsxError> {
    let (plain, day) = if is_marked { (&looks.marked, &looks.marked_day) } else { (&looks.plain, &looks.day) };
    let (row, column) = (at.row, at.column);
    match cell {
        Cell::Empty | Cell::NoValue if !is_marked => worksheet,
        Cell::Empty | Cell::NoValue => worksheet.write_blank(row, column, plain)?,
        Cell::Number(number) if number.is_finite() => worksheet.write_number_with_format(row, column, *number, plain)?,
        Cell::Bool(value) => worksheet.write_boolean_with_format(row, column, *value, plain)?,
        Cell::Day(date) => match ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(0), u8::from(date.month()), date.day()) {
            Ok(moment) => worksheet.write_datetime_with_format(row, column, &moment, day)?,
            Err(_) => worksheet.write_string_with_format(row, column, cell.shown(), plain)?,
        },
        cell => worksheet.write_string_with_format(row, column, cut(&cell.shown(), LONGEST_TEXT), plain)?,
    };
    Ok(())
}

/// A width for each column by its texts, within reason.
fn widths(sheet: &Sheet) -> BTreeMap<u16, u16> {
    let mut widths: BTreeMap<u16, u16> = BTreeMap::new();
    for row in sheet.rows().take(200) {
        for (column, cell) in sheet.row(row).filter(|(column, _)| sheet.merge_at(At::new(row, *column)).is_none()) {
            let wanted = u16::try_from(cell.shown().chars().count()).unwrap_or(u16::MAX).saturating_add(2).clamp(8, 45);
            let width = widths.entry(column).or_insert(8);
            *width = wanted.max(*width);
        }
    }
    widths
}

fn write_list(
    list: &mut Worksheet,
    book: &Book,
    marks: &[Mark],
    words: &Words,
    names: &BTreeMap<&str, String>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (column, (head, width)) in (0..).zip(words.heads.iter().zip([20, 8, 30, 80])) {
        list.set_column_width(column, width)?;
        list.write_string_with_format(0, column, head, &looks.head)?;
    }
    for (place, (row, mark)) in (1..).zip(marks).enumerate() {
        let read = book.sheet(&mark.sheet).map(|sheet| sheet.cell(mark.at).shown()).unwrap_or_default();
        list.write_string(row, 0, &mark.sheet)?;
        match names.get(mark.sheet.as_str()).filter(|_| place < MOST_LINKS) {
            Some(name) => {
                let link = format!("internal:'{}'!{}", name.replace('\'', "''"), mark.at);
                list.write_url(row, 1, Url::new(link).set_text(mark.at.to_string()))?
            }
            None => list.write_string(row, 1, mark.at.to_string())?,
        };
        list.write_string(row, 2, cut(&read, LONGEST_NOTE))?;
        list.write_string_with_format(row, 3, cut(&mark.text, LONGEST_NOTE), &looks.told)?;
    }
    Ok(())
}
