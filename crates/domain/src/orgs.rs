//! The tree of cơ quan and đơn vị, true on any date: who belonged to whom, and what became of whom.
//! Not for: loading it; `store` answers subtree questions in SQL, this map draws the tree and checks reorganisations.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::ids::UnitId;
use crate::time::{Date, Interval};

pub mod reorganise;
pub mod unit_codes;

codes! {
    /// Level of government.
    Level { /// Cấp tỉnh.
        Province = "province", /// Cấp huyện (đến 30/06/2025).
        District = "district", /// Cấp xã.
        Commune = "commune" }
}

codes! {
    /// Bloc of the political system.
    Bloc { /// Khối Đảng.
        Party = "party", /// Khối nhà nước.
        State = "state", /// Mặt trận, đoàn thể.
        Front = "front" }
}

codes! {
    /// Kind of unit.
    UnitKind {
        /// Tỉnh (gốc của cây).
        Province = "province",
        /// Sở, ban, ngành.
        Department = "department",
        /// Ban Đảng, cơ quan đảng.
        PartyBody = "party_body",
        /// Mặt trận, đoàn thể.
        FrontBody = "front_body",
        /// Huyện, thị xã, thành phố thuộc tỉnh.
        District = "district",
        /// Xã, phường, thị trấn.
        Commune = "commune",
        /// Phòng và tương đương.
        Division = "division",
        /// Trường học, trường chính trị.
        School = "school",
        /// Bệnh viện, trung tâm y tế.
        Hospital = "hospital",
        /// Đơn vị sự nghiệp khác.
        PublicUnit = "public_unit",
    }
}

impl UnitKind {
    /// Codes of the groups of bodies that schemes speak of and a unit of this kind belongs to, whatever its own code.
    #[must_use]
    pub const fn groups(self, level: Level) -> &'static [&'static str] {
        match (self, level) {
            (Self::Department, _) => &["cac-so-nganh", "cac-co-quan-don-vi"],
            (Self::District, _) => &["ubnd-huyen", "cac-co-quan-don-vi"],
            (Self::Commune, _) => &["ubnd-xa", "cac-co-quan-don-vi"],
            (Self::PartyBody, Level::Commune) => &["dang-uy-xa", "cac-co-quan-don-vi"],
            (Self::PartyBody, _) => &["co-quan-dang", "cac-co-quan-don-vi"],
            (Self::FrontBody, _) => &["mat-tran-doan-the", "cac-co-quan-don-vi"],
            (Self::Hospital, _) => &["benh-vien", "don-vi-su-nghiep", "cac-co-quan-don-vi"],
            (Self::School, _) => &["co-so-dao-tao", "don-vi-su-nghiep", "cac-co-quan-don-vi"],
            (Self::PublicUnit, _) => &["don-vi-su-nghiep", "cac-co-quan-don-vi"],
            (Self::Province | Self::Division, _) => &[],
        }
    }
}

codes! {
    /// What kind of area a unit lies in, by a decision.
    Area {
        /// Xã khu vực I.
        RegionOne = "region_1",
        /// Xã khu vực II.
        RegionTwo = "region_2",
        /// Xã khu vực III.
        RegionThree = "region_3",
        /// Xã đặc biệt khó khăn.
        Hard = "hard",
        /// Xã biên giới.
        Border = "border",
        /// Xã đảo, hải đảo.
        Island = "island",
    }
}

codes! {
    /// What a reorganisation did to a unit.
    Change { /// Sáp nhập.
        Merged = "merged", /// Chia, tách.
        Split = "split", /// Đổi tên.
        Renamed = "renamed", /// Giải thể.
        Abolished = "abolished" }
}

/// A unit with its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// Code by the pattern of QĐ 20/2020/QĐ-TTg.
    pub code: String,
    /// Name in the period asked for.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Level.
    pub level: Level,
    /// Life.
    pub life: Interval,
}

/// Belonging of a unit to a parent for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The child.
    pub unit: UnitId,
    /// The parent.
    pub parent: UnitId,
    /// When.
    pub during: Interval,
}

/// What became of a unit: `from` ended on `on` and `to` carries on (the main one when there are several).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// The unit that ended or changed.
    pub from: UnitId,
    /// The unit that carries on.
    pub to: UnitId,
    /// First day of the new order.
    pub on: Date,
    /// Whether `to` is where figures of `from` are restated.
    pub main: bool,
}

