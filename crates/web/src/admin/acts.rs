//! Locking, unlocking, ending sessions and setting a new password of an account.
//! Not for: the page that the forms are on (`one`).

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use service::accounts::{self, LockRefusal, ResetRefusal};

use super::one::{Typed, again};
use super::{path, secret};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell;
use crate::visitor::SignedIn;

/// Why.
#[derive(Deserialize)]
pub(crate) struct Why {
    reason: String,
}

/// Locks the account.
pub(crate) async fn lock(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(why): CsrfForm<Why>,
) -> Result<Response, WebError> {
    match refused(accounts::lock(&state.services, &signed_in.ctx, &login, &why.reason).await)? {
        Ok(()) => Ok(done(&login, "khoa")),
        Err(refusal) => refuse(&state, &signed_in, &login, why, refusal).await,
    }
}

/// Unlocks the account.
pub(crate) async fn unlock(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(why): CsrfForm<Why>,
) -> Result<Response, WebError> {
    match refused(accounts::unlock(&state.services, &signed_in.ctx, &login, &why.reason).await)? {
        Ok(()) => Ok(done(&login, "mo-khoa")),
        Err(refusal) => refuse(&state, &signed_in, &login, why, refusal).await,
    }
}

async fn refuse(state: &AppState, signed_in: &SignedIn, login: &str, why: Why, refusal: LockRefusal) -> Result<Response, WebError> {
    let typed = Typed { reason: why.reason, ..Typed::default() };
    again(state, signed_in, login, typed, Mistake::new("reason", lock_text(signed_in.lang(), refusal))).await
}

fn lock_text(lang: Lang, refusal: LockRefusal) -> String {
    lang.t(match refusal {
        LockRefusal::NoReason => "admin-no-reason",
        LockRefusal::Own => "admin-own-lock",
        LockRefusal::LastAdministrator => "admin-last",
        LockRefusal::AlreadySo => "admin-already-so",
    })
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Ends every session of the account.
pub(crate) async fn end_sessions(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    accounts::end_sessions(&state.services, &signed_in.ctx, &login).await?;
    Ok(done(&login, "cac-phien"))
}

/// Sets a new password and shows it this once.
pub(crate) async fn reset(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    match refused(accounts::reset(&state.services, &signed_in.ctx, &login).await)? {
        Ok(password) => secret(&signed_in, "admin-reset-done", &login, password),
        Err(ResetRefusal::Own) => {
            let mistake = Mistake::new("truy-cap", signed_in.lang().t("admin-own-reset"));
            again(&state, &signed_in, &login, Typed::default(), mistake).await
        }
    }
}

/// Back to the account, which says once what was done.
pub(super) fn done(login: &str, what: &str) -> Response {
    shell::see_other(&format!("{}?xong={what}", path(login)))
}
