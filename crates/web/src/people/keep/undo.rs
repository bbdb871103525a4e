//! `/nhan-su/{code}/hoan-tac/{operation}`: an act of the register looked at, and taken back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::registry::{self, Hindrance, Obstacle, UndoRefusal};

use super::history::{Change, change};
use super::{no_reason, record_path};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "people/undo.html")]
struct UndoPage {
    shell: Shell,
    back: (String, String),
    action: String,
    changes: Vec<Change>,
    summary: String,
    more: Option<String>,
    reason: String,
    mistakes: Vec<Mistake>,
}

impl UndoPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// The address at which an act is taken back.
pub(super) fn path(code: &str, operation: &str) -> String {
    format!("{}/hoan-tac/{}", record_path(code), escaped(operation))
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    (code, operation): (&str, &str),
    reason: &str,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let found = registry::operation(&state.services, &signed_in.ctx, code, operation).await?;
    let shown = i64::try_from(found.lines.len()).unwrap_or(i64::MAX);
    let counts = [("rows", lang.number(found.touched.rows).into()), ("people", lang.counted("noun-people", found.touched.people).into())];
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = UndoPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("undo-title")),
        back: (format!("{}/lich-su", record_path(code)), lang.t("keep-history")),
        action: path(code, operation),
        summary: lang.with("undo-summary", &counts),
        more: (shown < found.touched.rows).then(|| lang.with("undo-more", &[("rows", lang.number(found.touched.rows - shown).into())])),
        changes: found.lines.iter().map(|line| change(lang, line)).collect(),
        reason: reason.to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The act, and the form that takes it back.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, operation)): Path<(String, String)>,
) -> Result<Response, WebError> {
    page(&state, &signed_in, (&code, &operation), "", Vec::new()).await
}

/// Takes it back.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, operation)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let reason = typed.words("reason");
    match refused(registry::undo(&state.services, &signed_in.ctx, &code, &operation, reason).await)? {
        Ok(_) => {
            // Undoing the act that added a person takes the person out again.
            let is_there = registry::person(&state.services, &signed_in.ctx, &code).await.is_ok();
            let to = if is_there { format!("{}/lich-su", record_path(&code)) } else { "/nhan-su".to_owned() };
            Ok(shell::see_other(&format!("{to}?xong=hoan-tac")))
        }
        Err(refusals) => {
            let mistakes = refusals.iter().flat_map(|refusal| mistakes_of(signed_in.lang(), refusal)).collect();
            page(&state, &signed_in, (&code, &operation), reason, mistakes).await
        }
    }
}

fn mistakes_of(lang: Lang, refusal: &UndoRefusal) -> Vec<Mistake> {
    let at = |text: String| Mistake::new("reason", text);
    match refusal {
        UndoRefusal::NoReason => vec![no_reason(lang)],
        UndoRefusal::OthersToo { people } => {
            vec![at(lang.with("undo-others-too", &[("people", lang.counted("noun-people", *people).into())]))]
        }
        UndoRefusal::Blocked { obstacles, count } => {
            let mut all: Vec<Mistake> = obstacles.iter().map(|obstacle| at(told(lang, obstacle))).collect();
            let rest = count.saturating_sub(obstacles.len());
            all.extend((rest > 0).then(|| at(lang.with("undo-more-obstacles", &[("count", lang.size(rest).into())]))));
            all
        }
    }
}

/// What stands in the way, in one sentence.
fn told(lang: Lang, obstacle: &Obstacle) -> String {
    let what = lang.code_text("keep-row", &obstacle.kind);
    let person = obstacle.person.as_ref().map(|(code, name)| format!("{name} ({code})")).unwrap_or_default();
    let of = [("what", what.into()), ("person", person.into())];
    match &obstacle.why {
        Hindrance::Changed { at, who, reason } => {
            let who = who.clone().unwrap_or_else(|| lang.t("keep-system"));
            let more = [("when", lang.instant(*at).into()), ("who", who.into()), ("reason", reason.clone().into())];
            lang.with("undo-changed", &of.into_iter().chain(more).collect::<Vec<_>>())
        }
        Hindrance::Different => lang.with("undo-different", &of),
        Hindrance::Needed { by, rows } => {
            let more = [("by", lang.code_text("keep-row", by).into()), ("rows", lang.size(*rows).into())];
            lang.with("undo-needed", &of.into_iter().chain(more).collect::<Vec<_>>())
        }
        Hindrance::Taken => lang.with("undo-taken", &of),
    }
}
