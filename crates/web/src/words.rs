//! Names of codes that stand alone in a cell or heading, and so begin with a capital; inside a sentence they begin small.
//! Not for: the names themselves (`locales/`).

use crate::i18n::Lang;

/// The text of `prefix-code` with a capital.
pub(crate) fn word(lang: Lang, prefix: &str, code: &str) -> String {
    capital(&lang.code_text(prefix, code))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_letter_grows() {
        assert_eq!((capital("đại học"), capital("UBND xã"), capital("")), ("Đại học".into(), "UBND xã".into(), String::new()));
    }
}
