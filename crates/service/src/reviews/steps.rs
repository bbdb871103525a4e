//! Steps of the answer of a unit: sent, taken back, approved, given back, gathered, let in again; and units told that they are awaited.
//! Not for: what stands in the answer (`answering`).

use domain::ids::ReviewId;
use domain::needs::{NeedLevel, NeedState};
use domain::questions::{AnswerFault, read as read_answers};
use domain::reviews::{AnswerState, Step};
use domain::roles::Act;
use domain::time::Date;
use store::read::progress::Place;
use store::read::reviews::{self as read, AnswerLine};
use store::write::needs as needs_write;
use store::write::reviews::{self as write, Stand};

use super::answering::at;
use super::campaign::reading;
use super::rights::{Rights, Runs, why};
use crate::noting::note;
use crate::registry::is_reason;
use crate::{ActError, Ctx, Services};

/// What is said with a step.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Why.
    pub words: &'a str,
    /// The later last day, for a unit that is let in again.
    pub due: Option<Date>,
    /// The revision of the answer that was looked at.
    pub revision: i32,
}

/// Why a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepRefusal {
    /// The answer is not in a state in which it can be taken.
    NotNow,
    /// It must be said why.
    NoReason,
    /// The last day must be named, and later than the one before.
    NotLater,
    /// So many lines are not answered yet.
    Unanswered(i64),
    /// A question must be answered first, by its field.
    Question(String),
}

/// Takes a step with the answer of a unit that is as it was read.
///
/// # Errors
/// Every [`StepRefusal`] that applies; [`ActError::Forbidden`] for a step of somebody else; [`ActError::Stale`] when another step was
/// taken first.
pub async fn take(
    services: &Services,
    ctx: &Ctx,
    at_: (ReviewId, &str),
    step: Step,
    said: &Said<'_>,
) -> Result<(), ActError<Vec<StepRefusal>>> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let proof = rights.proof(ctx, step.performer())?;
    if answer.revision != said.revision {
        return Err(ActError::Stale);
    }
    let refusals = refusals(services, ctx, &answer, step, said).await?;
    let after = answer.course.after(step).filter(|_| step != Step::Edit);
    let Some(after) = after.filter(|_| refusals.is_empty()) else {
        return Err(ActError::Refused(if refusals.is_empty() { vec![StepRefusal::NotNow] } else { refusals }));
    };
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, said.words);
    write::hold(&tx, at_.0, answer.course.review).await?;
    if step != Step::Remind {
        let stand = Stand { state: after.answer, reopened: after.reopened, ..stand(ctx, &answer, step, said) };
        write::stand(&tx, (answer.id, said.revision), &stand).await?;
    }
    match step {
        Step::Approve => {
            needs_write::carry(&tx, &why, answer.id, (NeedState::Confirmed, NeedState::Approved), NeedLevel::Head).await?;
        }
        Step::SendBack | Step::Reopen => {
            needs_write::carry(&tx, &why, answer.id, (NeedState::Approved, NeedState::Confirmed), NeedLevel::Unit).await?;
        }
        Step::Gather => {
            needs_write::carry(&tx, &why, answer.id, (NeedState::Approved, NeedState::Approved), rights.level).await?;
        }
        _ => {}
    }
    write::note(&tx, &why, at_.0, Some(answer.id), step).await?;
    note(&tx, ctx, act(step), &format!("review/{}/{}", at_.0, answer.unit.1), said.words).await?;
    Ok(tx.commit().await?)
}

const fn act(step: Step) -> &'static str {
    match step {
        Step::Send | Step::Edit => "review.send",
        Step::TakeBack => "review.take_back",
        Step::Approve => "review.approve",
        Step::Return | Step::SendBack => "review.return",
        Step::Gather => "review.gather",
        Step::Remind => "review.remind",
        Step::Reopen | Step::Open | Step::Extend | Step::Close => "review.reopen",
    }
}

/// The days of an answer after a step.
fn stand(ctx: &Ctx, answer: &AnswerLine, step: Step, said: &Said<'_>) -> Stand {
    let (sent_on, approved_on) = match step {
        Step::Send => (Some(ctx.today), None),
        Step::Approve => (answer.sent_on, Some(ctx.today)),
        Step::TakeBack | Step::Return | Step::SendBack | Step::Reopen => (None, None),
        _ => (answer.sent_on, answer.approved_on),
    };
    let due_on = if step == Step::Reopen { said.due } else { answer.own_due };
    Stand { state: answer.course.answer, reopened: answer.course.reopened, due_on, sent_on, approved_on }
}

