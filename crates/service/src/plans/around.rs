//! What surrounds a plan while it is built: needs without a place, people sent twice, load of communes, money, and drafted lines.
//! Not for: reckoning them (`domain::plans`), or targets and quotas (`effects`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{OfficialId, PlanId, UnitId};
use domain::orgs::UnitKind;
use domain::people::LeaderGroup;
use domain::plans::burden::{self, Loads, Money, Overlap};
use domain::plans::needs::{self, Asked, Coverage};
use domain::plans::propose::{self, Draft, Offer, QuotaGap, Wanted};
use domain::plans::{MoneySource, TopicRef};
use domain::quotas::QuotaLine;
use domain::roles::Act;
use domain::schemes::QuotaCounts;
use domain::training::Programme;
use futures_util::future::try_join_all;
use store::read::needs::NeedLine;
use store::read::plans::NamedOfficial;
use store::read::programmes::ProgrammeLine;
use store::read::progress::Place;

use super::{Known, View, effects, is_within, known, others};
use crate::{ActError, Ctx, Services, standards};

/// A need without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNeed {
    /// The need.
    pub need: Asked,
    /// People without a place.
    pub people: u32,
    /// Who it is, when one official is meant and the asker may see the person.
    pub official: Option<NamedOfficial>,
}

/// What a plan does for needs.
#[derive(Debug, Clone, Default)]
pub struct Covered {
    /// Needs without a place, of units whose needs the asker may see.
    pub open: Vec<OpenNeed>,
    /// Needs of the unit and everything below it.
    pub needs: usize,
    /// People of those needs, and how many of them have a place.
    pub people: (i64, i64),
    /// Lines that answer no need.
    pub idle: Vec<u32>,
}

/// Approved needs of the unit and everything below it, in all years of the plan.
async fn needs_of(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<Asked>, ActError> {
    let is_province = view.plan.unit_kind == UnitKind::Province;
    let place = if is_province { Place::province(ctx.today) } else { Place::units(vec![view.plan.unit], ctx.today) };
    let years = (view.plan.from..=view.plan.to).map(|year| store::read::needs::approved(&services.db, &place, year));
    Ok(try_join_all(years).await?.iter().flatten().map(asked).collect())
}

fn asked(need: &NeedLine) -> Asked {
    Asked {
        id: need.id,
        unit: need.unit.0,
        official: need.official.as_ref().map(|official| official.0),
        people: u32::try_from(need.people).unwrap_or(0),
        subject: need.subject,
        requirement: need.requirement.clone(),
        programme: need.programme,
        topic: need.topic.clone().map(|(scheme, code)| TopicRef { scheme, code }),
        staff: need.staff,
        group: need.group,
        words: need.words.clone(),
    }
}

fn offer(programme: &ProgrammeLine) -> Offer {
    let count = |number: i32| u32::try_from(number).unwrap_or(0);
    Offer {
        id: programme.id,
        title: programme.title.clone(),
        content: programme.content,
        named: programme.programme,
        periods: count(programme.periods),
        days: count(programme.days),
        mode: programme.mode,
    }
}

/// Which approved needs of the plan's years have no place yet, and which lines answer none.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn coverage(services: &Services, ctx: &Ctx, view: &View) -> Result<Covered, ActError> {
    let loaded = known(services, ctx, &BTreeSet::new()).await?;
    let asked = needs_of(services, ctx, view).await?;
    let Coverage { open, idle, .. } = needs::coverage(&view.body, &asked, &loaded.tree);
    let by_id: BTreeMap<_, _> = asked.iter().map(|need| (need.id, need)).collect();
    let open: Vec<(Asked, u32)> = open.iter().filter_map(|(id, people)| Some(((*by_id.get(id)?).clone(), *people))).collect();
    let officials = named(services, ctx, open.iter().filter_map(|(need, _)| need.official)).await?;
    let scope = ctx.scope(Act::ViewNeeds).ok();
    let sees = |need: &Asked| scope.as_ref().is_some_and(|scope| is_within(&loaded.tree, scope.reach(), need.unit));
    let total: i64 = asked.iter().map(|need| i64::from(need.people)).sum();
    let without: i64 = open.iter().map(|(_, people)| i64::from(*people)).sum();
    let seen = open.into_iter().filter(|(need, _)| sees(need));
    let open = seen.map(|(need, people)| OpenNeed { official: need.official.and_then(|id| officials.get(&id).cloned()), need, people });
    Ok(Covered { open: open.collect(), needs: asked.len(), people: (total, total - without), idle })
}

