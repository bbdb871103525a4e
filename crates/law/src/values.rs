//! What a parameter can be: a number, a range, codes, a scale, a flag, or "the act sets no condition"; and its unit.
//! Not for: dates and citations, which belong to the parameter.

use crate::acts::Words;
use domain::codes;

codes! {
    /// Unit of a value.
    Unit {
        /// Times a given duration.
        Multiple = "multiple",
        /// Years.
        Years = "years",
        /// Months.
        Months = "months",
        /// Weeks.
        Weeks = "weeks",
        /// Days.
        Days = "days",
        /// Periods (tiết).
        Periods = "periods",
        /// How often.
        Times = "times",
        /// People.
        People = "people",
        /// Per cent.
        Percent = "percent",
        /// Hundredths of a per cent.
        BasisPoints = "basis_points",
        /// Points out of 10.
        Points10 = "points_10",
        /// Points out of 100.
        Points100 = "points_100",
        /// Việt Nam đồng.
        Dong = "dong",
        /// Ids of acts.
        Act = "act",
        /// Codes with words in the parameter file.
        Code = "code",
        /// Required or not.
        Flag = "flag",
    }
}

/// A band of a scale; it ends before the next one starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Lowest score inside, in whole points.
    pub at_least: i64,
}

/// A scale from 0 to its top, both included, cut into bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Highest score, in whole points.
    pub top: i64,
    /// Bands from the lowest.
    pub steps: Vec<Step>,
}

impl Scale {
    /// The band of a score in hundredths of a point; `None` outside the scale.
    #[must_use]
    pub fn band(&self, hundredths: i64) -> Option<&Step> {
        let top = self.top.checked_mul(100)?;
        if !(0..=top).contains(&hundredths) {
            return None;
        }
        self.steps.iter().rev().find(|step| step.at_least.checked_mul(100).is_some_and(|bound| bound <= hundredths))
    }
}

/// The value of a parameter; its unit is the parameter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One whole number.
    Number(i64),
    /// From `min` to `max`, both included; at least one is present.
    Range {
        /// Lowest allowed.
        min: Option<i64>,
        /// Highest allowed.
        max: Option<i64>,
    },
    /// Codes, or ids of acts.
    Codes(Vec<String>),
    /// Bands of a score.
    Scale(Scale),
    /// Whether something is required.
    Flag(bool),
    /// The act sets no such condition.
    NoCondition,
}

impl std::fmt::Display for Value {
    /// The compact form of tests and logs: `3`, `2..4`, `..4`, `a,b`, `kem>=0,…<=10`, `true`, `none`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Range { min, max } => {
                let side = |end: &Option<i64>| end.map(|n| n.to_string()).unwrap_or_default();
                write!(f, "{}..{}", side(min), side(max))
            }
            Self::Codes(codes) => f.write_str(&codes.join(",")),
            Self::Scale(scale) => {
                for step in &scale.steps {
                    write!(f, "{}>={},", step.code, step.at_least)?;
                }
                write!(f, "<={}", scale.top)
            }
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::NoCondition => f.write_str("none"),
        }
    }
}

impl Value {
    /// The value for people. `name` gives the words of a code or act, if it has any.
    #[must_use]
    pub fn words(&self, unit: Unit, name: impl Fn(&str) -> Option<Words>) -> Words {
        match self {
            Self::Number(number) => unit.counted(*number),
            Self::Range { min, max } => range(unit, *min, *max),
            Self::Codes(codes) => {
                let all: Vec<_> = codes.iter().map(|code| name(code).unwrap_or_else(|| Words::new(code, code))).collect();
                joined(&all)
            }
            Self::Scale(scale) => scale_words(scale),
            Self::Flag(true) => Words::new("bắt buộc", "required"),
            Self::Flag(false) => Words::new("không bắt buộc", "not required"),
            Self::NoCondition => Words::new("không đặt điều kiện", "no condition"),
        }
    }
}

fn joined(all: &[Words]) -> Words {
    let vi: Vec<_> = all.iter().map(|words| words.vi.as_str()).collect();
    let en: Vec<_> = all.iter().map(|words| words.en.as_str()).collect();
    Words::new(vi.join("; "), en.join("; "))
}

