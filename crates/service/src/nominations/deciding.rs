//! What becomes of a nomination: the head agrees, Home Affairs or the Party board confirm, either refuses, the unit takes it back.
//! Not for: naming (`naming`).

use domain::ids::NominationId;
use domain::nominations::{NominationAct, NominationState};
use domain::notices::Event;
use domain::roles::{Act, Forbidden};
use domain::time::Date;
use domain::training::Outcome;
use store::read::classes as halls;
use store::read::nominations::facts::Who;
use store::read::nominations::{self as read, NominationLine};
use store::write::bump_facts;
use store::write::nominations as write;
use store::write::register::{Why, end_class_record};
use store::{At, WriteTx};

use super::judging::{Because, Judging, event};
use super::promote;
use crate::noting::note;
use crate::registry::{UnitView, is_reason, view_of_id, without_refusal};
use crate::reviews::{Proof, at_unit, why};
use crate::{ActError, Ctx, Services, notices};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The head agrees.
    Agree,
    /// Home Affairs or the Party board confirm.
    Confirm,
    /// Either refuses.
    Refuse,
    /// The unit takes it back, or asks to.
    Withdraw,
    /// Whoever confirmed lets the person go.
    LetGo,
    /// Or does not.
    Keep,
}

impl Decision {
    /// All.
    pub const ALL: [Self; 6] = [Self::Agree, Self::Confirm, Self::Refuse, Self::Withdraw, Self::LetGo, Self::Keep];

    /// What happens by it.
    #[must_use]
    pub const fn act(self) -> NominationAct {
        match self {
            Self::Agree => NominationAct::Agree,
            Self::Confirm => NominationAct::Confirm,
            Self::Refuse => NominationAct::Refuse,
            Self::Withdraw => NominationAct::Withdraw,
            Self::LetGo => NominationAct::LetGo,
            Self::Keep => NominationAct::Keep,
        }
    }

    /// By its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.act().code() == code)
    }

    const fn wants_a_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Withdraw | Self::Keep)
    }
}

/// Why a decision is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionRefusal {
    /// It must be said why.
    NoReason,
    /// The nomination has gone too far for it.
    NotNow,
    /// The law of the day of the decision, or a rule, forbids it by now.
    Hindered(Vec<Because>),
}

/// As whom the asker may take a decision about somebody of a unit. Nobody agrees to or confirms the own nomination.
pub(super) fn right(ctx: &Ctx, line: &NominationLine, unit: &UnitView, decision: Decision) -> Result<Proof, Forbidden> {
    let own = ctx.who.as_ref().and_then(|who| who.official) == Some(line.official.0);
    let act = match (decision, line.state) {
        (Decision::Agree, _) | (Decision::Refuse, NominationState::Named) => Act::AgreeNominations,
        (Decision::Withdraw, _) => Act::Nominate,
        _ => Act::ConfirmNominations,
    };
    if own && decision != Decision::Withdraw {
        return Err(Forbidden { act });
    }
    let proof = at_unit(ctx, act, unit);
    // Whoever confirms may refuse what no head has looked at yet.
    if act == Act::AgreeNominations && decision == Decision::Refuse {
        return proof.or_else(|_| at_unit(ctx, Act::ConfirmNominations, unit));
    }
    proof
}

