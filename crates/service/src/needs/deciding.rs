//! Deciding about needs outside of a review: the officer confirms or declines, the head approves or refuses, who asked withdraws.
//! Not for: lines of an answer (`reviews::judge`).

use domain::ids::NeedId;
use domain::needs::{NeedLevel, NeedState, NeedStep, Verdict};
use domain::roles::{self, Act, Forbidden, Reach};
use store::read::needs::{self as read, ChangeLine, NeedLine, Of};
use store::write::needs::{self as write, Change};

use super::reading::{said_of, said_of_change, unnamed_changes_unless, unnamed_unless};
use crate::noting::note;
use crate::registry::{is_reason, view_of_id, without_refusal};
use crate::reviews::{at_unit, why};
use crate::{ActError, Ctx, Services};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The officer says it is a need.
    Confirm,
    /// The officer or the head says it is none.
    Refuse,
    /// The head approves.
    Approve,
    /// Who asked takes it back.
    Withdraw,
}

impl Decision {
    /// By its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "confirm" => Some(Self::Confirm),
            "refuse" => Some(Self::Refuse),
            "approve" => Some(Self::Approve),
            "withdraw" => Some(Self::Withdraw),
            _ => None,
        }
    }
}

/// Why a decision is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedRefusal {
    /// It must be said why.
    NoReason,
    /// The need has gone too far, or is part of an answer.
    NotNow,
}

/// A need as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedView {
    /// The need.
    pub line: NeedLine,
    /// What levels made of it.
    pub changes: Vec<ChangeLine>,
    /// What the asker may decide now.
    pub may: Vec<Decision>,
}

/// Changes shown at once.
const MOST_SHOWN: u32 = 200;

/// One need with what the asker may decide.
///
/// # Errors
/// [`ActError::NotFound`] when the asker may not see it.
pub async fn one(services: &Services, ctx: &Ctx, id: NeedId) -> Result<NeedView, ActError> {
    let line = seen(services, ctx, id).await?;
    let is_own = is_own(ctx, &line);
    let mut may = Vec::new();
    for decision in [Decision::Confirm, Decision::Approve, Decision::Refuse, Decision::Withdraw] {
        if after(&line, decision, level(services, ctx, &line, decision).await?).is_some() {
            may.push(decision);
        }
    }
    let changes = read::changes(&services.db, Of::Need(id), MOST_SHOWN).await?;
    let changes = if is_own { changes } else { unnamed_changes_unless(ctx, changes) };
    let line = if is_own { Some(line) } else { unnamed_unless(ctx, vec![line]).pop() };
    Ok(NeedView { line: line.ok_or(ActError::NotFound)?, changes, may })
}

/// A need for who may see it; whoever may not learns nothing of it.
async fn seen(services: &Services, ctx: &Ctx, id: NeedId) -> Result<NeedLine, ActError> {
    let line = read::one(&services.db, id).await?;
    let unit = view_of_id(services, ctx, line.unit.0, ctx.today).await?;
    let sees = is_own(ctx, &line) || ctx.scope(Act::ViewNeeds).is_ok_and(|scope| unit.lies_within(&scope));
    if sees { Ok(line) } else { Err(ActError::NotFound) }
}

fn is_own(ctx: &Ctx, line: &NeedLine) -> bool {
    let own = ctx.who.as_ref().and_then(|who| who.official);
    own.is_some() && own == line.official.as_ref().map(|official| official.0)
}

/// As which level the asker may take a decision of this kind about a need, if at all. Nobody decides about the own need, but for who
/// decides for the whole province.
async fn level(services: &Services, ctx: &Ctx, line: &NeedLine, decision: Decision) -> Result<Option<NeedLevel>, ActError> {
    let is_own = is_own(ctx, line);
    if decision == Decision::Withdraw {
        return Ok((is_own && ctx.may(Act::AskTraining)).then_some(NeedLevel::Person));
    }
    let unit = view_of_id(services, ctx, line.unit.0, ctx.today).await?;
    let may = |act: Act| {
        let stands_above = ctx.scope(act).is_ok_and(|scope| *scope.reach() == Reach::Province);
        at_unit(ctx, act, &unit).is_ok() && (!is_own || stands_above)
    };
    let (officer, head) = (may(Act::AnswerReviews), may(Act::ApproveNeeds));
    Ok(match (decision, line.state) {
        (Decision::Approve, _) if head => Some(NeedLevel::Head),
        (Decision::Confirm, _) if officer => Some(NeedLevel::Unit),
        (Decision::Refuse, NeedState::Proposed) if officer => Some(NeedLevel::Unit),
        (Decision::Refuse, NeedState::Confirmed) if head => Some(NeedLevel::Head),
        _ => None,
    })
}

