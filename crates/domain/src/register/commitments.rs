//! Promises of service after degree study: what may be written down of one, and how it stands on a day.
//! Not for: how long it must be (`law`) or what is paid back when it is broken.

use crate::codes;
use crate::time::{Date, Interval, add_months};

/// Most months of study that are believed.
const MOST_STUDY: i32 = 120;
/// Most months of service that are believed.
const MOST_SERVICE: i32 = 600;

codes! {
    /// How a promise ended before it was served.
    Closing {
        /// Đã đền bù chi phí đào tạo.
        Repaid = "repaid",
        /// Được miễn thực hiện.
        Released = "released",
        /// Không thực hiện cam kết.
        Broken = "broken",
    }
}

codes! {
    /// Why a promise is not written down.
    CommitmentFault {
        /// Nothing says what was studied.
        NoStudy = "no_study",
        /// Months of study lie between 1 and 120.
        OddStudy = "odd_study",
        /// Months of service lie between 1 and 600.
        OddMonths = "odd_months",
        /// The clock starts before the person was sent.
        StartsBeforeSent = "starts_before_sent",
        /// It ended before it began.
        ClosedBeforeStart = "closed_before_start",
    }
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The clock has not started.
    Ahead,
    /// It is being served.
    Running,
    /// It was served to the end.
    Served,
    /// It ended before.
    Closed(Closing),
}

impl Standing {
    /// Code of the words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Running => "running",
            Self::Served => "served",
            Self::Closed(how) => how.code(),
        }
    }
}

/// A promise as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitmentFacts<'a> {
    /// What was studied.
    pub study: &'a str,
    /// Day of the decision that sent the person.
    pub sent_on: Date,
    /// Months of study.
    pub study_months: i32,
    /// Months of service promised.
    pub months: i32,
    /// First day of the clock.
    pub starts_on: Date,
    /// When and how it ended before it was served.
    pub closed: Option<(Closing, Date)>,
}

impl CommitmentFacts<'_> {
    /// The time of service; nothing when its end lies outside of every calendar.
    #[must_use]
    pub fn during(&self) -> Option<Interval> {
        Interval::new(self.starts_on, Some(add_months(self.starts_on, self.months)?)).ok()
    }
}

/// Everything that is wrong with a promise.
#[must_use]
pub fn commitment_faults(facts: &CommitmentFacts<'_>) -> Vec<CommitmentFault> {
    let checks = [
        (facts.study.trim().is_empty(), CommitmentFault::NoStudy),
        (!(1..=MOST_STUDY).contains(&facts.study_months), CommitmentFault::OddStudy),
        (!(1..=MOST_SERVICE).contains(&facts.months) || facts.during().is_none(), CommitmentFault::OddMonths),
        (facts.starts_on < facts.sent_on, CommitmentFault::StartsBeforeSent),
        (facts.closed.is_some_and(|(_, day)| day < facts.starts_on), CommitmentFault::ClosedBeforeStart),
    ];
    checks.into_iter().filter_map(|(is_wrong, fault)| is_wrong.then_some(fault)).collect()
}

codes! {
    /// How a promise stands for whoever watches over promises: beside how it stands in itself, whether it ends soon, and whether the
    /// person left the service before the end.
    Watch {
        /// Sắp bắt đầu.
        Ahead = "ahead",
        /// Đang thực hiện.
        Running = "running",
        /// Sắp hết hạn.
        Ending = "ending",
        /// Đã thôi công tác khi chưa hết hạn.
        Left = "left",
        /// Không thực hiện cam kết.
        Broken = "broken",
        /// Đã thực hiện xong.
        Served = "served",
        /// Đã đền bù.
        Repaid = "repaid",
        /// Được miễn.
        Released = "released",
    }
}

impl Watch {
    /// Months before the end from which a promise ends soon.
    pub const SOON_MONTHS: i32 = 6;

    /// Whether somebody must do something about it.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Left | Self::Broken)
    }

    /// How a promise stands on a day; `gone_on` is the day from which the person is in the service no more.
    #[must_use]
    pub fn of(during: Interval, closed: Option<(Closing, Date)>, gone_on: Option<Date>, on: Date) -> Self {
        let has_left = gone_on.is_some_and(|gone| gone <= on && during.to().is_none_or(|to| gone < to));
        match standing(during, closed, on) {
            Standing::Closed(Closing::Repaid) => Self::Repaid,
            Standing::Closed(Closing::Released) => Self::Released,
            Standing::Closed(Closing::Broken) => Self::Broken,
            _ if has_left => Self::Left,
            Standing::Ahead => Self::Ahead,
            Standing::Served => Self::Served,
            Standing::Running => {
                let soon = add_months(on, Self::SOON_MONTHS).unwrap_or(on);
                if during.to().is_some_and(|to| to <= soon) { Self::Ending } else { Self::Running }
            }
        }
    }
}

/// Whole months from a day to another, none when it is not later; a month that has begun counts as one that is left.
#[must_use]
pub fn months_left(on: Date, to: Date) -> i32 {
    if to <= on {
        return 0;
    }
    let month = |day: Date| day.year() * 12 + i32::from(u8::from(day.month()));
    let months = month(to) - month(on);
    if add_months(on, months).is_some_and(|day| day >= to) { months } else { months + 1 }
}

