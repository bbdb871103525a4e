//! A bar with the promise and the expectation of today marked on it, and a strip of parts.
//! Not for: deciding what is expected (`domain::progress`).

use askama::Template;
use domain::progress::{Counted, Progress};
use domain::schemes::{Measure, Rule, Target};

/// Width of the field.
const WIDTH: i64 = 1_000;

/// A bar: how much is there, how much should be by today, how much was promised. Places are thousandths of the width.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/bar.html")]
pub(crate) struct Bar {
    pub(crate) state: &'static str,
    pub(crate) value: i64,
    pub(crate) expected: Option<i64>,
    pub(crate) threshold: Option<i64>,
    pub(crate) ceiling: Option<i64>,
    /// What the picture says, for those who do not see it.
    pub(crate) label: String,
}

impl Bar {
    /// The bar of a target; none for yes/no and for a share of nobody.
    pub(crate) fn of(target: &Target, counted: &Counted, progress: &Progress, label: String) -> Option<Self> {
        if target.measure == Measure::YesNo {
            return None;
        }
        let required = progress.required?;
        let ceiling = ceiling(target, counted);
        let whole = if target.measure.is_share() { counted.denominator.max(1) } else { i64::MAX };
        let most = required.max(ceiling.unwrap_or(0)).max(counted.numerator).max(1);
        // A little room behind the promise, so that its mark is not the edge; a share never needs more than the whole.
        let scale = most.saturating_add(most / 5 + 1).min(whole).max(most);
        let at = |n: i64| (n.max(0).saturating_mul(WIDTH) / scale).min(WIDTH);
        let expected = progress.expected_milli.saturating_mul(WIDTH) / scale.saturating_mul(1_000);
        Some(Self {
            state: progress.state.code(),
            value: at(counted.numerator),
            expected: (!target.measure.is_running_share() && expected > 0 && expected < at(required)).then_some(expected.min(WIDTH)),
            threshold: Some(at(required)),
            ceiling: ceiling.map(at),
            label,
        })
    }
}

fn ceiling(target: &Target, counted: &Counted) -> Option<i64> {
    match target.threshold.rule {
        Rule::Between(_, ceiling) if target.measure.is_share() => Some(counted.denominator.saturating_mul(ceiling) / 10_000),
        Rule::Between(_, ceiling) => Some(ceiling),
        _ => None,
    }
}

/// A strip whose parts are as long as their counts.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/stack.html")]
pub(crate) struct Stack {
    /// Kind, start and length in thousandths.
    pub(crate) parts: Vec<(&'static str, i64, i64)>,
    pub(crate) label: String,
}

impl Stack {
    /// The strip of counts by kind, in the given order.
    pub(crate) fn of(counts: &[(&'static str, i64)], label: String) -> Self {
        let all: i64 = counts.iter().map(|(_, count)| count).sum::<i64>().max(1);
        let mut before = 0;
        let mut parts = Vec::new();
        for (kind, count) in counts.iter().filter(|(_, count)| *count > 0) {
            let start = before * WIDTH / all;
            before += count;
            parts.push((*kind, start, before * WIDTH / all - start));
        }
        Self { parts, label }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_strip_fill_it_without_gaps() {
        let stack = Stack::of(&[("met", 1), ("behind", 0), ("on_track", 2)], String::new());
        assert_eq!(stack.parts, [("met", 0, 333), ("on_track", 333, 667)]);
    }
}
