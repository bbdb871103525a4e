//! `/khao-sat`: surveys of needs: listed, answered on any screen, run by who made them.
//! Not for: writing one (`form`), what one comes to (`results`).

pub(crate) mod form;
pub(crate) mod results;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::SurveyId;
use domain::questions::Answers;
use domain::surveys::{SurveyState, is_answerable};
use service::ActError;
use service::surveys::{self, SurveyLine, SurveyRefusal};

use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::questions::{self, Given, given};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Where surveys are listed.
pub(crate) const HERE: &str = "/khao-sat";

#[derive(Template)]
#[template(path = "surveys/list.html")]
struct SurveysPage {
    shell: Shell,
    runs: bool,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    days: String,
    state: (&'static str, String),
    taken: String,
    answered: String,
}

fn days(lang: Lang, survey: &SurveyLine) -> String {
    format!("{} – {}", lang.date(survey.opens_on), lang.date(survey.closes_on))
}

fn chip(lang: Lang, survey: &SurveyLine, today: domain::time::Date) -> (&'static str, String) {
    let (icon, code) = match survey.state {
        SurveyState::Draft => ("not_started", "draft"),
        SurveyState::Open if is_answerable(survey.state, survey.opens_on, survey.closes_on, today) => ("open", "open"),
        SurveyState::Open if today < survey.opens_on => ("due", "ahead"),
        SurveyState::Open | SurveyState::Closed => ("done", "closed"),
    };
    (icon, word(lang, "survey-state", code))
}

/// The list.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let lines = surveys::list(&state.services, ctx).await?;
    let row = |survey: &SurveyLine| Row {
        href: format!("{HERE}/{}", survey.id),
        title: survey.title.clone(),
        days: days(lang, survey),
        state: chip(lang, survey, ctx.today),
        taken: lang.t(if survey.is_taken { "survey-taken" } else { "survey-not-taken" }),
        answered: lang.number(survey.answered),
    };
    shell::page(&SurveysPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("survey-title")),
        runs: surveys::may_run(ctx),
        rows: lines.iter().map(row).collect(),
    })
}

#[derive(Template)]
#[template(path = "surveys/one.html")]
struct SurveyPage {
    shell: Shell,
    here: String,
    lead: String,
    days: String,
    state: (&'static str, String),
    is_anonymous: bool,
    is_taken: bool,
    may_answer: bool,
    asked: Vec<questions::Asked>,
    runs: bool,
    is_draft: bool,
    is_open: bool,
    units: Vec<String>,
    roles: Vec<String>,
    answered: String,
    revision: i32,
    mistakes: Vec<Mistake>,
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    id: i64,
    answers: &Answers,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let view = surveys::one(&state.services, ctx, SurveyId(id)).await?;
    let survey = &view.survey;
    let page = SurveyPage {
        shell: Shell::new(&signed_in.visitor, &survey.title),
        here: format!("{HERE}/{id}"),
        lead: survey.lead.clone(),
        days: days(lang, survey),
        state: chip(lang, survey, ctx.today),
        is_anonymous: survey.is_anonymous,
        is_taken: survey.is_taken,
        may_answer: view.may_answer,
        asked: questions::asked(lang, &survey.questions, answers, &mistakes),
        runs: view.runs,
        is_draft: survey.state == SurveyState::Draft,
        is_open: survey.state == SurveyState::Open,
        units: view.units.iter().map(|(_, _, name)| name.clone()).collect(),
        roles: survey.roles.iter().map(|role| lang.code_text("role", role.code())).collect(),
        answered: lang.number(survey.answered),
        revision: survey.revision,
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The survey, to answer and, for who runs it, to run.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    page(&state, &signed_in, id, &Answers::new(), (StatusCode::OK, Vec::new())).await
}

/// Takes an answer.
pub(crate) async fn answer(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Given>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    match refused(surveys::answer(&state.services, &signed_in.ctx, SurveyId(id), |field| given(&form, field)).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}/{id}?xong=tra-loi-khao-sat"))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            page(&state, &signed_in, id, &questions::as_answers(&form), (StatusCode::UNPROCESSABLE_ENTITY, mistakes)).await
        }
    }
}

/// Opens a draft, or closes an open survey.
pub(crate) async fn advance(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (to, done) = match typed.words("act") {
        "open" => (SurveyState::Open, "mo-khao-sat"),
        "close" => (SurveyState::Closed, "dong-khao-sat"),
        _ => return Err(WebError::UnreadableForm),
    };
    let revision = typed.words("revision").parse().unwrap_or_default();
    let (status, mistakes) = match surveys::advance(&state.services, &signed_in.ctx, (SurveyId(id), revision), to).await {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("chay", lang.t("review-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{HERE}/{id}?xong={done}"))),
            Err(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, refusals.into_iter().map(|r| mistake(lang, r)).collect()),
        },
    };
    page(&state, &signed_in, id, &Answers::new(), (status, mistakes)).await
}

/// The words of a refusal, at the field it concerns.
fn mistake(lang: Lang, refusal: SurveyRefusal) -> Mistake {
    match refusal {
        SurveyRefusal::Fault(fault) => {
            use domain::surveys::SurveyFault::{ClosedAlready, ClosesBeforeOpening, NoQuestions, NoTitle, NoUnits};
            let field = match fault {
                NoTitle => "title-of",
                NoQuestions => "cau-1",
                NoUnits => "units",
                ClosesBeforeOpening | ClosedAlready => "closes",
            };
            Mistake::new(field, lang.code_text("survey-fault", fault.code()))
        }
        SurveyRefusal::Question(place, fault) => questions::mistake(lang, place, fault),
        SurveyRefusal::UnknownUnit(code) => Mistake::new("units", lang.with("review-fault-unknown-unit", &[("code", code.into())])),
        SurveyRefusal::Answer(field, fault) => questions::answer_mistake(lang, &field, fault),
        SurveyRefusal::NotNow => Mistake::new("chay", lang.t("survey-not-now")),
        SurveyRefusal::Taken => Mistake::new("chay", lang.t("survey-already")),
    }
}
