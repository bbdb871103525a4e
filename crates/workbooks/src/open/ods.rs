//! ODS: the XML of the sheets is streamed; repeated empty cells cost nothing, repeated full ones count against the limit.
//! Not for: looks of cells and formulas; results, merged cells and hidden sheets are read.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{OpenError, Reading};
use crate::book::{At, Book, Builder, Epoch, Format, Full, Macros, Merge, Sheet, Visible};

const CONTENT: &str = "content.xml";
/// The last row and column that a spreadsheet program can have.
const LAST: At = At::new(1_048_575, 16_383);

pub(super) fn read(bytes: &[u8], macros: Macros, reading: &mut Reading<'_, '_>) -> Result<Book, OpenError> {
    let damaged = |error: zip::result::ZipError| OpenError::damaged(CONTENT, error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if let Ok(mut manifest) = archive.by_name("META-INF/manifest.xml") {
        let mut text = String::new();
        manifest.by_ref().take(1 << 20).read_to_string(&mut text).ok();
        if text.contains("encryption-data") {
            return Err(OpenError::Encrypted);
        }
    }
    let content = archive.by_name(CONTENT).map_err(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    let mut walk = Walk { reading, sheets: Vec::new(), hidden_styles: BTreeSet::new(), style: String::new(), open: None };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| OpenError::damaged(CONTENT, error))? {
            Event::Start(element) => walk.start(&element)?,
            Event::End(element) => walk.end(element.name().as_ref())?,
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(c)) => walk.text(c.encode_utf8(&mut [0; 4])),
                _ => walk.text(resolve_predefined_entity(&entity).unwrap_or("")),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if walk.open.is_some() {
        return Err(OpenError::Truncated);
    }
    Ok(Book { format: Format::Ods, encoding: None, delimiter: None, epoch: Epoch::Y1900, macros, sheets: walk.sheets })
}

/// What is known at a point of the XML.
struct Walk<'r, 'l, 'w> {
    reading: &'r mut Reading<'l, 'w>,
    sheets: Vec<Sheet>,
    /// Names of the table styles that are not displayed.
    hidden_styles: BTreeSet<String>,
    style: String,
    open: Option<Open>,
}

/// The sheet that is being read.
struct Open {
    name: String,
    builder: Builder,
    next: At,
    row_repeats: u32,
    /// Cells of the row, kept until its end because a row may be repeated.
    row: Vec<(u16, Found)>,
    cell: Option<OpenCell>,
    cells: usize,
}

struct OpenCell {
    found: Found,
    repeats: u32,
    has_formula: bool,
    paragraphs: usize,
    text: String,
    /// How deep inside a remark: its text is none of the cell's.
    remark: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// The text inside the element.
    Inside,
    Text(String),
    Number(f64),
    Day(domain::time::Date),
    Bool(bool),
    NoValue,
    Nothing,
}

