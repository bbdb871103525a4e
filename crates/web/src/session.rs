//! The cookies of a browser: the session, the token of forms before signing in, the language, the theme.
//! Not for: sessions themselves (`service::sessions`).

use axum::http::{HeaderMap, HeaderValue, header};

use crate::AppState;

/// Name of the session cookie.
pub(crate) const SESSION: &str = "kv_session";
/// Name of the cookie that forms repeat before anyone is signed in.
pub(crate) const FORMS: &str = "kv_csrf";
/// Name of the language cookie.
pub(crate) const LANG: &str = "lang";
/// Name of the theme cookie.
pub(crate) const THEME: &str = "theme";

const YEAR_S: u32 = 365 * 24 * 60 * 60;

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Until the browser closes.
    Session,
    /// A year.
    Year,
    /// It is taken away.
    Gone,
}

/// The token of the session cookie.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    cookie(headers, SESSION).map(str::to_owned)
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, value)| *n == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// A `Set-Cookie` value; every cookie is closed to scripts, stays on this site and belongs to the whole of it.
pub(crate) fn set_cookie(state: &AppState, name: &str, value: &str, keep: Keep) -> HeaderValue {
    let secure = if state.secure_cookies { "; Secure" } else { "" };
    let age = match keep {
        Keep::Session => String::new(),
        Keep::Year => format!("; Max-Age={YEAR_S}"),
        Keep::Gone => "; Max-Age=0".to_owned(),
    };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("xkv_session=1; kv_session=abc; lang="));
        assert_eq!(token(&headers).as_deref(), Some("abc"));
        assert_eq!(cookie(&headers, LANG), None);
    }
}
