//! VNI for Windows: a plain letter is followed by a sign that carries its marks; a few letters are one sign.
//! Not for: telling whether a text is written so.

use unicode_normalization::UnicodeNormalization;

const GRAVE: &str = "\u{300}";
const ACUTE: &str = "\u{301}";
const TILDE: &str = "\u{303}";
const HOOK: &str = "\u{309}";
const DOT: &str = "\u{323}";

/// Letters that are one sign, small; capitals are the capital signs.
pub(super) const SINGLE: [(char, char); 8] =
    [('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị')];

/// The sign of a small `y` with a dot below, which has no pair.
pub(super) const Y_DOT: (char, char) = ('î', 'ỵ');

/// A sign that follows a letter: the letters it may follow, and the marks it carries.
pub(super) const FOLLOWING: [(char, &str, &str); 15] = [
    ('ø', "aeouyôö", GRAVE),
    ('ù', "aeouyôö", ACUTE),
    ('õ', "aeouyôö", TILDE),
    ('û', "aeouyôö", HOOK),
    ('ï', "aeouyôö", DOT),
    ('â', "aeo", "\u{302}"),
    ('à', "aeo", "\u{302}\u{300}"),
    ('á', "aeo", "\u{302}\u{301}"),
    ('ã', "aeo", "\u{302}\u{303}"),
    ('å', "aeo", "\u{302}\u{309}"),
    ('ä', "aeo", "\u{302}\u{323}"),
    ('ê', "a", "\u{306}"),
    ('è', "a", "\u{306}\u{300}"),
    ('é', "a", "\u{306}\u{301}"),
    ('ë', "a", "\u{306}\u{323}"),
];

/// Breve with the two tones whose signs are shared with no other row.
pub(super) const BREVE: [(char, &str, &str); 2] = [('ú', "a", "\u{306}\u{309}"), ('ü', "a", "\u{306}\u{303}")];

/// The text as Unicode, composed.
pub(super) fn to_unicode(text: &str) -> String {
    let mut unicode = String::with_capacity(text.len() + text.len() / 2);
    // The plain letter before, in small, while a sign may still follow it.
    let mut before: Option<char> = None;
    for c in text.chars() {
        let small = small(c);
        if let Some(marks) = before.and_then(|letter| marks(letter, small)) {
            unicode.push_str(marks);
            before = None;
            continue;
        }
        match single(small) {
            Some(letter) if c == small => unicode.push(letter),
            Some(letter) => unicode.extend(letter.to_uppercase()),
            None => unicode.push(c),
        }
        before = Some(small);
    }
    unicode.nfc().collect()
}

fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().unwrap_or(c)
}

fn single(sign: char) -> Option<char> {
    SINGLE.iter().chain([&Y_DOT]).find_map(|(known, letter)| (*known == sign).then_some(*letter))
}

fn marks(letter: char, sign: char) -> Option<&'static str> {
    let rows = FOLLOWING.iter().chain(&BREVE);
    rows.filter(|(known, letters, _)| *known == sign && letters.contains(letter)).map(|(_, _, marks)| *marks).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_both_cases() {
        for (old, new) in [
            ("Nguyeãn Vaên AÙnh", "Nguyễn Văn Ánh"),
            ("NGUYEÃN VAÊN AÙNH", "NGUYỄN VĂN ÁNH"),
            ("Traàn Thò Höông", "Trần Thị Hương"),
            ("Ñaëng Quoác Bình", "Đặng Quốc Bình"),
            ("ÑAËNG QUOÁC BÌNH", "ĐẶNG QUỐC BÌNH"),
            ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
            ("Nguyeãn Höõu Kyû, Lyù Myõ, Thuïy, Mî", "Nguyễn Hữu Kỷ, Lý Mỹ, Thụy, Mỵ"),
        ] {
            assert_eq!(to_unicode(old), new);
        }
    }
}
