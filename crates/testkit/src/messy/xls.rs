//! A workbook of Excel 97 to 2003 with no more than its cells need, since no library writes that format any more.
//! Not for: the product; such a file has no fonts, widths or looks.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file must fail loudly")]

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

/// A cell.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// Bytes as the font draws them.
    Text(Vec<u8>),
    Number(f64),
    /// `#REF!`.
    Broken,
}

/// A sheet: its name in ASCII, whether it is hidden, its cells by row and column.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) is_hidden: bool,
    pub(super) cells: Vec<(u16, u16, Cell)>,
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

fn begin(what: u8) -> Vec<u8> {
    record(0x0809, &[0, 6, what, 0, 0xbb, 0x0d, 0xcc, 0x07, 0, 0, 0, 0, 6, 0, 0, 0])
}

fn end() -> Vec<u8> {
    record(0x000a, &[])
}

/// A text of one byte per letter behind its length of two bytes.
fn text(bytes: &[u8]) -> Vec<u8> {
    [&u16::try_from(bytes.len()).unwrap().to_le_bytes()[..], &[0], bytes].concat()
}

fn cell((row, column, cell): &(u16, u16, Cell)) -> Vec<u8> {
    let at = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    match cell {
        Cell::Text(bytes) => record(0x0204, &[at, text(bytes)].concat()),
        Cell::Number(number) => record(0x0203, &[at, number.to_le_bytes().to_vec()].concat()),
        Cell::Broken => record(0x0205, &[at, vec![0x17, 1]].concat()),
    }
}

/// The bytes of the file.
pub(super) fn write(sheets: &[Sheet]) -> Vec<u8> {
    let listed = |sheet: &Sheet, start: u32| {
        let name = [&[u8::try_from(sheet.name.len()).unwrap(), 0], sheet.name.as_bytes()].concat();
        record(0x0085, &[&start.to_le_bytes()[..], &[u8::from(sheet.is_hidden), 0], &name].concat())
    };
    let parts: Vec<Vec<u8>> =
        sheets.iter().map(|sheet| [begin(0x10), sheet.cells.iter().flat_map(cell).collect(), end()].concat()).collect();
    let head = [begin(0x05), record(0x0042, &1200_u16.to_le_bytes()), record(0x0022, &[0, 0])].concat();
    let lists: usize = sheets.iter().map(|sheet| listed(sheet, 0).len()).sum();
    let mut start = u32::try_from(head.len() + lists + end().len()).unwrap();
    let mut stream = head;
    for (sheet, part) in sheets.iter().zip(&parts) {
        stream.extend(listed(sheet, start));
        start += u32::try_from(part.len()).unwrap();
    }
    stream.extend(end());
    stream.extend(parts.concat());
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}
