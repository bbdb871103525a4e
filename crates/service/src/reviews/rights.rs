//! Who may take which step of a review: the unit itself, its head, whoever gathers it; the Party board only beside the bloc of the state.
//! Not for: which step leads where (`domain::reviews`).

use domain::needs::NeedLevel;
use domain::orgs::Bloc;
use domain::reviews::Performer;
use domain::roles::{self, Act, Authorised, Forbidden, Reach, Role};
use store::read::reviews::AnswerLine;
use store::write::register::Why;
use store::write::schemes::By;

use crate::registry::{UnitView, view_of_id};
use crate::{ActError, Ctx, Services};

/// Whose affairs somebody runs for the whole province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// Nobody's.
    Nothing,
    /// Those of the Party, the Front and mass organisations.
    Party,
    /// Everybody's.
    Everything,
}

impl Runs {
    /// What the asker runs of an act.
    #[must_use]
    pub fn of(ctx: &Ctx, act: Act) -> Self {
        let Some(who) = &ctx.who else { return Self::Everything };
        let holds = |is_party: bool| {
            who.grants.iter().any(|g| g.unit.is_none() && roles::may(g.role, act) && (g.role == Role::PartyAffairs) == is_party)
        };
        match (holds(false), holds(true)) {
            (true, _) => Self::Everything,
            (false, true) => Self::Party,
            (false, false) => Self::Nothing,
        }
    }

    /// Whether it reaches a bloc.
    #[must_use]
    pub const fn reaches(self, bloc: Bloc) -> bool {
        match self {
            Self::Nothing => false,
            Self::Party => !matches!(bloc, Bloc::State),
            Self::Everything => true,
        }
    }
}

/// Proof of an act of somebody; none for the system itself.
pub(crate) type Proof = Option<Authorised>;

/// The reason that is written beside a change.
pub(crate) fn why<'a>(ctx: &'a Ctx, proof: &'a Proof, words: &'a str) -> Why<'a> {
    Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words: words.trim(), operation: &ctx.operation }
}

/// Proof that the asker runs reviews that ask units of these blocs.
pub(crate) fn runner(ctx: &Ctx, mut blocs: impl Iterator<Item = Bloc>) -> Result<Proof, Forbidden> {
    let Some(who) = &ctx.who else { return Ok(None) };
    let proof = roles::authorise(who, Act::RunReviews)?;
    let runs = Runs::of(ctx, Act::RunReviews);
    if blocs.all(|bloc| runs.reaches(bloc)) { Ok(Some(proof)) } else { Err(Forbidden { act: Act::RunReviews }) }
}

/// Proof that the asker may do an act at a unit. Who holds it for the whole province holds it beside the own bloc only as far as it goes.
pub(crate) fn at_unit(ctx: &Ctx, act: Act, unit: &UnitView) -> Result<Proof, Forbidden> {
    let Some(who) = &ctx.who else { return Ok(None) };
    roles::authorise_within(who, act, |scope| match scope.reach() {
        Reach::Province => Runs::of(ctx, act).reaches(unit.unit.bloc),
        Reach::Units(_) | Reach::Own(_) => unit.lies_within(scope),
    })
    .map(Some)
}

/// What the asker may do with the answer of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Answer.
    pub officer: bool,
    /// Decide as the head.
    pub head: bool,
    /// Gather.
    pub above: bool,
    /// As which level the asker gathers.
    pub level: NeedLevel,
}

impl Rights {
    /// Those of the asker.
    pub(crate) async fn of(services: &Services, ctx: &Ctx, answer: &AnswerLine) -> Result<Self, ActError> {
        let unit = view_of_id(services, ctx, answer.unit.0, ctx.today).await?;
        let runs = Runs::of(ctx, Act::RunReviews);
        let gathers = match answer.under {
            Some(under) => at_unit(ctx, Act::AnswerReviews, &*view_of_id(services, ctx, under, ctx.today).await?).is_ok(),
            None => false,
        };
        let level = match runs {
            Runs::Everything => NeedLevel::HomeAffairs,
            Runs::Party => NeedLevel::Party,
            Runs::Nothing => NeedLevel::Above,
        };
        Ok(Self {
            officer: at_unit(ctx, Act::AnswerReviews, &unit).is_ok(),
            head: at_unit(ctx, Act::ApproveNeeds, &unit).is_ok(),
            above: gathers || runs.reaches(answer.bloc),
            level,
        })
    }

    /// Whether the asker takes steps of this kind.
    #[must_use]
    pub const fn has(&self, performer: Performer) -> bool {
        match performer {
            Performer::Officer => self.officer,
            Performer::Head => self.head,
            Performer::Above => self.above,
            Performer::Runner => false,
        }
    }

    /// Proof of it, for an act that the asker may do.
    pub(crate) fn proof(&self, ctx: &Ctx, performer: Performer) -> Result<Proof, Forbidden> {
        let Some(who) = &ctx.who else { return Ok(None) };
        let act = match performer {
            Performer::Officer => Act::AnswerReviews,
            Performer::Head => Act::ApproveNeeds,
            Performer::Runner => Act::RunReviews,
            Performer::Above if self.level == NeedLevel::Above => Act::AnswerReviews,
            Performer::Above => Act::RunReviews,
        };
        roles::authorise_within(who, act, |_| self.has(performer)).map(Some)
    }
}
