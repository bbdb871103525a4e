//! How alike two entries of the register are: whether they may be one person written down twice, and why one thinks so.
//! Not for: finding candidates (`store`) or making one of two (`merging`).

use crate::codes;
use crate::time::Date;

codes! {
    /// What speaks for, or against, two entries being one person.
    Sign {
        /// One citizen number, which only one person has.
        SameCitizenNumber = "same_citizen_number",
        /// One code of the electronic record.
        SameRecordCode = "same_record_code",
        /// The name, with its marks.
        SameName = "same_name",
        /// The name but for its marks.
        SameNameUnmarked = "same_name_unmarked",
        /// The name but for one letter, the order of its words, or a middle word.
        NearName = "near_name",
        /// The birth date.
        SameBirth = "same_birth",
        /// The birth date with day and month the other way round.
        DayMonthSwapped = "day_month_swapped",
        /// The birth date but for one digit.
        OneDigitOff = "one_digit_off",
        /// The year of birth, where one of the two has only the year (01/01).
        SameYearUnknownDay = "same_year_unknown_day",
        /// Two citizen numbers.
        OtherCitizenNumber = "other_citizen_number",
        /// Two sexes.
        OtherSex = "other_sex",
    }
}

impl Sign {
    /// How much it says, in points of a hundred; below zero it speaks against.
    #[must_use]
    pub const fn points(self) -> i32 {
        match self {
            Self::SameCitizenNumber => 100,
            Self::SameRecordCode => 60,
            Self::SameName => 50,
            Self::SameNameUnmarked => 45,
            Self::NearName => 25,
            Self::SameBirth => 40,
            Self::DayMonthSwapped => 30,
            Self::OneDigitOff => 28,
            Self::SameYearUnknownDay => 20,
            Self::OtherCitizenNumber => -45,
            Self::OtherSex => -20,
        }
    }
}

/// What is compared of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Name.
    pub name: &'a str,
    /// Name without marks, in lower case.
    pub folded: &'a str,
    /// Birth.
    pub birth_on: Date,
    /// Code of the sex.
    pub sex: &'a str,
    /// Citizen number, if known.
    pub citizen_number: Option<&'a str>,
    /// Code of the electronic record, if known.
    pub record_code: Option<&'a str>,
}

/// How alike two entries are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// 0 to 100; 100 is sure.
    pub score: i32,
    /// Why, for before against.
    pub signs: Vec<Sign>,
}

/// The least score that is shown.
pub const LEAST_SCORE: i32 = 60;

/// How alike two entries are; `None` when not alike enough to be looked at.
#[must_use]
pub fn likeness(a: &Entry<'_>, b: &Entry<'_>) -> Option<Likeness> {
    let known = |a: Option<&str>, b: Option<&str>| a.zip(b).map(|(a, b)| a == b);
    let number = known(a.citizen_number, b.citizen_number);
    let signs: Vec<Sign> = [
        (number == Some(true)).then_some(Sign::SameCitizenNumber),
        (known(a.record_code, b.record_code) == Some(true)).then_some(Sign::SameRecordCode),
        name_sign(a, b),
        birth_sign(a.birth_on, b.birth_on),
        (number == Some(false)).then_some(Sign::OtherCitizenNumber),
        (a.sex != b.sex).then_some(Sign::OtherSex),
    ]
    .into_iter()
    .flatten()
    .collect();
    let sum: i32 = signs.iter().map(|sign| sign.points()).sum();
    // A citizen number is one person's whatever else was written down.
    let score = if signs.contains(&Sign::SameCitizenNumber) { 100 } else { sum.clamp(0, 99) };
    (score >= LEAST_SCORE).then_some(Likeness { score, signs })
}

fn name_sign(a: &Entry<'_>, b: &Entry<'_>) -> Option<Sign> {
    if a.folded == b.folded {
        let is_same = a.name.to_lowercase() == b.name.to_lowercase();
        return Some(if is_same { Sign::SameName } else { Sign::SameNameUnmarked });
    }
    is_near(a.folded, b.folded).then_some(Sign::NearName)
}

/// The shortest name in which one letter may be a slip; shorter ones are other names at once.
const LEAST_LETTERS: usize = 6;

fn is_near(a: &str, b: &str) -> bool {
    let (a_words, b_words): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    same_words(&a_words, &b_words) || lacks_a_middle_word(&a_words, &b_words) || is_one_slip(a, b)
}

fn same_words(a: &[&str], b: &[&str]) -> bool {
    let sorted = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        words.sort();
        words
    };
    a.len() > 1 && sorted(a) == sorted(b)
}

/// Family and given names agree, and one of the two has exactly one word more between them.
fn lacks_a_middle_word(a: &[&str], b: &[&str]) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let ends = long.first() == short.first() && long.last() == short.last();
    let without = |i: usize| long.iter().enumerate().filter(|(n, _)| *n != i).map(|(_, word)| word).eq(short.iter());
    short.len() > 1 && long.len() == short.len() + 1 && ends && (1..long.len()).any(without)
}

/// One letter more, less, other, or two neighbours swapped.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < LEAST_LETTERS || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |skip_a: usize, skip_b: usize| match (a.get(before + skip_a..), b.get(before + skip_b..)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    };
    let swapped = match (a.get(before..before + 2), b.get(before..before + 2)) {
        (Some([a1, a2]), Some([b1, b2])) => a1 == b2 && a2 == b1 && rest(2, 2),
        _ => false,
    };
    rest(1, 0) || rest(0, 1) || rest(1, 1) || swapped
}

fn birth_sign(a: Date, b: Date) -> Option<Sign> {
    if a == b {
        return Some(Sign::SameBirth);
    }
    let (a_month, b_month) = (u8::from(a.month()), u8::from(b.month()));
    let is_same_year = a.year() == b.year();
    if is_same_year && a.day() == b_month && b.day() == a_month {
        return Some(Sign::DayMonthSwapped);
    }
    let is_only_year = |month: u8, day: u8| month == 1 && day == 1;
    if is_same_year && (is_only_year(a_month, a.day()) || is_only_year(b_month, b.day())) {
        return Some(Sign::SameYearUnknownDay);
    }
    let digits = |day: Date, month: u8| format!("{:04}{month:02}{:02}", day.year(), day.day());
    let (a_digits, b_digits) = (digits(a, a_month), digits(b, b_month));
    let off = a_digits.bytes().zip(b_digits.bytes()).filter(|(a, b)| a != b).count();
    (off == 1).then_some(Sign::OneDigitOff)
}

#[cfg(test)]
#[path = "likeness/tests.rs"]
mod tests;
