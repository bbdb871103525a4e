//! What surrounds every request: its id, its log line, safe headers, a limit of time and size, and a page for every failure.
//! Not for: single pages.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::errors::{self, WebError};
use crate::session::{self, Keep};
use crate::visitor::Visitor;
use crate::{AppState, fresh_operation};

const BODY_LIMIT: usize = 2 * 1024 * 1024;
/// A form with a file; its handler allows so much, all others stay at [`BODY_LIMIT`].
pub(crate) const FILE_LIMIT: usize = service::intake::MOST_BYTES + BODY_LIMIT;
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// A large file on a slow line.
const FILE_TIME_LIMIT: Duration = Duration::from_secs(600);

/// Pages take everything from our own address, run no inline script and wear no inline style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

tokio::task_local! {
    static OPERATION: String;
}

/// The id of the request being answered.
pub(crate) fn current_operation() -> Option<String> {
    OPERATION.try_with(Clone::clone).ok()
}

/// Puts the layers around the routes; the last one added is the first one reached.
pub(crate) fn around(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(FILE_LIMIT))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(limit_time))
        .layer(from_fn_with_state(state.clone(), meet))
        // Static files come compressed; this is for pages, which people open on slow networks.
        .layer(CompressionLayer::new())
        .layer(from_fn(safe_headers))
        .layer(from_fn_with_state(state.clone(), identify))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer asks for this signature")]
fn panicked(payload: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let said = payload.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| payload.downcast_ref::<String>().cloned());
    WebError::Internal(format!("a handler panicked: {}", said.unwrap_or_default()).into()).into_response()
}

async fn limit_time(request: Request, next: Next) -> Response {
    let has_file = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    // The register of a whole province is a file of millions of cells.
    let is_register = request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str().ends_with("/so-dang-ky"));
    let limit = if has_file || is_register { FILE_TIME_LIMIT } else { TIME_LIMIT };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => WebError::TooSlow.into_response(),
    }
}

/// Gives the request its id and its line in the log: route, status, time; never an address that a person typed.
async fn identify(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let operation = fresh_operation(&state);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "unknown".to_owned(), |p| p.as_str().to_owned());
    let started = tokio::time::Instant::now();
    let mut response = OPERATION.scope(operation.clone(), next.run(request)).await;
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(operation, %method, route, status = response.status().as_u16(), duration_ms, "answered");
    if let Ok(value) = HeaderValue::from_str(&operation) {
        response.headers_mut().insert(HeaderName::from_static("x-operation-id"), value);
    }
    response
}

async fn safe_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(self), microphone=()"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // Pages hold people's data: no cache may keep one, also not the history of a shared computer.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Finds out who asks, and turns every failure into a page in their language.
async fn meet(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api") {
        return errors::as_problem(next.run(request).await, &current_operation().unwrap_or_default());
    }
    if path == "/scim" || path.starts_with("/scim/") {
        return crate::scim::as_scim(next.run(request).await);
    }
    if path.starts_with("/static/") || path == "/healthz" {
        return next.run(request).await;
    }
    let found = Visitor::find(&state, request.headers(), request.uri()).await;
    let (mut visitor, failure) = match found {
        Ok(visitor) => (visitor, None),
        Err(error) => (Visitor::unknown(&state, request.headers(), request.uri()), Some(error)),
    };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read && let Some(route) = request.extensions().get::<MatchedPath>() {
        // Whoever switches the language after a refusal is led to a page, not to the address of a form.
        visitor.place = crate::routes::page_of_form(route.as_str(), request.uri().path());
    }
    let visitor = Arc::new(visitor);
    request.extensions_mut().insert(Arc::clone(&visitor));
    let response = match failure {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    let mut response = errors::as_page(response, &visitor, is_read);
    if visitor.csrf_is_new && visitor.person.is_none() && response.status() != StatusCode::NOT_MODIFIED {
        let cookie = session::set_cookie(&state, session::FORMS, &visitor.csrf, Keep::Session);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use domain::time::Instant;
    use tower::ServiceExt;

    async fn answer(path: &str) -> (StatusCode, String, String) {
        let fresh = testkit::databases::sqlite().await;
        let state = AppState {
            services: Arc::new(service::Services::new(fresh.db.clone())),
            clock: Arc::new(|| Instant(1_795_320_000_000)),
            demo: true,
            province: "Tỉnh thử".to_owned(),
            secure_cookies: false,
        };
        async fn breaks() -> &'static str {
            panic!("the secret of the handler")
        }
        let routes = Router::new().route("/api/v1/breaks", get(breaks)).route("/breaks", get(breaks));
        let app = around(routes, &state).with_state(state);
        let answer = app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, kind, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_handler_that_breaks_still_answers_in_the_language_of_its_asker_and_tells_nothing_of_its_inside() {
        for (path, kind, has) in
            [("/api/v1/breaks", "application/problem+json", r#""code":"internal""#), ("/breaks", "text/html; charset=utf-8", "<h1")]
        {
            let (status, found, body) = answer(path).await;
            assert_eq!((status, found.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, kind));
            assert!(body.contains(has) && !body.contains("secret"), "{body}");
        }
    }
}
