//! Days as the law gives them: holidays, when a paper gets its number and goes out, and articles in words.
//! Not for: counting working days (`domain::papers::days`).

use std::sync::LazyLock;

use domain::papers::days::Holidays;
use domain::people::StaffKind;
use domain::time::{Date, date, parse};
use law::{Citation, Law, SigningDate, Value, Words};

/// The law does not change while the program runs.
static LAW: LazyLock<Option<Law>> = LazyLock::new(|| Law::load().ok());

/// Holidays of a year; a year whose calendar has not been entered has none, and only weekends are left out.
fn of_year(year: i32) -> Vec<Date> {
    let day = date(year, 1, 1).map(SigningDate);
    let found = LAW.as_ref().zip(day).and_then(|(law, day)| law.lookup("paperwork.holidays", StaffKind::CongChuc, day).ok());
    match found.map(|found| found.value) {
        Some(Value::Codes(days)) => days.iter().filter_map(|day| parse(day)).collect(),
        _ => Vec::new(),
    }
}

/// Holidays of the year of a day and the next.
pub(super) fn holidays(day: Date) -> Holidays {
    Holidays([day.year(), day.year() + 1].into_iter().flat_map(of_year).collect())
}

/// The day after so many working days.
pub(super) fn due(today: Date, days: Option<u8>) -> Option<Date> {
    days.map(|days| holidays(today).after(today, days))
}

/// The last day on which something may be done after a day, by the parameter of the law; none where the law gives none.
pub(super) fn last_day(key: &str, day: Date) -> Option<Date> {
    let found = LAW.as_ref()?.lookup(key, StaffKind::CongChuc, SigningDate(day)).ok()?;
    let Value::Number(days) = found.value else { return None };
    due(day, u8::try_from(*days).ok())
}

/// An article in words.
#[must_use]
pub fn cited(article: &str) -> Option<Words> {
    LAW.as_ref().zip(Citation::parse(article)).map(|(law, citation)| law.cited(&citation))
}
