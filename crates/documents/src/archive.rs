//! Files packed into one ZIP archive, as they are; the same files make the same archive.
//! Not for: reading archives.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why an archive could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the archive could not be written")]
pub struct ArchiveError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// The files by name as one archive.
///
/// # Errors
/// [`ArchiveError`] when a name is there twice or a file is larger than the format holds.
pub fn archive(files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, ArchiveError> {
    packed(files, CompressionMethod::Stored)
}

/// The files by name as one archive, packed in this way.
pub(crate) fn packed(files: &[(&str, Vec<u8>)], method: CompressionMethod) -> Result<Vec<u8>, ArchiveError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
    for (name, bytes) in files {
        writer.start_file(*name, options).map_err(|e| ArchiveError(Box::new(e)))?;
        writer.write_all(bytes).map_err(|e| ArchiveError(Box::new(e)))?;
    }
    Ok(writer.finish().map_err(|e| ArchiveError(Box::new(e)))?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_are_the_same_archive_and_a_name_is_there_once() {
        let files = [("a.txt", b"An".to_vec()), ("b.json", b"{}".to_vec())];
        let made = archive(&files).unwrap();
        assert!(made.starts_with(b"PK") && made.windows(2).any(|two| two == b"An"));
        assert_eq!(made, archive(&files).unwrap());
        assert!(archive(&[("a", Vec::new()), ("a", Vec::new())]).is_err());
    }
}
