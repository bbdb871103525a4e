//! Days the generated province turns on, and sums of days that stay inside the calendar.
//! Not for: intervals and ages; those are in `domain::time`.

use domain::time::{Date, Month};
use time::macros::date;
use time::{Duration, Weekday};

/// The province was founded anew on this day; no unit or posting is older.
pub(crate) const FOUNDING: Date = date!(1997 - 01 - 01);
/// The day of Tables 3 to 6.
pub(crate) const COUNTING: Date = date!(2024 - 01 - 31);
/// First day after the years of Tables 1 and 2.
pub(crate) const AFTER_TABLES: Date = date!(2024 - 01 - 01);
/// Departments are merged.
pub(crate) const DEPARTMENTS_MERGE: Date = date!(2025 - 03 - 01);
/// Districts end, new communes begin.
pub(crate) const DISTRICTS_END: Date = date!(2025 - 07 - 01);
/// Nobody goes through all reorganisations before this day.
pub(crate) const EARLIEST_TODAY: Date = date!(2026 - 01 - 01);
/// The first courses of the programme for commune staff.
pub(crate) const COMMUNE_PROGRAMME: Date = date!(2026 - 06 - 01);

/// A day from numbers; the day of the month is clamped.
pub(crate) fn day(year: i32, month: i32, day: i32) -> Date {
    let month = u8::try_from(month.clamp(1, 12)).ok().and_then(|m| Month::try_from(m).ok()).unwrap_or(Month::January);
    let day = u8::try_from(day.clamp(1, 31)).unwrap_or(1).min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(FOUNDING)
}

/// So many days later.
pub(crate) fn plus(day: Date, days: i32) -> Date {
    day.checked_add(Duration::days(i64::from(days))).unwrap_or(day)
}

/// So many months later.
pub(crate) fn months(day: Date, months: i32) -> Date {
    domain::time::add_months(day, months).unwrap_or(day)
}

/// The same day or the next Monday when it is a week-end.
pub(crate) fn working(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => plus(day, 2),
        Weekday::Sunday => plus(day, 1),
        _ => day,
    }
}

/// The last day of a course of so many study days, five a week.
pub(crate) fn last_of_course(first: Date, study_days: i32) -> Date {
    plus(first, (study_days - 1).max(0) / 5 * 7 + (study_days - 1).max(0) % 5)
}
