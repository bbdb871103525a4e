//! Materials of programmes: which files are taken, and who may open them.
//! Not for: keeping the bytes (`store`).

use crate::codes;

/// Most bytes of a file: 20 MB.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Most materials of a programme.
pub const MOST_MATERIALS: usize = 60;

codes! {
    /// Who may open a material.
    Access {
        /// Everybody who may see the programme, once it is approved.
        Open = "open",
        /// Those of the offices: questions of tests, notes for teachers.
        Office = "office",
    }
}

codes! {
    /// What a file is.
    Media {
        /// PDF.
        Pdf = "application/pdf",
        /// Word.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// PowerPoint.
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// Excel.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
    }
}

codes! {
    /// Why a file is not taken.
    FileFault {
        /// There is no file, or it is empty.
        Empty = "empty",
        /// More than 20 MB.
        TooLarge = "too_large",
        /// None of the kinds that are taken.
        OddFile = "odd_file",
        /// An office file with macros.
        Macros = "macros",
        /// The material has this very file as its last one.
        Again = "again",
        /// The material has no title.
        NoTitle = "no_title",
        /// The programme has too many materials already.
        TooMany = "too_many",
    }
}

/// What a file is, if it is taken.
///
/// # Errors
/// The first [`FileFault`].
pub fn judge(bytes: &[u8]) -> Result<Media, FileFault> {
    match bytes.len() {
        0 => return Err(FileFault::Empty),
        many if many > MOST_BYTES => return Err(FileFault::TooLarge),
        _ => {}
    }
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(Media::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(Media::Png),
        [b'P', b'K', 0x03, 0x04, ..] => of_office(bytes),
        _ => {
            let head = bytes.get(..1_024).unwrap_or(bytes);
            if has(head, b"%PDF-") { Ok(Media::Pdf) } else { Err(FileFault::OddFile) }
        }
    }
}

/// An office file by the names of its parts, which stand plainly in the archive.
fn of_office(bytes: &[u8]) -> Result<Media, FileFault> {
    if !has(bytes, b"[Content_Types].xml") {
        return Err(FileFault::OddFile);
    }
    if has(bytes, b"vbaProject.bin") {
        return Err(FileFault::Macros);
    }
    let kinds: [(&[u8], Media); 3] =
        [(b"word/document.xml", Media::Docx), (b"ppt/presentation.xml", Media::Pptx), (b"xl/workbook.xml", Media::Xlsx)];
    kinds.iter().find(|(part, _)| has(bytes, part)).map(|(_, media)| *media).ok_or(FileFault::OddFile)
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|piece| piece == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_what_a_file_is() {
        let office = |parts: &[&str]| [b"PK\x03\x04".as_slice(), parts.concat().as_bytes()].concat();
        let types = "[Content_Types].xml";
        let cases: [(Vec<u8>, Result<Media, FileFault>); 9] = [
            (Vec::new(), Err(FileFault::Empty)),
            (b"%PDF-1.7\n".to_vec(), Ok(Media::Pdf)),
            (b"\xFF\xD8\xFF\xE0".to_vec(), Ok(Media::Jpeg)),
            (office(&[types, "word/document.xml"]), Ok(Media::Docx)),
            (office(&[types, "ppt/presentation.xml"]), Ok(Media::Pptx)),
            (office(&[types, "word/document.xml", "word/vbaProject.bin"]), Err(FileFault::Macros)),
            (office(&["setup.exe"]), Err(FileFault::OddFile)),
            (b"<html><script>".to_vec(), Err(FileFault::OddFile)),
            (vec![0; MOST_BYTES + 1], Err(FileFault::TooLarge)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(judge(&bytes), expected, "{:?}", bytes.get(..bytes.len().min(8)));
        }
    }
}
