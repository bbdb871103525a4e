//! `/de-an/moi`: a new document as a first draft.
//! Not for: editing one that exists (`edit`).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use serde::Deserialize;
use service::schemes;

use super::editor::EditorPage;
use super::{faults, life};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, plain_lines};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// A short document that is in order, to start from.
const EXAMPLE: &str = include_str!("../../templates/schemes/example.toml");

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    body: String,
    note: String,
    act: String,
}

fn page(signed_in: &SignedIn, body: String, note: String) -> EditorPage {
    let lang = signed_in.lang();
    EditorPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("editor-new")),
        home: ("/de-an", lang.t("schemes-title")),
        heading: lang.t("editor-new"),
        lead: lang.t("editor-new-lead"),
        action: "/de-an/moi".to_owned(),
        back: "/de-an".to_owned(),
        body,
        note,
        revision: 0,
        mistakes: Vec::new(),
        faults: Vec::new(),
        is_sound: false,
        parts_title: lang.t("editor-targets"),
        parts: Vec::new(),
        effects: None,
    }
}

/// The form with an example.
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::EditScheme)?;
    shell::page(&page(&signed_in, EXAMPLE.to_owned(), String::new()))
}

/// Checks the text, or creates the scheme.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::EditScheme)?;
    let lang = signed_in.lang();
    let mut page = page(&signed_in, plain_lines(&typed.body), typed.note);
    if typed.act == "check" {
        let examined = schemes::check(&page.body);
        page.is_sound = examined.is_ok();
        page.faults = examined.err().map(|found| faults::rows(lang, &page.body, &found)).unwrap_or_default();
        return shell::page_with(status(page.is_sound), &page);
    }
    match refused(schemes::create(&state.services, &signed_in.ctx, &page.body, &page.note).await)? {
        Ok(code) => Ok(shell::see_other(&format!("{}?xong=tao", life::path(&code, 1)))),
        Err(refusal) => {
            (page.mistakes, page.faults) = faults::refusal(lang, &page.body, &refusal, "van-ban");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// A text with mistakes is a form that came back.
pub(crate) const fn status(is_sound: bool) -> StatusCode {
    if is_sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_in_order() {
        let scheme = schemes::check(EXAMPLE).unwrap();
        assert!(!scheme.targets.is_empty() && !scheme.tasks.is_empty());
    }
}
