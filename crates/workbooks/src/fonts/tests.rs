//! Old fonts are told and converted, and Unicode is never touched.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const FAMILY: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Đặng", "Võ", "Bùi", "Đỗ", "Ngô", "Dương"];
const GIVEN: [&str; 20] = [
    "Ánh",
    "Hương",
    "Quỳnh",
    "Thuỷ",
    "Tú",
    "Bình",
    "Phượng",
    "Khuê",
    "Đức",
    "Ý",
    "Oanh",
    "Ngọc",
    "Hải",
    "Yến",
    "Sơn",
    "Kỳ",
    "Lý",
    "Mỹ",
    "Giang",
    "Vũ",
];

fn to_tcvn3(text: &str) -> String {
    let capital = |letter: char| TABLE_OF_SMALL.contains(letter);
    text.chars()
        .map(|c| {
            let sign = |letter: char| tcvn3::TABLE.iter().find(|(_, known)| *known == letter).map(|(sign, _)| *sign);
            // A capital with a tone has no sign; it is typed as the small letter in a font of capitals.
            sign(c).or_else(|| c.to_lowercase().next().filter(|small| capital(*small)).and_then(sign)).unwrap_or(c)
        })
        .collect()
}

const TABLE_OF_SMALL: &str = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";

fn to_vni(text: &str) -> String {
    let mut old = String::new();
    for c in text.chars() {
        old.push_str(&vni_of(c));
    }
    old
}

/// By hand from the marks, not by turning the table round.
fn vni_of(c: char) -> String {
    let is_capital = c.is_uppercase();
    let small: String = c.to_lowercase().collect();
    let special = match small.as_str() {
        "đ" => Some("ñ"),
        "í" => Some("í"),
        "ì" => Some("ì"),
        "ỉ" => Some("æ"),
        "ĩ" => Some("ó"),
        "ị" => Some("ò"),
        "ỵ" => Some("î"),
        _ => None,
    };
    let old = special.map_or_else(
        || {
            let marks: Vec<char> = small.nfd().collect();
            let has = |mark: char| marks.contains(&mark);
            let base = match (marks.first().copied().unwrap_or(' '), has('\u{31b}')) {
                ('o', true) => 'ô',
                ('u', true) => 'ö',
                (plain, _) => plain,
            };
            let tone = marks.iter().find(|mark| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(**mark));
            let signs = if has('\u{302}') {
                ["â", "à", "á", "ã", "å", "ä"]
            } else if has('\u{306}') {
                ["ê", "è", "é", "ü", "ú", "ë"]
            } else {
                ["", "ø", "ù", "õ", "û", "ï"]
            };
            let place = tone.and_then(|tone| "\u{300}\u{301}\u{303}\u{309}\u{323}".chars().position(|known| known == *tone));
            format!("{base}{}", signs[place.map_or(0, |place| place + 1)])
        },
        str::to_owned,
    );
    if is_capital { old.to_uppercase() } else { old }
}

fn decide_all(cells: &[(u16, &str)]) -> Vec<Decision> {
    let mut survey = Survey::default();
    for (column, text) in cells {
        survey.look(*column, judge(text));
    }
    cells.iter().map(|(column, text)| if survey.is_clean() { Decision::Keep } else { survey.decide(*column, text, judge(text)) }).collect()
}

#[test]
fn a_clear_cell_decides_for_itself() {
    let tcvn3 = Decision::Convert(Encoding::Tcvn3);
    let vni = Decision::Convert(Encoding::Vni);
    for (text, decision) in [
        ("NguyÔn V¨n ¸nh", tcvn3),
        ("NGUYÔN THÞ H\u{ad}¬NG", tcvn3),
        ("Hä vµ tªn", tcvn3),
        ("Nguyeãn Vaên AÙnh", vni),
        ("Hoï vaø teân", vni),
        ("Nguyễn Văn Ánh", Decision::Keep),
        ("Hà Tú", Decision::Keep),
        ("Müller, café, São Paulo, naïve résumé", Decision::Keep),
        ("100 m², 37 °C, § 5, ± 3, 5 µm, © 2024 ®, ½, «a»", Decision::Keep),
        ("Nguyá»…n VÄƒn Ã\u{81}nh", Decision::Convert(Encoding::Utf8Twice)),
        ("Nguy»¤n V¬¬n A", Decision::Unknown),
    ] {
        assert_eq!(decide_all(&[(0, text), (1, "Đã kiểm tra")]), [decision, Decision::Keep], "{text}");
    }
}

