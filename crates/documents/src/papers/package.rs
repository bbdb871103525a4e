//! Unpacks a Word file that somebody else made: whole, not encrypted, and not larger than any paper is.
//! Not for: what is in it (`fill`).

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::fill::FillError;

/// Bytes of a file at most.
const MOST_BYTES: usize = 20 << 20;
/// More parts than any template has.
const MOST_PARTS: usize = 2_000;
/// Bytes of all parts together.
const MOST_UNPACKED: u64 = 256 << 20;
/// A part may be so many times larger than it is packed; only asked of parts beyond ten megabytes.
const RATIO: u64 = 250;
const SMALL: u64 = 10 << 20;

/// The parts by name, in order.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, FillError> {
    if bytes.len() > MOST_BYTES {
        return Err(FillError::TooLarge { bytes: bytes.len(), limit: MOST_BYTES });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FillError::NotDocx)?;
    if archive.len() > MOST_PARTS {
        return Err(FillError::Bomb { part: "parts".to_owned() });
    }
    let mut left = MOST_UNPACKED;
    let mut parts = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => FillError::Encrypted,
            error => FillError::damaged("?", &error),
        })?;
        let name = part.name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
        if part.is_dir() {
            continue;
        }
        let most = left.min(part.compressed_size().saturating_mul(RATIO).max(SMALL));
        let mut content = Vec::new();
        // The size that the file states is not trusted.
        part.by_ref().take(most.saturating_add(1)).read_to_end(&mut content).map_err(|error| FillError::damaged(&name, &error))?;
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(FillError::Bomb { part: name });
        }
        left -= size;
        parts.push((name, content));
    }
    Ok(parts)
}
