//! A form that is nothing but fields under each other: described once, shown, read back, and shown again with what was typed.
//! Not for: forms with a shape of their own.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::time::{self, Date};

use super::{Mistake, of_field};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::words::word;

/// What was typed, by the name of the field.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Typed(BTreeMap<String, String>);

impl Typed {
    /// As a form that stands filled in before anybody typed.
    pub(crate) fn of(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// One more field.
    pub(crate) fn put(&mut self, name: String, text: String) {
        self.0.insert(name, text);
    }

    /// A text without the blanks around it; nothing when empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// Every field whose name begins so, with the rest of its name.
    pub(crate) fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let named = self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.trim())));
        named.filter(|(_, value)| !value.is_empty())
    }

    /// Every field, as it goes along unseen.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The lines of a field that have something.
    pub(crate) fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        self.words(name).split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty())
    }

    /// A text, or nothing of it.
    pub(crate) fn words(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// A text just as it was typed: blanks and tabs tell columns of a pasted sheet apart.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The same without the fields whose names begin so.
    pub(crate) fn all_but(&self, prefix: &str) -> Self {
        Self(self.0.iter().filter(|(name, _)| !name.starts_with(prefix)).map(|(name, text)| (name.clone(), text.clone())).collect())
    }

    /// Whether a box is ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A code of an enumeration.
    pub(crate) fn code<T>(&self, name: &str, from_code: fn(&str) -> Option<T>) -> Option<T> {
        self.text(name).and_then(from_code)
    }

    /// A day that may be left out; what cannot be read is a mistake.
    pub(crate) fn day(&self, lang: Lang, name: &str, mistakes: &mut Vec<Mistake>) -> Option<Date> {
        let typed = self.text(name)?;
        let day = time::parse(typed);
        if day.is_none() {
            mistakes.push(Mistake::new(name, lang.with("sheet-bad-day", &[("typed", typed.to_owned().into())])));
        }
        day
    }

    /// A day that must be there.
    pub(crate) fn needed_day(&self, lang: Lang, name: &str, mistakes: &mut Vec<Mistake>) -> Option<Date> {
        if self.text(name).is_none() {
            mistakes.push(Mistake::new(name, lang.t("sheet-no-day")));
        }
        self.day(lang, name, mistakes)
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of text.
    Line,
    /// A short line: a code, a number.
    Short,
    /// A day.
    Day,
    /// A line of text, with texts to choose from.
    Offered(Vec<String>),
    /// Some lines.
    Words,
    /// Many lines.
    Lines,
    /// One of these: code and text.
    Choice(Vec<(String, String)>),
    /// A box to tick.
    Tick,
    /// A file of these kinds, as the browser offers them.
    File(&'static str),
    /// Goes along unseen.
    Hidden,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) needed: bool,
}

impl Field {
    /// A field that must be filled in, labelled by `prefix-name`.
    pub(crate) fn needed(lang: Lang, prefix: &str, name: &'static str, kind: Kind) -> Self {
        Self { needed: true, ..Self::new(lang, prefix, name, kind) }
    }

    /// A field that may stay empty, labelled by `prefix-name`.
    pub(crate) fn new(lang: Lang, prefix: &str, name: &'static str, kind: Kind) -> Self {
        let label = if kind == Kind::Hidden { String::new() } else { lang.t(&format!("{prefix}-{name}").replace('_', "-")) };
        Self { name, label, hint: None, kind, needed: false }
    }

    /// The same with a hint under its label.
    pub(crate) fn hint(self, text: String) -> Self {
        Self { hint: Some(text), ..self }
    }
}

/// The choices of an enumeration; `None` first when nothing may be chosen.
pub(crate) fn choices(lang: Lang, prefix: &str, codes: impl Iterator<Item = &'static str>, may_be_none: bool) -> Kind {
    let none = may_be_none.then(|| (String::new(), lang.t("sheet-none")));
    Kind::Choice(none.into_iter().chain(codes.map(|code| (code.to_owned(), word(lang, prefix, code)))).collect())
}

/// A page that is such a form.
#[derive(Template)]
#[template(path = "parts/sheet.html")]
pub(crate) struct Sheet {
    pub(crate) shell: Shell,
    /// Where the way back leads, and its name.
    pub(crate) back: (String, String),
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) submit: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) typed: Typed,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Sheet {
    fn has_file(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::File(_)))
    }

    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }

    /// The page: 200 at first, 422 when something is to be mended.
    pub(crate) fn answer(&self) -> Result<Response, WebError> {
        let status = if self.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        shell::page_with(status, self)
    }
}
