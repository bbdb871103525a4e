//! Judging a count: value, state, forecast and the smallest thing that would meet the promise.
//! Not for: counting; `store` counts on the database and the tests count again by brute force.
//!
//! States follow the straight line: half of the period gone, half of the promise is expected. A ceiling does not undo a floor:
//! a target between floor and ceiling is met at the floor, and a value above the ceiling is reported beside the state.

use crate::codes;
use crate::schemes::targets::{Recurrence, Rule, Target};
use crate::time::{self, Date, Interval};

codes! {
    /// State of a target on a day.
    State { /// Chưa bắt đầu.
        NotStarted = "not_started", /// Đúng tiến độ.
        OnTrack = "on_track", /// Có nguy cơ chậm.
        AtRisk = "at_risk", /// Chậm.
        Behind = "behind", /// Đạt.
        Met = "met", /// Không đạt (hết kỳ).
        Missed = "missed" }
}

/// Share of the straight-line expectation, in percent, below which a target is behind instead of at risk.
pub const AT_RISK_PERCENT: i64 = 80;

/// What was counted for a target in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// People, events or attendances that count.
    pub numerator: i64,
    /// Out of how many; 0 for counts.
    pub denominator: i64,
    /// Attendances ("lượt") behind the numerator.
    pub attendances: i64,
    /// Count inside the inner minimum, when there is one.
    pub inner: i64,
    /// Numerator on the day before the window, for states of people.
    pub at_start: i64,
}

/// The part of the period that a question on a day looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day that counts.
    pub from: Date,
    /// First day after the whole period.
    pub to: Date,
    /// First day that does not count yet: the day after the question, at most `to`; `from` when it has not started.
    pub cut: Date,
    /// The day on which populations and states are taken: the question's day held inside the period.
    pub on: Date,
    /// Whether the period has started by the day of the question.
    pub started: bool,
    /// Whether the period is over on the day of the question.
    pub over: bool,
}

impl Window {
    /// The window of a target on a day: the whole period, or for a yearly target the year of the day (the first year before the
    /// period, the last year after it). `None` only at the edge of the calendar.
    #[must_use]
    pub fn of(target: &Target, as_of: Date) -> Option<Self> {
        let last = target.phase.last_day().unwrap_or(as_of).max(target.phase.from());
        match target.recurrence {
            Recurrence::Once => Self::over(Interval::of_days(target.phase.from(), last).ok()?, as_of),
            Recurrence::Yearly => {
                let year = as_of.clamp(target.phase.from(), last).year();
                Self::of_year(target, year, as_of)
            }
        }
    }

    /// The window of one year of a yearly target.
    #[must_use]
    pub fn of_year(target: &Target, year: i32, as_of: Date) -> Option<Self> {
        let span = time::year(year)?;
        let from = span.from().max(target.phase.from());
        let to = span.to()?.min(target.phase.to().unwrap_or(span.to()?));
        Self::over(Interval::new(from, Some(to)).ok()?, as_of)
    }

    fn over(period: Interval, as_of: Date) -> Option<Self> {
        let (from, to) = (period.from(), period.to()?);
        let last = period.last_day()?;
        let started = as_of >= from;
        let cut = if started { as_of.next_day()?.min(to) } else { from };
        Some(Self { from, to, cut, on: as_of.clamp(from, last), started, over: as_of >= to })
    }

    /// Days gone of the period.
    #[must_use]
    pub fn elapsed(&self) -> i64 {
        (self.cut - self.from).whole_days()
    }

    /// Days of the period.
    #[must_use]
    pub fn length(&self) -> i64 {
        (self.to - self.from).whole_days()
    }
}

/// The judgement of a target on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Basis points for shares (floor, exact comparisons never use it), units for counts; `None` for a share of nobody.
    pub value: Option<i64>,
    /// State.
    pub state: State,
    /// Numerator needed to meet the floor; `None` for a share of nobody.
    pub required: Option<i64>,
    /// How many more are missing to the floor, 0 when reached.
    pub missing: i64,
    /// How many more of the inner minimum are missing.
    pub inner_missing: i64,
    /// Numerator at the end of the period if it goes on like this.
    pub forecast: i64,
    /// Above the ceiling of a range.
    pub above_ceiling: bool,
    /// Numerator expected today by the straight line, times 1,000.
    pub expected_milli: i64,
    /// Whole classes of the usual size that would bring the missing people; 0 when nothing is missing or classes do not apply.
    pub classes_needed: i64,
}

/// Judges a count.
#[must_use]
pub fn judge(target: &Target, window: &Window, counted: &Counted) -> Progress {
    let share = target.measure.is_share();
    let base = if share { counted.denominator } else { 0 };
    let required = required(target.threshold.rule, share, base);
    let missing = required.map_or(0, |r| (r - counted.numerator).max(0));
    let inner_missing = target.inner.as_ref().map_or(0, |i| (i.at_least - counted.inner).max(0));
    let reached = required.is_some() && missing == 0 && inner_missing == 0;
    let expected_milli = required.map_or(0, |r| expected_milli(target, window, counted, r));
    Progress {
        value: value(share, base, counted.numerator),
        state: state(target, window, counted, required, reached, inner_missing, expected_milli),
        required,
        missing,
        inner_missing,
        forecast: forecast(target, window, counted),
        above_ceiling: above_ceiling(target.threshold.rule, share, base, counted.numerator),
        expected_milli,
        classes_needed: classes_needed(target, missing),
    }
}

