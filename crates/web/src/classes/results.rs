//! `/lop/{code}/ket-qua`: what became of everybody beside what attendance and grades propose, recognised by a decision.
//! Not for: grades themselves (`grades`), and certificates.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::classes::ClassAct;
use domain::classes::papers::ClassPaper;
use domain::ids::OfficialId;
use domain::roles::{Act, Forbidden};
use domain::training::Outcome;
use service::ActError;
use service::classes::{self, ClassRefusal, Mark, Reasons};
use service::documents;
use service::grades::{self, GradeSheet, ResultLine, Standing};

use super::{mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::grades::grid::chip as outcome_chip;
use crate::grades::{articles, points, reason};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/results.html")]
struct ResultsPage {
    shell: Shell,
    back: (String, String),
    action: String,
    grades: String,
    revision: i32,
    decision: String,
    may_recognise: bool,
    rule: String,
    is_unverified: bool,
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
    share: String,
    overall: String,
    proposed: Option<(&'static str, String)>,
    reasons: Vec<(String, bool)>,
    /// Why the outcome is another than the proposed one.
    why: String,
    is_bare: bool,
    amend: Option<String>,
}

/// What may be said of somebody.
const OUTCOMES: [Outcome; 3] = [Outcome::Finished, Outcome::Failed, Outcome::Withdrawn];

fn row(lang: Lang, sheet: &GradeSheet, standing: &Standing, typed: &Typed, bare: &[OfficialId]) -> Row {
    let who = &standing.attendee.official;
    let recognised: Option<&ResultLine> = sheet.recognised.iter().find(|line| line.official == who.0);
    let stands = standing.attendee.outcome;
    let proposed = standing.proposal.outcome;
    let said = typed.code(&format!("ket-qua-{}", who.0), Outcome::from_code);
    let open = if stands == Outcome::Studying { proposed.unwrap_or(Outcome::Finished) } else { stands };
    let outcome = said.unwrap_or(open);
    let kept = || recognised.map(|line| line.reason.clone()).unwrap_or_default();
    Row {
        id: who.0.0,
        name: format!("{} ({})", who.2, who.1),
        unit: standing.attendee.unit.clone(),
        outcome: outcome.code(),
        told: word(lang, "outcome", outcome.code()),
        share: standing.share.basis_points().map(|share| lang.short_percent(share)).unwrap_or_default(),
        overall: standing.proposal.overall.map(|overall| points(lang, overall)).unwrap_or_default(),
        proposed: proposed.map(|outcome| outcome_chip(lang, outcome)),
        reasons: standing.proposal.reasons.iter().map(|one| reason(lang, &sheet.works, one)).collect(),
        why: typed.text(&format!("vi-sao-{}", who.0)).map_or_else(kept, str::to_owned),
        is_bare: bare.contains(&who.0),
        amend: recognised.map(|_| path(&sheet.class.code, &format!("/ket-qua/{}", who.1))),
    }
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    code: &str,
    typed: &Typed,
    (status, mistakes, bare): (StatusCode, Vec<Mistake>, Vec<OfficialId>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = match grades::sheet(&state.services, &signed_in.ctx, code).await {
        Err(ActError::Forbidden(_)) => return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })),
        sheet => sheet?,
    };
    let line = &sheet.class;
    let taken = documents::taken_number(&state.services, &signed_in.ctx, line, ClassPaper::Recognition).await?;
    let (rule, is_unverified) = articles(lang, &sheet.people)?;
    let page = ResultsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-act-recognise")),
        back: (path(code, ""), line.terms.name.clone()),
        action: path(code, "/ket-qua"),
        grades: path(code, "/diem"),
        revision: line.revision,
        decision: typed.text("decision").map(str::to_owned).or(taken).unwrap_or_default(),
        may_recognise: line.status.after(ClassAct::Recognise).is_some(),
        rule,
        is_unverified,
        rows: sheet.people.iter().map(|one| row(lang, &sheet, one, typed, &bare)).collect(),
        outcomes: OUTCOMES.iter().map(|outcome| (outcome.code(), word(lang, "outcome", outcome.code()))).collect(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    page(&state, &signed_in, &code, &Typed::default(), (StatusCode::OK, Vec::new(), Vec::new())).await
}

/// Recognises the results.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mark = |(id, outcome): (&str, &str)| Some(Mark { official: OfficialId(id.parse().ok()?), outcome: Outcome::from_code(outcome)? });
    let marks: Vec<Mark> = typed.beginning("ket-qua-").filter_map(mark).collect();
    let why = |(id, why): (&str, &str)| Some((OfficialId(id.parse().ok()?), why.to_owned()));
    let reasons: Reasons = typed.beginning("vi-sao-").filter_map(why).collect();
    let revision = typed.words("revision").parse().unwrap_or_default();
    let key = (code.as_str(), revision);
    let outcome = classes::recognise_with(&state.services, &signed_in.ctx, key, typed.words("decision"), &marks, &reasons).await;
    let mut bare = Vec::new();
    let (status, wrong) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("decision", lang.t("class-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=cong-nhan", path(&code, "")))),
            Err(refusal) => {
                if let ClassRefusal::NeedsReason(people) = &refusal {
                    bare.clone_from(people);
                }
                (StatusCode::UNPROCESSABLE_ENTITY, mistakes(lang, refusal))
            }
        },
    };
    page(&state, &signed_in, &code, &typed, (status, wrong, bare)).await
}
