//! Working an act out, step by step, and collecting every rule that stands in its way.
//! Not for: people; they go along the flows.

use std::collections::BTreeSet;

use super::{ChildRule, Destination, Fate, Fault, FaultKind, Flow, Ground, Heir, NewUnit, Plan, Renaming, Rule, Step};
use crate::ids::UnitId;
use crate::orgs::{Change, Level, Succession, UnitKind, unit_codes};
use crate::time::{Date, date};

/// Districts ended with 30/06/2025 (NQ 202/2025/QH15, Luật 72/2025/QH15).
const NO_DISTRICT_FROM: (i32, u8, u8) = (2025, 7, 1);

struct Draft<'a> {
    ground: &'a Ground<'a>,
    plan: Plan,
    faults: Vec<Fault>,
}

pub(super) fn of(ground: &Ground<'_>, step: &Step, on: Date) -> Result<Plan, Vec<Fault>> {
    let plan = Plan {
        on,
        subject: UnitId(-1),
        begins: Vec::new(),
        ends: Vec::new(),
        successions: Vec::new(),
        links: Vec::new(),
        names: Vec::new(),
        flows: Vec::new(),
        rules: Vec::new(),
    };
    let mut draft = Draft { ground, plan, faults: Vec::new() };
    draft.take(step);
    if draft.faults.is_empty() {
        for unit in draft.plan.breaks(ground.map) {
            draft.fault(FaultKind::BrokenMap, unit);
        }
    }
    if draft.faults.is_empty() { Ok(draft.plan) } else { Err(draft.faults) }
}

