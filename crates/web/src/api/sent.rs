//! A request that writes: from a token that may, with a JSON body, the state it expects, and the key under which its answer is kept.
//! Not for: what is written. A browser's session does not write here, so no other site can make it write.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::UserId;
use serde_json::{Map, Value};
use service::exchange::{self, Answer, Claim, Matching, Receipt, Standing};
use service::{Ctx, sessions};

use super::asked::Asked;
use super::caller::{Operation, accepts_json};
use super::problem::Fault;
use crate::AppState;
use crate::i18n::Lang;

/// Largest body in bytes.
pub(crate) const MOST_BYTES: usize = 5 << 20;
/// Most letters of a key.
const MOST_KEY: usize = 255;
const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A request that writes.
pub(crate) struct Sent {
    /// Who, when, and the id of the request.
    pub(crate) ctx: Ctx,
    /// The query.
    pub(crate) asked: Asked,
    /// The language of what is told.
    pub(crate) lang: Lang,
    /// The body.
    pub(crate) body: Map<String, Value>,
    /// In which state the thing must be.
    pub(crate) matching: Matching,
    /// The reason, which every write has.
    pub(crate) reason: String,
    user: UserId,
    key: Option<String>,
    fingerprint: String,
}

impl FromRequest<AppState> for Sent {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        if !accepts_json(&parts.headers) {
            return Err(Fault::NotAcceptable);
        }
        let operation = parts.extensions.get::<Operation>().map(|o| o.0.clone()).unwrap_or_default();
        let mut ctx = state.ctx(None, operation);
        let bearer = writer(state, &ctx, &parts.headers).await?;
        let asked = Asked::of(&mut parts).await?;
        if !is_json(&parts.headers) {
            return Err(Fault::WrongMediaType);
        }
        let (key, matching) = (key(&parts.headers)?, matching(&parts.headers)?);
        let lang = language(&parts.headers);
        let told = format!("{} {}\n", parts.method, parts.uri.path_and_query().map_or("/", |place| place.as_str()));
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await.map_err(|refusal| {
            match refusal.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
                _ => Fault::BadBody("The body broke off.".to_owned()),
            }
        })?;
        let fingerprint = sessions::digest_of(&[told.as_bytes(), &bytes]);
        let mut body = object(&bytes)?;
        let reason = match body.remove("reason") {
            Some(Value::String(reason)) => reason,
            _ => String::new(),
        };
        let user = bearer.who.user;
        ctx.who = Some(bearer.who);
        Ok(Self { ctx, asked, lang, body, matching, reason, user, key, fingerprint })
    }
}

async fn writer(state: &AppState, ctx: &Ctx, headers: &HeaderMap) -> Result<sessions::Bearer, Fault> {
    let value = headers.get(header::AUTHORIZATION).ok_or(Fault::NotSignedIn)?;
    let token = value.to_str().ok().and_then(|v| v.strip_prefix("Bearer ")).ok_or(Fault::NotSignedIn)?;
    let bearer = sessions::bearer_with_rights(&state.services, token.trim(), ctx.now, ctx.today).await?;
    let bearer = bearer.ok_or(Fault::NotSignedIn)?;
    if bearer.rights == sessions::TokenRights::Write { Ok(bearer) } else { Err(Fault::ReadOnlyToken) }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Fault::BadBody("The body must be a JSON object.".to_owned())),
        Err(error) => Err(Fault::BadBody(format!("The body is not JSON: {error}."))),
    }
}

/// A key as it is sent, with or without the quotes that the draft of the header asks for.
fn key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let is_key = !key.is_empty() && key.len() <= MOST_KEY && key.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    let wrong =
        || Fault::parameter("Idempotency-Key", format!("must be 1 to {MOST_KEY} letters and signs without blanks, a UUID for example"));
    is_key.then(|| Some(key.to_owned())).ok_or_else(wrong)
}

fn matching(headers: &HeaderMap) -> Result<Matching, Fault> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
    match (text(header::IF_MATCH), text(header::IF_NONE_MATCH)) {
        (None, None) => Ok(Matching::Always),
        (Some("*"), None) => Ok(Matching::Known),
        (None, Some("*")) => Ok(Matching::New),
        (Some(tags), None) => {
            let each = tags.split(',').map(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned));
            each.collect::<Option<Vec<_>>>().map(Matching::Tags).ok_or_else(|| Fault::parameter("If-Match", "is no list of strong ETags"))
        }
        (_, Some(_)) => Err(Fault::parameter("If-None-Match", "takes only `*` here, without If-Match")),
    }
}

