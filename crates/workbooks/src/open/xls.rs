//! XLS: the container is looked through first, then only its workbook is handed on, in a container made anew.
//! Not for: files of Excel 4 and older, which had no container.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use calamine::{Reader, SheetType, Xls, XlsError};

use super::xlsx::{at, merge, put, visible};
use super::{Looks, OpenError, Reading};
use crate::book::{Book, Builder, Epoch, Format, Macros};

pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_, '_>) -> Result<Book, OpenError> {
    let (mut stream, macros) = workbook_stream(bytes)?;
    inspect(&mut stream, reading)?;
    let container = rebuilt(&stream).map_err(|error| OpenError::damaged("Workbook", error))?;
    drop(stream);
    let mut workbook: Xls<_> = Xls::new(Cursor::new(container)).map_err(|error| refused(&error))?;
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let listed: Vec<_> = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    if listed.len() > reading.limits.sheets {
        return Err(OpenError::TooManySheets { sheets: listed.len(), limit: reading.limits.sheets });
    }
    let mut sheets = Vec::with_capacity(listed.len());
    for listed in listed {
        let name = listed.name.as_str();
        let mut builder = Builder::new(name, visible(listed.visible), reading.room());
        let merges = workbook.merge_cells_by_sheet_name(name).map_err(|error| refused(&error))?;
        merges.iter().filter_map(merge).for_each(|merge| builder.merge(merge));
        read_cells(&mut workbook, name, &mut builder, reading)?;
        let sheet = builder.finish().map_err(reading.too_many(name))?;
        reading.cells += sheet.cell_count();
        sheets.push(sheet);
    }
    Ok(Book { format: Format::Xls, encoding: None, delimiter: None, epoch, macros, sheets })
}

fn read_cells(
    workbook: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    builder: &mut Builder,
    reading: &mut Reading<'_, '_>,
) -> Result<(), OpenError> {
    let too_many = reading.too_many(name);
    let range = workbook.worksheet_range(name).map_err(|error| refused(&error))?;
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let place = |row: usize, column: usize| {
        at((first_row.saturating_add(u32::try_from(row).ok()?), first_column.saturating_add(u32::try_from(column).ok()?)))
    };
    for (seen, (row, column, value)) in range.used_cells().enumerate() {
        reading.tell_cells(name, seen)?;
        let Some(at) = place(row, column) else { continue };
        put(builder, at, value).map_err(&too_many)?;
    }
    let formulas = workbook.worksheet_formula(name).map_err(|error| refused(&error))?;
    let (first_row, first_column) = formulas.start().unwrap_or((0, 0));
    for (row, column, _) in formulas.used_cells() {
        let absolute = (
            first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)),
            first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX)),
        );
        let has_value = range.get_value(absolute).is_some_and(|value| *value != calamine::Data::Empty);
        if let Some(at) = at(absolute).filter(|_| !has_value) {
            builder.no_value(at).map_err(&too_many)?;
        }
    }
    Ok(())
}

fn workbook_stream(bytes: &[u8]) -> Result<(Vec<u8>, Macros), OpenError> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| not_opened(bytes, &error))?;
    if container.exists("/EncryptedPackage") || container.exists("/EncryptionInfo") {
        return Err(OpenError::Encrypted);
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name)) else {
        let looks = if container.exists("/WordDocument") { Looks::Document } else { Looks::Unknown };
        return Err(OpenError::NotAWorkbook { looks });
    };
    let macros = if container.exists("/_VBA_PROJECT_CUR") { Macros::LeftBehind } else { Macros::None };
    let mut stream = Vec::new();
    let opened = container.open_stream(name).map_err(|error| not_opened(bytes, &error))?;
    // A chain of sectors that runs in a circle must not be followed for ever.
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    opened.take(most).read_to_end(&mut stream).map_err(|error| not_opened(bytes, &error))?;
    Ok((stream, macros))
}

