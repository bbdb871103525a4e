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

use domain::ids::{OfficialId, PlanId, PlanVersionId, UnitId};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::papers::PaperKind;
use domain::plans::{Body, PlanKind, PlanState, Totals, Tree, Working};
use domain::roles::{self, Act, Authorised, Reach, Role, Who};
use domain::schemes::Title;
use domain::time::{Date, date};
use store::read::plans::{self as read, Wanted};

use crate::registry::{self, Names, UnitView};
use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services};

pub use around::{Covered, Drafts, Load, OpenNeed, OtherLine, OverlapLine, Shared, coverage, drafts, loads, money, overlaps, shared};
pub use carried::{Extra, extra_steps, issued_by_paper, lacks_of, returned_to_draft, stopped};
pub(crate) use carried::{lacks_now, path};
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
    pub(crate) quotas: crate::kept::Kept<(i64, Date), crate::schemes::quotas::Counted>,
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

/// By when the province's plan of the next year must be there, as a scheme in force asks for it every year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The year of that plan.
    pub year: i32,
    /// The last day for it.
    pub last_day: Date,
    /// Whether one is in force.
    pub is_met: bool,
    /// Where the scheme says so.
    pub basis: Title,
    /// Stages that the scheme names.
    pub stages: Vec<(i32, i32)>,
}

/// Whether an asker who reaches so far looks into a unit: at its plans that are not in force, its people, its needs.
fn is_within(tree: &Tree, reach: &Reach, unit: UnitId) -> bool {
    match reach {
        Reach::Province => true,
        Reach::Units(roots) => roots.iter().any(|root| tree.is_within(unit, *root)),
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
    let seen: Vec<(PlanLine, VersionLine, Option<PlanVersionId>)> = plans
        .into_iter()
        .filter_map(|plan| {
            let sees_drafts = is_within(&tree, scope.reach(), plan.unit);
            let version = first(&plan, sees_drafts)?.clone();
            let told = upward(&plan, sees_drafts).map(|told| told.id);
            Some((plan, version, told))
        })
        .collect();
    let ids: BTreeSet<PlanVersionId> = seen.iter().flat_map(|(_, version, told)| [Some(version.id), *told]).flatten().collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let bodies = read::bodies(&services.db, &ids).await?;
    let totals: BTreeMap<PlanVersionId, Totals> = ids.iter().copied().zip(bodies.iter().map(Body::totals)).collect();
    let below = |id: PlanId| {
        let own = seen.iter().filter(move |(plan, ..)| plan.under == Some(id)).filter_map(|(.., told)| totals.get(&(*told)?));
        own.fold((Totals::default(), 0), |(sum, plans), own| (sum + *own, plans + 1))
    };
    let listed = seen.iter().map(|(plan, version, _)| {
        let (below, children) = below(plan.id);
        let totals = totals.get(&version.id).copied().unwrap_or_default();
        Listed { plan: plan.clone(), version: version.clone(), totals, below, children }
    });
    Ok(listed.collect())
}

/// Whether a version is told to the plan above: one that is in force or on its way there.
const fn counts_upward(state: PlanState) -> bool {
    matches!(state, PlanState::Issued | PlanState::Submitted)
}

/// The version that is told to the plan above: a draft beside it does not hide it.
fn upward(plan: &PlanLine, sees_drafts: bool) -> Option<&VersionLine> {
    plan.versions.iter().find(|version| counts_upward(version.state) && (sees_drafts || is_public(version.state)))
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

    /// Whether the version can be withdrawn: a draft whose paper came back is stopped as a paper first.
    #[must_use]
    pub const fn may_be_withdrawn(&self) -> bool {
        let is_free = match self.version.state {
            PlanState::Draft => self.version.case.is_none(),
            PlanState::Issued => true,
            _ => false,
        };
        self.may_keep && is_free
    }

    /// As which kind of paper the version travels.
    #[must_use]
    pub const fn paper_kind(&self) -> PaperKind {
        match self.plan.kind {
            _ if self.version.number > 1 => PaperKind::PlanAmendment,
            PlanKind::Year => PaperKind::YearPlan,
            PlanKind::Stage => PaperKind::StagePlan,
        }
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
    let sees_drafts = is_within(&tree, scope.reach(), plan.unit);
    let version = match number {
        Some(number) => plan.versions.iter().find(|version| version.number == number && (sees_drafts || is_public(version.state))),
        None => first(&plan, sees_drafts),
    };
    let version = version.ok_or(ActError::NotFound)?.clone();
    let body = read::bodies(&services.db, &[version.id]).await?.pop().ok_or(ActError::NotFound)?;
    let above = match plan.under {
        Some(above) => {
            Some(single(services, ctx, above).await?).filter(|above| first(above, is_within(&tree, scope.reach(), above.unit)).is_some())
        }
        None => None,
    };
    let may_keep = ctx.who.as_ref().is_some_and(|who| keeps(who, plan.bloc, |root| tree.is_within(plan.unit, root)));
    Ok(View { plan, version, body, above, may_keep })
}

const fn is_public(state: PlanState) -> bool {
    matches!(state, PlanState::Issued | PlanState::Replaced)
}

async fn single(services: &Services, ctx: &Ctx, id: PlanId) -> Result<PlanLine, ActError> {
    let wanted = Wanted { plan: Some(id), ..Wanted::default() };
    read::plans(&services.db, &wanted, ctx.today).await?.pop().ok_or(ActError::NotFound)
}

/// Whether a grant lets somebody write the plans of a unit that stands within some roots. The Party board writes those of its blocs alone.
fn keeps(who: &Who, bloc: Bloc, stands_within: impl Fn(UnitId) -> bool) -> bool {
    let is_of_bloc = |role: Role| role != Role::PartyAffairs || bloc != Bloc::State;
    let mut grants = who.grants.iter().filter(|grant| roles::may(grant.role, Act::KeepPlans) && is_of_bloc(grant.role));
    grants.any(|grant| grant.unit.is_none_or(&stands_within))
}

/// Proof that somebody may write a plan.
fn keeper<R>(ctx: &Ctx, tree: &Tree, plan: &PlanLine) -> Result<Authorised, ActError<R>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(roles::authorise_within(who, Act::KeepPlans, |_| keeps(who, plan.bloc, |root| tree.is_within(plan.unit, root)))?)
}

/// Proof that somebody may write plans of a unit.
fn keeper_of_unit<R>(ctx: &Ctx, unit: &UnitView) -> Result<Authorised, ActError<R>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let stands_within = |root: UnitId| unit.path.iter().any(|above| above.id == root);
    Ok(roles::authorise_within(who, Act::KeepPlans, |_| keeps(who, unit.unit.bloc, stands_within))?)
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

/// When the plan of the next year must be there, by the schemes in force, and whether it is among those listed.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn deadlines(services: &Services, ctx: &Ctx, listed: &[Listed]) -> Result<Vec<Deadline>, ActError> {
    let next = ctx.today.year() + 1;
    let is_of_next = |plan: &PlanLine| plan.unit_kind == UnitKind::Province && (plan.from, plan.to) == (next, next);
    let is_met = listed.iter().any(|listed| is_of_next(&listed.plan) && listed.plan.in_force().is_some());
    let schemes = followed(services, ctx).await?;
    Ok(schemes.iter().filter_map(|stored| deadline(stored, next, is_met)).collect())
}

