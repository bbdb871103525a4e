//! Councils that appraise programmes: who may sit in one, how its members vote, and what comes out of the votes.
//! Not for: the numbers of the rule; they are dated law (`law::council`).

use crate::codes;
use crate::time::Interval;

codes! {
    /// Where somebody sits in a council.
    Seat {
        /// Chủ tịch hội đồng.
        Chair = "chair",
        /// Thư ký.
        Secretary = "secretary",
        /// Uỷ viên.
        Member = "member",
    }
}

codes! {
    /// How a member votes.
    Choice {
        /// Đồng ý.
        For = "for",
        /// Đồng ý nếu chỉnh sửa.
        ForAfterChanges = "for_after_changes",
        /// Không đồng ý.
        Against = "against",
    }
}

codes! {
    /// What comes out of a session.
    Verdict {
        /// Thông qua.
        Passed = "passed",
        /// Thông qua sau khi chỉnh sửa.
        ToMend = "to_mend",
        /// Không thông qua.
        TurnedDown = "turned_down",
    }
}

codes! {
    /// Whether members still vote.
    SessionState {
        /// They vote.
        Open = "open",
        /// The chair has closed it.
        Closed = "closed",
        /// The text was taken back.
        Recalled = "recalled",
    }
}

codes! {
    /// Why a council cannot be as it is written.
    CouncilFault {
        /// It has no name.
        NoName = "no_name",
        /// No decision sets it up.
        NoDecision = "no_decision",
        /// It ends before it begins.
        EndsBeforeStart = "ends_before_start",
        /// Fewer members than the rule asks.
        TooFew = "too_few",
        /// More members than the rule allows.
        TooMany = "too_many",
        /// The rule asks for an odd number.
        Even = "even",
        /// There must be one chair.
        Chair = "chair",
        /// There must be one secretary.
        Secretary = "secretary",
        /// Somebody sits twice.
        Twice = "twice",
    }
}

/// The rule of councils on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Fewest members.
    pub fewest: usize,
    /// Most members.
    pub most: usize,
    /// The number of members must be odd.
    pub odd: bool,
    /// Share of the members that must have voted, in basis points, at least.
    pub quorum: u64,
    /// Share of the votes that carries, in basis points, which must be exceeded.
    pub majority: u64,
}

/// A council as it is written down.
#[derive(Debug, Clone, Copy)]
pub struct Council<'a, U> {
    /// Name.
    pub name: &'a str,
    /// Number of the decision that sets it up.
    pub decision: &'a str,
    /// Days on which it exists; `None` when its last day lies before its first.
    pub during: Option<Interval>,
    /// Who sits where.
    pub members: &'a [(U, Seat)],
}

/// Everything that is wrong with a council.
#[must_use]
pub fn council_faults<U: PartialEq>(council: &Council<'_, U>, rule: &Rule) -> Vec<CouncilFault> {
    let members = council.members;
    let seated = |seat: Seat| members.iter().filter(|(_, sits)| *sits == seat).count();
    let is_twice = members.iter().enumerate().any(|(place, (user, _))| members.iter().take(place).any(|(other, _)| other == user));
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: CouncilFault| faults.extend(is_wrong.then_some(fault));
    fault(council.name.trim().is_empty(), CouncilFault::NoName);
    fault(council.decision.trim().is_empty(), CouncilFault::NoDecision);
    fault(council.during.is_none(), CouncilFault::EndsBeforeStart);
    fault(members.len() < rule.fewest, CouncilFault::TooFew);
    fault(members.len() > rule.most, CouncilFault::TooMany);
    fault(rule.odd && members.len().is_multiple_of(2), CouncilFault::Even);
    fault(seated(Seat::Chair) != 1, CouncilFault::Chair);
    fault(seated(Seat::Secretary) != 1, CouncilFault::Secretary);
    fault(is_twice, CouncilFault::Twice);
    faults
}

/// Votes of a session, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Members of the council.
    pub members: u64,
    /// For.
    pub for_it: u64,
    /// For, after changes.
    pub after_changes: u64,
    /// Against.
    pub against: u64,
}

