//! The marked workbook as the file it was: marked cells get a colour and a note, a sheet is added, all other bytes stay as they are.
//! Not for: other formats, files with macros, and unusual layouts, for which there is `anew`: notes of others, signatures, strict XML.

mod drawing;
mod list;
mod sheet;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{MOST_NOTES, Mark, Words, by_cell, free_name};
use crate::book::{At, Book, Format, Macros};
use crate::open::parts_of_sheets;

const STYLES: &str = "xl/styles.xml";
const WORKBOOK: &str = "xl/workbook.xml";
const WORKBOOK_RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const TYPES: &str = "[Content_Types].xml";
/// Where the added parts lie.
const OWN: &str = "xl/khuevan";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;
type Writing = ZipWriter<Cursor<Vec<u8>>>;

/// `None` when the file is not laid out as most are.
pub(super) fn write(original: &[u8], book: &Book, marks: &[Mark], words: &Words) -> Option<Vec<u8>> {
    if book.format != Format::Xlsx || book.macros != Macros::None {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(original)).ok()?;
    let names: BTreeSet<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    if names.iter().any(|name| name.starts_with(OWN) || name.starts_with("_xmlsignatures/")) {
        return None;
    }
    let sheets = marked_sheets(original, book, marks)?;
    let (styles, many_styles) = styles::doubled(&text(&mut archive, STYLES)?)?;
    let mut changed = BTreeMap::from([(STYLES.to_owned(), styles)]);
    let taken = parts_of_sheets(original).into_keys().map(|name| name.to_lowercase()).collect();
    changed.extend(package(&mut archive, &sheets, words, taken)?);
    for sheet in &sheets {
        let path = relations_of(&sheet.part)?;
        let before = if names.contains(&path) { text(&mut archive, &path)? } else { list::no_relations() };
        changed.insert(path, sheet.related(&before)?);
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    copy(&mut archive, &mut out, &mut changed, &sheets, many_styles)?;
    for (name, text) in changed {
        put(&mut out, &name, text.as_bytes())?;
    }
    for sheet in &sheets {
        put(&mut out, &sheet.comments(), drawing::comments(&sheet.marks).as_bytes())?;
        put(&mut out, &sheet.drawing(), drawing::shapes(&sheet.marks, sheet.number).as_bytes())?;
    }
    put(&mut out, &format!("{OWN}/list.xml"), list::sheet(book, marks, words).as_bytes())?;
    Some(out.finish().ok()?.into_inner())
}

/// A sheet with marks.
struct Marked {
    part: String,
    /// From 1.
    number: usize,
    marks: BTreeMap<At, String>,
}

impl Marked {
    fn comments(&self) -> String {
        format!("{OWN}/comments{}.xml", self.number)
    }

    fn drawing(&self) -> String {
        format!("{OWN}/notes{}.vml", self.number)
    }

    /// The relations of the sheet with those of its notes; `None` when it has notes already.
    fn related(&self, before: &str) -> Option<String> {
        if ["/comments", "/vmlDrawing", "/threadedComment"].iter().any(|kind| before.contains(kind)) {
            return None;
        }
        let relation =
            |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="/{target}"/>"#);
        let added = relation(sheet::DRAWING, "vmlDrawing", &self.drawing()) + &relation("khuevanNotes", "comments", &self.comments());
        before_end(before, "</Relationships>", &added)
    }
}

fn marked_sheets(original: &[u8], book: &Book, marks: &[Mark]) -> Option<Vec<Marked>> {
    let parts = parts_of_sheets(original);
    let mut sheets = Vec::new();
    for sheet in &book.sheets {
        let marks = by_cell(marks, &sheet.name);
        if !marks.is_empty() {
            let part = parts.get(&sheet.name)?.clone();
            sheets.push(Marked { part, number: sheets.len() + 1, marks });
        }
    }
    Some(sheets)
}

/// The parts that name all others, with the new ones.
fn package(archive: &mut Archive<'_>, sheets: &[Marked], words: &Words, mut taken: BTreeSet<String>) -> Option<[(String, String); 3]> {
    let mut types = String::new();
    let kind = |part: &str, kind: &str| {
        format!(r#"<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/>"#)
    };
    for sheet in sheets {
        types.push_str(&kind(&sheet.comments(), "spreadsheetml.comments+xml"));
        types.push_str(&kind(&sheet.drawing(), "vmlDrawing"));
    }
    types.push_str(&kind(&format!("{OWN}/list.xml"), "spreadsheetml.worksheet+xml"));
    let workbook = text(archive, WORKBOOK)?;
    let added = list::entry(&free_name(&words.list, &mut taken), &workbook);
    let relation = format!(r#"<Relationship Id="{}" Type="{RELATIONS}/worksheet" Target="/{OWN}/list.xml"/>"#, list::ID);
    Some([
        (TYPES.to_owned(), before_end(&text(archive, TYPES)?, "</Types>", &types)?),
        (WORKBOOK.to_owned(), before_end(&workbook, "</sheets>", &added)?),
        (WORKBOOK_RELATIONS.to_owned(), before_end(&text(archive, WORKBOOK_RELATIONS)?, "</Relationships>", &relation)?),
    ])
}

/// All parts in their order: changed ones from `changed`, sheets with marks in them, the others byte for byte.
fn copy(
    archive: &mut Archive<'_>,
    out: &mut Writing,
    changed: &mut BTreeMap<String, String>,
    sheets: &[Marked],
    many_styles: u32,
) -> Option<()> {
    for place in 0..archive.len() {
        let part = archive.by_index(place).ok()?;
        let name = part.name().ok()?.to_string();
        if let Some(text) = changed.remove(&name) {
            put(out, &name, text.as_bytes())?;
        } else if let Some(sheet) = sheets.iter().find(|sheet| sheet.part == name) {
            out.start_file(&name, options()).ok()?;
            sheet::mark(BufReader::new(part), &mut *out, &sheet.marks, many_styles)?;
        } else {
            out.raw_copy_file(part).ok()?;
        }
    }
    Some(())
}

fn options() -> SimpleFileOptions {
    // The same marks are the same file: the time of making is not part of it.
    SimpleFileOptions::default().last_modified_time(zip::DateTime::default())
}

fn put(out: &mut Writing, name: &str, bytes: &[u8]) -> Option<()> {
    out.start_file(name, options()).ok()?;
    out.write_all(bytes).ok()
}

/// The text of a small part.
fn text(archive: &mut Archive<'_>, part: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(part).ok()?.take(32 << 20).read_to_string(&mut text).ok()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The part that tells what a sheet is related to.
fn relations_of(part: &str) -> Option<String> {
    part.rsplit_once('/').map(|(folder, name)| format!("{folder}/_rels/{name}.rels"))
}

/// The text with something more in front of an end tag.
fn before_end(text: &str, end: &str, added: &str) -> Option<String> {
    let (before, after) = text.rsplit_once(end)?;
    Some([before, added, end, after].concat())
}

/// So many notes; the other cells are only coloured and listed.
fn noted(marks: &BTreeMap<At, String>) -> impl Iterator<Item = (&At, &String)> {
    marks.iter().take(MOST_NOTES)
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
