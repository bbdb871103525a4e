//! `/verify`: what anybody with the code of a certificate is shown, without signing in, for people and for programs; the keys, the list of
//! revoked ones, the credential for foreign programs.
//! Not for: anything else of a person. No act that takes an asker is called here: there "nobody" means the system itself.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::certificates::CertificateState;
use domain::certificates::code::Code;
use domain::time::iso;
use serde_json::json;
use service::certificates::{self, CertificateLine, Found, badge, seal};
use service::{ActError, Ctx};

use super::chip;
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::{Anyone, Visitor};
use crate::words::word;

#[derive(Template)]
#[template(path = "certificates/verify.html")]
struct VerifyPage {
    shell: Shell,
    typed: String,
    /// Why there is nothing to show.
    trouble: Option<String>,
    paper: Option<Paper>,
}

struct Paper {
    state: (&'static str, String),
    look: &'static str,
    sentence: String,
    facts: Vec<(String, String)>,
    /// The paper in its place: address and words.
    next: Option<(String, String)>,
    seal: String,
    /// Whether the seal fits, in words.
    sealed: (&'static str, String),
    badge: String,
}

/// The system itself, for the keys and the list, which are the same for everybody.
fn system(visitor: &Visitor) -> Ctx {
    Ctx { operation: visitor.operation.clone(), ..Ctx::system(visitor.now, visitor.today) }
}

/// Neither search machines nor archives keep what a code shows.
fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));
    response
}

/// The form, and the way to what was typed.
pub(crate) async fn form(Anyone(visitor): Anyone, asked: Asked) -> Result<Response, WebError> {
    if let Some(typed) = asked.text("ma") {
        let code = Code::parse(typed).map_or_else(|| typed.to_owned(), |code| code.as_str().to_owned());
        return Ok(shell::see_other(&format!("/verify/{}", escaped(&code))));
    }
    let shell = Shell::new(&visitor, &visitor.lang.t("verify-title"));
    Ok(unlisted(shell::page(&VerifyPage { shell, typed: String::new(), trouble: None, paper: None })?))
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accepts.contains("json") && !accepts.contains("text/html")
}

/// What a code shows.
pub(crate) async fn show(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    headers: HeaderMap,
    Path(typed): Path<String>,
) -> Result<Response, WebError> {
    let (found, keys) = (certificates::shown(&state.services, &typed).await?, certificates::public_keys(&state.services).await?);
    if wants_json(&headers) {
        return Ok(unlisted(as_json(&found, &keys)));
    }
    let lang = visitor.lang;
    let (status, trouble, paper) = match &found {
        Found::Paper(line) => (StatusCode::OK, None, Some(told(lang, line, &keys))),
        Found::Unknown => (StatusCode::NOT_FOUND, Some(lang.t("verify-unknown")), None),
        Found::Mistyped => (StatusCode::NOT_FOUND, Some(lang.t("verify-mistyped")), None),
    };
    let title = lang.t("verify-title");
    let typed = typed.chars().take(60).collect();
    Ok(unlisted(shell::page_with(status, &VerifyPage { shell: Shell::new(&visitor, &title), typed, trouble, paper })?))
}

fn told(lang: Lang, line: &CertificateLine, keys: &[seal::PublicKey]) -> Paper {
    let printed = &line.printed;
    let fits = seal::check(&line.seal, keys).is_ok();
    let look = match line.state {
        CertificateState::Valid => "is-done",
        CertificateState::Replaced => "is-warn",
        CertificateState::Revoked => "is-bad",
    };
    let ended = [("day", line.ended_on.map(|day| lang.date(day)).unwrap_or_default().into())];
    let facts = [
        ("verify-name", printed.name.clone()),
        ("certificate-course", printed.course.clone()),
        ("class-days", crate::classes::days(lang, printed.days)),
        ("certificate-kind", word(lang, "certificate-kind", line.kind.code())),
        ("certificate-symbol", line.symbol.clone()),
        ("certificate-field-issuer", printed.issuer.clone()),
        ("certificate-field-issued-on", lang.date(printed.issued_on)),
    ];
    Paper {
        state: chip(lang, line.state),
        look,
        sentence: lang.with(&format!("verify-{}", line.state.code()), &ended),
        facts: facts.into_iter().map(|(key, text)| (lang.t(key), text)).collect(),
        next: line
            .replaced_by
            .as_ref()
            .map(|(_, code, symbol)| (format!("/verify/{code}"), lang.with("verify-next", &[("symbol", symbol.clone().into())]))),
        seal: line.seal.clone(),
        sealed: if fits { ("done", lang.t("verify-sealed")) } else { ("missed", lang.t("verify-not-sealed")) },
        badge: format!("/verify/{}/badge", line.code),
    }
}

