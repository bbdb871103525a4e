//! A target as one dense line: value against promise, state, where it is going, what is missing.
//! Not for: the page of a target.

use domain::progress::{Counted, Progress, State};
use domain::schemes::{Measure, Rule, Target};
use domain::training::ClassForm;
use service::progress::Figure;

use crate::drawing::Bar;
use crate::i18n::Lang;
use crate::place::Place;

/// A line, ready to print.
#[derive(Debug, Clone)]
pub(crate) struct TargetRow {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) section: String,
    pub(crate) is_aspiration: bool,
    pub(crate) href: String,
    pub(crate) value: String,
    pub(crate) out_of: String,
    pub(crate) threshold: String,
    pub(crate) bar: Option<Bar>,
    pub(crate) state: &'static str,
    pub(crate) state_word: String,
    pub(crate) trend: Option<Trend>,
    pub(crate) missing: String,
    /// Where the missing people are listed.
    pub(crate) missing_href: Option<String>,
    pub(crate) note: Option<String>,
}

/// Where a target is going.
#[derive(Debug, Clone)]
pub(crate) struct Trend {
    pub(crate) reaches: bool,
    pub(crate) word: String,
    pub(crate) forecast: String,
}

impl TargetRow {
    /// The line of a figure where and when the page looks.
    pub(crate) fn of(place: &Place, figure: &Figure, sees_people: bool) -> Self {
        let lang = place.lang();
        let (target, counted, progress) = (&figure.target, &figure.counted, &figure.progress);
        let state_word = lang.code_text("state", progress.state.code());
        let threshold = threshold_text(lang, target);
        let value = value_text(lang, target, counted, progress);
        let path = format!("/chi-tieu/{}", crate::asked::escaped(&target.code));
        let label = lang.with(
            "bar-label",
            &[("value", value.clone().into()), ("threshold", threshold.clone().into()), ("state", state_word.clone().into())],
        );
        let has_people = !matches!(target.measure, Measure::CountOfEvents { .. } | Measure::YesNo);
        Self {
            code: target.code.clone(),
            title: lang.of(&target.title).to_owned(),
            section: target.section.clone(),
            is_aspiration: target.aspiration,
            href: place.link(&path, &[]),
            out_of: out_of(lang, target, counted),
            bar: Bar::of(target, counted, progress, label),
            state: progress.state.code(),
            trend: trend(lang, target, counted, progress),
            missing: missing(lang, target, progress),
            missing_href: (has_people && sees_people && progress.missing > 0 && target.measure.is_share())
                .then(|| place.link(&format!("{path}/nguoi"), &[("ben", Some("thieu"))])),
            note: note(lang, progress),
            state_word,
            threshold,
            value,
        }
    }
}

/// What a measure counts, as the name of a text: people, attendances, appointments, or a form of event.
pub(crate) fn noun(measure: &Measure) -> &'static str {
    match measure {
        Measure::FollowUpShare { .. } => "noun-attendance",
        Measure::BeforeEvent { .. } => "noun-appointment",
        Measure::CountOfEvents { events } => match events.forms.as_slice() {
            [ClassForm::Class] => "noun-class",
            [ClassForm::Delegation] => "noun-delegation",
            [ClassForm::Workshop] => "noun-workshop",
            [ClassForm::StudyVisit] => "noun-study_visit",
            [ClassForm::Dialogue] => "noun-dialogue",
            _ => "noun-event",
        },
        _ => "noun-people",
    }
}

/// The value in large: a percentage, a count with what it counts, yes or not yet.
pub(crate) fn value_text(lang: Lang, target: &Target, counted: &Counted, progress: &Progress) -> String {
    match (&target.measure, progress.value) {
        (Measure::YesNo, _) => lang.t(if counted.numerator > 0 { "value-yes" } else { "value-not-yet" }),
        (_, None) => "–".to_owned(),
        (measure, Some(points)) if measure.is_share() => lang.percent(points),
        (measure, Some(count)) => lang.counted(noun(measure), count),
    }
}

/// The promise: `≥ 20 %`, `> 90 %`, `30–50 người`.
pub(crate) fn threshold_text(lang: Lang, target: &Target) -> String {
    let share = target.measure.is_share();
    let number = |n: i64| if share { lang.short_percent(n) } else { lang.number(n) };
    match target.threshold.rule {
        Rule::AtLeast(floor) if share => format!("≥ {}", number(floor)),
        Rule::MoreThan(bound) if share => format!("> {}", number(bound)),
        Rule::AtLeast(floor) => format!("≥ {}", lang.counted(noun(&target.measure), floor)),
        Rule::MoreThan(bound) => format!("> {}", lang.counted(noun(&target.measure), bound)),
        Rule::Between(floor, ceiling) if share => format!("{}–{}", number(floor).trim_end_matches(['%', ' ']), number(ceiling)),
        Rule::Between(floor, ceiling) => format!("{}–{}", number(floor), lang.counted(noun(&target.measure), ceiling)),
        Rule::Yes => lang.t("value-yes"),
    }
}

fn out_of(lang: Lang, target: &Target, counted: &Counted) -> String {
    if !target.measure.is_share() {
        return String::new();
    }
    format!("{} / {}", lang.number(counted.numerator), lang.counted(noun(&target.measure), counted.denominator))
}

fn trend(lang: Lang, target: &Target, counted: &Counted, progress: &Progress) -> Option<Trend> {
    let is_open = matches!(progress.state, State::OnTrack | State::AtRisk | State::Behind);
    let required = progress.required.filter(|_| is_open && target.measure != Measure::YesNo)?;
    let reaches = progress.forecast >= required;
    let forecast = if target.measure.is_share() {
        lang.percent(progress.forecast.saturating_mul(10_000) / counted.denominator.max(1))
    } else {
        lang.counted(noun(&target.measure), progress.forecast)
    };
    Some(Trend { reaches, word: lang.t(if reaches { "trend-reaches" } else { "trend-misses" }), forecast })
}

fn missing(lang: Lang, target: &Target, progress: &Progress) -> String {
    if progress.missing == 0 || target.measure == Measure::YesNo {
        return if progress.inner_missing > 0 { lang.counted("missing-inner", progress.inner_missing) } else { String::new() };
    }
    lang.counted(noun(&target.measure), progress.missing)
}

fn note(lang: Lang, progress: &Progress) -> Option<String> {
    progress.above_ceiling.then(|| lang.t("note-above-ceiling"))
}
