//! `/tieu-chuan/{code}/ban/{n}/ban-hanh`: who becomes short and who is freed when a draft comes in force, then the act.
//! Not for: editing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use service::standards::{self, StandardText};

use super::effects::{self, Effects};
use super::{draft, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "standards/publish.html")]
struct PublishPage {
    shell: Shell,
    title: String,
    path: String,
    number: i32,
    revision: i32,
    reason: String,
    mistakes: Vec<Mistake>,
    effects: Effects,
}

impl PublishPage {
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

async fn view(
    state: &AppState,
    signed_in: &SignedIn,
    draft: &StandardText,
    reason: &str,
    mistakes: Vec<Mistake>,
) -> Result<PublishPage, WebError> {
    let (lang, line) = (signed_in.lang(), &draft.line);
    let preview = standards::preview(&state.services, &signed_in.ctx, &line.code, line.number).await?;
    let path = path(&line.code, line.number);
    Ok(PublishPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("standards-publish-title")).on(preview.on),
        title: standards::check(&draft.body).map_or_else(|_| line.code.clone(), |standard| lang.of(&standard.title).to_owned()),
        number: line.number,
        revision: line.revision,
        reason: reason.to_owned(),
        mistakes,
        effects: effects::saved(lang, &preview, &path),
        path,
    })
}

/// What will change.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let draft = draft(&state, &signed_in, &code, number).await?;
    shell::page(&view(&state, &signed_in, &draft, "", Vec::new()).await?)
}

/// Puts the draft in force.
pub(crate) async fn publish(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let draft = draft(&state, &signed_in, &code, number).await?;
    let reason = typed.reason.trim();
    let mistakes = if reason.is_empty() {
        vec![Mistake::new("reason", lang.t("standards-no-reason"))]
    } else {
        match refused(standards::publish(&state.services, &signed_in.ctx, &code, number, typed.revision, reason).await)? {
            Ok(()) => return Ok(shell::see_other("/tieu-chuan?xong=ban-hanh-tieu-chuan")),
            Err(refusal) => super::refusal(lang, &draft.body, &refusal, "reason").0,
        }
    };
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&state, &signed_in, &draft, reason, mistakes).await?)
}
