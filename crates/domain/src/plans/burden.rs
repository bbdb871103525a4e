//! What plans ask of people, communes and budgets: who is sent twice, who sits in classes in which month, and money by source and month.
//! Not for: promises (`effects`) and needs (`needs`).

use std::collections::BTreeMap;

use super::{Body, Line, MoneySource, Months, Working};
use crate::codes;
use crate::ids::{OfficialId, PlanId, UnitId};

codes! {
    /// Why two lines are told together.
    OverlapKind {
        /// They teach one official the same in one year (avoid duplication among plans).
        Same = "same",
        /// They call one official to two classes in the same months.
        Clash = "clash",
    }
}

/// A line of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineRef {
    /// The plan.
    pub plan: PlanId,
    /// Key of the line.
    pub line: u32,
}

/// One official whom two lines send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// Who.
    pub official: OfficialId,
    /// A line of the plan that is looked at.
    pub own: LineRef,
    /// Another line of it, or of another plan.
    pub other: LineRef,
    /// Why.
    pub kind: OverlapKind,
}

/// Officials whom a plan sends twice, or whom another plan sends too; in the order of people and lines.
#[must_use]
pub fn overlaps(own: (PlanId, &Body), others: &[(PlanId, &Body)]) -> Vec<Overlap> {
    let mine = sent(own);
    let mut found = Vec::new();
    for (place, one) in mine.iter().enumerate() {
        let later = mine.iter().skip(place + 1).filter(|two| two.1.official == one.1.official);
        found.extend(later.filter_map(|two| between(one, two)));
    }
    let mut by_official: BTreeMap<OfficialId, Vec<&(&Line, Sent)>> = BTreeMap::new();
    for one in &mine {
        by_official.entry(one.1.official).or_default().push(one);
    }
    for other in others.iter().flat_map(|other| sent(*other)) {
        let ones = by_official.get(&other.1.official).into_iter().flatten();
        found.extend(ones.filter_map(|one| between(one, &other)));
    }
    found.sort();
    found
}

#[derive(Debug, Clone, Copy)]
struct Sent {
    official: OfficialId,
    at: LineRef,
    months: Option<Months>,
}

/// Everybody who is named, by official.
fn sent((plan, body): (PlanId, &Body)) -> Vec<(&Line, Sent)> {
    let mut all: Vec<(&Line, Sent)> = Vec::new();
    for line in &body.lines {
        for run in line.runs() {
            let at = LineRef { plan, line: line.key };
            all.extend(run.officials.iter().map(|official| (line, Sent { official: *official, at, months: run.months })));
        }
    }
    all.sort_by_key(|(_, sent)| (sent.official, sent.at));
    all
}

fn between(one: &(&Line, Sent), two: &(&Line, Sent)) -> Option<Overlap> {
    let kind = if one.0.year != two.0.year {
        return None;
    } else if is_same_content(one.0, two.0) {
        OverlapKind::Same
    } else if one.1.months.zip(two.1.months).is_some_and(|(a, b)| a.meet(b)) {
        OverlapKind::Clash
    } else {
        return None;
    };
    Some(Overlap { official: one.1.official, own: one.1.at, other: two.1.at, kind })
}

/// Whether two lines teach the same: one programme, else one topic, else the same words.
#[must_use]
pub fn is_same_content(a: &Line, b: &Line) -> bool {
    match (a.programme, b.programme, &a.topic, &b.topic) {
        (Some(a), Some(b), ..) => a == b,
        (_, _, Some(a), Some(b)) => a == b,
        _ => !a.words.trim().is_empty() && a.words.trim().to_lowercase() == b.words.trim().to_lowercase(),
    }
}

/// What a unit carries in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Classes in which somebody of it sits.
    pub classes: i64,
    /// People away.
    pub people: i64,
}

/// Load by unit, year and month.
pub type Loads = BTreeMap<(UnitId, i32, u8), Load>;

/// Adds the load of a line: a class counts in each of its months.
pub fn add_load(loads: &mut Loads, line: &Line, people: &BTreeMap<OfficialId, Working>, home: &dyn Fn(UnitId) -> UnitId) {
    for run in line.runs() {
        let Some(months) = run.months.filter(|months| months.are_real()) else { continue };
        let mut by_home: BTreeMap<UnitId, i64> = BTreeMap::new();
        let named = run.officials.iter().filter_map(|id| people.get(id)).map(|who| (who.unit, 1));
        let seats = run.seats.iter().filter_map(|seats| seats.unit.map(|unit| (unit, i64::from(seats.people))));
        for (unit, count) in named.chain(seats) {
            *by_home.entry(home(unit)).or_default() += count;
        }
        for (unit, count) in by_home {
            for month in months.from..=months.to {
                let load = loads.entry((unit, line.year, month)).or_default();
                load.classes += 1;
                load.people += count;
            }
        }
    }
}

/// Load of a whole plan.
#[must_use]
pub fn loads(body: &Body, people: &BTreeMap<OfficialId, Working>, home: &dyn Fn(UnitId) -> UnitId) -> Loads {
    let mut loads = Loads::new();
    for line in &body.lines {
        add_load(&mut loads, line, people, home);
    }
    loads
}

/// Money of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Money {
    /// By who pays; none for lines without a source.
    pub by_source: BTreeMap<Option<MoneySource>, i64>,
    /// By year and month; month 0 for classes whose months are not known.
    pub by_month: BTreeMap<(i32, u8), i64>,
    /// All of it.
    pub total: i64,
}

/// Money of a plan: the cost of a line is shared out evenly over its classes and their months, to the last đồng.
#[must_use]
pub fn money(body: &Body) -> Money {
    let mut money = Money::default();
    for line in &body.lines {
        money.total += line.cost;
        *money.by_source.entry(line.source).or_default() += line.cost;
        let runs = line.runs();
        if runs.is_empty() {
            *money.by_month.entry((line.year, 0)).or_default() += line.cost;
        }
        for (run, cost) in runs.iter().zip(shares(line.cost, runs.len())) {
            let months: Vec<u8> = match run.months.filter(|months| months.are_real()) {
                Some(months) => (months.from..=months.to).collect(),
                None => vec![0],
            };
            for (month, cost) in months.iter().zip(shares(cost, months.len())) {
                *money.by_month.entry((line.year, *month)).or_default() += cost;
            }
        }
    }
    money
}

/// An amount in so many parts that differ by one at most and add up to it.
fn shares(amount: i64, parts: usize) -> Vec<i64> {
    let parts = i64::try_from(parts).unwrap_or(i64::MAX);
    let (each, rest) = (amount.checked_div_euclid(parts).unwrap_or(0), amount.checked_rem_euclid(parts).unwrap_or(0));
    (0..parts).map(|part| each + i64::from(part < rest)).collect()
}
