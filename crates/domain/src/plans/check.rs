//! What is wrong with the lines of a plan: each fault with a stable code, the line and field it stands at, and the article or section.
//! Not for: effects on promises (`effects`); the limits come from law, schemes and the catalogue through [`Limits`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::{Body, Line, MOST_CLASSES, Tree, Working};
use crate::codes;
use crate::ids::{OfficialId, ProgrammeId, UnitId};
use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::schemes::Title;
use crate::training::{ClassForm, Programme};

codes! {
    /// What is wrong with a line.
    FaultKind {
        /// It has neither a topic nor words.
        NoName = "no_name",
        /// It is for nobody.
        NoAudience = "no_audience",
        /// Nobody pays.
        NoMoney = "no_money",
        /// It has no class, or more than anybody holds.
        BadClasses = "bad_classes",
        /// More people than its classes have room for.
        TooMany = "too_many",
        /// Its months are none, out of order, or not one span for each class.
        BadMonths = "bad_months",
        /// Its year is not of the plan.
        OutsidePlan = "outside_plan",
        /// Its year is not of the stage that the plan carries out.
        OutsideStage = "outside_stage",
        /// More places than were given to the agency.
        OverQuota = "over_quota",
        /// Smaller or larger classes than the scheme says.
        ClassSize = "class_size",
        /// Its programme is not approved on the day.
        NotApproved = "not_approved",
        /// Shorter or longer than the law says.
        Length = "length",
        /// The same is planned by another line.
        Duplicate = "duplicate",
        /// The cost is less than nothing.
        BadCost = "bad_cost",
    }
}

impl FaultKind {
    /// The field of a line that the fault stands at.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoName => "words",
            Self::NoAudience | Self::OverQuota => "seats",
            Self::NoMoney => "source",
            Self::BadClasses => "classes",
            Self::TooMany | Self::ClassSize => "class_size",
            Self::BadMonths => "months",
            Self::OutsidePlan | Self::OutsideStage => "year",
            Self::NotApproved | Self::Duplicate => "programme",
            Self::Length => "days",
            Self::BadCost => "cost",
        }
    }
}

/// A fault of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Key of the line.
    pub line: u32,
    /// What is wrong.
    pub kind: FaultKind,
    /// What is allowed, where numbers say it: from and to.
    pub allowed: Option<(i64, i64)>,
    /// Article or section it comes from.
    pub basis: Option<Title>,
}

/// Classes of a scheme's topics must have so many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeLimit {
    /// Scheme code.
    pub scheme: String,
    /// From.
    pub least: u32,
    /// To.
    pub most: u32,
    /// Where the scheme says so.
    pub basis: Title,
}

/// A programme must take so many study days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthLimit {
    /// The programme.
    pub programme: Programme,
    /// From.
    pub least: u32,
    /// To; none when longer is allowed.
    pub most: Option<u32>,
    /// The article.
    pub basis: Title,
}

/// Places that are left of what was given to an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLimit {
    /// Degrees that count.
    pub degrees: Vec<Degree>,
    /// Field; none for any.
    pub field: Option<StudyField>,
    /// Kinds of staff and groups that may come; empty for any.
    pub eligible: Vec<(StaffKind, Vec<LeaderGroup>)>,
    /// Years in which it runs.
    pub years: RangeInclusive<i32>,
    /// The agencies that share the places; each with everything under it.
    pub agencies: Vec<UnitId>,
    /// Places left.
    pub left: i64,
    /// Where the scheme says so.
    pub basis: Title,
}

/// What lines are held to.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// Years of the plan.
    pub years: Option<RangeInclusive<i32>>,
    /// Years of the plan above it.
    pub stage: Option<RangeInclusive<i32>>,
    /// Programmes approved on the day.
    pub programmes: BTreeSet<ProgrammeId>,
    /// Sizes of classes.
    pub sizes: Vec<SizeLimit>,
    /// Lengths of programmes.
    pub lengths: Vec<LengthLimit>,
    /// Places of agencies.
    pub places: Vec<PlaceLimit>,
    /// Who stands under whom.
    pub tree: Tree,
    /// Where the named officials work.
    pub people: BTreeMap<OfficialId, Working>,
}

/// Every fault of every line, in the order of the lines.
#[must_use]
pub fn faults(body: &Body, limits: &Limits) -> Vec<Fault> {
    let mut found: Vec<Fault> = body.lines.iter().flat_map(|line| of_line(line, limits)).collect();
    found.extend(duplicates(body));
    found.extend(over_quota(body, limits));
    let place = |key: u32| body.lines.iter().position(|line| line.key == key);
    found.sort_by_key(|fault| (place(fault.line), fault.kind));
    found
}