#[test]
fn a_cell_with_two_readings_follows_its_column() {
    // `Vò` is a syllable as it is, and `Vũ` in TCVN3.
    let tcvn3 = Decision::Convert(Encoding::Tcvn3);
    assert_eq!(decide_all(&[(0, "TrÇn V¨n"), (0, "Vò")]), [tcvn3, tcvn3]);
    assert_eq!(decide_all(&[(0, "Trần Văn"), (0, "Vò"), (1, "TrÇn V¨n")]), [Decision::Keep, Decision::Keep, tcvn3]);
    assert_eq!(decide_all(&[(0, "Trần Văn"), (0, "Vò"), (0, "TrÇn V¨n")]), [Decision::Keep, Decision::Unknown, tcvn3]);
    assert_eq!(decide_all(&[(0, "Vò")]), [Decision::Keep]);
}

#[test]
fn a_name_of_a_minority_follows_its_column() {
    let tcvn3 = Decision::Convert(Encoding::Tcvn3);
    for (name, decision) in [("Al¨ng BhNhíp", tcvn3), ("Bn\u{ad}íc h", tcvn3), ("Ng¸y»nx V¨©n", Decision::Unknown)] {
        assert_eq!(decide_all(&[(0, "TrÇn V¨n"), (0, "NguyÔn ThÞ"), (0, name)]), [tcvn3, tcvn3, decision], "{name}");
        // Nobody speaks for it.
        assert_eq!(decide_all(&[(0, "Trần Văn"), (0, name)]), [Decision::Keep, Decision::Unknown], "{name}");
    }
}

fn name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(GIVEN.to_vec());
    (prop::sample::select(FAMILY.to_vec()), prop::collection::vec(word, 1..4), any::<bool>()).prop_map(|(family, given, capitals)| {
        let name = format!("{family} {}", given.join(" "));
        if capitals { name.to_uppercase() } else { name }
    })
}

proptest! {
    #[test]
    fn names_return_from_both_old_encodings(name in name()) {
        // TCVN3 has no capitals with tones, so the first letter of a word may come back small; that is for the repair of names.
        let back = convert(&to_tcvn3(&name), Encoding::Tcvn3);
        prop_assert_eq!(back.to_lowercase(), name.to_lowercase());
        if name.chars().all(|c| !c.is_lowercase()) && name.split(' ').any(|word| word.chars().filter(char::is_ascii_uppercase).count() >= 2) {
            prop_assert_eq!(&back, &name);
        }
        prop_assert_eq!(convert(&to_vni(&name), Encoding::Vni), name);
    }

    #[test]
    fn a_column_of_names_is_told_whatever_the_encoding(names in prop::collection::vec(name(), 3..8)) {
        let all = |decision: Decision, to: fn(&str) -> String| {
            let texts: Vec<String> = names.iter().map(|name| to(name)).collect();
            let cells: Vec<(u16, &str)> = texts.iter().map(|text| (0, text.as_str())).collect();
            let wrong = decide_all(&cells).into_iter().zip(&texts).find(|(got, text)| *got != decision && !text.is_ascii());
            wrong.map(|(got, text)| format!("{text}: {got:?}"))
        };
        prop_assert_eq!(all(Decision::Keep, str::to_owned), None);
        prop_assert_eq!(all(Decision::Convert(Encoding::Tcvn3), to_tcvn3), None);
        prop_assert_eq!(all(Decision::Convert(Encoding::Vni), to_vni), None);
    }

    #[test]
    fn any_text_is_survived(text in ".*") {
        let _ = decide_all(&[(0, &text)]);
        let _ = convert(&text, Encoding::Tcvn3);
        let _ = convert(&text, Encoding::Vni);
    }
}

#[test]
fn unicode_text_of_offices_is_never_altered() {
    let texts = [
        "Ủy ban nhân dân xã Tân Hoà",
        "số 12, ngõ 3, đường Lê Lợi, TP. Hà Nội",
        "Thạc sĩ Luật học (ThS.)",
        "Đại học Sư phạm – cơ sở 2",
        "dsach_CBCC_2024 (bản cuối).xlsx",
        "Hà Lê Tú Vò Hoà Mão",
        "Cử nhân; Ph.D. — École Supérieure",
        "K'Brơi, Y Moan Êban, H'Hen Niê",
        "Đắk Lắk, Krông Năng",
        "à, ừ; «Không» · 50% ± 2",
        "Có",
        "Lào, Lỗ Tấn, Müller",
    ];
    let cells: Vec<(u16, &str)> = texts.iter().enumerate().map(|(place, text)| (u16::try_from(place % 3).unwrap(), *text)).collect();
    for (decision, text) in decide_all(&cells).into_iter().zip(texts) {
        assert_eq!(decision, Decision::Keep, "{text}");
        assert_eq!(decide_all(&[(0, text)]), [Decision::Keep], "{text} alone");
    }
}
