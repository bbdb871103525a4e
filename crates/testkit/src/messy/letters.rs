//! Text as old programs kept it: drawn by the fonts of TCVN3, or in Windows for Vietnamese.
//! Not for: reading such text; the product has its own tables, which these are proved against.

/// Each vowel with its letters of five tones, in the order grave, hook, tilde, acute, dot below.
const VOWELS: [(char, &str); 12] = [
    ('a', "àảãáạ"),
    ('ă', "ằẳẵắặ"),
    ('â', "ầẩẫấậ"),
    ('e', "èẻẽéẹ"),
    ('ê', "ềểễếệ"),
    ('i', "ìỉĩíị"),
    ('o', "òỏõóọ"),
    ('ô', "ồổỗốộ"),
    ('ơ', "ờởỡớợ"),
    ('u', "ùủũúụ"),
    ('ư', "ừửữứự"),
    ('y', "ỳỷỹýỵ"),
];
/// The bytes of the same letters in TCVN3.
const TCVN3_TONES: [[u8; 5]; 12] = [
    [0xb5, 0xb6, 0xb7, 0xb8, 0xb9],
    [0xbb, 0xbc, 0xbd, 0xbe, 0xc6],
    [0xc7, 0xc8, 0xc9, 0xca, 0xcb],
    [0xcc, 0xce, 0xcf, 0xd0, 0xd1],
    [0xd2, 0xd3, 0xd4, 0xd5, 0xd6],
    [0xd7, 0xd8, 0xdc, 0xdd, 0xde],
    [0xdf, 0xe1, 0xe2, 0xe3, 0xe4],
    [0xe5, 0xe6, 0xe7, 0xe8, 0xe9],
    [0xea, 0xeb, 0xec, 0xed, 0xee],
    [0xef, 0xf1, 0xf2, 0xf3, 0xf4],
    [0xf5, 0xf6, 0xf7, 0xf8, 0xf9],
    [0xfa, 0xfb, 0xfc, 0xfd, 0xfe],
];
/// Letters without a tone in TCVN3.
const TCVN3_PLAIN: [(char, u8); 14] = [
    ('Ă', 0xa1),
    ('Â', 0xa2),
    ('Ê', 0xa3),
    ('Ô', 0xa4),
    ('Ơ', 0xa5),
    ('Ư', 0xa6),
    ('Đ', 0xa7),
    ('ă', 0xa8),
    ('â', 0xa9),
    ('ê', 0xaa),
    ('ô', 0xab),
    ('ơ', 0xac),
    ('ư', 0xad),
    ('đ', 0xae),
];
/// Signs of the five tones in Windows for Vietnamese; they stand behind the letter.
const WINDOWS_TONES: [u8; 5] = [0xcc, 0xd2, 0xde, 0xec, 0xf2];
/// Letters without a tone in Windows for Vietnamese.
const WINDOWS_PLAIN: [(char, u8); 14] = [
    ('Ă', 0xc3),
    ('Â', 0xc2),
    ('Ê', 0xca),
    ('Ô', 0xd4),
    ('Ơ', 0xd5),
    ('Ư', 0xdd),
    ('Đ', 0xd0),
    ('ă', 0xe3),
    ('â', 0xe2),
    ('ê', 0xea),
    ('ô', 0xf4),
    ('ơ', 0xf5),
    ('ư', 0xfd),
    ('đ', 0xf0),
];

/// A letter's vowel and tone, by their places.
fn toned(c: char) -> Option<(usize, char, usize)> {
    let small = c.to_lowercase().next()?;
    let found = VOWELS.iter().enumerate().find_map(|(place, (vowel, tones))| {
        let tone = tones.chars().position(|toned| toned == small)?;
        Some((place, *vowel, tone))
    });
    let (place, vowel, tone) = found?;
    let vowel = if c == small { vowel } else { vowel.to_uppercase().next()? };
    Some((place, vowel, tone))
}

fn plain(table: &[(char, u8)], c: char) -> u8 {
    let known = table.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    known.or_else(|| u8::try_from(c).ok()).unwrap_or(b'?')
}

/// Text in Windows for Vietnamese, each tone a sign of its own behind its letter.
#[must_use]
pub fn windows_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match toned(c) {
            Some((_, vowel, tone)) => {
                bytes.push(plain(&WINDOWS_PLAIN, vowel));
                bytes.extend(WINDOWS_TONES.get(tone));
            }
            None => bytes.push(plain(&WINDOWS_PLAIN, c)),
        }
    }
    bytes
}

/// Text as the fonts of TCVN3 draw it; capitals with a tone have no sign there and become small letters.
#[must_use]
pub fn tcvn3(text: &str) -> Vec<u8> {
    let byte = |c: char| {
        let tone = toned(c).and_then(|(place, _, tone)| TCVN3_TONES.get(place)?.get(tone).copied());
        tone.unwrap_or_else(|| plain(&TCVN3_PLAIN, c))
    };
    text.chars().map(byte).collect()
}
