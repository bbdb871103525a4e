//! What a plan would do to every target and quota: the value now, with the plan, the promise, the state after.
//! Not for: reckoning it (`domain::plans::effects`).
//!
//! What is counted and who is missing is kept under the facts version, so that changing a line counts nothing anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::OfficialId;
use domain::plans::effects::{Around, Audience, Effect, NotMoved, Question, asks_for_people, is_moved, on_target, onto_quotas};
use domain::plans::{Body, PlanKind, Tree, Working};
use domain::progress::{Counted, Progress, Window, judge};
use domain::quotas::{self, QuotaLine};
use domain::roles::Act;
use domain::schemes::{Quota, Recurrence, Target, Title};
use domain::time::{Date, date};
use futures_util::future::try_join_all;
use store::read::progress::{self as read, Place, TOTAL};

use super::{Known, View, known};
use crate::progress::{Ask, place};
use crate::schemes::Stored;
use crate::schemes::quotas::{agency_of, counted};
use crate::{ActError, Ctx, Services};

/// Version of the scheme, target, first day of the window, day of the question, place.
pub(super) type TargetKey = (i64, String, Date, Date, Place);

/// What a plan does to a target.
#[derive(Debug, Clone)]
pub struct TargetEffect {
    /// Its scheme.
    pub stored: Arc<Stored>,
    /// The target.
    pub target: Target,
    /// What it does, or why classes do not move it.
    pub outcome: Result<Outcome, NotMoved>,
}

/// Before and after.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The part of the period looked at.
    pub window: Window,
    /// What is counted now.
    pub now: Counted,
    /// What it means now.
    pub progress: Progress,
    /// What the plan adds.
    pub effect: Effect,
    /// What would be counted with the plan.
    pub after: Counted,
    /// What it would mean on the last day of the plan.
    pub progress_after: Progress,
}

/// What a plan does to a line of a quota.
#[derive(Debug, Clone)]
pub struct QuotaEffect {
    /// Its scheme.
    pub stored: Arc<Stored>,
    /// The quota.
    pub quota: Quota,
    /// Title of the topic, for quotas of topics.
    pub topic: Option<Title>,
    /// Name of the agency, for quotas of agencies.
    pub agency: Option<String>,
    /// Now.
    pub now: QuotaLine,
    /// With the plan.
    pub after: QuotaLine,
}

/// What a plan does.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// To targets whose period the plan touches, in scheme and document order.
    pub targets: Vec<TargetEffect>,
    /// To quotas that run in the years of the plan.
    pub quotas: Vec<QuotaEffect>,
}

/// What a plan does to targets and quotas, counted where the asker may look.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no progress.
pub async fn effects(services: &Services, ctx: &Ctx, view: &View) -> Result<Effects, ActError> {
    let scope = ctx.scope(Act::ViewProgress)?;
    let known = known(services, ctx, &view.body.officials()).await?;
    let years = (view.plan.from, view.plan.to);
    let asking = Asking { services, ctx, body: &view.body, years, people: &known.people, tree: &known.tree };
    let place = place(services, ctx, &scope, &Ask::on(ctx.today)).await?;
    let targets = known.schemes.iter().flat_map(|stored| stored.scheme.targets.iter().map(move |target| (stored, target)));
    let touched = targets.filter(|(_, target)| target.phase.from().year() <= years.1 && last_year(target) >= years.0);
    let targets = try_join_all(touched.map(|(stored, target)| asking.target(stored, target, &place))).await?;
    Ok(Effects { targets: targets.into_iter().flatten().collect(), quotas: asking.quotas(&known).await? })
}

fn last_year(target: &Target) -> i32 {
    target.phase.last_day().map_or(i32::MAX, Date::year)
}

struct Asking<'a> {
    services: &'a Services,
    ctx: &'a Ctx,
    body: &'a Body,
    years: (i32, i32),
    people: &'a BTreeMap<OfficialId, Working>,
    tree: &'a Tree,
}

