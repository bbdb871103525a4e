//! Numbers of papers: how a symbol is made of them, which number is next, and when none is given.
//! Not for: taking one; `store` does so under a lock, and a constraint keeps each number to one paper.

use crate::codes;
use crate::time::Date;

codes! {
    /// What became of a number.
    NumberState {
        /// A paper has it.
        Taken = "taken",
        /// It was taken and cancelled; nobody gets it again.
        Cancelled = "cancelled",
    }
}

codes! {
    /// Why no number is given.
    NumberFault {
        /// The day lies before today, or before that of the last number.
        BackDated = "back_dated",
        /// The day has not come yet.
        NotYet = "not_yet",
        /// The register is closed.
        Closed = "closed",
        /// There is no such register.
        NoRegister = "no_register",
        /// It does not say for which paper.
        NoTitle = "no_title",
        /// Cancelling must say why.
        NoReason = "no_reason",
        /// It has been cancelled already.
        Cancelled = "cancelled",
        /// A paper on its way has it: sending that back cancels it.
        HasPaper = "has_paper",
        /// A paper of a class has it: it is given back where the papers of the class are.
        OfClass = "of_class",
    }
}

codes! {
    /// What is wrong with a register.
    RegisterFault {
        /// The pattern has no `{number}`.
        NoNumber = "no_number",
        /// The pattern has braces that mean nothing.
        UnknownField = "unknown_field",
        /// The code is empty or has letters that codes cannot have.
        BadCode = "bad_code",
        /// It has no title.
        NoTitle = "no_title",
        /// Numbers begin at 1 at least.
        BadStart = "bad_start",
        /// Numbers at or above the new first one are taken already.
        StartTaken = "start_taken",
        /// Another register has the code.
        CodeTaken = "code_taken",
        /// Another register of the body gives the same symbols.
        SymbolTaken = "symbol_taken",
    }
}

/// Number and symbol of a paper: numbers under 10 have a leading 0. A sign that is empty leaves out the separator before it.
#[must_use]
pub fn symbol(pattern: &str, number: i32, kind: &str, unit: &str) -> String {
    let mut text = pattern.to_owned();
    for (field, value) in [("{kind}", kind), ("{unit}", unit)] {
        if value.is_empty() {
            for separator in ["-", "/"] {
                text = text.replace(&format!("{separator}{field}"), "").replace(&format!("{field}{separator}"), "");
            }
        }
        text = text.replace(field, value);
    }
    text.replace("{number}", &format!("{number:02}"))
}

/// The symbol that comes so many numbers after one that was given elsewhere: after "09/QĐ-THPT" follows "10/QĐ-THPT". None when it does
/// not begin with digits.
#[must_use]
pub fn following(symbol: &str, after: u32) -> Option<String> {
    let rest = symbol.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = symbol.strip_suffix(rest)?;
    let number: u32 = digits.parse().ok()?;
    Some(format!("{:0width$}{rest}", number.checked_add(after)?, width = digits.len()))
}

/// What is wrong with a pattern.
#[must_use]
pub fn pattern_faults(pattern: &str) -> Vec<RegisterFault> {
    let rest = ["{number}", "{kind}", "{unit}"].iter().fold(pattern.to_owned(), |text, field| text.replace(field, ""));
    let mut faults = Vec::new();
    faults.extend((!pattern.contains("{number}")).then_some(RegisterFault::NoNumber));
    faults.extend(rest.contains(['{', '}']).then_some(RegisterFault::UnknownField));
    faults
}

/// The next number of a year: after the last one, at the start of the register at least, from 1 in every year after that of its start.
#[must_use]
pub fn next(year: i32, last: Option<i32>, (starts_year, starts_at): (i32, i32)) -> i32 {
    let first = if year == starts_year { starts_at } else { 1 };
    last.map_or(first, |last| last.saturating_add(1).max(first))
}

/// Whether a number may be given for a day: not before today or the last number's day, and not before the day has come.
#[must_use]
pub fn day_fault(day: Date, today: Date, last: Option<Date>) -> Option<NumberFault> {
    match day {
        day if day > today => Some(NumberFault::NotYet),
        day if day < today || last.is_some_and(|last| day < last) => Some(NumberFault::BackDated),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    #[test]
    fn symbols_of_both_families() {
        let cases = [
            ("{number}/{kind}-{unit}", 7_328, "ĐA", "UBND", "7328/ĐA-UBND"),
            ("{number}/{kind}-{unit}", 5, "QĐ", "UBND", "05/QĐ-UBND"),
            ("{number}/{kind}-{unit}-HC", 12, "QĐ", "UBND", "12/QĐ-UBND-HC"),
            ("{number}/{unit}-NV", 45, "", "UBND", "45/UBND-NV"),
            ("{number}/{kind}-{unit}", 45, "", "UBND", "45/UBND"),
            ("{number}-{kind}/{unit}", 7, "CT", "TU", "07-CT/TU"),
        ];
        for (pattern, number, kind, unit, expected) in cases {
            assert_eq!(symbol(pattern, number, kind, unit), expected);
            assert_eq!(pattern_faults(pattern), []);
        }
        assert_eq!(pattern_faults("{so}/QĐ"), [RegisterFault::NoNumber, RegisterFault::UnknownField]);
    }

    #[test]
    fn numbers_run_through_a_year_and_begin_anew() {
        let start = (2026, 412);
        for (year, last, expected) in [(2026, None, 412), (2026, Some(412), 413), (2026, Some(9), 412), (2027, None, 1), (2027, Some(1), 2)]
        {
            assert_eq!(next(year, last, start), expected, "{year} {last:?}");
        }
    }

    #[test]
    fn a_number_from_elsewhere_is_followed() {
        let cases = [
            ("09/QĐ-THPT", 1, Some("10/QĐ-THPT")),
            ("9/QĐ-THPT", 1, Some("10/QĐ-THPT")),
            ("99/QĐ", 2, Some("101/QĐ")),
            ("125", 0, Some("125")),
            ("QĐ-125", 1, None),
            ("", 1, None),
            ("4294967295/QĐ", 1, None),
        ];
        for (symbol, after, expected) in cases {
            assert_eq!(following(symbol, after).as_deref(), expected, "{symbol} {after}");
        }
    }

    #[test]
    fn no_number_is_put_in_between() {
        let day = |text: &str| parse(text).unwrap();
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-23", None, None),
            ("2026-11-23", Some("2026-11-23"), None),
            ("2026-11-22", None, Some(NumberFault::BackDated)),
            ("2026-11-23", Some("2026-11-24"), Some(NumberFault::BackDated)),
            ("2026-11-24", None, Some(NumberFault::NotYet)),
        ];
        for (asked, last, expected) in cases {
            assert_eq!(day_fault(day(asked), today, last.map(day)), expected, "{asked} {last:?}");
        }
    }
}
