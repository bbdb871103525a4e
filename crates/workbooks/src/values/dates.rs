//! Dates in all the ways people write them: days, months and years; as dates, numbers and text.
//! Not for: times of day, which are dropped.

use domain::text::fold;
use domain::time::{Date, date as day_of, dmy};

use super::{Dated, ProblemCode, Reading, Repair, Rules, Value, serial};
use crate::book::Cell;

pub(super) fn date(cell: &Cell<'_>, text: &str, rules: &Rules) -> Result<Reading, ProblemCode> {
    let (dated, repaired) = match cell {
        Cell::Day(day) => match year_as_day(*day, rules) {
            Some(year) => (Dated::Year(year), vec![Repair::YearAsDay]),
            None => (Dated::Day(*day), Vec::new()),
        },
        Cell::Number(number) => of_number(*number, rules)?,
        Cell::Text(_) => of_text(text, rules)?,
        _ => return Err(ProblemCode::NotADate),
    };
    rules.check(dated.year())?;
    Ok(Reading { value: Value::Date(dated), repaired })
}

type Found = (Dated, Vec<Repair>);

impl Rules {
    const fn has(&self, year: i32) -> bool {
        self.first_year <= year && year <= self.last_year
    }

    const fn check(&self, year: i32) -> Result<(), ProblemCode> {
        if self.has(year) { Ok(()) } else { Err(ProblemCode::YearOutOfRange { first: self.first_year, last: self.last_year }) }
    }

    /// The latest year that ends in two digits and is not after the last.
    const fn of_two_digits(&self, short: i32) -> i32 {
        let year = self.last_year - self.last_year.rem_euclid(100) + short;
        if year > self.last_year { year - 100 } else { year }
    }
}

/// The year that was typed into a cell which shows days; such days lie in the summer of 1905 and nobody of a list was born in it.
fn year_as_day(day: Date, rules: &Rules) -> Option<i32> {
    serial::of_day(day, rules.epoch).and_then(|serial| i32::try_from(serial).ok()).filter(|year| rules.has(*year))
}

/// A year, a serial number, a month as a fraction, or eight digits.
fn of_number(number: f64, rules: &Rules) -> Result<Found, ProblemCode> {
    if let Some(whole) = serial::whole(number) {
        if let Some(year) = i32::try_from(whole).ok().filter(|year| rules.has(*year)) {
            return Ok((Dated::Year(year), Vec::new()));
        }
        if whole >= 1_000_000 {
            return bare(&whole.to_string(), rules);
        }
    } else if let Some(found) = month_as_fraction(number, rules) {
        return Ok(found);
    }
    let day = serial::day(number, rules.epoch).ok_or(ProblemCode::NotADate)?;
    Ok((Dated::Day(day), vec![Repair::Serial]))
}

/// `3.1985`, and `3.199` for a March of 1990, whose zero was dropped.
fn month_as_fraction(number: f64, rules: &Rules) -> Option<Found> {
    let text = number.to_string();
    let (month, year) = text.split_once('.')?;
    let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let year: i32 = (2..=4).contains(&year.len()).then(|| format!("{year:0<4}")).and_then(|year| year.parse().ok())?;
    rules.has(year).then_some((Dated::Month { year, month }, vec![Repair::MonthAsFraction]))
}

/// Digits without marks between: `02031985`, `19850302`, `031985`, a serial number kept as text.
fn bare(digits: &str, rules: &Rules) -> Result<Found, ProblemCode> {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i32>().ok()).unwrap_or(0);
    let small = |number: i32| u8::try_from(number).unwrap_or(0);
    let repaired = vec![Repair::BareDate];
    let full = |year: i32, month: i32, day: i32| day_of(year, small(month), small(day)).filter(|_| rules.has(year));
    let day = match digits.len() {
        8 => full(part(4..8), part(2..4), part(0..2)).or_else(|| full(part(0..4), part(4..6), part(6..8))),
        // The zero of the day was dropped.
        7 => full(part(3..7), part(1..3), part(0..1)),
        _ => None,
    };
    if let Some(day) = day {
        return Ok((Dated::Day(day), repaired));
    }
    let (month, year) = (small(part(0..2)), part(2..6));
    if digits.len() == 6 && (1..=12).contains(&month) && rules.has(year) {
        return Ok((Dated::Month { year, month }, repaired));
    }
    let serial: f64 = digits.parse().map_err(|_| ProblemCode::NotADate)?;
    let day = serial::day(serial, rules.epoch).filter(|day| digits.len() == 5 && rules.has(day.year()));
    day.map(|day| (Dated::Day(day), vec![Repair::Serial])).ok_or(if digits.len() == 4 {
        ProblemCode::YearOutOfRange { first: rules.first_year, last: rules.last_year }
    } else {
        ProblemCode::NotADate
    })
}

