//! Who calls the API, and the id under which the call is logged: a bearer token, or the session of a browser.
//! Not for: deciding rights (`domain::roles`); an anonymous call never reaches an act, because there "nobody" means the system itself.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::roles::Who;
use service::{Ctx, sessions};

use super::asked::Asked;
use super::problem::Fault;
use crate::AppState;

/// A caller that may ask, with what it asks.
pub(crate) struct Caller {
    /// Who, when, and the id of the request.
    pub(crate) ctx: Ctx,
    /// The query.
    pub(crate) asked: Asked,
}

/// Id of the request, made once by [`answer`].
#[derive(Debug, Clone)]
pub(super) struct Operation(pub(super) String);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        if !accepts_json(&parts.headers) {
            return Err(Fault::NotAcceptable);
        }
        let operation = parts.extensions.get::<Operation>().map(|o| o.0.clone()).unwrap_or_default();
        let mut ctx = state.ctx(None, operation);
        ctx.who = Some(who(state, &ctx, &parts.headers).await?.ok_or(Fault::NotSignedIn)?);
        Ok(Self { ctx, asked: Asked::of(parts).await? })
    }
}

async fn who(state: &AppState, ctx: &Ctx, headers: &HeaderMap) -> Result<Option<Who>, Fault> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let Some(token) = value.to_str().ok().and_then(|v| v.strip_prefix("Bearer ")) else { return Ok(None) };
        return Ok(sessions::bearer(&state.services, token.trim(), ctx.now, ctx.today).await?);
    }
    let Some(token) = crate::session::token(headers) else { return Ok(None) };
    Ok(sessions::session(&state.services, &token, ctx.now, ctx.today).await?.map(|s| s.who.clone()))
}

pub(super) fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accept) = headers.get(header::ACCEPT) else { return true };
    let Ok(accept) = accept.to_str() else { return false };
    let kinds = accept.split(',').map(|part| part.split(';').next().unwrap_or_default().trim());
    kinds.into_iter().any(|kind| matches!(kind, "" | "*/*" | "application/*" | "application/json" | "application/problem+json"))
}

/// A fault that still lacks the id of its request.
#[derive(Clone)]
struct Pending(Arc<std::sync::Mutex<Option<Fault>>>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(Pending(Arc::new(std::sync::Mutex::new(Some(self)))));
        response
    }
}

/// Around every API route: gives the request its id, turns faults into problem documents, and keeps answers out of shared caches.
pub(crate) async fn answer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let operation = crate::operation(&state);
    request.extensions_mut().insert(Operation(operation.clone()));
    let mut response = next.run(request).await;
    let fault = response.extensions_mut().remove::<Pending>().and_then(|p| p.0.lock().ok()?.take());
    if let Some(fault) = fault {
        response = fault.problem(&operation).into_response();
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_callers_that_take_json_are_answered() {
        let accept = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(text));
            accepts_json(&headers)
        };
        assert!(accepts_json(&HeaderMap::new()));
        assert!(accept("text/html, application/xml;q=0.9, */*;q=0.8") && accept("application/json"));
        assert!(!accept("text/csv") && !accept("text/html;q=1, image/png"));
    }
}
