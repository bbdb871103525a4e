//! What SCIM answers: resources, lists and errors as `application/scim+json`.
//! Not for: what they say. Details are for administrators of directories and stay English.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scim::{Fault, message};
use serde_json::Value;
use service::ActError;
use service::directory::DirectoryRefusal;

use super::caller::Caller;
use crate::errors::{WebError, chain, pending};

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) enum ScimError {
    /// No live token of a directory.
    NotSignedIn,
    /// What was sent cannot be taken.
    Fault(Fault),
    /// The body is of another type.
    WrongMediaType,
    /// More was sent than is taken.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// There is no such thing.
    NotFound,
    /// The address takes no such method.
    WrongMethod,
    /// Known to SCIM, not done here.
    NotDone,
    /// The owner of the token may no longer serve a directory.
    Forbidden,
    /// A rule refuses.
    Refused(DirectoryRefusal),
    /// Changed meanwhile.
    Stale,
    /// A surprise.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<Fault> for ScimError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ActError<DirectoryRefusal>> for ScimError {
    fn from(error: ActError<DirectoryRefusal>) -> Self {
        match error {
            ActError::Refused(DirectoryRefusal::Fault(fault)) => Self::Fault(fault),
            ActError::Refused(refusal) => Self::Refused(refusal),
            ActError::Forbidden(_) => Self::Forbidden,
            ActError::NotFound => Self::NotFound,
            ActError::Stale => Self::Stale,
            ActError::Internal(inner) => Self::Internal(Box::new(inner)),
        }
    }
}

impl From<ActError> for ScimError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(never) => match never {},
            ActError::Forbidden(_) => Self::Forbidden,
            ActError::NotFound => Self::NotFound,
            ActError::Stale => Self::Stale,
            ActError::Internal(inner) => Self::Internal(Box::new(inner)),
        }
    }
}

impl ScimError {
    fn words(&self) -> (StatusCode, Option<&'static str>, String) {
        let plain = |status: StatusCode, detail: &str| (status, None, detail.to_owned());
        match self {
            Self::NotSignedIn => {
                plain(StatusCode::UNAUTHORIZED, "Send `Authorization: Bearer kv_…` with a live token of the kind directory")
            }
            Self::Fault(fault) => (StatusCode::BAD_REQUEST, Some(fault.scim_type()), fault.to_string()),
            Self::WrongMediaType => plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Bodies are application/scim+json"),
            Self::TooLarge => plain(StatusCode::PAYLOAD_TOO_LARGE, "More was sent than is taken"),
            Self::TooSlow => plain(StatusCode::GATEWAY_TIMEOUT, "It took too long; ask for less"),
            Self::NotFound => plain(StatusCode::NOT_FOUND, "There is no such resource"),
            Self::WrongMethod => plain(StatusCode::METHOD_NOT_ALLOWED, "The address takes no such method"),
            Self::NotDone => plain(StatusCode::NOT_IMPLEMENTED, "This server does not do that; /ServiceProviderConfig tells what it does"),
            Self::Forbidden => plain(StatusCode::FORBIDDEN, "The owner of the token may not serve a directory"),
            Self::Refused(refusal) => refused(refusal),
            Self::Stale => plain(StatusCode::CONFLICT, "It changed in the meantime; ask again"),
            Self::Internal(_) => {
                plain(StatusCode::INTERNAL_SERVER_ERROR, "The failure is in the server's log under the id in x-operation-id")
            }
        }
    }
}

fn refused(refusal: &DirectoryRefusal) -> (StatusCode, Option<&'static str>, String) {
    let (status, kind, detail) = match refusal {
        DirectoryRefusal::Fault(fault) => return (StatusCode::BAD_REQUEST, Some(fault.scim_type()), fault.to_string()),
        DirectoryRefusal::BadLogin => (
            StatusCode::BAD_REQUEST,
            Some("invalidValue"),
            "`userName` has 3 to 64 letters a-z, digits and . - _ @, and begins with a letter or digit",
        ),
        DirectoryRefusal::LoginTaken => (StatusCode::CONFLICT, Some("uniqueness"), "Another account has this userName"),
        DirectoryRefusal::NameTaken => (StatusCode::CONFLICT, Some("uniqueness"), "Another group has this displayName"),
        DirectoryRefusal::NoSuchMember(id) => {
            let detail = format!("`members`: there is no account `{}`", id.chars().take(80).collect::<String>());
            return (StatusCode::BAD_REQUEST, Some("invalidValue"), detail);
        }
        DirectoryRefusal::Unmatched => (StatusCode::PRECONDITION_FAILED, None, "It is in another version than If-Match says"),
        DirectoryRefusal::Administrator => {
            (StatusCode::FORBIDDEN, None, "administrator: the account administers Khuê Văn by hand, so no directory changes it")
        }
        DirectoryRefusal::Own => {
            (StatusCode::FORBIDDEN, None, "own_account: the account owns the token that asks, so the token does not change it")
        }
        DirectoryRefusal::LockedByHand => {
            (StatusCode::FORBIDDEN, None, "locked_by_hand: an administrator of Khuê Văn locked the account; only an administrator opens it")
        }
    };
    (status, kind, detail.to_owned())
}

impl IntoResponse for ScimError {
    fn into_response(self) -> Response {
        let (status, kind, detail) = self.words();
        if let Self::Internal(error) = &self {
            let operation = crate::layers::current_operation().unwrap_or_default();
            tracing::error!(operation, error = %chain(error.as_ref()), "a SCIM request failed");
        }
        let mut response = json(status, &message::error(status.as_u16(), kind, &detail));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A JSON answer.
pub(super) fn json(status: StatusCode, body: &Value) -> Response {
    let kind = HeaderValue::from_static("application/scim+json");
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}

/// A resource with its version, and with its address when it is new.
pub(super) fn resource(status: StatusCode, body: &Value, version: Option<&str>) -> Response {
    let location = body.pointer("/meta/location").and_then(Value::as_str).and_then(|place| HeaderValue::from_str(place).ok());
    let mut response = json(status, body);
    if let Some(version) = version.and_then(|version| HeaderValue::from_str(&format!("W/\"{version}\"")).ok()) {
        response.headers_mut().insert(header::ETAG, version);
    }
    if let Some(location) = location {
        let name = if status == StatusCode::CREATED { header::LOCATION } else { header::CONTENT_LOCATION };
        response.headers_mut().insert(name, location);
    }
    response
}

/// Known to SCIM, not done here.
pub(super) async fn not_done(_: Caller) -> ScimError {
    ScimError::NotDone
}

/// No such address.
pub(super) async fn nothing() -> ScimError {
    ScimError::NotFound
}

/// An address that takes other methods.
pub(super) async fn wrong_method() -> ScimError {
    ScimError::WrongMethod
}

/// The response of SCIM as it is, or the error of the failure around it: a panic, a time or a size that is too much.
pub(crate) fn as_scim(mut response: Response) -> Response {
    match pending(&mut response) {
        None => response,
        Some(WebError::TooLarge) => ScimError::TooLarge.into_response(),
        Some(WebError::TooSlow) => ScimError::TooSlow.into_response(),
        Some(WebError::Internal(inner)) => ScimError::Internal(inner).into_response(),
        Some(other) => ScimError::Internal(format!("a SCIM answer carried a page's error: {other:?}").into()).into_response(),
    }
}
