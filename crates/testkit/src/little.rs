//! Small random provinces with everything that can trip a count: reorganisations, gaps, month ends, double qualifications, leavers.
//! Not for: plausibility; the demonstration province is `synthetic`.

use std::collections::BTreeMap;

use domain::ids::UnitId;
use domain::orgs::{Bloc, Change, Level, Link, OrgMap, Succession, Unit, UnitKind};
use domain::people::{
    Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField,
};
use domain::time::{Date, Interval, add_months, date};
use domain::training::{ClassForm, ClassStatus, ContentGroup, FollowUpKind, Mode, Outcome, Programme, TrainingKind};
use synthetic::rows::{self, Batch, Frame};

use crate::dice::Dice;

/// A province in memory.
#[derive(Debug, Clone, Default)]
pub struct Little {
    /// Units and classes.
    pub frame: Frame,
    /// People.
    pub batch: Batch,
    /// Marks of yes/no targets: code, day, reached.
    pub marks: Vec<(String, Date, bool)>,
    /// Mandates to look: the units as a map.
    pub map: OrgMap,
}

/// The scheme and topics that records and classes may carry.
pub const SCHEMES: &[&str] = &["s-one", "s-two"];
/// Topics.
pub const TOPICS: &[&str] = &["A.1", "B.2"];

fn day(y: i32, m: u8, d: u8) -> Date {
    date(y, m, d).unwrap_or(Date::MIN)
}

/// The province of a seed.
#[must_use]
pub fn province(seed: u64) -> Little {
    let mut dice = Dice::new(seed);
    let mut little = Little::default();
    units(&mut little, &mut dice);
    classes(&mut little, &mut dice);
    let officials = dice.between(5, 22);
    for id in 1..=officials {
        person(&mut little, &mut dice, id);
    }
    for _ in 0..dice.below(3) {
        little.marks.push(("T".to_owned(), dice.day(), dice.chance(50)));
    }
    little.map = map(&little.frame);
    little
}

/// The units of a frame as a map.
#[must_use]
pub fn map(frame: &Frame) -> OrgMap {
    let life = |from: Date, to: Option<Date>| Interval::new(from, to).ok();
    let units: BTreeMap<UnitId, Unit> = frame
        .units
        .iter()
        .filter_map(|u| {
            let id = UnitId(u.id);
            Some((
                id,
                Unit { id, code: u.code.clone(), name: u.name.clone(), kind: u.kind, level: u.level, life: life(u.starts_on, u.ends_on)? },
            ))
        })
        .collect();
    let links = frame
        .links
        .iter()
        .filter_map(|l| Some(Link { unit: UnitId(l.unit), parent: UnitId(l.parent), during: life(l.starts_on, l.ends_on)? }))
        .collect();
    let successions =
        frame.successions.iter().map(|s| Succession { from: UnitId(s.unit), to: UnitId(s.successor), on: s.on, main: s.main }).collect();
    OrgMap { units, links, successions }
}

/// Root 1; 2–5 old units, some ending at the reorganisation; 6–7 new ones; 8–11 below them.
fn units(little: &mut Little, dice: &mut Dice) {
    let (start, change) = (day(2000, 1, 1), day(2025, 7, 1));
    unit(little, 1, UnitKind::Province, start, None);
    for id in 2..=5 {
        let ends = dice.chance(50).then_some(change);
        unit(little, id, UnitKind::Department, start, ends);
        link(little, id, 1, start, ends);
    }
    for id in 6..=7 {
        unit(little, id, UnitKind::Commune, change, None);
        link(little, id, 1, change, None);
    }
    for id in 8..=11 {
        let parent = dice.between(2, 7);
        let (from, to) = little.frame.units.iter().find(|u| u.id == parent).map_or((start, None), |u| (u.starts_on, u.ends_on));
        unit(little, id, UnitKind::Division, from, to);
        let moved = dice.between(2, 5);
        let other_lives = little.frame.units.iter().any(|u| u.id == moved && u.ends_on.is_none());
        if to.is_none() && from == start && other_lives && dice.chance(40) {
            link(little, id, parent, from, Some(day(2024, 3, 1)));
            link(little, id, moved, day(2024, 3, 1), None);
        } else {
            link(little, id, parent, from, to);
        }
    }
    successions(little, dice, change);
}

