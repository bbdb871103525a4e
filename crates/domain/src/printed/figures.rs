//! Figures of printed tables: percentages that remember how many decimals were printed, and the numbers shown beside them.
//! Not for: recomputing; integers only, so that no binary fraction ever decides whether a document is right.

use crate::schemes::Title;

/// A percentage as printed: value in basis points and the number of decimals (0 to 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    basis_points: i64,
    decimals: u8,
}

impl Percent {
    /// From basis points and printed decimals (at most two).
    #[must_use]
    pub const fn new(basis_points: i64, decimals: u8) -> Self {
        Self { basis_points, decimals: if decimals > 2 { 2 } else { decimals } }
    }

    /// Reads `5,06`, `35.38` or `23`, with or without `%`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim();
        let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, ""));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole)
            || whole.len() > 9
            || !(fraction.is_empty() && !text.contains([',', '.']) || digits(fraction) && fraction.len() <= 2)
        {
            return None;
        }
        let decimals = u8::try_from(fraction.len()).ok()?;
        let hundredths: i64 = format!("{fraction:0<2}").parse().ok()?;
        Some(Self { basis_points: whole.parse::<i64>().ok()? * 100 + hundredths, decimals })
    }

    /// The share of a part in a whole, rounded half up at the decimals; `None` for a share of nothing.
    #[must_use]
    pub fn of(part: i64, whole: i64, decimals: u8) -> Option<Self> {
        let decimals = decimals.min(2);
        let step = 10_i64.pow(u32::from(2 - decimals));
        let rounded = divide(part.checked_mul(10_000)?, whole.checked_mul(step)?)?;
        Some(Self { basis_points: rounded * step, decimals })
    }

    /// In basis points (1 % = 100).
    #[must_use]
    pub const fn basis_points(self) -> i64 {
        self.basis_points
    }

    /// Printed decimals.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The difference to another, with the decimals of the finer one.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self { basis_points: self.basis_points - other.basis_points, decimals: self.decimals.max(other.decimals) }
    }

    /// The smallest number of people that makes at least this share of a whole.
    #[must_use]
    pub fn needed(self, whole: i64) -> i64 {
        let exact = i128::from(self.basis_points) * i128::from(whole);
        let needed = exact.div_euclid(10_000) + i128::from(exact.rem_euclid(10_000) > 0);
        i64::try_from(needed).unwrap_or(i64::MAX)
    }

    /// With a decimal comma (Vietnamese) or point (English), without `%`.
    #[must_use]
    pub fn text(self, vietnamese: bool) -> String {
        decimal(self.basis_points, self.decimals, vietnamese)
    }
}

/// A figure in a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A whole number.
    Count(i64),
    /// A percentage.
    Share(Percent),
    /// A difference of percentages, in points.
    Points(Percent),
    /// A mean, in hundredths.
    Mean(i64),
    /// So many rows, columns or cells agree.
    Agreeing(i64),
    /// Words.
    Words(Title),
    /// Nothing to compute, or a figure that is not there.
    Nothing,
}

impl Figure {
    /// For people.
    #[must_use]
    pub fn text(&self, vietnamese: bool) -> String {
        match self {
            Self::Count(n) => decimal(n.saturating_mul(100), 0, vietnamese),
            Self::Share(p) => format!("{} %", p.text(vietnamese)),
            Self::Points(p) if vietnamese => format!("{} điểm %", p.text(true)),
            Self::Points(p) => format!("{} points", p.text(false)),
            Self::Mean(hundredths) => decimal(*hundredths, 2, vietnamese),
            Self::Agreeing(n) if vietnamese => format!("khớp cả {n}"),
            Self::Agreeing(n) => format!("all {n} agree"),
            Self::Words(words) => (if vietnamese { &words.vi } else { &words.en }).clone(),
            Self::Nothing => "–".to_owned(),
        }
    }
}

/// The quotient rounded half up (away from zero for a negative dividend); `None` for a divisor that is not positive.
pub(super) fn divide(dividend: i64, divisor: i64) -> Option<i64> {
    if divisor <= 0 {
        return None;
    }
    let size = dividend.unsigned_abs();
    let divisor = divisor.unsigned_abs();
    let rounded = i64::try_from(size / divisor + u64::from(size % divisor >= divisor - size % divisor)).ok()?;
    Some(if dividend < 0 { -rounded } else { rounded })
}

/// Hundredths with grouped thousands and so many decimals, e.g. `1.234,50`.
fn decimal(hundredths: i64, decimals: u8, vietnamese: bool) -> String {
    let (group, point) = if vietnamese { ('.', ',') } else { (',', '.') };
    let sign = if hundredths < 0 { "−" } else { "" };
    let whole = (hundredths.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    let fraction = format!("{:02}", hundredths.unsigned_abs() % 100);
    let kept: String = fraction.chars().take(usize::from(decimals)).collect();
    if kept.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}{point}{kept}") }
}
