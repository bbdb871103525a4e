//! Reads papers again: the text of a Word file line by line, the text of a PDF, the parts of an archive.
//! Not for: checks.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// A part of a Word file as text.
pub(crate) fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The document part: a line for each paragraph, a row of a table in one line, `---` where a section ends.
pub(crate) fn docx_text(docx: &[u8]) -> String {
    let xml = part(docx, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let mut text = String::new();
    let (mut rows, mut in_text) = (0, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) => match start.name().as_ref() {
                "w:t" => in_text = true,
                "w:tr" => rows += 1,
                _ => {}
            },
            Event::Empty(start) if start.name().as_ref() == "w:br" => text.push(if rows > 0 { '/' } else { '\n' }),
            Event::Text(said) if in_text => text.push_str(said.as_ref()),
            Event::GeneralRef(name) if in_text => text.push_str(resolve_predefined_entity(name.as_ref()).unwrap()),
            Event::End(end) => match end.name().as_ref() {
                "w:t" => in_text = false,
                "w:tr" => {
                    rows -= 1;
                    text.push('\n');
                }
                "w:tc" => {
                    text.truncate(text.trim_end_matches(" / ").len());
                    text.push_str(" | ");
                }
                "w:p" => text.push_str(if rows == 0 { "\n" } else { " / " }),
                "w:sectPr" => text.push_str("---\n"),
                _ => {}
            },
            _ => {}
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// The text of all pages of a PDF, without blanks: lines break elsewhere than in the paper.
pub(crate) fn pdf_letters(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    without_blanks(&document.extract_text(&pages).unwrap())
}

pub(crate) fn without_blanks(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
