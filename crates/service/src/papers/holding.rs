//! Who acts for the holder of a paper, and to whom a late one is shown.
//! Not for: the right to sign (`mandates`).

use domain::papers::procedure::{Holder, Step};
use domain::roles::{Act, Reach, Role, Who, may};
use store::read::papers::{Case, Mine};

use super::mandates;
use crate::registry::view;
use crate::{ActError, Ctx, Services};

/// Whether the asker acts for who holds the paper; the system itself always does.
pub(super) async fn holds(services: &Services, ctx: &Ctx, case: &Case, step: &Step) -> Result<bool, ActError> {
    let Some(who) = &ctx.who else { return Ok(true) };
    let grants = || who.grants.iter().filter(|grant| may(grant.role, Act::HandlePapers));
    let acts_for = |grant: &domain::roles::Grant| step.holder.roles().contains(&grant.role);
    if step.holder != Holder::Owner {
        return Ok(grants().any(|grant| grant.unit.is_none() && acts_for(grant)));
    }
    let is_colleague = |grant: &domain::roles::Grant| grant.unit.is_none() && grant.role == case.opened_as;
    if case.opened_by == Some(who.user) || grants().any(is_colleague) {
        return Ok(grants().next().is_some());
    }
    let above = view(services, ctx, &case.unit.1, ctx.today).await?;
    Ok(grants().filter(|grant| acts_for(grant)).any(|grant| grant.unit.is_none_or(|unit| above.path.iter().any(|at| at.id == unit))))
}

/// What is the asker's to do, for lists.
pub(super) async fn mine(services: &Services, ctx: &Ctx) -> Result<Mine, ActError> {
    let Some(who) = &ctx.who else { return Ok(Mine::default()) };
    let bodies = mandates::bodies_today(services, ctx, who.user).await?;
    Ok(of(who, bodies))
}

fn of(who: &Who, bodies: Vec<String>) -> Mine {
    let grants = || who.grants.iter().filter(|grant| may(grant.role, Act::HandlePapers));
    let province: Vec<Role> = grants().filter(|grant| grant.unit.is_none()).map(|grant| grant.role).collect();
    let holders = Holder::ALL.iter().copied().filter(|holder| *holder != Holder::Owner);
    let acts_for = |holder: &Holder| holder.roles().iter().any(|role| province.contains(role));
    let drafts = |role: Role| Holder::Owner.roles().contains(&role);
    Mine {
        user: grants().next().map(|_| who.user),
        holders: holders.filter(acts_for).collect(),
        roles: province.clone(),
        units: grants().filter(|grant| drafts(grant.role)).filter_map(|grant| grant.unit).collect(),
        bodies,
    }
}

/// Whether a paper that is late is shown to the asker as the next level.
#[must_use]
pub fn late_for(ctx: &Ctx, case: &Case) -> bool {
    let Some(who) = &ctx.who else { return false };
    case.is_late(ctx.today) && who.grants.iter().any(|grant| case.holder.next_level().contains(&grant.role))
}

/// Whether somebody sees the paper at all.
pub(super) async fn sees(services: &Services, ctx: &Ctx, case: &Case) -> Result<bool, ActError> {
    let scope = ctx.scope(Act::ViewPapers)?;
    if *scope.reach() == Reach::Province || ctx.who.as_ref().is_some_and(|who| case.opened_by == Some(who.user)) {
        return Ok(true);
    }
    if view(services, ctx, &case.unit.1, ctx.today).await?.lies_within(&scope) {
        return Ok(true);
    }
    let Some((who, body)) = ctx.who.as_ref().zip(case.body.as_ref()) else { return Ok(false) };
    Ok(mandates::bodies_today(services, ctx, who.user).await?.contains(body))
}
