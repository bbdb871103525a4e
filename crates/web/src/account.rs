//! `/tai-khoan`: the asker's own sessions, API tokens and password.
//! Not for: signing in (`login`), accounts of others (`admin`).

pub(crate) mod letters;
pub(crate) mod password;
pub(crate) mod tokens;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::SessionId;
use serde::Deserialize;
use service::sessions;

use crate::AppState;
use crate::errors::WebError;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Where the page is.
const PATH: &str = "/tai-khoan";

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    shell: Shell,
    mistakes: Vec<Mistake>,
    sessions: Vec<SessionRow>,
    /// The token just made; never shown again.
    token: Option<String>,
    tokens: Vec<tokens::TokenRow>,
    name: String,
    days: Vec<(u16, String, bool)>,
    rights: Vec<(&'static str, String, bool)>,
    password_hint: String,
}

struct SessionRow {
    id: i64,
    agent: String,
    created: String,
    seen: String,
    is_this: bool,
}

impl AccountPage {
    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }

    /// The page as it is after a form with mistakes.
    fn again(mut self, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
        self.mistakes = mistakes;
        shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}

async fn account(state: &AppState, signed_in: &SignedIn) -> Result<AccountPage, WebError> {
    let lang = signed_in.lang();
    let here = here(signed_in)?;
    let lines = sessions::own_sessions(&state.services, &signed_in.ctx).await?;
    let row = |line: &sessions::SessionLine| SessionRow {
        id: line.id.0,
        agent: if line.agent.is_empty() { lang.t("account-unknown-agent") } else { line.agent.chars().take(120).collect() },
        created: lang.instant(line.created_at),
        seen: lang.instant(line.seen_at),
        is_this: here == line.id,
    };
    Ok(AccountPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("account-title")).at(PATH),
        mistakes: Vec::new(),
        sessions: lines.iter().map(row).collect(),
        token: None,
        tokens: tokens::own(state, signed_in).await?,
        name: String::new(),
        days: tokens::days(lang, tokens::USUAL_DAYS),
        rights: tokens::rights(signed_in, "read"),
        password_hint: password::hint(lang),
    })
}

/// The session in use; the page is for people who are signed in.
fn here(signed_in: &SignedIn) -> Result<SessionId, WebError> {
    signed_in.visitor.person.as_ref().map(|person| person.session).ok_or(WebError::NotSignedIn)
}

/// Sessions, tokens and the form for a password.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    shell::page(&account(&state, &signed_in).await?)
}

/// The session to end.
#[derive(Deserialize)]
pub(crate) struct Ending {
    session: i64,
}

/// Ends one of the asker's own sessions.
pub(crate) async fn end_session(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(ending): CsrfForm<Ending>,
) -> Result<Response, WebError> {
    sessions::end_session(&state.services, &signed_in.ctx, SessionId(ending.session)).await?;
    Ok(shell::see_other("/tai-khoan?xong=phien"))
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Ends all of the asker's own sessions but this one.
pub(crate) async fn end_others(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    sessions::end_other_sessions(&state.services, &signed_in.ctx, here(&signed_in)?).await?;
    Ok(shell::see_other("/tai-khoan?xong=cac-phien"))
}
