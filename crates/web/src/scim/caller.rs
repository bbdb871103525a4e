//! Who asks: the live token of a directory, and nothing else; and what is sent along.
//! Not for: deciding rights (`service::directory`). Sessions of browsers do not open this, so no other site can make one write.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawQuery, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use scim::message::{Asked, Question, names};
use serde_json::Value;
use service::directory::{Expected, MOST};
use service::{Ctx, sessions};

use super::answer::ScimError;
use crate::AppState;

/// A directory that may ask.
pub(crate) struct Caller {
    /// Whose token, when, and the id of the request.
    pub(super) ctx: Ctx,
    /// Where the resources are, as the directory reaches this server.
    pub(super) base: String,
    /// The question in the address.
    asked: Asked,
    headers: HeaderMap,
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ScimError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ScimError> {
        let mut ctx = state.ctx(None, crate::operation(state));
        let token = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = token.and_then(|value| value.split_once(' ')).ok_or(ScimError::NotSignedIn)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(ScimError::NotSignedIn);
        }
        let who = sessions::directory(&state.services, token.trim(), ctx.now, ctx.today).await?;
        ctx.who = Some(who.ok_or(ScimError::NotSignedIn)?);
        let RawQuery(query) = RawQuery::from_request_parts(parts, state).await.unwrap_or(RawQuery(None));
        let asked = asked(query.as_deref().unwrap_or_default())?;
        Ok(Self { ctx, base: base(state, &parts.headers), asked, headers: parts.headers.clone() })
    }
}

impl Caller {
    /// The question in the address.
    pub(super) fn question(&self) -> Result<Question, ScimError> {
        Ok(self.asked.question(MOST)?)
    }

    /// The state the thing must be in.
    pub(super) fn expected(&self) -> Expected {
        versions(&self.headers, header::IF_MATCH.as_str()).map_or(Expected::Any, Expected::Versions)
    }

    /// The directory knows this version already.
    pub(super) fn knows(&self, version: &str) -> bool {
        versions(&self.headers, header::IF_NONE_MATCH.as_str()).is_some_and(|known| known.iter().any(|known| known == version))
    }
}

/// Versions in a header, without their marks; nothing when the header is missing or takes any.
fn versions(headers: &HeaderMap, name: &str) -> Option<Vec<String>> {
    let text = headers.get(name)?.to_str().unwrap_or_default().trim().to_owned();
    if text == "*" {
        return None;
    }
    let version = |text: &str| text.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    Some(text.split(',').map(version).collect())
}

fn base(state: &AppState, headers: &HeaderMap) -> String {
    let fits = |host: &&str| !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(fits);
    let scheme = if state.secure_cookies { "https" } else { "http" };
    host.map_or_else(|| "/scim/v2".to_owned(), |host| format!("{scheme}://{host}/scim/v2"))
}

fn asked(query: &str) -> Result<Asked, ScimError> {
    let pairs: Vec<(String, String)> = serde_urlencoded(query);
    let mut asked = Asked::default();
    for (name, value) in pairs {
        match name.to_ascii_lowercase().as_str() {
            "filter" => asked.filter = Some(value),
            "attributes" => asked.attributes.extend(names(&value)),
            "excludedattributes" => asked.excluded.extend(names(&value)),
            "startindex" => asked.start = Some(value),
            "count" => asked.count = Some(value),
            "sortby" => asked.sort = Some(value),
            _ => {}
        }
    }
    Ok(asked)
}

fn serde_urlencoded(query: &str) -> Vec<(String, String)> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&format!("/?{query}").parse().unwrap_or_default())
        .map(|axum::extract::Query(pairs)| pairs)
        .unwrap_or_default()
}

/// A JSON body, of at most what the layer around allows.
pub(super) struct Sent(pub(super) Value);

impl FromRequest<AppState> for Sent {
    type Rejection = ScimError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ScimError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !matches!(kind.as_str(), "application/scim+json" | "application/json") {
            return Err(ScimError::WrongMediaType);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|refusal| match refusal.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => ScimError::TooLarge,
            _ => ScimError::Fault(scim::Fault::Syntax("the body broke off".to_owned())),
        })?;
        let body = serde_json::from_slice(&bytes).map_err(|error| scim::Fault::Syntax(format!("the body is not JSON: {error}")))?;
        Ok(Self(body))
    }
}
