//! Reorganising: what an act does to the map of units, which rules stand in its way, and where the people go.
//! Not for: who may reorganise, rows, or the words of a refusal.

mod draft;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::ids::UnitId;
use crate::orgs::{Bloc, Change, Level, Link, MapFault, OrgMap, Succession, Unit, UnitKind};
use crate::time::{Date, Interval};

pub use people::{Destination, Going, Hold, Seat, Stuck, moves};

codes! {
    /// Acts that change the map.
    StepKind {
        /// Lập đơn vị.
        Create = "create",
        /// Đổi tên, đổi mã.
        Rename = "rename",
        /// Chuyển về trực thuộc đơn vị khác.
        Move = "move",
        /// Sáp nhập, hợp nhất.
        Merge = "merge",
        /// Chia, tách.
        Split = "split",
        /// Giải thể, kết thúc hoạt động.
        Abolish = "abolish",
    }
}

codes! {
    /// What becomes of the units under one that ends.
    Fate {
        /// They live on under the successor.
        Follows = "follows",
        /// They end with it, and their people go to the successor.
        EndsToo = "ends_too",
    }
}

codes! {
    /// Why a reorganisation is not carried out.
    FaultKind {
        /// A new name is empty.
        NoName = "no_name",
        /// The name and the code are what they were.
        SameName = "same_name",
        /// The code is not written as QĐ 20/2020/QĐ-TTg says.
        BadCode = "bad_code",
        /// Another unit has or had the code.
        CodeTaken = "code_taken",
        /// The unit would stand under itself.
        CircularParent = "circular_parent",
        /// It stands under this parent already.
        SameParent = "same_parent",
        /// The parent is not there on every day from then on.
        OutsideParent = "outside_parent",
        /// The unit is not there on the day.
        OutsideLife = "outside_life",
        /// The unit was changed on that day or is to be changed later.
        OlderAct = "older_act",
        /// The province itself neither moves nor ends.
        Root = "root",
        /// No unit is named.
        NoUnits = "no_units",
        /// A unit is named twice, or stands under another one that is named.
        Nested = "nested",
        /// The successor is one of the units that end, or stands under one.
        IntoItself = "into_itself",
        /// The successor is not there on every day from then on.
        SuccessorGone = "successor_gone",
        /// A split needs two parts at least.
        TooFewHeirs = "too_few_heirs",
        /// A unit is told where to go that does not stand right under the one that is split.
        NotAChild = "not_a_child",
        /// There are no districts from 01/07/2025 on.
        NoDistrict = "no_district",
        /// The map would not be a tree any more.
        BrokenMap = "broken_map",
    }
}

/// A rule that stands in the way, and the unit it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which rule.
    pub kind: FaultKind,
    /// The unit; new ones have their number below zero.
    pub unit: Option<UnitId>,
}

/// A unit to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Level.
    pub level: Level,
    /// Bloc.
    pub bloc: Bloc,
    /// Code by which schemes speak of it.
    pub actor: Option<String>,
    /// Where it stands.
    pub parent: UnitId,
}

/// Who carries on what a unit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heir {
    /// A unit that lives.
    Living(UnitId),
    /// One that begins on the day.
    New(NewUnit),
}

/// Whom a rule about people speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Everybody in the unit itself with a post of this title.
    Post(String),
    /// The official of this staff code.
    Official(String),
}

/// Where some people go; everybody else goes where the rest goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Who.
    pub whose: Whose,
    /// Where.
    pub to: UnitId,
}

/// What becomes of one unit under the one that is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildRule {
    /// The unit.
    pub unit: UnitId,
    /// Whether it lives on.
    pub fate: Fate,
    /// Under which part, or whose people its people become.
    pub to: UnitId,
}

/// An act. New units are spoken of by the numbers −1, −2, … in the order in which the act names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A unit begins.
    Create(NewUnit),
    /// A unit has another name, another code, or both.
    Rename {
        /// Which.
        unit: UnitId,
        /// The name from then on.
        name: String,
        /// The code from then on, if it changes.
        code: Option<String>,
    },
    /// A unit stands under another parent.
    Move {
        /// Which.
        unit: UnitId,
        /// The parent from then on.
        parent: UnitId,
        /// The code from then on, if it changes.
        code: Option<String>,
    },
    /// Units end, and one carries on.
    Merge {
        /// Which end.
        units: Vec<UnitId>,
        /// Who carries on.
        into: Heir,
        /// What becomes of the units under them.
        children: Fate,
    },
    /// A unit is divided; the first part is the main one.
    Split {
        /// Which.
        unit: UnitId,
        /// The parts beside the unit itself.
        into: Vec<Heir>,
        /// The unit lives on as the main part.
        stays: bool,
        /// Units under it that do not simply follow the main part.
        children: Vec<ChildRule>,
        /// People who do not simply go to the main part.
        people: Vec<Rule>,
    },
    /// A unit ends.
    Abolish {
        /// Which.
        unit: UnitId,
        /// Who carries on, if anybody.
        into: Option<UnitId>,
        /// What becomes of the units under it; without a successor they follow its parent.
        children: Fate,
        /// Where people go who do not go to the successor.
        people: Vec<Rule>,
    },
}

