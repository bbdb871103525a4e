//! `/quan-tri/moi`: adding an account; its first password is shown once.
//! Not for: further roles (`roles`).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::{Act, Role};
use serde::Deserialize;
use service::accounts::{self, AddRefusal, NewAccount};

use super::{Choice, meant, role_choices, secret, units};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "admin/create.html")]
struct CreatePage {
    shell: Shell,
    typed: Typed,
    roles: Vec<Choice>,
    units: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
}

impl CreatePage {
    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Typed {
    login: String,
    name: String,
    #[serde(default)]
    role: String,
    unit: String,
    official: String,
}

fn page(signed_in: &SignedIn, typed: Typed, units: Vec<(String, String)>, mistakes: Vec<Mistake>) -> CreatePage {
    let lang = signed_in.lang();
    let roles = role_choices(lang, &typed.role);
    CreatePage { shell: Shell::new(&signed_in.visitor, &lang.t("admin-new")), typed, roles, units, mistakes }
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ManageUsers)?;
    let units = units(&state, &signed_in).await?;
    shell::page(&page(&signed_in, Typed::default(), units, Vec::new()))
}

/// Adds the account and shows its password.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ManageUsers)?;
    let lang = signed_in.lang();
    let units = units(&state, &signed_in).await?;
    let Some(role) = Role::from_code(&typed.role) else {
        let mistakes = vec![Mistake::new("role", lang.t("admin-choose-role"))];
        return shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&signed_in, typed, units, mistakes));
    };
    let login = typed.login.trim().to_lowercase();
    let new = NewAccount {
        login: &login,
        name: &typed.name,
        role,
        unit: meant(&typed.unit, &units),
        official: Some(typed.official.trim()).filter(|code| !code.is_empty()),
    };
    match refused(accounts::add(&state.services, &signed_in.ctx, &new).await)? {
        Ok(password) => secret(&signed_in, "admin-added", &login, password),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&signed_in, typed, units, mistakes))
        }
    }
}

fn mistake(lang: Lang, refusal: AddRefusal) -> Mistake {
    let (field, key) = match refusal {
        AddRefusal::BadLogin => ("login", "admin-bad-login"),
        AddRefusal::LoginTaken => ("login", "admin-login-taken"),
        AddRefusal::BadName => ("name", "admin-bad-name"),
        AddRefusal::NoSuchUnit => ("unit", "admin-no-such-unit"),
        AddRefusal::WholeProvinceOnly => ("unit", "admin-whole-only"),
        AddRefusal::NoSuchOfficial => ("official", "admin-no-such-official"),
        AddRefusal::OfficialTaken => ("official", "admin-official-taken"),
    };
    Mistake::new(field, lang.t(key))
}
