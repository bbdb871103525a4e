//! A target's measure in plain words: what is counted, out of whom, when, against what, and where the document says so.
//! Not for: judging.

pub(crate) mod filters;

use domain::schemes::targets::{Inner, InnerFilter};
use domain::schemes::{Did, Measure, Population, Recurrence, Target};
use domain::time::Interval;
use service::schemes::Stored;

use crate::i18n::Lang;
use crate::targets::threshold_text;

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) text: String,
}

/// Everything that decides a figure, in reading order.
pub(crate) fn explain(lang: Lang, stored: &Stored, target: &Target) -> Vec<Line> {
    let mut lines = vec![
        ("explain-counted", counted(lang, &target.measure)),
        ("explain-out-of", out_of(lang, &target.measure)),
        ("explain-inner", target.inner.as_ref().map(|inner| inside(lang, target, inner)).unwrap_or_default()),
        ("explain-period", period(lang, target)),
        ("explain-threshold", threshold(lang, target)),
        ("explain-parameters", parameters(lang, target)),
        ("explain-source", source(lang, stored, target)),
    ];
    lines.retain(|(_, text)| !text.is_empty());
    lines.into_iter().map(|(label, text)| Line { label: lang.t(label), text }).collect()
}

fn counted(lang: Lang, measure: &Measure) -> String {
    match measure {
        Measure::ShareOfPeople { did, .. } => lang.with("explain-people-who", &[("what", done(lang, did).into())]),
        Measure::StateOfPeople { holds, .. } => lang.with("explain-people-hold", &[("what", filters::qualification(lang, holds).into())]),
        Measure::PerPersonPerYear { did, periods, .. } => lang
            .with("explain-people-amount", &[("what", filters::record(lang, did).into()), ("n", lang.number(i64::from(*periods)).into())]),
        Measure::CountOfPeople { who, did } => {
            lang.with("explain-people-sent", &[("who", filters::person(lang, who).into()), ("what", filters::record(lang, did).into())])
        }
        Measure::CountOfEvents { events } => lang.with("explain-events", &[("what", filters::events(lang, events).into())]),
        Measure::BeforeEvent { met, .. } => lang.with("explain-before", &[("what", done(lang, met).into())]),
        Measure::FollowUpShare { follow_up, after_months, .. } => {
            let what = lang.code_text("follow-up", follow_up.code());
            lang.with("explain-follow-up", &[("what", what.into()), ("count", i64::from(*after_months).into())])
        }
        Measure::RatedShare { rating, at_least, .. } => {
            let (rating, band) = (lang.code_text("rating", rating.code()), lang.code_text("band", at_least.code()));
            lang.with("explain-rated", &[("rating", rating.into()), ("band", band.into())])
        }
        Measure::YesNo => lang.t("explain-yes-no"),
    }
}

fn done(lang: Lang, did: &Did) -> String {
    match did {
        Did::Trained(records) => filters::record(lang, records),
        Did::Received(receipt) => lang.with("explain-received", &[("what", lang.code_text("receipt", receipt.code()).into())]),
        Did::Holds(held) => lang.with("explain-holds", &[("what", filters::qualification(lang, held).into())]),
    }
}

fn out_of(lang: Lang, measure: &Measure) -> String {
    match measure {
        Measure::ShareOfPeople { of, .. }
        | Measure::StateOfPeople { of, .. }
        | Measure::PerPersonPerYear { of, .. }
        | Measure::RatedShare { of, .. } => population(lang, of),
        Measure::BeforeEvent { who, appointments, .. } => {
            let kinds = filters::any_of(lang, appointments.iter().map(|a| lang.code_text("appointment", a.code())));
            lang.with("explain-appointments", &[("kinds", kinds.into()), ("who", filters::person(lang, who).into())])
        }
        Measure::FollowUpShare { of, .. } => lang.with("explain-attendances", &[("what", filters::record(lang, of).into())]),
        Measure::CountOfPeople { .. } | Measure::CountOfEvents { .. } | Measure::YesNo => String::new(),
    }
}

fn population(lang: Lang, of: &Population) -> String {
    let who = filters::person(lang, &of.who);
    match of.frozen_on {
        Some(day) => lang.with("explain-frozen", &[("who", who.into()), ("day", lang.date(day).into())]),
        None => lang.with("explain-living", &[("who", who.into())]),
    }
}

fn inside(lang: Lang, target: &Target, inner: &Inner) -> String {
    let (what, count) = match &inner.of {
        InnerFilter::Records(records) => (filters::record(lang, records), lang.counted("noun-people", inner.at_least)),
        InnerFilter::Events(events) => (filters::events(lang, events), lang.counted(crate::targets::noun(&target.measure), inner.at_least)),
    };
    lang.with("explain-inside", &[("count", count.into()), ("what", what.into())])
}

/// A span of days: `27/09/2024 – 31/12/2026`.
pub(crate) fn span(lang: Lang, span: &Interval) -> String {
    let last = span.last_day().map_or_else(|| "…".to_owned(), |day| lang.date(day));
    format!("{} – {last}", lang.date(span.from()))
}

fn period(lang: Lang, target: &Target) -> String {
    let key = match (target.recurrence, &target.measure) {
        (Recurrence::Yearly, _) => "explain-yearly",
        (Recurrence::Once, Measure::StateOfPeople { .. }) => "explain-state",
        (Recurrence::Once, _) => "explain-once",
    };
    lang.with(key, &[("span", span(lang, &target.phase).into())])
}

fn threshold(lang: Lang, target: &Target) -> String {
    let key = if target.aspiration { "explain-aspiration" } else { "explain-duty" };
    lang.with(key, &[("threshold", threshold_text(lang, target).into())])
}

fn parameters(lang: Lang, target: &Target) -> String {
    let has_classes = matches!(target.measure, Measure::ShareOfPeople { .. } | Measure::PerPersonPerYear { .. }) && target.class_size > 1;
    if has_classes { lang.counted("explain-class-size", i64::from(target.class_size)) } else { String::new() }
}

fn source(lang: Lang, stored: &Stored, target: &Target) -> String {
    let scheme = &stored.scheme;
    let number = if scheme.number.is_empty() { lang.of(&scheme.title).to_owned() } else { scheme.number.clone() };
    let day = scheme.signed_on.map(|day| lang.date(day)).unwrap_or_else(|| scheme.signed_note.clone());
    lang.with(
        "explain-cited",
        &[
            ("section", target.section.as_str().into()),
            ("number", number.into()),
            ("issuer", lang.of(&scheme.issuer).into()),
            ("day", day.into()),
        ],
    )
}
