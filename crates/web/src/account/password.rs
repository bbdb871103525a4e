//! The form that changes the asker's own password. What was typed is never sent back.
//! Not for: a new password for somebody else (`admin`).

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use service::accounts::{self, ChangeRefusal, LEAST_LETTERS};

use super::{account, here};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell;
use crate::visitor::SignedIn;

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Typed {
    old: String,
    new: String,
    again: String,
}

/// What a password must be.
pub(super) fn hint(lang: Lang) -> String {
    lang.with("account-password-hint", &[("n", lang.size(LEAST_LETTERS).into())])
}

/// Changes the password.
pub(crate) async fn change(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    if typed.new != typed.again {
        let mistake = Mistake::new("again", lang.t("account-password-differs"));
        return account(&state, &signed_in).await?.again(vec![mistake]);
    }
    let changed = accounts::change_own(&state.services, &signed_in.ctx, here(&signed_in)?, &typed.old, &typed.new).await;
    match refused(changed)? {
        Ok(()) => Ok(shell::see_other("/tai-khoan?xong=mat-khau")),
        Err(refusal) => account(&state, &signed_in).await?.again(vec![mistake(lang, refusal)]),
    }
}

fn mistake(lang: Lang, refusal: ChangeRefusal) -> Mistake {
    match refusal {
        ChangeRefusal::WrongOld => Mistake::new("old", lang.t("account-password-wrong")),
        ChangeRefusal::TooMany { minutes } => Mistake::new("old", lang.counted("login-too-many", minutes)),
        ChangeRefusal::TooShort => Mistake::new("new", lang.with("account-password-short", &[("n", lang.size(LEAST_LETTERS).into())])),
        ChangeRefusal::TooLong => Mistake::new("new", lang.t("account-password-too-long")),
        ChangeRefusal::Same => Mistake::new("new", lang.t("account-password-same")),
    }
}
