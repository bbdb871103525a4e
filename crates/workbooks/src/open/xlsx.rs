//! XLSX: cells are streamed, so that a sheet of one cell in the last corner costs one cell.
//! Not for: looks of cells, formulas, charts; only results, merged cells and names of sheets are read.

use std::io::Cursor;
use std::sync::mpsc::{SyncSender, sync_channel};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::merges::{self, Merges};
use super::{OpenError, Reading};
use crate::book::{At, Book, Builder, Epoch, Format, Macros, Merge, Visible};
use crate::values::serial;

pub(super) fn read(bytes: &[u8], macros: Macros, gathered: &Merges, reading: &mut Reading<'_, '_>) -> Result<Book, OpenError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(None, &error))?;
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let listed: Vec<(String, Visible)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), visible(sheet.visible)))
        .collect();
    if listed.len() > reading.limits.sheets {
        return Err(OpenError::TooManySheets { sheets: listed.len(), limit: reading.limits.sheets });
    }
    let parts = merges::parts(bytes);
    let mut sheets = Vec::with_capacity(listed.len());
    for (name, visible) in listed {
        let mut builder = Builder::new(name.clone(), visible, reading.room());
        match parts.get(&name) {
            Some(part) => gathered.get(part).into_iter().flatten().for_each(|merge| builder.merge(*merge)),
            None => {
                let merges = workbook.merge_cells_by_sheet_name(&name).map_err(|error| refused(Some(&name), &error))?;
                merges.iter().filter_map(merge).for_each(|merge| builder.merge(merge));
            }
        }
        read_cells(&mut workbook, &name, &mut builder, reading)?;
        let sheet = builder.finish().map_err(reading.too_many(&name))?;
        reading.cells += sheet.cell_count();
        sheets.push(sheet);
    }
    Ok(Book { format: Format::Xlsx, encoding: None, delimiter: None, epoch, macros, sheets })
}

/// Cells on their way from the parser to the sheet.
type Batch = Vec<(At, Parsed)>;

/// Cells of a batch, and batches that may wait; together some megabytes at most.
const BATCH: usize = 4_096;
const WAITING: usize = 8;

/// What the parser found in a cell.
enum Parsed {
    /// A formula without a result.
    NoValue,
    Value(Data),
}

/// Unpacking and parsing keep one core busy and keeping what is found a second one.
fn read_cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    builder: &mut Builder,
    reading: &mut Reading<'_, '_>,
) -> Result<(), OpenError> {
    let (sender, batches) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let parser = scope.spawn(move || parse(workbook, name, &sender));
        // Whoever gives up here drops the batches, and with them the parser ends.
        let kept = keep(batches.into_iter(), name, builder, reading);
        let parsed = parser.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        kept.and(parsed)
    })
}

fn parse(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, batches: &SyncSender<Batch>) -> Result<(), OpenError> {
    let told = |error: XlsxError| refused(Some(name), &error);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(told)?;
    let mut batch = Batch::with_capacity(BATCH);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(told)? {
        let Some(at) = at(cell.pos) else { continue };
        let is_without_value = matches!(cell.value, DataRef::Empty) && cell.formula.is_some();
        batch.push((at, if is_without_value { Parsed::NoValue } else { Parsed::Value(cell.value.into()) }));
        if batch.len() == BATCH && batches.send(std::mem::replace(&mut batch, Batch::with_capacity(BATCH))).is_err() {
            return Ok(());
        }
    }
    // Nobody waits for it when the reading was given up.
    let _: Result<(), _> = batches.send(batch);
    Ok(())
}

fn keep(batches: impl Iterator<Item = Batch>, name: &str, builder: &mut Builder, reading: &mut Reading<'_, '_>) -> Result<(), OpenError> {
    let too_many = reading.too_many(name);
    for (seen, (at, parsed)) in batches.flatten().enumerate() {
        reading.tell_cells(name, seen)?;
        match parsed {
            Parsed::NoValue => builder.no_value(at),
            Parsed::Value(value) => put(builder, at, &value),
        }
        .map_err(&too_many)?;
    }
    Ok(())
}

/// Puts a cell of either Excel format.
pub(super) fn put(builder: &mut Builder, at: At, value: &Data) -> Result<(), crate::book::Full> {
    match value {
        Data::Empty => Ok(()),
        Data::String(text) => builder.text(at, text),
        Data::Int(number) => builder.number(at, serial::float(*number)),
        Data::Float(number) => builder.number(at, *number),
        Data::Bool(value) => builder.bool(at, *value),
        Data::Error(error) => builder.error(at, &error.to_string()),
        Data::DateTime(moment) => match day(moment) {
            Some(day) => builder.day(at, day),
            None => builder.number(at, moment.as_f64()),
        },
        Data::DateTimeIso(text) => match text.get(..10).and_then(domain::time::parse) {
            Some(day) => builder.day(at, day),
            None => builder.text(at, text),
        },
        Data::DurationIso(text) => builder.text(at, text),
    }
}

/// The day of a cell formatted as a date; a duration or a time of day has none.
fn day(moment: &ExcelDateTime) -> Option<domain::time::Date> {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    (moment.is_datetime() && moment.as_f64() >= 1.0).then(|| domain::time::date(i32::from(year), month, day)).flatten()
}

pub(super) fn at((row, column): (u32, u32)) -> Option<At> {
    Some(At::new(row, u16::try_from(column).ok()?))
}

pub(super) fn merge(dimensions: &Dimensions) -> Option<Merge> {
    let (first, last) = (at(dimensions.start)?, at(dimensions.end)?);
    (first.row <= last.row && first.column <= last.column).then_some(Merge { first, last })
}

pub(super) const fn visible(visible: SheetVisible) -> Visible {
    match visible {
        SheetVisible::Visible => Visible::Shown,
        SheetVisible::Hidden | SheetVisible::VeryHidden => Visible::Hidden,
    }
}

fn refused(sheet: Option<&str>, error: &XlsxError) -> OpenError {
    match error {
        XlsxError::Password => OpenError::Encrypted,
        error => OpenError::Damaged { part: sheet.map(str::to_owned), why: error.to_string() },
    }
}
