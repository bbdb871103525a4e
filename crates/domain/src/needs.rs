//! Needs: who is to be trained in what in a year, how such a need goes up from person to province, and what a level may make of it.
//! Not for: what a standard asks (`standards`), or who may decide (`roles`).

use crate::codes;

codes! {
    /// Where a need came from.
    NeedSource {
        /// A gap against the standard of the post.
        Gap = "gap",
        /// The unit added it.
        Unit = "unit",
        /// The official asked for it.
        Person = "person",
        /// A level above added it in a review.
        Review = "review",
    }
}

codes! {
    /// How far a need has come.
    NeedState {
        /// Nobody of the unit has said anything yet.
        Proposed = "proposed",
        /// The unit says it is one.
        Confirmed = "confirmed",
        /// The head says so too.
        Approved = "approved",
        /// A level above the officer says no.
        Refused = "refused",
        /// Who brought it up, or the unit, says it is none.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// Who has dealt with a need last, from below upward.
    NeedLevel {
        /// The official.
        Person = "person",
        /// The officer of the unit.
        Unit = "unit",
        /// The head of the unit.
        Head = "head",
        /// The unit above.
        Above = "above",
        /// The organisation board of the Party.
        Party = "party",
        /// Home Affairs.
        HomeAffairs = "home_affairs",
    }
}

codes! {
    /// What a level says to a need.
    Verdict {
        /// It is one.
        Confirmed = "confirmed",
        /// The official has it already.
        Holds = "holds",
        /// The official is exempt.
        Exempt = "exempt",
        /// It is one, of something else.
        OtherTopic = "other_topic",
        /// It is none for another reason.
        Removed = "removed",
    }
}

impl Verdict {
    /// Whether the need stays one.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Confirmed | Self::OtherTopic)
    }

    /// Whether it must say why.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        !matches!(self, Self::Confirmed)
    }
}

codes! {
    /// What can happen to a need.
    NeedStep {
        /// The unit says it is one, or says so again.
        Confirm = "confirm",
        /// The unit, or who asked, says it is none.
        Drop = "drop",
        /// The head approves.
        Approve = "approve",
        /// The head or a level above refuses.
        Refuse = "refuse",
        /// The head leaves it a need, before approving the whole answer.
        Keep = "keep",
        /// The answer it is part of goes back to the unit.
        Reopen = "reopen",
    }
}

impl NeedState {
    /// Where a step leads; none when it cannot be taken now.
    #[must_use]
    pub const fn after(self, step: NeedStep) -> Option<Self> {
        match (step, self) {
            (NeedStep::Confirm, Self::Proposed | Self::Confirmed | Self::Withdrawn) | (NeedStep::Reopen, Self::Approved) => {
                Some(Self::Confirmed)
            }
            (NeedStep::Drop, Self::Proposed | Self::Confirmed | Self::Withdrawn) => Some(Self::Withdrawn),
            (NeedStep::Keep, Self::Confirmed | Self::Refused) => Some(Self::Confirmed),
            (NeedStep::Approve, Self::Confirmed | Self::Approved | Self::Refused) => Some(Self::Approved),
            (NeedStep::Refuse, Self::Proposed | Self::Confirmed | Self::Approved | Self::Refused) => Some(Self::Refused),
            (NeedStep::Confirm, Self::Approved | Self::Refused)
            | (NeedStep::Drop, Self::Approved | Self::Refused)
            | (NeedStep::Keep, Self::Proposed | Self::Approved | Self::Withdrawn)
            | (NeedStep::Approve, Self::Proposed | Self::Withdrawn)
            | (NeedStep::Refuse, Self::Withdrawn)
            | (NeedStep::Reopen, Self::Proposed | Self::Confirmed | Self::Refused | Self::Withdrawn) => None,
        }
    }
}

impl NeedState {
    /// Where a line of an answer goes when a level says something to it; none when it may not now.
    #[must_use]
    pub const fn judged(self, level: NeedLevel, verdict: Verdict) -> Option<Self> {
        self.after(match (level, verdict.stays()) {
            (NeedLevel::Unit, true) => NeedStep::Confirm,
            (NeedLevel::Unit, false) => NeedStep::Drop,
            (_, false) => NeedStep::Refuse,
            (NeedLevel::Head, true) => NeedStep::Keep,
            (_, true) => NeedStep::Approve,
        })
    }
}

codes! {
    /// Why a need is not taken.
    NeedFault {
        /// It does not say in what.
        NoTopic = "no_topic",
        /// It is for nobody, or for too many at once.
        BadPeople = "bad_people",
        /// A named official is one person.
        NamedIsOne = "named_is_one",
        /// The year is over, or too far ahead.
        BadYear = "bad_year",
        /// It must be said why.
        NoReason = "no_reason",
        /// There is no such official in the unit.
        NoSuchOfficial = "no_such_official",
        /// The need has gone too far for this.
        NotNow = "not_now",
        /// Too many requests of one person are open.
        TooMany = "too_many",
    }
}

/// What is wanted, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whether it names an official.
    pub is_named: bool,
    /// People.
    pub people: i32,
    /// Whether it names a requirement, a programme or a topic of a scheme.
    pub has_topic: bool,
    /// In free words.
    pub words: &'a str,
    /// Year.
    pub year: i32,
}

/// Most people of one need: more than the largest unit has.
pub const MOST_PEOPLE: i32 = 10_000;
/// Most open requests of one official: more is a talk with the officer.
pub const MOST_OPEN: usize = 10;
/// Years that a need may lie ahead.
const MOST_YEARS: i32 = 6;

/// Everything that is wrong with what is wanted, in a year.
#[must_use]
pub fn need_faults(wanted: &Wanted<'_>, this_year: i32) -> Vec<NeedFault> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: NeedFault| faults.extend(is_wrong.then_some(fault));
    fault(!wanted.has_topic && wanted.words.trim().is_empty(), NeedFault::NoTopic);
    fault(!(1..=MOST_PEOPLE).contains(&wanted.people), NeedFault::BadPeople);
    fault(wanted.is_named && wanted.people > 1, NeedFault::NamedIsOne);
    fault(!(0..=MOST_YEARS).contains(&(wanted.year - this_year)), NeedFault::BadYear);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_of_a_need() {
        let mut picture = String::new();
        for state in NeedState::ALL {
            let steps = NeedStep::ALL.iter().filter_map(|step| state.after(*step).map(|to| format!("  {step} → {to}\n")));
            picture.push_str(&format!("{state}\n{}", steps.collect::<String>()));
        }
        insta::assert_snapshot!(picture);
    }

    #[test]
    fn the_worked_cases_of_needs() {
        let good = Wanted { is_named: true, people: 1, has_topic: true, words: "", year: 2027 };
        let cases: &[(Wanted<'_>, &[NeedFault])] = &[
            (good, &[]),
            (Wanted { has_topic: false, words: " ", ..good }, &[NeedFault::NoTopic]),
            (Wanted { has_topic: false, words: "kỹ năng số", ..good }, &[]),
            (Wanted { people: 0, ..good }, &[NeedFault::BadPeople]),
            (Wanted { people: 2, ..good }, &[NeedFault::NamedIsOne]),
            (Wanted { people: 20, is_named: false, ..good }, &[]),
            (Wanted { year: 2025, ..good }, &[NeedFault::BadYear]),
        ];
        for (wanted, faults) in cases {
            assert_eq!(need_faults(wanted, 2026), *faults, "{wanted:?}");
        }
    }
}
