//! A row of a list of trainings as what it says.
//! Not for: whether it is right, or new (`desk`).

use domain::people::{Degree, StudyField};
use domain::time::{Date, date};
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, PERIODS_PER_DAY, Programme, TrainingKind};
use workbooks::Value;
use workbooks::values::{Dated, Record};

use crate::intake::settings::Defaults;
use crate::intake::wish::Wish;

/// What is said of a training; nothing of what is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(super) title: Option<String>,
    pub(super) kind: Option<TrainingKind>,
    pub(super) content: Option<ContentGroup>,
    pub(super) awarded: Option<Degree>,
    pub(super) study: Option<StudyField>,
    pub(super) named: Option<Programme>,
    /// A topic of a scheme, as it is written.
    pub(super) topic: Option<String>,
    pub(super) form: Option<ClassForm>,
    pub(super) mode: Option<Mode>,
    pub(super) abroad: Option<bool>,
    pub(super) starts: Option<Dated>,
    pub(super) ends: Option<Dated>,
    pub(super) periods: Option<i32>,
    pub(super) outcome: Option<Outcome>,
    pub(super) issuer: Option<String>,
    pub(super) certificate: Option<String>,
}

/// A row of a list of trainings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Learning {
    /// Whose it is; nothing else of the person is looked at.
    pub(crate) who: Wish,
    pub(super) said: Said,
}

impl Said {
    /// The number and the issuer of what proves it.
    pub(super) fn evidence(&self) -> Option<String> {
        let parts: Vec<&str> = [&self.certificate, &self.issuer].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The same with what stands for what the file does not say.
    pub(super) fn or(mut self, defaults: &Defaults) -> Self {
        let text = |field: &str| defaults.get(field).filter(|text| !text.trim().is_empty());
        let day = |field: &str| text(field).and_then(|text| domain::time::parse(text)).map(Dated::Day);
        let days = || text("days").and_then(|text| text.trim().parse().ok()).and_then(of_days);
        self.title = self.title.or_else(|| text("title").cloned());
        self.kind = self.kind.or_else(|| text("training").and_then(|code| TrainingKind::from_code(code)));
        self.content = self.content.or_else(|| text("content").and_then(|code| ContentGroup::from_code(code)));
        self.named = self.named.or_else(|| text("programme").and_then(|code| Programme::from_code(code)));
        self.topic = self.topic.or_else(|| text("topic").cloned());
        self.mode = self.mode.or_else(|| text("mode").and_then(|code| Mode::from_code(code)));
        self.abroad = self.abroad.or_else(|| text("place").map(|code| code == ABROAD));
        self.starts = self.starts.or_else(|| day("starts"));
        self.ends = self.ends.or_else(|| day("ends"));
        self.periods = self.periods.or_else(days);
        self.issuer = self.issuer.or_else(|| text("issuer").cloned());
        self
    }
}

/// Fields for which something can stand when a list of trainings does not say them: a school's report names its class above the table.
#[must_use]
pub const fn defaults() -> &'static [&'static str] {
    &["title", "training", "content", "programme", "topic", "starts", "ends", "days", "mode", "place", "issuer"]
}

/// The code of a place outside the country.
pub(super) const ABROAD: &str = "abroad";

/// The periods of so many days.
pub(super) fn of_days(days: i64) -> Option<i32> {
    i32::try_from(days).ok().filter(|days| *days > 0)?.checked_mul(PERIODS_PER_DAY)
}

/// The last day that a date can mean.
pub(super) fn last_day(dated: Dated) -> Option<Date> {
    match dated {
        Dated::Day(day) => Some(day),
        Dated::Month { year, month: 12 } | Dated::Year(year) => date(year, 12, 31),
        Dated::Month { year, month } => date(year, month + 1, 1)?.previous_day(),
    }
}

