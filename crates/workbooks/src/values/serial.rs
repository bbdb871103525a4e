//! Numbers of spreadsheets as whole numbers and as days, without losing or inventing anything.
//! Not for: text (`dates`, `numbers`).

use std::time::Duration;

use domain::time::{Date, date};

use crate::book::Epoch;

/// The whole number, when it is one and exact.
pub(crate) fn whole(number: f64) -> Option<i64> {
    if number.fract() != 0.0 || number.abs() >= 9_007_199_254_740_992.0 {
        return None;
    }
    let size = i64::try_from(Duration::try_from_secs_f64(number.abs()).ok()?.as_secs()).ok()?;
    Some(if number < 0.0 { -size } else { size })
}

/// A whole number as spreadsheets keep it; beyond nine quadrillion the last digits are lost there too.
pub(crate) fn float(number: i64) -> f64 {
    number.to_string().parse().unwrap_or(0.0)
}

/// The day of a serial number; a time of day is dropped.
pub(crate) fn day(serial: f64, epoch: Epoch) -> Option<Date> {
    let days = whole(serial.floor())?;
    let (start, days) = match epoch {
        // Day 60 is the 29th of February 1900, which never was: before it the count is one less.
        Epoch::Y1900 if days < 60 => (date(1899, 12, 31)?, days),
        Epoch::Y1900 => (date(1899, 12, 30)?, days),
        Epoch::Y1904 => (date(1904, 1, 1)?, days),
    };
    let julian = i64::from(start.to_julian_day()).checked_add(days)?;
    Date::from_julian_day(i32::try_from(julian).ok()?).ok()
}

/// The serial number of a day behind February 1900.
pub(crate) fn of_day(day: Date, epoch: Epoch) -> Option<i64> {
    let start = match epoch {
        Epoch::Y1900 => date(1899, 12, 30)?,
        Epoch::Y1904 => date(1904, 1, 1)?,
    };
    Some(i64::from(day.to_julian_day()) - i64::from(start.to_julian_day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days_in_both_systems() {
        for (serial, epoch, expected) in [
            (1.0, Epoch::Y1900, (1900, 1, 1)),
            (59.0, Epoch::Y1900, (1900, 2, 28)),
            (61.0, Epoch::Y1900, (1900, 3, 1)),
            (31_108.0, Epoch::Y1900, (1985, 3, 2)),
            (31_108.75, Epoch::Y1900, (1985, 3, 2)),
            (29_646.0, Epoch::Y1904, (1985, 3, 2)),
        ] {
            assert_eq!(day(serial, epoch), date(expected.0, expected.1, expected.2), "{serial}");
        }
        assert_eq!(day(f64::NAN, Epoch::Y1900), None);
        assert_eq!(day(1e300, Epoch::Y1900), None);
    }

    #[test]
    fn whole_numbers_are_exact_or_none() {
        for number in [0, 1, -1, 79_185_000_123, 9_007_199_254_740_991] {
            assert_eq!(whole(float(number)), Some(number));
        }
        for number in [0.5, f64::NAN, f64::INFINITY, 1e16] {
            assert_eq!(whole(number), None);
        }
    }
}