impl Walk<'_, '_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), OpenError> {
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "style:name").unwrap_or_default(),
            "style:table-properties" if attribute(element, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" if self.open.is_none() => self.start_sheet(element)?,
            name => {
                if let Some(open) = &mut self.open {
                    open.start(name, element);
                }
            }
        }
        Ok(())
    }

    fn start_sheet(&mut self, element: &BytesStart<'_>) -> Result<(), OpenError> {
        if self.sheets.len() == self.reading.limits.sheets {
            return Err(OpenError::TooManySheets { sheets: self.sheets.len() + 1, limit: self.reading.limits.sheets });
        }
        let name = attribute(element, "table:name").unwrap_or_default();
        let is_hidden = attribute(element, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
        let visible = if is_hidden { Visible::Hidden } else { Visible::Shown };
        let builder = Builder::new(name.clone(), visible, self.reading.room());
        self.open = Some(Open { name, builder, next: At::new(0, 0), row_repeats: 1, row: Vec::new(), cell: None, cells: 0 });
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.open.as_mut().and_then(|open| open.cell.as_mut()).filter(|cell| cell.remark == 0 && cell.paragraphs > 0) {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), OpenError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        match name {
            "table:table-cell" | "table:covered-table-cell" => open.end_cell(),
            "office:annotation" => {
                if let Some(cell) = &mut open.cell {
                    cell.remark = cell.remark.saturating_sub(1);
                }
            }
            "table:table-row" => {
                let too_many = self.reading.too_many(&open.name);
                open.end_row().map_err(too_many)?;
                let (name, cells) = (open.name.clone(), open.cells);
                self.reading.tell_cells(&name, cells)?;
            }
            "table:table" => {
                if let Some(open) = self.open.take() {
                    let sheet = open.builder.finish().map_err(self.reading.too_many(&open.name))?;
                    self.reading.cells += sheet.cell_count();
                    self.sheets.push(sheet);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Open {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "table:table-row" => {
                self.row_repeats = count(element, "table:number-rows-repeated");
                self.next.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.span(element);
                self.cell = Some(OpenCell::new(element));
            }
            "office:annotation" => self.in_cell(|cell| cell.remark += 1),
            "text:p" => self.in_cell(|cell| {
                cell.paragraphs += 1;
                if cell.paragraphs > 1 {
                    cell.text.push('\n');
                }
            }),
            "text:s" => {
                let blanks = usize::try_from(count(element, "text:c").min(100)).unwrap_or(1);
                self.in_cell(|cell| cell.text.push_str(&" ".repeat(blanks)));
            }
            "text:tab" | "text:line-break" => self.in_cell(|cell| cell.text.push(' ')),
            _ => {}
        }
    }

    fn in_cell(&mut self, change: impl FnOnce(&mut OpenCell)) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.remark == 0) {
            change(cell);
        }
    }

    fn span(&mut self, element: &BytesStart<'_>) {
        let columns = count(element, "table:number-columns-spanned");
        let rows = count(element, "table:number-rows-spanned");
        if columns > 1 || rows > 1 {
            let last_row = self.next.row.saturating_add(rows - 1).min(LAST.row);
            let last_column = self.next.column.saturating_add(u16::try_from(columns - 1).unwrap_or(u16::MAX)).min(LAST.column);
            self.builder.merge(Merge { first: self.next, last: At::new(last_row, last_column) });
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let repeats = u16::try_from(cell.repeats).unwrap_or(u16::MAX);
        let found = cell.finish();
        let end = self.next.column.saturating_add(repeats).min(LAST.column + 1);
        if found != Found::Nothing {
            self.row.extend((self.next.column..end).map(|column| (column, found.clone())));
        }
        self.next.column = end;
    }

    fn end_row(&mut self) -> Result<(), Full> {
        let end = self.next.row.saturating_add(self.row_repeats).min(LAST.row + 1);
        if !self.row.is_empty() {
            for row in self.next.row..end {
                for (column, found) in &self.row {
                    self.cells += 1;
                    found.put(&mut self.builder, At::new(row, *column))?;
                }
            }
        }
        self.row.clear();
        self.next.row = end;
        Ok(())
    }
}

impl OpenCell {
    fn new(element: &BytesStart<'_>) -> Self {
        let value = |name: &str| attribute(element, name);
        let number = || value("office:value").and_then(|text| text.parse().ok()).map(Found::Number);
        let found = match value("office:value-type").as_deref() {
            Some("float" | "percentage" | "currency") => number(),
            Some("boolean") => value("office:boolean-value").map(|text| Found::Bool(text == "true")),
            Some("date") => value("office:date-value").and_then(|text| text.get(..10).and_then(domain::time::parse)).map(Found::Day),
            Some("string") => value("office:string-value").map(Found::Text),
            _ => None,
        };
        Self {
            found: found.unwrap_or(Found::Inside),
            repeats: count(element, "table:number-columns-repeated"),
            has_formula: value("table:formula").is_some(),
            paragraphs: 0,
            text: String::new(),
            remark: 0,
        }
    }

    fn finish(self) -> Found {
        match self.found {
            Found::Inside if !self.text.trim().is_empty() => Found::Text(self.text),
            Found::Inside if self.has_formula => Found::NoValue,
            Found::Inside => Found::Nothing,
            found => found,
        }
    }
}

impl Found {
    fn put(&self, builder: &mut Builder, at: At) -> Result<(), Full> {
        match self {
            Self::Text(text) if text.starts_with('#') && text.ends_with(['!', '?', 'A']) && !text.contains(' ') => builder.error(at, text),
            Self::Text(text) => builder.text(at, text),
            Self::Number(number) => builder.number(at, *number),
            Self::Day(day) => builder.day(at, *day),
            Self::Bool(value) => builder.bool(at, *value),
            Self::NoValue => builder.no_value(at),
            Self::Inside | Self::Nothing => Ok(()),
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A count that is at least one.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).map_or(1, |count: u32| count.max(1))
}