/// How a promise stands on a day.
#[must_use]
pub fn standing(during: Interval, closed: Option<(Closing, Date)>, on: Date) -> Standing {
    match closed {
        Some((how, day)) if day <= on => Standing::Closed(how),
        _ if on < during.from() => Standing::Ahead,
        _ if during.contains(on) => Standing::Running,
        _ => Standing::Served,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    fn day(text: &str) -> Date {
        parse(text).unwrap()
    }

    fn facts() -> CommitmentFacts<'static> {
        CommitmentFacts {
            study: "Thạc sĩ Quản lý công",
            sent_on: day("01/03/2022"),
            study_months: 24,
            months: 48,
            starts_on: day("01/04/2024"),
            closed: None,
        }
    }

    #[test]
    fn a_promise_stands_as_its_days_say() {
        let during = facts().during().unwrap();
        let closed = |how, on| Some((how, day(on)));
        let cases = [
            ("31/03/2024", None, "ahead"),
            ("01/04/2024", None, "running"),
            ("31/03/2028", None, "running"),
            ("01/04/2028", None, "served"),
            ("31/05/2025", closed(Closing::Repaid, "01/06/2025"), "running"),
            ("01/06/2025", closed(Closing::Repaid, "01/06/2025"), "repaid"),
            ("01/06/2029", closed(Closing::Released, "01/06/2025"), "released"),
            ("01/06/2029", closed(Closing::Broken, "01/06/2025"), "broken"),
        ];
        for (on, closed, expected) in cases {
            assert_eq!(standing(during, closed, day(on)).code(), expected, "{on}");
        }
    }

    #[test]
    fn a_promise_is_watched_until_it_is_served() {
        let during = facts().during().unwrap();
        let closed = |how, on| Some((how, day(on)));
        let gone = |on| Some(day(on));
        let cases = [
            ("31/03/2024", None, None, Watch::Ahead),
            ("01/04/2024", None, None, Watch::Running),
            ("30/09/2027", None, None, Watch::Running),
            ("01/10/2027", None, None, Watch::Ending),
            ("31/03/2028", None, None, Watch::Ending),
            ("01/04/2028", None, None, Watch::Served),
            ("31/05/2025", None, gone("01/06/2025"), Watch::Running),
            ("01/06/2025", None, gone("01/06/2025"), Watch::Left),
            ("01/06/2029", None, gone("31/03/2028"), Watch::Left),
            ("01/06/2029", None, gone("01/04/2028"), Watch::Served),
            ("01/07/2025", closed(Closing::Repaid, "15/06/2025"), gone("01/06/2025"), Watch::Repaid),
            ("14/06/2025", closed(Closing::Repaid, "15/06/2025"), gone("01/06/2025"), Watch::Left),
            ("01/07/2025", closed(Closing::Broken, "15/06/2025"), gone("01/06/2025"), Watch::Broken),
            ("01/07/2025", closed(Closing::Released, "15/06/2025"), None, Watch::Released),
        ];
        for (on, closed, gone, expected) in cases {
            assert_eq!(Watch::of(during, closed, gone, day(on)), expected, "{on}");
        }
    }

    #[test]
    fn a_month_that_has_begun_is_still_to_be_served() {
        let cases = [
            ("01/04/2024", "01/04/2028", 48),
            ("02/04/2024", "01/04/2028", 48),
            ("01/05/2024", "01/04/2028", 47),
            ("31/03/2028", "01/04/2028", 1),
            ("01/04/2028", "01/04/2028", 0),
            ("31/01/2024", "29/02/2024", 1),
            ("31/01/2024", "01/03/2024", 2),
        ];
        for (on, to, expected) in cases {
            assert_eq!(months_left(day(on), day(to)), expected, "{on} – {to}");
        }
    }

    #[test]
    fn every_fault_is_found() {
        let fine = facts();
        let cases = [
            (fine, vec![]),
            (CommitmentFacts { study: " ", ..fine }, vec![CommitmentFault::NoStudy]),
            (CommitmentFacts { study_months: 0, ..fine }, vec![CommitmentFault::OddStudy]),
            (CommitmentFacts { study_months: 120, ..fine }, vec![]),
            (CommitmentFacts { study_months: 121, ..fine }, vec![CommitmentFault::OddStudy]),
            (CommitmentFacts { months: 0, ..fine }, vec![CommitmentFault::OddMonths]),
            (CommitmentFacts { months: 601, ..fine }, vec![CommitmentFault::OddMonths]),
            (CommitmentFacts { starts_on: day("28/02/2022"), ..fine }, vec![CommitmentFault::StartsBeforeSent]),
            (CommitmentFacts { closed: Some((Closing::Broken, day("31/03/2024"))), ..fine }, vec![CommitmentFault::ClosedBeforeStart]),
        ];
        for (facts, expected) in cases {
            assert_eq!(commitment_faults(&facts), expected, "{facts:?}");
        }
    }
}