/// All units, links and successions.
#[derive(Debug, Clone, Default)]
pub struct OrgMap {
    /// Units by id.
    pub units: BTreeMap<UnitId, Unit>,
    /// Links.
    pub links: Vec<Link>,
    /// Successions.
    pub successions: Vec<Succession>,
}

/// Why a map is not a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapFault {
    /// A unit has two parents on one day.
    TwoParents(UnitId),
    /// A unit is its own ancestor on a day.
    Circle(UnitId),
    /// A link lies outside the life of the unit or its parent.
    OutsideLife(UnitId),
}

impl OrgMap {
    /// Direct children of a unit on a day, by code.
    #[must_use]
    pub fn children(&self, parent: UnitId, on: Date) -> Vec<&Unit> {
        let mut children: Vec<&Unit> =
            self.links.iter().filter(|l| l.parent == parent && l.during.contains(on)).filter_map(|l| self.units.get(&l.unit)).collect();
        children.sort_by(|a, b| a.code.cmp(&b.code));
        children
    }

    /// The parent of a unit on a day.
    #[must_use]
    pub fn parent(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        self.links.iter().find(|l| l.unit == unit && l.during.contains(on)).map(|l| l.parent)
    }

    /// The unit and everything below it on a day.
    #[must_use]
    pub fn subtree(&self, root: UnitId, on: Date) -> BTreeSet<UnitId> {
        let mut below = BTreeSet::from([root]);
        let mut open = vec![root];
        while let Some(unit) = open.pop() {
            for link in self.links.iter().filter(|l| l.parent == unit && l.during.contains(on)) {
                if below.insert(link.unit) {
                    open.push(link.unit);
                }
            }
        }
        below
    }

    /// Where the figures of a unit stand on the map of a day: itself while it lives, else forward along main successions when it
    /// had ended by then, or back to the first of its sources when it had not yet begun.
    #[must_use]
    pub fn restated(&self, unit: UnitId, map_on: Date) -> UnitId {
        let mut at = unit;
        let mut seen = BTreeSet::from([unit]);
        while let Some(next) = self.step(at, map_on) {
            if !seen.insert(next) {
                break;
            }
            at = next;
        }
        at
    }

    fn step(&self, unit: UnitId, map_on: Date) -> Option<UnitId> {
        let life = self.units.get(&unit)?.life;
        if life.from() > map_on {
            return self.successions.iter().filter(|s| s.main && s.to == unit).map(|s| s.from).min();
        }
        life.to().filter(|to| *to <= map_on)?;
        self.successions.iter().filter(|s| s.main && s.from == unit).map(|s| s.to).min()
    }

    /// Every way in which the map is not a tree on some day.
    #[must_use]
    pub fn faults(&self) -> Vec<MapFault> {
        self.faults_at(|_| true)
    }

    /// The same, looking only at some of the links.
    #[must_use]
    pub fn faults_at(&self, is_looked_at: impl Fn(&Link) -> bool) -> Vec<MapFault> {
        let mut faults = Vec::new();
        for (i, link) in self.links.iter().enumerate().filter(|(_, link)| is_looked_at(link)) {
            let is_twin = |(j, other): (usize, &Link)| j != i && other.unit == link.unit && other.during.overlaps(&link.during);
            let twin = self.links.iter().enumerate().any(is_twin);
            if twin {
                faults.push(MapFault::TwoParents(link.unit));
            }
            if self.circles(link) {
                faults.push(MapFault::Circle(link.unit));
            }
            let lives = [link.unit, link.parent].iter().all(|id| self.units.get(id).is_some_and(|u| within(link.during, u.life)));
            if !lives {
                faults.push(MapFault::OutsideLife(link.unit));
            }
        }
        faults
    }

    fn circles(&self, link: &Link) -> bool {
        let on = link.during.from();
        let mut seen = BTreeSet::from([link.unit]);
        let mut at = link.parent;
        loop {
            if !seen.insert(at) {
                return true;
            }
            match self.parent(at, on) {
                Some(parent) => at = parent,
                None => return false,
            }
        }
    }
}

pub(crate) fn within(inner: Interval, outer: Interval) -> bool {
    outer.contains(inner.from())
        && match (inner.to(), outer.to()) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(inner), Some(outer)) => inner <= outer,
        }
}
