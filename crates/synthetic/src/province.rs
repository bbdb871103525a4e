//! The map of units on every day since the founding, and where people of each kind work.
//! Not for: the people themselves; the reorganisations of 2025 are in `reform`.

use std::collections::BTreeMap;

use domain::orgs::{Bloc, Change, Level, UnitKind};
use domain::time::Date;

use crate::days::{DISTRICTS_END, FOUNDING};
use crate::places::{BODIES, Body, CENTRES, COMMUNE_OFFICES, DISTRICT_OFFICES, DISTRICTS, District, HOSPITALS};
use crate::rows::{Unit, UnitLink, UnitSuccession};

const HIGH_SCHOOLS: usize = 48;
const SCHOOLS_PER_DISTRICT: i32 = 4;

/// A commune that began on 01/07/2025, with its offices.
pub(crate) struct NewCommune {
    pub id: i64,
    pub district: i64,
    /// In the order of `places::COMMUNE_OFFICES`.
    pub offices: Vec<i64>,
}

/// All units, and lists of those where people of one kind work.
#[derive(Default)]
pub(crate) struct Province {
    pub units: Vec<Unit>,
    pub links: Vec<UnitLink>,
    pub successions: Vec<UnitSuccession>,
    /// Bodies led by groups 1 and 2: those under the province, then districts.
    pub bodies: Vec<i64>,
    /// Divisions led by group 3.
    pub divisions: Vec<i64>,
    /// Schools, hospitals and centres of the province, led by group 3.
    pub high_schools: Vec<i64>,
    pub hospitals: Vec<i64>,
    pub centres: Vec<i64>,
    pub districts: Vec<i64>,
    /// Offices led by group 4.
    pub district_offices: Vec<i64>,
    pub local_schools: Vec<i64>,
    pub old_communes: Vec<i64>,
    pub new_communes: Vec<NewCommune>,
    counters: BTreeMap<i64, u32>,
    parents: BTreeMap<i64, Vec<(Date, i64)>>,
}

/// What a new unit is.
#[derive(Clone)]
pub(crate) struct Blueprint<'a> {
    pub name: &'a str,
    pub kind: UnitKind,
    pub level: Level,
    pub bloc: Bloc,
    pub actor: Option<&'a str>,
    pub parent: i64,
    pub starts_on: Date,
}

impl Province {
    /// The whole map, reorganisations included.
    pub(crate) fn build() -> Self {
        let mut province = Self::default();
        let root = province.add(&Blueprint {
            name: "Tỉnh Quảng Nam (dữ liệu mô phỏng)",
            kind: UnitKind::Province,
            level: Level::Province,
            bloc: Bloc::State,
            actor: Some("ubnd-tinh"),
            parent: 0,
            starts_on: FOUNDING,
        });
        for body in BODIES {
            province.add_body(root, body);
        }
        province.add_public_units();
        for district in DISTRICTS {
            province.add_district(root, district);
        }
        crate::reform::apply(&mut province, root);
        province
    }

    /// Adds a unit under its parent with the next code there.
    pub(crate) fn add(&mut self, plan: &Blueprint<'_>) -> i64 {
        let id = i64::try_from(self.units.len()).unwrap_or(0) + 1;
        let code = match self.unit(plan.parent).map(|u| u.code.clone()) {
            Some(parent) => {
                let next = self.counters.entry(plan.parent).and_modify(|n| *n += 1).or_insert(1);
                format!("{parent}.{next:02}")
            }
            None => "H99".to_owned(),
        };
        self.units.push(Unit {
            id,
            code,
            name: plan.name.to_owned(),
            kind: plan.kind,
            level: plan.level,
            bloc: plan.bloc,
            actor: plan.actor.map(str::to_owned),
            starts_on: plan.starts_on,
            ends_on: None,
        });
        if plan.parent != 0 {
            self.link(id, plan.parent, plan.starts_on);
        }
        id
    }

    fn link(&mut self, unit: i64, parent: i64, on: Date) {
        self.links.push(UnitLink { unit, parent, starts_on: on, ends_on: None });
        self.parents.entry(unit).or_default().push((on, parent));
    }

    /// From a day on the unit belongs elsewhere.
    pub(crate) fn relink(&mut self, unit: i64, parent: i64, on: Date) {
        self.close_link(unit, on);
        self.link(unit, parent, on);
    }

    /// The unit ends and others carry on; the first is the main one.
    pub(crate) fn end(&mut self, unit: i64, on: Date, change: Change, successors: &[i64]) {
        if let Some(row) = usize::try_from(unit - 1).ok().and_then(|at| self.units.get_mut(at)) {
            row.ends_on = Some(on);
        }
        self.close_link(unit, on);
        for (place, successor) in successors.iter().enumerate() {
            self.successions.push(UnitSuccession { unit, successor: *successor, on, change, main: place == 0 });
        }
    }

    fn close_link(&mut self, unit: i64, on: Date) {
        for link in self.links.iter_mut().filter(|l| l.unit == unit && l.ends_on.is_none()) {
            link.ends_on = Some(on);
        }
    }

    pub(crate) fn unit(&self, id: i64) -> Option<&Unit> {
        usize::try_from(id - 1).ok().and_then(|at| self.units.get(at))
    }

    /// A unit by its exact name.
    pub(crate) fn named(&self, name: &str) -> i64 {
        self.units.iter().find(|u| u.name == name).map_or(1, |u| u.id)
    }

    /// Units that belong to a parent and have not ended.
    pub(crate) fn open_children(&self, parent: i64) -> Vec<i64> {
        self.links.iter().filter(|l| l.parent == parent && l.ends_on.is_none()).map(|l| l.unit).collect()
    }

