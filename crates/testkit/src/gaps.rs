//! Random requirements of posts, and an evaluator that walks every row, written apart from the statements it checks. It judges the
//! provinces of `lists`, whose people have grades and certificates that run out.
//! Not for: speed.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its world must fail loudly")]

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::orgs::UnitKind;
use domain::people::{Leadership, StaffKind};
use domain::schemes::{RecordFilter, Title};
use domain::standards::{Audience, Need, Requirement, Standing, Subject};
use domain::time::{Date, Interval, add_months, date, from_number, number};
use domain::training::{Outcome, TrainingKind};
use synthetic::rows::{Posting, Qualification, Record};

use crate::brute;
use crate::dice::Dice;
use crate::lists::{GRADES, grade, held, reaches};
use crate::little::Little;
use crate::questions;

/// A random requirement that is in force on a day.
#[must_use]
pub fn requirement(dice: &mut Dice, on: Date) -> Requirement {
    let need = match dice.below(5) {
        0 => Need::FitsPost,
        1 => Need::YearlyAmount,
        2 => Need::Trained { did: Box::new(RecordFilter { topics: None, ..questions::record(dice) }), years: dice.maybe(50, &[1, 3, 10]) },
        _ => Need::Holds(held(dice)),
    };
    let from = dice.day().min(on);
    Requirement {
        code: "R".to_owned(),
        title: Title::default(),
        subject: Subject::Professional,
        cites: Title::default(),
        is_verified: false,
        audience: Audience {
            who: questions::who(dice),
            grades: dice.some(10, GRADES).into_iter().map(str::to_owned).collect(),
            units: dice.some(10, UnitKind::ALL),
            planned: dice.some(15, &[Leadership::DepartmentHead, Leadership::CommuneChair]),
        },
        need,
        during: Interval::new(from, None).unwrap(),
        grace_months: dice.one(&[0, 0, 1, 12, 40]).unwrap(),
    }
}

/// Everybody of the audience with the unit of the post and the standing.
#[must_use]
pub fn standings(
    world: &Little,
    requirement: &Requirement,
    on: Date,
    yearly: &[(StaffKind, i32)],
) -> BTreeMap<OfficialId, (UnitId, Standing)> {
    let asked = Asked { world, requirement, on, yearly };
    let holders = world.batch.postings.iter().filter(|p| p.starts_on <= on && p.ends_on.is_none_or(|end| end > on));
    holders.filter(|p| asked.is_audience(p)).map(|p| (OfficialId(p.official), (UnitId(p.unit), asked.standing(p)))).collect()
}

struct Asked<'a> {
    world: &'a Little,
    requirement: &'a Requirement,
    on: Date,
    yearly: &'a [(StaffKind, i32)],
}

impl Asked<'_> {
    fn is_audience(&self, posting: &Posting) -> bool {
        let audience = &self.requirement.audience;
        let kind = self.world.frame.units.iter().find(|u| u.id == posting.unit).unwrap().kind;
        let has_grade = || grade(posting.official).is_some_and(|own| audience.grades.iter().any(|asked| asked == own));
        brute::is_one_of(self.world, &audience.who, posting, self.on)
            && (audience.grades.is_empty() || has_grade())
            && (audience.units.is_empty() || audience.units.contains(&kind))
            && (audience.planned.is_empty() || self.planned_from(posting.official).is_some())
            && (self.requirement.need != Need::YearlyAmount || self.periods(posting.staff).is_some())
    }

    /// As `lists` loads them: every fourth person from the first day of all postings, half of them until the middle of 2024.
    fn planned_from(&self, official: i64) -> Option<Date> {
        let asked = official % 4 == 1 && self.requirement.audience.planned.contains(&Leadership::DepartmentHead);
        let first = self.world.batch.postings.iter().filter(|p| p.official == official).map(|p| p.starts_on).min()?;
        let goes_on = official % 8 == 1 || self.on < date(2024, 7, 1).unwrap();
        (asked && goes_on && first <= self.on).then_some(first)
    }

    fn periods(&self, staff: StaffKind) -> Option<i32> {
        self.yearly.iter().find(|(kind, _)| *kind == staff).map(|(_, periods)| *periods)
    }

    fn standing(&self, posting: &Posting) -> Standing {
        let official = posting.official;
        let (is_met, lapsed) = match &self.requirement.need {
            Need::FitsPost => (posting.fits_post, None),
            Need::YearlyAmount => {
                let first = date(self.on.year(), 1, 1).unwrap();
                let own = self.records(official, first).filter(|r| r.kind == TrainingKind::Training && r.outcome == Outcome::Finished);
                let sum: i32 = own.map(|r| r.periods).sum();
                if sum >= self.periods(posting.staff).unwrap() {
                    return Standing::Met;
                }
                return Standing::Due(date(self.on.year(), 12, 31).unwrap());
            }
            Need::Trained { did, years } => {
                let first = years.map_or(Date::MIN, |years| date(self.on.year() - i32::from(years) + 1, 1, 1).unwrap());
                (self.records(official, first).any(|r| brute::is_such(did, r)), None)
            }
            Need::Holds(held) => {
                let papers = || self.papers(official).filter(|q| reaches(q, *held));
                let lapsed = papers().filter_map(expiry).filter(|day| *day <= self.on).max();
                (papers().any(|q| expiry(q).is_none_or(|day| day > self.on)), lapsed)
            }
        };
        if is_met { Standing::Met } else { self.unmet(posting, lapsed) }
    }

    fn unmet(&self, posting: &Posting, lapsed: Option<Date>) -> Standing {
        let alike = |p: &&Posting| {
            (p.official, p.staff, p.level, p.leadership) == (posting.official, posting.staff, posting.level, posting.leadership)
        };
        let first = self.world.batch.postings.iter().filter(alike).map(|p| p.starts_on).min().unwrap();
        let is_of_planned = !self.requirement.audience.planned.is_empty();
        let first = if is_of_planned { self.planned_from(posting.official).unwrap() } else { first };
        let from = first.max(self.requirement.during.from());
        let due = add_months(from, i32::from(self.requirement.grace_months)).unwrap();
        if due > self.on { Standing::Due(due) } else { Standing::Missing(lapsed.unwrap_or(due).max(due)) }
    }

    fn records(&self, official: i64, first: Date) -> impl Iterator<Item = &Record> {
        let ended = move |r: &&Record| r.ends_on.is_some_and(|end| first <= end && end <= self.on);
        self.world.batch.records.iter().filter(move |r| r.official == official).filter(ended)
    }

    fn papers(&self, official: i64) -> impl Iterator<Item = &Qualification> {
        self.world.batch.qualifications.iter().filter(move |q| q.official == official && q.granted_on <= self.on)
    }
}

/// As `lists` loads them: every fifth day's papers end after two years.
fn expiry(paper: &Qualification) -> Option<Date> {
    let granted = number(paper.granted_on);
    if granted % 5 == 0 { from_number(granted + 20_000) } else { None }
}