/// Where a decision leads, when it can be taken at a level.
fn after(line: &NeedLine, decision: Decision, level: Option<NeedLevel>) -> Option<(NeedState, NeedLevel)> {
    let level = level.filter(|_| line.answer.is_none())?;
    let step = match decision {
        Decision::Confirm if line.state == NeedState::Proposed => NeedStep::Confirm,
        Decision::Approve if line.state == NeedState::Confirmed => NeedStep::Approve,
        Decision::Refuse => NeedStep::Refuse,
        Decision::Withdraw if line.state != NeedState::Withdrawn => NeedStep::Drop,
        Decision::Confirm | Decision::Approve | Decision::Withdraw => return None,
    };
    Some((line.state.after(step)?, level))
}

/// Decides about a need that is as it was read.
///
/// # Errors
/// Every [`NeedRefusal`] that applies; [`ActError::Forbidden`] for a decision of somebody else; [`ActError::Stale`] when somebody decided
/// first.
pub async fn decide(
    services: &Services,
    ctx: &Ctx,
    (id, revision): (NeedId, i32),
    decision: Decision,
    reason: &str,
) -> Result<(), ActError<Vec<NeedRefusal>>> {
    let line = seen(services, ctx, id).await.map_err(without_refusal)?;
    let act = match decision {
        Decision::Confirm | Decision::Refuse => Act::AnswerReviews,
        Decision::Approve => Act::ApproveNeeds,
        Decision::Withdraw => Act::AskTraining,
    };
    let level = level(services, ctx, &line, decision).await.map_err(without_refusal)?;
    let is_over = line.revision != revision;
    let Some((state, level)) = after(&line, decision, level) else {
        return Err(match level {
            _ if is_over => ActError::Stale,
            Some(_) => ActError::Refused(vec![NeedRefusal::NotNow]),
            None => Forbidden { act }.into(),
        });
    };
    if decision == Decision::Refuse && !is_reason(reason) {
        return Err(ActError::Refused(vec![NeedRefusal::NoReason]));
    }
    let act = if level == NeedLevel::Head { Act::ApproveNeeds } else { act };
    // That it lies within was found above, with the level.
    let proof = ctx.who.as_ref().map(|who| roles::authorise_within(who, act, |_| true)).transpose()?;
    let verdict = match decision {
        Decision::Confirm => Some(Verdict::Confirmed),
        Decision::Refuse => Some(Verdict::Removed),
        Decision::Approve | Decision::Withdraw => line.verdict,
    };
    let change = Change {
        state,
        level,
        verdict,
        reason,
        people: line.people,
        subject: line.subject,
        topic: line.topic.as_ref(),
        words: &line.words,
        urgent: line.urgent,
    };
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, reason);
    write::change(&tx, &why, (id, revision), &change).await?;
    write::note(&tx, &why, id, level, (&said_of(&line), &said_of_change(&change))).await?;
    let act = match decision {
        Decision::Confirm => "need.confirm",
        Decision::Refuse => "need.refuse",
        Decision::Approve => "need.approve",
        Decision::Withdraw => "need.withdraw",
    };
    note(&tx, ctx, act, &format!("need/{id}"), reason).await?;
    Ok(tx.commit().await?)
}

/// Approves needs that are as they were read, one by one. Tells how many; those that somebody else decided first are left out.
///
/// # Errors
/// [`ActError::Forbidden`] for who is no head; what the first need fails with otherwise.
pub async fn approve_many(services: &Services, ctx: &Ctx, needs: &[(NeedId, i32)]) -> Result<usize, ActError> {
    ctx.scope(Act::ApproveNeeds)?;
    let mut approved = 0;
    for need in needs {
        match decide(services, ctx, *need, Decision::Approve, "").await {
            Ok(()) => approved += 1,
            Err(ActError::Stale | ActError::Refused(_)) => {}
            Err(other) => return Err(without_refusal_of(other)),
        }
    }
    Ok(approved)
}

fn without_refusal_of<R>(error: ActError<R>) -> ActError {
    match error {
        ActError::Forbidden(forbidden) => ActError::Forbidden(forbidden),
        ActError::Internal(error) => ActError::Internal(error),
        ActError::Stale | ActError::Refused(_) => ActError::Stale,
        ActError::NotFound => ActError::NotFound,
    }
}