impl Asking<'_> {
    /// The part of a target's period that the plan lies in: its own year for yearly ones, seen from today or from the end of the plan.
    fn window(&self, target: &Target, as_of: Date) -> Option<Window> {
        match target.recurrence {
            Recurrence::Once => Window::of(target, as_of),
            Recurrence::Yearly => {
                let last = self.years.1.min(last_year(target));
                let year = self.ctx.today.year().clamp(self.years.0.max(target.phase.from().year()).min(last), last);
                Window::of_year(target, year, as_of)
            }
        }
    }

    async fn target(&self, stored: &Arc<Stored>, target: &Target, place: &Place) -> Result<Option<TargetEffect>, ActError> {
        let told = |outcome| Some(TargetEffect { stored: Arc::clone(stored), target: target.clone(), outcome });
        if let Err(why) = is_moved(&target.measure) {
            return Ok(told(Err(why)));
        }
        let end = date(self.years.1, 12, 31).unwrap_or(Date::MAX).max(self.ctx.today);
        let Some((window, later)) = self.window(target, self.ctx.today).zip(self.window(target, end)) else { return Ok(None) };
        let asked = read::Question { scheme: &stored.scheme.code, target, window, place };
        let key = (stored.version.id.0, target.code.clone(), window.from, self.ctx.today, place.clone());
        let now = *self.counted(&key, &asked).await?;
        let nobody = Audience::default();
        let question = Question {
            scheme: &stored.scheme.code,
            target,
            window: &window,
            held_until: self.ctx.today,
            audience: &nobody,
            people: self.people,
            tree: self.tree,
        };
        let audience = match asks_for_people(self.body, &question) {
            true => self.audience(key, &asked).await?,
            false => Arc::default(),
        };
        let question = Question { audience: &audience, ..question };
        let outcome = on_target(self.body, &question).map(|effect| {
            let after = effect.onto(now);
            let (progress, progress_after) = (judge(target, &window, &now), judge(target, &later, &after));
            Outcome { window, now, progress, effect, after, progress_after }
        });
        Ok(told(outcome))
    }

    async fn counted(&self, key: &TargetKey, asked: &read::Question<'_>) -> Result<Arc<Counted>, ActError> {
        let services = self.services;
        let make = async { Ok(read::count(&services.db, asked).await?.get(&TOTAL).copied().unwrap_or_default()) };
        services.plans.counts.get(services.facts(self.ctx).await?, key.clone(), make).await
    }

    async fn audience(&self, key: TargetKey, asked: &read::Question<'_>) -> Result<Arc<Audience>, ActError> {
        let services = self.services;
        let make = async { Ok(Audience::of(read::missing(&services.db, asked).await?)) };
        services.plans.audiences.get(services.facts(self.ctx).await?, key, make).await
    }

    async fn quotas(&self, known: &Known) -> Result<Vec<QuotaEffect>, ActError> {
        let (services, ctx) = (self.services, self.ctx);
        let end = date(self.years.1, 12, 31).unwrap_or(Date::MAX);
        let mut found = Vec::new();
        for stored in known.schemes.iter() {
            let runs = |quota: &&Quota| quota.phase.from().year() <= self.years.1 && *quota.phase.years(end).end() >= self.years.0;
            let own: Vec<&Quota> = stored.scheme.quotas.iter().filter(runs).collect();
            if own.is_empty() {
                continue;
            }
            let agencies = agency_of(services, ctx).await?;
            let make = counted(services, ctx, &stored.scheme, ctx.today);
            let counted = services.plans.quotas.get(services.facts(ctx).await?, (stored.version.id.0, ctx.today), make).await?;
            let of = |unit| agencies.get(&unit).cloned().unwrap_or_default();
            let around = Around { scheme: &stored.scheme.code, held_until: ctx.today, people: self.people, agency_of: &of };
            let with = onto_quotas(self.body, &counted.counts, &around);
            for quota in own {
                let (now, after) = (quotas::lines(quota, &counted.counts, end), quotas::lines(quota, &with, end));
                let of_plan = |line: &QuotaLine| line.year.is_none_or(|year| (self.years.0..=self.years.1).contains(&year));
                let pairs = now.into_iter().zip(after).filter(|(now, _)| of_plan(now));
                found.extend(pairs.map(|(now, after)| self.quota(stored, quota, &counted.names, (now, after))));
            }
        }
        Ok(found)
    }

    fn quota(
        &self,
        stored: &Arc<Stored>,
        quota: &Quota,
        names: &BTreeMap<domain::ids::UnitId, String>,
        (now, after): (QuotaLine, QuotaLine),
    ) -> QuotaEffect {
        let topic = now.topic.as_ref().and_then(|code| stored.scheme.topics.iter().find(|topic| topic.code == *code));
        let agency = now.agency.as_ref().map(|(actor, unit)| {
            let name = unit.and_then(|unit| names.get(&unit).cloned());
            name.unwrap_or_else(|| stored.scheme.actor_title(actor, true).to_owned())
        });
        QuotaEffect { stored: Arc::clone(stored), quota: quota.clone(), topic: topic.map(|topic| topic.title.clone()), agency, now, after }
    }
}

