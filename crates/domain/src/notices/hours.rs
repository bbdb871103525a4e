//! When letters may go out: hours of quiet, and one letter a day for whoever wants it so. Hours are those of the province.
//! Not for: how often a letter that failed is tried (`notices`).

use super::Delivery;
use crate::time::{Instant, clock_of, day_of, midnight};

/// Minutes of a day.
const DAY: i32 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

/// From a minute of the day to another, which is no longer of it; over midnight when the second is the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: i32,
    to: i32,
}

impl Quiet {
    /// From a minute to a minute; none when either is no minute of a day. The same minute twice is no quiet at all.
    #[must_use]
    pub fn new(from: i32, to: i32) -> Option<Self> {
        let fits = |minute| (0..DAY).contains(&minute);
        (fits(from) && fits(to)).then_some(Self { from, to })
    }

    /// First minute, and the first one after it.
    #[must_use]
    pub const fn minutes(self) -> (i32, i32) {
        (self.from, self.to)
    }

    /// Whether a minute of the day is of it.
    #[must_use]
    pub const fn holds(self, minute: i32) -> bool {
        if self.from <= self.to { self.from <= minute && minute < self.to } else { minute >= self.from || minute < self.to }
    }

    /// The instant itself, or the end of the quiet that it lies in.
    #[must_use]
    pub fn after(self, now: Instant) -> Instant {
        if self.holds(minute_of(now)) { next(now, self.to) } else { now }
    }
}

/// What an office says of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeHours {
    /// No letters then.
    pub quiet: Quiet,
    /// When the one letter of a day goes out.
    pub daily: i32,
}

impl Default for OfficeHours {
    fn default() -> Self {
        Self { quiet: Quiet { from: 21 * 60, to: 6 * 60 + 30 }, daily: 7 * 60 + 30 }
    }
}

impl OfficeHours {
    /// As it is kept: three minutes.
    #[must_use]
    pub fn text(self) -> String {
        format!("{} {} {}", self.quiet.from, self.quiet.to, self.daily)
    }

    /// As it was kept.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse::<i32>);
        let mut next = || numbers.next()?.ok();
        let (from, to, daily) = (next()?, next()?, next()?);
        Some(Self { quiet: Quiet::new(from, to)?, daily: (0..DAY).contains(&daily).then_some(daily)? })
    }
}

/// When a letter about something that happens now goes out; none to whoever wants none. The person's own quiet goes before the office's.
#[must_use]
pub fn due(now: Instant, delivery: Delivery, own: Option<Quiet>, office: OfficeHours) -> Option<Instant> {
    let quiet = own.unwrap_or(office.quiet);
    match delivery {
        Delivery::AtOnce => Some(quiet.after(now)),
        Delivery::Daily => Some(quiet.after(next(now, office.daily))),
        Delivery::AppOnly => None,
    }
}

fn minute_of(now: Instant) -> i32 {
    let (hour, minute) = clock_of(now);
    i32::try_from(hour * 60 + minute).unwrap_or(0)
}

/// The next time that the clock shows a minute, later than now.
fn next(now: Instant, minute: i32) -> Instant {
    let today = midnight(day_of(now)).plus_ms(i64::from(minute) * MINUTE_MS);
    if today > now { today } else { today.plus_ms(i64::from(DAY) * MINUTE_MS) }
}

