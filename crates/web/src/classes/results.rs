//! `/lop/{code}/ket-qua`: what became of everybody, recognised by a decision.
//! Not for: grades and certificates.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::classes::ClassAct;
use domain::roles::{Act, Forbidden};
use domain::training::Outcome;
use service::ActError;
use service::classes::{self, Mark};

use super::{mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/results.html")]
struct ResultsPage {
    shell: Shell,
    back: (String, String),
    action: String,
    revision: i32,
    decision: String,
    may_recognise: bool,
    rows: Vec<Row>,
    outcomes: Vec<(&'static str, String)>,
    mistakes: Vec<Mistake>,
}

impl ResultsPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct Row {
    id: i64,
    name: String,
    unit: String,
    outcome: &'static str,
    told: String,
}

/// What may be said of somebody.
const OUTCOMES: [Outcome; 3] = [Outcome::Finished, Outcome::Failed, Outcome::Withdrawn];

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    code: &str,
    typed: &Typed,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = classes::one(&state.services, &signed_in.ctx, code).await?;
    if !view.keeps {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses }));
    }
    let learners = classes::learners(&state.services, &signed_in.ctx, &view.line).await?;
    let row = |learner: &classes::Learner| {
        let said = typed.code(&format!("ket-qua-{}", learner.official.0), Outcome::from_code);
        let outcome = said.unwrap_or(if learner.outcome == Outcome::Studying { Outcome::Finished } else { learner.outcome });
        Row {
            id: learner.official.0.0,
            name: format!("{} ({})", learner.official.2, learner.official.1),
            unit: learner.unit.clone(),
            outcome: outcome.code(),
            told: word(lang, "outcome", outcome.code()),
        }
    };
    let page = ResultsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-act-recognise")),
        back: (path(code, ""), view.line.terms.name.clone()),
        action: path(code, "/ket-qua"),
        revision: view.line.revision,
        decision: typed.words("decision").to_owned(),
        may_recognise: view.line.status.after(ClassAct::Recognise).is_some(),
        rows: learners.iter().map(row).collect(),
        outcomes: OUTCOMES.iter().map(|outcome| (outcome.code(), word(lang, "outcome", outcome.code()))).collect(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    page(&state, &signed_in, &code, &Typed::default(), (StatusCode::OK, Vec::new())).await
}

/// Recognises the results.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mark = |(id, outcome): (&str, &str)| {
        Some(Mark { official: domain::ids::OfficialId(id.parse().ok()?), outcome: Outcome::from_code(outcome)? })
    };
    let marks: Vec<Mark> = typed.beginning("ket-qua-").filter_map(mark).collect();
    let revision = typed.words("revision").parse().unwrap_or_default();
    let outcome = classes::recognise(&state.services, &signed_in.ctx, (&code, revision), typed.words("decision"), &marks).await;
    let (status, wrong) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("decision", lang.t("class-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=cong-nhan", path(&code, "")))),
            Err(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, mistakes(lang, refusal)),
        },
    };
    page(&state, &signed_in, &code, &typed, (status, wrong)).await
}
