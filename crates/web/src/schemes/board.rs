//! The task board: what is late, due, open, continuous and done.
//! Not for: deadlines (`domain::schemes::Due`).

use domain::schemes::Scheme;
use domain::time::iso;
use service::schemes::{TaskBoard, TaskRow, TaskState};

use crate::i18n::Lang;

/// Tasks in one state.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    pub(crate) state: &'static str,
    pub(crate) word: String,
    pub(crate) count: String,
    pub(crate) tasks: Vec<TaskCard>,
}

/// A task, ready to print.
#[derive(Debug, Clone)]
pub(crate) struct TaskCard {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) section: String,
    pub(crate) lead: String,
    pub(crate) with: String,
    pub(crate) deadline: String,
    /// For the form; empty for tasks without one.
    pub(crate) deadline_iso: String,
    pub(crate) evidence: String,
    pub(crate) done: String,
    pub(crate) missed: String,
    pub(crate) may_mark: bool,
}

/// The lanes of a scheme, empty ones left out.
pub(super) fn lanes(lang: Lang, scheme: &Scheme, board: &TaskBoard, may_mark: bool) -> Vec<Lane> {
    let lane = |state: &TaskState| {
        let tasks: Vec<TaskCard> =
            board.rows.iter().filter(|row| row.state == *state).map(|row| card(lang, scheme, row, may_mark)).collect();
        Lane { state: state.code(), word: lang.code_text("task", state.code()), count: lang.size(tasks.len()), tasks }
    };
    TaskState::ALL.iter().map(lane).filter(|lane| !lane.tasks.is_empty()).collect()
}

fn card(lang: Lang, scheme: &Scheme, row: &TaskRow, may_mark: bool) -> TaskCard {
    let names = |codes: &[String]| codes.iter().map(|code| scheme.actor_title(code, lang.is_vi())).collect::<Vec<_>>().join(", ");
    let task = &row.task;
    let done = row
        .done
        .as_ref()
        .map(|(day, evidence)| lang.with("task-done-said", &[("day", lang.date(*day).into()), ("evidence", evidence.as_str().into())]));
    TaskCard {
        code: task.code.clone(),
        title: lang.of(&task.title).to_owned(),
        section: task.section.clone(),
        lead: names(&task.lead),
        with: names(&task.with),
        deadline: row.deadline.map(|day| lang.date(day)).unwrap_or_default(),
        deadline_iso: row.deadline.map(iso).unwrap_or_default(),
        evidence: lang.of(&task.evidence).to_owned(),
        done: done.unwrap_or_default(),
        missed: if row.missed > 1 { lang.counted("task-missed", i64::try_from(row.missed).unwrap_or(i64::MAX)) } else { String::new() },
        may_mark: may_mark && row.state != TaskState::Done,
    }
}
