//! What is done with a file taken in: read again, carried, stopped, forgotten, taken back.
//! Not for: how (`service::intake`).

use axum::extract::{Path, State};
use axum::response::Response;
use service::intake::{self, Policy, Work};

use super::{one, path, words};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::shell;
use crate::visitor::SignedIn;

/// Reads the file again, in the background.
pub(crate) async fn rehearse(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    intake::batch(&state.services, &signed_in.ctx, id).await?;
    intake::begin(&state.services, &signed_in.ctx, id, Work::Rehearse);
    Ok(shell::see_other(&path(id)))
}

/// Carries the file, in the background.
pub(crate) async fn carry(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let batch = intake::batch(&state.services, &signed_in.ctx, id).await?;
    let valid_rows = typed.words("pham-vi") == "valid_rows";
    let (lang, reason) = (signed_in.lang(), typed.words("reason").to_owned());
    let mut mistakes = Vec::new();
    if reason.is_empty() {
        mistakes.push(Mistake::new("reason", lang.t("keep-no-reason")));
    }
    let faulty = batch.report.as_ref().map_or(0, |report| report.counts.faulty);
    if faulty > 0 && !valid_rows {
        mistakes.push(Mistake::new("pham-vi", lang.counted("intake-refused-faulty", i64::try_from(faulty).unwrap_or(i64::MAX))));
    }
    if !mistakes.is_empty() {
        return one::answer(&state, &signed_in, id, (reason, valid_rows), mistakes).await;
    }
    let policy = if valid_rows { Policy::ValidRows } else { Policy::AllOrNothing };
    intake::begin(&state.services, &signed_in.ctx, id, Work::Carry(policy, reason));
    Ok(shell::see_other(&path(id)))
}

/// Stops what runs; what was written is written back by the database.
pub(crate) async fn cancel(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    intake::batch(&state.services, &signed_in.ctx, id).await?;
    intake::cancel(&state.services, id);
    Ok(shell::see_other(&format!("{}?xong=dung-doc", path(id))))
}

/// Forgets a file that was not carried.
pub(crate) async fn forget(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    intake::forget(&state.services, &signed_in.ctx, id).await?;
    Ok(shell::see_other("/nhap-lieu?xong=bo-tep"))
}

/// Takes a carried file back.
pub(crate) async fn undo(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let reason = typed.words("reason").to_owned();
    match refused(intake::undo(&state.services, &signed_in.ctx, id, &reason).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{}?xong=hoan-tac-tep", path(id)))),
        Err(refusals) => {
            let mistakes = refusals.iter().map(|refusal| Mistake::new("reason", words::undo(lang, refusal))).collect();
            one::answer(&state, &signed_in, id, (reason, false), mistakes).await
        }
    }
}
