//! Plans of training: reading them, building their lines, what they would do, and the life of their versions.
//! Not for: rules (`domain::plans`), carrying them as papers (`papers`), or words.

mod around;
mod carried;
mod effects;
mod keep;
mod limits;
pub mod report;
pub mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{OfficialId, PlanId};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::plans::{Body, PlanState, Totals, Tree, Working};
use domain::roles::{self, Act, Authorised, Reach, Role, Who};
use domain::schemes::Title;
use domain::time::{Date, date};
use store::read::plans::{self as read, Wanted};

use crate::registry::{self, Names, UnitView};
use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services};

pub use around::{Covered, Drafts, Load, OpenNeed, OverlapLine, Shared, coverage, drafts, loads, money, overlaps, shared};
pub(crate) use carried::path;
pub use carried::{issued_by_paper, lacks_of, returned_to_draft, stopped};
pub use effects::{Effects, PlanForecast, QuotaEffect, TargetEffect, effects, in_force_on_target};
pub use keep::{New, PlanRefusal, amend, create, drop_line, recall, save_line, submit, take_drafts, take_in, withdraw};
pub use limits::check;
pub use store::read::plans::{NamedOfficial, PlanLine, VersionLine};
pub use store::read::programmes::ProgrammeLine;

/// What building plans asks again and again, kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptPlans {
    counts: crate::kept::Kept<effects::TargetKey, domain::progress::Counted>,
    audiences: crate::kept::Kept<effects::TargetKey, domain::plans::effects::Audience>,
    quotas: crate::kept::Kept<(i64, Date), crate::schemes::quotas::Counted>,
    in_force: crate::kept::Kept<Date, Vec<(PlanLine, Body)>>,
}

/// A plan of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The plan.
    pub plan: PlanLine,
    /// The version that the asker looks at first.
    pub version: VersionLine,
    /// Its sums.
    pub totals: Totals,
    /// Sums of the plans right under it, by their versions in force or on their way.
    pub below: Totals,
    /// How many plans stand right under it.
    pub children: usize,
}

/// A yearly deadline for the plan of the next year, as a scheme in force sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRule {
    /// Month by whose end the plan must be there.
    pub month: u8,
    /// Where the scheme says so.
    pub basis: Title,
    /// Stages that the scheme names.
    pub stages: Vec<(i32, i32)>,
}

/// Where an asker may read plans that are not in force.
fn is_within(tree: &Tree, reach: &Reach, plan: &PlanLine) -> bool {
    match reach {
        Reach::Province => true,
        Reach::Units(roots) => roots.iter().any(|root| tree.is_within(plan.unit, *root)),
        Reach::Own(_) => false,
    }
}

/// The version that an asker looks at first: who may see drafts sees what is written, everybody what is in force.
fn first(plan: &PlanLine, sees_drafts: bool) -> Option<&VersionLine> {
    let open = plan.open().filter(|_| sees_drafts);
    open.or_else(|| plan.in_force()).or_else(|| plan.versions.first().filter(|_| sees_drafts))
}

async fn tree(services: &Services, ctx: &Ctx) -> Result<(Arc<Names>, Tree), ActError> {
    let names = registry::unit_names(services, ctx).await?;
    let tree = Tree::on(&names.map, ctx.today);
    Ok((names, tree))
}

