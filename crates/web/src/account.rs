//! `/tai-khoan`: the asker's own sessions and API tokens; `/quan-tri`: every account, for administrators.
//! Not for: signing in (`login`), passwords.

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

/// Days a token may live.
const DAYS: [u16; 4] = [7, 30, 90, 365];
/// Letters of a token's name.
const NAME_LETTERS: usize = 80;

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    shell: Shell,
    mistakes: Vec<Mistake>,
    sessions: Vec<SessionRow>,
    /// The token just made; never shown again.
    token: Option<String>,
    name: String,
    days: Vec<(u16, String, bool)>,
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
}

async fn account(state: &AppState, signed_in: &SignedIn) -> Result<AccountPage, WebError> {
    let lang = signed_in.lang();
    let here = signed_in.visitor.person.as_ref().map(|p| p.session);
    let lines = sessions::own_sessions(&state.services, &signed_in.ctx).await?;
    let row = |line: &sessions::SessionLine| SessionRow {
        id: line.id.0,
        agent: if line.agent.is_empty() { lang.t("account-unknown-agent") } else { line.agent.chars().take(120).collect() },
        created: lang.instant(line.created_at),
        seen: lang.instant(line.seen_at),
        is_this: here == Some(line.id),
    };
    Ok(AccountPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("account-title")),
        mistakes: Vec::new(),
        sessions: lines.iter().map(row).collect(),
        token: None,
        name: String::new(),
        days: DAYS.map(|d| (d, lang.counted("account-days", i64::from(d)), d == 90)).to_vec(),
    })
}

/// Sessions and the form for a token.
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
    Ok(shell::see_other("/tai-khoan"))
}

/// The token wished for.
#[derive(Deserialize)]
pub(crate) struct Wish {
    name: String,
    days: u16,
}

/// Makes a token and shows it this once.
pub(crate) async fn create_token(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(wish): CsrfForm<Wish>,
) -> Result<Response, WebError> {
    let mut page = account(&state, &signed_in).await?;
    let name = wish.name.trim();
    if name.is_empty() || name.chars().count() > NAME_LETTERS {
        page.mistakes.push(Mistake::new("name", signed_in.lang().t("account-token-name-wrong")));
    }
    if !DAYS.contains(&wish.days) {
        page.mistakes.push(Mistake::new("days", signed_in.lang().t("account-token-days-wrong")));
    }
    if !page.mistakes.is_empty() {
        name.clone_into(&mut page.name);
        return shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    page.token = Some(sessions::create_token(&state.services, &signed_in.ctx, name, wish.days).await?);
    shell::page(&page)
}

#[derive(Template)]
#[template(path = "account/admin.html")]
struct AdminPage {
    shell: Shell,
    accounts: Vec<AccountRow>,
}

struct AccountRow {
    login: String,
    name: String,
    role: Option<String>,
    place: String,
    locked: bool,
}

/// Every account with its roles.
pub(crate) async fn admin(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = sessions::list_accounts(&state.services, &signed_in.ctx).await?;
    let row = |line: &sessions::AccountLine| AccountRow {
        login: line.login.clone(),
        name: line.name.clone(),
        role: line.role.map(|r| lang.code_text("role", r.code())),
        place: line.unit.clone().unwrap_or_else(|| lang.t("admin-whole")),
        locked: line.locked,
    };
    shell::page(&AdminPage { shell: Shell::new(&signed_in.visitor, &lang.t("admin-title")), accounts: lines.iter().map(row).collect() })
}
