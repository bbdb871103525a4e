//! Surveys of needs: when they can be answered, and which groups are too small to be told apart.
//! Not for: questions and answers (`questions`).

use crate::codes;
use crate::time::Date;

codes! {
    /// How far a survey has come.
    SurveyState {
        /// Being written.
        Draft = "draft",
        /// Can be answered within its days.
        Open = "open",
        /// Ended by hand.
        Closed = "closed",
    }
}

codes! {
    /// What is wrong with a survey.
    SurveyFault {
        /// It has no title.
        NoTitle = "no_title",
        /// It asks nothing.
        NoQuestions = "no_questions",
        /// It asks everybody, which the Party board does not.
        NoUnits = "no_units",
        /// It ends before it begins.
        ClosesBeforeOpening = "closes_before_opening",
        /// Its days are over.
        ClosedAlready = "closed_already",
    }
}

/// Whether a survey can be answered on a day; its last day counts.
#[must_use]
pub fn is_answerable(state: SurveyState, opens_on: Date, closes_on: Date, today: Date) -> bool {
    state == SurveyState::Open && opens_on <= today && today <= closes_on
}

/// Fewest answers of a group that an anonymous survey tells apart.
pub const FEWEST: i64 = 5;

/// Whether what a survey comes to may be told. An anonymous one tells nothing before it is over, because what changes between two looks is
/// somebody's answer, and nothing of too few.
#[must_use]
pub const fn may_be_told(is_anonymous: bool, is_over: bool, answers: i64) -> bool {
    !is_anonymous || (is_over && answers >= FEWEST)
}

/// Whether groups of these sizes may be told apart. One small group beside large ones could be found by taking these away from all, so it
/// is all or none.
#[must_use]
pub fn may_tell_apart(is_anonymous: bool, mut sizes: impl Iterator<Item = i64>) -> bool {
    !is_anonymous || sizes.all(|size| size >= FEWEST)
}

impl SurveyState {
    /// Whether a survey with this last day may go on to a state.
    #[must_use]
    pub fn may_become(self, next: Self, closes_on: Date, today: Date) -> bool {
        match (self, next) {
            (Self::Draft, Self::Open) => closes_on >= today,
            (Self::Open, Self::Closed) => true,
            _ => false,
        }
    }
}

/// What a survey says, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Title.
    pub title: &'a str,
    /// How many questions it has.
    pub questions: usize,
    /// Whether it asks everybody although who makes it does not ask everybody.
    pub asks_too_many: bool,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub closes_on: Date,
}

/// Everything that is wrong with a survey that is written today.
#[must_use]
pub fn survey_faults(terms: &Terms<'_>, today: Date) -> Vec<SurveyFault> {
    let faults = [
        (terms.title.trim().is_empty(), SurveyFault::NoTitle),
        (terms.questions == 0, SurveyFault::NoQuestions),
        (terms.closes_on < terms.opens_on, SurveyFault::ClosesBeforeOpening),
        (terms.closes_on < today, SurveyFault::ClosedAlready),
        (terms.asks_too_many, SurveyFault::NoUnits),
    ];
    faults.into_iter().filter_map(|(is_wrong, fault)| is_wrong.then_some(fault)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    #[test]
    fn a_survey_is_answered_from_its_first_to_its_last_day() {
        let day = |text: &str| parse(text).unwrap();
        let on = |today: &str| is_answerable(SurveyState::Open, day("2026-11-10"), day("2026-11-20"), day(today));
        assert_eq!(["2026-11-09", "2026-11-10", "2026-11-20", "2026-11-21"].map(on), [false, true, true, false]);
    }

    #[test]
    fn an_anonymous_survey_is_told_when_it_is_over_and_enough_answered() {
        assert!(may_be_told(false, false, 1) && may_be_told(true, true, 5));
        assert!(!may_be_told(true, false, 50) && !may_be_told(true, true, 4));
    }

    #[test]
    fn one_small_group_hides_all_groups() {
        assert!(may_tell_apart(false, [1].into_iter()) && may_tell_apart(true, [5, 9].into_iter()));
        assert!(!may_tell_apart(true, [20, 4].into_iter()));
    }

    #[test]
    fn a_survey_is_opened_within_its_days_and_closed_once() {
        use SurveyState::{Closed, Draft, Open};
        let (last, today) = (parse("2026-11-20").unwrap(), parse("2026-11-21").unwrap());
        assert!(Draft.may_become(Open, last, last) && !Draft.may_become(Open, last, today));
        assert!(Open.may_become(Closed, last, today) && !Closed.may_become(Open, today, today) && !Draft.may_become(Closed, last, last));
    }
}
