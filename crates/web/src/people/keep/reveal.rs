//! `/nhan-su/{code}/xem`: the masked part of an identity, shown to who says what it is needed for.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use service::registry;

use super::{record_path, sheet};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "people/masked.html")]
struct MaskedPage {
    shell: Shell,
    back: (String, String),
    facts: Vec<(String, String)>,
}

fn purpose(signed_in: &SignedIn) -> Vec<Field> {
    let lang = signed_in.lang();
    vec![Field::needed(lang, "keep", "purpose", Kind::Words).hint(lang.t("keep-purpose-hint"))]
}

/// The form that asks what it is needed for.
pub(crate) async fn ask(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = registry::person(&state.services, &signed_in.ctx, &code).await?;
    if !registry::sees_private(&state.services, &signed_in.ctx, &official).await? {
        return Err(WebError::Forbidden(domain::roles::Forbidden { act: domain::roles::Act::KeepRegister }));
    }
    sheet(&signed_in, &official, "reveal", "xem", purpose(&signed_in), Typed::default(), Vec::new()).answer()
}

/// Shows it, once, and notes the look.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let official = registry::person(&state.services, &signed_in.ctx, &code).await?;
    let looked = refused(registry::reveal(&state.services, &signed_in.ctx, &code, typed.words("purpose")).await)?;
    let Ok(masked) = looked else {
        let mistakes = vec![Mistake::new("purpose", lang.t("keep-no-purpose"))];
        return sheet(&signed_in, &official, "reveal", "xem", purpose(&signed_in), typed, mistakes).answer();
    };
    let or_unknown = |text: Option<String>| text.unwrap_or_else(|| lang.t("keep-unknown"));
    shell::page(&MaskedPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("keep-reveal")).at(&format!("{}/xem", record_path(&code))),
        back: (record_path(&code), official.name.clone()),
        facts: vec![
            (lang.t("keep-citizen-number"), or_unknown(masked.citizen_number)),
            (lang.t("keep-religion"), or_unknown(masked.religion)),
            (lang.t("keep-health"), or_unknown(masked.health)),
        ],
    })
}
