//! `/nhan-su/{code}/quy-hoach`, `/cam-ket`: posts a person is planned for, promises of service, and their ends.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::people::Leadership;
use domain::register::commitments::{Closing, CommitmentFacts, CommitmentFault};
use service::registry::{self, PlanRefusal, Planning};

use super::{done, kept, no_reason, reason, sheet, unit_code};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// The words of a refusal, at the field they speak of.
fn mistake(lang: Lang, refusal: PlanRefusal) -> Mistake {
    let (field, key) = match refusal {
        PlanRefusal::NoSuchUnit => ("unit", "keep-no-such-unit"),
        PlanRefusal::EndsBeforeStart => ("until", "keep-fault-ends_before_start"),
        PlanRefusal::Again => ("leadership", "plan-again"),
        PlanRefusal::Fault(CommitmentFault::NoStudy) => ("study", "plan-no-study"),
        PlanRefusal::Fault(CommitmentFault::OddStudy) => ("study_months", "plan-odd-study"),
        PlanRefusal::Fault(CommitmentFault::OddMonths) => ("months", "plan-odd-months"),
        PlanRefusal::Fault(CommitmentFault::StartsBeforeSent) => ("from", "plan-starts-before-sent"),
        PlanRefusal::Fault(CommitmentFault::ClosedBeforeStart) => ("on", "plan-closed-before-start"),
        PlanRefusal::ClosedAlready => ("on", "plan-closed-already"),
        PlanRefusal::NoReason => return no_reason(lang),
        PlanRefusal::TooShort { needed, cited } => {
            let article = if lang == Lang::Vi { cited.vi } else { cited.en };
            let args = [("months", needed.into()), ("article", article.into())];
            return Mistake::new("months", lang.with("plan-too-short", &args));
        }
    };
    Mistake::new(field, lang.t(key))
}

fn mistakes_of(lang: Lang, refusals: Vec<PlanRefusal>) -> Vec<Mistake> {
    refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect()
}

fn post_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "keep", "unit", Kind::Line).hint(lang.t("keep-unit-hint")),
        Field::needed(lang, "plan", "leadership", choices(lang, "person-leadership", Leadership::ALL.iter().map(|c| c.code()), false)),
        Field::needed(lang, "keep", "from", Kind::Day),
        Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("plan-until-hint")),
        Field::new(lang, "keep", "decision", Kind::Short),
        reason(lang),
    ]
}

/// The form of a planned post.
pub(crate) async fn show_post(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    sheet(&signed_in, &official, "planned", "quy-hoach", post_fields(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Writes a planned post down.
pub(crate) async fn save_post(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let from = typed.needed_day(lang, "from", &mut mistakes);
    let last = typed.day(lang, "until", &mut mistakes);
    let unit = unit_code(&state, &signed_in, typed.words("unit"), from.unwrap_or(signed_in.ctx.today), &mut mistakes).await?;
    let leadership = typed.code("leadership", Leadership::from_code);
    if leadership.is_none() {
        mistakes.push(Mistake::new("leadership", lang.t("plan-no-leadership")));
    }
    if let (Some(from), Some(leadership), true) = (from, leadership, mistakes.is_empty()) {
        let to = last.and_then(|last| last.next_day());
        let planning = Planning { unit: &unit, leadership, from, to, decision: typed.text("decision") };
        match refused(registry::plan_post(&state.services, &signed_in.ctx, &code, &planning, typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "quy-hoach")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    sheet(&signed_in, &official, "planned", "quy-hoach", post_fields(lang), typed, mistakes).answer()
}

fn promise_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "plan", "study", Kind::Line).hint(lang.t("plan-study-hint")),
        Field::needed(lang, "plan", "sent", Kind::Day).hint(lang.t("plan-sent-hint")),
        Field::needed(lang, "plan", "study_months", Kind::Short),
        Field::needed(lang, "plan", "months", Kind::Short).hint(lang.t("plan-months-hint")),
        Field::needed(lang, "plan", "from", Kind::Day).hint(lang.t("plan-from-hint")),
        Field::new(lang, "keep", "decision", Kind::Short),
        reason(lang),
    ]
}

/// The form of a promise.
pub(crate) async fn show_promise(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    sheet(&signed_in, &official, "promise", "cam-ket", promise_fields(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Writes a promise down.
pub(crate) async fn save_promise(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let sent = typed.needed_day(lang, "sent", &mut mistakes);
    let from = typed.needed_day(lang, "from", &mut mistakes);
    if let (Some(sent_on), Some(starts_on), true) = (sent, from, mistakes.is_empty()) {
        let months = |name: &str| typed.words(name).parse().unwrap_or_default();
        let (study_months, months) = (months("study_months"), months("months"));
        let facts = CommitmentFacts { study: typed.words("study"), sent_on, study_months, months, starts_on, closed: None };
        let paper = (typed.text("decision"), typed.words("reason"));
        match refused(registry::promise(&state.services, &signed_in.ctx, &code, &facts, paper).await)? {
            Ok(()) => return Ok(done(&code, "cam-ket")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    sheet(&signed_in, &official, "promise", "cam-ket", promise_fields(lang), typed, mistakes).answer()
}

fn closing_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "plan", "closing", choices(lang, "standing", Closing::ALL.iter().map(|c| c.code()), false)),
        Field::needed(lang, "plan", "on", Kind::Day),
        reason(lang),
    ]
}

/// The form that ends a promise.
pub(crate) async fn show_closing(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let path = format!("cam-ket/{row}");
    sheet(&signed_in, &official, "closing", &path, closing_fields(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Ends a promise before it is served.
pub(crate) async fn save_closing(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let how = typed.code("closing", Closing::from_code).unwrap_or(Closing::Repaid);
    if let Some(on) = typed.needed_day(lang, "on", &mut mistakes) {
        match refused(registry::close_promise(&state.services, &signed_in.ctx, &code, (row, how, on), typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "het-cam-ket")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    let path = format!("cam-ket/{row}");
    sheet(&signed_in, &official, "closing", &path, closing_fields(lang), typed, mistakes).answer()
}
