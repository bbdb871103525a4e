//! Papers made of figures are sent from where the figures are looked at: the notice of a review, the table of needs, the urgent list;
//! one that came back is sent again from its own page.
//! Not for: what they say (`service::documents`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::{CaseId, ReviewId};
use domain::roles::Act;
use service::ActError;
use service::documents::{self, About, SendRefusal};

use super::{files, path, refusal};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::shell;
use crate::visitor::SignedIn;

/// Why a paper is not sent, in words.
fn said(lang: Lang, why: &SendRefusal) -> String {
    match why {
        SendRefusal::Document(why) => files::said(lang, why),
        SendRefusal::Paper(why) => refusal(lang, why),
    }
}

/// Sends a paper and leads to it.
async fn send(state: &AppState, signed_in: &SignedIn, about: &About) -> Result<Response, WebError> {
    match refused(documents::send(&state.services, &signed_in.ctx, about).await)? {
        Ok(id) => Ok(shell::see_other(&format!("{}?xong=gui-van-ban", path(id)))),
        Err(why) => files::none(signed_in, said(signed_in.lang(), &why)),
    }
}

/// Sends the notice of a review.
pub(crate) async fn of_review(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    _: CsrfForm<Typed>,
) -> Result<Response, WebError> {
    send(&state, &signed_in, &About::Review(ReviewId(id))).await
}

/// Sends the table of needs that the address asks for.
pub(crate) async fn of_needs(
    State(state): State<AppState>,
    signed_in: SignedIn,
    asked: Asked,
    _: CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewNeeds)?;
    send(&state, &signed_in, &crate::needs::consolidated::about(&state, &signed_in, &asked).await?).await
}

/// Sends the urgent list that the address asks for.
pub(crate) async fn of_urgent(
    State(state): State<AppState>,
    signed_in: SignedIn,
    asked: Asked,
    _: CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ExportPeople)?;
    send(&state, &signed_in, &crate::gaps::urgent::about(&state, &signed_in, &asked).await?).await
}

/// Sends a paper again that came back.
pub(crate) async fn again(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, id) = (signed_in.lang(), CaseId(id));
    let revision = typed.words("revision").parse().map_err(|_| WebError::UnreadableForm)?;
    let anew = typed.words("act") == "anew";
    let why = match documents::send_again(&state.services, &signed_in.ctx, id, revision, anew).await {
        Err(ActError::Stale) => lang.t("papers-stale"),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=gui-van-ban", path(id)))),
            Err(why) => said(lang, &why),
        },
    };
    super::one::told(&state, &signed_in, id, why).await
}
