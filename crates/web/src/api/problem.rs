//! What the API answers when it does not answer: problem documents (RFC 9457) with a stable code and the id of the request.
//! Not for: pages; those have their own errors. Details are for programmers and stay English.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use service::ActError;
use service::exchange::ChangesRefusal;
use service::registry::ListRefusal;
use utoipa::ToSchema;

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Address that explains the code.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The code in words.
    #[schema(value_type = String)]
    pub(crate) title: &'static str,
    /// HTTP status.
    pub(crate) status: u16,
    /// What happened, for this request.
    pub(crate) detail: String,
    /// Stable code; the page of the interface lists them all.
    #[schema(value_type = String)]
    pub(crate) code: &'static str,
    /// Id of the request, as in the server's log.
    pub(crate) operation: String,
    /// The parameter or header at fault, for `bad_parameter`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) parameter: Option<String>,
    /// What is at fault in the body, for `refused`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) errors: Vec<ErrorBody>,
}

/// Something at fault in the body of a request, or worth a look in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Error)]
pub(crate) struct ErrorBody {
    /// Where: a JSON pointer into the body (RFC 6901); empty for the whole.
    pub(crate) pointer: String,
    /// Stable code of the rule.
    pub(crate) code: String,
    /// What is wrong and what to do, in the language of `Accept-Language`: `vi` (usual) or `en`.
    pub(crate) detail: String,
}

/// Why a request is not answered, before the request's id is known.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A parameter cannot be read: its name and what is wrong.
    BadParameter(String, String),
    /// No or a dead token or session.
    NotSignedIn,
    /// No role allows it.
    Forbidden(String),
    /// There is no such thing for the asker.
    NotFound,
    /// The asker accepts no JSON.
    NotAcceptable,
    /// The address takes no such method.
    MethodNotAllowed,
    /// The token only reads.
    ReadOnlyToken,
    /// The body is not what is taken: why.
    BadBody(String),
    /// The body is not JSON by its type.
    WrongMediaType,
    /// A write that needs a key came without one.
    KeyNeeded,
    /// The key was used for another request.
    KeyReused,
    /// The request of the key is being worked on.
    KeyRunning,
    /// The thing is in another state than was asked.
    Unmatched,
    /// Rules refuse what is told.
    Refused(Vec<ErrorBody>),
    /// The moment is of another life of the register, or units moved into what the asker may see or out of it.
    StartOver,
    /// Changed meanwhile.
    Stale,
    /// More was sent than is taken.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// A surprise; the log has it.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        Self::of(error, |never| match never {})
    }
}

/// Lists that need a purpose are asked for on their page.
impl From<ActError<ListRefusal>> for Fault {
    fn from(error: ActError<ListRefusal>) -> Self {
        Self::of(error, |_| Self::Forbidden("such a list needs a purpose; ask for it on its page".to_owned()))
    }
}

impl From<ActError<ChangesRefusal>> for Fault {
    fn from(error: ActError<ChangesRefusal>) -> Self {
        Self::of(error, |refusal| match refusal {
            ChangesRefusal::OtherLife | ChangesRefusal::UnitsMoved => Self::StartOver,
        })
    }
}

impl Fault {
    /// The fault of an act; `refused` tells what its refusal is.
    pub(super) fn of<R>(error: ActError<R>, refused: impl FnOnce(R) -> Self) -> Self {
        match error {
            ActError::Refused(refusal) => refused(refusal),
            ActError::Forbidden(forbidden) => Self::Forbidden(forbidden.to_string()),
            ActError::NotFound => Self::NotFound,
            ActError::Stale => Self::Stale,
            ActError::Internal(error) => Self::Internal(Box::new(error)),
        }
    }

    /// A parameter that cannot be read.
    pub(crate) fn parameter(name: &str, wrong: impl Into<String>) -> Self {
        Self::BadParameter(name.to_owned(), wrong.into())
    }