/// Plans that the asker may read, of one year or all.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that read no plans.
pub async fn list(services: &Services, ctx: &Ctx, year: Option<i32>) -> Result<Vec<Listed>, ActError> {
    let scope = ctx.scope(Act::ViewPlans)?;
    let (_, tree) = tree(services, ctx).await?;
    let wanted = Wanted { years: year.map(|year| (year, year)), ..Wanted::default() };
    let plans = read::plans(&services.db, &wanted, ctx.today).await?;
    let seen: Vec<(PlanLine, VersionLine)> = plans
        .into_iter()
        .filter_map(|plan| {
            let version = first(&plan, is_within(&tree, scope.reach(), &plan))?.clone();
            Some((plan, version))
        })
        .collect();
    let ids: Vec<_> = seen.iter().map(|(_, version)| version.id).collect();
    let bodies = read::bodies(&services.db, &ids).await?;
    let totals: Vec<Totals> = bodies.iter().map(Body::totals).collect();
    let below = |id: PlanId| {
        let own = seen.iter().zip(&totals).filter(move |((plan, version), _)| plan.under == Some(id) && counts_upward(version.state));
        own.fold((Totals::default(), 0), |(sum, plans), (_, own)| (plus(sum, *own), plans + 1))
    };
    let listed = seen.iter().zip(&totals).map(|((plan, version), totals)| {
        let (below, children) = below(plan.id);
        Listed { plan: plan.clone(), version: version.clone(), totals: *totals, below, children }
    });
    Ok(listed.collect())
}

/// Whether a version is told to the plan above: one that is in force or on its way there.
const fn counts_upward(state: PlanState) -> bool {
    matches!(state, PlanState::Issued | PlanState::Submitted)
}

const fn plus(a: Totals, b: Totals) -> Totals {
    Totals { lines: a.lines + b.lines, classes: a.classes + b.classes, people: a.people + b.people, cost: a.cost.saturating_add(b.cost) }
}

/// One plan with the lines of one version.
#[derive(Debug, Clone)]
pub struct View {
    /// The plan.
    pub plan: PlanLine,
    /// The version looked at.
    pub version: VersionLine,
    /// Its lines.
    pub body: Body,
    /// The plan above, if the asker may see it.
    pub above: Option<PlanLine>,
    /// Whether the asker may write the plan.
    pub may_keep: bool,
}

impl View {
    /// Whether lines can be changed here and now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.may_keep && self.version.state == PlanState::Draft
    }

    /// Last day of the plan.
    #[must_use]
    pub fn last_day(&self) -> Date {
        date(self.plan.to, 12, 31).unwrap_or(Date::MAX)
    }
}

/// One plan, by the version asked for or the one to look at first.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or not for this asker.
pub async fn one(services: &Services, ctx: &Ctx, id: PlanId, number: Option<i32>) -> Result<View, ActError> {
    let scope = ctx.scope(Act::ViewPlans)?;
    let (_, tree) = tree(services, ctx).await?;
    let plan = single(services, ctx, id).await?;
    let sees_drafts = is_within(&tree, scope.reach(), &plan);
    let version = match number {
        Some(number) => plan.versions.iter().find(|version| version.number == number && (sees_drafts || is_public(version.state))),
        None => first(&plan, sees_drafts),
    };
    let version = version.ok_or(ActError::NotFound)?.clone();
    let body = read::bodies(&services.db, &[version.id]).await?.pop().ok_or(ActError::NotFound)?;
    let above = match plan.under {
        Some(above) => {
            Some(single(services, ctx, above).await?).filter(|above| first(above, is_within(&tree, scope.reach(), above)).is_some())
        }
        None => None,
    };
    let may_keep = ctx.who.as_ref().is_some_and(|who| keeps(who, &tree, &plan));
    Ok(View { plan, version, body, above, may_keep })
}

const fn is_public(state: PlanState) -> bool {
    matches!(state, PlanState::Issued | PlanState::Replaced)
}

async fn single(services: &Services, ctx: &Ctx, id: PlanId) -> Result<PlanLine, ActError> {
    let wanted = Wanted { plan: Some(id), ..Wanted::default() };
    read::plans(&services.db, &wanted, ctx.today).await?.pop().ok_or(ActError::NotFound)
}

/// Whether a grant lets somebody write the plans of a unit. The Party board writes those of its blocs alone.
fn keeps(who: &Who, tree: &Tree, plan: &PlanLine) -> bool {
    who.grants.iter().any(|grant| {
        roles::may(grant.role, Act::KeepPlans)
            && grant.unit.is_none_or(|root| tree.is_within(plan.unit, root))
            && is_of_bloc(grant.role, plan.bloc)
    })
}