fn successions(little: &mut Little, dice: &mut Dice, on: Date) {
    let living: Vec<i64> = little.frame.units.iter().filter(|u| u.ends_on.is_none() && u.id != 1).map(|u| u.id).collect();
    let ended: Vec<i64> = little.frame.units.iter().filter(|u| u.ends_on.is_some()).map(|u| u.id).collect();
    for unit in ended {
        if dice.chance(15) {
            continue;
        }
        let mut main = true;
        for _ in 0..=dice.below(2) {
            let Some(successor) = dice.one(&living) else { continue };
            let change = if main { Change::Merged } else { Change::Split };
            little.frame.successions.push(rows::UnitSuccession { unit, successor, on, change, main });
            main = false;
        }
    }
}

fn unit(little: &mut Little, id: i64, kind: UnitKind, starts_on: Date, ends_on: Option<Date>) {
    little.frame.units.push(rows::Unit {
        id,
        code: format!("H99.{id:02}"),
        name: format!("Đơn vị {id}"),
        kind,
        level: Level::Province,
        bloc: Bloc::State,
        actor: None,
        starts_on,
        ends_on,
    });
}

fn link(little: &mut Little, unit: i64, parent: i64, starts_on: Date, ends_on: Option<Date>) {
    little.frame.links.push(rows::UnitLink { unit, parent, starts_on, ends_on });
}

fn living_unit(little: &Little, dice: &mut Dice, on: Date) -> i64 {
    let living: Vec<i64> =
        little.frame.units.iter().filter(|u| u.starts_on <= on && u.ends_on.is_none_or(|e| on < e)).map(|u| u.id).collect();
    dice.one(&living).unwrap_or(1)
}

fn topic(dice: &mut Dice) -> (Option<String>, Option<String>) {
    match dice.maybe(50, SCHEMES) {
        Some(scheme) => (Some(scheme.to_owned()), dice.one(TOPICS).map(str::to_owned)),
        None => (None, None),
    }
}

fn classes(little: &mut Little, dice: &mut Dice) {
    for id in 1..=dice.between(1, 8) {
        let starts_on = dice.day();
        let (scheme, topic) = topic(dice);
        let class = rows::Class {
            id,
            code: format!("L{id}"),
            name: format!("Lớp {id}"),
            form: dice.one(ClassForm::ALL).unwrap_or(ClassForm::Class),
            content: dice.maybe(80, ContentGroup::ALL),
            programme: dice.maybe(50, Programme::ALL),
            scheme,
            topic,
            mode: Mode::InPerson,
            abroad: dice.chance(30),
            lead_unit: living_unit(little, dice, starts_on),
            school: String::new(),
            place: String::new(),
            status: dice.one(ClassStatus::ALL).unwrap_or(ClassStatus::Finished),
            starts_on,
            ends_on: add_months(starts_on, 1).unwrap_or(starts_on),
        };
        little.frame.classes.push(class);
    }
}

fn person(little: &mut Little, dice: &mut Dice, id: i64) {
    little.batch.officials.push(rows::Official {
        id,
        code: format!("QN{id:06}"),
        name: format!("Nguyễn Văn {id}"),
        birth_on: day(
            1960 + i32::try_from(dice.below(40)).unwrap_or(0),
            1 + u8::try_from(dice.below(12)).unwrap_or(0),
            1 + u8::try_from(dice.below(28)).unwrap_or(0),
        ),
        sex: dice.one(Sex::ALL).unwrap_or(Sex::Male),
        ethnicity: i32::try_from(dice.between(1, 3)).unwrap_or(1),
    });
    postings(little, dice, id);
    for _ in 0..dice.below(4) {
        let degree = dice.one(Degree::ALL);
        let kind = dice.one(QualificationKind::ALL).unwrap_or(QualificationKind::It);
        little.batch.qualifications.push(rows::Qualification {
            official: id,
            kind,
            degree: degree.filter(|_| kind == QualificationKind::Professional),
            field: dice.maybe(60, StudyField::ALL),
            grade: None,
            granted_on: dice.day(),
        });
    }
    for _ in 0..dice.below(6) {
        record(little, dice, id);
    }
    for _ in 0..dice.below(3) {
        let band = dice.one(Band::ALL).unwrap_or(Band::Good);
        little.batch.ratings.push(rows::Rating {
            official: id,
            kind: dice.one(RatingKind::ALL).unwrap_or(RatingKind::Yearly),
            band,
            on: dice.day(),
        });
    }
    if dice.chance(40) {
        little.batch.receipts.push(rows::Receipt { official: id, kind: ReceiptKind::ReformHandbook, on: dice.day() });
    }
    // Two ratings of one kind on one day would leave no latest one, and the register forbids them.
    let mut seen = std::collections::BTreeSet::new();
    little.batch.ratings.retain(|r| seen.insert((r.official, r.kind, r.on)));
}