/// Officials whom the asker may see, by key.
async fn named(
    services: &Services,
    ctx: &Ctx,
    ids: impl Iterator<Item = OfficialId>,
) -> Result<BTreeMap<OfficialId, NamedOfficial>, ActError> {
    let known = known(services, ctx, &ids.collect()).await?;
    Ok(known.officials.into_iter().map(|named| (named.id, named)).collect())
}

/// An official whom two lines send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlapLine {
    /// What.
    pub overlap: Overlap,
    /// Who, when the asker may see the person.
    pub official: Option<NamedOfficial>,
    /// What the own line is called.
    pub words: String,
    /// The other line, when the asker may see it.
    pub other: Option<OtherLine>,
}

/// A line that sends somebody whom a plan sends too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLine {
    /// What it is called.
    pub words: String,
    /// Title of its plan.
    pub title: String,
    /// Unit of its plan.
    pub unit: String,
}

/// Officials whom the plan sends twice, or whom another plan of these years sends too; of a plan that is not the asker's to see, only that
/// there is one.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that read no plans.
pub async fn overlaps(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<OverlapLine>, ActError> {
    let scope = ctx.scope(Act::ViewPlans)?;
    let (_, tree) = super::tree(services, ctx).await?;
    let others = others(services, ctx, view).await?;
    let refs: Vec<(PlanId, &domain::plans::Body)> = others.iter().map(|(plan, body)| (plan.id, body)).collect();
    let found = burden::overlaps((view.plan.id, &view.body), &refs);
    let officials = named(services, ctx, found.iter().map(|overlap| overlap.official)).await?;
    let words = |body: &domain::plans::Body, key: u32| body.line(key).map(|line| line.words.clone()).unwrap_or_default();
    let other = |at: burden::LineRef| {
        let other = others.iter().find(|(other, _)| other.id == at.plan);
        // What is looked at of another plan is its open version, and that is a secret of its unit.
        let sees = other.is_none_or(|(plan, _)| plan.open().is_none() || is_within(&tree, scope.reach(), plan.unit));
        let (plan, body) = other.map_or((&view.plan, &view.body), |(plan, body)| (plan, body));
        sees.then(|| OtherLine { words: words(body, at.line), title: plan.title.clone(), unit: plan.unit_name.clone() })
    };
    let line = |overlap: &Overlap| OverlapLine {
        official: officials.get(&overlap.official).cloned(),
        words: words(&view.body, overlap.own.line),
        other: other(overlap.other),
        overlap: *overlap,
    };
    Ok(found.iter().map(line).collect())
}

/// Load of one unit over the months of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The unit.
    pub unit: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// By month, January first.
    pub months: [burden::Load; 12],
}

/// Load of the communes and agencies of a plan in a year, the heaviest first.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn loads(services: &Services, ctx: &Ctx, view: &View, year: i32) -> Result<Vec<Load>, ActError> {
    let known = known(services, ctx, &view.body.officials()).await?;
    let loads = burden::loads(&view.body, &known.people, &|unit| known.home(unit));
    let mut by_unit: BTreeMap<UnitId, [burden::Load; 12]> = BTreeMap::new();
    for ((unit, of, month), load) in loads {
        let months = by_unit.entry(unit).or_default();
        if let Some(at) = months.get_mut(usize::from(month).wrapping_sub(1)).filter(|_| of == year) {
            *at = load;
        }
    }
    let line = |(unit, months): (UnitId, [burden::Load; 12])| Load {
        unit,
        code: known.names.unit(unit).map(|unit| unit.code.clone()).unwrap_or_default(),
        name: known.names.name_on(unit, ctx.today).to_owned(),
        months,
    };
    let mut lines: Vec<Load> = by_unit.into_iter().map(line).collect();
    let people = |load: &Load| load.months.iter().map(|month| month.people).sum::<i64>();
    lines.retain(|load| people(load) > 0);
    lines.sort_by(|a, b| people(b).cmp(&people(a)).then_with(|| a.code.cmp(&b.code)));
    Ok(lines)
}

/// Money of a plan.
#[must_use]
pub fn money(view: &View) -> Money {
    burden::money(&view.body)
}

/// Drafted lines, and for how many people.
#[derive(Debug, Clone)]
pub struct Drafts {
    /// Lines with their reasons.
    pub drafts: Vec<Draft>,
    /// People of open needs.
    pub people: u32,
}

