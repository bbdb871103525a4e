//! `/thong-bao`: what the visitor was told, read and unread; each leads to what it is about.
//! Not for: who is told (`service::notices`), letters (`letters`), or where they go (`account::letters`).

pub(crate) mod words;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::NoticeId;
use serde::Deserialize;
use service::notices::{self, Ask, NoticeLine};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::form::CsrfForm;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Where they are.
pub(crate) const HERE: &str = "/thong-bao";
/// Lines of a page.
const LINES: u32 = 40;
/// What can be looked at, by its word in addresses.
const TABS: [(&str, &str); 3] = [("", "notices-all"), ("chua-doc", "notices-unread"), ("viec", "notices-asked")];

#[derive(Template)]
#[template(path = "notices/list.html")]
struct NoticesPage {
    shell: Shell,
    lead: String,
    tabs: Vec<(String, String, bool)>,
    notices: Vec<Row>,
    has_unread: bool,
    none: String,
    first: Option<String>,
    next: Option<String>,
}

struct Row {
    href: String,
    icon: &'static str,
    title: String,
    words: String,
    facts: String,
    when: String,
    is_unread: bool,
    is_asked: bool,
}

fn row(lang: Lang, line: &NoticeLine) -> Row {
    Row {
        href: format!("{HERE}/{}", line.id),
        icon: words::icon(line.event),
        title: words::title(lang, line),
        words: line.words.clone(),
        facts: words::facts(lang, line),
        when: lang.instant(line.made_at),
        is_unread: line.read_at.is_none(),
        is_asked: line.audience.is_asked(),
    }
}

/// What the visitor was told.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let tab = asked.text("xem").unwrap_or_default();
    let before = asked.text("truoc").and_then(|text| text.parse::<i64>().ok());
    let ask = Ask { unread: tab == "chua-doc", asked: tab == "viec", before };
    let (lines, more) = notices::list(&state.services, &signed_in.ctx, &ask, LINES).await?;
    let unread = notices::unread(&state.services, &signed_in.ctx).await?;
    let link = |tab: &str, before: Option<String>| address(HERE, &[("xem", Some(tab)), ("truoc", before.as_deref())]);
    shell::page(&NoticesPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("notices-title")),
        lead: if unread > 0 { lang.counted("notices-lead", unread) } else { lang.t("notices-lead-none") },
        tabs: TABS.iter().map(|(code, key)| (link(code, None), lang.t(key), *code == tab)).collect(),
        notices: lines.iter().map(|line| row(lang, line)).collect(),
        has_unread: unread > 0,
        none: lang.t(if tab.is_empty() { "notices-none" } else { "notices-none-such" }),
        first: before.map(|_| link(tab, None)),
        next: lines.last().filter(|_| more).map(|last| link(tab, Some(last.id.to_string()))),
    })
}

/// Leads to what a notice is about; it is read by that.
pub(crate) async fn open(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let line = notices::open(&state.services, &signed_in.ctx, NoticeId(id)).await?;
    Ok(shell::see_other(&words::target(&line)))
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Says that everything was read.
pub(crate) async fn read_all(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    notices::read_all(&state.services, &signed_in.ctx).await?;
    Ok(shell::see_other("/thong-bao?xong=da-doc"))
}
