//! `/de-nghi`: corrections that officials propose, for those who keep their records.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::register::IdentityField;
use domain::register::corrections::Wish;
use service::ActError;
use service::registry::{self, DecisionRefusal};

use super::propose::{Told, told, told_masked};
use super::{career, identity, papers};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/de-nghi";

#[derive(Template)]
#[template(path = "people/open_proposals.html")]
struct OpenPage {
    shell: Shell,
    summary: String,
    proposals: Vec<Told>,
}

#[derive(Template)]
#[template(path = "people/decide.html")]
struct DecidePage {
    shell: Shell,
    proposal: Told,
    /// Where the missing line is entered: address and text.
    forms: Vec<(String, String)>,
    accept: String,
    answer: String,
    mistakes: Vec<Mistake>,
}

impl DecidePage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// What is open, oldest first.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (lines, count) = registry::open_corrections(&state.services, &signed_in.ctx).await?;
    shell::page(&OpenPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("correction-open")),
        summary: lang.with("correction-open-summary", &[("count", lang.number(count).into())]),
        proposals: lines.iter().map(|line| told_masked(lang, line)).collect(),
    })
}

async fn page(state: &AppState, signed_in: &SignedIn, id: i64, answer: &str, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let line = registry::correction(&state.services, &signed_in.ctx, id).await?;
    if line.values.iter().any(|w| IdentityField::masks(&w.field)) {
        // What is masked is shown to who decides about it, and the look is noted.
        let purpose = lang.t("correction-decide");
        let looked = registry::reveal(&state.services, &signed_in.ctx, &line.code, &purpose).await;
        refused(looked)?.map_err(|_| WebError::NotFound)?;
    }
    let proposal = told(lang, &line);
    let is_missing = line.wish == Wish::Missing;
    let forms = [("chuyen", "keep-move"), ("van-bang", "keep-qualification"), ("qua-trinh-hoc", "keep-record")];
    let forms = forms.iter().filter(|_| is_missing).map(|(path, key)| (format!("{}/{path}", proposal.record), lang.t(key)));
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = DecidePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("correction-decide")).at(&format!("{PATH}/{id}")),
        forms: forms.collect(),
        proposal,
        accept: lang.t(if is_missing { "correction-added" } else { "correction-accept" }),
        answer: answer.to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// One proposal, and the form that decides it.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    page(&state, &signed_in, row, "", Vec::new()).await
}

/// Decides it: accepted or refused by the button that was pressed.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, answer) = (signed_in.lang(), typed.words("answer"));
    let accepts = typed.words("act") == "accept";
    let outcome = if accepts {
        registry::accept(&state.services, &signed_in.ctx, row, answer).await
    } else {
        registry::refuse(&state.services, &signed_in.ctx, row, answer).await
    };
    let mistakes = match outcome {
        Err(ActError::Stale) => vec![Mistake::new("answer", lang.t("correction-stale"))],
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{PATH}?xong={}", if accepts { "nhan-de-nghi" } else { "bac-de-nghi" }))),
            Err(refusals) => refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        },
    };
    page(&state, &signed_in, row, answer, mistakes).await
}

/// The words of a refusal, all at the one field of this form.
fn mistake(lang: Lang, refusal: DecisionRefusal) -> Mistake {
    let text = match refusal {
        DecisionRefusal::NoAnswer => lang.t("correction-no-answer"),
        DecisionRefusal::Gone => lang.t("correction-gone"),
        DecisionRefusal::Identity(refusal) => identity::mistake(lang, &refusal).text,
        DecisionRefusal::Career(refusal) => career::mistake(lang, refusal).text,
        DecisionRefusal::Paper(refusal) => papers::mistake(lang, refusal, "answer").text,
    };
    Mistake::new("answer", text)
}