fn of_text(text: &str, rules: &Rules) -> Result<Found, ProblemCode> {
    let parts = parts(text).ok_or(ProblemCode::NotADate)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [year] if year.len() == 4 && year.parse().is_ok_and(|year| rules.has(year)) => Ok((Dated::Year(number(year)), Vec::new())),
        [digits] => bare(digits, rules),
        [year, month] if year.len() == 4 => month_of(number(year), number(month)),
        [month, year] if year.len() == 4 => month_of(number(year), number(month)),
        [year, month, day] if year.len() == 4 => day_or_less(number(year), number(month), number(day), Vec::new()),
        [day, month, year] if year.len() == 4 => day_or_less(number(year), number(month), number(day), Vec::new()),
        [day, month, year] if year.len() == 2 && day.len() <= 2 => {
            day_or_less(rules.of_two_digits(number(year)), number(month), number(day), vec![Repair::ShortYear])
        }
        _ => Err(ProblemCode::NotADate),
    }
}

/// The numbers of a date; `None` when there are other words than those around a date.
fn parts(text: &str) -> Option<Vec<String>> {
    let folded = fold(text);
    let days: Vec<&str> = folded.split(' ').filter_map(without_time).collect();
    let folded = days.join(" ");
    let mut parts: Vec<String> = Vec::new();
    let words = folded.split(|c: char| c.is_whitespace() || "/.-,\\_–:".contains(c)).filter(|word| !word.is_empty());
    for word in words {
        match word {
            "ngay" | "thang" | "nam" | "sinh" | "thg" | "mung" => {}
            // Nobody knows the day.
            "?" | "??" | "xx" | "x" | "…" => parts.push("0".to_owned()),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => parts.push(digits.to_owned()),
            _ => return None,
        }
    }
    Some(parts)
}

/// The part of a word that is no time of day: `1985-03-02` of `1985-03-02t00:00:00`, nothing of `07:30`.
fn without_time(word: &str) -> Option<&str> {
    let is_time = |text: &str| text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit());
    match word.split_once('t') {
        Some((day, time)) if is_time(time) => Some(day),
        _ => (!is_time(word)).then_some(word),
    }
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or(-1)
}

fn month_of(year: i32, month: i32) -> Result<Found, ProblemCode> {
    match u8::try_from(month) {
        Ok(0) => Ok((Dated::Year(year), vec![Repair::UnknownDay])),
        Ok(month @ 1..=12) => Ok((Dated::Month { year, month }, Vec::new())),
        _ => Err(ProblemCode::NotADate),
    }
}

/// A day; a month or a year when the rest is zero.
fn day_or_less(year: i32, month: i32, day: i32, mut repaired: Vec<Repair>) -> Result<Found, ProblemCode> {
    if day == 0 {
        let (dated, _) = month_of(year, month)?;
        repaired.push(Repair::UnknownDay);
        return Ok((dated, repaired));
    }
    let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else { return Err(ProblemCode::NotADate) };
    if let Some(found) = day_of(year, month, day) {
        return Ok((Dated::Day(found), repaired));
    }
    let turned: Option<Date> = day_of(year, day, month);
    Err(turned.map_or(ProblemCode::NoSuchDay, |turned| ProblemCode::MonthFirst { suggested: dmy(turned) }))
}