fn is_of_bloc(role: Role, bloc: Bloc) -> bool {
    role != Role::PartyAffairs || bloc != Bloc::State
}

/// Proof that somebody may write a plan.
fn keeper<R>(ctx: &Ctx, tree: &Tree, plan: &PlanLine) -> Result<Authorised, ActError<R>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(roles::authorise_within(who, Act::KeepPlans, |_| keeps(who, tree, plan))?)
}

/// Proof that somebody may write plans of a unit.
fn keeper_of_unit<R>(ctx: &Ctx, unit: &UnitView) -> Result<Authorised, ActError<R>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let reaches = |root: Option<domain::ids::UnitId>| root.is_none_or(|root| unit.path.iter().any(|above| above.id == root));
    let is_kept =
        |grant: &roles::Grant| roles::may(grant.role, Act::KeepPlans) && reaches(grant.unit) && is_of_bloc(grant.role, unit.unit.bloc);
    Ok(roles::authorise_within(who, Act::KeepPlans, |_| who.grants.iter().any(is_kept))?)
}

/// Units for which the asker may write plans: the homes of the grants and what stands right under them.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that write no plans.
pub async fn units_to_plan_for(services: &Services, ctx: &Ctx) -> Result<Vec<registry::UnitLine>, ActError> {
    ctx.scope(Act::KeepPlans)?;
    let homes = registry::home_units(services, ctx, ctx.today).await?;
    let mut units = Vec::new();
    for home in &homes {
        if keeper_of_unit::<crate::Never>(ctx, home).is_ok() {
            units.push(home.unit.clone());
        }
        for child in home.children.iter().filter(|child| child.life.contains(ctx.today)) {
            let view = UnitView {
                unit: child.clone(),
                path: home.path.iter().cloned().chain([child.clone()]).collect(),
                children: Vec::new(),
                successions: Vec::new(),
            };
            if keeper_of_unit::<crate::Never>(ctx, &view).is_ok() {
                units.push(child.clone());
            }
        }
    }
    Ok(units)
}

/// When the plan of a next year must be there, and the stages that schemes in force name.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn rules(services: &Services, ctx: &Ctx) -> Result<Vec<PlanRule>, ActError> {
    let schemes = followed(services, ctx).await?;
    Ok(schemes.iter().filter_map(|stored| rule(stored)).collect())
}

fn rule(stored: &Stored) -> Option<PlanRule> {
    let rule = stored.scheme.rules.iter().find(|rule| rule.values.iter().any(|(name, _)| name == "plan_month"))?;
    let value = |name: &str| rule.values.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    let year = |name: &str| value(name).and_then(|year| i32::try_from(year).ok());
    let stages = (1..=9).map_while(|n| Some((year(&format!("phase_{n}_from"))?, year(&format!("phase_{n}_to"))?)));
    Some(PlanRule { month: u8::try_from(value("plan_month")?).ok()?, basis: basis(stored, &rule.section), stages: stages.collect() })
}

/// Where a scheme says something, in words.
pub(crate) fn basis(stored: &Stored, section: &str) -> Title {
    let scheme = &stored.scheme;
    let name = |title: &str| if scheme.number.is_empty() { title.to_owned() } else { scheme.number.clone() };
    Title { vi: format!("{section}, {}", name(&scheme.title.vi)), en: format!("{section}, {}", name(&scheme.title.en)) }
}

/// What lines of a plan speak of: units, programmes, schemes, officials.
#[derive(Debug, Clone)]
pub struct Known {
    /// Units by names and codes.
    pub names: Arc<Names>,
    /// Who stands under whom today.
    pub tree: Tree,
    /// Approved programmes.
    pub programmes: Vec<ProgrammeLine>,
    /// Schemes in force.
    pub schemes: Arc<Vec<Arc<Stored>>>,
    /// Named officials whom the asker may see, in name order.
    pub officials: Vec<NamedOfficial>,
    /// Where all named officials work.
    pub people: BTreeMap<OfficialId, Working>,
}

