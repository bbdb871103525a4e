//! Writing and reading are each other's inverse, and no text makes the reader panic.
//! Not for: what the shipped files say (`builtins`).

use proptest::prelude::*;
use schemefile::{builtin, builtin_tables, parse, parse_tables, write};

#[test]
fn the_shipped_schemes_survive_being_written_and_read_again() {
    for file in builtin() {
        let scheme = parse(file.text).unwrap();
        let text = write(&scheme);
        assert_eq!(parse(&text).unwrap(), scheme, "{}", file.code);
        assert_eq!(write(&parse(&text).unwrap()), text, "{}", file.code);
    }
}

/// A shipped file with one stretch of characters cut out.
fn cut(text: &str, from: usize, length: usize) -> String {
    text.chars().take(from).chain(text.chars().skip(from + length)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_written_gives_the_same_scheme(scheme in crate::generated::scheme()) {
        let text = write(&scheme);
        let read = parse(&text).map_err(|faults| TestCaseError::fail(format!("{faults:?}\n{text}")))?;
        prop_assert_eq!(read, scheme);
    }

    #[test]
    fn a_file_with_a_hole_is_read_or_refused_but_never_panics(from in 0..4_000_usize, length in 1..60_usize) {
        for text in [builtin()[4].text, builtin_tables()] {
            let _ = parse(&cut(text, from, length));
            let _ = parse_tables(&cut(text, from, length));
        }
    }

    #[test]
    fn every_fault_has_a_place_in_the_file_and_words_in_both_languages(from in 0..20_000_usize, length in 1..40_usize) {
        let text = cut(builtin()[3].text, from, length);
        for fault in parse(&text).err().unwrap_or_default() {
            prop_assert!((1..=text.lines().count() + 1).contains(&fault.line) && fault.column >= 1);
            prop_assert!(!fault.message_vi.is_empty() && !fault.message_en.is_empty() && !fault.code.is_empty());
        }
    }
}
