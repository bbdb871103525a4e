//! Working days: weekends and holidays are none.
//! Not for: which days are holidays; that is dated data.

use std::collections::BTreeSet;

use crate::time::Date;
use time::Weekday;

/// Holidays as days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays(pub BTreeSet<Date>);

impl Holidays {
    /// Whether the offices work on the day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.0.contains(&day)
    }

    /// The day after so many working days; with none the day itself.
    #[must_use]
    pub fn after(&self, day: Date, working_days: u8) -> Date {
        let mut at = day;
        let mut left = working_days;
        while left > 0 {
            let Some(next) = at.next_day() else { return at };
            at = next;
            left -= u8::from(self.is_working(at));
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let holidays = Holidays(["2026-09-01", "2026-09-02"].into_iter().filter_map(parse).collect());
        let cases = [
            ("2026-11-23", 0, "2026-11-23"),
            ("2026-11-23", 1, "2026-11-24"),
            ("2026-11-27", 1, "2026-11-30"),
            ("2026-11-28", 1, "2026-11-30"),
            ("2026-08-31", 1, "2026-09-03"),
            ("2026-08-28", 5, "2026-09-08"),
        ];
        for (day, days, expected) in cases {
            assert_eq!(holidays.after(parse(day).unwrap(), days), parse(expected).unwrap(), "{day} + {days}");
        }
    }
}