    /// The unit directly under the province to which a unit belongs on a day.
    pub(crate) fn body(&self, unit: i64, on: Date) -> i64 {
        let mut at = unit;
        while let Some(parent) = self.parent(at, on) {
            if parent == 1 {
                break;
            }
            at = parent;
        }
        at
    }

    /// The parent of a unit on a day.
    pub(crate) fn parent(&self, unit: i64, on: Date) -> Option<i64> {
        self.parents.get(&unit)?.iter().rev().find(|(from, _)| *from <= on).map(|p| p.1)
    }

    /// The actor of the body a unit belongs to on a day.
    pub(crate) fn actor(&self, unit: i64, on: Date) -> Option<&str> {
        self.unit(self.body(unit, on))?.actor.as_deref()
    }

    /// Where the main line of a unit goes when it ends.
    pub(crate) fn successor(&self, unit: i64) -> Option<i64> {
        self.successions.iter().find(|s| s.unit == unit && s.main).map(|s| s.successor)
    }

    fn add_body(&mut self, root: i64, body: &Body) {
        let plan = Blueprint {
            name: body.name,
            kind: body.kind,
            level: Level::Province,
            bloc: body.bloc,
            actor: Some(body.actor),
            parent: root,
            starts_on: FOUNDING,
        };
        let id = self.add(&plan);
        self.bodies.push(id);
        for division in body.divisions {
            // A division shows its body, because lists print it without the tree.
            let name = format!("{division} ({})", body.name);
            let id = self.add(&Blueprint { name: &name, kind: UnitKind::Division, actor: None, parent: id, ..plan.clone() });
            self.divisions.push(id);
        }
    }

    fn add_public_units(&mut self) {
        for (name, department, actor) in CENTRES {
            let parent = match department.split_once('/') {
                Some((_, name)) => self.named(name),
                None => self.units.iter().find(|u| u.actor.as_deref() == Some(department)).map_or(1, |u| u.id),
            };
            let id = self.add_public(name, UnitKind::PublicUnit, actor, parent);
            self.centres.push(id);
        }
        let health = self.named("Sở Y tế");
        for name in HOSPITALS {
            let id = self.add_public(name, UnitKind::Hospital, "benh-vien", health);
            self.hospitals.push(id);
        }
        for district in DISTRICTS {
            let id = self.add_public(&format!("Trung tâm Y tế {}", district.name), UnitKind::Hospital, "benh-vien", health);
            self.hospitals.push(id);
        }
        let education = self.named("Sở Giáo dục và Đào tạo");
        for number in 0..HIGH_SCHOOLS {
            let Some(district) = DISTRICTS.get(number % DISTRICTS.len()) else { continue };
            let name = format!("Trường THPT {} {}", district.name, number / DISTRICTS.len() + 1);
            let id = self.add_public(&name, UnitKind::School, "don-vi-su-nghiep", education);
            self.high_schools.push(id);
        }
    }

    fn add_public(&mut self, name: &str, kind: UnitKind, actor: &str, parent: i64) -> i64 {
        self.add(&Blueprint { name, kind, level: Level::Province, bloc: Bloc::State, actor: Some(actor), parent, starts_on: FOUNDING })
    }

    fn add_district(&mut self, root: i64, district: &District) {
        let name = format!("{} {}", district.form, district.name);
        let plan = Blueprint {
            name: &name,
            kind: UnitKind::District,
            level: Level::District,
            bloc: Bloc::State,
            actor: Some(district.actor),
            parent: root,
            starts_on: FOUNDING,
        };
        let id = self.add(&plan);
        self.bodies.push(id);
        self.districts.push(id);
        for (office, kind, bloc) in DISTRICT_OFFICES {
            let actor = match kind {
                UnitKind::PartyBody => Some("co-quan-dang"),
                UnitKind::FrontBody => Some("mat-tran-doan-the"),
                _ => None,
            };
            let name = format!("{office} {}", district.name);
            let office = self.add(&Blueprint { name: &name, kind: *kind, bloc: *bloc, actor, parent: id, ..plan.clone() });
            self.district_offices.push(office);
        }
        for number in 1..=SCHOOLS_PER_DISTRICT {
            // Level commune: such a school serves a commune on both maps, and a unit has one level for life.
            let name = format!("Trường THCS {} {number}", district.name);
            let school = Blueprint {
                name: &name,
                kind: UnitKind::School,
                level: Level::Commune,
                actor: Some("don-vi-su-nghiep"),
                parent: id,
                ..plan.clone()
            };
            let school = self.add(&school);
            self.local_schools.push(school);
        }
        self.add_communes(root, id, district, &plan);
    }

    fn add_communes(&mut self, root: i64, district: i64, place: &District, plan: &Blueprint<'_>) {
        let commune = Blueprint { kind: UnitKind::Commune, level: Level::Commune, actor: Some("ubnd-xa"), ..plan.clone() };
        for (new, olds) in place.communes {
            let next = self.add(&Blueprint { name: new, parent: root, starts_on: DISTRICTS_END, ..commune.clone() });
            for old in *olds {
                let name = format!("{old} ({})", place.name);
                let old = self.add(&Blueprint { name: &name, parent: district, ..commune.clone() });
                self.old_communes.push(old);
                self.end(old, DISTRICTS_END, Change::Merged, &[next]);
            }
            let mut offices = Vec::new();
            for (office, kind, bloc) in COMMUNE_OFFICES {
                let actor = (*kind == UnitKind::PartyBody).then_some("dang-uy-xa");
                let name = format!("{office} ({new})");
                let office =
                    Blueprint { name: &name, kind: *kind, bloc: *bloc, actor, parent: next, starts_on: DISTRICTS_END, ..commune.clone() };
                offices.push(self.add(&office));
            }
            self.new_communes.push(NewCommune { id: next, district, offices });
        }
    }
}
