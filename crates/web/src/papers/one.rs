//! `/van-ban/{id}`: one paper with the steps it goes through, what is missing, what may be done now, and what happened to it.
//! Not for: lists (`inbox`); writing a submission (`writing`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::CaseId;
use domain::papers::moves::{Move, Opinion};
use domain::papers::procedure::{ActKind, Step};
use domain::papers::{CaseState, PaperKind};
use domain::time::Date;
use service::ActError;
use service::documents::may_read;
use service::papers::{self, CaseView, Doing, EventLine};

use super::{due, lack, path, refusal};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "papers/one.html")]
struct CasePage {
    shell: Shell,
    action: String,
    revision: i32,
    /// Name and value of what is known of it.
    facts: Vec<(String, String)>,
    due: Option<(bool, String)>,
    steps: Vec<StepRow>,
    lacks: Vec<String>,
    /// What it asks for, when it is a submission.
    words: Option<String>,
    /// Where its subject is looked at or sent again.
    subject: Option<(String, String)>,
    acts: Vec<Button>,
    /// Mandates to sign with, when there are several.
    signatures: Vec<(i64, String)>,
    takes_back: bool,
    /// Where a paper made of figures that came back is sent again.
    sends_again: Option<String>,
    typed: String,
    mistakes: Vec<Mistake>,
    events: Vec<EventRow>,
    scans: Vec<(String, String)>,
    /// The paper itself as files.
    files: Vec<(String, String)>,
    adds_scan: bool,
    procedure: (String, String),
}

