//! What a file is, told from its first bytes; its name is not asked.
//! Not for: looking inside archives (`archive`, `xls`).

use super::{Looks, OpenError};
use crate::text::{self, Decoded};

pub(super) enum Kind<'a> {
    /// A zip archive: XLSX, ODS, or something else.
    Zip,
    /// A compound file: XLS, an encrypted XLSX, or something else.
    Compound,
    /// Text that may be separated into cells.
    Text(Decoded<'a>),
}

const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const SIGNS: [(&[u8], Looks); 12] = [
    (b"%PDF", Looks::Pdf),
    (b"\x89PNG", Looks::Picture),
    (b"\xff\xd8\xff", Looks::Picture),
    (b"GIF8", Looks::Picture),
    (b"{\\rtf", Looks::Document),
    (b"Rar!", Looks::Archive),
    (b"7z\xbc\xaf", Looks::Archive),
    (b"\x1f\x8b", Looks::Archive),
    // The first records of Excel 2, 3, 4, and of a later one that was cut out of its container.
    (b"\x09\x00\x04\x00", Looks::OldExcel),
    (b"\x09\x02\x06\x00", Looks::OldExcel),
    (b"\x09\x04\x06\x00", Looks::OldExcel),
    (b"\x09\x08\x10\x00", Looks::OldExcel),
];

pub(super) fn kind(bytes: &[u8]) -> Result<Kind<'_>, OpenError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(&COMPOUND) {
        return Ok(Kind::Compound);
    }
    let refused = |looks| Err(OpenError::NotAWorkbook { looks });
    if let Some((_, looks)) = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return refused(*looks);
    }
    // A few bytes of a right beginning are a file that was cut off.
    if bytes.len() >= 2 && (b"PK\x03\x04".starts_with(bytes) || COMPOUND.starts_with(bytes)) {
        return Err(OpenError::Truncated);
    }
    let Some(decoded) = text::decode(bytes) else { return refused(Looks::Unknown) };
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{1a}')).is_empty() {
        return Err(OpenError::Empty);
    }
    markup(&decoded.text).map_or(Ok(Kind::Text(decoded)), refused)
}

/// Pages and XML under the name of a workbook, as many old programs export them.
fn markup(text: &str) -> Option<Looks> {
    let start: String = text.trim_start().chars().take(4_000).collect::<String>().to_lowercase();
    if start.starts_with("mime-version:") {
        return Some(Looks::Html);
    }
    if !start.starts_with('<') {
        return None;
    }
    let is_page = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div"].iter().any(|tag| start.contains(tag));
    if is_page {
        return Some(Looks::Html);
    }
    start.starts_with("<?xml").then_some(Looks::Xml)
}
