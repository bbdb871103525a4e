//! Attendance: what is said of a learner at a sitting, how much of a class that makes, and who may check in by the code on the screen.
//! Not for: how much must be attended (`law`), or what follows for the result (`results`).

pub mod checkin;
pub mod sheets;

use crate::codes;

codes! {
    /// What is said of a learner at a sitting.
    Mark {
        /// Có mặt.
        Present = "present",
        /// Đến muộn.
        Late = "late",
        /// Vắng.
        Absent = "absent",
        /// Vắng có lý do.
        Excused = "excused",
    }
}

codes! {
    /// Where a mark comes from.
    Source {
        /// Called by the lecturer or whoever keeps the class.
        Roll = "roll",
        /// The learner checked in by the code on the screen.
        Qr = "qr",
        /// Read off a signed sheet.
        Paper = "paper",
        /// Called without network and sent later.
        Offline = "offline",
    }
}

/// A mark with the minutes that somebody came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The mark.
    pub mark: Mark,
    /// Minutes after the start; 0 for every other mark.
    pub minutes: i32,
}

impl Said {
    /// A mark without minutes.
    #[must_use]
    pub const fn of(mark: Mark) -> Self {
        Self { mark, minutes: 0 }
    }

    /// The code with its minutes: `late 12`.
    #[must_use]
    pub fn text(self) -> String {
        match self.mark {
            Mark::Late => format!("{} {}", self.mark, self.minutes),
            mark => mark.code().to_owned(),
        }
    }
}

/// Minutes of a period (tiết) of training.
pub const PERIOD_MINUTES: i32 = 45;
/// Most minutes that somebody comes late and still counts as come: a whole day of ten periods.
pub const MOST_LATE: i32 = 10 * PERIOD_MINUTES;
/// Most letters of a reason.
pub const MOST_NOTE: usize = 500;

/// How lateness counts. No act says it, so each office does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateRule {
    /// Minutes that cost nothing.
    pub grace: i32,
}

impl Default for LateRule {
    fn default() -> Self {
        Self { grace: 15 }
    }
}

/// Periods that somebody attended of a sitting: late beyond the grace costs every period that had begun.
#[must_use]
pub fn attended(periods: i32, said: Said, rule: LateRule) -> i32 {
    let periods = periods.max(0);
    match said.mark {
        Mark::Present => periods,
        Mark::Absent | Mark::Excused => 0,
        Mark::Late if said.minutes <= rule.grace => periods,
        Mark::Late => {
            let begun = said.minutes.saturating_add(PERIOD_MINUTES - 1) / PERIOD_MINUTES;
            (periods - begun).max(0)
        }
    }
}

/// Periods attended out of those that were held and called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Attended.
    pub attended: i32,
    /// Held.
    pub held: i32,
}

impl Share {
    /// The share over sittings whose roll was called; nobody's word at one of them is an absence.
    #[must_use]
    pub fn over(sittings: impl IntoIterator<Item = (i32, Option<Said>)>, rule: LateRule) -> Self {
        sittings.into_iter().fold(Self::default(), |sum, (periods, said)| Self {
            attended: sum.attended.saturating_add(said.map_or(0, |said| attended(periods, said, rule))),
            held: sum.held.saturating_add(periods.max(0)),
        })
    }

    /// In hundredths of a per cent, cut off; nothing when nothing was held.
    #[must_use]
    pub fn basis_points(self) -> Option<i64> {
        i64::from(self.attended).saturating_mul(10_000).checked_div(i64::from(self.held))
    }

    /// Whether it is at least so many per cent, compared exactly; nothing when nothing was held.
    #[must_use]
    pub fn reaches(self, percent: i64) -> Option<bool> {
        let enough = i64::from(self.attended).saturating_mul(100) >= i64::from(self.held).saturating_mul(percent);
        (self.held > 0).then_some(enough)
    }
}

codes! {
    /// Why a mark is not kept.
    MarkFault {
        /// Late without minutes, or with more than anybody waits.
        OddMinutes = "odd_minutes",
        /// Excused without a reason.
        NoReason = "no_reason",
        /// The reason is longer than anybody reads.
        TooLong = "too_long",
        /// The person is not of the class.
        NotLearner = "not_learner",
        /// What was said on the day is changed later, and it is not said why.
        NoWhy = "no_why",
    }
}

/// A mark that somebody wants to put, beside the one that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The mark.
    pub said: Said,
    /// Reason of an absence.
    pub note: &'a str,
    /// What stands, if anything.
    pub stands: Option<Said>,
    /// Whether the day of the sitting is over.
    pub is_past: bool,
    /// Why it is changed.
    pub why: &'a str,
}

/// Everything that keeps a mark from being put. Minutes of other marks are no fault: they are left out.
#[must_use]
pub fn mark_faults(wish: &Wish<'_>) -> Vec<MarkFault> {
    let is_change = wish.stands.is_some_and(|stands| stands != wish.said);
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: MarkFault| faults.extend(is_wrong.then_some(fault));
    fault(wish.said.mark == Mark::Late && !(1..=MOST_LATE).contains(&wish.said.minutes), MarkFault::OddMinutes);
    fault(wish.said.mark == Mark::Excused && wish.note.trim().is_empty(), MarkFault::NoReason);
    fault([wish.note, wish.why].iter().any(|words| words.chars().count() > MOST_NOTE), MarkFault::TooLong);
    fault(is_change && wish.is_past && wish.why.trim().is_empty(), MarkFault::NoWhy);
    faults
}

#[cfg(test)]
mod tests;