fn deadline(stored: &Stored, next: i32, is_met: bool) -> Option<Deadline> {
    let rule = stored.scheme.rules.iter().find(|rule| rule.values.iter().any(|(name, _)| name == "plan_month"))?;
    let value = |name: &str| rule.values.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    let year = |name: &str| value(name).and_then(|year| i32::try_from(year).ok());
    let stages = (1..=9).map_while(|n| Some((year(&format!("phase_{n}_from"))?, year(&format!("phase_{n}_to"))?)));
    let month = date(next - 1, u8::try_from(value("plan_month")?).ok()?, 1)?;
    let last_day = month.replace_day(month.month().length(month.year())).ok()?;
    Some(Deadline { year: next, last_day, is_met, basis: basis(stored, &rule.section), stages: stages.collect() })
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

/// Loads what lines that name some officials speak of.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn known(services: &Services, ctx: &Ctx, named: &BTreeSet<OfficialId>) -> Result<Known, ActError> {
    let (names, tree) = tree(services, ctx).await?;
    let officials = read::named(&services.db, named, ctx.today).await?;
    let people = officials.iter().map(|named| (named.id, named.working)).collect();
    let scope = ctx.scope(Act::ViewPeople).ok();
    let sees = |named: &NamedOfficial| scope.as_ref().is_some_and(|scope| is_within(&tree, scope.reach(), named.working.unit));
    Ok(Known {
        officials: officials.into_iter().filter(sees).collect(),
        programmes: crate::programmes::offered(services, ctx).await?.to_vec(),
        schemes: followed(services, ctx).await?,
        names,
        tree,
        people,
    })
}

impl Known {
    /// The commune or agency that a unit belongs to: the unit that stands right under the province.
    #[must_use]
    pub fn home(&self, unit: UnitId) -> UnitId {
        let is_root = |id: &UnitId| self.names.unit(*id).is_some_and(|unit| unit.kind == UnitKind::Province);
        self.tree.up(unit).take_while(|id| !is_root(id)).last().unwrap_or(unit)
    }

    /// Code of a commune, by which near ones stand together; none for other units.
    #[must_use]
    pub fn commune(&self, unit: UnitId) -> Option<String> {
        self.names.unit(unit).filter(|unit| unit.level == Level::Commune).map(|unit| unit.code.clone())
    }
}

/// Officials by staff codes, as a form names them: those whom the asker may see.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub async fn officials_by_codes(services: &Services, ctx: &Ctx, codes: &[String]) -> Result<Vec<(String, OfficialId)>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let mut found = read::by_codes(&services.db, codes).await?;
    if *scope.reach() == Reach::Province {
        return Ok(found);
    }
    let (_, tree) = tree(services, ctx).await?;
    let named = read::named(&services.db, &found.iter().map(|(_, id)| *id).collect(), ctx.today).await?;
    let seen = named.iter().filter(|named| is_within(&tree, scope.reach(), named.working.unit));
    let seen: BTreeSet<OfficialId> = seen.map(|named| named.id).collect();
    found.retain(|(_, id)| seen.contains(id));
    Ok(found)
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
