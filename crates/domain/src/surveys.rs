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
        /// A question cannot be asked like that.
        BadQuestion = "bad_question",
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

/// Whether a group of an anonymous survey may be told apart: neither it nor what is left beside it may be too small to hide in.
#[must_use]
pub const fn may_be_told(is_anonymous: bool, group: i64, all: i64) -> bool {
    !is_anonymous || (group >= FEWEST && (all == group || all - group >= FEWEST))
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
    fn a_small_group_and_the_rest_beside_it_stay_hidden() {
        assert!(may_be_told(false, 1, 9) && may_be_told(true, 5, 10) && may_be_told(true, 7, 7));
        assert!(!may_be_told(true, 4, 20) && !may_be_told(true, 8, 10));
    }
}
