//! Worked judgements on both sides of every threshold and date.

use super::*;
use crate::schemes::targets::{Did, Inner, InnerFilter, Measure, Population, Threshold};
use crate::schemes::{PersonFilter, RecordFilter, Title};

fn day(text: &str) -> Date {
    time::parse(text).unwrap()
}

fn share(rule: Rule) -> Target {
    Target {
        code: "T".into(),
        section: "I".into(),
        title: Title::default(),
        aspiration: false,
        measure: Measure::ShareOfPeople { of: Population::default(), did: Did::Trained(RecordFilter::default()) },
        threshold: Threshold { rule },
        inner: None,
        phase: Interval::of_days(day("2024-01-01"), day("2025-12-31")).unwrap(),
        recurrence: Recurrence::Once,
        class_size: 42,
    }
}

fn count(rule: Rule, inner: Option<i64>) -> Target {
    let mut target = share(rule);
    target.measure = Measure::CountOfPeople { who: PersonFilter::default(), did: RecordFilter::default() };
    target.inner = inner.map(|at_least| Inner { of: InnerFilter::Records(RecordFilter::default()), at_least });
    target.recurrence = Recurrence::Yearly;
    target
}

fn judged(target: &Target, on: &str, numerator: i64, denominator: i64, inner: i64) -> Progress {
    let window = Window::of(target, day(on)).unwrap();
    judge(target, &window, &Counted { numerator, denominator, inner, attendances: numerator, at_start: 0 })
}

#[test]
fn a_share_needs_the_ceiling_of_percent_times_people() {
    // T2.1: 20 % of 2,262 is 452.4, so 453 people.
    let target = share(Rule::AtLeast(2_000));
    assert_eq!(judged(&target, "2024-06-30", 0, 2_262, 0).required, Some(453));
    assert_eq!(judged(&target, "2026-01-01", 452, 2_262, 0).state, State::Missed);
    assert_eq!(judged(&target, "2026-01-01", 453, 2_262, 0).state, State::Met);
}

#[test]
fn more_than_is_strict() {
    let target = share(Rule::MoreThan(9_000));
    assert_eq!(judged(&target, "2026-01-01", 90, 100, 0).state, State::Missed);
    assert_eq!(judged(&target, "2026-01-01", 91, 100, 0).state, State::Met);
}

#[test]
fn the_straight_line_separates_on_track_at_risk_and_behind() {
    let target = share(Rule::AtLeast(10_000));
    // 366 of 731 days have gone on 31/12/2024: about half of 1,000 is expected.
    for (numerator, state) in [(501, State::OnTrack), (500, State::AtRisk), (401, State::AtRisk), (400, State::Behind), (1_000, State::Met)]
    {
        assert_eq!(judged(&target, "2024-12-31", numerator, 1_000, 0).state, state, "{numerator}");
    }
}

#[test]
fn before_the_first_day_nothing_has_started_and_after_the_last_it_is_over() {
    let target = share(Rule::AtLeast(5_000));
    assert_eq!(judged(&target, "2023-12-31", 0, 10, 0).state, State::NotStarted);
    assert_eq!(judged(&target, "2025-12-31", 4, 10, 0).state, State::AtRisk);
    assert_eq!(judged(&target, "2026-01-01", 4, 10, 0).state, State::Missed);
}

#[test]
fn a_range_is_met_at_its_floor_and_tells_when_it_passes_its_ceiling() {
    let target = count(Rule::Between(30, 50), Some(3));
    assert_eq!(judged(&target, "2024-12-31", 30, 0, 3).state, State::Met);
    assert!(!judged(&target, "2024-12-31", 50, 0, 3).above_ceiling);
    assert!(judged(&target, "2024-12-31", 51, 0, 3).above_ceiling);
}

#[test]
fn an_inner_minimum_holds_the_target_back() {
    let target = count(Rule::Between(30, 50), Some(3));
    assert_eq!(judged(&target, "2024-12-31", 45, 0, 2).state, State::Behind);
    assert_eq!(judged(&target, "2025-01-01", 0, 0, 0).state, State::Behind);
    assert_eq!(judged(&target, "2026-01-01", 45, 0, 2).state, State::Missed);
}

#[test]
fn a_share_of_nobody_has_no_value() {
    let target = share(Rule::AtLeast(10_000));
    let progress = judged(&target, "2024-12-31", 0, 0, 0);
    assert_eq!((progress.value, progress.required, progress.state), (None, None, State::NotStarted));
}

#[test]
fn missing_people_are_told_in_classes() {
    let target = share(Rule::AtLeast(2_000));
    let progress = judged(&target, "2024-12-31", 411, 2_262, 0);
    assert_eq!((progress.missing, progress.classes_needed), (42, 1));
    assert_eq!(judged(&target, "2024-12-31", 410, 2_262, 0).classes_needed, 2);
}

#[test]
fn the_forecast_continues_the_line_and_never_passes_the_population() {
    let target = share(Rule::AtLeast(10_000));
    assert_eq!(judged(&target, "2024-12-31", 300, 1_000, 0).forecast, 599);
    assert_eq!(judged(&target, "2024-12-31", 900, 1_000, 0).forecast, 1_000);
}

#[test]
fn a_yearly_window_is_the_year_of_the_question_held_inside_the_period() {
    let target = count(Rule::AtLeast(3), None);
    for (on, from, to) in
        [("2023-05-01", "2024-01-01", "2025-01-01"), ("2025-05-01", "2025-01-01", "2026-01-01"), ("2027-05-01", "2025-01-01", "2026-01-01")]
    {
        let window = Window::of(&target, day(on)).unwrap();
        assert_eq!((window.from, window.to), (day(from), day(to)), "{on}");
    }
}

#[test]
fn an_open_question_is_at_risk_after_half_of_its_period_and_behind_after_four_fifths() {
    let mut target = share(Rule::Yes);
    target.measure = Measure::YesNo;
    for (on, state) in
        [("2024-06-30", State::OnTrack), ("2025-01-15", State::AtRisk), ("2025-09-01", State::Behind), ("2026-01-01", State::Missed)]
    {
        assert_eq!(judged(&target, on, 0, 0, 0).state, state, "{on}");
    }
    assert_eq!(judged(&target, "2024-06-30", 1, 0, 0).state, State::Met);
}
