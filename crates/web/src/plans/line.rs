//! `/ke-hoach/{id}/dong/{key}`: the form of one line.
//! Not for: its fields (`fields`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::PlanId;
use domain::plans::Line;
use domain::roles::{Act, Forbidden};
use serde::Deserialize;
use service::ActError;
use service::plans::{self, Known, PlanRefusal, View};

use super::fields::{self, Reader};
use super::{mistake, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// The key of a line that is not there yet.
const NEW: &str = "moi";

struct Asked {
    view: View,
    known: Known,
    line: Line,
    key: u32,
}

async fn asked(state: &AppState, signed_in: &SignedIn, id: i64, key: &str) -> Result<Asked, WebError> {
    let view = plans::one(&state.services, &signed_in.ctx, PlanId(id), None).await?;
    if !view.may_keep {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepPlans }));
    }
    if !view.is_open() {
        return Err(WebError::Stale);
    }
    let known = plans::known(&state.services, &signed_in.ctx, &view.body.officials()).await?;
    let key = if key == NEW { 0 } else { key.parse().ok().filter(|key| *key > 0).ok_or(WebError::NotFound)? };
    let year = signed_in.ctx.today.year().clamp(view.plan.from, view.plan.to);
    let line = match key {
        0 => Line::empty(0, year),
        key => view.body.line(key).cloned().ok_or(WebError::NotFound)?,
    };
    Ok(Asked { view, known, line, key })
}

fn sheet(signed_in: &SignedIn, asked: &Asked, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let plan = &asked.view.plan;
    let end = if asked.key == 0 { NEW.to_owned() } else { asked.key.to_string() };
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(if asked.key == 0 { "plans-add-line" } else { "plans-edit-line" })),
        back: (path(plan.id, ""), plan.title.clone()),
        lead: lang.t("plans-line-lead"),
        action: path(plan.id, &format!("/dong/{end}")),
        submit: lang.t("plans-save-line"),
        fields: fields::of(lang, &asked.known),
        typed,
        mistakes,
    }
}

/// The form.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, key)): Path<(i64, String)>,
) -> Result<Response, WebError> {
    let asked = asked(&state, &signed_in, id, &key).await?;
    let typed = fields::typed(&asked.line, &asked.known, asked.view.version.revision);
    sheet(&signed_in, &asked, typed, Vec::new()).answer()
}

/// Saves the line, or says what is wrong and keeps what was typed.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, key)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let asked = asked(&state, &signed_in, id, &key).await?;
    let codes = fields::staff_codes(&typed);
    let officials = plans::officials_by_codes(&state.services, &signed_in.ctx, &codes).await?;
    let today = signed_in.ctx.today;
    let mut reader = Reader { lang, known: &asked.known, typed: &typed, officials: &officials, today, mistakes: Vec::new() };
    let line = reader.line(asked.key, Some(&asked.line));
    let mistakes = reader.mistakes;
    if !mistakes.is_empty() {
        return sheet(&signed_in, &asked, typed, mistakes).answer();
    }
    let revision = typed.text("revision").and_then(|text| text.parse().ok()).unwrap_or(0);
    match plans::save_line(&state.services, &signed_in.ctx, asked.view.plan.id, revision, line).await {
        // What was typed stays in the form, which now belongs to the lines as the other officer left them.
        Err(ActError::Stale) => {
            let mut typed = typed;
            typed.put("revision".to_owned(), asked.view.version.revision.to_string());
            let mistakes = vec![Mistake::new("words", lang.t("plans-stale"))];
            shell::page_with(StatusCode::CONFLICT, &sheet(&signed_in, &asked, typed, mistakes))
        }
        answer => match refused(answer)? {
            Ok(key) => Ok(shell::see_other(&format!("{}?xong=dong-ke-hoach#dong-{key}", path(asked.view.plan.id, "")))),
            Err(PlanRefusal::WrongState) => Err(WebError::Stale),
            Err(refusal) => sheet(&signed_in, &asked, typed, mistake(lang, &refusal)).answer(),
        },
    }
}

/// Which revision was looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    revision: i32,
}

/// Takes the line out.
pub(crate) async fn drop_line(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, key)): Path<(i64, u32)>,
    CsrfForm(seen): CsrfForm<Seen>,
) -> Result<Response, WebError> {
    match refused(plans::drop_line(&state.services, &signed_in.ctx, PlanId(id), seen.revision, key).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=bo-dong", path(PlanId(id), "")))),
        Err(_) => Err(WebError::Stale),
    }
}
