//! Numbers, percentages, dates and instants as people read them.
//! Not for: the API, which writes codes.

use domain::time::{Date, Instant, clock_of, day_of, dmy};

use crate::i18n::Lang;

impl Lang {
    /// `1.234.567`, in English `1,234,567`.
    pub(crate) fn number(self, n: i64) -> String {
        let mark = if self.is_vi() { '.' } else { ',' };
        let digits = n.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
        if n < 0 {
            text.push('−');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }

    /// The number of elements of something.
    pub(crate) fn size(self, n: usize) -> String {
        self.number(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// Basis points with two decimals: `14,26 %`, in English `14.26%`.
    pub(crate) fn percent(self, points: i64) -> String {
        let (mark, unit) = self.percent_marks();
        format!("{}{mark}{:02}{unit}", self.number(points / 100), (points % 100).abs())
    }

    /// Basis points without needless zeros, for promises: `20 %`, `12,5 %`.
    pub(crate) fn short_percent(self, points: i64) -> String {
        let (mark, unit) = self.percent_marks();
        let decimals = format!("{:02}", (points % 100).abs());
        let decimals = decimals.trim_end_matches('0');
        let mark = if decimals.is_empty() { "" } else { mark };
        format!("{}{mark}{decimals}{unit}", self.number(points / 100))
    }

    const fn percent_marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Vi => (",", " %"),
            Self::En => (".", "%"),
        }
    }

    /// `22/11/2026` in both languages.
    pub(crate) fn date(self, day: Date) -> String {
        dmy(day)
    }

    /// `22/11/2026 14:05` in the province's time.
    pub(crate) fn instant(self, instant: Instant) -> String {
        let (hour, minute) = clock_of(instant);
        format!("{} {hour:02}:{minute:02}", self.date(day_of(instant)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!(Lang::Vi.number(1_234_567), "1.234.567");
        assert_eq!(Lang::En.number(1_234_567), "1,234,567");
        assert_eq!((Lang::Vi.number(0), Lang::Vi.number(999), Lang::Vi.number(-1_000)), ("0".into(), "999".into(), "−1.000".into()));
    }

    #[test]
    fn percentages_keep_two_decimals_and_promises_none_that_are_zero() {
        assert_eq!((Lang::Vi.percent(1_426), Lang::En.percent(1_426)), ("14,26 %".into(), "14.26%".into()));
        assert_eq!((Lang::Vi.percent(5), Lang::Vi.percent(10_000)), ("0,05 %".into(), "100,00 %".into()));
        assert_eq!((Lang::Vi.short_percent(2_000), Lang::En.short_percent(1_250)), ("20 %".into(), "12.5%".into()));
    }

    #[test]
    fn the_day_changes_at_midnight_in_the_province() {
        let last = Instant(1_795_366_799_000);
        assert_eq!(Lang::Vi.instant(last), "22/11/2026 23:59");
        assert_eq!(Lang::Vi.instant(last.plus_ms(1_000)), "23/11/2026 00:00");
    }
}
