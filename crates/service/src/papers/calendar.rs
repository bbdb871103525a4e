//! Days as the law gives them: holidays, when a paper gets its number and goes out, and articles in words.
//! Not for: counting working days (`domain::papers::days`).

use domain::papers::days::Holidays;
use domain::people::StaffKind;
use domain::time::{Date, date, parse};
use law::{Citation, SigningDate, Value, Words};
use store::StoreError;

use crate::lawbook::law;

/// Holidays of a year; a year whose calendar has not been entered has none, and only weekends are left out.
fn of_year(year: i32) -> Result<Vec<Date>, StoreError> {
    let law = law()?;
    let found = date(year, 1, 1).and_then(|day| law.lookup("paperwork.holidays", StaffKind::CongChuc, SigningDate(day)).ok());
    Ok(match found.map(|found| found.value) {
        Some(Value::Codes(days)) => days.iter().filter_map(|day| parse(day)).collect(),
        _ => Vec::new(),
    })
}

/// Holidays of the year of a day and the next.
pub(super) fn holidays(day: Date) -> Result<Holidays, StoreError> {
    let (this, next) = (of_year(day.year())?, of_year(day.year() + 1)?);
    Ok(Holidays(this.into_iter().chain(next).collect()))
}

/// The day after so many working days.
pub(super) fn due(today: Date, days: Option<u8>) -> Result<Option<Date>, StoreError> {
    days.map(|days| Ok(holidays(today)?.after(today, days))).transpose()
}

/// The last day on which something may be done after a day, by the parameter of the law; none where the law gives none.
pub(super) fn last_day(key: &str, day: Date) -> Result<Option<Date>, StoreError> {
    match law()?.lookup(key, StaffKind::CongChuc, SigningDate(day)).map(|found| found.value) {
        Ok(Value::Number(days)) => due(day, u8::try_from(*days).ok()),
        _ => Ok(None),
    }
}

/// An article in words; none when nothing is cited like that.
#[must_use]
pub fn cited(article: &str) -> Option<Words> {
    let law = law().ok()?;
    Citation::parse(article).map(|citation| law.cited(&citation))
}
