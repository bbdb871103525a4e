//! A sheet as it was, its marked cells in their marked style, with a reference to the notes. Streamed: big sheets stay out of memory.
//! Not for: sheets with notes, or with XML of another kind than Excel and LibreOffice write.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::iter::Peekable;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::styles::{same_kind, with};
use super::{MAIN, RELATIONS};
use crate::book::At;

/// The relation of the sheet to the drawing of its notes.
pub(super) const DRAWING: &str = "khuevanDrawing";
/// What may stand behind the reference to the notes.
const BEHIND: [&str; 9] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "mc:AlternateContent"];

/// Copies a sheet and marks it; `None` when it is not laid out as most are.
pub(super) fn mark(sheet: impl BufRead, out: impl Write, marks: &BTreeMap<At, String>, many_styles: u32) -> Option<()> {
    let mut reader = Reader::from_reader(sheet);
    let cells = marks.keys().copied().peekable();
    let mut marking =
        Marking { out: Writer::new(out), cells, many_styles, next: At::new(0, 0), depth: 0, is_in_data: false, is_noted: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Eof => break,
            event => marking.take(&event)?,
        }
    }
    (marking.is_noted && marking.cells.peek().is_none()).then_some(())
}

struct Marking<W: Write, I: Iterator<Item = At>> {
    out: Writer<W>,
    /// Cells that are still to be marked.
    cells: Peekable<I>,
    many_styles: u32,
    /// Where a cell stands that does not say where.
    next: At,
    depth: usize,
    is_in_data: bool,
    is_noted: bool,
}

