//! `/quan-tri/thu`: letters that went out, wait or failed, and the office's hours for them.
//! Not for: what one person was told (`notices`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::MailId;
use domain::notices::MailState;
use domain::notices::hours::{self, OfficeHours, Quiet};
use serde::Deserialize;
use service::notices::{self, MailLine, MailsAsk};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const HERE: &str = "/quan-tri/thu";
/// Lines of a page.
const LINES: u32 = 50;

#[derive(Template)]
#[template(path = "admin/mails.html")]
struct MailsPage {
    shell: Shell,
    hours: String,
    facets: Vec<(String, &'static str, String, String, bool)>,
    all: String,
    class: String,
    state: &'static str,
    mails: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
}

struct Row {
    id: i64,
    name: String,
    code: String,
    address: String,
    state: (&'static str, String),
    tells: Vec<String>,
    when: String,
    tries: String,
    error: String,
    has_failed: bool,
}

/// The picture of a state.
const fn icon(state: MailState) -> &'static str {
    match state {
        MailState::Waiting => "due",
        MailState::Sending => "continuous",
        MailState::Sent => "done",
        MailState::Failed => "missed",
    }
}

/// The chip of a state: picture and word.
pub(crate) fn chip(lang: Lang, state: MailState) -> (&'static str, String) {
    (icon(state), word(lang, "mail-state", state.code()))
}

fn row(lang: Lang, line: &MailLine) -> Row {
    let when = match (line.state, line.sent_at) {
        (_, Some(sent)) => lang.instant(sent),
        (MailState::Waiting, None) => lang.with("mail-due", &[("when", lang.instant(line.due_at).into())]),
        _ => lang.instant(line.made_at),
    };
    let tells = line.tells.iter().map(|(event, code, name)| format!("{}: {name} ({code})", word(lang, "notice-event", event.code())));
    Row {
        id: line.id.0,
        name: line.who.1.clone(),
        code: line.who.0.clone(),
        address: line.address.clone().unwrap_or_default(),
        state: chip(lang, line.state),
        tells: tells.collect(),
        when,
        tries: lang.number(line.tries.into()),
        error: line.error.clone().unwrap_or_default(),
        has_failed: line.state == MailState::Failed,
    }
}

/// The log.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let chosen = asked.text("trang-thai").and_then(MailState::from_code);
    let class = asked.text("lop").unwrap_or_default().to_owned();
    let before = asked.text("truoc").and_then(|text| text.parse::<i64>().ok());
    let ask = MailsAsk { state: chosen, class: (!class.is_empty()).then(|| class.clone()), before };
    let page = notices::mails(&state.services, &signed_in.ctx, &ask, LINES).await?;
    let office = notices::hours(&state.services).await?;
    let (from, to) = office.quiet.minutes();
    let values = [("from", hours::told(from).into()), ("to", hours::told(to).into()), ("daily", hours::told(office.daily).into())];
    let link = |state: Option<MailState>, before: Option<String>| {
        address(HERE, &[("trang-thai", state.map(MailState::code)), ("lop", Some(&class)), ("truoc", before.as_deref())])
    };
    let count = |state: MailState| page.states.iter().find(|(one, _)| *one == state).map_or(0, |(_, n)| *n);
    let facet = |state: &MailState| {
        (link(Some(*state), None), icon(*state), word(lang, "mail-state", state.code()), lang.number(count(*state)), chosen == Some(*state))
    };
    shell::page(&MailsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("mails-title")),
        hours: lang.with("mails-hours", &values),
        facets: MailState::ALL.iter().map(facet).collect(),
        all: link(None, None),
        state: chosen.map(MailState::code).unwrap_or_default(),
        mails: page.lines.iter().map(|line| row(lang, line)).collect(),
        first: before.map(|_| link(chosen, None)),
        next: page.lines.last().filter(|_| page.more).map(|last| link(chosen, Some(last.id.to_string()))),
        class: class.clone(),
    })
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Puts a letter that failed in line again.
pub(crate) async fn again(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    notices::again(&state.services, &signed_in.ctx, MailId(row)).await?;
    Ok(shell::see_other("/quan-tri/thu?xong=gui-lai"))
}

fn sheet(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name| Field::needed(lang, "office-hours", name, Kind::Short);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("office-hours-title")),
        back: (HERE.to_owned(), lang.t("mails-title")),
        lead: lang.t("office-hours-lead"),
        action: format!("{HERE}/gio"),
        submit: lang.t("letters-save"),
        fields: vec![field("from").hint(lang.t("office-hours-hint")), field("to"), field("daily")],
        typed,
        mistakes,
    }
}

/// The office's hours.
pub(crate) async fn show_hours(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::ManageUsers)?;
    let office = notices::hours(&state.services).await?;
    let (from, to) = office.quiet.minutes();
    let typed = Typed::of([("from", hours::told(from)), ("to", hours::told(to)), ("daily", hours::told(office.daily))]);
    sheet(&signed_in, typed, Vec::new()).answer()
}

/// Sets them.
pub(crate) async fn save_hours(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let mut read = |name: &str| {
        let minute = typed.text(name).and_then(hours::minute);
        if minute.is_none() {
            mistakes.push(Mistake::new(name, lang.t("office-hours-bad")));
        }
        minute
    };
    let (from, to, daily) = (read("from"), read("to"), read("daily"));
    let quiet = from.zip(to).and_then(|(from, to)| Quiet::new(from, to));
    match quiet.zip(daily) {
        Some((quiet, daily)) => {
            notices::keep_hours(&state.services, &signed_in.ctx, OfficeHours { quiet, daily }).await?;
            Ok(shell::see_other("/quan-tri/thu?xong=luu"))
        }
        None => sheet(&signed_in, typed, mistakes).answer(),
    }
}
