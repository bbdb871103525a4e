//! `/nhu-cau/{need}`: one need, what each level made of it, and what the visitor may decide.
//! Not for: lines of an answer while it goes on (`reviews::line`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::NeedId;
use service::ActError;
use service::needs::{self, Decision, NeedRefusal};

use super::{HERE, Told, Topics, said, told};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "needs/one.html")]
struct NeedPage {
    shell: Shell,
    back: (String, String),
    need: Told,
    changes: Vec<Change>,
    /// Code and text of what may be decided, the usual one first.
    may: Vec<(&'static str, String)>,
    reason: String,
    mistakes: Vec<Mistake>,
}

impl NeedPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// What a level made of a need.
pub(crate) struct Change {
    pub(crate) who: String,
    pub(crate) level: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) reason: String,
    pub(crate) when: String,
    pub(crate) official: String,
}

/// A change in words.
pub(crate) fn change(lang: Lang, topics: &Topics, line: &needs::ChangeLine) -> Change {
    Change {
        who: line.who.clone().unwrap_or_else(|| lang.t("audit-system")),
        level: crate::words::word(lang, "needs-level", line.level.code()),
        before: said(lang, topics, &line.before),
        after: said(lang, topics, &line.after),
        reason: line.reason.clone(),
        when: lang.instant(line.at),
        official: line.official.as_ref().map(|(code, name)| format!("{name} ({code})")).unwrap_or_default(),
    }
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    id: i64,
    reason: &str,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = needs::one(&state.services, &signed_in.ctx, NeedId(id)).await?;
    let topics = Topics::of(state, signed_in).await?;
    let sees_list = signed_in.ctx.may(domain::roles::Act::ViewNeeds);
    let back = if sees_list { (HERE, "needs-title") } else { ("/nhu-cau/de-nghi", "needs-ask") };
    let may = view.may.iter().map(|decision| {
        let code = match decision {
            Decision::Confirm => "confirm",
            Decision::Approve => "approve",
            Decision::Refuse => "refuse",
            Decision::Withdraw => "withdraw",
        };
        (code, lang.code_text("needs-decide", code))
    });
    let page = NeedPage {
        back: (back.0.to_owned(), lang.t(back.1)),
        need: told(lang, &topics, &view.line),
        changes: view.changes.iter().map(|line| change(lang, &topics, line)).collect(),
        may: may.collect(),
        reason: reason.to_owned(),
        mistakes,
        shell: Shell::new(&signed_in.visitor, &lang.t("needs-one")),
    };
    shell::page_with(status, &page)
}

/// The need.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    page(&state, &signed_in, row, "", (StatusCode::OK, Vec::new())).await
}

/// Decides about it by the button that was pressed.
pub(crate) async fn decide(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, reason) = (signed_in.lang(), typed.words("reason"));
    let decision = typed.code("act", Decision::from_code).ok_or(WebError::UnreadableForm)?;
    let revision = typed.words("revision").parse().unwrap_or_default();
    let outcome = needs::decide(&state.services, &signed_in.ctx, (NeedId(row), revision), decision, reason).await;
    let (status, mistakes) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("reason", lang.t("needs-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{HERE}/{row}?xong=xu-ly-nhu-cau"))),
            Err(refusals) => {
                let key = |refusal| match refusal {
                    NeedRefusal::NoReason => "needs-fault-no_reason",
                    NeedRefusal::NotNow => "needs-fault-not_now",
                };
                let mistakes = refusals.into_iter().map(|refusal| Mistake::new("reason", lang.t(key(refusal)))).collect();
                (StatusCode::UNPROCESSABLE_ENTITY, mistakes)
            }
        },
    };
    page(&state, &signed_in, row, reason, (status, mistakes)).await
}
