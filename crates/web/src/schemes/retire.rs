//! `/de-an/{code}/ban/{n}/thoi`: ending to follow a document, with a reason.
//! Not for: putting another version in its place (`publish`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use serde::Deserialize;
use service::schemes::{self, Version, VersionState};

use super::{faults, life};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "schemes/retire.html")]
struct RetirePage {
    shell: Shell,
    title: String,
    targets: String,
    path: String,
    revision: i32,
    mistakes: Vec<Mistake>,
}

/// Why, and which revision was looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    revision: i32,
    reason: String,
}

async fn current(state: &AppState, signed_in: &SignedIn, code: &str, number: i32) -> Result<Version, WebError> {
    signed_in.ctx.scope(Act::PublishScheme)?;
    let version = schemes::version(&state.services, &signed_in.ctx, code, number).await?;
    if version.line.state == VersionState::Published { Ok(version) } else { Err(WebError::Stale) }
}

fn view(signed_in: &SignedIn, version: &Version, mistakes: Vec<Mistake>) -> RetirePage {
    let lang = signed_in.lang();
    let scheme = schemes::check(&version.body).ok();
    RetirePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("retire-title")),
        title: scheme.as_ref().map_or_else(|| version.line.scheme.clone(), |s| lang.of(&s.title).to_owned()),
        targets: lang.with("retire-what", &[("n", lang.size(scheme.map_or(0, |s| s.targets.len())).into())]),
        path: life::path(&version.line.scheme, version.line.number),
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
        return again(vec![Mistake::new("reason", lang.t("retire-no-reason"))]);
    }
    match refused(schemes::retire(&state.services, &signed_in.ctx, &code, number, typed.revision, reason).await)? {
        Ok(()) => Ok(shell::see_other("/de-an?xong=thoi")),
        Err(refusal) => again(faults::refusal(lang, &version.body, &refusal, "reason").0),
    }
}