/// Vietnamese, unless English is wanted more.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let weight = |code: &str| {
        let of = |part: &str| {
            let (name, rest) = part.split_once(';').unwrap_or((part, "q=1"));
            let is_its = name.trim().get(..2).is_some_and(|name| name.eq_ignore_ascii_case(code));
            is_its.then(|| rest.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).unwrap_or(0.0))
        };
        text.split(',').filter_map(of).fold(0.0_f32, f32::max)
    };
    if weight("en") > weight("vi") { Lang::En } else { Lang::Vi }
}

/// What an act answers.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    /// State of the thing after it.
    pub(crate) tag: Option<String>,
}

impl Reply {
    /// As it is kept under a key.
    pub(crate) fn kept(&self) -> Answer {
        Answer { status: i32::from(self.status.as_u16()), body: self.body.to_string(), etag: self.tag.clone() }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        answered(self.kept())
    }
}

fn answered(answer: Answer) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], answer.body).into_response();
    tagged(&mut response, answer.etag.as_deref());
    response
}

/// Tells the state of the thing in the header for it.
pub(crate) fn tagged(response: &mut Response, tag: Option<&str>) {
    if let Some(value) = tag.and_then(|tag| HeaderValue::from_str(&format!("\"{tag}\"")).ok()) {
        response.headers_mut().insert(header::ETAG, value);
    }
}

impl Sent {
    /// Whether nothing is to be written.
    pub(crate) fn dry_run(&self) -> Result<bool, Fault> {
        self.asked.flag("dry_run")
    }

    /// Refuses a write without a key.
    pub(crate) fn needs_key(&self) -> Result<(), Fault> {
        if self.key.is_none() && !self.dry_run()? { Err(Fault::KeyNeeded) } else { Ok(()) }
    }

    /// Refuses a state that would be held against nothing.
    pub(crate) fn needs_no_state(&self) -> Result<(), Fault> {
        let is_told = self.matching != Matching::Always;
        if is_told { Err(Fault::parameter("If-Match", "speaks of one thing that is put, not of this request")) } else { Ok(()) }
    }

    /// Does an act once under the key of the request: sent again, the answer of the first time is given.
    ///
    /// `act` is given the receipt to leave in its own transaction. Where it refuses, fails or only tells what would be done, nothing was
    /// written, and the key is free again.
    pub(crate) async fn once<T>(
        &self,
        state: &AppState,
        answer: &(dyn Fn(&T) -> Reply + Send + Sync),
        act: impl AsyncFnOnce(&Receipt<'_, T>) -> Result<T, Fault>,
    ) -> Result<Response, Fault> {
        let is_dry = self.dry_run()?;
        let claim: Option<Claim> = match &self.key {
            Some(key) if !is_dry => match exchange::claim(&state.services, &self.ctx, self.user, key, &self.fingerprint).await? {
                Standing::Free(claim) => Some(claim),
                Standing::Other => return Err(Fault::KeyReused),
                Standing::Running => return Err(Fault::KeyRunning),
                Standing::Answered(kept) => {
                    let mut response = answered(kept);
                    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
                    return Ok(response);
                }
            },
            _ => None,
        };
        let kept = |done: &T| answer(done).kept();
        match act(&Receipt { claim, answer: &kept }).await {
            Ok(done) => Ok(answer(&done).into_response()),
            Err(fault) => {
                if let Some(claim) = claim {
                    exchange::release(&state.services, claim).await?;
                }
                Err(fault)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
    }

    #[test]
    fn keys_come_with_or_without_quotes() {
        assert_eq!(key(&HeaderMap::new()).unwrap(), None);
        for text in ["\"8e03978e-40d5\"", "8e03978e-40d5", " 8e03978e-40d5 "] {
            assert_eq!(key(&with(KEY, text)).unwrap().as_deref(), Some("8e03978e-40d5"));
        }
        for text in ["", "\"\"", "two words", "\"a"] {
            assert!(key(&with(KEY, text)).is_err(), "{text}");
        }
    }

    #[test]
    fn states_are_read_from_their_headers() {
        assert_eq!(matching(&with("if-match", "\"o1-2\", \"o1-3\"")).unwrap(), Matching::Tags(vec!["o1-2".to_owned(), "o1-3".to_owned()]));
        assert_eq!(matching(&with("if-match", "*")).unwrap(), Matching::Known);
        assert_eq!(matching(&with("if-none-match", "*")).unwrap(), Matching::New);
        assert!(matching(&with("if-match", "W/\"o1-2\"")).is_err() && matching(&with("if-none-match", "\"o1-2\"")).is_err());
    }

    #[test]
    fn vietnamese_is_spoken_unless_english_is_wanted_more() {
        for (text, lang) in
            [("", Lang::Vi), ("en", Lang::En), ("en-GB,vi;q=0.5", Lang::En), ("vi,en;q=0.9", Lang::Vi), ("fr", Lang::Vi), ("ế", Lang::Vi)]
        {
            let headers =
                HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("x")))]);
            assert_eq!(language(&headers), lang, "{text}");
        }
    }
}
