//! Legal dates, half-open intervals and years. A legal date has no time of day and no zone.
//! Not for: instants of the audit (milliseconds, `store`) and reading the clock (`app`).

pub use ::time::{Date, Month};
use thiserror::Error;

/// A span of days from `from` (included) to `to` (excluded); no `to` means still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    from: Date,
    to: Option<Date>,
}

/// The end of an interval lies on or before its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an interval must end after it starts")]
pub struct EmptyInterval;

impl Interval {
    /// An interval with an optional excluded end.
    ///
    /// # Errors
    /// [`EmptyInterval`] when `to` is not after `from`.
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, EmptyInterval> {
        match to {
            Some(to) if to <= from => Err(EmptyInterval),
            _ => Ok(Self { from, to }),
        }
    }

    /// From a day to a day, both included, as plans write it.
    ///
    /// # Errors
    /// [`EmptyInterval`] when the last day is before the first, or is the last day of the calendar.
    pub fn of_days(first: Date, last: Date) -> Result<Self, EmptyInterval> {
        Self::new(first, Some(last.next_day().ok_or(EmptyInterval)?))
    }

    /// First day, included.
    #[must_use]
    pub const fn from(&self) -> Date {
        self.from
    }

    /// First day after the end; `None` while open.
    #[must_use]
    pub const fn to(&self) -> Option<Date> {
        self.to
    }

    /// The last day inside; `None` while open.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.to.and_then(Date::previous_day)
    }

    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }

    /// Days inside; `None` while open.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        self.to.map(|to| (to - self.from).whole_days())
    }

    /// The calendar years it touches; an open interval ends with `until`'s year.
    #[must_use]
    pub fn years(&self, until: Date) -> std::ops::RangeInclusive<i32> {
        self.from.year()..=self.last_day().unwrap_or(until).year()
    }
}

/// An instant as milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(pub i64);

impl Instant {
    /// So many milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// Việt Nam is seven hours ahead of UTC all year.
const OFFSET_MS: i64 = 7 * 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn epoch() -> Date {
    Date::from_calendar_date(1970, Month::January, 1).unwrap_or(Date::MIN)
}

/// The first instant of a legal day in the province.
#[must_use]
pub fn midnight(day: Date) -> Instant {
    Instant((day - epoch()).whole_days() * DAY_MS - OFFSET_MS)
}

/// Noon of a legal day in the province.
#[must_use]
pub fn noon(day: Date) -> Instant {
    midnight(day).plus_ms(DAY_MS / 2)
}

/// The legal day of an instant in the province.
#[must_use]
pub fn day_of(instant: Instant) -> Date {
    let days = (instant.0 + OFFSET_MS).div_euclid(DAY_MS);
    epoch().checked_add(time::Duration::days(days)).unwrap_or_else(epoch)
}

/// Hour (0–23) and minute (0–59) of an instant in the province.
#[must_use]
pub const fn clock_of(instant: Instant) -> (i64, i64) {
    let minutes = (instant.0 + OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
    (minutes / 60, minutes % 60)
}

/// The latest day from which full `months` have passed by `on` (the civil rule of [`add_months`]).
#[must_use]
pub fn months_before(on: Date, months: i32) -> Option<Date> {
    let mut day = add_months(on, months.checked_neg()?)?;
    while let Some(next) = day.next_day().filter(|next| add_months(*next, months).is_some_and(|end| end <= on)) {
        day = next;
    }
    Some(day)
}

/// A calendar year as an interval; `None` outside the calendar.
#[must_use]
pub fn year(year: i32) -> Option<Interval> {
    let first = Date::from_calendar_date(year, Month::January, 1).ok()?;
    let next = Date::from_calendar_date(year.checked_add(1)?, Month::January, 1).ok()?;
    Interval::new(first, Some(next)).ok()
}

/// A date from numbers; `None` when there is no such day.
#[must_use]
pub fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Reads `yyyy-mm-dd` or `dd/mm/yyyy`.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some((y, rest)) = text.split_once('-') {
        let (m, d) = rest.split_once('-')?;
        return numbers(y, m, d);
    }
    let (d, rest) = text.split_once('/')?;
    let (m, y) = rest.split_once('/')?;
    numbers(y, m, d)
}

fn numbers(y: &str, m: &str, d: &str) -> Option<Date> {
    if y.len() != 4 {
        return None;
    }
    date(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
}

/// `yyyy-mm-dd`, for files, addresses and the API.
#[must_use]
pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// `dd/mm/yyyy`, for people.
#[must_use]
pub fn dmy(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), u8::from(day.month()), day.year())
}

