//! What is asked of the reader: what is missing, the smallest thing that would meet the promise, and by when.
//! Not for: judging (`domain::progress`).

use domain::progress::State;
use domain::schemes::{Measure, Target};
use domain::time::Date;
use service::progress::Figure;

use super::noun;
use crate::i18n::Lang;

/// Sentences, most urgent first.
pub(super) fn advice(lang: Lang, figure: &Figure, today: Date) -> Vec<String> {
    let (target, window, progress) = (&figure.target, &figure.window, &figure.progress);
    let last = window.to.previous_day().unwrap_or(window.to);
    match progress.state {
        State::Met => return vec![lang.t("advice-met")],
        State::NotStarted if progress.required.is_none() => return vec![lang.t("advice-nobody")],
        State::NotStarted => return vec![lang.with("advice-not-started", &[("day", lang.date(window.from).into())])],
        State::Missed if target.measure == Measure::YesNo => {
            return vec![lang.with("advice-missed-yes-no", &[("day", lang.date(last).into())])];
        }
        State::Missed => {
            let missing = lang.counted(noun(&target.measure), progress.missing);
            return vec![lang.with("advice-missed", &[("day", lang.date(last).into()), ("missing", missing.into())])];
        }
        State::OnTrack | State::AtRisk | State::Behind => {}
    }
    let mut sentences = Vec::new();
    if progress.missing > 0 {
        sentences.push(smallest(lang, target, progress.missing, progress.classes_needed));
    } else if target.measure.is_running_share() {
        sentences.push(lang.t("advice-keep"));
    }
    if progress.inner_missing > 0 {
        sentences.push(lang.counted("advice-inner", progress.inner_missing));
    }
    let days = (last - today).whole_days();
    if days >= 0 {
        let day = lang.date(last);
        let n = lang.number(days);
        sentences.push(lang.with("advice-until", &[("day", day.into()), ("count", days.into()), ("n", n.into())]));
    }
    sentences
}

fn smallest(lang: Lang, target: &Target, missing: i64, classes: i64) -> String {
    let count = lang.counted(noun(&target.measure), missing);
    match &target.measure {
        Measure::ShareOfPeople { .. } | Measure::PerPersonPerYear { .. } if classes > 0 && target.class_size > 1 => {
            // The missing people shared evenly over as few usual classes as hold them.
            let size = missing / classes + i64::from(missing % classes != 0);
            let classes_text = lang.counted("noun-class", classes);
            lang.with(
                "advice-classes",
                &[("missing", count.into()), ("classes", classes_text.into()), ("size", lang.counted("noun-people", size).into())],
            )
        }
        Measure::CountOfEvents { .. } => lang.with("advice-events", &[("missing", count.into())]),
        Measure::CountOfPeople { .. } => lang.with("advice-send", &[("missing", count.into())]),
        Measure::BeforeEvent { .. } => lang.with("advice-before", &[("missing", count.into())]),
        Measure::FollowUpShare { .. } => lang.with("advice-follow-up", &[("missing", count.into())]),
        Measure::YesNo => lang.t("advice-yes-no"),
        _ => lang.with("advice-people", &[("missing", count.into())]),
    }
}
