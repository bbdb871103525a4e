//! Calendars: `/tai-khoan/lich` makes and takes back secret addresses, `/lich/{token}` is what programs read there, `/lop/{code}/lich.ics`
//! is a class as a file.
//! Not for: what stands in a calendar (`service::feeds`), or how it is written (`ics`).

mod ics;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::feeds::FeedKind;
use serde::Deserialize;
use service::feeds::{self, Feed, FeedLine, FeedRefusal};

use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::{Anyone, SignedIn};
use crate::words::word;

const HERE: &str = "/tai-khoan/lich";
/// How a calendar ends in its address; programs know it by that.
const ENDING: &str = ".ics";

#[derive(Template)]
#[template(path = "account/feeds.html")]
struct FeedsPage {
    shell: Shell,
    mistakes: Vec<Mistake>,
    /// The address just made; never shown again.
    made: Option<String>,
    feeds: Vec<Row>,
    kinds: Vec<(&'static str, String, bool)>,
    code: String,
}

impl FeedsPage {
    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

struct Row {
    id: i64,
    kind: String,
    name: String,
    made: String,
    used: Option<String>,
}

fn row(lang: Lang, line: &FeedLine) -> Row {
    Row {
        id: line.id,
        kind: word(lang, "feed-kind", line.subject.kind().code()),
        name: line.name.clone(),
        made: lang.instant(line.made_at),
        used: line.used_at.map(|at| lang.instant(at)),
    }
}

async fn page(state: &AppState, signed_in: &SignedIn, chosen: FeedKind, code: &str) -> Result<FeedsPage, WebError> {
    let lang = signed_in.lang();
    let lines = feeds::list(&state.services, &signed_in.ctx).await?;
    let kinds = FeedKind::ALL.iter().map(|kind| (kind.code(), word(lang, "feed-kind", kind.code()), *kind == chosen));
    Ok(FeedsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("feeds-title")).at(HERE),
        mistakes: Vec::new(),
        made: None,
        feeds: lines.iter().map(|line| row(lang, line)).collect(),
        kinds: kinds.collect(),
        code: code.to_owned(),
    })
}

/// The visitor's calendars; an address can name the kind and the code, so that a class leads here.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let own = if signed_in.ctx.who.as_ref().is_some_and(|who| who.official.is_some()) { FeedKind::Person } else { FeedKind::Class };
    let chosen = asked.text("loai").and_then(FeedKind::from_code).unwrap_or(own);
    shell::page(&page(&state, &signed_in, chosen, asked.text("ma").unwrap_or_default()).await?)
}

/// A calendar to be made.
#[derive(Deserialize)]
pub(crate) struct Making {
    kind: String,
    #[serde(default)]
    code: String,
}

/// Makes one, and shows its address once.
pub(crate) async fn create(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    CsrfForm(making): CsrfForm<Making>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let kind = FeedKind::from_code(&making.kind).ok_or(WebError::UnreadableForm)?;
    let made = refused(feeds::create(&state.services, &signed_in.ctx, kind, &making.code).await)?;
    let mut page = page(&state, &signed_in, kind, &making.code).await?;
    match made {
        Ok(token) => {
            page.made = Some(format!("{}/lich/{token}{ENDING}", base(&state, &headers)));
            page.code = String::new();
            shell::page(&page)
        }
        Err(refusal) => {
            page.mistakes = vec![match refusal {
                FeedRefusal::NoRecord => Mistake::new("kind", lang.t("feed-no-record")),
                FeedRefusal::NoSuch => Mistake::new("code", lang.with("feed-no-such", &[("typed", making.code.clone().into())])),
                FeedRefusal::TooMany => Mistake::new("kind", lang.t("feed-too-many")),
            }];
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// How the visitor reached us.
fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}", if state.secure_cookies { "https" } else { "http" })
}

/// The calendar to take back.
#[derive(Deserialize)]
pub(crate) struct Revoking {
    feed: i64,
}

/// Takes one back.
pub(crate) async fn revoke(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(revoking): CsrfForm<Revoking>,
) -> Result<Response, WebError> {
    feeds::revoke(&state.services, &signed_in.ctx, revoking.feed).await?;
    Ok(shell::see_other("/tai-khoan/lich?xong=bo-lich"))
}

/// What programs read. The address is the right; nobody signs in.
pub(crate) async fn read(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let token = token.strip_suffix(ENDING).unwrap_or(&token);
    let feed = feeds::read(&state.services, token, visitor.now, visitor.today).await?;
    answer(&state, &headers, visitor.lang, &feed, None)
}

/// A class as a file.
pub(crate) async fn of_class(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let feed = feeds::of_class(&state.services, &signed_in.ctx, &code).await?;
    answer(&state, &headers, signed_in.lang(), &feed, Some(&code))
}

/// The calendar, or that it is the one the program has already.
fn answer(state: &AppState, headers: &HeaderMap, lang: Lang, feed: &Feed, file: Option<&str>) -> Result<Response, WebError> {
    let text = ics::write(lang, feed, &base(state, headers));
    let mark = format!("\"{}\"", feeds::mark(&text));
    let changed = feed.entries.iter().map(|entry| entry.changed_at).max();
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == mark));
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let out = response.headers_mut();
    let mut put = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    put(header::ETAG, &mark);
    put(header::CACHE_CONTROL, "private, no-cache");
    if let Some(changed) = changed.and_then(ics::http_date) {
        put(header::LAST_MODIFIED, &changed);
    }
    if let Some(code) = file {
        let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        put(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{plain}.ics\""));
    }
    Ok(response)
}
