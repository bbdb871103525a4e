//! Posted forms: read whole, and only when they come from our own page.
//! Not for: what a form means.

pub(crate) mod sheet;
pub(crate) mod upload;

use axum::body::Bytes;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use crate::AppState;
use crate::errors::WebError;
use crate::visitor::{Anyone, Visitor};

/// Name of the hidden field that repeats the visitor's token.
pub(crate) const TOKEN: &str = "csrf";
/// Name of the header that scripts send instead.
const TOKEN_HEADER: &str = "x-csrf-token";

/// A form that came from our own page.
pub(crate) struct CsrfForm<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for CsrfForm<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let Anyone(visitor) = Anyone::from_request_parts(&mut parts, state).await?;
        let headers = parts.headers.clone();
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await.map_err(|_| WebError::TooLarge)?;
        let pairs: Vec<(String, String)> = read(&headers, &body).await?;
        let sent = pairs.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.as_str());
        if !is_ours(&visitor, &headers, sent) {
            return Err(WebError::ForeignForm);
        }
        Ok(Self(read(&headers, &body).await?))
    }
}

/// Whether a form came from our own page: `sent` is the token that stands in it, which a script may send as a header instead.
pub(crate) fn is_ours(visitor: &Visitor, headers: &HeaderMap, sent: Option<&str>) -> bool {
    let sent = headers.get(TOKEN_HEADER).and_then(|v| v.to_str().ok()).or(sent);
    sent.is_some_and(|sent| same(sent, &visitor.csrf)) && !visitor.csrf_is_new && is_same_origin(headers)
}

async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, WebError> {
    let mut request = Request::post("/").body(body.clone().into()).map_err(|_| WebError::UnreadableForm)?;
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let Form(form) = Form::<T>::from_request(request, &()).await.map_err(|_| WebError::UnreadableForm)?;
    Ok(form)
}

/// Whether a browser says that the request comes from our own pages; browsers that say nothing are held to the token alone.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        _ => true,
    }
}

/// Compared in the same time wherever they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && !b.is_empty() && a.bytes().zip(b.bytes()).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

/// What was typed, with the line ends that browsers send made plain.
pub(crate) fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// One mistake of a form, for the summary at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Id of the field, where the link leads.
    pub(crate) field: String,
    /// What is wrong and what to do.
    pub(crate) text: String,
}

impl Mistake {
    pub(crate) fn new(field: &str, text: impl Into<String>) -> Self {
        Self { field: field.to_owned(), text: text.into() }
    }
}

/// The mistake of a field, for the line beside it.
pub(crate) fn of_field<'a>(mistakes: &'a [Mistake], field: &str) -> Option<&'a str> {
    mistakes.iter().find(|m| m.field == field).map(|m| m.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (axum::http::HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        assert!(is_same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_same_origin(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")])));
        assert!(!is_same_origin(&headers(&[("origin", "https://evil.example"), ("host", "127.0.0.1:8080")])));
    }

    #[test]
    fn only_the_whole_token_is_the_token() {
        assert!(same("ab", "ab") && !same("ab", "abc") && !same("", "") && !same("ax", "ab"));
    }
}
