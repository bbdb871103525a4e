//! TCVN3 (ABC): each Vietnamese letter is one sign of Latin-1. Small letters with marks have signs of their own, capitals with tones have none.
//! Not for: telling whether a text is written so.

/// The sign of Latin-1 and the letter it is drawn as. TCVN 5712:1993, set VN3.
pub(super) const TABLE: [(char, char); 74] = [
    ('\u{a1}', 'Ă'),
    ('\u{a2}', 'Â'),
    ('\u{a3}', 'Ê'),
    ('\u{a4}', 'Ô'),
    ('\u{a5}', 'Ơ'),
    ('\u{a6}', 'Ư'),
    ('\u{a7}', 'Đ'),
    ('\u{a8}', 'ă'),
    ('\u{a9}', 'â'),
    ('\u{aa}', 'ê'),
    ('\u{ab}', 'ô'),
    ('\u{ac}', 'ơ'),
    ('\u{ad}', 'ư'),
    ('\u{ae}', 'đ'),
    ('\u{b5}', 'à'),
    ('\u{b6}', 'ả'),
    ('\u{b7}', 'ã'),
    ('\u{b8}', 'á'),
    ('\u{b9}', 'ạ'),
    ('\u{bb}', 'ằ'),
    ('\u{bc}', 'ẳ'),
    ('\u{bd}', 'ẵ'),
    ('\u{be}', 'ắ'),
    ('\u{c6}', 'ặ'),
    ('\u{c7}', 'ầ'),
    ('\u{c8}', 'ẩ'),
    ('\u{c9}', 'ẫ'),
    ('\u{ca}', 'ấ'),
    ('\u{cb}', 'ậ'),
    ('\u{cc}', 'è'),
    ('\u{ce}', 'ẻ'),
    ('\u{cf}', 'ẽ'),
    ('\u{d0}', 'é'),
    ('\u{d1}', 'ẹ'),
    ('\u{d2}', 'ề'),
    ('\u{d3}', 'ể'),
    ('\u{d4}', 'ễ'),
    ('\u{d5}', 'ế'),
    ('\u{d6}', 'ệ'),
    ('\u{d7}', 'ì'),
    ('\u{d8}', 'ỉ'),
    ('\u{dc}', 'ĩ'),
    ('\u{dd}', 'í'),
    ('\u{de}', 'ị'),
    ('\u{df}', 'ò'),
    ('\u{e1}', 'ỏ'),
    ('\u{e2}', 'õ'),
    ('\u{e3}', 'ó'),
    ('\u{e4}', 'ọ'),
    ('\u{e5}', 'ồ'),
    ('\u{e6}', 'ổ'),
    ('\u{e7}', 'ỗ'),
    ('\u{e8}', 'ố'),
    ('\u{e9}', 'ộ'),
    ('\u{ea}', 'ờ'),
    ('\u{eb}', 'ở'),
    ('\u{ec}', 'ỡ'),
    ('\u{ed}', 'ớ'),
    ('\u{ee}', 'ợ'),
    ('\u{ef}', 'ù'),
    ('\u{f1}', 'ủ'),
    ('\u{f2}', 'ũ'),
    ('\u{f3}', 'ú'),
    ('\u{f4}', 'ụ'),
    ('\u{f5}', 'ừ'),
    ('\u{f6}', 'ử'),
    ('\u{f7}', 'ữ'),
    ('\u{f8}', 'ứ'),
    ('\u{f9}', 'ự'),
    ('\u{fa}', 'ỳ'),
    ('\u{fb}', 'ỷ'),
    ('\u{fc}', 'ỹ'),
    ('\u{fd}', 'ý'),
    ('\u{fe}', 'ỵ'),
];

/// The text as Unicode. A text in capitals was written with a font of capitals, which draws small letters as capitals too.
pub(super) fn to_unicode(text: &str) -> String {
    // A single capital in each word is the beginning of a name, whatever signs follow: `Lª Vò`.
    let is_shouted = |word: &str| word.chars().filter(char::is_ascii_uppercase).nth(1).is_some();
    let capitals = !text.chars().any(|c| c.is_ascii_lowercase()) && text.split(' ').any(is_shouted);
    let mut unicode = String::with_capacity(text.len() + text.len() / 2);
    for c in text.chars() {
        match TABLE.binary_search_by_key(&c, |(sign, _)| *sign).ok().and_then(|place| TABLE.get(place)) {
            Some((_, letter)) if capitals => unicode.extend(letter.to_uppercase()),
            Some((_, letter)) => unicode.push(*letter),
            None => unicode.push(c),
        }
    }
    unicode
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_has_every_small_letter_once() {
        assert!(TABLE.is_sorted_by_key(|(sign, _)| *sign));
        let mut letters: Vec<char> = TABLE.iter().map(|(_, letter)| *letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 74);
    }

    #[test]
    fn names_are_read_in_both_cases() {
        for (old, new) in [
            ("NguyÔn V¨n ¸nh", "Nguyễn Văn ánh"),
            ("TrÇn ThÞ H\u{ad}¬ng", "Trần Thị Hương"),
            ("§Æng Quèc B×nh", "Đặng Quốc Bình"),
            ("Lª Vò", "Lê Vũ"),
            ("NGUYÔN THÞ H\u{ad}¬NG", "NGUYỄN THỊ HƯƠNG"),
            ("céng hßa x· héi chñ nghÜa ViÖt Nam", "cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("®éc lËp - tù do - h¹nh phóc", "độc lập - tự do - hạnh phúc"),
        ] {
            assert_eq!(to_unicode(old), new);
        }
    }
}