impl Tally {
    /// The votes of a council with so many members.
    #[must_use]
    pub fn of(members: usize, choices: impl IntoIterator<Item = Choice>) -> Self {
        let mut tally = Self { members: u64::try_from(members).unwrap_or(u64::MAX), ..Self::default() };
        for choice in choices {
            match choice {
                Choice::For => tally.for_it += 1,
                Choice::ForAfterChanges => tally.after_changes += 1,
                Choice::Against => tally.against += 1,
            }
        }
        tally
    }

    /// Votes cast.
    #[must_use]
    pub const fn voted(&self) -> u64 {
        self.for_it + self.after_changes + self.against
    }

    /// Members who must have voted before the session can be closed.
    #[must_use]
    pub const fn needed(&self, rule: &Rule) -> u64 {
        self.members.saturating_mul(rule.quorum).div_ceil(WHOLE)
    }

    /// What comes out: passed when enough are for it as it is, to be mended when enough are for it in one way or the other, else turned
    /// down; nothing while too few have voted.
    #[must_use]
    pub const fn verdict(&self, rule: &Rule) -> Option<Verdict> {
        let voted = self.voted();
        if voted == 0 || voted < self.needed(rule) {
            return None;
        }
        let bar = voted.saturating_mul(rule.majority);
        if self.for_it.saturating_mul(WHOLE) > bar {
            Some(Verdict::Passed)
        } else if (self.for_it + self.after_changes).saturating_mul(WHOLE) > bar {
            Some(Verdict::ToMend)
        } else {
            Some(Verdict::TurnedDown)
        }
    }
}

/// A whole in basis points.
const WHOLE: u64 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::date;

    const RULE: Rule = Rule { fewest: 3, most: 9, odd: true, quorum: 6_666, majority: 5_000 };

    #[test]
    fn what_comes_out_of_the_votes() {
        let cases = [
            ((5, 0, 0, 0), None),
            ((5, 3, 0, 0), None),
            ((5, 4, 0, 0), Some(Verdict::Passed)),
            ((3, 1, 0, 1), Some(Verdict::TurnedDown)),
            ((3, 1, 1, 0), Some(Verdict::ToMend)),
            ((5, 3, 2, 0), Some(Verdict::Passed)),
            ((5, 2, 2, 1), Some(Verdict::ToMend)),
            ((5, 2, 0, 3), Some(Verdict::TurnedDown)),
            ((5, 0, 4, 0), Some(Verdict::ToMend)),
            ((0, 0, 0, 0), None),
        ];
        for ((members, for_it, after_changes, against), expected) in cases {
            let tally = Tally { members, for_it, after_changes, against };
            assert_eq!(tally.verdict(&RULE), expected, "{tally:?}");
        }
    }

    #[test]
    fn who_may_make_a_council() {
        use CouncilFault::{Chair, EndsBeforeStart, Even, NoDecision, NoName, Secretary, TooFew, TooMany, Twice};
        let day = |day| date(2026, 1, day).unwrap();
        let during = Interval::of_days(day(1), day(31)).ok();
        let three = [(1, Seat::Chair), (2, Seat::Secretary), (3, Seat::Member)];
        let many: Vec<(i32, Seat)> = three.into_iter().chain((4..=11).map(|user| (user, Seat::Member))).collect();
        let good = Council { name: "Hội đồng", decision: "1/QĐ", during, members: &three[..] };
        let cases: [(Council<'_, i32>, &[CouncilFault]); 7] = [
            (good, &[]),
            (Council { name: " ", decision: "", during: None, ..good }, &[NoName, NoDecision, EndsBeforeStart]),
            (Council { members: &three[..2], ..good }, &[TooFew, Even]),
            (Council { members: &many, ..good }, &[TooMany]),
            (Council { members: &[(1, Seat::Chair), (2, Seat::Chair), (3, Seat::Secretary)], ..good }, &[Chair]),
            (Council { members: &[(1, Seat::Chair), (2, Seat::Member), (3, Seat::Member)], ..good }, &[Secretary]),
            (Council { members: &[(1, Seat::Chair), (2, Seat::Secretary), (2, Seat::Member)], ..good }, &[Twice]),
        ];
        for (council, expected) in cases {
            assert_eq!(council_faults(&council, &RULE), expected, "{council:?}");
        }
    }
}