fn range(unit: Unit, min: Option<i64>, max: Option<i64>) -> Words {
    match (min, max) {
        (Some(min), Some(max)) if min == max => unit.counted(min),
        (Some(min), Some(max)) => {
            let end = unit.counted(max);
            Words::new(format!("từ {min} đến {}", end.vi), format!("{min} to {}", end.en))
        }
        (Some(min), None) => {
            let end = unit.counted(min);
            Words::new(format!("tối thiểu {}", end.vi), format!("at least {}", end.en))
        }
        (None, Some(max)) => {
            let end = unit.counted(max);
            Words::new(format!("tối đa {}", end.vi), format!("at most {}", end.en))
        }
        (None, None) => Words::new("", ""),
    }
}

fn scale_words(scale: &Scale) -> Words {
    let ends: Vec<i64> = scale.steps.iter().skip(1).map(|step| step.at_least).collect();
    let all: Vec<_> = scale
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let (from, name) = (step.at_least, &step.name);
            match ends.get(place) {
                Some(end) => Words::new(format!("{}: từ {from} đến dưới {end}", name.vi), format!("{}: {from} to below {end}", name.en)),
                None => Words::new(format!("{}: từ {from} đến {}", name.vi, scale.top), format!("{}: {from} to {}", name.en, scale.top)),
            }
        })
        .collect();
    joined(&all)
}

impl Unit {
    /// A number with its unit.
    #[must_use]
    pub fn counted(self, number: i64) -> Words {
        let (vi, en) = match self {
            Self::BasisPoints => return Words::new(format!("{} %", hundredths(number, ',')), format!("{} %", hundredths(number, '.'))),
            Self::Dong => return Words::new(format!("{} đ", grouped(number, '.')), format!("{} đồng", grouped(number, ','))),
            Self::Multiple => ("lần thời gian đào tạo", if number == 1 { "time the study" } else { "times the study" }),
            Self::Years => ("năm", if number == 1 { "year" } else { "years" }),
            Self::Months => ("tháng", if number == 1 { "month" } else { "months" }),
            Self::Weeks => ("tuần", if number == 1 { "week" } else { "weeks" }),
            Self::Days => ("ngày", if number == 1 { "day" } else { "days" }),
            Self::Periods => ("tiết", if number == 1 { "period" } else { "periods" }),
            Self::Times => ("lần", if number == 1 { "time" } else { "times" }),
            Self::People => ("người", if number == 1 { "person" } else { "people" }),
            Self::Percent => ("%", "%"),
            Self::Points10 => ("điểm (thang 10)", "points of 10"),
            Self::Points100 => ("điểm (thang 100)", "points of 100"),
            Self::Act | Self::Code | Self::Flag => ("", ""),
        };
        Words::new(format!("{number} {vi}").trim().to_owned(), format!("{number} {en}").trim().to_owned())
    }
}

/// A number of hundredths as a decimal without idle zeros: 150 is `1,5`.
fn hundredths(number: i64, mark: char) -> String {
    let (whole, rest) = (number / 100, (number % 100).abs());
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}{mark}{}", rest / 10),
        _ => format!("{whole}{mark}{rest:02}"),
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(number: i64, mark: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_rates_print_the_vietnamese_way() {
        assert_eq!(Unit::Dong.counted(30_000_000).vi, "30.000.000 đ");
        assert_eq!(Unit::Dong.counted(-999).vi, "-999 đ");
        assert_eq!(Unit::BasisPoints.counted(150).vi, "1,5 %");
        assert_eq!(Unit::BasisPoints.counted(100).en, "1 %");
        assert_eq!(Unit::BasisPoints.counted(125).vi, "1,25 %");
    }

    #[test]
    fn a_range_is_said_by_its_known_ends() {
        let words = |min, max| Value::Range { min, max }.words(Unit::Weeks, |_| None).vi;
        assert_eq!(words(Some(2), Some(4)), "từ 2 đến 4 tuần");
        assert_eq!(words(Some(4), Some(4)), "4 tuần");
        assert_eq!(words(None, Some(6)), "tối đa 6 tuần");
    }
}