/// Drafts lines for what a plan does not cover yet: open needs, and for the province unfilled quotas of events.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn drafts(services: &Services, ctx: &Ctx, view: &View) -> Result<Drafts, ActError> {
    let loaded = known(services, ctx, &BTreeSet::new()).await?;
    let asked = needs_of(services, ctx, view).await?;
    let open = needs::coverage(&view.body, &asked, &loaded.tree).open;
    let by_id: BTreeMap<_, _> = asked.iter().map(|need| (need.id, need)).collect();
    let open: Vec<(Asked, u32)> = open.iter().filter_map(|(id, people)| Some(((*by_id.get(id)?).clone(), *people))).collect();
    let others = others(services, ctx, view).await?;
    let written: Vec<&domain::plans::Body> = std::iter::once(&view.body).chain(others.iter().map(|(_, body)| body)).collect();
    let mut named: BTreeSet<OfficialId> = written.iter().flat_map(|body| body.officials()).collect();
    named.extend(open.iter().filter_map(|(need, _)| need.official));
    let people = known(services, ctx, &named).await?.people;
    let home = |unit: UnitId| loaded.home(unit);
    let mut loads = Loads::new();
    for line in written.iter().flat_map(|body| &body.lines) {
        burden::add_load(&mut loads, line, &people, &home);
    }
    let is_province = view.plan.unit_kind == UnitKind::Province;
    let quotas = if is_province { gaps(services, ctx, view).await? } else { Vec::new() };
    let offers: Vec<_> = loaded.programmes.iter().map(offer).collect();
    let order = |unit: UnitId| loaded.commune(unit);
    let shelf = standards::shelf(services, ctx).await?;
    let requirement = |code: &str| shelf.requirement(code).map_or_else(|| code.to_owned(), |known| known.title.vi.clone());
    let drafts = propose::propose(&Wanted {
        needs: &open,
        offers: &offers,
        quotas: &quotas,
        sizes: &sizes(&loaded),
        size: propose::USUAL_SIZE,
        year: ctx.today.year().clamp(view.plan.from, view.plan.to),
        months: propose::MONTHS,
        loads,
        people: &people,
        home: &home,
        order: &order,
        requirement: &requirement,
        source: if is_province { MoneySource::Province } else { MoneySource::Unit },
        first_key: view.body.next_key(),
    });
    Ok(Drafts { drafts, people: open.iter().map(|(_, people)| *people).sum() })
}

/// Sizes of classes of named programmes, as the targets that look at them say.
fn sizes(known: &Known) -> BTreeMap<Programme, u32> {
    use domain::schemes::{Did, Measure};
    let mut sizes = BTreeMap::new();
    for target in known.schemes.iter().flat_map(|stored| &stored.scheme.targets) {
        if let Measure::ShareOfPeople { did: Did::Trained(did), .. } = &target.measure {
            for programme in &did.programmes {
                sizes.entry(*programme).or_insert(target.class_size);
            }
        }
    }
    sizes
}

/// Events that quotas of the plan's year still ask for with the plan as it is.
async fn gaps(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<QuotaGap>, ActError> {
    let effects = effects(services, ctx, view).await?;
    let gap = |found: &super::QuotaEffect| {
        let QuotaCounts::Events { form, topics, .. } = &found.quota.counts else { return None };
        let QuotaLine { topic, count, at_least, .. } = &found.after;
        let code = topic.as_ref().or_else(|| topics.first())?;
        let topic = found.stored.scheme.topics.iter().find(|topic| topic.code == *code)?;
        Some(QuotaGap {
            quota: found.quota.code.clone(),
            topic: TopicRef { scheme: found.stored.scheme.code.clone(), code: code.clone() },
            title: topic.title.vi.clone(),
            lead: topic.lead.clone(),
            form: *form,
            missing: u32::try_from(at_least - count).ok().filter(|missing| *missing > 0)?,
        })
    };
    Ok(effects.quotas.iter().filter(|found| !found.after.is_reached()).filter_map(gap).collect())
}

/// How people of a plan are shared out: by who they are, and by where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// By group of leaders; none for others and for places that say no group.
    pub by_group: BTreeMap<Option<LeaderGroup>, i64>,
    /// By commune or agency; none for places for anybody.
    pub by_unit: BTreeMap<Option<UnitId>, i64>,
}

/// How people of some lines are shared out.
#[must_use]
pub fn shared(lines: &[domain::plans::Line], known: &Known) -> Shared {
    let mut shared = Shared::default();
    for line in lines {
        for seats in &line.seats {
            *shared.by_group.entry(seats.group).or_default() += i64::from(seats.people);
            *shared.by_unit.entry(seats.unit.map(|unit| known.home(unit))).or_default() += i64::from(seats.people);
        }
        for working in line.officials.iter().map(|id| known.people.get(id)) {
            *shared.by_group.entry(working.and_then(|working| working.group)).or_default() += 1;
            *shared.by_unit.entry(working.map(|working| known.home(working.unit))).or_default() += 1;
        }
    }
    shared
}