fn of_line(line: &Line, limits: &Limits) -> Vec<Fault> {
    let fault = |kind: FaultKind| Fault { line: line.key, kind, allowed: None, basis: None };
    let room = i64::from(line.classes) * i64::from(line.class_size);
    let spans = line.months.len();
    let is_one_each = spans == 1 || u32::try_from(spans).is_ok_and(|spans| spans == line.classes);
    let outside = |years: &Option<RangeInclusive<i32>>| years.as_ref().is_some_and(|years| !years.contains(&line.year));
    let years = |years: &Option<RangeInclusive<i32>>| years.as_ref().map(|y| (i64::from(*y.start()), i64::from(*y.end())));
    let checks = [
        (line.topic.is_none() && line.words.trim().is_empty(), fault(FaultKind::NoName)),
        (line.people() == 0, fault(FaultKind::NoAudience)),
        (line.source.is_none(), fault(FaultKind::NoMoney)),
        (
            line.classes == 0 || line.classes > MOST_CLASSES,
            Fault { allowed: Some((1, MOST_CLASSES.into())), ..fault(FaultKind::BadClasses) },
        ),
        (line.people() > room, Fault { allowed: Some((0, room)), ..fault(FaultKind::TooMany) }),
        (!is_one_each || !line.months.iter().all(|months| months.are_real()), fault(FaultKind::BadMonths)),
        (outside(&limits.years), Fault { allowed: years(&limits.years), ..fault(FaultKind::OutsidePlan) }),
        (outside(&limits.stage), Fault { allowed: years(&limits.stage), ..fault(FaultKind::OutsideStage) }),
        (line.programme.is_some_and(|id| !limits.programmes.contains(&id)), fault(FaultKind::NotApproved)),
        (line.cost < 0, fault(FaultKind::BadCost)),
    ];
    let mut found: Vec<Fault> = checks.into_iter().filter_map(|(is, fault)| is.then_some(fault)).collect();
    found.extend(size(line, limits));
    found.extend(length(line, limits));
    found
}

fn size(line: &Line, limits: &Limits) -> Option<Fault> {
    let topic = line.topic.as_ref().filter(|_| line.form == ClassForm::Class)?;
    let limit = limits.sizes.iter().find(|limit| limit.scheme == topic.scheme)?;
    let fits = (limit.least..=limit.most).contains(&line.class_size);
    (!fits).then(|| Fault {
        line: line.key,
        kind: FaultKind::ClassSize,
        allowed: Some((limit.least.into(), limit.most.into())),
        basis: Some(limit.basis.clone()),
    })
}

fn length(line: &Line, limits: &Limits) -> Option<Fault> {
    let limit = limits.lengths.iter().find(|limit| Some(limit.programme) == line.named)?;
    let days = limit.least..=limit.most.unwrap_or(u32::MAX);
    (!days.contains(&line.days)).then(|| Fault {
        line: line.key,
        kind: FaultKind::Length,
        allowed: Some((i64::from(*days.start()), i64::from(*days.end()))),
        basis: Some(limit.basis.clone()),
    })
}

/// Lines that plan again what a line before them plans: the same thing, for the same people, in the same months.
fn duplicates(body: &Body) -> Vec<Fault> {
    let same = |a: &Line, b: &Line| {
        let alike = |line: &Line| (line.topic.clone(), line.programme, line.named, line.form, line.year, line.words.trim().to_lowercase());
        alike(a) == alike(b) && a.seats == b.seats && a.officials == b.officials && a.months == b.months
    };
    let again = |(place, line): (usize, &Line)| body.lines.iter().take(place).any(|before| same(before, line)).then_some(line.key);
    let keys = body.lines.iter().enumerate().filter_map(again);
    keys.map(|line| Fault { line, kind: FaultKind::Duplicate, allowed: None, basis: None }).collect()
}

/// Lines of degree study that take more places than the agency has left, in the order of the plan.
fn over_quota(body: &Body, limits: &Limits) -> Vec<Fault> {
    let mut found = Vec::new();
    for limit in &limits.places {
        let mut taken = 0;
        for line in body.lines.iter().filter(|line| limit.counts(line)) {
            let own = limit.places_of(line, limits);
            taken += own;
            if own > 0 && taken > limit.left {
                let allowed = Some((0, (limit.left - (taken - own)).max(0)));
                found.push(Fault { line: line.key, kind: FaultKind::OverQuota, allowed, basis: Some(limit.basis.clone()) });
            }
        }
    }
    found
}

impl PlaceLimit {
    fn counts(&self, line: &Line) -> bool {
        line.form == ClassForm::Degree
            && line.degree.is_some_and(|degree| self.degrees.contains(&degree))
            && (self.field.is_none() || line.field == self.field)
            && self.years.contains(&line.year)
    }

    /// People of the agency whom the line sends; who is named is known, of the others what their places say.
    fn places_of(&self, line: &Line, limits: &Limits) -> i64 {
        let is_such = |staff: StaffKind, group: Option<LeaderGroup>| {
            self.eligible.is_empty()
                || self.eligible.iter().any(|(kind, groups)| *kind == staff && group.is_some_and(|g| groups.contains(&g)))
        };
        let is_of = |unit: UnitId| self.agencies.iter().any(|agency| limits.tree.is_within(unit, *agency));
        let named = line.officials.iter().filter_map(|id| limits.people.get(id));
        let named = named.filter(|who| is_of(who.unit) && is_such(who.staff, who.group)).count();
        let seats = line.seats.iter().filter(|seats| seats.unit.is_some_and(is_of));
        let may = |seats: &&super::Seats| match (seats.staff, seats.group) {
            (Some(staff), Some(group)) => is_such(staff, Some(group)),
            _ => true,
        };
        let seats: i64 = seats.filter(may).map(|seats| i64::from(seats.people)).sum();
        seats + i64::try_from(named).unwrap_or(i64::MAX)
    }
}