impl Learning {
    /// What a record says.
    pub(crate) fn of(record: &Record<'_>) -> Self {
        let text = |field: &str| match record.value(field)? {
            Value::Text(text) | Value::Code(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        let dated = |field: &str| if let Value::Date(dated) = record.value(field)? { Some(*dated) } else { None };
        let count = |field: &str| if let Value::Integer(number) = record.value(field)? { Some(*number) } else { None };
        let during = text("during").map(|text| during(&text)).unwrap_or_default();
        let said = Said {
            title: text("title"),
            kind: code(record, "training", TrainingKind::from_code),
            content: code(record, "content", ContentGroup::from_code),
            awarded: code(record, "awarded", Degree::from_code),
            study: code(record, "study", StudyField::from_code),
            named: code(record, "programme", Programme::from_code),
            topic: text("topic"),
            form: code(record, "form", ClassForm::from_code),
            mode: code(record, "mode", Mode::from_code),
            abroad: text("place").map(|code| code == ABROAD),
            starts: dated("starts").or(during.0),
            ends: dated("ends").or(during.1),
            periods: count("periods").and_then(|n| i32::try_from(n).ok()).or_else(|| count("days").and_then(of_days)),
            outcome: code(record, "outcome", Outcome::from_code),
            issuer: text("issuer"),
            certificate: text("certificate"),
        };
        Self { who: Wish::of(record), said }
    }
}

fn code<T>(record: &Record<'_>, field: &str, from_code: fn(&str) -> Option<T>) -> Option<T> {
    if let Value::Code(code) = record.value(field)? { from_code(code) } else { None }
}

/// `Từ 09/03/2026 đến 13/03/2026`, `9-13/3/2026`, `3/2026 – 5/2026`, `2026`: the first and the last day as far as they are told.
fn during(text: &str) -> (Option<Dated>, Option<Dated>) {
    let numbers = parts(text);
    let mut found: Vec<Dated> = Vec::new();
    // What stands first may leave out the month and year of what stands behind it.
    let mut shorter: Option<Vec<i32>> = None;
    for part in numbers {
        match whole(&part) {
            Some(dated) => {
                found.extend(shorter.take().and_then(|short| completed(&short, dated)));
                found.push(dated);
            }
            None => shorter = Some(part),
        }
    }
    match found.as_slice() {
        [one] => (Some(*one), None),
        [first, last] => (Some(*first), Some(*last)),
        _ => (None, None),
    }
}

/// The numbers of each date of a text: those joined by `/`, `.` or a hyphen without blanks between two full dates are one date.
fn parts(text: &str) -> Vec<Vec<i32>> {
    let joins = |c: char| matches!(c, '/' | '.');
    let words = text.split(|c: char| !(c.is_ascii_digit() || joins(c)));
    let numbers = |word: &str| word.split(joins).filter(|n| !n.is_empty()).map(str::parse).collect::<Result<Vec<i32>, _>>();
    words.filter_map(|word| numbers(word).ok()).filter(|numbers| !numbers.is_empty()).collect()
}

fn whole(part: &[i32]) -> Option<Dated> {
    let small = |n: i32| u8::try_from(n).ok();
    match *part {
        [day, month, year] if year >= 1900 => date(year, small(month)?, small(day)?).map(Dated::Day),
        [month, year] if year >= 1900 => date(year, small(month)?, 1).map(|_| Dated::Month { year, month: small(month).unwrap_or(1) }),
        [year @ 1900..=2100] => Some(Dated::Year(year)),
        _ => None,
    }
}

/// `9` or `9/3` in front of a day, `3` in front of a month.
fn completed(short: &[i32], behind: Dated) -> Option<Dated> {
    match (short, behind) {
        ([day], Dated::Day(last)) => whole(&[*day, i32::from(u8::from(last.month())), last.year()]),
        ([day, month], Dated::Day(last)) => whole(&[*day, *month, last.year()]),
        ([month], Dated::Month { year, .. }) => whole(&[*month, year]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Option<Dated> {
        date(year, month, day).map(Dated::Day)
    }

    #[test]
    fn a_time_in_one_cell_is_two_days() {
        let month = |year, month| Some(Dated::Month { year, month });
        for (text, expected) in [
            ("Từ ngày 09/03/2026 đến ngày 13/03/2026", (day(2026, 3, 9), day(2026, 3, 13))),
            ("09/3/2026-13/3/2026", (day(2026, 3, 9), day(2026, 3, 13))),
            ("9-13/3/2026", (day(2026, 3, 9), day(2026, 3, 13))),
            ("28/2 – 02/3/2026", (day(2026, 2, 28), day(2026, 3, 2))),
            ("13.3.2026", (day(2026, 3, 13), None)),
            ("3-5/2026", (month(2026, 3), month(2026, 5))),
            ("11/2025 - 3/2026", (month(2025, 11), month(2026, 3))),
            ("năm 2025", (Some(Dated::Year(2025)), None)),
            ("05 ngày", (None, None)),
            ("31/02/2026", (None, None)),
        ] {
            assert_eq!(during(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_day_of_a_month_and_a_year() {
        let month = |month| last_day(Dated::Month { year: 2024, month });
        assert_eq!((month(2), month(12), last_day(Dated::Year(2024))), (date(2024, 2, 29), date(2024, 12, 31), date(2024, 12, 31)));
    }

    #[test]
    fn what_a_file_does_not_say_stands_in_the_defaults() {
        let defaults = Defaults::from(
            [("title", "Lớp A"), ("content", "it"), ("starts", "2026-03-09"), ("days", "2"), ("place", "abroad"), ("issuer", " ")]
                .map(|(field, text)| (field.to_owned(), text.to_owned())),
        );
        let said = Said { title: Some("Lớp B".to_owned()), ..Said::default() }.or(&defaults);
        assert_eq!((said.title.as_deref(), said.content, said.starts), (Some("Lớp B"), Some(ContentGroup::It), day(2026, 3, 9)));
        assert_eq!((said.periods, said.abroad, said.issuer), (Some(16), Some(true), None));
    }
}
