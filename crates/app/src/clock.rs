//! The only place that reads the clock; everything else is given the time.
//! Not for: zones other than the province's.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::{Date, Instant, Month};

/// Việt Nam is seven hours ahead of UTC all year.
const OFFSET_MS: i64 = 7 * 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Now.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The legal day of an instant in the province.
pub(crate) fn day_of(instant: Instant) -> Date {
    let days = (instant.0 + OFFSET_MS).div_euclid(DAY_MS);
    let epoch = Date::from_calendar_date(1970, Month::January, 1).unwrap_or(Date::MIN);
    epoch.checked_add(time::Duration::days(days)).unwrap_or(epoch)
}

/// Noon of a day, for runs that pretend it is another day.
pub(crate) fn noon(day: Date) -> Instant {
    let epoch = Date::from_calendar_date(1970, Month::January, 1).unwrap_or(Date::MIN);
    Instant((day - epoch).whole_days() * DAY_MS + DAY_MS / 2 - OFFSET_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_the_province() {
        // 2026-11-22 16:59:59 UTC is still the 22nd in Hà Nội, one second later it is the 23rd.
        let last = Instant(1_795_366_799_000);
        assert_eq!(day_of(last), domain::time::date(2026, 11, 22).unwrap());
        assert_eq!(day_of(last.plus_ms(1_000)), domain::time::date(2026, 11, 23).unwrap());
        assert_eq!(day_of(noon(domain::time::date(2026, 11, 22).unwrap())), domain::time::date(2026, 11, 22).unwrap());
    }
}
