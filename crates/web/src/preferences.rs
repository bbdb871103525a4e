//! How a visitor wants to see the pages: language and theme, kept in cookies.
//! Not for: anything about the person's account.

use axum::extract::State;
use axum::http::header;
use axum::response::Response;
use serde::Deserialize;

use crate::AppState;
use crate::errors::WebError;
use crate::form::CsrfForm;
use crate::i18n::Lang;
use crate::session::{self, Keep};
use crate::shell;

domain::codes! {
    /// Light, dark, or as the device says.
    Theme { /// As the device says.
        Auto = "auto", /// Light.
        Light = "light", /// Dark.
        Dark = "dark" }
}

#[expect(clippy::derivable_impls, reason = "the macro derives the rest and knows no default")]
impl Default for Theme {
    fn default() -> Self {
        Self::Auto
    }
}

impl Theme {
    /// The theme that the button changes to.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::Auto,
        }
    }

    /// Picture of the theme.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "sun",
            Self::Dark => "moon",
        }
    }
}

/// The form of the two switches.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    lang: Option<String>,
    theme: Option<String>,
    back: Option<String>,
}

/// Keeps the wish and goes back to the page.
pub(crate) async fn set(State(state): State<AppState>, CsrfForm(wish): CsrfForm<Wish>) -> Result<Response, WebError> {
    let mut response = shell::see_other(shell::local(wish.back.as_deref()));
    let mut keep = |name: &str, value: &str| {
        response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&state, name, value, Keep::Year));
    };
    if let Some(lang) = wish.lang.as_deref().and_then(Lang::from_code) {
        keep(session::LANG, lang.code());
    }
    if let Some(theme) = wish.theme.as_deref().and_then(Theme::from_code) {
        keep(session::THEME, theme.code());
    }
    Ok(response)
}
