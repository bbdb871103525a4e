//! How a page ends when it cannot be shown: one error, one place that renders it.
//! Not for: the API (`api::problem`); mistakes of a form, which show the form again.

use std::error::Error;
use std::sync::{Arc, Mutex};

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::roles::Forbidden;
use service::ActError;

use crate::api::problem::Fault;
use crate::asked::address;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::Visitor;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum WebError {
    /// Nobody is signed in; signing in leads back.
    NotSignedIn,
    /// No role of the person allows it.
    Forbidden(Forbidden),
    /// There is no such thing, or not for this person.
    NotFound,
    /// The address takes no such method.
    WrongMethod,
    /// Someone else changed it first.
    Stale,
    /// A form that is not from our page, or from one that has grown old.
    ForeignForm,
    /// A form that cannot be read.
    UnreadableForm,
    /// More was sent than is taken.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// A surprise; the log has it.
    Internal(Box<dyn Error + Send + Sync>),
}

impl From<ActError> for WebError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(never) => match never {},
            ActError::Forbidden(forbidden) => Self::Forbidden(forbidden),
            ActError::NotFound => Self::NotFound,
            ActError::Stale => Self::Stale,
            ActError::Internal(inner) => Self::Internal(Box::new(inner)),
        }
    }
}

impl From<Forbidden> for WebError {
    fn from(forbidden: Forbidden) -> Self {
        Self::Forbidden(forbidden)
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// Keeps a refusal as a value and makes everything else an error of the page.
///
/// # Errors
/// [`WebError`] for all but refusals.
pub(crate) fn refused<T, R>(result: Result<T, ActError<R>>) -> Result<Result<T, R>, WebError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(ActError::Refused(refusal)) => Ok(Err(refusal)),
        Err(ActError::Forbidden(forbidden)) => Err(WebError::Forbidden(forbidden)),
        Err(ActError::NotFound) => Err(WebError::NotFound),
        Err(ActError::Stale) => Err(WebError::Stale),
        Err(ActError::Internal(inner)) => Err(WebError::Internal(Box::new(inner))),
    }
}

/// An error that still lacks the visitor whose language it will speak.
#[derive(Clone)]
struct Pending(Arc<Mutex<Option<WebError>>>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Pending(Arc::new(Mutex::new(Some(self)))));
        response
    }
}

/// What a response still has to say.
pub(crate) fn pending(response: &mut Response) -> Option<WebError> {
    let pending = response.extensions_mut().remove::<Pending>().and_then(|p| p.0.lock().ok()?.take());
    // Layers below answer in plain text.
    pending.or_else(|| (response.status() == StatusCode::PAYLOAD_TOO_LARGE).then_some(WebError::TooLarge))
}

/// The response of the API as it is, or the problem of the failure around it: a panic, a time or a size that is too much.
pub(crate) fn as_problem(mut response: Response, operation: &str) -> Response {
    let fault = match pending(&mut response) {
        None => return response,
        Some(WebError::TooLarge) => Fault::TooLarge,
        Some(WebError::TooSlow) => Fault::TooSlow,
        Some(WebError::Internal(inner)) => Fault::Internal(inner),
        Some(other) => Fault::Internal(format!("an API answer carried a page's error: {other:?}").into()),
    };
    fault.problem(operation).into_response()
}

/// The response as it is, or the page of the error it carries.
pub(crate) fn as_page(mut response: Response, visitor: &Visitor, is_read: bool) -> Response {
    match pending(&mut response) {
        None => response,
        Some(WebError::NotSignedIn) => to_login(visitor, is_read),
        Some(error) => page(&error, visitor),
    }
}

fn to_login(visitor: &Visitor, is_read: bool) -> Response {
    let back = if is_read && visitor.place != "/" { Some(visitor.place.as_str()) } else { None };
    shell::see_other(&address("/dang-nhap", &[("next", back)]))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    heading: String,
    what: String,
    next: String,
    /// Roles the person holds, for refusals of rights.
    roles: Vec<String>,
    act: Option<String>,
    /// Roles that may.
    allowed: Vec<String>,
    operation: Option<String>,
    code: u16,
}

impl WebError {
    const fn words(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not-signed-in"),
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
            Self::Stale => (StatusCode::CONFLICT, "stale"),
            Self::ForeignForm => (StatusCode::FORBIDDEN, "foreign-form"),
            Self::UnreadableForm => (StatusCode::BAD_REQUEST, "unreadable-form"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::TooSlow => (StatusCode::GATEWAY_TIMEOUT, "too-slow"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

fn page(error: &WebError, visitor: &Visitor) -> Response {
    let (status, key) = error.words();
    let lang = visitor.lang;
    let heading = lang.t(&format!("error-{key}"));
    let (roles, act, allowed) = rights(error, visitor);
    let is_surprise = status.is_server_error();
    if let WebError::Internal(inner) = error {
        tracing::error!(operation = visitor.operation, error = %chain(inner.as_ref()), "a page failed");
    }
    let page = ErrorPage {
        shell: Shell::new(visitor, &heading),
        what: lang.t(&format!("error-{key}-what")),
        next: lang.t(&format!("error-{key}-next")),
        heading,
        roles,
        act,
        allowed,
        operation: is_surprise.then(|| visitor.operation.clone()),
        code: status.as_u16(),
    };
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response(),
        Err(_) => status.into_response(),
    }
}

fn rights(error: &WebError, visitor: &Visitor) -> (Vec<String>, Option<String>, Vec<String>) {
    let (WebError::Forbidden(forbidden), Some(person)) = (error, &visitor.person) else { return Default::default() };
    let name = |lang: Lang, role: domain::roles::Role| lang.code_text("role", role.code());
    let lang = visitor.lang;
    let held = person.who.grants.iter().map(|grant| name(lang, grant.role)).collect();
    let allowed =
        domain::roles::Role::ALL.iter().filter(|role| domain::roles::may(**role, forbidden.act)).map(|role| name(lang, *role)).collect();
    (held, Some(lang.code_text("act", forbidden.act.code())), allowed)
}

/// The error with everything behind it, for the log.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(next) = source {
        text.push_str(": ");
        text.push_str(&next.to_string());
        source = next.source();
    }
    text
}
