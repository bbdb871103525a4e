//! Giving a role to an account and taking it away.
//! Not for: the page that the forms are on (`one`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::GrantId;
use domain::roles::{Act, Role};
use serde::Deserialize;
use service::accounts::{self, GrantRefusal};

use super::acts::done;
use super::one::{Typed, again};
use super::{meant, units};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// The role to give.
#[derive(Deserialize)]
pub(crate) struct Giving {
    #[serde(default)]
    role: String,
    unit: String,
}

/// Gives a role.
pub(crate) async fn give(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(giving): CsrfForm<Giving>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ManageUsers)?;
    let lang = signed_in.lang();
    let units = units(&state, &signed_in).await?;
    let mistake = match Role::from_code(&giving.role) {
        None => Mistake::new("role", lang.t("admin-choose-role")),
        Some(role) => {
            let unit = meant(&giving.unit, &units);
            match refused(accounts::give(&state.services, &signed_in.ctx, &login, role, unit).await)? {
                Ok(()) => return Ok(done(&login, "vai-tro")),
                Err(refusal) => mistake(lang, refusal),
            }
        }
    };
    let typed = Typed { role: giving.role, unit: giving.unit, ..Typed::default() };
    again(&state, &signed_in, &login, typed, mistake).await
}

/// The role to take away.
#[derive(Deserialize)]
pub(crate) struct Taking {
    grant: i64,
}

/// Takes a role away.
pub(crate) async fn take_away(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(login): Path<String>,
    CsrfForm(taking): CsrfForm<Taking>,
) -> Result<Response, WebError> {
    match refused(accounts::take_away(&state.services, &signed_in.ctx, &login, GrantId(taking.grant)).await)? {
        Ok(()) => Ok(done(&login, "thoi-vai-tro")),
        Err(refusal) => again(&state, &signed_in, &login, Typed::default(), mistake(signed_in.lang(), refusal)).await,
    }
}

fn mistake(lang: Lang, refusal: GrantRefusal) -> Mistake {
    let (field, key) = match refusal {
        GrantRefusal::NoSuchUnit => ("unit", "admin-no-such-unit"),
        GrantRefusal::WholeProvinceOnly => ("unit", "admin-whole-only"),
        GrantRefusal::AlreadyHeld => ("role", "admin-already-held"),
        GrantRefusal::LastAdministrator => ("vai-tro", "admin-last"),
        GrantRefusal::OfGroup => ("vai-tro", "admin-of-group"),
    };
    Mistake::new(field, lang.t(key))
}