impl Draft<'_> {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Create(new) => {
                self.begin(new);
            }
            Step::Rename { unit, name, code } => self.rename(*unit, name, code.as_deref()),
            Step::Move { unit, parent, code } => self.relocate(*unit, *parent, code.as_deref()),
            Step::Merge { units, into, children } => self.merge(units, into, *children),
            Step::Split { unit, into, stays, children, people } => {
                self.plan.rules.clone_from(people);
                self.split(*unit, into, *stays, children);
            }
            Step::Abolish { unit, into, children, people } => {
                self.plan.rules.clone_from(people);
                self.abolish(*unit, *into, *children);
            }
        }
    }

    fn fault(&mut self, kind: FaultKind, unit: UnitId) {
        let fault = Fault { kind, unit: Some(unit) };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn check(&mut self, is_wrong: bool, kind: FaultKind, unit: UnitId) {
        if is_wrong {
            self.fault(kind, unit);
        }
    }

    /// Whether a unit is there on the day and for good.
    fn lasts(&self, unit: UnitId) -> bool {
        let is_new = self.plan.begins.iter().any(|(id, _)| *id == unit);
        is_new || self.ground.map.units.get(&unit).is_some_and(|u| u.life.contains(self.plan.on) && u.life.to().is_none())
    }

    /// A unit that is to be changed: it is there, and nothing about it changes on that day or later.
    fn touch(&mut self, unit: UnitId) {
        let lives = self.ground.map.units.get(&unit).is_some_and(|u| u.life.contains(self.plan.on));
        if !lives {
            return self.fault(FaultKind::OutsideLife, unit);
        }
        let is_late = self.ground.newest(unit).is_some_and(|newest| newest >= self.plan.on);
        self.check(is_late, FaultKind::OlderAct, unit);
    }

    fn not_root(&mut self, unit: UnitId) {
        let is_root = self.ground.map.units.get(&unit).is_some_and(|u| u.kind == UnitKind::Province);
        self.check(is_root, FaultKind::Root, unit);
    }

    fn check_code(&mut self, code: &str, unit: UnitId) {
        self.check(!unit_codes::is_code(code, self.plan.on), FaultKind::BadCode, unit);
        let is_others = self.ground.codes.get(code).is_some_and(|other| *other != unit);
        let is_twice = self.plan.begins.iter().any(|(other, new)| *other != unit && new.code == code);
        self.check(is_others || is_twice, FaultKind::CodeTaken, unit);
    }

    fn begin(&mut self, new: &NewUnit) -> UnitId {
        let id = UnitId(-1 - i64::try_from(self.plan.begins.len()).unwrap_or(0));
        self.check(new.name.trim().is_empty(), FaultKind::NoName, id);
        self.check(!self.lasts(new.parent), FaultKind::OutsideParent, id);
        let (year, month, day) = NO_DISTRICT_FROM;
        let is_over = date(year, month, day).is_some_and(|from| self.plan.on >= from);
        let is_district = new.kind == UnitKind::District || new.level == Level::District;
        self.check(is_district && is_over, FaultKind::NoDistrict, id);
        self.plan.begins.push((id, new.clone()));
        self.check_code(&new.code, id);
        id
    }

    fn rename(&mut self, unit: UnitId, name: &str, code: Option<&str>) {
        self.plan.subject = unit;
        self.touch(unit);
        let Some(was) = self.ground.map.units.get(&unit) else { return };
        let name = name.trim();
        self.check(name.is_empty(), FaultKind::NoName, unit);
        let code = code.filter(|code| *code != was.code);
        self.check(name == was.name && code.is_none(), FaultKind::SameName, unit);
        if let Some(code) = code {
            self.check_code(code, unit);
        }
        let name = (name != was.name).then(|| name.to_owned());
        self.plan.names.push(Renaming { unit, name, code: code.map(str::to_owned) });
    }

    fn relocate(&mut self, unit: UnitId, parent: UnitId, code: Option<&str>) {
        self.plan.subject = unit;
        self.touch(unit);
        self.not_root(unit);
        self.check(!self.lasts(parent), FaultKind::OutsideParent, unit);
        let map = self.ground.map;
        self.check(map.subtree(unit, self.plan.on).contains(&parent), FaultKind::CircularParent, unit);
        self.check(map.parent(unit, self.plan.on) == Some(parent), FaultKind::SameParent, unit);
        self.plan.links.push((unit, parent));
        let was = map.units.get(&unit).map(|u| u.code.as_str());
        if let Some(code) = code.filter(|code| Some(*code) != was) {
            self.check_code(code, unit);
            self.plan.names.push(Renaming { unit, name: None, code: Some(code.to_owned()) });
        }
    }

    /// The unit that carries on.
    fn heir(&mut self, heir: &Heir) -> UnitId {
        match heir {
            Heir::New(new) => self.begin(new),
            Heir::Living(unit) => {
                self.check(!self.lasts(*unit), FaultKind::SuccessorGone, *unit);
                *unit
            }
        }
    }

    fn merge(&mut self, units: &[UnitId], into: &Heir, children: Fate) {
        let Some(first) = units.first() else {
            self.faults.push(Fault { kind: FaultKind::NoUnits, unit: None });
            return;
        };
        self.plan.subject = *first;
        let heir = self.heir(into);
        for (place, unit) in units.iter().enumerate() {
            let below = self.ground.map.subtree(*unit, self.plan.on);
            let is_nested = units.iter().enumerate().any(|(other, named)| other != place && below.contains(named));
            self.check(is_nested, FaultKind::Nested, *unit);
            self.check(below.contains(&heir) || self.stands_under(heir, &below), FaultKind::IntoItself, *unit);
            self.end(*unit, Change::Merged, &[heir], Destination::To(heir));
            self.settle(*unit, children, heir, Change::Merged, Some(heir));
        }
    }

    /// Whether a new unit would stand under one of these.
    fn stands_under(&self, unit: UnitId, these: &BTreeSet<UnitId>) -> bool {
        self.plan.begins.iter().any(|(id, new)| *id == unit && these.contains(&new.parent))
    }

    /// A unit ends.
    fn end(&mut self, unit: UnitId, change: Change, heirs: &[UnitId], rest: Destination) {
        self.touch(unit);
        self.not_root(unit);
        self.plan.ends.push(unit);
        self.follow(unit, change, heirs, true);
        self.plan.flows.push(Flow { from: unit, rest });
    }

    fn follow(&mut self, unit: UnitId, change: Change, heirs: &[UnitId], has_main: bool) {
        for (place, heir) in heirs.iter().enumerate() {
            let succession = Succession { from: unit, to: *heir, on: self.plan.on, main: has_main && place == 0 };
            self.plan.successions.push((succession, change));
        }
    }

    /// What becomes of the units under one that ends.
    fn settle(&mut self, unit: UnitId, fate: Fate, under: UnitId, change: Change, heir: Option<UnitId>) {
        let children: Vec<UnitId> = self.ground.map.children(unit, self.plan.on).iter().map(|c| c.id).collect();
        for child in children {
            self.settle_one(child, fate, under, change, heir);
        }
    }

    fn settle_one(&mut self, child: UnitId, fate: Fate, under: UnitId, change: Change, heir: Option<UnitId>) {
        match fate {
            Fate::Follows => {
                self.touch(child);
                self.plan.links.push((child, under));
            }
            Fate::EndsToo => {
                let rest = heir.map_or(Destination::Nowhere, Destination::To);
                self.end(child, change, heir.as_slice(), rest);
                self.settle(child, fate, under, change, heir);
            }
        }
    }

    fn split(&mut self, unit: UnitId, into: &[Heir], stays: bool, children: &[ChildRule]) {
        self.plan.subject = unit;
        let mut parts: Vec<UnitId> = into.iter().map(|heir| self.heir(heir)).collect();
        self.check(parts.len() < if stays { 1 } else { 2 }, FaultKind::TooFewHeirs, unit);
        let below = self.ground.map.subtree(unit, self.plan.on);
        let is_inside = parts.iter().any(|part| below.contains(part) || (!stays && self.stands_under(*part, &below)));
        self.check(is_inside, FaultKind::IntoItself, unit);
        let is_twice = parts.iter().enumerate().any(|(place, part)| parts.iter().skip(place + 1).any(|other| other == part));
        self.check(is_twice, FaultKind::Nested, unit);
        if stays {
            self.touch(unit);
            self.follow(unit, Change::Split, &parts.clone(), false);
            self.plan.flows.push(Flow { from: unit, rest: Destination::Stays });
            parts.insert(0, unit);
        } else if let Some(main) = parts.first().copied() {
            self.end(unit, Change::Split, &parts.clone(), Destination::To(main));
        }
        self.parts(unit, &parts, stays, children);
    }

    /// The units under one that is divided.
    fn parts(&mut self, unit: UnitId, parts: &[UnitId], stays: bool, rules: &[ChildRule]) {
        let children: Vec<UnitId> = self.ground.map.children(unit, self.plan.on).iter().map(|c| c.id).collect();
        for rule in rules {
            self.check(!children.contains(&rule.unit) || !parts.contains(&rule.to), FaultKind::NotAChild, rule.unit);
        }
        for child in children {
            match rules.iter().find(|rule| rule.unit == child) {
                Some(rule) if stays && rule.fate == Fate::Follows && rule.to == unit => {}
                Some(rule) => self.settle_one(child, rule.fate, rule.to, Change::Split, Some(rule.to)),
                None if stays => {}
                None => {
                    if let Some(main) = parts.first() {
                        self.settle_one(child, Fate::Follows, *main, Change::Split, Some(*main));
                    }
                }
            }
        }
        let strange = self.plan.rules.iter().any(|rule: &Rule| !parts.contains(&rule.to));
        self.check(strange, FaultKind::NotAChild, unit);
    }

    fn abolish(&mut self, unit: UnitId, into: Option<UnitId>, children: Fate) {
        self.plan.subject = unit;
        let below = self.ground.map.subtree(unit, self.plan.on);
        if let Some(heir) = into {
            self.heir(&Heir::Living(heir));
            self.check(below.contains(&heir), FaultKind::IntoItself, unit);
        }
        let rest = into.map_or(Destination::Nowhere, Destination::To);
        self.end(unit, Change::Abolished, into.as_slice(), rest);
        let targets: Vec<UnitId> = self.plan.rules.iter().map(|rule| rule.to).collect();
        let under = into.or_else(|| self.ground.map.parent(unit, self.plan.on)).unwrap_or(unit);
        self.settle(unit, children, under, Change::Abolished, into);
        for target in targets {
            self.check(!self.lasts(target), FaultKind::SuccessorGone, target);
            self.check(self.plan.ends.contains(&target), FaultKind::IntoItself, target);
        }
    }
}
