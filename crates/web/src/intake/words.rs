//! The words of an import: faults with their way out, refusals, values as people write them.
//! Not for: finding faults.

use fluent_templates::fluent_bundle::FluentValue;
use service::intake::{self, End, Fault, RehearseRefusal};
use service::registry::UndoRefusal;

use crate::i18n::Lang;

/// Names that texts of faults have places for.
const PLACES: [&str; 15] =
    ["near", "until", "first", "last", "min", "max", "digits", "choices", "other", "row", "codes", "taken", "known", "suggested", "read"];

/// What is wrong and what to do, in Vietnamese: for the terminal and files that leave the system.
#[must_use]
pub fn tell_fault(fault: &Fault) -> String {
    tell(Lang::Vi, fault)
}

/// What is wrong and what to do.
pub(crate) fn tell(lang: Lang, fault: &Fault) -> String {
    let value = |name: &str| {
        let own = fault.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let text = own.unwrap_or_else(|| if name == "read" { fault.read.clone() } else { String::new() });
        if matches!(name, "near" | "choices") { in_words(&fault.field, &text) } else { text }
    };
    let values: Vec<(&'static str, FluentValue<'_>)> = PLACES.iter().map(|name| (*name, value(name).into())).collect();
    // With nothing written alike to suggest, the sentence is another one.
    let is_lost = matches!(fault.code.as_str(), "unknown_choice" | "no_such_unit" | "no_such_topic") && value("near").is_empty();
    let key = if is_lost { format!("intake-fault-{}-lost", fault.code) } else { format!("intake-fault-{}", fault.code) };
    lang.with(&key, &values)
}

/// Codes of a field's choices as the words people write.
fn in_words(field: &str, codes: &str) -> String {
    let words = codes.split(',').map(|code| value(field, code));
    words.collect::<Vec<_>>().join(", ")
}

/// A value as people write it: of a choice its first name, of everything else itself.
pub(super) fn value(field: &str, text: &str) -> String {
    let choice = intake::choices(field).find(|(code, _)| *code == text);
    choice.map_or_else(|| text.to_owned(), |(_, name)| name.to_owned())
}

/// The name of a field; the day of a paper is the paper's.
pub(super) fn field(lang: Lang, code: &str) -> String {
    if code.is_empty() { lang.t("intake-whole-row") } else { lang.code_text("intake-field", code) }
}

/// Why a file was not read or carried.
pub(super) fn end(lang: Lang, end: &End) -> String {
    match end {
        End::Rehearse(refusal) => rehearse(lang, refusal),
        End::Carry(intake::CarryRefusal::Rehearse(refusal)) => rehearse(lang, refusal),
        End::Carry(intake::CarryRefusal::Faulty(rows)) => lang.counted("intake-refused-faulty", i64::try_from(*rows).unwrap_or(i64::MAX)),
        End::Carry(intake::CarryRefusal::Nothing) => lang.t("intake-refused-nothing"),
        End::Carry(intake::CarryRefusal::ChangedSince) => lang.t("intake-refused-changed"),
        End::Carry(intake::CarryRefusal::NotCompared) => lang.t("intake-refused-not-compared"),
        End::Carry(intake::CarryRefusal::NoReason) => lang.t("keep-no-reason"),
        End::Stale => lang.t("intake-refused-stale"),
        End::Broken(_) => lang.t("intake-refused-broken"),
    }
}

fn rehearse(lang: Lang, refusal: &RehearseRefusal) -> String {
    match refusal {
        RehearseRefusal::Open(error) => {
            let texts: Vec<(&'static str, FluentValue<'_>)> = PARTS
                .iter()
                .map(|name| (*name, error.params().into_iter().find(|(n, _)| n == name).map(|(_, v)| v).unwrap_or_default().into()))
                .collect();
            lang.with(&format!("intake-open-{}", error.code()), &texts)
        }
        RehearseRefusal::NoTable(_) => lang.t("intake-refused-no-table"),
        RehearseRefusal::Cancelled => lang.t("intake-refused-cancelled"),
        RehearseRefusal::Busy => lang.t("intake-refused-busy"),
        RehearseRefusal::Carried => lang.t("intake-refused-stale"),
    }
}

/// Names that texts of files that cannot be opened have places for.
const PARTS: [&str; 8] = ["bytes", "limit", "part", "why", "sheet", "looks", "ratio", "sheets"];

/// Why a carried file is not taken back.
pub(super) fn undo(lang: Lang, refusal: &UndoRefusal) -> String {
    match refusal {
        UndoRefusal::NoReason => lang.t("keep-no-reason"),
        UndoRefusal::OthersToo { people } => lang.counted("intake-undo-others", *people),
        UndoRefusal::Blocked { obstacles, count } => {
            let people: Vec<String> =
                obstacles.iter().filter_map(|o| o.person.as_ref()).map(|(code, name)| format!("{name} ({code})")).collect();
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            let named = people.into_iter().take(5).collect::<Vec<_>>().join("; ");
            lang.with("intake-undo-blocked", &[("count", count.into()), ("n", lang.number(count).into()), ("people", named.into())])
        }
    }
}
