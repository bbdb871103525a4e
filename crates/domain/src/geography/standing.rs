//! Where units stand on a day: as somebody said, else in the middle of the units they came from, else with the unit they are a part of.
//! Not for: loading what was said (`store`), or moving units (`orgs::reorganise`).

use std::collections::BTreeMap;

use super::{Spot, middle};
use crate::ids::UnitId;
use crate::orgs::{OrgMap, Unit, UnitKind};
use crate::time::{Date, Interval};

/// How the place of a unit is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whence {
    /// Somebody said so.
    Told,
    /// From the units that it came from.
    Sources,
    /// From the unit that it is a part of.
    Above(UnitId),
}

/// Deepest that a tree or a line of reorganisations is followed; a circle in the data does not turn for ever.
const MOST_STEPS: usize = 12;

/// What is known about where units stand, ready to be asked for any day.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    units: BTreeMap<UnitId, Unit>,
    parents: BTreeMap<UnitId, Vec<(Interval, UnitId)>>,
    sources: BTreeMap<UnitId, Vec<UnitId>>,
    told: BTreeMap<UnitId, Vec<(Interval, Spot)>>,
}

impl Standing {
    /// From the map of units and what was said of each.
    #[must_use]
    pub fn new(map: &OrgMap, told: impl IntoIterator<Item = (UnitId, Interval, Spot)>) -> Self {
        let mut standing = Self { units: map.units.clone(), ..Self::default() };
        for link in &map.links {
            standing.parents.entry(link.unit).or_default().push((link.during, link.parent));
        }
        for step in &map.successions {
            // Whoever lived before goes on where it is; only a unit that begins so takes the place of what it came from.
            if map.units.get(&step.to).is_some_and(|unit| unit.life.from() == step.on) {
                standing.sources.entry(step.to).or_default().push(step.from);
            }
        }
        for (unit, during, spot) in told {
            standing.told.entry(unit).or_default().push((during, spot));
        }
        standing
    }

    /// Where a unit stands on a day, or stood on its last day when it had ended.
    #[must_use]
    pub fn of(&self, unit: UnitId, on: Date) -> Option<(Spot, Whence)> {
        self.follow(unit, on, MOST_STEPS)
    }

    fn follow(&self, id: UnitId, on: Date, steps: usize) -> Option<(Spot, Whence)> {
        let unit = self.units.get(&id)?;
        let on = unit.life.last_day().map_or(on, |last| last.min(on));
        let told = self.told.get(&id).and_then(|told| told.iter().find(|(during, _)| during.contains(on)));
        if let Some((_, spot)) = told {
            return Some((*spot, Whence::Told));
        }
        let steps = steps.checked_sub(1)?;
        if let Some(spot) = self.sources(unit, steps) {
            return Some((spot, Whence::Sources));
        }
        let above = self.whole(id, on)?;
        self.follow(above, on, steps).map(|(spot, _)| (spot, Whence::Above(above)))
    }

    /// The middle of the units that a unit came from, those of its own kind before others: a commune comes from communes, whoever else
    /// handed over work.
    fn sources(&self, unit: &Unit, steps: usize) -> Option<Spot> {
        let before = unit.life.from().previous_day()?;
        let sources = self.sources.get(&unit.id)?;
        let of = |is_meant: &dyn Fn(UnitKind) -> bool| {
            let meant = sources.iter().filter(|id| self.units.get(id).is_some_and(|unit| is_meant(unit.kind)));
            middle(&meant.filter_map(|id| Some(self.follow(*id, before, steps)?.0)).collect::<Vec<_>>())
        };
        of(&|kind| kind == unit.kind).or_else(|| of(&|kind| kind != unit.kind))
    }

    /// The unit above of which a unit is a part that has no place of its own: a division, or an office of a commune or a district.
    #[must_use]
    pub fn whole(&self, id: UnitId, on: Date) -> Option<UnitId> {
        let unit = self.units.get(&id)?;
        let parent = self.parent(id, on)?;
        let above = self.units.get(&parent)?;
        let is_part = match unit.kind {
            UnitKind::Division => true,
            UnitKind::PartyBody | UnitKind::FrontBody => above.kind != UnitKind::Province,
            _ => false,
        };
        (is_part && above.kind != UnitKind::Province).then_some(parent)
    }

    /// The unit that counts on a map for people of a unit: the whole of which it is a part, or itself.
    #[must_use]
    pub fn house(&self, id: UnitId, on: Date) -> UnitId {
        let on = self.units.get(&id).and_then(|unit| unit.life.last_day()).map_or(on, |last| last.min(on));
        let mut at = id;
        for _ in 0..MOST_STEPS {
            let Some(above) = self.whole(at, on) else { break };
            at = above;
        }
        at
    }

    /// The parent of a unit on a day.
    #[must_use]
    pub fn parent(&self, id: UnitId, on: Date) -> Option<UnitId> {
        self.parents.get(&id)?.iter().find(|(during, _)| during.contains(on)).map(|(_, parent)| *parent)
    }

    /// The units that live on a day and have a place of their own, the province itself left out; those that nobody placed with nothing.
    #[must_use]
    pub fn houses(&self, on: Date) -> Vec<(&Unit, Option<(Spot, Whence)>)> {
        let lives = self.units.values().filter(|unit| unit.life.contains(on) && unit.kind != UnitKind::Province);
        let houses = lives.filter(|unit| self.whole(unit.id, on).is_none());
        houses.map(|unit| (unit, self.of(unit.id, on))).collect()
    }
}