/// What the plans in force that are still to be carried out add to a target.
#[derive(Debug, Clone)]
pub struct PlanForecast {
    /// What would be counted with them.
    pub after: Counted,
    /// What it would mean at the end of the window.
    pub progress: Progress,
    /// What they add.
    pub effect: Effect,
    /// Titles of the plans that add something.
    pub plans: Vec<(domain::ids::PlanId, String)>,
}

/// What plans in force would still add to a target until the end of its window; none when there is no such plan, when classes do not
/// move the target, or when the question is not about today. Places of a plan that another plan in force carries out are counted once:
/// year plans alone are looked at, the province's and those that stand under none.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no progress.
pub async fn in_force_on_target(
    services: &Services,
    ctx: &Ctx,
    (stored, target): (&Arc<Stored>, &Target),
    ask: &Ask,
) -> Result<Option<PlanForecast>, ActError> {
    if ask.as_of != ctx.today || is_moved(&target.measure).is_err() {
        return Ok(None);
    }
    let plans = super::in_force(services, ctx).await?;
    let is_own = |plan: &store::read::plans::PlanLine| {
        let above = plan.under.and_then(|above| plans.iter().find(|(other, _)| other.id == above));
        plan.kind == PlanKind::Year && plan.to >= ctx.today.year() && above.is_none_or(|(above, _)| above.kind == PlanKind::Stage)
    };
    let counted: Vec<_> = plans.iter().filter(|(plan, _)| is_own(plan)).collect();
    let (Some(first), Some(last)) = (counted.iter().map(|(plan, _)| plan.from).min(), counted.iter().map(|(plan, _)| plan.to).max()) else {
        return Ok(None);
    };
    let known = known(services, ctx, &counted.iter().flat_map(|(_, body)| body.officials()).collect()).await?;
    let mut body = Body::default();
    let mut owners = BTreeMap::new();
    for (plan, own) in &counted {
        for line in &own.lines {
            let key = body.next_key();
            owners.insert(key, plan);
            body.lines.push(domain::plans::Line { key, ..line.clone() });
        }
    }
    let scope = ctx.scope(Act::ViewProgress)?;
    let place = place(services, ctx, &scope, ask).await?;
    let asking = Asking { services, ctx, body: &body, years: (first, last), people: &known.people, tree: &known.tree };
    let Some(Ok(outcome)) = asking.target(stored, target, &place).await?.map(|told| told.outcome) else { return Ok(None) };
    let mut plans: Vec<_> =
        outcome.effect.lines.keys().filter_map(|key| owners.get(key)).map(|plan| (plan.id, plan.title.clone())).collect();
    plans.sort();
    plans.dedup();
    Ok(Some(PlanForecast { after: outcome.after, progress: outcome.progress_after, effect: outcome.effect, plans }))
}