/// The date as the number `yyyymmdd`: orders like the date, and the difference of two gives whole years when divided by 10,000.
#[must_use]
pub fn number(day: Date) -> i32 {
    day.year() * 10_000 + i32::from(u8::from(day.month())) * 100 + i32::from(day.day())
}

/// The date behind a `yyyymmdd` number; `None` when there is no such day.
#[must_use]
pub fn from_number(number: i32) -> Option<Date> {
    date(number / 10_000, u8::try_from(number / 100 % 100).ok()?, u8::try_from(number % 100).ok()?)
}

/// The same day `months` later, or the last day of that month when it is shorter (the civil rule for terms in months).
#[must_use]
pub fn add_months(day: Date, months: i32) -> Option<Date> {
    let index = day.year().checked_mul(12)?.checked_add(i32::from(u8::from(day.month())) - 1)?.checked_add(months)?;
    let month = Month::try_from(u8::try_from(index.rem_euclid(12) + 1).ok()?).ok()?;
    let year = index.div_euclid(12);
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
}

/// Completed years of age on a day.
#[must_use]
pub fn age(birth: Date, on: Date) -> i32 {
    (number(on) - number(birth)) / 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        parse(text).unwrap()
    }

    #[test]
    fn dates_read_both_ways_and_refuse_the_impossible() {
        assert_eq!(parse("05/02/2026"), date(2026, 2, 5));
        assert_eq!(parse("2026-02-05"), date(2026, 2, 5));
        for wrong in ["30/02/2026", "2026-13-01", "5/2/26", "hôm nay", ""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn age_changes_on_the_birthday() {
        assert_eq!(age(d("16/01/1979"), d("15/01/2024")), 44);
        assert_eq!(age(d("16/01/1979"), d("16/01/2024")), 45);
    }

    #[test]
    fn months_end_on_the_last_day_of_a_shorter_month() {
        assert_eq!(add_months(d("31/08/2026"), 3), Some(d("30/11/2026")));
        assert_eq!(add_months(d("30/11/2023"), 3), Some(d("29/02/2024")));
        assert_eq!(add_months(d("15/12/2026"), -12), Some(d("15/12/2025")));
    }

    #[test]
    fn the_latest_day_with_full_months_behind_it_respects_short_months() {
        assert_eq!(months_before(d("30/11/2026"), 3), Some(d("31/08/2026")));
        assert_eq!(months_before(d("29/11/2026"), 3), Some(d("29/08/2026")));
    }

    #[test]
    fn numbers_return_to_the_same_day() {
        assert_eq!(from_number(number(d("29/02/2024"))), Some(d("29/02/2024")));
        assert_eq!(from_number(20_230_229), None);
    }

    #[test]
    fn the_day_changes_at_midnight_in_the_province() {
        // 2026-11-22 16:59:59 UTC is still the 22nd in Hà Nội, one second later it is the 23rd.
        let last = Instant(1_795_366_799_000);
        assert_eq!(day_of(last), date(2026, 11, 22).unwrap());
        assert_eq!(day_of(last.plus_ms(1_000)), date(2026, 11, 23).unwrap());
        assert_eq!(day_of(noon(date(2026, 11, 22).unwrap())), date(2026, 11, 22).unwrap());
    }
}
