//! Filters in words.
//! Not for: whole sentences (`explain`).

use domain::schemes::filters::DatedBy;
use domain::schemes::{EventFilter, PersonFilter, QualificationFilter, RecordFilter, TopicScope};

use crate::i18n::Lang;

/// "a, b hoặc c".
pub(super) fn any_of(lang: Lang, words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    let Some(last) = words.pop() else { return String::new() };
    if words.is_empty() { last } else { format!("{} {} {last}", words.join(", "), lang.t("word-or")) }
}

/// The phrases that say something, one after the other.
fn phrases(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn codes<T: Copy>(lang: Lang, prefix: &str, values: &[T], code: impl Fn(T) -> &'static str) -> String {
    any_of(lang, values.iter().map(|value| lang.code_text(prefix, code(*value))))
}

/// `key` with the words in its place, or nothing when there are none.
fn said(lang: Lang, key: &str, words: String) -> String {
    if words.is_empty() { words } else { lang.with(key, &[("what", words.into())]) }
}

fn flag(lang: Lang, value: Option<bool>, yes: &str, no: &str) -> String {
    value.map(|value| lang.t(if value { yes } else { no })).unwrap_or_default()
}

/// Who.
pub(crate) fn person(lang: Lang, filter: &PersonFilter) -> String {
    if filter.is_any() {
        return lang.t("who-anyone");
    }
    let staff = codes(lang, "staff", &filter.staff, |c| c.code());
    let age = |value: Option<u8>, key: &str| value.map(|age| lang.counted(key, i64::from(age))).unwrap_or_default();
    phrases(vec![
        if staff.is_empty() { lang.t("who-person") } else { staff },
        codes(lang, "group", &filter.groups, |c| c.code()),
        codes(lang, "leadership", &filter.leaderships, |c| c.code()),
        flag(lang, filter.leads, "who-leads", "who-leads-not"),
        codes(lang, "level", &filter.levels, |c| c.code()),
        codes(lang, "bloc", &filter.blocs, |c| c.code()),
        codes(lang, "duty", &filter.duties, |c| c.code()),
        filter.sex.map(|sex| lang.code_text("sex", sex.code())).unwrap_or_default(),
        flag(lang, filter.minority, "who-minority", "who-kinh"),
        age(filter.under_age, "who-under-age"),
        age(filter.from_age, "who-from-age"),
        flag(lang, filter.fits_post, "who-fits-post", "who-fits-post-not"),
    ])
}

/// What is held.
pub(super) fn qualification(lang: Lang, filter: &QualificationFilter) -> String {
    let kind = lang.code_text("qualification", filter.kind.code());
    let degrees = codes(lang, "degree", &filter.degrees, |c| c.code());
    if degrees.is_empty() { kind } else { format!("{kind}: {degrees}") }
}

fn topics(lang: Lang, scope: Option<&TopicScope>) -> String {
    match scope {
        None => String::new(),
        Some(TopicScope::Any) => lang.t("record-any-topic"),
        Some(TopicScope::Of(codes)) => lang.with("record-topics", &[("what", codes.join(", ").into())]),
    }
}

/// What was attended.
pub(crate) fn record(lang: Lang, filter: &RecordFilter) -> String {
    let kinds = codes(lang, "training", &filter.kinds, |c| c.code());
    let outcomes = codes(lang, "outcome", &filter.outcomes, |c| c.code());
    phrases(vec![
        if kinds.is_empty() { lang.t("record-any") } else { kinds },
        codes(lang, "degree", &filter.degrees, |c| c.code()),
        said(lang, "record-contents", codes(lang, "content", &filter.contents, |c| c.code())),
        said(lang, "record-fields", codes(lang, "field", &filter.fields, |c| c.code())),
        said(lang, "record-programmes", codes(lang, "programme", &filter.programmes, |c| c.code())),
        said(lang, "record-forms", codes(lang, "form", &filter.forms, |c| c.code())),
        codes(lang, "mode", &filter.modes, |c| c.code()),
        flag(lang, filter.abroad, "record-abroad", "record-home"),
        topics(lang, filter.topics.as_ref()),
        said(lang, "record-outcomes", outcomes),
        said(lang, "record-staff", codes(lang, "staff", &filter.staff, |c| c.code())),
        lang.t(match filter.dated_by {
            DatedBy::Start => "record-by-start",
            DatedBy::End => "record-by-end",
        }),
    ])
}

/// What was held.
pub(super) fn events(lang: Lang, filter: &EventFilter) -> String {
    let forms = codes(lang, "form", &filter.forms, |c| c.code());
    let size = filter.size.map(|(from, to)| {
        lang.with("event-size", &[("from", lang.number(i64::from(from)).into()), ("to", lang.number(i64::from(to)).into())])
    });
    phrases(vec![
        if forms.is_empty() { lang.t("event-any") } else { forms },
        said(lang, "record-contents", codes(lang, "content", &filter.contents, |c| c.code())),
        said(lang, "record-programmes", codes(lang, "programme", &filter.programmes, |c| c.code())),
        topics(lang, filter.topics.as_ref()),
        flag(lang, filter.abroad, "record-abroad", "record-home"),
        size.unwrap_or_default(),
        said(lang, "event-with", codes(lang, "group", &filter.with_groups, |c| c.code())),
    ])
}
