//! Values that another machine tells exactly: codes, days as ISO writes them, numbers as numbers; what cannot be read is a fault.
//! Not for: cells of files (`workbooks`), rules (`judge`).

use domain::time::Date;
use serde_json::{Map, Value};
use workbooks::values::Dated;

use super::entries::Entry;
use super::fault::Fault;
use super::fields::{self, FieldKind, Tells};

/// Fields that say something only beside another one.
const BESIDE: [(&str, &str); 8] = [
    ("field", "degree"),
    ("degree_on", "degree"),
    ("degree_issuer", "degree"),
    ("degree_number", "degree"),
    ("theory_on", "theory"),
    ("state_on", "state"),
    ("defence_on", "defence"),
    ("rating_year", "rating"),
];
/// Most letters of a text.
const MOST_LETTERS: usize = 500;

/// Values of an entry.
pub(super) struct Read<'r> {
    fields: &'r Map<String, Value>,
    row: u32,
    /// What cannot be read.
    pub(super) faults: Vec<Fault>,
}

impl<'r> Read<'r> {
    pub(super) const fn of(entry: &Entry<'r>) -> Self {
        Self { fields: entry.fields, row: entry.place, faults: Vec::new() }
    }

    /// A value that is said: nothing stands for "not said", as an empty cell of a file does.
    fn said(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
    }

    pub(super) fn fault(&mut self, field: &str, code: &str) {
        let read = self.fields.get(field).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let fault = Fault::new("", workbooks::At::new(self.row, 0), field, &read.unwrap_or_default(), code);
        self.faults.push(fault);
    }

    /// Tells of fields that the catalogue has not, but for some more, and of those that are not told in this way.
    pub(super) fn unknown(&mut self, tells: Tells, not_told: &[&str], more: &[&str]) {
        let names: Vec<String> = self.fields.keys().cloned().collect();
        for name in names {
            let is_field = fields::field_codes(tells).any(|code| code == name) && !not_told.contains(&name.as_str());
            if !is_field && !more.contains(&name.as_str()) {
                self.fault(&name, "unknown_field");
            }
        }
        for (field, other) in BESIDE {
            if self.said(field).is_some() && self.said(other).is_none() {
                self.fault(field, "needs_other");
                if let Some(fault) = self.faults.last_mut() {
                    fault.params.push(("other".to_owned(), other.to_owned()));
                }
            }
        }
    }

    pub(super) fn text(&mut self, field: &str) -> Option<String> {
        let text = match self.said(field)? {
            Value::String(text) => Some(text.trim().to_owned()),
            _ => None,
        };
        let text = text.filter(|text| text.chars().count() <= MOST_LETTERS && !text.chars().any(char::is_control));
        if text.is_none() {
            self.fault(field, "not_text");
        }
        text
    }

    pub(super) fn code<T>(&mut self, field: &str, from_code: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = match self.said(field)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => other.to_string(),
        };
        let is_known = fields::field_kind(field) != Some(FieldKind::Choice) || fields::choices(field).any(|(code, _)| code == text);
        let value = from_code(&text).filter(|_| is_known);
        if value.is_none() {
            self.fault(field, "not_a_code");
            let all: Vec<&str> = fields::choices(field).map(|(code, _)| code).collect();
            if let Some(fault) = self.faults.last_mut() {
                fault.params.push(("known".to_owned(), all.join(", ")));
            }
        }
        value
    }

    pub(super) fn dated(&mut self, field: &str) -> Option<Dated> {
        let dated = match self.said(field)? {
            Value::String(text) => dated(text.trim()),
            Value::Number(number) => number.as_i64().and_then(|year| dated(&year.to_string())),
            _ => None,
        };
        if dated.is_none() {
            self.fault(field, "bad_day");
        }
        dated
    }

    pub(super) fn year(&mut self, field: &str) -> Option<i32> {
        let year = self.said(field)?.as_i64().and_then(|year| i32::try_from(year).ok()).filter(|year| (1990..=2100).contains(year));
        if year.is_none() {
            self.fault(field, "bad_year");
        }
        year
    }

    pub(super) fn count(&mut self, field: &str) -> Option<i64> {
        let count = self.said(field)?.as_i64().filter(|count| fields::COUNTED.contains(count));
        if count.is_none() {
            self.fault(field, "bad_count");
        }
        count
    }

    pub(super) fn yes(&mut self, field: &str) -> bool {
        let yes = match self.said(field) {
            None => Some(false),
            Some(value) => value.as_bool(),
        };
        if yes.is_none() {
            self.fault(field, "not_yes_no");
        }
        yes.unwrap_or(false)
    }
}

/// `2026-01-05`, `2026-01` or `2026`.
fn dated(text: &str) -> Option<Dated> {
    let is_sound = |year: i32| (1900..=2100).contains(&year);
    let sound_day = |day: &Date| is_sound(day.year());
    match text.split('-').count() {
        1 if text.len() == 4 => text.parse().ok().filter(|year| is_sound(*year)).map(Dated::Year),
        2 => {
            let (year, month) = text.split_once('-')?;
            let first = domain::time::parse(&format!("{text}-01")).filter(sound_day)?;
            (year.len() == 4 && month.len() == 2).then_some(Dated::Month { year: first.year(), month: u8::from(first.month()) })
        }
        3 => domain::time::parse(text).filter(sound_day).map(Dated::Day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_as_exact_as_they_are_told() {
        let day = domain::time::date(2026, 1, 5).unwrap();
        for (text, expected) in [
            ("2026-01-05", Some(Dated::Day(day))),
            ("2026-01", Some(Dated::Month { year: 2026, month: 1 })),
            ("2026", Some(Dated::Year(2026))),
            ("2026-13", None),
            ("2026-02-30", None),
            ("26-01", None),
            ("0001-01-01", None),
            ("05/01/2026", None),
        ] {
            assert_eq!(dated(text), expected, "{text}");
        }
    }
}
