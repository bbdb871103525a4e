//! Posts that move a review or an answer on: opened, extended, closed, reminded; sent, approved, given back, gathered.
//! Not for: what stands in an answer (`answer`, `line`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ReviewId;
use domain::reviews::Step;
use service::ActError;
use service::reviews::{self, Said, StepRefusal};

use super::form::mistake;
use super::{HERE, answer_path, one};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell;
use crate::visitor::SignedIn;

/// Opens a draft.
pub(crate) async fn open(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, revision) = (signed_in.lang(), typed.words("revision").parse().unwrap_or_default());
    match refused(reviews::open(&state.services, &signed_in.ctx, ReviewId(id), revision).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}/{id}?xong=mo-ra-soat"))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            one::page(&state, &signed_in, id, false, (StatusCode::UNPROCESSABLE_ENTITY, typed, mistakes)).await
        }
    }
}

/// Reminds who is late, moves the last day, or closes, by the button that was pressed.
pub(crate) async fn run(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, words, mut mistakes) = (signed_in.lang(), typed.words("reason").to_owned(), Vec::new());
    let (ctx, review) = (&signed_in.ctx, ReviewId(id));
    let revision = typed.words("revision").parse().unwrap_or_default();
    let done = match typed.words("act") {
        "remind" => {
            reviews::remind_late(&state.services, ctx, review, &words).await?;
            return Ok(shell::see_other(&format!("{HERE}/{id}?xong=nhac-ra-soat")));
        }
        "extend" => {
            let day = typed.needed_day(lang, "due", &mut mistakes);
            match day {
                Some(day) => (reviews::advance(&state.services, ctx, (review, revision), Some(day), &words).await, "gia-han-ra-soat"),
                None => return one::page(&state, &signed_in, id, false, (StatusCode::UNPROCESSABLE_ENTITY, typed, mistakes)).await,
            }
        }
        "close" => (reviews::advance(&state.services, ctx, (review, revision), None, &words).await, "dong-ra-soat"),
        _ => return Err(WebError::UnreadableForm),
    };
    match refused(done.0)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}/{id}?xong={}", done.1))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            one::page(&state, &signed_in, id, false, (StatusCode::UNPROCESSABLE_ENTITY, typed, mistakes)).await
        }
    }
}

/// Takes a step with the answer of a unit.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, mut mistakes) = (signed_in.lang(), Vec::new());
    let step = typed.code("act", Step::from_code).ok_or(WebError::UnreadableForm)?;
    let due = if step.needs_day() { typed.day(lang, "due", &mut mistakes) } else { None };
    let said = Said { words: typed.words("reason"), due, revision: typed.words("revision").parse().unwrap_or_default() };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if mistakes.is_empty() {
        match reviews::take(&state.services, &signed_in.ctx, (ReviewId(id), &unit), step, &said).await {
            Err(ActError::Stale) => {
                status = StatusCode::CONFLICT;
                mistakes.push(Mistake::new("reason", lang.t("review-stale")));
            }
            outcome => match refused(outcome)? {
                Ok(()) => return Ok(shell::see_other(&format!("{}?xong=buoc-ra-soat", answer_path(id, &unit)))),
                Err(refusals) => mistakes = refusals.into_iter().map(|refusal| step_mistake(lang, refusal)).collect(),
            },
        }
    }
    super::answer::page(&state, &signed_in, (id, &unit), None, (status, typed, mistakes)).await
}

fn step_mistake(lang: Lang, refusal: StepRefusal) -> Mistake {
    match refusal {
        StepRefusal::NotNow => Mistake::new("reason", lang.t("review-fault-not-now")),
        StepRefusal::NoReason => Mistake::new("reason", lang.t("needs-fault-no_reason")),
        StepRefusal::NotLater => Mistake::new("due", lang.t("review-fault-not-later")),
        StepRefusal::Unanswered(lines) => Mistake::new("danh-sach", lang.counted("review-unanswered", lines)),
        StepRefusal::Question(field) => crate::questions::answer_mistake(lang, &field, domain::questions::AnswerFault::Missing),
    }
}