/// Loads what the lines of some bodies speak of.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn known(services: &Services, ctx: &Ctx, bodies: &[&Body]) -> Result<Known, ActError> {
    let (names, tree) = tree(services, ctx).await?;
    let ids: BTreeSet<OfficialId> = bodies.iter().flat_map(|body| &body.lines).flat_map(|line| &line.officials).copied().collect();
    let officials = read::named(&services.db, &ids, ctx.today).await?;
    let people = officials.iter().map(|named| (named.id, named.working)).collect();
    let reach = ctx.scope(Act::ViewPeople).ok();
    let sees = |named: &NamedOfficial| match reach.as_ref().map(|scope| scope.reach()) {
        Some(Reach::Province) => true,
        Some(Reach::Units(roots)) => roots.iter().any(|root| tree.is_within(named.working.unit, *root)),
        Some(Reach::Own(_)) | None => false,
    };
    Ok(Known {
        officials: officials.into_iter().filter(sees).collect(),
        programmes: store::read::programmes::approved(&services.db, ctx.today).await?,
        schemes: followed(services, ctx).await?,
        names,
        tree,
        people,
    })
}

impl Known {
    /// The commune or agency that a unit belongs to: the unit that stands right under the province.
    #[must_use]
    pub fn home(&self, unit: domain::ids::UnitId) -> domain::ids::UnitId {
        let is_root = |id: &domain::ids::UnitId| self.names.unit(*id).is_some_and(|unit| unit.kind == UnitKind::Province);
        self.tree.up(unit).take_while(|id| !is_root(id)).last().unwrap_or(unit)
    }

    /// Code of a commune, by which near ones stand together; none for other units.
    #[must_use]
    pub fn commune(&self, unit: domain::ids::UnitId) -> Option<String> {
        self.names.unit(unit).filter(|unit| unit.level == Level::Commune).map(|unit| unit.code.clone())
    }
}

/// Officials by staff codes: those that exist, as a form names them.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub async fn officials_by_codes(services: &Services, ctx: &Ctx, codes: &[String]) -> Result<Vec<(String, OfficialId)>, ActError> {
    ctx.scope(Act::ViewPeople)?;
    Ok(read::by_codes(&services.db, codes).await?)
}

/// All versions in force, with their lines; the same for everybody.
async fn in_force(services: &Services, ctx: &Ctx) -> Result<Arc<Vec<(PlanLine, Body)>>, ActError> {
    let make = async {
        let plans = read::plans(&services.db, &Wanted::default(), ctx.today).await?;
        let plans: Vec<_> = plans.into_iter().filter(|plan| plan.in_force().is_some()).collect();
        let ids: Vec<_> = plans.iter().filter_map(|plan| plan.in_force()).map(|version| version.id).collect();
        Ok(plans.into_iter().zip(read::bodies(&services.db, &ids).await?).collect())
    };
    services.plans.in_force.get(services.facts(ctx).await?, ctx.today, make).await
}

/// Other plans of the same years, by what is written or in force of each.
async fn others(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<(PlanLine, Body)>, ActError> {
    let wanted = Wanted { years: Some((view.plan.from, view.plan.to)), ..Wanted::default() };
    let plans = read::plans(&services.db, &wanted, ctx.today).await?;
    let plans: Vec<(PlanLine, VersionLine)> = plans
        .into_iter()
        .filter(|plan| plan.id != view.plan.id)
        .filter_map(|plan| {
            let version = plan.open().or_else(|| plan.in_force())?.clone();
            Some((plan, version))
        })
        .collect();
    let ids: Vec<_> = plans.iter().map(|(_, version)| version.id).collect();
    let bodies = read::bodies(&services.db, &ids).await?;
    Ok(plans.into_iter().map(|(plan, _)| plan).zip(bodies).collect())
}
