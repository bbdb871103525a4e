//! Looks through a zipped workbook before it is read: what it is, whether it is whole, and that it cannot unpack into all memory.
//! Not for: reading cells.

use std::io::{Cursor, Read, Write};

use zip::ZipArchive;
use zip::result::ZipError;

use super::merges::{Gatherer, Merges};
use super::{Looks, OpenError, Progress, Reading};
use crate::book::Macros;

pub(super) enum Package {
    Xlsx(Macros, Merges),
    Ods(Macros),
}

/// What the names of the parts tell.
enum Kind {
    Xlsx,
    Ods,
}

/// More parts than any real workbook has.
const MOST_PARTS: usize = 20_000;
/// Parts below this size may be packed as tightly as they like.
const SMALL: u64 = 10 << 20;

pub(super) fn check(bytes: &[u8], reading: &mut Reading<'_, '_>) -> Result<Package, OpenError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| not_opened(bytes, &error))?;
    if archive.is_empty() {
        return Err(OpenError::NotAWorkbook { looks: Looks::Archive });
    }
    if archive.len() > MOST_PARTS {
        return Err(OpenError::Bomb { part: "parts".to_owned(), limit: reading.limits.unpacked });
    }
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let package = package(&names)?;
    let macros = if names.iter().any(|name| is_macro(name)) { Macros::LeftBehind } else { Macros::None };
    let merges = unpack_all(&mut archive, reading)?;
    Ok(match package {
        Kind::Xlsx => Package::Xlsx(macros, merges),
        Kind::Ods => Package::Ods(macros),
    })
}

fn not_opened(bytes: &[u8], error: &ZipError) -> OpenError {
    // The list of parts stands at the end: without it the end is missing.
    let has_end = bytes.windows(4).rev().take(66_000).any(|window| window == b"PK\x05\x06");
    if has_end { OpenError::Damaged { part: None, why: error.to_string() } } else { OpenError::Truncated }
}

fn package(names: &[String]) -> Result<Kind, OpenError> {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let has_folder = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let refused = |looks| Err(OpenError::NotAWorkbook { looks });
    if has("xl/workbook.bin") {
        return refused(Looks::Xlsb);
    }
    if has("[Content_Types].xml") && has_folder("xl/") {
        return Ok(Kind::Xlsx);
    }
    if has_folder("word/") || has_folder("ppt/") {
        return refused(Looks::Document);
    }
    if has("content.xml") && (has("mimetype") || has("META-INF/manifest.xml")) {
        return Ok(Kind::Ods);
    }
    refused(Looks::Archive)
}

fn is_macro(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") || name.starts_with("basic/") || name.starts_with("scripts/")
}

/// Unpacks every part and keeps only merged cells. The sizes that the file states are not trusted, and a broken part is found by its
/// checksum.
fn unpack_all(archive: &mut ZipArchive<Cursor<&[u8]>>, reading: &mut Reading<'_, '_>) -> Result<Merges, OpenError> {
    let mut merges = Merges::new();
    let mut left = reading.limits.unpacked;
    let of = archive.len();
    for place in 0..of {
        reading.tell(Progress::Checking { done: place, of })?;
        let mut part = archive.by_index(place).map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => OpenError::Encrypted,
            error => OpenError::Damaged { part: None, why: error.to_string() },
        })?;
        let name = part.name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
        let tight = part.compressed_size().saturating_mul(reading.limits.ratio).max(SMALL);
        let most = left.min(tight);
        if part.size() > most {
            return Err(OpenError::Bomb { part: name, limit: most });
        }
        let mut gatherer = Gatherer::default();
        let (head, unpacked) = unpack(&mut part, most, &mut gatherer).map_err(|error| OpenError::damaged(name.clone(), error))?;
        if unpacked > most {
            return Err(OpenError::Bomb { part: name, limit: most });
        }
        if name.ends_with("sharedStrings.xml") && claims_too_many(&head, unpacked) {
            return Err(OpenError::damaged(name, "states more texts than it can hold"));
        }
        left -= unpacked;
        let gathered = gatherer.merges();
        if !gathered.is_empty() {
            merges.insert(name, gathered);
        }
    }
    Ok(merges)
}

/// The first bytes of a part, and how many it has; one more than `most` when there are more.
fn unpack(part: &mut impl Read, most: u64, gatherer: &mut Gatherer) -> std::io::Result<(Vec<u8>, u64)> {
    let mut head = Vec::new();
    let first = part.by_ref().take(HEAD.min(most)).read_to_end(&mut head)?;
    gatherer.write_all(&head)?;
    let first = u64::try_from(first).unwrap_or(u64::MAX);
    let rest = std::io::copy(&mut part.by_ref().take(most.saturating_sub(first).saturating_add(1)), gatherer)?;
    Ok((head, first.saturating_add(rest)))
}

const HEAD: u64 = 2_048;

/// The reader reserves memory for as many texts as the part says it has; each takes at least five bytes (`<si/>`).
fn claims_too_many(head: &[u8], size: u64) -> bool {
    let head = String::from_utf8_lossy(head);
    let Some((_, rest)) = head.split_once("uniqueCount=") else { return false };
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    !digits.is_empty() && digits.parse::<u64>().map_or(true, |count| count > size / 5 + 1)
}
