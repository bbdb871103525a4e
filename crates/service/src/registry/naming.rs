//! Which unit is meant by what somebody typed or a file says: by code, former code, name or former name, with or without marks.
//! In memory, so that a file of thousands of rows asks once and looks up each row.
//! Not for: finding units by a part of their names (`list_units`).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::ids::UnitId;
use domain::orgs::{OrgMap, Unit};
use domain::roles::Act;
use domain::text::fold;
use domain::time::{Date, Interval};
use store::read::reorganise::{self, Known};
use store::read::units;

use crate::{ActError, Ctx, Services};

/// How a unit was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By the code or name of the day.
    Now,
    /// By a code or name of another time, or from elsewhere.
    Former,
    /// The unit that is named had ended; this one carries on.
    Heir,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Exactly one.
    One(UnitId, How),
    /// Several are called so, or carry on what is called so.
    Several(Vec<UnitId>),
    /// None.
    None,
}

/// A code or a name of a unit.
#[derive(Debug, Clone, Copy)]
struct Called {
    unit: UnitId,
    /// When it is called so; nothing is always.
    during: Option<Interval>,
}

/// Everything by which units are called.
#[derive(Debug)]
pub struct Names {
    /// The map.
    pub map: OrgMap,
    /// Former names and other codes.
    pub known: Known,
    called: HashMap<String, Vec<Called>>,
}

/// Words before the name of a unit that say no more than that it is one.
const BEFORE: &[&str] = &["ubnd ", "uy ban nhan dan "];

impl Names {
    fn of(map: OrgMap, known: Known) -> Self {
        let mut called: HashMap<String, Vec<Called>> = HashMap::new();
        let mut add =
            |text: &str, unit: UnitId, during: Option<Interval>| called.entry(fold(text)).or_default().push(Called { unit, during });
        for unit in map.units.values() {
            add(&unit.code, unit.id, None);
            let renamed = known.names.iter().filter(|(id, ..)| *id == unit.id).filter_map(|(_, _, during)| during.to()).max();
            let since = renamed.unwrap_or(unit.life.from());
            add(&unit.name, unit.id, Interval::new(since, unit.life.to()).ok());
        }
        for (unit, name, during) in &known.names {
            add(name, *unit, Some(*during));
        }
        for alias in &known.aliases {
            let from = alias.from.or_else(|| map.units.get(&alias.unit).map(|unit| unit.life.from()));
            add(&alias.code, alias.unit, from.and_then(|from| Interval::new(from, alias.to).ok()));
        }
        Self { map, known, called }
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.map.units.get(&id)
    }

    /// The name that a unit has on a day.
    #[must_use]
    pub fn name_on(&self, id: UnitId, on: Date) -> &str {
        let former = self.known.names.iter().find(|(unit, _, during)| *unit == id && during.contains(on));
        former.map_or_else(|| self.unit(id).map_or("", |unit| unit.name.as_str()), |(_, name, _)| name)
    }

    /// The unit that a text means on a day: what is called so on the day, else what was or will be called so and lives on the day,
    /// else who carries on what was called so.
    #[must_use]
    pub fn resolve(&self, text: &str, on: Date) -> Found {
        let key = fold(text.split(" · ").next().unwrap_or_default());
        let plain = || BEFORE.iter().find_map(|words| self.called.get(key.strip_prefix(words)?));
        let Some(called) = self.called.get(&key).or_else(plain) else { return Found::None };
        let lives = |unit: UnitId| self.unit(unit).is_some_and(|u| u.life.contains(on));
        let alive = || called.iter().filter(|c| lives(c.unit));
        let now: BTreeSet<UnitId> = alive().filter(|c| c.during.is_none_or(|during| during.contains(on))).map(|c| c.unit).collect();
        let former: BTreeSet<UnitId> = alive().map(|c| c.unit).collect();
        let heirs = || called.iter().flat_map(|c| self.heirs(c.unit, on)).collect::<BTreeSet<UnitId>>();
        if !now.is_empty() {
            answer(now, How::Now)
        } else if !former.is_empty() {
            answer(former, How::Former)
        } else {
            answer(heirs(), How::Heir)
        }
    }

    /// Units that live on a day and are or were called something with these words in it, few.
    #[must_use]
    pub fn matching(&self, text: &str, on: Date) -> Vec<UnitId> {
        const MOST: usize = 20;
        let key = fold(text);
        let lives = |unit: UnitId| self.unit(unit).is_some_and(|u| u.life.contains(on));
        let found = self.called.iter().filter(|(name, _)| !key.is_empty() && name.contains(&key)).flat_map(|(_, called)| called);
        let units: BTreeSet<UnitId> = found.map(|c| c.unit).filter(|unit| lives(*unit)).collect();
        units.into_iter().take(MOST).collect()
    }

    /// A code and a name, as people are told which unit is meant.
    #[must_use]
    pub fn told(&self, unit: UnitId, on: Date) -> String {
        self.unit(unit).map(|u| format!("{} · {}", u.code, self.name_on(unit, on))).unwrap_or_default()
    }

    /// Who carries on a unit that had ended by a day.
    fn heirs(&self, unit: UnitId, on: Date) -> BTreeSet<UnitId> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::from([unit]), vec![unit]);
        while let Some(at) = open.pop() {
            let Some(life) = self.unit(at).map(|unit| unit.life) else { continue };
            if life.contains(on) {
                found.insert(at);
            } else if life.to().is_some_and(|end| end <= on) {
                let next = self.map.successions.iter().filter(|s| s.from == at).map(|s| s.to);
                open.extend(next.filter(|to| seen.insert(*to)));
            }
        }
        found
    }
}

fn answer(units: BTreeSet<UnitId>, how: How) -> Found {
    let mut units: Vec<UnitId> = units.into_iter().collect();
    match (units.pop(), units.is_empty()) {
        (None, _) => Found::None,
        (Some(one), true) => Found::One(one, how),
        (Some(last), false) => {
            units.push(last);
            Found::Several(units)
        }
    }
}

/// Everything by which units are called, to be asked many times.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn unit_names(services: &Services, ctx: &Ctx) -> Result<Arc<Names>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    names_of(services, ctx).await
}

/// The same, whoever asks.
pub(crate) async fn names_of(services: &Services, ctx: &Ctx) -> Result<Arc<Names>, ActError> {
    let make = async { Ok(Names::of(units::map(&services.db).await?, reorganise::known(&services.db).await?)) };
    services.units.names.get(services.facts(ctx).await?, (), make).await
}

/// The unit that a text means on a day.
///
/// # Errors
/// As [`unit_names`].
pub async fn resolve_unit(services: &Services, ctx: &Ctx, text: &str, on: Date) -> Result<Found, ActError> {
    Ok(unit_names(services, ctx).await?.resolve(text, on))
}