fn not_opened(bytes: &[u8], error: &std::io::Error) -> OpenError {
    // The container consists of whole sectors of 512 bytes, and names sectors that a cut file has no more.
    let said = error.to_string();
    let cut = !bytes.len().is_multiple_of(512)
        || error.kind() == std::io::ErrorKind::UnexpectedEof
        || said.contains("sector")
        || said.contains("FAT");
    if cut { OpenError::Truncated } else { OpenError::Damaged { part: None, why: said } }
}

const FILE_PASS: u16 = 0x002f;
const BEGINNING: u16 = 0x0809;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00bd;
/// Cells by row and column: blank, number, label, boolean, string of a formula's row, compact number, shared text, many numbers, formula.
const CELLS: [u16; 9] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd, MANY_NUMBERS, 0x0006, 0x0201];
/// A record of no meaning.
const NOTHING: [u8; 2] = [0xff, 0xff];

/// Walks over the records: refuses encryption, cells in far corners (the library lays out the rectangle between them) and sheets that
/// begin within a record, and removes the stated dimensions, for which memory would be reserved unseen.
fn inspect(stream: &mut [u8], reading: &Reading<'_, '_>) -> Result<(), OpenError> {
    let (mut place, mut rows, mut columns) = (0_usize, 0_usize, 0_usize);
    let (mut beginnings, mut listed) = (BTreeSet::new(), Vec::new());
    while let Some((kind, body)) = record(stream, place) {
        let end = place + 4 + body.len();
        match kind {
            FILE_PASS if body.iter().any(|byte| *byte != 0) => return Err(OpenError::Encrypted),
            BEGINNING => {
                beginnings.insert(place);
            }
            SHEET => listed.extend(body.first_chunk::<4>().map(|start| u32::from_le_bytes(*start))),
            DIMENSIONS => blank(stream, place),
            kind if CELLS.contains(&kind) => {
                let (row, column) = corner(kind, body);
                (rows, columns) = (rows.max(row + 1), columns.max(column + 1));
            }
            _ => {}
        }
        place = end;
    }
    if listed.iter().any(|start| usize::try_from(*start).map_or(true, |start| !beginnings.contains(&start))) {
        // The list stands in front of the sheets: what it names and is not there was cut off.
        return Err(OpenError::Truncated);
    }
    if rows.saturating_mul(columns) > reading.limits.cells.saturating_mul(2) {
        return Err(OpenError::TooManyCells { sheet: String::new(), limit: reading.limits.cells });
    }
    Ok(())
}

/// The record that begins at a place: its kind and its bytes.
fn record(stream: &[u8], place: usize) -> Option<(u16, &[u8])> {
    let [kind_low, kind_high, length_low, length_high] = *stream.get(place..)?.first_chunk::<4>()?;
    let length = usize::from(u16::from_le_bytes([length_low, length_high]));
    let body = stream.get(place + 4..place + 4 + length)?;
    Some((u16::from_le_bytes([kind_low, kind_high]), body))
}

fn blank(stream: &mut [u8], place: usize) {
    if let Some(kind) = stream.get_mut(place..place + 2) {
        kind.copy_from_slice(&NOTHING);
    }
}

/// Row and last column of a record of cells.
fn corner(kind: u16, body: &[u8]) -> (usize, usize) {
    let Some([row_low, row_high, column_low, column_high]) = body.first_chunk::<4>() else { return (0, 0) };
    // The last column of many numbers stands at the end of the record.
    let last = body.last_chunk::<2>().filter(|_| kind == MANY_NUMBERS).map_or(0, |last| u16::from_le_bytes(*last));
    let column = u16::from_le_bytes([*column_low, *column_high]).max(last);
    (usize::from(u16::from_le_bytes([*row_low, *row_high])), usize::from(column))
}

/// A container with nothing but the workbook, so that the library reads what was inspected.
fn rebuilt(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    container.create_stream("/Workbook")?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

fn refused(error: &XlsError) -> OpenError {
    match error {
        XlsError::Password => OpenError::Encrypted,
        error => OpenError::damaged("Workbook", error),
    }
}
