//! `/quan-tri`: accounts and their roles, for administrators.
//! Not for: one's own account (`account`), what roles may do (`domain::roles`).

pub(crate) mod acts;
pub(crate) mod create;
pub(crate) mod groups;
pub(crate) mod list;
pub(crate) mod mails;
pub(crate) mod one;
pub(crate) mod retention;
pub(crate) mod roles;

use askama::Template;
use axum::response::Response;
use domain::roles::Role;
use service::accounts::{AccountLine, DirectoryState, GrantLine};
use service::registry;

use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Where an account is.
fn path(login: &str) -> String {
    format!("/quan-tri/tai-khoan/{}", escaped(login))
}

/// A role of an account, ready to print.
struct GrantRow {
    id: i64,
    role: String,
    place: String,
    from: String,
    /// The group that gave it; nothing is by hand.
    group: Option<String>,
}

impl GrantRow {
    fn of(lang: Lang, grant: &GrantLine) -> Self {
        Self {
            id: grant.id.0,
            role: lang.code_text("role", grant.role.code()),
            place: grant.unit.as_ref().map_or_else(|| lang.t("admin-whole"), |unit| unit.1.clone()),
            from: lang.date(grant.from),
            group: grant.group.as_ref().map(|group| lang.with("admin-by-group", &[("group", group.as_str().into())])),
        }
    }

    fn all(lang: Lang, account: &AccountLine) -> Vec<Self> {
        account.grants.iter().map(|grant| Self::of(lang, grant)).collect()
    }
}

/// How an account is locked: by hand, or by the directory.
fn closed(lang: Lang, account: &AccountLine) -> String {
    lang.t(match account.directory {
        _ if account.locked_by_hand => "admin-locked",
        Some(DirectoryState::Off) => "admin-off",
        Some(DirectoryState::Removed) => "admin-removed",
        None => "admin-locked",
    })
}

/// Something to choose.
struct Choice {
    code: &'static str,
    text: String,
    is_chosen: bool,
}

fn role_choices(lang: Lang, chosen: &str) -> Vec<Choice> {
    let choice = |role: &Role| Choice { code: role.code(), text: lang.code_text("role", role.code()), is_chosen: chosen == role.code() };
    Role::ALL.iter().map(choice).collect()
}

/// Code and name of the units to choose from; a unit further down is typed by its code.
async fn units(state: &AppState, signed_in: &SignedIn) -> Result<Vec<(String, String)>, WebError> {
    let home = registry::home_unit(&state.services, &signed_in.ctx, signed_in.ctx.today).await?;
    Ok(home.children.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect())
}

/// The unit meant by what was typed: nothing for the whole province, a code, or a name that only one unit has.
fn meant<'a>(typed: &'a str, units: &'a [(String, String)]) -> Option<&'a str> {
    let typed = typed.trim();
    let mut named = units.iter().filter(|(_, name)| name == typed).map(|(code, _)| code.as_str());
    match (named.next(), named.next()) {
        (Some(code), None) => Some(code),
        _ => (!typed.is_empty()).then_some(typed),
    }
}

#[derive(Template)]
#[template(path = "admin/secret.html")]
struct SecretPage {
    shell: Shell,
    title: String,
    login: String,
    /// Stored nowhere; never shown again.
    password: String,
    what: String,
    account: String,
}

/// The page with a fresh password, this once.
fn secret(signed_in: &SignedIn, title: &str, login: &str, password: String) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let account = path(login);
    shell::page(&SecretPage {
        shell: Shell::new(&signed_in.visitor, &lang.t(title)).at(&account),
        title: lang.t(title),
        login: login.to_owned(),
        password,
        what: lang.with("admin-secret-what", &[("login", login.into())]),
        account,
    })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_unit_is_meant_by_its_code_or_by_a_name_of_its_own() {
        let units = [("H1", "Xã Một"), ("H2", "Xã Hai"), ("H3", "Xã Hai")].map(|(c, n)| (c.to_owned(), n.to_owned()));
        assert_eq!((meant(" ", &units), meant(" Xã Một ", &units), meant("H9.1", &units)), (None, Some("H1"), Some("H9.1")));
        assert_eq!(meant("Xã Hai", &units), Some("Xã Hai"));
    }
}
