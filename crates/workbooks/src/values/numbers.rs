//! Whole numbers, numbers of citizens, and codes that are digits.
//! Not for: dates.

use super::{Citizen, ProblemCode, Reading, Repair, Value, serial};
use crate::book::Cell;

pub(super) fn integer(cell: &Cell<'_>, text: &str, min: i64, max: i64) -> Result<Reading, ProblemCode> {
    let (number, repair) = match cell {
        Cell::Number(number) => (serial::whole(*number).ok_or(ProblemCode::NotWhole)?, None),
        Cell::Text(_) => {
            let (number, repair) = whole_of_text(text)?;
            (number, Some(repair))
        }
        _ => return Err(ProblemCode::NotANumber),
    };
    if !(min..=max).contains(&number) {
        return Err(ProblemCode::OutOfRange { min, max });
    }
    Ok(Reading { value: Value::Integer(number), repaired: repair.into_iter().collect() })
}

/// `12`, `12,0`, `1.234`, `1 234`, `1.234,00`.
fn whole_of_text(text: &str) -> Result<(i64, Repair), ProblemCode> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest.trim_start()));
    let sign = if is_negative { -1 } else { 1 };
    let numeral =
        |text: &str| (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i64>().ok()).flatten();
    if let Some(number) = numeral(digits) {
        return Ok((sign * number, Repair::NumberAsText));
    }
    let groups: Vec<&str> = digits.split(['.', ',', ' ', '\u{a0}']).collect();
    if groups.len() < 2 || groups.iter().any(|group| numeral(group).is_none()) {
        return Err(ProblemCode::NotANumber);
    }
    let is_thousands =
        |groups: &[&str]| groups.split_first().is_some_and(|(first, rest)| first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if is_thousands(&groups) {
        return numeral(&groups.concat()).map(|number| (sign * number, Repair::Grouped)).ok_or(ProblemCode::NotANumber);
    }
    let Some((fraction, whole)) = groups.split_last() else { return Err(ProblemCode::NotANumber) };
    if !is_thousands(whole) && whole.len() > 1 {
        return Err(ProblemCode::NotANumber);
    }
    if fraction.bytes().any(|byte| byte != b'0') {
        return Err(ProblemCode::NotWhole);
    }
    let repair = if whole.len() > 1 { Repair::Grouped } else { Repair::NumberAsText };
    numeral(&whole.concat()).map(|number| (sign * number, repair)).ok_or(ProblemCode::NotANumber)
}

/// Digits of a number or a text; signs between groups are dropped.
fn digits(cell: &Cell<'_>, text: &str) -> Result<(String, bool), ProblemCode> {
    match cell {
        Cell::Number(number) => {
            let whole = serial::whole(*number).filter(|number| *number >= 0).ok_or(ProblemCode::LostDigits)?;
            Ok((whole.to_string(), true))
        }
        _ if is_scientific(text) => Err(ProblemCode::LostDigits),
        _ => Ok((text.chars().filter(|c| !c.is_whitespace() && !".-".contains(*c)).collect(), false)),
    }
}

/// `1.23457E+11`, which a spreadsheet program makes of a long number; of a code such as `12E-5` it makes nothing when it is text.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let is_number =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
    is_number(mantissa) && exponent.starts_with('+') && exponent.chars().skip(1).all(|c| c.is_ascii_digit())
}

pub(super) fn citizen(cell: &Cell<'_>, text: &str) -> Result<Reading, ProblemCode> {
    let (digits, _) = digits(cell, text)?;
    let wrong = ProblemCode::CitizenNumber { digits: digits.chars().filter(char::is_ascii_digit).count() };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong);
    }
    let padded = |width: usize| format!("{digits:0>width$}");
    let (citizen, lost) = match digits.len() {
        12 => (Citizen::New(digits), false),
        // The code of a province begins with a zero, that of Hà Nội with two.
        11 if !digits.starts_with('0') => (Citizen::New(padded(12)), true),
        10 if digits.starts_with(['1', '2', '4', '6', '8']) => (Citizen::New(padded(12)), true),
        9 => (Citizen::Old(digits), false),
        8 if !digits.starts_with('0') => (Citizen::Old(padded(9)), true),
        _ => return Err(wrong),
    };
    // No province has a code of a hundred or more.
    if matches!(&citizen, Citizen::New(number) if !number.starts_with('0')) {
        return Err(wrong);
    }
    Ok(Reading { value: Value::Citizen(citizen), repaired: lost.then_some(Repair::LostZeros).into_iter().collect() })
}

pub(super) fn code(cell: &Cell<'_>, text: &str, width: Option<usize>) -> Result<Reading, ProblemCode> {
    if !matches!(cell, Cell::Number(_)) && !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return if is_scientific(text) { Err(ProblemCode::LostDigits) } else { Ok(Reading::plain(Value::Text(text.to_owned()))) };
    }
    let (digits, is_number) = digits(cell, text)?;
    let repair = is_number.then_some(Repair::TextAsNumber);
    match width {
        Some(width) if digits.len() > width => Err(ProblemCode::TooManyDigits { digits: width }),
        Some(width) if digits.len() < width => Ok(Reading::repaired(Value::Text(format!("{digits:0>width$}")), Repair::LostZeros)),
        _ => Ok(Reading { value: Value::Text(digits), repaired: repair.into_iter().collect() }),
    }
}