/// Reads `21:30` as a minute of the day.
#[must_use]
pub fn minute(text: &str) -> Option<i32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let is_digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = (
        is_digits(hour).then(|| hour.parse::<i32>().ok())??,
        (minute.len() == 2 && is_digits(minute)).then(|| minute.parse::<i32>().ok())??,
    );
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// `21:30`.
#[must_use]
pub fn told(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    fn at(day: &str, clock: &str) -> Instant {
        midnight(parse(day).unwrap()).plus_ms(i64::from(minute(clock).unwrap()) * MINUTE_MS)
    }

    fn quiet(from: &str, to: &str) -> Quiet {
        Quiet::new(minute(from).unwrap(), minute(to).unwrap()).unwrap()
    }

    #[test]
    fn hours_of_quiet_on_both_sides_of_midnight() {
        // Quiet, day and clock of what happens, day and clock of the letter.
        let cases = [
            ("21:00", "06:30", "22/11/2026", "20:59", "22/11/2026", "20:59"),
            ("21:00", "06:30", "22/11/2026", "21:00", "23/11/2026", "06:30"),
            ("21:00", "06:30", "22/11/2026", "23:59", "23/11/2026", "06:30"),
            ("21:00", "06:30", "23/11/2026", "00:00", "23/11/2026", "06:30"),
            ("21:00", "06:30", "23/11/2026", "06:29", "23/11/2026", "06:30"),
            ("21:00", "06:30", "23/11/2026", "06:30", "23/11/2026", "06:30"),
            ("21:00", "06:30", "31/12/2026", "22:00", "01/01/2027", "06:30"),
            ("12:00", "13:30", "22/11/2026", "11:59", "22/11/2026", "11:59"),
            ("12:00", "13:30", "22/11/2026", "12:00", "22/11/2026", "13:30"),
            ("12:00", "13:30", "22/11/2026", "13:30", "22/11/2026", "13:30"),
            ("00:00", "06:00", "22/11/2026", "23:59", "22/11/2026", "23:59"),
            ("00:00", "06:00", "23/11/2026", "00:00", "23/11/2026", "06:00"),
            ("22:00", "00:00", "22/11/2026", "23:00", "23/11/2026", "00:00"),
            ("22:00", "00:00", "23/11/2026", "00:00", "23/11/2026", "00:00"),
            ("07:00", "07:00", "22/11/2026", "07:00", "22/11/2026", "07:00"),
        ];
        for (from, to, day, clock, due_day, due_clock) in cases {
            assert_eq!(quiet(from, to).after(at(day, clock)), at(due_day, due_clock), "{from}–{to} at {clock} of {day}");
        }
    }

    #[test]
    fn one_letter_a_day_goes_out_at_its_hour() {
        let office = OfficeHours { quiet: quiet("21:00", "06:30"), daily: minute("07:30").unwrap() };
        let cases = [
            (Delivery::AtOnce, None, "22/11/2026", "09:00", Some(("22/11/2026", "09:00"))),
            (Delivery::AtOnce, None, "22/11/2026", "22:00", Some(("23/11/2026", "06:30"))),
            (Delivery::AtOnce, Some(quiet("08:00", "10:00")), "22/11/2026", "09:00", Some(("22/11/2026", "10:00"))),
            (Delivery::AtOnce, Some(quiet("08:00", "10:00")), "22/11/2026", "22:00", Some(("22/11/2026", "22:00"))),
            (Delivery::Daily, None, "22/11/2026", "07:29", Some(("22/11/2026", "07:30"))),
            (Delivery::Daily, None, "22/11/2026", "07:30", Some(("23/11/2026", "07:30"))),
            (Delivery::Daily, None, "22/11/2026", "23:50", Some(("23/11/2026", "07:30"))),
            (Delivery::Daily, None, "23/11/2026", "00:10", Some(("23/11/2026", "07:30"))),
            (Delivery::Daily, Some(quiet("07:00", "12:00")), "22/11/2026", "09:00", Some(("23/11/2026", "12:00"))),
            (Delivery::AppOnly, None, "22/11/2026", "09:00", None),
        ];
        for (delivery, own, day, clock, expected) in cases {
            let expected = expected.map(|(day, clock)| at(day, clock));
            assert_eq!(due(at(day, clock), delivery, own, office), expected, "{delivery} {own:?} at {clock} of {day}");
        }
    }

    #[test]
    fn hours_are_read_as_they_are_told() {
        for (text, expected) in
            [("00:00", Some(0)), ("7:05", Some(425)), ("23:59", Some(1_439)), ("24:00", None), ("7", None), ("7:5", None), ("-1:00", None)]
        {
            assert_eq!(minute(text), expected, "{text}");
        }
        let kept = OfficeHours::default();
        assert_eq!(OfficeHours::read(&kept.text()), Some(kept));
        for wrong in ["", "1 2", "1 2 1440", "-1 2 3", "a b c"] {
            assert_eq!(OfficeHours::read(wrong), None, "{wrong}");
        }
        assert_eq!(told(425), "07:05");
    }
}
