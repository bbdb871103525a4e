//! Setting a task of a scheme done, with the day and the evidence.
//! Not for: the board (`board`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::time;
use serde::Deserialize;
use service::schemes::{self, Occurrence};

use super::show;
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell;
use crate::targets::mark::refusal_text;
use crate::visitor::SignedIn;

/// What was typed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    deadline: String,
    on: String,
    evidence: String,
}

/// The one form of the board that is open, with what was typed.
#[derive(Debug, Clone)]
pub(crate) struct TaskForm {
    /// Code of the task.
    pub(crate) task: String,
    pub(crate) on: String,
    pub(crate) evidence: String,
    pub(crate) mistakes: Vec<Mistake>,
    today: String,
}

impl TaskForm {
    pub(super) fn empty(signed_in: &SignedIn) -> Self {
        let today = time::dmy(signed_in.ctx.today);
        Self { task: String::new(), on: String::new(), evidence: String::new(), mistakes: Vec::new(), today }
    }

    /// The evidence that stands in a task's form.
    pub(crate) fn evidence_of(&self, task: &str) -> &str {
        if self.is_of(task) { &self.evidence } else { "" }
    }

    /// The day that stands in a task's form: what was typed there, else today.
    pub(crate) fn on_of(&self, task: &str) -> &str {
        if self.is_of(task) { &self.on } else { &self.today }
    }

    /// What is wrong with a field, by its id.
    pub(crate) fn mistake(&self, field: &str, task: &str) -> Option<&str> {
        of_field(&self.mistakes, &format!("{field}-{task}"))
    }

    pub(crate) fn is_of(&self, task: &str) -> bool {
        self.task == task
    }
}

/// Sets the task done and goes back to it.
pub(crate) async fn set(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((scheme, task)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let again = async |mistake: Mistake| {
        let mistake = Mistake { field: format!("{}-{task}", mistake.field), ..mistake };
        let form = TaskForm {
            task: task.clone(),
            on: typed.on.clone(),
            evidence: typed.evidence.clone(),
            mistakes: vec![mistake],
            ..TaskForm::empty(&signed_in)
        };
        show::render(&state, &signed_in, &scheme, &Asked::default(), form).await
    };
    let Some(on) = time::parse(&typed.on) else { return again(Mistake::new("on", lang.t("mark-no-day"))).await };
    let what = Occurrence { scheme: &scheme, task: &task, deadline: time::parse(&typed.deadline) };
    match refused(schemes::mark_task(&state.services, &signed_in.ctx, what, on, &typed.evidence).await)? {
        Ok(()) => Ok(shell::see_other(&format!("/de-an/{}?xong=ghi-nhan#nv-{}", escaped(&scheme), escaped(&task)))),
        Err(refusal) => again(refusal_text(lang, refusal)).await,
    }
}
