//! Files packed into one ZIP archive, as they are; the same files make the same archive.
//! Not for: reading archives.

use std::io::{Cursor, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why an archive could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the archive could not be written")]
pub struct ArchiveError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// An archive that is written file by file, so that a large one never stands in memory.
#[derive(Debug)]
pub struct Archive<W: Write + Seek> {
    writer: ZipWriter<W>,
    method: CompressionMethod,
}

impl<W: Write + Seek> Archive<W> {
    /// An empty one, of files that are packed already.
    #[must_use]
    pub fn over(to: W) -> Self {
        Self { writer: ZipWriter::new(to), method: CompressionMethod::Stored }
    }

    /// One more file.
    ///
    /// # Errors
    /// [`ArchiveError`] when the name is there already, the file is larger than the format holds, or it cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        let options = SimpleFileOptions::default().compression_method(self.method).last_modified_time(DateTime::default());
        self.writer.start_file(name, options).map_err(|e| ArchiveError(Box::new(e)))?;
        self.writer.write_all(bytes).map_err(|e| ArchiveError(Box::new(e)))
    }

    /// The whole, closed.
    ///
    /// # Errors
    /// [`ArchiveError`] when it cannot be written.
    pub fn finish(self) -> Result<W, ArchiveError> {
        self.writer.finish().map_err(|e| ArchiveError(Box::new(e)))
    }
}

/// The files by name as one archive.
///
/// # Errors
/// [`ArchiveError`] when a name is there twice or a file is larger than the format holds.
pub fn archive(files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, ArchiveError> {
    packed(files, CompressionMethod::Stored)
}

/// The files by name as one archive, packed in this way.
pub(crate) fn packed(files: &[(&str, Vec<u8>)], method: CompressionMethod) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = Archive { method, ..Archive::over(Cursor::new(Vec::new())) };
    for (name, bytes) in files {
        archive.add(name, bytes)?;
    }
    Ok(archive.finish()?.into_inner())
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
        let mut by_file = Archive::over(Cursor::new(Vec::new()));
        files.iter().for_each(|(name, bytes)| by_file.add(name, bytes).unwrap());
        assert_eq!(by_file.finish().unwrap().into_inner(), made, "file by file it is the same");
        assert!(archive(&[("a", Vec::new()), ("a", Vec::new())]).is_err());
    }
}
