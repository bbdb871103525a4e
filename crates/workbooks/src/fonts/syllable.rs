//! Whether a word is a Vietnamese syllable: a beginning, a rhyme that exists, a tone that fits it.
//! Not for: spelling; only letters read in a wrong encoding must not pass.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x", "",
];

/// Rhymes without tone, by their first letter's quality.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ak ă ăc ăm ăn ăng ăp ăt ăk â âc âm ân âng âp ât âu ây âk \
    e ec em en eng eo ep et ek ê êch êm ên ênh êp êt êu êk êng êc \
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu ik \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ooc oong ok \
    ô ôc ôi ôm ôn ông ôp ôt ôk ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu uơ uk \
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y yêm yên yêng yêt yêu ym yn ynh ych yt yp yu";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split_ascii_whitespace().collect());

/// Whether the word is one syllable; case does not matter, every letter must belong to it.
pub(crate) fn is_syllable(word: &str) -> bool {
    let Some((plain, tone)) = without_tone(word) else { return false };
    ONSETS.iter().any(|onset| {
        plain.strip_prefix(onset).is_some_and(|rest| {
            // `gì` is written with the vowel in the beginning.
            let rhyme = if *onset == "gi" && rest.is_empty() { "i" } else { rest };
            KNOWN.contains(rhyme) && tone_fits(rhyme, tone)
        })
    })
}

/// Syllables that end in a stop have only two tones.
fn tone_fits(rhyme: &str, tone: Option<char>) -> bool {
    let stops = ["c", "ch", "p", "t", "k"].iter().any(|end| rhyme.ends_with(end));
    !stops || matches!(tone, Some('\u{301}' | '\u{323}'))
}

/// The word in small letters without its tone, and the tone; `None` with two tones or other signs.
fn without_tone(word: &str) -> Option<(String, Option<char>)> {
    let mut tone = None;
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if tone.is_none() => tone = Some(c),
            'a'..='z' | 'đ' | '\u{302}' | '\u{306}' | '\u{31b}' => plain.push(c),
            _ => return None,
        }
    }
    Some((plain.nfc().collect(), tone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_the_language_pass_and_other_words_do_not() {
        let names =
            "Nguyễn Thị Ánh Đặng Thuỷ Thúy Quỳnh Khuê Văn Lý Trần Phượng Giang gì giếng Quốc Hoàng Trường Tuyết Đắk nghiêng yêu Ý ở";
        for good in names.split(' ') {
            assert!(is_syllable(good), "{good}");
        }
        for bad in ["Müller", "café", "Peña", "Nguyơn", "cọc1", "Mỹller", "Josộ", "tàc", "®", "Nguyá»…n", "Thàp", "ßà"] {
            assert!(!is_syllable(bad), "{bad}");
        }
    }
}
