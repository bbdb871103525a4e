//! Names of codes that stand alone in a cell or heading, and so begin with a capital; inside a sentence they begin small.
//! Not for: the names themselves (`locales/`).

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use crate::i18n::Lang;

/// Words that lists show hundreds of times, once they were made. Codes of the program make them, so they are as few as its codes.
static FIXED: LazyLock<RwLock<HashMap<Key, &'static str>>> = LazyLock::new(RwLock::default);

/// Whether in Vietnamese, prefix and code.
type Key = (bool, &'static str, &'static str);

/// The text of `prefix-code` with a capital.
pub(crate) fn word(lang: Lang, prefix: &str, code: &str) -> String {
    capital(&lang.code_text(prefix, code))
}

/// As [`word`], for the cells of long lists: made once and kept.
pub(crate) fn fixed(lang: Lang, prefix: &'static str, code: &'static str) -> &'static str {
    let key = (lang.is_vi(), prefix, code);
    if let Some(text) = FIXED.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return text;
    }
    let text: &'static str = word(lang, prefix, code).leak();
    FIXED.write().unwrap_or_else(PoisonError::into_inner).insert(key, text);
    text
}

/// The text with a capital.
pub(crate) fn capital(text: &str) -> String {
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

    #[test]
    fn every_code_of_a_record_has_a_name_in_both_languages() {
        use domain::people::{Degree, Leadership, QualificationKind, Sex, StaffKind, StudyField};
        use domain::training::{ContentGroup, Outcome, TrainingKind};
        let codes = |prefix: &'static str, all: Vec<&'static str>| all.into_iter().map(move |code| (prefix, code));
        let all = codes("person-staff", StaffKind::ALL.iter().map(|c| c.code()).collect())
            .chain(codes("person-leadership", Leadership::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("person-sex", Sex::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("degree", Degree::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("field", StudyField::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("person-qualification", QualificationKind::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("content", ContentGroup::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("training", TrainingKind::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("outcome", Outcome::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("level", domain::orgs::Level::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("change-into", domain::orgs::Change::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("change-from", domain::orgs::Change::ALL.iter().map(|c| c.code()).collect()));
        let nameless = |(prefix, code): &(&str, &str)| Lang::ALL.iter().any(|lang| lang.code_text(prefix, code).contains("Unknown"));
        assert_eq!(all.filter(nameless).collect::<Vec<_>>(), Vec::<(&str, &str)>::new());
    }

    #[test]
    fn every_head_and_row_of_a_statistics_table_has_a_name() {
        use domain::statistics::{TableId, columns, row_keys};
        for id in TableId::ALL {
            let heads = columns(*id).into_iter().map(|c| c.split('.').next().unwrap().to_owned());
            let prefix = match id {
                TableId::LeadersByField => "field",
                TableId::LeadersByDegree | TableId::YoungLeaders => "statistics-degree",
                _ => "statistics-head",
            };
            let names = heads
                .map(|head| (prefix, head))
                .chain(row_keys(*id, 2020..=2020).into_iter().filter(|k| k != "2020").map(|k| ("statistics-row", k)));
            for (prefix, code) in names {
                assert!(Lang::ALL.iter().all(|lang| !lang.code_text(prefix, &code).contains("Unknown")), "{prefix}-{code}");
            }
        }
    }
}
