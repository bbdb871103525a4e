//! Small Word files: made of some paragraphs and one table row, and read back as text.
//! Not for: how they look.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const PART: &str = "word/document.xml";
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

/// A Word file of these paragraphs, with a table of one row when there are cells.
///
/// # Errors
/// [`ZipError`] when it cannot be packed.
pub fn file(paragraphs: &[&str], row: &[&str]) -> Result<Vec<u8>, ZipError> {
    let paragraph = |text: &&str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let said: String = paragraphs.iter().map(paragraph).collect();
    let cells: String = row.iter().map(|text| format!("<w:tc>{}</w:tc>", paragraph(text))).collect();
    let table = if row.is_empty() { String::new() } else { format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>") };
    let document = format!("{HEAD}{said}{table}<w:sectPr/></w:body></w:document>");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", "<Types/>"), (PART, &document)] {
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(content.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// What a Word file says, its pieces apart by blanks.
///
/// # Errors
/// [`ZipError`] when it is none.
pub fn text(bytes: &[u8]) -> Result<String, ZipError> {
    let mut document = String::new();
    ZipArchive::new(Cursor::new(bytes))?.by_name(PART)?.read_to_string(&mut document)?;
    let pieces = document.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim());
    Ok(pieces.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
}
