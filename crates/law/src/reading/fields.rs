//! Fields of a TOML table, each read with a message that names the line when it is wrong.
//! Not for: what the fields mean.

use crate::acts::Words;
use crate::lookup::LawError;
use domain::time::{Date, date};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// A parsed file that remembers where its lines start.
pub(crate) struct File<'t> {
    name: &'static str,
    text: &'t str,
    document: Document<&'t str>,
}

/// A table in a file.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'f> {
    file: &'static str,
    text: &'f str,
    table: &'f dyn TableLike,
    line: usize,
}

impl<'t> File<'t> {
    pub(crate) fn parse((name, text): (&'static str, &'t str), errors: &mut Vec<LawError>) -> Option<Self> {
        match Document::parse(text) {
            Ok(document) => Some(Self { name, text, document }),
            Err(error) => {
                errors.push(LawError { file: name, line: line_of(text, error.span()), problem: error.message().to_owned() });
                None
            }
        }
    }

    pub(crate) fn root(&self) -> Entry<'_> {
        Entry { file: self.name, text: self.text, table: self.document.as_table(), line: 1 }
    }
}

impl<'f> Entry<'f> {
    pub(crate) const fn line(&self) -> usize {
        self.line
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    pub(crate) fn wrong(&self, problem: impl Into<String>, errors: &mut Vec<LawError>) {
        errors.push(LawError { file: self.file, line: self.line, problem: problem.into() });
    }

    fn wrong_at(&self, item: Option<&Item>, problem: String, errors: &mut Vec<LawError>) {
        let line = item.and_then(Item::span).map_or(self.line, |span| line_of(self.text, Some(span)));
        errors.push(LawError { file: self.file, line, problem });
    }

    /// Reports fields that nobody reads: a misspelt name must not be silent.
    pub(crate) fn only(&self, fields: &[&str], errors: &mut Vec<LawError>) {
        for (name, item) in self.table.iter() {
            if !fields.contains(&name) {
                self.wrong_at(Some(item), format!("unknown field `{name}`"), errors);
            }
        }
    }

    pub(crate) fn item(&self, field: &str) -> Option<&'f Item> {
        self.table.get(field)
    }

    pub(crate) fn text(&self, field: &str, errors: &mut Vec<LawError>) -> Option<String> {
        let item = self.item(field);
        let text = item.and_then(Item::as_str).map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong_at(item, format!("`{field}` must be a text"), errors);
        }
        text.map(str::to_owned)
    }

    pub(crate) fn code<T>(&self, field: &str, read: impl Fn(&str) -> Option<T>, errors: &mut Vec<LawError>) -> Option<T> {
        let text = self.text(field, errors)?;
        let value = read(&text);
        if value.is_none() {
            self.wrong_at(self.item(field), format!("`{text}` is not a known `{field}`"), errors);
        }
        value
    }

    /// A list of codes, at least one.
    pub(crate) fn list<T>(&self, field: &str, read: impl Fn(&str) -> Option<T>, errors: &mut Vec<LawError>) -> Vec<T> {
        let item = self.item(field);
        let Some(array) = item.and_then(Item::as_array).filter(|array| !array.is_empty()) else {
            self.wrong_at(item, format!("`{field}` must be a list with at least one entry"), errors);
            return Vec::new();
        };
        let mut values = Vec::new();
        for element in array {
            match element.as_str().and_then(&read) {
                Some(value) => values.push(value),
                None => self.wrong_at(item, format!("`{}` is not a known `{field}`", element.to_string().trim()), errors),
            }
        }
        values
    }

    pub(crate) fn date(&self, field: &str, errors: &mut Vec<LawError>) -> Option<Date> {
        if !self.has(field) {
            self.wrong(format!("`{field}` is missing"), errors);
        }
        self.optional_date(field, errors)
    }

    pub(crate) fn optional_date(&self, field: &str, errors: &mut Vec<LawError>) -> Option<Date> {
        let item = self.item(field)?;
        let day = item.as_datetime().filter(|instant| instant.time.is_none()).and_then(|instant| instant.date);
        let day = day.and_then(|day| date(i32::from(day.year), day.month, day.day));
        if day.is_none() {
            self.wrong_at(Some(item), format!("`{field}` must be a date such as 2025-07-01"), errors);
        }
        day
    }

    pub(crate) fn words(&self, field: &str, errors: &mut Vec<LawError>) -> Option<Words> {
        let words = self.optional_words(field, errors);
        if !self.has(field) {
            self.wrong(format!("`{field}` is missing"), errors);
        }
        words
    }

    pub(crate) fn optional_words(&self, field: &str, errors: &mut Vec<LawError>) -> Option<Words> {
        let item = self.item(field)?;
        let words = item.as_table_like().and_then(both);
        if words.is_none() {
            self.wrong_at(Some(item), format!("`{field}` must be {{ vi = …, en = … }}"), errors);
        }
        words
    }

    pub(crate) fn words_by_code(&self, field: &str, errors: &mut Vec<LawError>) -> Vec<(String, Words)> {
        let Some(table) = self.item(field).and_then(Item::as_table_like) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for (code, item) in table.iter() {
            match item.as_table_like().and_then(both) {
                Some(words) => all.push((code.to_owned(), words)),
                None => self.wrong_at(Some(item), format!("`{code}` must be {{ vi = …, en = … }}"), errors),
            }
        }
        all
    }

    /// The tables of an array of tables, at least one.
    pub(crate) fn entries(&self, field: &str, errors: &mut Vec<LawError>) -> Vec<Entry<'f>> {
        let Some(array) = self.item(field).and_then(Item::as_array_of_tables) else {
            self.wrong(format!("at least one [[{field}]] is needed"), errors);
            return Vec::new();
        };
        let entry = |table: &'f toml_edit::Table| Entry { table, line: line_of(self.text, table.span()), ..*self };
        array.iter().map(entry).collect()
    }
}

pub(crate) fn both(table: &dyn TableLike) -> Option<Words> {
    let text = |field| table.get(field).and_then(Item::as_str).filter(|text| !text.trim().is_empty());
    Some(Words::new(text("vi")?, text("en")?))
}

fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start);
    1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count()
}
