//! The task board of a scheme, and setting tasks and yes/no targets done with evidence.
//! Not for: deadlines' arithmetic (`domain::schemes::Due`).

use domain::roles::{self, Act};
use domain::schemes::{Due, Measure, Task};
use domain::time::Date;
use store::read::schemes as read;
use store::write::schemes::{self as write, By, Occurrence};
use store::write::{audit, bump_facts};

use super::one;
use crate::{ActError, Ctx, Services};

domain::codes! {
    /// State of a task on a day.
    TaskState { /// Quá hạn.
        Late = "late", /// Đến hạn trong 30 ngày.
        Due = "due", /// Chưa đến hạn.
        Open = "open", /// Thường xuyên.
        Continuous = "continuous", /// Hoàn thành.
        Done = "done" }
}

/// Days before a deadline from which a task counts as due.
const DUE_DAYS: i64 = 30;

/// A task with its state.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRow {
    /// The task.
    pub task: Task,
    /// State on the day.
    pub state: TaskState,
    /// The deadline the state speaks of.
    pub deadline: Option<Date>,
    /// How many deadlines passed without evidence.
    pub missed: usize,
    /// Latest evidence: when, what.
    pub done: Option<(Date, String)>,
}

/// All tasks of a scheme on a day.
#[derive(Debug, Clone, Default)]
pub struct TaskBoard {
    /// Tasks in document order.
    pub rows: Vec<TaskRow>,
}

/// The task board of a scheme.
///
/// # Errors
/// [`ActError::NotFound`] when the scheme is not in force.
pub async fn tasks(services: &Services, ctx: &Ctx, code: &str, as_of: Date) -> Result<TaskBoard, ActError> {
    let stored = one(services, ctx, code).await?;
    let make = async { Ok(read::task_marks(&services.db, as_of).await?) };
    let marks = services.schemes.marks.get(services.facts(ctx).await?, as_of, make).await?;
    let marks: Vec<_> = marks.iter().filter(|m| m.scheme == code).collect();
    Ok(TaskBoard { rows: stored.scheme.tasks.iter().map(|t| row(t, &marks, as_of)).collect() })
}

fn row(task: &Task, marks: &[&read::TaskMark], as_of: Date) -> TaskRow {
    let own: Vec<_> = marks.iter().filter(|m| m.task == task.code).collect();
    let done = own.iter().max_by_key(|m| m.done_on).map(|m| (m.done_on, m.evidence.clone()));
    let is_done = |deadline: Date| own.iter().any(|m| m.deadline == Some(deadline));
    let deadlines = task.due.deadlines(as_of);
    let missed = deadlines.iter().filter(|d| **d < as_of && !is_done(**d)).count();
    let open = deadlines.iter().copied().find(|d| !is_done(*d));
    let state = match (task.due, open) {
        (Due::Continuous, _) => TaskState::Continuous,
        (_, None) => TaskState::Done,
        (_, Some(day)) if day < as_of => TaskState::Late,
        (_, Some(day)) if (day - as_of).whole_days() <= DUE_DAYS => TaskState::Due,
        _ => TaskState::Open,
    };
    TaskRow { task: task.clone(), state, deadline: open, missed, done }
}

/// Why evidence is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkRefusal {
    /// Evidence must be named.
    NoEvidence,
    /// The day lies in the future.
    InFuture,
    /// The target is counted, not set.
    NotYesNo,
    /// The task has no such deadline.
    NoSuchDeadline,
    /// It is set done already.
    AlreadyDone,
}

fn refuse_words(evidence: &str, on: Date, today: Date) -> Result<(), ActError<MarkRefusal>> {
    if evidence.trim().is_empty() {
        return Err(ActError::Refused(MarkRefusal::NoEvidence));
    }
    if on > today {
        return Err(ActError::Refused(MarkRefusal::InFuture));
    }
    Ok(())
}

fn flat(error: ActError) -> ActError<MarkRefusal> {
    match error {
        ActError::Forbidden(f) => ActError::Forbidden(f),
        ActError::Internal(e) => ActError::Internal(e),
        ActError::Stale => ActError::Stale,
        ActError::NotFound | ActError::Refused(_) => ActError::NotFound,
    }
}

/// Sets a yes/no target.
///
/// # Errors
/// [`MarkRefusal`].
pub async fn mark_target(
    services: &Services,
    ctx: &Ctx,
    (scheme, target): (&str, &str),
    reached: bool,
    on: Date,
    evidence: &str,
) -> Result<(), ActError<MarkRefusal>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let proof = roles::authorise(who, Act::RecordEvidence)?;
    refuse_words(evidence, on, ctx.today)?;
    let stored = one(services, ctx, scheme).await.map_err(flat)?;
    let found = stored.target(target).ok_or(ActError::NotFound)?;
    if found.measure != Measure::YesNo {
        return Err(ActError::Refused(MarkRefusal::NotYesNo));
    }
    let tx = services.db.write().await?;
    write::mark_target(&tx, By::Person(&proof), target, reached, on, evidence, ctx.now).await?;
    record(&tx, ctx, &proof, "target.mark", &format!("target/{target}"), evidence).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Sets an occurrence of a task done.
///
/// # Errors
/// [`MarkRefusal`].
pub async fn mark_task(
    services: &Services,
    ctx: &Ctx,
    what: Occurrence<'_>,
    on: Date,
    evidence: &str,
) -> Result<(), ActError<MarkRefusal>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let proof = roles::authorise(who, Act::RecordEvidence)?;
    refuse_words(evidence, on, ctx.today)?;
    let stored = one(services, ctx, what.scheme).await.map_err(flat)?;
    let task = stored.scheme.tasks.iter().find(|t| t.code == what.task).ok_or(ActError::NotFound)?;
    let horizon = what.deadline.unwrap_or(ctx.today).max(ctx.today);
    if what.deadline.is_some_and(|d| !task.due.deadlines(horizon).contains(&d)) || (what.deadline.is_none() && task.due != Due::Continuous)
    {
        return Err(ActError::Refused(MarkRefusal::NoSuchDeadline));
    }
    let tx = services.db.write().await?;
    match write::mark_task(&tx, By::Person(&proof), &what, on, evidence, ctx.now).await {
        Err(store::StoreError::Duplicate) => return Err(ActError::Refused(MarkRefusal::AlreadyDone)),
        other => other?,
    }
    record(&tx, ctx, &proof, "task.mark", &format!("task/{}/{}", what.scheme, what.task), evidence).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

async fn record(
    tx: &store::WriteTx,
    ctx: &Ctx,
    proof: &roles::Authorised,
    act: &str,
    subject: &str,
    evidence: &str,
) -> Result<(), store::StoreError> {
    let entry = audit::Entry {
        at: ctx.now,
        user: Some(proof.user()),
        act,
        subject,
        before: None,
        after: None,
        reason: evidence,
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}