fn as_json(found: &Found, keys: &[seal::PublicKey]) -> Response {
    let (status, body) = match found {
        Found::Paper(line) => {
            let printed = &line.printed;
            let body = json!({
                "state": line.state.code(),
                "kind": line.kind.code(),
                "number": line.symbol,
                "name": printed.name,
                "course": printed.course,
                "from": iso(printed.days.0),
                "to": iso(printed.days.1),
                "issuer": printed.issuer,
                "issued_on": iso(printed.issued_on),
                "ended_on": line.ended_on.map(iso),
                "replaced_by": line.replaced_by.as_ref().map(|(_, code, _)| code),
                "seal": line.seal,
                "seal_fits": seal::check(&line.seal, keys).is_ok(),
            });
            (StatusCode::OK, body)
        }
        Found::Unknown => (StatusCode::NOT_FOUND, json!({ "state": "unknown" })),
        Found::Mistyped => (StatusCode::NOT_FOUND, json!({ "state": "mistyped" })),
    };
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body.to_string()).into_response()
}

fn typed(kind: &'static str, body: String) -> Response {
    unlisted(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response())
}

const JWT: &str = "application/jwt";
const CREDENTIAL: &str = "application/vc+jwt";
const JSON: &str = "application/json";

async fn credential(state: &AppState, visitor: &Visitor, code: &str) -> Result<badge::Token, WebError> {
    match certificates::shown(&state.services, code).await? {
        Found::Paper(line) => Ok(badge::badge(&state.services, &system(visitor), &line).await?),
        Found::Unknown | Found::Mistyped => Err(WebError::NotFound),
    }
}

/// The Open Badge of a paper.
pub(crate) async fn badge_jwt(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    Ok(typed(CREDENTIAL, credential(&state, &visitor, &code).await?.jwt))
}

/// The same in the envelope of the W3C.
pub(crate) async fn badge_json(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    Ok(typed("application/vc", credential(&state, &visitor, &code).await?.json))
}

async fn list(state: &AppState, visitor: &Visitor, asked: &Asked) -> Result<badge::Token, ActError> {
    let number = asked.text("list").and_then(|number| number.parse().ok()).unwrap_or(0);
    badge::revoked(&state.services, &system(visitor), number).await
}

/// The list of papers that are not valid any more.
pub(crate) async fn revoked_jwt(State(state): State<AppState>, Anyone(visitor): Anyone, asked: Asked) -> Result<Response, WebError> {
    Ok(typed(JWT, list(&state, &visitor, &asked).await?.jwt))
}

/// The same in the envelope of the W3C.
pub(crate) async fn revoked_json(State(state): State<AppState>, Anyone(visitor): Anyone, asked: Asked) -> Result<Response, WebError> {
    Ok(typed("application/vc", list(&state, &visitor, &asked).await?.json))
}

/// Every public key.
pub(crate) async fn keys(State(state): State<AppState>) -> Result<Response, WebError> {
    Ok(typed("application/jwk-set+json", badge::key_set(&state.services).await?))
}

/// The issuer among foreign programs.
pub(crate) async fn did(State(state): State<AppState>) -> Result<Response, WebError> {
    Ok(typed(JSON, badge::did_document(&state.services).await?))
}
