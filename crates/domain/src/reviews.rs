//! Reviews of who needs what (đợt rà soát): how far a review and the answer of each unit have come, and which step leads where.
//! Not for: the needs themselves (`needs`), or who may take a step (`roles`).

use crate::codes;
use crate::time::Date;

codes! {
    /// How far a review has come.
    ReviewState {
        /// Being written.
        Draft = "draft",
        /// Units answer.
        Open = "open",
        /// Units answer no more, but for those that were let in again.
        Closed = "closed",
    }
}

codes! {
    /// How far the answer of one unit has come.
    AnswerState {
        /// Nobody has looked at the list yet.
        Waiting = "waiting",
        /// The unit is answering.
        Answering = "answering",
        /// Sent to the head of the unit.
        Sent = "sent",
        /// Approved by the head.
        Approved = "approved",
        /// Taken into the figures of the level above.
        Gathered = "gathered",
        /// Given back with a reason.
        Returned = "returned",
    }
}

codes! {
    /// What can be done with a review or an answer.
    Step {
        /// Open the review: units and facts are fixed.
        Open = "open",
        /// Move the last day for all.
        Extend = "extend",
        /// Let nobody answer any more.
        Close = "close",
        /// Let one unit answer again, until a day of its own.
        Reopen = "reopen",
        /// Tell a unit that it is awaited.
        Remind = "remind",
        /// Work on the answer.
        Edit = "edit",
        /// Send the answer to the head.
        Send = "send",
        /// Take it back before the head decided.
        TakeBack = "take_back",
        /// Approve as the head.
        Approve = "approve",
        /// Give back as the head.
        Return = "return",
        /// Give back from above.
        SendBack = "send_back",
        /// Take into the figures of the level above.
        Gather = "gather",
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Performer {
    /// Who runs the review.
    Runner,
    /// The officer of the unit.
    Officer,
    /// The head of the unit.
    Head,
    /// Who gathers the answer: the unit above, Home Affairs or the Party board.
    Above,
}

impl Step {
    /// Who takes it.
    #[must_use]
    pub const fn performer(self) -> Performer {
        match self {
            Self::Open | Self::Extend | Self::Close => Performer::Runner,
            Self::Edit | Self::Send | Self::TakeBack => Performer::Officer,
            Self::Approve | Self::Return => Performer::Head,
            Self::Reopen | Self::Remind | Self::SendBack | Self::Gather => Performer::Above,
        }
    }

    /// Whether it must say why.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Extend | Self::Reopen | Self::Return | Self::SendBack)
    }

    /// Whether it must name a later last day.
    #[must_use]
    pub const fn needs_day(self) -> bool {
        matches!(self, Self::Extend | Self::Reopen)
    }
}

/// A review together with the answer of one of its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Course {
    /// The review.
    pub review: ReviewState,
    /// The answer.
    pub answer: AnswerState,
    /// Whether the unit was let in again after the review was closed.
    pub reopened: bool,
}

impl Course {
    /// Where every review begins.
    pub const START: Self = Self { review: ReviewState::Draft, answer: AnswerState::Waiting, reopened: false };

    /// Whether the unit may answer.
    #[must_use]
    pub const fn is_answerable(self) -> bool {
        match self.review {
            ReviewState::Draft => false,
            ReviewState::Open => true,
            ReviewState::Closed => self.reopened,
        }
    }

    /// Where a step leads; none when it cannot be taken now.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        use AnswerState::{Answering, Approved, Gathered, Returned, Sent, Waiting};
        let is_open = matches!(self.review, ReviewState::Open);
        let open = self.is_answerable();
        let to = match (step, self.answer) {
            (Step::Open, answer) => {
                return if matches!(self.review, ReviewState::Draft) {
                    Some(Self { review: ReviewState::Open, answer, ..self })
                } else {
                    None
                };
            }
            (Step::Close, _) => return if is_open { Some(Self { review: ReviewState::Closed, ..self }) } else { None },
            (Step::Extend, answer) if is_open => answer,
            (Step::Reopen, answer) => {
                let reopened = matches!(self.review, ReviewState::Closed);
                let answer = match answer {
                    Waiting | Answering | Returned => answer,
                    Sent | Approved | Gathered => Returned,
                };
                return if matches!(self.review, ReviewState::Draft) { None } else { Some(Self { answer, reopened, ..self }) };
            }
            (Step::Remind, answer @ (Waiting | Answering | Returned | Sent)) if open => answer,
            (Step::Edit, Waiting | Answering | Returned) if open => Answering,
            (Step::Send, Waiting | Answering | Returned) if open => Sent,
            (Step::TakeBack, Sent) if open => Answering,
            (Step::Approve, Sent) if open => Approved,
            (Step::Return, Sent) if open => Returned,
            (Step::SendBack, Approved) if open => Returned,
            // What was approved in time is still gathered after the review was closed.
            (Step::Gather, Approved) => return Some(Self { answer: Gathered, reopened: false, ..self }),
            (
                Step::Extend
                | Step::Remind
                | Step::Edit
                | Step::Send
                | Step::TakeBack
                | Step::Approve
                | Step::Return
                | Step::SendBack
                | Step::Gather,
                _,
            ) => return None,
        };
        Some(Self { answer: to, ..self })
    }
}

