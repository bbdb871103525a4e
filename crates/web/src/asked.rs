//! The query of a page: lenient, because an address is typed and shared; what cannot be read is ignored and said so on the page.
//! Not for: the API, which refuses (`api::asked`).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::time::{self, Date};

/// The pairs of a query, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        Ok(Self { pairs: query.map(|q| q.0).unwrap_or_default() })
    }
}

impl Asked {
    /// The pairs of a query that was kept as text.
    pub(crate) fn of_query(query: &str) -> Self {
        let address = format!("/?{query}");
        let parsed = address.parse().ok().and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
        Self { pairs: parsed.map(|query| query.0).unwrap_or_default() }
    }

    /// The pairs as if an address had them.
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        Self { pairs: pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect() }
    }

    /// A text, if given and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// Every text of a name that is given more than once, in order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// A day, if given and readable.
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        self.text(name).and_then(time::parse)
    }

    /// A given day that cannot be read, as typed.
    pub(crate) fn unreadable_day(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| time::parse(text).is_none())
    }
}

/// An address with a query; pairs without a value are left out.
pub(crate) fn address(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let mut text = path.to_owned();
    let mut mark = '?';
    for (name, value) in pairs {
        let Some(value) = value.filter(|v| !v.is_empty()) else { continue };
        text.push(mark);
        text.push_str(name);
        text.push('=');
        text.push_str(&escaped(value));
        mark = '&';
    }
    text
}

/// Everything but letters, digits and `-._~` as `%XX`, for a path segment or a value of a query.
pub(crate) fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_leave_out_what_is_not_asked() {
        assert_eq!(address("/", &[("ngay", None), ("don-vi", Some(""))]), "/");
        assert_eq!(address("/", &[("ngay", Some("2026-11-22")), ("q", Some("Trà My"))]), "/?ngay=2026-11-22&q=Tr%C3%A0%20My");
    }

    #[test]
    fn an_unreadable_day_is_known_as_such() {
        let asked = Asked::of(&[("ngay", "31/02/2026")]);
        assert_eq!((asked.day("ngay"), asked.unreadable_day("ngay")), (None, Some("31/02/2026")));
    }
}
