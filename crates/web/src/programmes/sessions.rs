//! `/hoi-dong/phien/{row}`: a session: the rule, the votes so far, the asker's vote, closing, the minutes and their scan.
//! Not for: counting votes (`domain::programmes::appraisal`).

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::programmes::appraisal::{Choice, Seat, SessionState, Verdict};
use service::programmes::{self, ProgrammeRefusal, SessionView};

use super::materials::saved;
use super::one::result;
use super::{COUNCILS, mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::upload::{self, Upload};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "programmes/session.html")]
struct SessionPage {
    shell: Shell,
    here: String,
    programme: (String, String),
    council: (String, String),
    result: String,
    rule: Vec<String>,
    /// What was counted, in words.
    counted: String,
    /// Name, seat, vote, opinion.
    votes: Vec<[String; 4]>,
    minutes: String,
    scan: Option<(String, String)>,
    may: May,
    choices: Vec<(&'static str, String, bool)>,
    opinion: String,
    typed: Typed,
    mistakes: Vec<Mistake>,
}

/// What the asker may do here.
#[derive(Debug, Clone, Copy, Default)]
struct May {
    vote: bool,
    close: bool,
    accept: bool,
    scan: bool,
}

impl May {
    fn of(view: &SessionView) -> Self {
        let (is_open, is_closed) = (view.session.state == SessionState::Open, view.session.state == SessionState::Closed);
        let is_chair = view.seat == Some(Seat::Chair);
        Self {
            vote: is_open && view.seat.is_some(),
            close: is_open && is_chair,
            accept: is_closed && is_chair && view.session.verdict == Some(Verdict::ToMend),
            scan: is_closed && matches!(view.seat, Some(Seat::Chair | Seat::Secretary)),
        }
    }
}

impl SessionPage {
    fn wrong(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

fn votes(lang: Lang, view: &SessionView) -> Vec<[String; 4]> {
    let row = |member: &programmes::Member| {
        let vote = view.votes.iter().find(|vote| vote.user == member.user);
        let choice = vote.map_or_else(|| lang.t("session-not-yet"), |vote| word(lang, "session-choice", vote.choice.code()));
        [member.name.clone(), word(lang, "council-seat", member.seat.code()), choice, vote.map(|v| v.opinion.clone()).unwrap_or_default()]
    };
    view.council.members.iter().map(row).collect()
}

fn counted(lang: Lang, view: &SessionView) -> String {
    let tally = view.tally();
    let number = |n: u64| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let needed = view.rule.as_ref().map_or(0, |rule| tally.needed(&rule.value));
    lang.with(
        "session-counted",
        &[
            ("voted", number(tally.voted()).into()),
            ("members", number(tally.members).into()),
            ("needed", number(needed).into()),
            ("for", number(tally.for_it).into()),
            ("after", number(tally.after_changes).into()),
            ("against", number(tally.against).into()),
        ],
    )
}

fn page(signed_in: &SignedIn, view: &SessionView, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let session = &view.session;
    let here = format!("{COUNCILS}/phien/{}", session.id);
    let own = view.votes.iter().find(|vote| Some(vote.user) == signed_in.ctx.who.as_ref().map(|who| who.user));
    let chosen = typed.code("choice", Choice::from_code).or(own.map(|vote| vote.choice));
    let said = |words: &law::Words| if lang.is_vi() { words.vi.clone() } else { words.en.clone() };
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = lang.with("session-title", &[("title", session.title.clone().into()), ("day", lang.date(session.held_on).into())]);
    let page = SessionPage {
        shell: Shell::new(&signed_in.visitor, &title).at(&here),
        programme: (format!("{}?ban={}", path(&session.code), session.number), format!("{} · {}", session.code, session.title)),
        council: (format!("{COUNCILS}/{}", session.council), session.council_name.clone()),
        result: result(lang, session),
        rule: match &view.rule {
            Ok(rule) => rule.steps.iter().map(said).collect(),
            Err(no_law) => vec![said(&no_law.words())],
        },
        counted: counted(lang, view),
        votes: votes(lang, view),
        minutes: session.minutes.clone(),
        scan: session.scan.as_ref().map(|scan| (format!("{here}/bien-ban"), scan.name.clone())),
        may: May::of(view),
        choices: Choice::ALL.iter().map(|c| (c.code(), word(lang, "session-choice", c.code()), Some(*c) == chosen)).collect(),
        opinion: typed.text("opinion").map(str::to_owned).or(own.map(|vote| vote.opinion.clone())).unwrap_or_default(),
        here,
        typed,
        mistakes,
    };
    shell::page_with(status, &page)
}

async fn after<T>(
    state: &AppState,
    signed_in: &SignedIn,
    row: i64,
    typed: Typed,
    result: Result<T, Vec<ProgrammeRefusal>>,
) -> Result<Response, WebError> {
    match result {
        Ok(_) => Ok(shell::see_other(&format!("{COUNCILS}/phien/{row}?xong=luu"))),
        Err(refusals) => {
            let view = programmes::session(&state.services, &signed_in.ctx, row).await?;
            page(signed_in, &view, typed, mistakes(signed_in.lang(), refusals))
        }
    }
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    let view = programmes::session(&state.services, &signed_in.ctx, row).await?;
    page(&signed_in, &view, Typed::default(), Vec::new())
}

/// Votes.
pub(crate) async fn vote(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let Some(choice) = typed.code("choice", Choice::from_code) else {
        return after::<()>(&state, &signed_in, row, typed, Err(vec![ProgrammeRefusal::NoOpinion])).await;
    };
    let result = refused(programmes::vote(&state.services, &signed_in.ctx, row, choice, typed.words("opinion")).await)?;
    after(&state, &signed_in, row, typed, result).await
}

/// Closes.
pub(crate) async fn close(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let result = refused(programmes::close(&state.services, &signed_in.ctx, row, typed.words("minutes")).await)?;
    after(&state, &signed_in, row, typed, result).await
}

/// Finds the text mended.
pub(crate) async fn accept(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let result = refused(programmes::accept_mended(&state.services, &signed_in.ctx, row).await)?;
    after(&state, &signed_in, row, typed, result).await
}

/// Keeps a scan of the minutes.
pub(crate) async fn add_scan(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    request: Request,
) -> Result<Response, WebError> {
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    let result = refused(programmes::add_minutes(&state.services, &signed_in.ctx, row, (&name, &bytes)).await)?;
    after(&state, &signed_in, row, typed, result).await
}

/// The scan of the minutes.
pub(crate) async fn scan(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    let scan = programmes::minutes_file(&state.services, &signed_in.ctx, row).await?;
    Ok(saved(&scan.name, scan.media.code(), scan.bytes))
}
