//! Quality surveys: valid forms, means from indicator to overall index, and the bands of the three scales.
//! Not for: the questionnaires and who answers what.

use crate::explain::Explained;
use crate::governing::{CourseEnd, EvaluationDate, GoverningDate};
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::values::{Scale, Step, Value};
use domain::people::StaffKind;

/// A score in hundredths of a point: 8,25 is 825.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub i64);

/// Answers to one indicator over all valid forms of a group, each 1 to 10 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// Sum of the points.
    pub sum: u64,
    /// Number of answers.
    pub answers: u32,
}

/// One group of respondents (learners, lecturers): its valid forms and, per criterion, the indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Number of valid forms.
    pub forms: u32,
    /// Indicators of each criterion.
    pub criteria: Vec<Vec<Indicator>>,
}

/// The overall index. How the groups weigh is not known (annex 2 of Thông tư 10/2017 was not read), so both ways are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Mean of each group, in the order given.
    pub groups: Vec<Score>,
    /// Every group counts the same.
    pub by_group: Score,
    /// Every valid form counts the same.
    pub by_form: Score,
}

/// Means inside the computation are kept in billionths of a point, and rounded once, half up, to hundredths.
const FINE: i128 = 1_000_000_000;

/// More than three divisions can have cut off, so that an exact half still rounds up.
const TRUNCATED: i128 = 4;

/// Indicator → criterion → group → overall (Thông tư 10/2017); `None` when some group, criterion or indicator has no answer.
#[must_use]
pub fn index(groups: &[Group]) -> Option<Index> {
    let means: Vec<i128> = groups.iter().map(group_mean).collect::<Option<_>>()?;
    let forms: i128 = groups.iter().map(|group| i128::from(group.forms)).sum();
    let weighted: i128 = groups.iter().zip(&means).map(|(group, mean)| mean.saturating_mul(i128::from(group.forms))).sum();
    Some(Index {
        groups: means.iter().map(|mean| rounded(*mean)).collect::<Option<_>>()?,
        by_group: rounded(mean(&means)?)?,
        by_form: rounded(weighted.checked_div(forms)?)?,
    })
}

fn group_mean(group: &Group) -> Option<i128> {
    let criteria: Option<Vec<_>> = group.criteria.iter().map(|indicators| criterion_mean(indicators)).collect();
    mean(&criteria?)
}

fn criterion_mean(indicators: &[Indicator]) -> Option<i128> {
    let fine = |indicator: &Indicator| i128::from(indicator.sum).saturating_mul(FINE).checked_div(i128::from(indicator.answers));
    let means: Option<Vec<_>> = indicators.iter().map(fine).collect();
    mean(&means?)
}

fn mean(values: &[i128]) -> Option<i128> {
    values.iter().sum::<i128>().checked_div(i128::try_from(values.len()).ok()?)
}

fn rounded(fine: i128) -> Option<Score> {
    let hundredth = FINE / 100;
    i64::try_from(fine.saturating_add(hundredth / 2 + TRUNCATED) / hundredth).ok().map(Score)
}

/// Whether a form counts: not more than the allowed share of its indicators is unanswered (Thông tư 10/2017).
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn form_counts(law: &Law, staff: StaffKind, on: EvaluationDate, unanswered: u32, indicators: u32) -> Result<Explained<bool>, NoLaw> {
    const KEY: &str = "evaluation_bands.unanswered_limit";
    let found = law.lookup(KEY, staff, on)?;
    let Value::Number(limit) = *found.value else {
        return Err(NoLaw::UnknownParameter { key: KEY.to_owned() });
    };
    let within = i128::from(unanswered).saturating_mul(100) <= i128::from(limit).saturating_mul(i128::from(indicators));
    Ok(found.map(|_| indicators > 0 && within))
}

/// The band of a 10-point survey index; `None` outside 0 to 10.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn survey_band(law: &Law, staff: StaffKind, on: EvaluationDate, score: Score) -> Result<Explained<Option<&Step>>, NoLaw> {
    band(law, "evaluation_bands.survey", staff, on.into(), score)
}

/// The band of a 100-point acceptance score (Thông tư 07/2023); `None` outside 0 to 100.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn acceptance_band(law: &Law, staff: StaffKind, on: EvaluationDate, score: Score) -> Result<Explained<Option<&Step>>, NoLaw> {
    band(law, "evaluation_bands.acceptance", staff, on.into(), score)
}

/// The grade of a learner out of 10 (rule of the commune political centres); `None` outside 0 to 10.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn learner_grade(law: &Law, staff: StaffKind, on: CourseEnd, score: Score) -> Result<Explained<Option<&Step>>, NoLaw> {
    band(law, "evaluation_bands.learner", staff, on.into(), score)
}

fn band<'a>(law: &'a Law, key: &str, staff: StaffKind, on: GoverningDate, score: Score) -> Result<Explained<Option<&'a Step>>, NoLaw> {
    let found = law.lookup(key, staff, on)?;
    let Value::Scale(scale) = found.value else {
        return Err(NoLaw::UnknownParameter { key: key.to_owned() });
    };
    let scale: &'a Scale = scale;
    Ok(found.map(|_| scale.band(score.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(sum: u64, answers: u32) -> Indicator {
        Indicator { sum, answers }
    }

    #[test]
    fn means_climb_from_indicator_to_overall_both_ways() {
        let learners = Group { forms: 30, criteria: vec![vec![indicator(240, 30), indicator(270, 30)], vec![indicator(203, 29)]] };
        let lecturers = Group { forms: 2, criteria: vec![vec![indicator(12, 2), indicator(16, 2)]] };
        let index = index(&[learners, lecturers]).unwrap();
        assert_eq!(index.groups, [Score(775), Score(700)]);
        assert_eq!(index.by_group, Score(738), "7,375 rounds half up");
        assert_eq!(index.by_form, Score(770));
    }

    #[test]
    fn nothing_answered_gives_no_index() {
        assert_eq!(index(&[]), None);
        assert_eq!(index(&[Group { forms: 1, criteria: vec![vec![indicator(0, 0)]] }]), None);
    }
}
