//! `/nhan-su/{code}/thu-dien-tu`: the address of an official, kept by the officer who keeps the record.
//! Not for: when letters come; that is the person's own choice (`account::letters`).

use axum::extract::{Path, State};
use axum::response::Response;
use service::notices;

use super::{done, kept, sheet};
use crate::AppState;
use crate::account::letters::mistake;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::sheet::{Field, Kind, Typed};
use crate::i18n::Lang;
use crate::visitor::SignedIn;

fn fields(lang: Lang) -> Vec<Field> {
    vec![Field::new(lang, "letters", "email", Kind::Line).hint(lang.t("letters-email-hint"))]
}

/// The address.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let box_ = notices::of_official(&state.services, &signed_in.ctx, &code).await?;
    let typed = Typed::of([("email", box_.own.unwrap_or_default())]);
    sheet(&signed_in, &official, "letters", "thu-dien-tu", fields(signed_in.lang()), typed, Vec::new()).answer()
}

/// Keeps it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    match refused(notices::keep_of(&state.services, &signed_in.ctx, &code, typed.words("email")).await)? {
        Ok(()) => Ok(done(&code, "luu")),
        Err(refusal) => {
            let official = kept(&state, &signed_in, &code).await?;
            sheet(&signed_in, &official, "letters", "thu-dien-tu", fields(lang), typed, vec![mistake(lang, refusal)]).answer()
        }
    }
}
