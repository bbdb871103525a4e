//! Moving a paper along its procedure: one exhaustive function from where it is and what is done to where it is then.
//! Not for: who may do it and when (`service`), the right to sign (`mandates`) or numbers (`numbers`).

use super::procedure::{ActKind, Condition, Procedure, Step};
use crate::codes;

codes! {
    /// An opinion.
    Opinion {
        /// Đồng ý.
        Agree = "agree",
        /// Đồng ý, có ý kiến chỉnh sửa.
        Changes = "changes",
        /// Không đồng ý.
        Disagree = "disagree",
    }
}

/// What is known of a paper and decides which steps it goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// The training council has to appraise it.
    pub council: bool,
    /// It sends cadres whom the standing committee manages.
    pub standing_committee: bool,
}

impl Facts {
    /// Whether a step is gone through.
    #[must_use]
    pub const fn meets(self, condition: Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::Council => self.council,
            Condition::StandingCommittee => self.standing_committee,
        }
    }
}

/// Where a paper is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum At {
    /// At a step.
    Step {
        /// Its code.
        step: String,
        /// The step from which it was just sent here, while it can still be taken back there.
        from: Option<String>,
    },
    /// It went out.
    Issued,
    /// It was stopped.
    Stopped,
}

impl At {
    /// At a step, not to be taken back.
    #[must_use]
    pub fn step(code: &str) -> Self {
        Self::Step { step: code.to_owned(), from: None }
    }
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// Sent to the next step.
    Forward,
    /// Sent back to an earlier step.
    Return {
        /// Its code.
        to: String,
    },
    /// An opinion is given.
    Opine(Opinion),
    /// Signed.
    Sign,
    /// Given its number.
    Number,
    /// Sent out.
    Issue,
    /// Ended without a paper.
    Stop,
    /// Taken back by who sent it, before anybody acted.
    TakeBack,
}

impl Move {
    /// Which act of a step it is; none for taking back, which every sender may.
    #[must_use]
    pub const fn kind(&self) -> Option<ActKind> {
        match self {
            Self::Forward => Some(ActKind::Forward),
            Self::Return { .. } => Some(ActKind::Return),
            Self::Opine(_) => Some(ActKind::Opine),
            Self::Sign => Some(ActKind::Sign),
            Self::Number => Some(ActKind::Number),
            Self::Issue => Some(ActKind::Issue),
            Self::Stop => Some(ActKind::Stop),
            Self::TakeBack => None,
        }
    }

    /// Its code in the history of a paper.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind() {
            Some(kind) => kind.code(),
            None => "take_back",
        }
    }
}

codes! {
    /// Why a paper does not move.
    MoveRefusal {
        /// It has been issued or stopped.
        Closed = "closed",
        /// The step is not in its procedure.
        NoStep = "no_step",
        /// The step has no such act.
        NotHere = "not_here",
        /// It cannot be sent back there.
        NotThere = "not_there",
        /// There is nothing to take back: somebody has acted.
        NothingToTakeBack = "nothing_to_take_back",
    }
}

/// Where a paper is after a move.
///
/// # Errors
/// [`MoveRefusal`]; it stays where it is.
pub fn apply(procedure: &Procedure, facts: Facts, at: &At, act: &Move) -> Result<At, MoveRefusal> {
    let At::Step { step: code, from } = at else { return Err(MoveRefusal::Closed) };
    let step = procedure.step(code).ok_or(MoveRefusal::NoStep)?;
    if act.kind().is_some_and(|kind| !step.acts.contains(&kind)) {
        return Err(MoveRefusal::NotHere);
    }
    match act {
        Move::Forward => Ok(At::Step { step: following(procedure, facts, step)?, from: Some(code.clone()) }),
        Move::Return { to } if step.returns.contains(to) => Ok(At::step(to)),
        Move::Return { .. } => Err(MoveRefusal::NotThere),
        Move::Opine(Opinion::Disagree) => match &step.disagreement {
            Some(to) => Ok(At::step(to)),
            None => Ok(At::step(&following(procedure, facts, step)?)),
        },
        Move::Opine(Opinion::Agree | Opinion::Changes) | Move::Sign | Move::Number => Ok(At::step(&following(procedure, facts, step)?)),
        Move::Issue => Ok(At::Issued),
        Move::Stop => Ok(At::Stopped),
        Move::TakeBack => from.as_deref().map(At::step).ok_or(MoveRefusal::NothingToTakeBack),
    }
}

/// The next step that this paper goes through.
fn following(procedure: &Procedure, facts: Facts, step: &Step) -> Result<String, MoveRefusal> {
    let place = procedure.place(&step.code).ok_or(MoveRefusal::NoStep)?;
    let next = procedure.steps.iter().skip(place + 1).find(|next| facts.meets(next.condition));
    next.map(|next| next.code.clone()).ok_or(MoveRefusal::NoStep)
}

/// Steps that this paper goes through, in their order.
pub fn path(procedure: &Procedure, facts: Facts) -> impl Iterator<Item = &Step> {
    procedure.steps.iter().filter(move |step| facts.meets(step.condition))
}