/// Days by which an answer is late, from its last day and the day on which the head approved it; nothing while it is in time.
#[must_use]
pub fn late_days(approved_on: Option<Date>, due: Date, today: Date) -> Option<i64> {
    let days = (approved_on.unwrap_or(today) - due).whole_days();
    (days > 0).then_some(days)
}

codes! {
    /// What is wrong with a review that is to be kept or opened.
    ReviewFault {
        /// It has no title.
        NoTitle = "no_title",
        /// It says neither why nor after which scheme.
        NoReason = "no_reason",
        /// It asks no unit.
        NoUnits = "no_units",
        /// The last day comes before the first.
        DueBeforeOpening = "due_before_opening",
        /// The last day is over.
        DueIsPast = "due_is_past",
        /// The day of the facts has not come yet.
        AsOfAhead = "as_of_ahead",
        /// The year of the needs lies too far from the opening.
        BadYear = "bad_year",
        /// It asks communes or departments, which the Party board does not.
        NotOfBloc = "not_of_bloc",
    }
}

/// What a review says, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Title.
    pub title: &'a str,
    /// Why.
    pub reason: &'a str,
    /// After which scheme.
    pub scheme: Option<&'a str>,
    /// Units it asks.
    pub units: usize,
    /// Day of the facts.
    pub as_of: Date,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub due_on: Date,
    /// Year of the needs.
    pub year: i32,
}

/// Years that needs may lie ahead of the opening.
const MOST_YEARS: i32 = 6;

/// Everything that is wrong with a review on a day.
#[must_use]
pub fn review_faults(terms: &Terms<'_>, today: Date) -> Vec<ReviewFault> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: ReviewFault| faults.extend(is_wrong.then_some(fault));
    fault(terms.title.trim().is_empty(), ReviewFault::NoTitle);
    fault(terms.reason.trim().is_empty() && terms.scheme.is_none(), ReviewFault::NoReason);
    fault(terms.units == 0, ReviewFault::NoUnits);
    fault(terms.due_on < terms.opens_on, ReviewFault::DueBeforeOpening);
    fault(terms.due_on < today, ReviewFault::DueIsPast);
    fault(terms.as_of > today, ReviewFault::AsOfAhead);
    fault(!(0..=MOST_YEARS).contains(&(terms.year - terms.opens_on.year())), ReviewFault::BadYear);
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::time::parse;

    /// Every course that steps lead to from the start.
    fn reached() -> BTreeSet<Course> {
        let (mut seen, mut open) = (BTreeSet::from([Course::START]), vec![Course::START]);
        while let Some(course) = open.pop() {
            for next in Step::ALL.iter().filter_map(|step| course.after(*step)) {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen
    }

    fn name(course: Course) -> String {
        format!("{}/{}{}", course.review, course.answer, if course.reopened { "+" } else { "" })
    }

    #[test]
    fn the_graph_of_a_review() {
        let mut picture = String::new();
        for course in reached() {
            let steps = Step::ALL.iter().filter_map(|step| course.after(*step).map(|to| format!("  {step} → {}\n", name(to))));
            picture.push_str(&format!("{}\n{}", name(course), steps.collect::<String>()));
        }
        insta::assert_snapshot!(picture);
    }

    proptest! {
        #[test]
        fn no_steps_lead_out_of_the_graph(steps in proptest::collection::vec(proptest::sample::select(Step::ALL), 0..60)) {
            let mut at = Course::START;
            for step in steps {
                let Some(next) = at.after(step) else { continue };
                prop_assert!(next.review >= at.review, "a review never goes back");
                prop_assert!(next.review != ReviewState::Draft || next == Course::START);
                prop_assert!(next.answer != AnswerState::Gathered || matches!(step, Step::Gather | Step::Close | Step::Extend) , "{step}");
                at = next;
            }
        }
    }

    #[test]
    fn an_answer_is_late_from_the_day_after_its_last() {
        let day = |text: &str| parse(text).unwrap();
        let (due, today) = (day("2026-05-15"), day("2026-05-20"));
        assert_eq!((late_days(None, due, due), late_days(None, due, today)), (None, Some(5)));
        assert_eq!((late_days(Some(due), due, today), late_days(Some(day("2026-05-16")), due, today)), (None, Some(1)));
    }

    #[test]
    fn the_worked_cases_of_reviews() {
        let day = |text: &str| parse(text).unwrap();
        let good = Terms {
            title: "Rà soát nhu cầu 2027",
            reason: "lập kế hoạch năm",
            scheme: None,
            units: 3,
            as_of: day("2026-11-01"),
            opens_on: day("2026-11-22"),
            due_on: day("2026-12-05"),
            year: 2027,
        };
        let cases: &[(Terms<'_>, &[ReviewFault])] = &[
            (good, &[]),
            (Terms { title: " ", reason: "", ..good }, &[ReviewFault::NoTitle, ReviewFault::NoReason]),
            (Terms { reason: "", scheme: Some("quang-nam-2024"), ..good }, &[]),
            (Terms { units: 0, ..good }, &[ReviewFault::NoUnits]),
            (Terms { due_on: day("2026-11-21"), ..good }, &[ReviewFault::DueBeforeOpening, ReviewFault::DueIsPast]),
            (Terms { as_of: day("2026-11-23"), year: 2025, ..good }, &[ReviewFault::AsOfAhead, ReviewFault::BadYear]),
        ];
        for (terms, faults) in cases {
            assert_eq!(review_faults(terms, day("2026-11-22")), *faults, "{terms:?}");
        }
    }
}
