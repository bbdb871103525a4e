//! Merged cells of XLSX, picked up while its parts are unpacked for checking: reading a big sheet a second time for them takes seconds.
//! Not for: other formats.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::book::{At, Merge};

/// Merged cells by the part that holds the sheet.
pub(super) type Merges = BTreeMap<String, Vec<Merge>>;

const NAME: &[u8] = b"mergeCells";
/// More bytes than the merged cells of a real sheet take.
const MOST: usize = 8 << 20;

/// Takes the bytes of a sheet and keeps what stands between `<mergeCells>` and its end.
#[derive(Default)]
pub(super) struct Gatherer {
    /// Bytes in which the name may have begun.
    carried: Vec<u8>,
    found: Option<Vec<u8>>,
    is_complete: bool,
}

impl Gatherer {
    pub(super) fn merges(&self) -> Vec<Merge> {
        let text = String::from_utf8_lossy(self.found.as_deref().unwrap_or(&[]));
        let text = text.split("mergeCells").next().unwrap_or("");
        text.split("ref=").skip(1).filter_map(|rest| range(rest.get(1..)?.split(['"', '\'']).next()?)).collect()
    }
}

impl Write for Gatherer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_complete {
            return Ok(bytes.len());
        }
        let place = |text: &[u8]| memchr::memmem::find(text, NAME).map(|place| place + NAME.len());
        if let Some(found) = &mut self.found {
            found.extend_from_slice(bytes);
            self.is_complete = found.len() > MOST || place(found).is_some();
            return Ok(bytes.len());
        }
        self.carried.extend_from_slice(bytes);
        if let Some(after) = place(&self.carried) {
            let rest = self.carried.split_off(after);
            self.is_complete = place(&rest).is_some();
            self.found = Some(rest);
        } else {
            let keep = self.carried.len().saturating_sub(NAME.len());
            self.carried.drain(..keep);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads `A1:C3`.
fn range(name: &str) -> Option<Merge> {
    let (first, last) = name.split_once(':')?;
    let (first, last) = (At::parse(first)?, At::parse(last)?);
    (first.row <= last.row && first.column <= last.column).then_some(Merge { first, last })
}

/// Which part holds which sheet, by name; nothing when the workbook is laid out in an unusual way.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let mut targets = BTreeMap::new();
    each(&mut archive, "xl/_rels/workbook.xml.rels", "Relationship", |element| {
        let (id, target) = (attribute(element, "Id")?, attribute(element, "Target")?);
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        targets.insert(id, path)
    });
    let mut parts = BTreeMap::new();
    each(&mut archive, "xl/workbook.xml", "sheet", |element| {
        let part = targets.get(&attribute(element, "r:id")?)?;
        parts.insert(attribute(element, "name")?, part.clone())
    });
    parts
}

fn each(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str, wanted: &str, mut found: impl FnMut(&BytesStart<'_>) -> Option<String>) {
    let mut text = String::new();
    let read = archive.by_name(part).map(|part| part.take(4 << 20).read_to_string(&mut text));
    if !matches!(read, Ok(Ok(_))) {
        return;
    }
    let mut xml = Reader::from_str(&text);
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == wanted => {
                found(&element);
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_are_gathered_however_the_bytes_come() {
        let sheet = b"<sheetData>merge</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B3:B4\"/></mergeCells><x ref=\"D1:D2\"/>";
        for size in [1, 7, 50, 1_000] {
            let mut gatherer = Gatherer::default();
            sheet.chunks(size).for_each(|chunk| gatherer.write_all(chunk).unwrap());
            let names: Vec<String> = gatherer.merges().iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
            assert_eq!(names, ["A1:C1", "B3:B4"], "{size}");
        }
    }
}
