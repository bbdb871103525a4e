//! Parameters of a request, read one by one so that a bad one is named; unknown ones are refused, because a misspelt filter that
//! is ignored gives a wrong figure.
//! Not for: deciding anything about them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::time::{self, Date};

use super::problem::Fault;

/// Most lines of one page.
pub(crate) const MOST: u32 = 200;
/// Lines of a page when nothing is said.
pub(crate) const USUAL: u32 = 50;
/// Most codes of one parameter: each may be a condition of the statement, of which SQLite bounds the depth.
pub(crate) const MOST_CODES: usize = 60;

/// The query of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// From the query of the request.
    pub(crate) async fn of(parts: &mut Parts) -> Result<Self, Fault> {
        let query = axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, &()).await;
        let axum::extract::Query(pairs) = query.map_err(|_| Fault::parameter("query", "is not a well-formed query"))?;
        Ok(Self { pairs })
    }

    /// Refuses names that are not listed, and names given twice.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Fault> {
        for (place, (name, _)) in self.pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                return Err(Fault::parameter(name, format!("is unknown here; known are {}", known.join(", "))));
            }
            if self.pairs.iter().take(place).any(|(earlier, _)| earlier == name) {
                return Err(Fault::parameter(name, "is given twice"));
            }
        }
        Ok(())
    }

    /// A text, if given and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// A day, or another one.
    pub(crate) fn day(&self, name: &str, otherwise: Date) -> Result<Date, Fault> {
        let Some(text) = self.text(name) else { return Ok(otherwise) };
        time::parse(text).ok_or_else(|| Fault::parameter(name, format!("`{text}` is not a day like 2026-11-22")))
    }

    /// A year, or another one.
    pub(crate) fn year(&self, name: &str, otherwise: i32) -> Result<i32, Fault> {
        let Some(text) = self.text(name) else { return Ok(otherwise) };
        let year = text.parse().ok().filter(|y| (1900..=2200).contains(y));
        year.ok_or_else(|| Fault::parameter(name, format!("`{text}` is not a year from 1900 to 2200")))
    }

    /// A code of an enumeration, if given.
    pub(crate) fn code<T: Copy + std::fmt::Display + 'static>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
        all: &[T],
    ) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let known = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        read(text).map(Some).ok_or_else(|| Fault::parameter(name, format!("`{text}` is none of {}", known())))
    }

    /// Codes with commas between them.
    pub(crate) fn each<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Fault> {
        if self.text(name).is_some_and(|text| text.split(',').count() > MOST_CODES) {
            return Err(Fault::parameter(name, format!("has more than {MOST_CODES} codes")));
        }
        let codes = self.text(name).into_iter().flat_map(|text| text.split(',')).map(str::trim);
        codes.map(|code| read(code).ok_or_else(|| Fault::parameter(name, format!("`{code}` is not known here")))).collect()
    }

    /// An age in years, if given.
    pub(crate) fn age(&self, name: &str) -> Result<Option<i32>, Fault> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let age = text.parse().ok().filter(|age| (0..=domain::lists::OLDEST).contains(age));
        age.map(Some).ok_or_else(|| Fault::parameter(name, format!("`{text}` is not an age from 0 to {}", domain::lists::OLDEST)))
    }

    /// Yes or no; no when nothing is said.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Fault> {
        match self.text(name) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(other) => Err(Fault::parameter(name, format!("`{other}` is neither true nor false"))),
        }
    }

    /// Lines of a page.
    pub(crate) fn limit(&self) -> Result<u32, Fault> {
        let Some(text) = self.text("limit") else { return Ok(USUAL) };
        let limit = text.parse().ok().filter(|n| (1..=MOST).contains(n));
        limit.ok_or_else(|| Fault::parameter("limit", format!("`{text}` is not a number from 1 to {MOST}")))
    }

    /// Where the page starts.
    pub(crate) fn cursor<T>(&self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
        let Some(text) = self.text("cursor") else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| Fault::parameter("cursor", "is none that this list gave"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked { pairs: pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect() }
    }

    fn named(result: Result<impl std::fmt::Debug, Fault>) -> String {
        result.unwrap_err().problem("op").parameter.unwrap()
    }

    #[test]
    fn the_faulty_parameter_is_named() {
        let today = domain::time::date(2026, 11, 22).unwrap();
        assert_eq!(named(asked(&[("as_of", "30/02/2026")]).day("as_of", today)), "as_of");
        assert_eq!(named(asked(&[("limit", "201")]).limit()), "limit");
        let many = vec!["it"; MOST_CODES + 1].join(",");
        assert_eq!(named(asked(&[("holds", &many)]).each("holds", domain::lists::Held::parse)), "holds");
        assert_eq!(named(asked(&[("leaders", "maybe")]).flag("leaders")), "leaders");
        assert_eq!(named(asked(&[("cursor", "xyz")]).cursor(super::super::cursor::code)), "cursor");
        assert_eq!(named(asked(&[("untis", "x")]).only(&["unit"])), "untis");
        assert_eq!(named(asked(&[("unit", "x"), ("unit", "y")]).only(&["unit"])), "unit");
    }

    #[test]
    fn nothing_said_is_the_usual() {
        let empty = asked(&[("q", " ")]);
        assert_eq!((empty.limit().unwrap(), empty.flag("leaders").unwrap(), empty.text("q")), (USUAL, false, None));
    }
}
