//! Signing in and out; in a demonstration also by choosing a role.
//! Not for: passwords and sessions (`service::sessions`).

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use service::demo::{DEMO_ACCOUNTS, DEMO_PASSWORD};
use service::sessions::{self, Knock, SignInRefusal};

use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::session::{self, Keep};
use crate::shell::{self, Shell};
use crate::visitor::{Anyone, SignedIn, Visitor};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    shell: Shell,
    mistakes: Vec<Mistake>,
    login: String,
    next: String,
    roles: Vec<RoleCard>,
}

/// One role to try.
struct RoleCard {
    login: &'static str,
    name: String,
    sees: String,
    code: &'static str,
}

impl LoginPage {
    fn new(visitor: &Visitor, next: Option<&str>) -> Self {
        let lang = visitor.lang;
        let card = |account: &service::demo::DemoAccount| RoleCard {
            login: account.login,
            name: lang.code_text("role", account.role.code()),
            sees: lang.code_text("role-sees", account.role.code()),
            code: account.role.code(),
        };
        Self {
            shell: Shell::new(visitor, &lang.t("login-title")),
            mistakes: Vec::new(),
            login: String::new(),
            next: shell::local(next).to_owned(),
            roles: if visitor.demo { DEMO_ACCOUNTS.iter().map(card).collect() } else { Vec::new() },
        }
    }

    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

/// The sign-in page.
pub(crate) async fn show(Anyone(visitor): Anyone, asked: Asked) -> Result<Response, WebError> {
    if visitor.person.is_some() {
        return Ok(shell::see_other(shell::local(asked.text("next"))));
    }
    shell::page(&LoginPage::new(&visitor, asked.text("next")))
}

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    login: String,
    password: String,
    next: Option<String>,
}

/// Signs in, or shows the form again.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    Peer(address): Peer,
    headers: HeaderMap,
    CsrfForm(typed): CsrfForm<Credentials>,
) -> Result<Response, WebError> {
    let knock = Knock { address: &address, agent: agent(&headers) };
    let opened = sessions::sign_in(&state.services, &visitor.ctx(), &typed.login, &typed.password, knock).await;
    match refused(opened)? {
        Ok(signed_in) => Ok(welcome(&state, &signed_in.token, typed.next.as_deref())),
        Err(refusal) => again(&visitor, &typed, refusal),
    }
}

fn again(visitor: &Visitor, typed: &Credentials, refusal: SignInRefusal) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let (status, text) = match refusal {
        SignInRefusal::WrongCredentials => (StatusCode::UNPROCESSABLE_ENTITY, lang.t("login-wrong")),
        SignInRefusal::TooMany { minutes } => (StatusCode::TOO_MANY_REQUESTS, lang.counted("login-too-many", minutes)),
    };
    let mut page = LoginPage::new(visitor, typed.next.as_deref());
    page.mistakes = vec![Mistake::new("login", text)];
    page.login.clone_from(&typed.login);
    shell::page_with(status, &page)
}

/// The role that was chosen.
#[derive(Deserialize)]
pub(crate) struct Choice {
    login: String,
    next: Option<String>,
}

/// Signs in with the account of a role; only in a demonstration.
pub(crate) async fn try_role(
    State(state): State<AppState>,
    Anyone(visitor): Anyone,
    Peer(address): Peer,
    headers: HeaderMap,
    CsrfForm(choice): CsrfForm<Choice>,
) -> Result<Response, WebError> {
    let account = DEMO_ACCOUNTS.iter().find(|account| state.demo && account.login == choice.login).ok_or(WebError::NotFound)?;
    let knock = Knock { address: &address, agent: agent(&headers) };
    let opened = sessions::sign_in(&state.services, &visitor.ctx(), account.login, DEMO_PASSWORD, knock).await;
    match refused(opened)? {
        Ok(signed_in) => Ok(welcome(&state, &signed_in.token, choice.next.as_deref())),
        Err(refusal) => {
            let typed = Credentials { login: choice.login, password: String::new(), next: choice.next };
            again(&visitor, &typed, refusal)
        }
    }
}

fn welcome(state: &AppState, token: &str, next: Option<&str>) -> Response {
    let mut response = shell::see_other(shell::local(next));
    let cookie = session::set_cookie(state, session::SESSION, token, Keep::Session);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Ends the session.
pub(crate) async fn sign_out(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    if let Some(person) = &signed_in.visitor.person {
        sessions::end_session(&state.services, &signed_in.ctx, person.session).await?;
    }
    let mut response = shell::see_other("/dang-nhap");
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&state, session::SESSION, "", Keep::Gone));
    Ok(response)
}

/// The network address of the caller; empty when the server does not know it.
pub(crate) struct Peer(String);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(address(&parts.extensions)))
    }
}

fn address(extensions: &Extensions) -> String {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string()).unwrap_or_default()
}

fn agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default()
}
