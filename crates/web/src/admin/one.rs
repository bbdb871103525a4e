//! One account: facts, roles, and the forms that change it.
//! Not for: taking the forms (`acts`, `roles`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use service::accounts;

use super::{Choice, GrantRow, path, role_choices, units};
use crate::AppState;
use crate::asked::address;
use crate::errors::WebError;
use crate::form::{Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "admin/one.html")]
struct OnePage {
    shell: Shell,
    path: String,
    name: String,
    locked: bool,
    /// How it is locked.
    closed: String,
    /// The directory switched it off or removed it.
    is_off: bool,
    /// The asker's own account is not locked, and its password is changed elsewhere.
    is_own: bool,
    facts: Vec<(String, String)>,
    grants: Vec<GrantRow>,
    roles: Vec<Choice>,
    units: Vec<(String, String)>,
    typed: Typed,
    has_sessions: bool,
    audit: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
}

impl OnePage {
    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

/// What was typed into one of the forms.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) reason: String,
    pub(super) role: String,
    pub(super) unit: String,
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(login): Path<String>) -> Result<Response, WebError> {
    shell::page(&page(&state, &signed_in, &login, Typed::default(), Vec::new()).await?)
}

/// The page with a form that came back with mistakes.
pub(super) async fn again(
    state: &AppState,
    signed_in: &SignedIn,
    login: &str,
    typed: Typed,
    mistake: Mistake,
) -> Result<Response, WebError> {
    let page = page(state, signed_in, login, typed, vec![mistake]).await?;
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page(state: &AppState, signed_in: &SignedIn, login: &str, typed: Typed, mistakes: Vec<Mistake>) -> Result<OnePage, WebError> {
    let lang = signed_in.lang();
    let account = accounts::view(&state.services, &signed_in.ctx, login).await?;
    let none = || lang.t("admin-none-linked");
    let facts = vec![
        (lang.t("admin-login"), account.login.clone()),
        (lang.t("admin-official"), account.official.clone().unwrap_or_else(none)),
        (lang.t("admin-created"), lang.instant(account.created_at)),
        (lang.t("admin-sessions"), lang.number(account.sessions)),
        (lang.t("admin-tokens"), lang.number(account.tokens)),
    ];
    let path = path(login);
    Ok(OnePage {
        shell: Shell::new(&signed_in.visitor, &account.name).at(&path),
        path,
        grants: GrantRow::all(lang, &account),
        is_own: signed_in.ctx.who.as_ref().is_some_and(|who| who.user == account.id),
        has_sessions: account.sessions > 0,
        locked: account.locked,
        closed: super::closed(lang, &account),
        is_off: account.directory.is_some(),
        name: account.name,
        facts,
        roles: role_choices(lang, &typed.role),
        units: units(state, signed_in).await?,
        typed,
        audit: audit_links(signed_in, login),
        mistakes,
    })
}

/// What the account did, and what was done to it.
fn audit_links(signed_in: &SignedIn, login: &str) -> Vec<(String, String)> {
    if !signed_in.ctx.may(Act::ViewAudit) {
        return Vec::new();
    }
    let (lang, subject) = (signed_in.lang(), format!("account/{login}"));
    vec![
        (address("/nhat-ky", &[("tai-khoan", Some(login))]), lang.t("admin-audit-by")),
        (address("/nhat-ky", &[("doi-tuong", Some(&subject))]), lang.t("admin-audit-of")),
    ]
}
