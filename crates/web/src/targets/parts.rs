//! Parts of a target's page: the chart, the years, the units.
//! Not for: the page as a whole.

use domain::progress::{Counted, Progress, State};
use domain::schemes::{Measure, Rule, Target};
use service::progress::{Branch, Detail, Point, YearFigure};

use super::{threshold_text, value_text};
use crate::drawing::{Bar, Chart, Series, Words};
use crate::i18n::Lang;
use crate::place::Place;

/// One line of a table beside a bar.
pub(super) struct PartRow {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) value: String,
    pub(super) out_of: String,
    pub(super) attendances: String,
    pub(super) bar: Option<Bar>,
    pub(super) state: &'static str,
    pub(super) state_word: String,
    pub(super) missing: String,
    pub(super) missing_href: Option<String>,
}

/// A point of the chart in words.
pub(super) struct PointRow {
    pub(super) day: String,
    pub(super) value: String,
    pub(super) numerator: String,
    pub(super) denominator: String,
}

fn part(lang: Lang, target: &Target, name: String, counted: &Counted, progress: &Progress) -> PartRow {
    let state_word = lang.code_text("state", progress.state.code());
    let value = value_text(lang, target, counted, progress);
    let label = lang.with(
        "bar-label",
        &[("value", value.clone().into()), ("threshold", threshold_text(lang, target).into()), ("state", state_word.clone().into())],
    );
    let share = target.measure.is_share();
    PartRow {
        name,
        href: None,
        out_of: if share { format!("{} / {}", lang.number(counted.numerator), lang.number(counted.denominator)) } else { String::new() },
        attendances: if counted.attendances > 0 { lang.number(counted.attendances) } else { String::new() },
        bar: Bar::of(target, counted, progress, label),
        state: progress.state.code(),
        state_word,
        missing: if progress.missing > 0 { lang.number(progress.missing) } else { String::new() },
        missing_href: None,
        value,
    }
}

/// Every year of a yearly target; each links to its last day.
pub(super) fn years(place: &Place, target: &Target, years: &[YearFigure]) -> Vec<PartRow> {
    let path = format!("/chi-tieu/{}", crate::asked::escaped(&target.code));
    let row = |year: &YearFigure| {
        let day = format!("{}-12-31", year.year);
        let href = crate::asked::address(&path, &[("ngay", Some(&day)), ("don-vi", place.unit_code())]);
        PartRow {
            href: (year.year != place.day.year()).then_some(href),
            ..part(place.lang(), target, year.year.to_string(), &year.counted, &year.progress)
        }
    };
    years.iter().map(row).collect()
}

/// Every child unit with something to count.
pub(super) fn branches(place: &Place, target: &Target, branches: &[Branch], sees_people: bool) -> Vec<PartRow> {
    let path = format!("/chi-tieu/{}", crate::asked::escaped(&target.code));
    let row = |branch: &Branch| {
        let has_list = sees_people && branch.progress.missing > 0 && target.measure.is_share();
        PartRow {
            href: Some(place.link_to_unit(&path, Some(&branch.code), &[])),
            missing_href: has_list.then(|| place.link_to_unit(&format!("{path}/nguoi"), Some(&branch.code), &[("ben", Some("thieu"))])),
            ..part(place.lang(), target, branch.name.clone(), &branch.counted, &branch.progress)
        }
    };
    branches.iter().map(row).collect()
}

/// The points of the chart, newest first.
pub(super) fn points(lang: Lang, target: &Target, points: &[Point]) -> Vec<PointRow> {
    let row = |point: &Point| PointRow {
        day: lang.date(point.on),
        value: value_text(lang, target, &point.counted, &point.progress),
        numerator: lang.number(point.counted.numerator),
        denominator: if target.measure.is_share() { lang.number(point.counted.denominator) } else { String::new() },
    };
    points.iter().rev().map(row).collect()
}

/// The chart of a target; none for yes/no and for periods that have not begun.
pub(super) fn chart(place: &Place, detail: &Detail) -> Option<Chart> {
    let lang = place.lang();
    let figure = &detail.figure;
    let (target, window, counted, progress) = (&figure.target, &figure.window, &figure.counted, &figure.progress);
    let required = progress.required.filter(|_| target.measure != Measure::YesNo && detail.points.len() > 1)?;
    let values: Vec<_> = detail.points.iter().map(|point| (point.on, point.counted.numerator)).collect();
    let is_open = matches!(progress.state, State::OnTrack | State::AtRisk | State::Behind);
    let share = target.measure.is_share();
    let series = Series {
        from: window.from,
        to: window.to,
        on: place.day,
        points: &values,
        start: if matches!(target.measure, Measure::StateOfPeople { .. }) { counted.at_start } else { 0 },
        required,
        ceiling: match target.threshold.rule {
            Rule::Between(_, ceiling) if share => Some(counted.denominator.saturating_mul(ceiling) / 10_000),
            Rule::Between(_, ceiling) => Some(ceiling),
            _ => None,
        },
        forecast: (is_open && !target.measure.is_running_share()).then_some(progress.forecast),
        whole: share.then_some(counted.denominator),
        is_flat: target.measure.is_running_share(),
    };
    let value = value_text(lang, target, counted, progress);
    let promise = format!("{} {}", lang.t("chart-promise"), threshold_text(lang, target));
    let words = Words {
        title: lang.with("chart-title", &[("title", lang.of(&target.title).into())]),
        description: lang.with(
            "chart-description",
            &[
                ("from", lang.date(window.from).into()),
                ("day", lang.date(place.day).into()),
                ("value", value.clone().into()),
                ("threshold", threshold_text(lang, target).into()),
            ],
        ),
        threshold: if share { format!("{promise} = {}", lang.number(required)) } else { promise },
        last: value,
    };
    Chart::draw(lang, progress.state.code(), &series, words)
}