impl CasePage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct StepRow {
    /// `done`, `now` or `next`, with the words of it.
    state: (&'static str, String),
    title: String,
    holder: String,
}

struct Button {
    /// What the form sends.
    value: String,
    text: String,
    is_main: bool,
}

struct EventRow {
    what: String,
    at: String,
    by: String,
    words: String,
}

fn steps(lang: Lang, view: &CaseView) -> Vec<StepRow> {
    let here = view.path.iter().position(|step| step.code == view.case.step).unwrap_or(0);
    let is_open = view.case.state == CaseState::Open;
    let row = |(place, step): (usize, &Step)| {
        let state = match place {
            place if place < here || view.case.state == CaseState::Issued => "done",
            place if place == here && is_open => "now",
            _ => "next",
        };
        StepRow {
            state: (state, lang.code_text("papers-step", state)),
            title: lang.of(&step.title).to_owned(),
            holder: word(lang, "holder", step.holder.code()),
        }
    };
    view.path.iter().enumerate().map(row).collect()
}

fn buttons(lang: Lang, view: &CaseView) -> Vec<Button> {
    let Some(step) = view.procedure.step(&view.case.step) else { return Vec::new() };
    let is_first = view.procedure.place(&step.code) == Some(0);
    let mut buttons = Vec::new();
    let mut add = |value: String, text: String, is_main: bool| buttons.push(Button { value, text, is_main });
    for act in &view.acts {
        match act {
            ActKind::Opine => {
                for opinion in Opinion::ALL {
                    add(format!("opine:{opinion}"), word(lang, "opinion", opinion.code()), *opinion == Opinion::Agree);
                }
            }
            ActKind::Return => {
                for to in &step.returns {
                    let title = view.procedure.step(to).map(|to| lang.of(&to.title).to_owned()).unwrap_or_default();
                    add(format!("return:{to}"), lang.with("papers-return-to", &[("step", title.into())]), false);
                }
            }
            ActKind::Forward if is_first => {}
            act => add(act.code().to_owned(), word(lang, "paper-act", act.code()), act.leads_on()),
        }
    }
    buttons
}

fn event(lang: Lang, view: &CaseView, line: &EventLine) -> EventRow {
    let title = |code: &str| view.procedure.step(code).map_or_else(|| code.to_owned(), |step| lang.of(&step.title).to_owned());
    let mut what = word(lang, "paper-act", &line.act);
    if let Some(opinion) = &line.opinion {
        what = format!("{what}: {}", lang.code_text("opinion", opinion));
    }
    what = match &line.to_step {
        Some(to) => format!("{what} · {} → {}", title(&line.step), title(to)),
        None => format!("{what} · {}", title(&line.step)),
    };
    EventRow { what, at: lang.instant(line.at), by: line.by.clone().unwrap_or_default(), words: line.words.clone() }
}

fn facts(lang: Lang, view: &CaseView, today: Date) -> Result<Vec<(String, String)>, WebError> {
    let case = &view.case;
    let mut facts = vec![(lang.t("papers-kind"), word(lang, "paper-kind", case.kind.code())), (lang.t("papers-unit"), case.unit.2.clone())];
    if case.state == CaseState::Open {
        facts.push((lang.t("papers-holder"), word(lang, "holder", case.holder.code())));
        facts.push((lang.t("papers-since"), lang.instant(case.since)));
    } else {
        facts.push((lang.t("papers-state"), word(lang, "case-state", case.state.code())));
    }
    if let Some(signed) = &case.signed {
        facts.push((lang.t("papers-signed"), format!("{} · {} · {}", signed.lines.join(" / "), signed.name, lang.date(signed.on))));
    }
    if let Some(number) = &case.number {
        facts.push((lang.t("papers-number"), format!("{} · {}", number.symbol, lang.date(number.dated_on))));
    }
    if case.facts.council {
        facts.push((lang.t("papers-goes-by"), word(lang, "holder", "council")));
    }
    if case.facts.standing_committee {
        let act = papers::managed_by(today).map_err(|error| WebError::Internal(Box::new(error)))?;
        let said = act.map(|(act, is_verified)| {
            let words = lang.with("papers-managed-by", &[("act", lang.of(&act).to_owned().into())]);
            if is_verified { words } else { format!("{words} · {}", lang.t("gaps-unverified")) }
        });
        let holder = word(lang, "holder", "standing_committee");
        facts.push((lang.t("papers-goes-by"), said.map_or_else(|| holder.clone(), |said| format!("{holder}: {said}"))));
    }
    facts.extend(case.issued_on.map(|on| (lang.t("papers-issued-on"), lang.date(on))));
    Ok(facts)
}

async fn page(state: &AppState, signed_in: &SignedIn, id: CaseId, typed: &str, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = papers::case(&state.services, &signed_in.ctx, id).await?;
    let own = match papers::submission(&state.services, &signed_in.ctx, id).await {
        Ok(submission) => Some(submission),
        Err(ActError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let case = &view.case;
    let is_draft = case.state == CaseState::Open && view.procedure.place(&case.step) == Some(0);
    let subject = match papers::subject_path(&state.services, case.kind, case.subject).await? {
        Some(subject) => {
            let is_sent_there = is_draft && !is_of_figures(case.kind);
            Some((subject, lang.t(if is_sent_there { "papers-send-again" } else { "papers-look-at-subject" })))
        }
        None if is_draft && view.holds && own.is_some() => Some((format!("{}/sua", path(id)), lang.t("papers-rewrite"))),
        None => None,
    };
    let signatures = view.signatures.iter().map(|(key, lines)| (*key, lines.join(" / ")));
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CasePage {
        shell: Shell::new(&signed_in.visitor, &case.title).at(&path(id)),
        action: path(id),
        revision: case.revision,
        facts: facts(lang, &view, signed_in.ctx.today)?,
        due: due(lang, case, signed_in.ctx.today),
        steps: steps(lang, &view),
        lacks: view.lacks.iter().map(|one| lack(lang, one)).collect(),
        words: own.map(|submission| submission.words),
        subject,
        acts: buttons(lang, &view),
        signatures: signatures.collect(),
        takes_back: view.takes_back,
        sends_again: (is_draft && view.holds && is_of_figures(case.kind)).then(|| format!("{}/gui-lai", path(id))),
        typed: typed.to_owned(),
        mistakes,
        events: view.events.iter().rev().map(|line| event(lang, &view, line)).collect(),
        scans: view.scans.iter().map(|scan| (format!("{}/ban-quet/{}", path(id), scan.id), scan.name.clone())).collect(),
        files: if may_read(&signed_in.ctx, case.kind) {
            super::files::links(lang, |ending| format!("{}/ban.{ending}", path(id)))
        } else {
            Vec::new()
        },
        adds_scan: case.signed.is_some() && (view.holds || signed_in.ctx.may(domain::roles::Act::KeepProcedures)),
        procedure: (format!("/quy-trinh/{}/ban/{}", case.route.0, case.route.1), lang.of(&view.procedure.title).to_owned()),
    };
    shell::page_with(status, &page)
}

/// Kinds of paper that are made of figures, and sent again from their own page.
const fn is_of_figures(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList)
}

/// The page of a paper with why it was not sent again.
pub(super) async fn told(state: &AppState, signed_in: &SignedIn, id: CaseId, why: String) -> Result<Response, WebError> {
    page(state, signed_in, id, "", vec![Mistake::new("gui-lai", why)]).await
}

/// One paper.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    page(&state, &signed_in, CaseId(id), "", Vec::new()).await
}

/// What a button of the form means.
fn meant(act: &str) -> Option<Move> {
    match act.split_once(':') {
        Some(("return", to)) => Some(Move::Return { to: to.to_owned() }),
        Some(("opine", opinion)) => Opinion::from_code(opinion).map(Move::Opine),
        Some(_) => None,
        None if act == Move::TakeBack.code() => Some(Move::TakeBack),
        None => match ActKind::from_code(act)? {
            ActKind::Forward => Some(Move::Forward),
            ActKind::Sign => Some(Move::Sign),
            ActKind::Number => Some(Move::Number),
            ActKind::Issue => Some(Move::Issue),
            ActKind::Stop => Some(Move::Stop),
            ActKind::Return | ActKind::Opine => None,
        },
    }
}

/// Does something to a paper.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, id) = (signed_in.lang(), CaseId(id));
    let act = meant(typed.words("act")).ok_or(WebError::UnreadableForm)?;
    let revision = typed.words("revision").parse().map_err(|_| WebError::UnreadableForm)?;
    let mandate = typed.text("mandate").and_then(|key| key.parse().ok());
    let doing = Doing { revision, act, words: typed.words("words"), mandate };
    let mistake = match papers::act(&state.services, &signed_in.ctx, id, &doing).await {
        Err(ActError::Stale) => lang.t("papers-stale"),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=van-ban", path(id)))),
            Err(why) => refusal(lang, &why),
        },
    };
    page(&state, &signed_in, id, typed.words("words"), vec![Mistake::new("words", mistake)]).await
}
