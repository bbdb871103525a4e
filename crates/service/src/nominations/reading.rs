//! Nominations read back: the roster of a class as far as the asker sees its people, what waits for the asker, the own ones.
//! Not for: changing any.

use domain::ids::{NominationId, OfficialId};
use domain::roles::{Act, Reach};
use store::At;
use store::read::nominations::{self as read, NominationLine, Of, StepLine};

use super::deciding::{Decision, right};
use super::{MOST, tree};
use crate::classes::{people_place, seen};
use crate::registry::view_of_id;
use crate::{ActError, Ctx, Services};

/// Somebody of a roster with what the asker may decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The nomination.
    pub line: NominationLine,
    /// What may be decided now.
    pub may: Vec<Decision>,
}

/// The people of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Those whom the asker may see.
    pub lines: Vec<RosterLine>,
    /// How many of other units hold a seat.
    pub others_seated: usize,
    /// How many of other units are in the line.
    pub others_waiting: usize,
}

/// Whether the asker sees the people of the units of nominations.
async fn split(services: &Services, ctx: &Ctx, lines: Vec<NominationLine>) -> Result<(Vec<NominationLine>, Vec<NominationLine>), ActError> {
    let Ok(scope) = ctx.scope(Act::ViewPeople) else {
        let own = own(ctx);
        return Ok(lines.into_iter().partition(|line| Some(line.official.0) == own));
    };
    let tree = tree(services, ctx, ctx.today).await?;
    let sees = |line: &NominationLine| match scope.reach() {
        Reach::Province => true,
        Reach::Units(roots) => roots.iter().any(|root| tree.is_within(line.working.unit, *root)),
        Reach::Own(official) => line.official.0 == *official,
    };
    Ok(lines.into_iter().partition(sees))
}

fn own(ctx: &Ctx) -> Option<OfficialId> {
    ctx.who.as_ref().and_then(|who| who.official)
}

/// The roster of a class.
///
/// # Errors
/// [`ActError::NotFound`] without such a class; [`ActError::Forbidden`] for roles that see none.
pub async fn roster(services: &Services, ctx: &Ctx, code: &str) -> Result<Roster, ActError> {
    let class = seen(services, ctx, code).await?;
    let lines = read::list(At::Reader(&services.db), Of::Class(class.id), ctx.today, MOST).await?;
    let (mine, others) = split(services, ctx, lines).await?;
    let count = |seated: bool| others.iter().filter(|line| line.state.is_alive() && line.state.holds_a_seat() == seated).count();
    let (others_seated, others_waiting) = (count(true), count(false));
    Ok(Roster { lines: with_rights(services, ctx, mine).await?, others_seated, others_waiting })
}

async fn with_rights(services: &Services, ctx: &Ctx, lines: Vec<NominationLine>) -> Result<Vec<RosterLine>, ActError> {
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let unit = view_of_id(services, ctx, line.working.unit, ctx.today).await?;
        let is_live = line.class.status.is_open_to_change();
        let fits =
            |decision: &Decision| is_live && line.state.after(decision.act()).is_some() && right(ctx, &line, &unit, *decision).is_ok();
        let may = Decision::ALL.into_iter().filter(fits).collect();
        found.push(RosterLine { may, line });
    }
    Ok(found)
}

/// Nominations that wait for the word of the asker, of all classes.
///
/// # Errors
/// [`ActError::Forbidden`] for who decides about none.
pub async fn waiting(services: &Services, ctx: &Ctx) -> Result<Vec<RosterLine>, ActError> {
    if !ctx.may(Act::AgreeNominations) && !ctx.may(Act::ConfirmNominations) {
        return Err(domain::roles::Forbidden { act: Act::AgreeNominations }.into());
    }
    let place = people_place(services, ctx, None, ctx.today).await?;
    let lines = read::list(At::Reader(&services.db), Of::Undecided(&place), ctx.today, MOST).await?;
    let mut lines = with_rights(services, ctx, lines).await?;
    lines.retain(|line| line.may.iter().any(|decision| matches!(decision, Decision::Agree | Decision::Confirm | Decision::LetGo)));
    Ok(lines)
}

/// One nomination for who sees the person.
///
/// # Errors
/// [`ActError::NotFound`] otherwise.
pub async fn one(services: &Services, ctx: &Ctx, id: NominationId) -> Result<NominationLine, ActError> {
    let line = read::one(At::Reader(&services.db), id, ctx.today).await?;
    split(services, ctx, vec![line]).await?.0.pop().ok_or(ActError::NotFound)
}

/// The classes that the asker is or was named for, with what happened.
///
/// # Errors
/// [`ActError::NotFound`] without a record of one's own.
pub async fn mine(services: &Services, ctx: &Ctx) -> Result<Vec<(NominationLine, Vec<StepLine>)>, ActError> {
    let official = own(ctx).ok_or(ActError::NotFound)?;
    let lines = read::list(At::Reader(&services.db), Of::Official(official), ctx.today, MOST).await?;
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let steps = read::steps(&services.db, line.id).await?;
        found.push((line, steps));
    }
    Ok(found)
}

/// One nomination with what the asker may decide and what happened to it.
///
/// # Errors
/// As [`one`].
pub async fn with_steps(services: &Services, ctx: &Ctx, id: NominationId) -> Result<(RosterLine, Vec<StepLine>), ActError> {
    let line = one(services, ctx, id).await?;
    let entry = with_rights(services, ctx, vec![line]).await?.pop().ok_or(ActError::NotFound)?;
    Ok((entry, read::steps(&services.db, id).await?))
}
