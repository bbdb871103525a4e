//! Scans that prove a line of a record: which lines may have one, and which files are taken.
//! Not for: keeping the bytes (`store`).

use crate::codes;

/// Most bytes of a scan: 10 MB.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Most scans of one person.
pub const MOST_SCANS: usize = 200;
/// Most letters of a file's name.
const MOST_NAME: usize = 120;

codes! {
    /// A line that a scan proves; codes are the names of the tables.
    Proven {
        /// Quá trình công tác.
        Posting = "posting",
        /// Biệt phái.
        Secondment = "secondment",
        /// Văn bằng, chứng chỉ.
        Qualification = "qualification",
        /// Xếp loại.
        Rating = "rating",
        /// Đào tạo, bồi dưỡng.
        TrainingRecord = "training_record",
        /// Quy hoạch.
        PlannedPost = "planned_post",
        /// Cam kết phục vụ.
        Commitment = "commitment",
    }
}

codes! {
    /// What a scan is.
    Media {
        /// PDF.
        Pdf = "application/pdf",
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
    }
}

impl Media {
    /// By how the bytes begin; a name says nothing. PDF readers allow a kilobyte before the mark, and so do we.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..1_024).unwrap_or(bytes);
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Self::Png),
            _ => head.windows(5).any(|five| five == b"%PDF-").then_some(Self::Pdf),
        }
    }
}

codes! {
    /// Why a scan is not taken.
    ScanFault {
        /// There is no file, or it is empty.
        Empty = "empty",
        /// More than 10 MB.
        TooLarge = "too_large",
        /// Neither PDF nor JPEG nor PNG.
        OddFile = "odd_file",
        /// The person has too many already.
        TooMany = "too_many",
        /// The line has this very file.
        Again = "again",
    }
}

/// What a file is, if it is taken as a scan.
///
/// # Errors
/// The first [`ScanFault`].
pub fn judge(bytes: &[u8]) -> Result<Media, ScanFault> {
    match bytes.len() {
        0 => Err(ScanFault::Empty),
        many if many > MOST_BYTES => Err(ScanFault::TooLarge),
        _ => Media::of(bytes).ok_or(ScanFault::OddFile),
    }
}

/// The name of a file without folders and control signs, cut to a length that every system holds.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|sign| !sign.is_control() && !"\"<>|:*?".contains(*sign)).collect();
    let plain = plain.trim().trim_start_matches('.');
    let from = plain.chars().count().saturating_sub(MOST_NAME);
    if plain.is_empty() { "scan".to_owned() } else { plain.chars().skip(from).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let late = [&[b' '; 1_000][..], b"%PDF-1.7"].concat();
        let cases: [(&[u8], Result<Media, ScanFault>); 8] = [
            (b"", Err(ScanFault::Empty)),
            (b"%PDF-1.4\n", Ok(Media::Pdf)),
            (&late, Ok(Media::Pdf)),
            (b"\xFF\xD8\xFF\xE0", Ok(Media::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Ok(Media::Png)),
            (b"MZ\x90", Err(ScanFault::OddFile)),
            (b"<html><script>", Err(ScanFault::OddFile)),
            (&vec![0; MOST_BYTES + 1], Err(ScanFault::TooLarge)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(judge(bytes), expected, "{:?}", bytes.get(..bytes.len().min(8)));
        }
    }

    #[test]
    fn a_name_keeps_its_end_and_loses_its_folders() {
        let long = format!("{}.pdf", "a".repeat(300));
        let cases = [
            ("Bằng ThS.pdf", "Bằng ThS.pdf"),
            ("C:\\Users\\x\\bang.jpg", "bang.jpg"),
            ("../../etc/passwd", "passwd"),
            ("a\"b\n.png", "ab.png"),
            ("..", "scan"),
            ("", "scan"),
        ];
        for (name, expected) in cases {
            assert_eq!(plain_name(name), expected);
        }
        assert_eq!(plain_name(&long).chars().count(), MOST_NAME);
        assert!(plain_name(&long).ends_with(".pdf"));
    }
}