/// Decides about a nomination that is as it was read; a seat that becomes free goes to the first in the line.
///
/// # Errors
/// [`DecisionRefusal`]; [`ActError::Forbidden`] for a decision of somebody else; [`ActError::Stale`] when somebody decided first.
pub async fn decide(
    services: &Services,
    ctx: &Ctx,
    (id, revision): (NominationId, i32),
    decision: Decision,
    reason: &str,
) -> Result<(), ActError<DecisionRefusal>> {
    let line = super::one(services, ctx, id).await.map_err(without_refusal)?;
    let unit = view_of_id(services, ctx, line.working.unit, ctx.today).await.map_err(without_refusal)?;
    let proof = right(ctx, &line, &unit, decision)?;
    if decision.wants_a_reason() && !is_reason(reason) {
        return Err(ActError::Refused(DecisionRefusal::NoReason));
    }
    let tx = services.seating().await?;
    let line = read::one(At::Writer(&tx), id, ctx.today).await?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    let is_live = line.class.status.is_open_to_change();
    let to = line.state.after(decision.act()).filter(|_| is_live).ok_or(ActError::Refused(DecisionRefusal::NotNow))?;
    if decision == Decision::Confirm {
        let because = against(services, ctx, &tx, &line).await.map_err(without_refusal)?;
        if !because.is_empty() {
            return Err(ActError::Refused(DecisionRefusal::Hindered(because)));
        }
    }
    let why = why(ctx, &proof, reason);
    write::step(&tx, (id, revision), to).await?;
    if decision == Decision::Confirm {
        write::judged(&tx, id, ctx.today).await?;
    }
    write::note(&tx, &why, id, Some(decision.act()), reason).await?;
    notices::tell_of(&tx, ctx, told(decision, to), (line.class.id, id)).await?;
    if line.state.holds_a_seat() && !to.holds_a_seat() {
        write::leave_seat(&tx, id).await?;
        leave(&tx, &why, &line, ctx.today).await.map_err(without_refusal)?;
        promote(services, &tx, ctx, &why).await.map_err(without_refusal)?;
    }
    note(&tx, ctx, audited(decision), &format!("class/{}/{}", line.class.code, line.official.1), reason).await?;
    Ok(tx.commit().await?)
}

/// What people are told of a decision.
const fn told(decision: Decision, to: NominationState) -> Event {
    match decision {
        Decision::Agree => Event::Agreed,
        Decision::Confirm => Event::Confirmed,
        Decision::Refuse => Event::Refused,
        Decision::Withdraw if matches!(to, NominationState::Leaving) => Event::Leaving,
        Decision::Withdraw => Event::Withdrawn,
        Decision::LetGo => Event::LetGo,
        Decision::Keep => Event::Kept,
    }
}

/// What forbids sending somebody on the day of the decision.
async fn against(services: &Services, ctx: &Ctx, tx: &WriteTx, line: &NominationLine) -> Result<Vec<Because>, ActError> {
    let class = halls::one(At::Writer(tx), &line.class.code, ctx.today).await?;
    let event = event(&class.terms, ctx.today);
    let judging = Judging::of(services, ctx, At::Writer(tx), (&class, &event), Who::People(&[line.official.0])).await?;
    Ok(judging.against(line))
}

/// Whoever is let go of a class that runs attends it no more; what was promised for a degree stays promised.
async fn leave(tx: &WriteTx, why: &Why<'_>, line: &NominationLine, today: Date) -> Result<(), ActError> {
    for (record, official) in read::records(At::Writer(tx), line.class.id).await? {
        if official == line.official.0 {
            end_class_record(tx, why, record, Outcome::Withdrawn, Some(today)).await?;
            bump_facts(tx).await?;
        }
    }
    Ok(())
}

const fn audited(decision: Decision) -> &'static str {
    match decision {
        Decision::Agree => "nomination.agree",
        Decision::Confirm => "nomination.confirm",
        Decision::Refuse => "nomination.refuse",
        Decision::Withdraw => "nomination.withdraw",
        Decision::LetGo => "nomination.let_go",
        Decision::Keep => "nomination.keep",
    }
}

/// Takes the same decision about many nominations that are as they were read, one by one. Tells how many; those that somebody else
/// decided first, or that a rule refuses, are left as they are and told.
///
/// # Errors
/// [`ActError::Forbidden`] or what the first fails with otherwise.
pub async fn decide_many(
    services: &Services,
    ctx: &Ctx,
    nominations: &[(NominationId, i32)],
    decision: Decision,
    reason: &str,
) -> Result<(usize, Vec<(NominationId, DecisionRefusal)>), ActError> {
    let (mut done, mut left) = (0, Vec::new());
    for nomination in nominations {
        match decide(services, ctx, *nomination, decision, reason).await {
            Ok(()) => done += 1,
            Err(ActError::Refused(refusal)) => left.push((nomination.0, refusal)),
            Err(ActError::Stale) => left.push((nomination.0, DecisionRefusal::NotNow)),
            Err(ActError::Forbidden(forbidden)) => return Err(forbidden.into()),
            Err(ActError::NotFound) => return Err(ActError::NotFound),
            Err(ActError::Internal(error)) => return Err(ActError::Internal(error)),
        }
    }
    Ok((done, left))
}
