//! Codes of units as QĐ 20/2020/QĐ-TTg writes them, and the next free one under a parent.
//! Not for: staff codes (`register`).

use crate::time::{Date, date};

/// Most letters of a code.
pub const MOST_LETTERS: usize = 35;

/// QĐ 20/2020/QĐ-TTg is in force from 15/09/2020; codes given before only have its letters.
const PATTERN_FROM: (i32, u8, u8) = (2020, 9, 15);

/// Whether a unit can be given the code on a day: capital letters and digits in groups with dots between, at most 35 in all; since
/// 15/09/2020 the first group is a letter and two digits.
///
/// ```
/// let day = |d| domain::time::parse(d).unwrap();
/// assert!(domain::orgs::unit_codes::is_code("SNV", day("2020-09-14")));
/// assert!(!domain::orgs::unit_codes::is_code("SNV", day("2020-09-15")));
/// ```
#[must_use]
pub fn is_code(code: &str, on: Date) -> bool {
    let is_group = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let is_written = code.len() <= MOST_LETTERS && code.split('.').all(is_group);
    let (year, month, day) = PATTERN_FROM;
    if date(year, month, day).is_none_or(|from| on < from) {
        return is_written;
    }
    let first = code.split('.').next().unwrap_or_default().as_bytes();
    is_written && matches!(first, [letter, a, b] if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit())
}

/// The next code under a parent: one more than the highest number that a code right under it has.
#[must_use]
pub fn next<'a>(parent: &str, codes: impl Iterator<Item = &'a str>) -> String {
    let number = |code: &str| code.strip_prefix(parent)?.strip_prefix('.')?.parse::<u32>().ok();
    let highest = codes.filter_map(number).max().unwrap_or(0);
    format!("{parent}.{:02}", highest.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    #[test]
    fn codes_on_both_sides_of_the_decision() {
        let (before, since) = (parse("2020-09-14").unwrap(), parse("2020-09-15").unwrap());
        for (code, then, now) in [
            ("H47", true, true),
            ("H47.03.1A", true, true),
            ("Z12.9", true, true),
            ("SNV.01", true, false),
            ("47.1", true, false),
            ("H4", true, false),
            ("h47", false, false),
            ("H47.", false, false),
            ("H47..1", false, false),
            ("H47 1", false, false),
            ("", false, false),
            ("H47.H47.H47.H47.H47.H47.H47.H47.H47", true, true),
            ("H47.H47.H47.H47.H47.H47.H47.H47.H471", false, false),
        ] {
            assert_eq!((is_code(code, before), is_code(code, since)), (then, now), "{code}");
        }
    }

    #[test]
    fn the_next_code_follows_the_highest_right_under_the_parent() {
        assert_eq!(next("H99.1", ["H99.1.01", "H99.1.09", "H99.1.10.40", "H99.11.77", "H99.1.XX"].into_iter()), "H99.1.10");
        assert_eq!(next("H99", std::iter::empty()), "H99.01");
    }
}