impl<W: Write, I: Iterator<Item = At>> Marking<W, I> {
    fn take(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::Start(element) => {
                self.start(element, event)?;
                self.depth += 1;
                Some(())
            }
            Event::Empty(element) => self.start(element, event),
            Event::End(element) => {
                self.depth = self.depth.checked_sub(1)?;
                self.end(element, event)
            }
            event => self.put(event.borrow()),
        }
    }

    fn put(&mut self, event: Event<'_>) -> Option<()> {
        self.out.write_event(event).ok()
    }

    fn start(&mut self, element: &BytesStart<'_>, event: &Event<'_>) -> Option<()> {
        let name = element.name();
        match (self.depth, name.as_ref()) {
            (0, "worksheet") => (attribute(element, "xmlns")? == MAIN).then_some(())?,
            // Notes of others, or XML with other names.
            (0, _) | (1, "legacyDrawing") => return None,
            (1, "sheetData") => return self.data(element, event),
            (1, name) if BEHIND.contains(&name) => self.note()?,
            (2, "row") if self.is_in_data => return self.row(element, event),
            (3, "c") if self.is_in_data => return self.cell(element, event),
            _ => {}
        }
        self.put(event.borrow())
    }

    fn data(&mut self, element: &BytesStart<'_>, event: &Event<'_>) -> Option<()> {
        if !matches!(event, Event::Empty(_)) {
            self.is_in_data = true;
            return self.put(event.borrow());
        }
        self.put(Event::Start(element.borrow()))?;
        self.rows_before(u32::MAX)?;
        self.put(Event::End(element.to_end()))
    }

    fn row(&mut self, element: &BytesStart<'_>, event: &Event<'_>) -> Option<()> {
        let row = match attribute(element, "r") {
            Some(number) => number.parse::<u32>().ok()?.checked_sub(1)?,
            None => self.next.row,
        };
        self.rows_before(row)?;
        self.next = At::new(row, 0);
        if self.cells.peek().is_none_or(|at| at.row != row) {
            self.end_of_empty(event);
            return self.put(event.borrow());
        }
        // A hint how far the row reaches, which may become wrong.
        let element = with(element, &[], &["spans"])?;
        self.put(Event::Start(element.borrow()))?;
        if matches!(event, Event::Empty(_)) {
            self.cells_before(row, None)?;
            self.put(Event::End(element.to_end()))?;
            self.end_of_empty(event);
        }
        Some(())
    }

    fn end_of_empty(&mut self, event: &Event<'_>) {
        if matches!(event, Event::Empty(_)) {
            self.next = At::new(self.next.row.saturating_add(1), 0);
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, event: &Event<'_>) -> Option<()> {
        let at = match attribute(element, "r") {
            Some(name) => At::parse(&name)?,
            None => self.next,
        };
        self.next.column = at.column.saturating_add(1);
        if self.cells.peek().is_none_or(|marked| marked.row != at.row) {
            return self.put(event.borrow());
        }
        self.cells_before(at.row, Some(at.column))?;
        if self.cells.next_if_eq(&at).is_none() {
            return self.put(event.borrow());
        }
        let style = match attribute(element, "s") {
            Some(style) => style.parse::<u32>().ok().filter(|style| *style < self.many_styles)?,
            None => 0,
        };
        let style = (style + self.many_styles).to_string();
        self.put(same_kind(event, with(element, &[("s", &style)], &["s"])?))
    }

    fn end(&mut self, element: &BytesEnd<'_>, event: &Event<'_>) -> Option<()> {
        let name = element.name();
        match (self.depth, name.as_ref()) {
            (0, _) => self.note()?,
            (1, "sheetData") => {
                self.rows_before(u32::MAX)?;
                self.is_in_data = false;
            }
            (2, "row") if self.is_in_data => {
                self.cells_before(self.next.row, None)?;
                self.next = At::new(self.next.row.saturating_add(1), 0);
            }
            _ => {}
        }
        self.put(event.borrow())
    }

    /// Rows that hold nothing but marked cells.
    fn rows_before(&mut self, row: u32) -> Option<()> {
        while let Some(at) = self.cells.peek().copied().filter(|at| at.row < row) {
            let number = (u64::from(at.row) + 1).to_string();
            let element = BytesStart::new("row").with_attributes([("r", number.as_str())]);
            self.put(Event::Start(element.borrow()))?;
            self.cells_before(at.row, None)?;
            self.put(Event::End(element.to_end()))?;
        }
        Some(())
    }

    /// Marked cells of a row that hold nothing.
    fn cells_before(&mut self, row: u32, column: Option<u16>) -> Option<()> {
        let is_before = |at: &At| at.row == row && column.is_none_or(|column| at.column < column);
        while let Some(at) = self.cells.next_if(is_before) {
            let (name, style) = (at.to_string(), self.many_styles.to_string());
            self.put(Event::Empty(BytesStart::new("c").with_attributes([("r", name.as_str()), ("s", style.as_str())])))?;
        }
        Some(())
    }

    /// The reference to the drawing of the notes, once.
    fn note(&mut self) -> Option<()> {
        if self.is_noted {
            return Some(());
        }
        self.is_noted = true;
        let attributes = [("xmlns:r", RELATIONS), ("r:id", DRAWING)];
        self.put(Event::Empty(BytesStart::new("legacyDrawing").with_attributes(attributes)))
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(rows: &str, cells: &[&str]) -> Option<String> {
        let xml = format!(r#"<worksheet xmlns="{MAIN}">{rows}</worksheet>"#);
        let marks = cells.iter().map(|name| (At::parse(name).unwrap(), String::new())).collect();
        let mut out = Vec::new();
        mark(xml.as_bytes(), &mut out, &marks, 10)?;
        let note = format!(r#"<legacyDrawing xmlns:r="{RELATIONS}" r:id="{DRAWING}"/>"#);
        let inner = String::from_utf8(out).unwrap().replace(&note, "<note/>").replace("</worksheet>", "");
        Some(inner.split_once('>').unwrap().1.to_owned())
    }

    #[test]
    fn marked_cells_get_their_style_where_they_stand() {
        for (before, cells, after) in [
            // A cell with a style, one without, and a formula that stays.
            (
                r#"<sheetData><row r="2" spans="1:2"><c r="A2" s="3"><f>1+1</f><v>2</v></c><c r="B2"/></row></sheetData><pageMargins/>"#,
                vec!["A2", "B2"],
                r#"<sheetData><row r="2"><c r="A2" s="13"><f>1+1</f><v>2</v></c><c r="B2" s="10"/></row></sheetData><pageMargins/><note/>"#,
            ),
            // Cells and rows that were not there.
            (
                r#"<sheetData><row r="2"><c r="B2"/></row><row r="4" ht="9"/></sheetData><tableParts/>"#,
                vec!["C1", "A2", "D2", "A3", "E4", "A5"],
                r#"<sheetData><row r="1"><c r="C1" s="10"/></row><row r="2"><c r="A2" s="10"/><c r="B2"/><c r="D2" s="10"/></row><row r="3"><c r="A3" s="10"/></row><row r="4" ht="9"><c r="E4" s="10"/></row><row r="5"><c r="A5" s="10"/></row></sheetData><note/><tableParts/>"#,
            ),
            // Nothing says where it stands.
            (
                "<sheetData><row/><row><c/><c/></row></sheetData>",
                vec!["B2"],
                r#"<sheetData><row/><row><c/><c s="10"/></row></sheetData><note/>"#,
            ),
            (
                "<sheetData/><extLst><row/></extLst>",
                vec!["A1"],
                r#"<sheetData><row r="1"><c r="A1" s="10"/></row></sheetData><note/><extLst><row/></extLst>"#,
            ),
        ] {
            assert_eq!(marked(before, &cells).as_deref(), Some(after));
        }
    }

    #[test]
    fn sheets_with_notes_or_of_an_unusual_form_are_left_alone() {
        assert_eq!(marked(r#"<sheetData/><legacyDrawing r:id="rId1"/>"#, &["A1"]), None);
        assert_eq!(marked(r#"<sheetData><row r="1"><c r="A1" s="10"/></row></sheetData>"#, &["A1"]), None);
        assert_eq!(marked(r#"<sheetData><row r="x"/></sheetData>"#, &["A1"]), None);
        assert!(mark(b"<x:worksheet/>".as_slice(), Vec::new(), &BTreeMap::new(), 1).is_none());
    }
}
