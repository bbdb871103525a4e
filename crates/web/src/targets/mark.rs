//! Setting a yes/no target, with the day and the evidence.
//! Not for: tasks (`schemes::tasks`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::time;
use serde::Deserialize;
use service::progress;
use service::schemes::{self, MarkRefusal};

use super::show;
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::place::Place;
use crate::shell;
use crate::visitor::SignedIn;

/// What was typed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    reached: String,
    on: String,
    evidence: String,
}

/// The form with what was typed and what is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct MarkForm {
    pub(crate) reached: String,
    pub(crate) on: String,
    pub(crate) evidence: String,
    pub(crate) mistakes: Vec<Mistake>,
}

impl MarkForm {
    pub(super) fn empty(signed_in: &SignedIn) -> Self {
        Self { reached: String::new(), on: time::dmy(signed_in.ctx.today), evidence: String::new(), mistakes: Vec::new() }
    }

    fn again(typed: Typed, mistakes: Vec<Mistake>) -> Self {
        Self { reached: typed.reached, on: typed.on, evidence: typed.evidence, mistakes }
    }

    pub(crate) fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

/// Sets the target and shows it.
pub(crate) async fn set(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let again =
        async |mistakes| show::render(&state, &signed_in, &code, &Asked::default(), Some(MarkForm::again(typed.clone(), mistakes))).await;
    let (reached, on) = match read(lang, &typed) {
        Ok(read) => read,
        Err(mistakes) => return again(mistakes).await,
    };
    let place = Place::of(&state, &signed_in, &Asked::default()).await?;
    let detail = progress::detail(&state.services, &signed_in.ctx, &code, &place.ask()).await?;
    let scheme = &detail.figure.stored.scheme.code;
    let marked = schemes::mark_target(&state.services, &signed_in.ctx, (scheme, &code), reached, on, &typed.evidence).await;
    match refused(marked)? {
        Ok(()) => Ok(shell::see_other(&format!("/chi-tieu/{}?xong=ghi-nhan", escaped(&code)))),
        Err(refusal) => again(vec![refusal_text(lang, refusal)]).await,
    }
}

fn read(lang: Lang, typed: &Typed) -> Result<(bool, time::Date), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let reached = match typed.reached.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            mistakes.push(Mistake::new("reached-yes", lang.t("mark-choose")));
            None
        }
    };
    let on = time::parse(&typed.on);
    if on.is_none() {
        mistakes.push(Mistake::new("on", lang.t("mark-no-day")));
    }
    match (reached, on) {
        (Some(reached), Some(on)) => Ok((reached, on)),
        _ => Err(mistakes),
    }
}

/// A refusal beside the field it speaks of.
pub(crate) fn refusal_text(lang: Lang, refusal: MarkRefusal) -> Mistake {
    match refusal {
        MarkRefusal::NoEvidence => Mistake::new("evidence", lang.t("mark-no-evidence")),
        MarkRefusal::InFuture => Mistake::new("on", lang.t("mark-in-future")),
        MarkRefusal::NotYesNo => Mistake::new("reached-yes", lang.t("mark-not-yes-no")),
        MarkRefusal::NoSuchDeadline => Mistake::new("on", lang.t("mark-no-such-deadline")),
        MarkRefusal::AlreadyDone => Mistake::new("on", lang.t("mark-already-done")),
    }
}
