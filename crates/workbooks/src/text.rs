//! Bytes of separated text to letters: byte order marks, UTF-16 without one, Windows for Vietnamese.
//! Not for: old fonts that draw Vietnamese over Latin letters (`fonts`); such text comes out of here as those Latin letters.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::fonts;

/// Text and the letters it was written in.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Stable name: `utf-8`, `utf-16le`, `utf-16be`, `windows-1258`, `windows-1252`.
    pub(crate) encoding: &'static str,
}

/// How much of a file is enough to tell its letters.
const SAMPLE: usize = 256 * 1024;

/// Text of bytes; `None` when they are no text at all.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, bytes.get(mark..).unwrap_or(&[]));
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = utf16(sample) {
        return whole(encoding, bytes);
    }
    if sample.iter().any(|byte| matches!(byte, 0..=8 | 14..=25 | 27..=31)) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), encoding: name(UTF_8) });
    }
    if is_nearly_utf8(sample) {
        return whole(UTF_8, bytes);
    }
    whole(of_one_byte(sample), bytes)
}

fn whole<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // Bytes that only look like UTF-16 give letters of no language and these.
    let odd = text.chars().take(SAMPLE).any(|c| c < ' ' && !matches!(c, '\t'..='\r' | '\u{1a}'));
    (!odd).then(|| Decoded { text, encoding: name(encoding) })
}

fn name(encoding: &'static Encoding) -> &'static str {
    [(UTF_8, "utf-8"), (UTF_16LE, "utf-16le"), (UTF_16BE, "utf-16be"), (WINDOWS_1258, "windows-1258"), (WINDOWS_1252, "windows-1252")]
        .into_iter()
        .find_map(|(known, name)| (known == encoding).then_some(name))
        .unwrap_or("unknown")
}

/// Separated text has many digits, blanks and separators; in UTF-16 each of them has a zero beside it, always on the same side.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let (mut before, mut after, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        let [first, second] = pair else { continue };
        pairs += 1;
        before += usize::from(*first == 0);
        after += usize::from(*second == 0);
    }
    if pairs < 2 || before.max(after) * 4 < pairs {
        return None;
    }
    match (before, after) {
        (0, _) => Some(UTF_16LE),
        (_, 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether nearly every letter beyond ASCII is a right sequence of UTF-8: such a file was damaged, not written in other letters.
fn is_nearly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 20 && bad * 20 <= good
}

/// Windows for Vietnamese when its reading has Vietnamese syllables that no reading through an old font has.
fn of_one_byte(sample: &[u8]) -> &'static Encoding {
    let vietnamese: String = WINDOWS_1258.decode_without_bom_handling(sample).0.nfc().collect();
    let western = WINDOWS_1252.decode_without_bom_handling(sample).0;
    let modern = fonts::syllables(&vietnamese);
    let through_font = [fonts::Encoding::Tcvn3, fonts::Encoding::Vni].map(|font| fonts::syllables(&fonts::convert(&western, font)));
    if through_font.iter().all(|old| modern >= *old) { WINDOWS_1258 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "STT;Họ và tên\r\n1;Nguyễn Thị Thuỷ Tiên\r\n2;Đặng Văn Bưởi\r\n";

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn letters_of_a_file_are_told_with_or_without_a_mark() {
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            (with_mark(&[0xef, 0xbb, 0xbf], TEXT.as_bytes().to_vec()), "utf-8"),
            (utf16(TEXT, u16::to_le_bytes), "utf-16le"),
            (utf16(TEXT, u16::to_be_bytes), "utf-16be"),
            (with_mark(&[0xff, 0xfe], utf16(TEXT, u16::to_le_bytes)), "utf-16le"),
            (with_mark(&[0xfe, 0xff], utf16(TEXT, u16::to_be_bytes)), "utf-16be"),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, encoding));
        }
    }

    #[test]
    fn windows_for_vietnamese_is_told_from_old_fonts() {
        // "Nguyễn Thị Hoà": ê and a combining tilde, i and a combining dot, a with grave.
        let decoded = decode(b"1;Nguy\xea\xden Thi\xf2 Ho\xe0\r\n").unwrap();
        assert_eq!(decoded.encoding, "windows-1258");
        assert_eq!(decoded.text.nfc().collect::<String>(), "1;Nguyễn Thị Hoà\r\n");
        // The same name as drawn by the font .VnTime.
        assert_eq!(decode(b"1;Nguy\xd4n Th\xde Ho\xb5\r\n").unwrap().encoding, "windows-1252");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [b"\x00\x01\x02\x03\xff".as_slice(), &[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13]] {
            assert!(decode(bytes).is_none());
        }
    }
}