async fn refusals<R>(
    services: &Services,
    ctx: &Ctx,
    answer: &AnswerLine,
    step: Step,
    said: &Said<'_>,
) -> Result<Vec<StepRefusal>, ActError<R>> {
    let mut refusals = Vec::new();
    if answer.course.after(step).is_none() {
        return Ok(vec![StepRefusal::NotNow]);
    }
    let mut refuse = |is_wrong: bool, refusal: StepRefusal| refusals.extend(is_wrong.then_some(refusal));
    refuse(step.needs_reason() && !is_reason(said.words), StepRefusal::NoReason);
    let is_later = said.due.is_some_and(|day| day > answer.due && day >= ctx.today);
    refuse(step.needs_day() && !is_later, StepRefusal::NotLater);
    if step == Step::Send {
        refuse(answer.proposed > 0, StepRefusal::Unanswered(answer.proposed));
        let review = read::one(&services.db, answer.review).await?;
        let (_, faults) = read_answers(&review.questions, |field| answer.answers.get(field).cloned().unwrap_or_default());
        let missing = faults.into_iter().filter(|(_, fault)| *fault == AnswerFault::Missing);
        refusals.extend(missing.map(|(field, _)| StepRefusal::Question(field)));
    }
    Ok(refusals)
}

/// Tells every unit that is late and awaited by the asker so, each with a line of the record. Tells how many.
///
/// # Errors
/// [`ActError::Forbidden`] when the asker awaits no unit.
pub async fn remind_late(services: &Services, ctx: &Ctx, id: ReviewId, words: &str) -> Result<usize, ActError> {
    let wanted = read::Wanted { review: Some(id), unit: None, going: true };
    let answers = read::answers(&services.db, &reading(ctx)?, wanted).await?;
    let mut late = Vec::new();
    for answer in answers {
        if answer.is_late(ctx.today) && answer.course.after(Step::Remind).is_some() {
            let rights = Rights::of(services, ctx, &answer).await?;
            late.extend(rights.proof(ctx, Step::Remind.performer()).ok().map(|proof| (answer, proof)));
        }
    }
    if late.is_empty() {
        super::rights::runner(ctx, std::iter::empty())?;
    }
    let tx = services.db.write().await?;
    for (answer, proof) in &late {
        write::note(&tx, &why(ctx, proof, words), id, Some(answer.id), Step::Remind).await?;
    }
    note(&tx, ctx, "review.remind", &format!("review/{id}"), words).await?;
    tx.commit().await?;
    Ok(late.len())
}

/// Answers that still go on where the asker reads needs, with the asker's rights: what waits on whom.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no needs.
pub async fn going(services: &Services, ctx: &Ctx) -> Result<Vec<(AnswerLine, Rights)>, ActError> {
    let place: Place = reading(ctx)?;
    let answers = read::answers(&services.db, &place, read::Wanted { going: true, ..read::Wanted::default() }).await?;
    let mut mine = Vec::new();
    for answer in answers {
        let rights = Rights::of(services, ctx, &answer).await?;
        if waits(&answer, &rights) {
            mine.push((answer, rights));
        }
    }
    Ok(mine)
}

const fn waits(answer: &AnswerLine, rights: &Rights) -> bool {
    match answer.course.answer {
        AnswerState::Waiting | AnswerState::Answering | AnswerState::Returned => rights.officer,
        AnswerState::Sent => rights.head,
        AnswerState::Approved => rights.above,
        AnswerState::Gathered => false,
    }
}

/// How many of them; who runs reviews waits for what is approved, so their units need not be looked at one by one.
///
/// # Errors
/// As [`going`].
pub async fn going_count(services: &Services, ctx: &Ctx) -> Result<usize, ActError> {
    let runs = Runs::of(ctx, Act::RunReviews);
    if runs == Runs::Nothing {
        return Ok(going(services, ctx).await?.len());
    }
    let answers = read::answers(&services.db, &reading(ctx)?, read::Wanted { going: true, ..read::Wanted::default() }).await?;
    let mut count = 0;
    for answer in answers.iter().filter(|answer| answer.course.answer == AnswerState::Approved || ctx.may(Act::ApproveNeeds)) {
        let is_gathered_by_runner = answer.course.answer == AnswerState::Approved && runs.reaches(answer.bloc);
        if is_gathered_by_runner || waits(answer, &Rights::of(services, ctx, answer).await?) {
            count += 1;
        }
    }
    Ok(count)
}
