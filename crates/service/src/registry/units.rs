//! Units on a day with what surrounds them.
//! Not for: people (`people`) or reorganising.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::ids::UnitId;
use domain::orgs::{OrgMap, UnitKind};
use domain::roles::{Act, Reach, Scope};
use domain::time::Date;
use futures_util::future::try_join_all;
use store::read::units::{self, SuccessionLine, UnitLine};

use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

/// A unit with its surroundings on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// The unit.
    pub unit: UnitLine,
    /// From the root down to the unit.
    pub path: Vec<UnitLine>,
    /// Direct children.
    pub children: Vec<UnitLine>,
    /// What it came from and what became of it.
    pub successions: Vec<SuccessionLine>,
}

impl UnitView {
    /// Whether the unit lies within a scope on the map of the day.
    #[must_use]
    pub fn lies_within(&self, scope: &Scope) -> bool {
        match scope.reach() {
            Reach::Province => true,
            Reach::Own(_) => false,
            Reach::Units(roots) => self.path.iter().any(|above| roots.contains(&above.id)),
        }
    }

    /// Whether the asker may see the people of the unit.
    #[must_use]
    pub fn shows_people_to(&self, ctx: &Ctx) -> bool {
        ctx.scope(Act::ViewPeople).is_ok_and(|scope| self.lies_within(&scope))
    }
}

/// Units kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptUnits {
    codes: Kept<(), Codes>,
    views: Kept<(UnitId, Date), UnitView>,
    totals: Kept<Date, BTreeMap<UnitId, i64>>,
    pub(super) names: Kept<(), super::naming::Names>,
    pub(super) standing: Kept<(), domain::geography::standing::Standing>,
    pub(super) pasts: Kept<(UnitId, Date), store::read::reorganise::Past>,
}

#[derive(Debug)]
struct Codes {
    by_code: HashMap<String, UnitId>,
    root: Option<UnitId>,
}

async fn codes(services: &Services, facts: i64) -> Result<Arc<Codes>, ActError> {
    let make = async {
        let lines = units::codes(&services.db).await?;
        let root = lines.iter().find(|(_, _, kind)| *kind == UnitKind::Province).map(|(id, _, _)| *id);
        // A code of today before a former one.
        Ok(Codes { by_code: lines.into_iter().rev().map(|(id, code, _)| (code, id)).collect(), root })
    };
    services.units.codes.get(facts, (), make).await
}

async fn view_of(services: &Services, facts: i64, id: UnitId, on: Date) -> Result<Arc<UnitView>, ActError> {
    let db = &services.db;
    let make = async {
        Ok(UnitView {
            unit: units::one(db, id, on).await?,
            path: units::path(db, id, on).await?,
            children: units::children(db, id, on).await?,
            successions: units::successions(db, id).await?,
        })
    };
    services.units.views.get(facts, (id, on), make).await
}

/// A unit on a day, whoever asks.
pub(crate) async fn view(services: &Services, ctx: &Ctx, code: &str, on: Date) -> Result<Arc<UnitView>, ActError> {
    let facts = services.facts(ctx).await?;
    let id = codes(services, facts).await?.by_code.get(code).copied().ok_or(ActError::NotFound)?;
    view_of(services, facts, id, on).await
}

/// A unit on a day by its key, whoever asks.
pub(crate) async fn view_of_id(services: &Services, ctx: &Ctx, id: UnitId, on: Date) -> Result<Arc<UnitView>, ActError> {
    view_of(services, services.facts(ctx).await?, id, on).await
}

/// A unit on a day.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code.
pub async fn unit(services: &Services, ctx: &Ctx, code: &str, on: Date) -> Result<Arc<UnitView>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    view(services, ctx, code, on).await
}

/// The units where the asker's trees start: the root, or the units of the grants that lie in none of the others; at least one.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units, [`ActError::NotFound`] when there is no unit yet.
pub async fn home_units(services: &Services, ctx: &Ctx, on: Date) -> Result<Vec<Arc<UnitView>>, ActError> {
    let scope = ctx.scope(Act::ViewUnits)?;
    let facts = services.facts(ctx).await?;
    let ids = match scope.reach() {
        Reach::Units(roots) => roots.clone(),
        _ => codes(services, facts).await?.root.into_iter().collect(),
    };
    let views = try_join_all(ids.iter().map(|id| view_of(services, facts, *id, on))).await?;
    let is_below = |view: &UnitView| view.path.iter().any(|above| above.id != view.unit.id && ids.contains(&above.id));
    let tops: Vec<_> = views.into_iter().filter(|view| !is_below(view)).collect();
    if tops.is_empty() { Err(ActError::NotFound) } else { Ok(tops) }
}

/// The first of the units where the asker's trees start.
///
/// # Errors
/// As [`home_units`].
pub async fn home_unit(services: &Services, ctx: &Ctx, on: Date) -> Result<Arc<UnitView>, ActError> {
    home_units(services, ctx, on).await?.into_iter().next().ok_or(ActError::NotFound)
}

/// A page of units in code order.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn list_units(
    services: &Services,
    ctx: &Ctx,
    on: Date,
    matching: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<UnitLine>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(units::list(&services.db, on, &domain::text::fold(matching), after, limit).await?)
}

/// All units with their links, for the whole tree.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn map(services: &Services, ctx: &Ctx) -> Result<OrgMap, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(units::map(&services.db).await?)
}

/// How many people stand in each unit and below it on a day.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn totals(services: &Services, ctx: &Ctx, on: Date) -> Result<Arc<BTreeMap<UnitId, i64>>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let make = async {
        let map = units::map(&services.db).await?;
        let parents: BTreeMap<UnitId, UnitId> = map.links.iter().filter(|l| l.during.contains(on)).map(|l| (l.unit, l.parent)).collect();
        Ok(summed(&parents, units::headcount(&services.db, on).await?))
    };
    services.units.totals.get(services.facts(ctx).await?, on, make).await
}

fn summed(parents: &BTreeMap<UnitId, UnitId>, own: Vec<(UnitId, i64)>) -> BTreeMap<UnitId, i64> {
    let mut totals = BTreeMap::new();
    for (unit, people) in own {
        let mut at = Some(unit);
        // A tree is never deeper than this; the bound keeps a circle in the data from turning for ever.
        for _ in 0..MOST_LEVELS {
            let Some(id) = at else { break };
            *totals.entry(id).or_insert(0) += people;
            at = parents.get(&id).copied();
        }
    }
    totals
}

const MOST_LEVELS: usize = 12;