fn postings(little: &mut Little, dice: &mut Dice, official: i64) {
    let mut from = day(2015, 1, 1).max(dice.day());
    for _ in 0..=dice.below(4) {
        let unit = living_unit(little, dice, from);
        let latest = little.frame.units.iter().find(|u| u.id == unit).and_then(|u| u.ends_on);
        let wanted = add_months(from, i32::try_from(dice.between(3, 30)).unwrap_or(3));
        let open = dice.chance(40) && latest.is_none();
        let to = if open { None } else { wanted.map(|w| latest.map_or(w, |l| w.min(l))) };
        let leadership = dice.maybe(50, Leadership::ALL);
        little.batch.postings.push(rows::Posting {
            official,
            unit,
            title: "Chuyên viên".to_owned(),
            staff: dice.one(StaffKind::ALL).unwrap_or(StaffKind::CongChuc),
            level: dice.one(Level::ALL).unwrap_or(Level::Province),
            bloc: dice.one(Bloc::ALL).unwrap_or(Bloc::State),
            leadership,
            group: if leadership.is_some() { dice.maybe(80, LeaderGroup::ALL) } else { None },
            duty: dice.maybe(30, Duty::ALL),
            appointment: dice.maybe(50, Appointment::ALL),
            fits_post: dice.chance(60),
            starts_on: from,
            ends_on: to,
        });
        let Some(next) = to else { return };
        from = if dice.chance(70) { next } else { add_months(next, 2).unwrap_or(next) };
        if from > day(2026, 11, 1) {
            return;
        }
    }
}

fn record(little: &mut Little, dice: &mut Dice, official: i64) {
    let id = i64::try_from(little.batch.records.len()).unwrap_or(0) + 1;
    let starts_on = dice.day();
    let kind = dice.one(TrainingKind::ALL).unwrap_or(TrainingKind::Training);
    let class_ids: Vec<i64> = little.frame.classes.iter().map(|c| c.id).collect();
    let ends_on = dice.chance(85).then(|| add_months(starts_on, i32::try_from(dice.below(4)).unwrap_or(0)).unwrap_or(starts_on));
    let (scheme, topic) = topic(dice);
    little.batch.records.push(rows::Record {
        id,
        official,
        class: dice.maybe(60, &class_ids),
        kind,
        content: dice.maybe(80, ContentGroup::ALL),
        degree: if kind == TrainingKind::Education { dice.one(Degree::ALL) } else { None },
        field: dice.maybe(40, StudyField::ALL),
        programme: dice.maybe(50, Programme::ALL),
        scheme,
        topic,
        form: dice.one(ClassForm::ALL).unwrap_or(ClassForm::Class),
        mode: dice.one(Mode::ALL).unwrap_or(Mode::Online),
        abroad: dice.chance(25),
        periods: i32::try_from(dice.between(4, 48)).unwrap_or(8),
        starts_on,
        ends_on,
        outcome: dice.one(Outcome::ALL).unwrap_or(Outcome::Finished),
        staff: dice.one(StaffKind::ALL).unwrap_or(StaffKind::CongChuc),
        unit: living_unit(little, dice, starts_on),
        group: dice.maybe(40, LeaderGroup::ALL),
    });
    for kind in FollowUpKind::ALL {
        if let Some(end) = ends_on.filter(|_| dice.chance(60)) {
            let months = i32::try_from(dice.between(0, 4)).unwrap_or(0);
            let on = add_months(end, months).and_then(|d| d.checked_add(time::Duration::days(dice.between(-1, 1)))).unwrap_or(end);
            little.batch.follow_ups.push(rows::FollowUp { record: id, kind: *kind, on, band: None });
        }
    }
}
