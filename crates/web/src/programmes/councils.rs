//! `/hoi-dong`: councils, what waits for the asker, one council with its members and sessions, and the form that sets one up.
//! Not for: sessions (`sessions`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::UserId;
use domain::programmes::appraisal::Seat;
use domain::time::Date;
use service::programmes::{self, Council, CouncilCard, Session};

use super::one::result;
use super::{COUNCILS, mistakes};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

struct CouncilRow {
    href: String,
    name: String,
    decision: String,
    during: String,
    members: String,
}

/// A session in a list.
struct SessionRow {
    href: String,
    title: String,
    about: String,
    day: String,
    result: String,
}

#[derive(Template)]
#[template(path = "programmes/councils.html")]
struct CouncilsPage {
    shell: Shell,
    keeps: bool,
    waiting: Vec<SessionRow>,
    rows: Vec<CouncilRow>,
}

#[derive(Template)]
#[template(path = "programmes/council.html")]
struct CouncilPage {
    shell: Shell,
    lead: String,
    edit: Option<String>,
    /// Name and seat.
    members: Vec<(String, String)>,
    sessions: Vec<SessionRow>,
}

#[derive(Template)]
#[template(path = "programmes/council_form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    revision: i32,
    typed: Typed,
    /// Name and label of its first and its last day.
    days: [(&'static str, String); 2],
    /// Name of the field, name of the account.
    accounts: Vec<(String, String)>,
    seats: Vec<(String, String)>,
    rule: Vec<String>,
    mistakes: Vec<Mistake>,
}

impl FormPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn wrong(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

fn during(lang: Lang, council: &Council) -> String {
    let from = lang.date(council.during.from());
    council
        .during
        .last_day()
        .map_or_else(|| lang.with("council-from", &[("day", from.clone().into())]), |last| format!("{from} – {}", lang.date(last)))
}

fn session_row(lang: Lang, session: &Session) -> SessionRow {
    SessionRow {
        href: format!("{COUNCILS}/phien/{}", session.id),
        title: session.title.clone(),
        about: session.code.clone(),
        day: lang.date(session.held_on),
        result: result(lang, session),
    }
}

/// All councils.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let row = |council: &Council| CouncilRow {
        href: format!("{COUNCILS}/{}", council.id),
        name: council.name.clone(),
        decision: council.decision.clone(),
        during: during(lang, council),
        members: lang.size(council.members.len()),
    };
    let all = programmes::councils(&state.services, ctx).await?;
    let waiting = programmes::waiting(&state.services, ctx).await?;
    shell::page(&CouncilsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("councils-title")),
        keeps: programmes::may_keep_councils(ctx),
        waiting: waiting.iter().map(|session| session_row(lang, session)).collect(),
        rows: all.iter().map(row).collect(),
    })
}

/// One council.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let council = programmes::council(&state.services, ctx, row).await?;
    let sessions = programmes::council_sessions(&state.services, ctx, row).await?;
    shell::page(&CouncilPage {
        shell: Shell::new(&signed_in.visitor, &council.name),
        lead: format!("{} · {}", council.decision, during(lang, &council)),
        edit: programmes::may_keep_councils(ctx).then(|| format!("{COUNCILS}/{row}/sua")),
        members: council.members.iter().map(|m| (m.name.clone(), word(lang, "council-seat", m.seat.code()))).collect(),
        sessions: sessions.iter().map(|session| session_row(lang, session)).collect(),
    })
}

async fn form(
    state: &AppState,
    signed_in: &SignedIn,
    known: Option<(i64, i32)>,
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let accounts = programmes::appraisers(&state.services, &signed_in.ctx).await?;
    let rule = programmes::rule(signed_in.ctx.today).map_err(|error| WebError::Internal(Box::new(error)))?;
    let rule = rule.map(|rule| rule.steps).unwrap_or_default();
    let none = std::iter::once((String::new(), lang.t("council-no-seat")));
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = lang.t(if known.is_some() { "council-edit" } else { "council-new" });
    shell::page_with(
        status,
        &FormPage {
            shell: Shell::new(&signed_in.visitor, &title),
            action: known.map_or_else(|| format!("{COUNCILS}/moi"), |(id, _)| format!("{COUNCILS}/{id}/sua")),
            revision: known.map_or(0, |(_, revision)| revision),
            typed,
            days: [("from", lang.t("keep-from")), ("last", lang.t("keep-until"))],
            accounts: accounts.into_iter().map(|(id, login, name)| (format!("seat_{id}"), format!("{name} ({login})"))).collect(),
            seats: none.chain(Seat::ALL.iter().map(|seat| (seat.to_string(), word(lang, "council-seat", seat.code())))).collect(),
            rule: rule.into_iter().map(|words| if lang.is_vi() { words.vi } else { words.en }).collect(),
            mistakes,
        },
    )
}

/// The form of a new council.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    form(&state, &signed_in, None, Typed::default(), Vec::new()).await
}

/// The form of a known council.
pub(crate) async fn show_edit(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let council = programmes::council(&state.services, &signed_in.ctx, row).await?;
    let mut typed = Typed::of([
        ("name", council.name.clone()),
        ("decision", council.decision.clone()),
        ("from", lang.date(council.during.from())),
        ("last", council.during.last_day().map(|day| lang.date(day)).unwrap_or_default()),
    ]);
    for member in &council.members {
        typed.put(format!("seat_{}", member.user), member.seat.to_string());
    }
    form(&state, &signed_in, Some((row, council.revision)), typed, Vec::new()).await
}

async fn keep(state: &AppState, signed_in: &SignedIn, known: Option<(i64, i32)>, typed: Typed) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut wrong = Vec::new();
    let seated = typed.beginning("seat_").filter_map(|(id, seat)| Some((UserId(id.parse().ok()?), Seat::from_code(seat)?)));
    let members: Vec<(UserId, Seat)> = seated.collect();
    let from = typed.needed_day(lang, "from", &mut wrong);
    let last: Option<Date> = typed.day(lang, "last", &mut wrong);
    if let (Some(from), true) = (from, wrong.is_empty()) {
        let card = CouncilCard { name: typed.words("name"), decision: typed.words("decision"), from, last, members: &members };
        match refused(programmes::keep_council(&state.services, &signed_in.ctx, known, &card).await)? {
            Ok(id) => return Ok(shell::see_other(&format!("{COUNCILS}/{id}?xong=luu"))),
            Err(refusals) => wrong = mistakes(lang, refusals),
        }
    }
    form(state, signed_in, known, typed, wrong).await
}

/// Sets a council up.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, None, typed).await
}

/// Changes a council.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let revision = typed.text("revision").and_then(|n| n.parse().ok()).unwrap_or(0);
    keep(&state, &signed_in, Some((row, revision)), typed).await
}
