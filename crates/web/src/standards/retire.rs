//! `/tieu-chuan/{code}/ban/{n}/thoi`: ending a standard, with a reason.
//! Not for: putting another version in its place (`publish`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use serde::Deserialize;
use service::standards::{self, StandardText, VersionState};

use super::path;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "standards/retire.html")]
struct RetirePage {
    shell: Shell,
    title: String,
    text: String,
    path: String,
    revision: i32,
    mistakes: Vec<Mistake>,
}

impl RetirePage {
    fn mistake(&self) -> Option<&str> {
        of_field(&self.mistakes, "reason")
    }
}

/// Why, and which revision was looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    revision: i32,
    reason: String,
}

async fn current(state: &AppState, signed_in: &SignedIn, code: &str, number: i32) -> Result<StandardText, WebError> {
    signed_in.ctx.scope(Act::KeepStandards)?;
    let version = standards::version(&state.services, &signed_in.ctx, code, number).await?;
    if version.line.state == VersionState::Published { Ok(version) } else { Err(WebError::Stale) }
}

fn view(signed_in: &SignedIn, version: &StandardText, mistakes: Vec<Mistake>) -> RetirePage {
    let lang = signed_in.lang();
    let standard = standards::check(&version.body).ok();
    let count = standard.as_ref().map_or(0, |standard| standard.requirements.len());
    RetirePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("standards-retire-title")),
        title: standard.map_or_else(|| version.line.code.clone(), |standard| lang.of(&standard.title).to_owned()),
        text: lang.with("standards-retire-what", &[("n", lang.size(count).into())]),
        path: path(&version.line.code, version.line.number),
        revision: version.line.revision,
        mistakes,
    }
}

/// What will end.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = current(&state, &signed_in, &code, number).await?;
    shell::page(&view(&signed_in, &version, Vec::new()))
}

/// Ends it.
pub(crate) async fn retire(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let version = current(&state, &signed_in, &code, number).await?;
    let again = |mistakes| shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&signed_in, &version, mistakes));
    let reason = typed.reason.trim();
    if reason.is_empty() {
        return again(vec![Mistake::new("reason", lang.t("standards-no-reason"))]);
    }
    match refused(standards::retire(&state.services, &signed_in.ctx, &code, number, typed.revision, reason).await)? {
        Ok(()) => Ok(shell::see_other("/tieu-chuan?xong=thoi-tieu-chuan")),
        Err(refusal) => again(super::refusal(lang, &version.body, &refusal, "reason").0),
    }
}