impl Step {
    /// The kind of act.
    #[must_use]
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Create(_) => StepKind::Create,
            Self::Rename { .. } => StepKind::Rename,
            Self::Move { .. } => StepKind::Move,
            Self::Merge { .. } => StepKind::Merge,
            Self::Split { .. } => StepKind::Split,
            Self::Abolish { .. } => StepKind::Abolish,
        }
    }
}

/// What an act is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The map.
    pub map: &'a OrgMap,
    /// Every code that a unit has or had.
    pub codes: &'a BTreeMap<String, UnitId>,
    /// The day of each unit's last new name or code.
    pub named: &'a BTreeMap<UnitId, Date>,
}

impl Ground<'_> {
    /// The last day on which something about a unit itself changes.
    #[must_use]
    pub fn newest(&self, unit: UnitId) -> Option<Date> {
        let life = self.map.units.get(&unit)?.life;
        let links = self.map.links.iter().filter(|l| l.unit == unit).map(|l| l.during);
        let ends = links.chain([life]).flat_map(|during| [Some(during.from()), during.to()]).flatten();
        ends.chain(self.named.get(&unit).copied()).max()
    }
}

/// A new name, a new code, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// Which unit.
    pub unit: UnitId,
    /// Its new name, if that changes.
    pub name: Option<String>,
    /// Its new code, if that changes.
    pub code: Option<String>,
}

/// Where the people of a unit go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The unit.
    pub from: UnitId,
    /// Where those go of whom no rule speaks.
    pub rest: Destination,
}

/// What an act does, worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// First day of the new order.
    pub on: Date,
    /// The unit it is about.
    pub subject: UnitId,
    /// Units that begin: their number below zero, and what they are.
    pub begins: Vec<(UnitId, NewUnit)>,
    /// Units that end.
    pub ends: Vec<UnitId>,
    /// What becomes of units.
    pub successions: Vec<(Succession, Change)>,
    /// Units that stand under another parent.
    pub links: Vec<(UnitId, UnitId)>,
    /// Units with another name or code.
    pub names: Vec<Renaming>,
    /// Units whose people go.
    pub flows: Vec<Flow>,
    /// Where some people go.
    pub rules: Vec<Rule>,
}

/// Works an act out.
///
/// # Errors
/// Every rule that stands in its way.
pub fn plan(ground: &Ground<'_>, step: &Step, on: Date) -> Result<Plan, Vec<Fault>> {
    draft::of(ground, step, on)
}

impl Plan {
    /// The map after it.
    #[must_use]
    pub fn after(&self, map: &OrgMap) -> OrgMap {
        let mut after = map.clone();
        for (id, new) in &self.begins {
            let Ok(life) = Interval::new(self.on, None) else { continue };
            let unit = Unit { id: *id, code: new.code.clone(), name: new.name.clone(), kind: new.kind, level: new.level, life };
            after.units.insert(*id, unit);
            after.links.push(Link { unit: *id, parent: new.parent, during: life });
        }
        let ending: BTreeSet<UnitId> = self.ends.iter().copied().collect();
        let leaving: BTreeSet<UnitId> = self.links.iter().map(|(unit, _)| *unit).chain(ending.iter().copied()).collect();
        let until = |during: Interval| Interval::new(during.from(), Some(self.on)).unwrap_or(during);
        for unit in after.units.values_mut().filter(|u| ending.contains(&u.id)) {
            unit.life = until(unit.life);
        }
        for link in after.links.iter_mut().filter(|l| leaving.contains(&l.unit) && l.during.contains(self.on)) {
            link.during = until(link.during);
        }
        for (unit, parent) in &self.links {
            let Ok(during) = Interval::new(self.on, None) else { continue };
            after.links.push(Link { unit: *unit, parent: *parent, during });
        }
        for renaming in &self.names {
            let Some(unit) = after.units.get_mut(&renaming.unit) else { continue };
            unit.name = renaming.name.clone().unwrap_or_else(|| unit.name.clone());
            unit.code = renaming.code.clone().unwrap_or_else(|| unit.code.clone());
        }
        after.successions.extend(self.successions.iter().map(|(succession, _)| *succession));
        after
    }

    /// Units whose place, life or name changes, new ones included.
    #[must_use]
    pub fn touched(&self) -> BTreeSet<UnitId> {
        let links = self.links.iter().map(|(unit, _)| *unit);
        let begins = self.begins.iter().map(|(unit, _)| *unit);
        links.chain(begins).chain(self.ends.iter().copied()).chain(self.names.iter().map(|r| r.unit)).collect()
    }

    /// Ways in which the map would not be a tree any more.
    fn breaks(&self, map: &OrgMap) -> Vec<UnitId> {
        let touched = self.touched();
        let looked_at = |link: &Link| touched.contains(&link.unit) || touched.contains(&link.parent);
        let old = map.faults_at(looked_at);
        let new = self.after(map).faults_at(looked_at).into_iter().filter(|fault| !old.contains(fault));
        new.map(|fault| match fault {
            MapFault::TwoParents(unit) | MapFault::Circle(unit) | MapFault::OutsideLife(unit) => unit,
        })
        .collect()
    }
}

#[cfg(test)]
#[path = "reorganise/tests.rs"]
mod tests;