fn value(share: bool, base: i64, numerator: i64) -> Option<i64> {
    match (share, base) {
        (false, _) => Some(numerator),
        (true, 0) => None,
        (true, base) => Some(numerator.saturating_mul(10_000) / base),
    }
}

/// The smallest numerator that meets the rule; `None` for a share of nobody.
fn required(rule: Rule, share: bool, base: i64) -> Option<i64> {
    if !share {
        return Some(match rule {
            Rule::AtLeast(floor) | Rule::Between(floor, _) => floor,
            Rule::MoreThan(bound) => bound + 1,
            Rule::Yes => 1,
        });
    }
    if base == 0 {
        return None;
    }
    Some(match rule {
        Rule::AtLeast(points) | Rule::Between(points, _) => ceil_div(base.saturating_mul(points), 10_000),
        Rule::MoreThan(points) => base.saturating_mul(points) / 10_000 + 1,
        Rule::Yes => base,
    })
}

fn above_ceiling(rule: Rule, share: bool, base: i64, numerator: i64) -> bool {
    match rule {
        Rule::Between(_, ceiling) if share => numerator.saturating_mul(10_000) > base.saturating_mul(ceiling),
        Rule::Between(_, ceiling) => numerator > ceiling,
        _ => false,
    }
}

fn expected_milli(target: &Target, window: &Window, counted: &Counted, required: i64) -> i64 {
    if target.measure.is_running_share() {
        return required.saturating_mul(1_000);
    }
    let start = if is_state(target) { counted.at_start } else { 0 };
    let growth = (required - start).max(0).saturating_mul(1_000);
    start.saturating_mul(1_000) + growth.saturating_mul(window.elapsed()) / window.length().max(1)
}

fn state(
    target: &Target,
    window: &Window,
    counted: &Counted,
    required: Option<i64>,
    reached: bool,
    inner_missing: i64,
    expected_milli: i64,
) -> State {
    if !window.started || required.is_none() {
        return State::NotStarted;
    }
    if window.over {
        return if reached { State::Met } else { State::Missed };
    }
    // A running share can fall again tomorrow, so it is only "met" once the period is over.
    if reached {
        return if target.measure.is_running_share() { State::OnTrack } else { State::Met };
    }
    if target.measure == crate::schemes::targets::Measure::YesNo {
        return open_question(window);
    }
    let inner_need = target.inner.as_ref().map_or(0, |i| i.at_least);
    let inner_expected = inner_need.saturating_mul(1_000).saturating_mul(window.elapsed()) / window.length().max(1);
    let outer = pace(counted.numerator, expected_milli);
    if inner_missing == 0 { outer } else { outer.max(pace(counted.inner, inner_expected)) }
}

/// A yes/no target has no half-way, so only time speaks: at risk after half of the period, behind after four fifths.
fn open_question(window: &Window) -> State {
    match (window.elapsed() * 100) / window.length().max(1) {
        ..50 => State::OnTrack,
        50..80 => State::AtRisk,
        _ => State::Behind,
    }
}

/// On track, at risk or behind against an expectation in thousandths. `State` orders on track < at risk < behind.
fn pace(actual: i64, expected_milli: i64) -> State {
    let actual_milli = actual.saturating_mul(1_000);
    if actual_milli >= expected_milli {
        State::OnTrack
    } else if actual_milli.saturating_mul(100) >= expected_milli.saturating_mul(AT_RISK_PERCENT) {
        State::AtRisk
    } else {
        State::Behind
    }
}

fn forecast(target: &Target, window: &Window, counted: &Counted) -> i64 {
    let elapsed = window.elapsed();
    if elapsed == 0 || window.over || target.measure.is_running_share() {
        return counted.numerator;
    }
    let start = if is_state(target) { counted.at_start } else { 0 };
    let end = start + (counted.numerator - start).saturating_mul(window.length()) / elapsed;
    let ceiling = if target.measure.is_share() { counted.denominator } else { i64::MAX };
    end.clamp(0, ceiling)
}

fn is_state(target: &Target) -> bool {
    matches!(target.measure, crate::schemes::targets::Measure::StateOfPeople { .. })
}

fn classes_needed(target: &Target, missing: i64) -> i64 {
    use crate::schemes::targets::Measure;
    match target.measure {
        Measure::CountOfEvents { .. } => missing,
        Measure::ShareOfPeople { .. } | Measure::PerPersonPerYear { .. } => ceil_div(missing, i64::from(target.class_size.max(1))),
        _ => 0,
    }
}

fn ceil_div(a: i64, b: i64) -> i64 {
    a / b + i64::from(a % b != 0)
}

#[cfg(test)]
mod tests;