    const fn words(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadParameter(..) => (StatusCode::BAD_REQUEST, "bad_parameter", "A parameter cannot be read"),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not_signed_in", "A token or session is needed"),
            Self::ReadOnlyToken => (StatusCode::FORBIDDEN, "token_only_reads", "This token only reads"),
            Self::BadBody(_) => (StatusCode::BAD_REQUEST, "bad_body", "The body cannot be read"),
            Self::WrongMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_media_type", "Bodies are application/json"),
            Self::KeyNeeded => (StatusCode::BAD_REQUEST, "key_needed", "This request needs an Idempotency-Key"),
            Self::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key_reused", "The Idempotency-Key was used for another request"),
            Self::KeyRunning => (StatusCode::CONFLICT, "key_running", "The request of this Idempotency-Key is being worked on"),
            Self::Unmatched => (StatusCode::PRECONDITION_FAILED, "unmatched", "It is in another state than If-Match or If-None-Match says"),
            Self::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused", "Rules refuse what the body tells; nothing was written"),
            Self::StartOver => (StatusCode::GONE, "start_over", "Changes cannot be told from this moment on; read everything anew"),
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden", "No role of this account allows it"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "There is no such thing, or not for this account"),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not_acceptable", "Answers are application/json"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "The address takes no such method"),
            Self::Stale => (StatusCode::CONFLICT, "stale", "It changed in the meantime; ask again"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "More was sent than is taken"),
            Self::TooSlow => (StatusCode::GATEWAY_TIMEOUT, "too_slow", "It took too long; ask for less"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed"),
        }
    }

    /// Status, code and title of every problem, for the page of the interface.
    pub(crate) fn table() -> Vec<(u16, &'static str, &'static str)> {
        [
            Self::parameter("", ""),
            Self::NotSignedIn,
            Self::Forbidden(String::new()),
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::NotAcceptable,
            Self::ReadOnlyToken,
            Self::BadBody(String::new()),
            Self::WrongMediaType,
            Self::KeyNeeded,
            Self::KeyReused,
            Self::KeyRunning,
            Self::Unmatched,
            Self::Refused(Vec::new()),
            Self::StartOver,
            Self::Stale,
            Self::TooLarge,
            Self::TooSlow,
            Self::Internal(Box::new(std::fmt::Error)),
        ]
        .iter()
        .map(|fault| {
            let (status, code, title) = fault.words();
            (status.as_u16(), code, title)
        })
        .collect()
    }

    /// The document, noting surprises in the log once.
    pub(crate) fn problem(self, operation: &str) -> Problem {
        let (status, code, title) = self.words();
        let mut errors = Vec::new();
        let (parameter, detail) = match self {
            Self::BadParameter(name, wrong) => (Some(name.clone()), format!("`{name}`: {wrong}")),
            Self::Forbidden(detail) | Self::BadBody(detail) => (None, detail),
            Self::Refused(found) => {
                errors = found;
                (None, format!("{title}."))
            }
            Self::ReadOnlyToken => (None, "Make a token that also writes on the page of the account.".to_owned()),
            Self::Internal(error) => {
                tracing::error!(operation, error = %chain(error.as_ref()), "an API request failed");
                (None, "The failure is in the server's log under the operation's id.".to_owned())
            }
            Self::NotSignedIn => (None, "Send `Authorization: Bearer kv_…`, or sign in with a browser.".to_owned()),
            _ => (None, format!("{title}.")),
        };
        let operation = operation.to_owned();
        Problem { kind: format!("/api#{code}"), title, status: status.as_u16(), detail, code, operation, parameter, errors }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(next) = source {
        text.push_str(": ");
        text.push_str(&next.to_string());
        source = next.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_parameter_is_named() {
        let problem = Fault::parameter("as_of", "is not a day").problem("op-1");
        assert_eq!(
            serde_json::to_value(&problem).unwrap(),
            serde_json::json!({
                "type": "/api#bad_parameter", "title": "A parameter cannot be read", "status": 400,
                "detail": "`as_of`: is not a day", "code": "bad_parameter", "operation": "op-1", "parameter": "as_of",
            })
        );
    }

    #[test]
    fn a_surprise_tells_nothing_of_its_inside() {
        let problem = Fault::Internal("the password of the database".into()).problem("op-2");
        assert!(!serde_json::to_string(&problem).unwrap().contains("password"));
    }
}
