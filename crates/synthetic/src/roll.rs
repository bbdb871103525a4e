//! Sends people to courses: who is free, at work and of the right audience on those days, in turn.
//! Not for: which courses there are (`sending`, `yearbook`, `agenda`).

use domain::orgs::{Level, UnitKind};
use domain::people::{Degree, LeaderGroup, Leadership, StaffKind, StudyField};
use domain::time::Date;
use domain::training::{ClassForm, ClassStatus, ContentGroup, Mode, Outcome, Programme, TrainingKind};

use crate::days;
use crate::dice::Dice;
use crate::people::{Attendance, Person};
use crate::province::Province;
use crate::rows::{Class, Posting, Record};

/// Periods of a generated study day; the legal figure lives in `law`.
const PERIODS_A_DAY: i32 = 8;

/// Whom a course is for, by the post on its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Anyone,
    /// Either side: viên chức (`true`) or cán bộ, công chức.
    Side(bool),
    Leaders,
    DivisionLeaders,
    /// Công chức of province and districts.
    CivilServants,
    CommuneLeaders,
    CommuneStaff,
    /// Commune staff who do not meet the requirement of the post.
    CommuneUnfit,
    Hospital,
    Advisers,
}

/// A course before it has a class row.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub name: String,
    pub content: ContentGroup,
    pub programme: Option<Programme>,
    /// Scheme and topic it carries out.
    pub topic: Option<(&'static str, &'static str)>,
    pub form: ClassForm,
    pub mode: Mode,
    pub abroad: bool,
    pub lead_unit: i64,
    pub first: Date,
    pub study_days: i32,
}

/// A degree somebody is sent to.
pub(crate) struct Study {
    pub degree: Degree,
    pub field: StudyField,
    pub first: Date,
    pub last: Date,
    pub outcome: Outcome,
}

/// Everybody, the classes so far, and whose turn it is.
pub(crate) struct Roll<'a> {
    pub province: &'a Province,
    pub people: Vec<Person>,
    pub classes: Vec<Class>,
    pub today: Date,
    pub dice: Dice,
    order: Vec<usize>,
    cursor: usize,
}

impl Course {
    pub(crate) fn last(&self) -> Date {
        days::last_of_course(self.first, self.study_days)
    }
}

impl<'a> Roll<'a> {
    pub(crate) fn new(province: &'a Province, people: Vec<Person>, today: Date, mut dice: Dice) -> Self {
        let mut order: Vec<usize> = (0..people.len()).collect();
        dice.shuffle(&mut order);
        Self { province, people, classes: Vec::new(), today, dice, order, cursor: 0 }
    }

    /// Chooses up to `n` people in turn; a third is passed over in the first round, so that some attend more than others.
    pub(crate) fn choose(&mut self, n: usize, first: Date, last: Date, fits: impl Fn(&Person, &Posting) -> bool) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(n);
        for round in 0..2 {
            for _ in 0..self.order.len() {
                if chosen.len() >= n {
                    return chosen;
                }
                self.cursor = (self.cursor + 1) % self.order.len().max(1);
                let Some(at) = self.order.get(self.cursor).copied() else { continue };
                if (round > 0 || !self.dice.chance(330)) && !chosen.contains(&at) && self.may(at, first, last, &fits) {
                    chosen.push(at);
                }
            }
        }
        chosen
    }

    fn may(&self, at: usize, first: Date, last: Date, fits: &impl Fn(&Person, &Posting) -> bool) -> bool {
        let Some(person) = self.people.get(at) else { return false };
        person.posting(first).is_some_and(|posting| fits(person, posting))
            && person.posting(last.min(self.today)).is_some()
            && person.is_free(first, last)
    }

    /// Adds a class row; the rows of one year are numbered.
    pub(crate) fn open(&mut self, course: &Course, cancelled: bool) -> i64 {
        let id = i64::try_from(self.classes.len()).unwrap_or(0) + 1;
        let year = course.first.year();
        let number = self.classes.iter().rev().filter(|c| c.starts_on.year() == year).count() + 1;
        let status = match () {
            () if cancelled => ClassStatus::Cancelled,
            () if course.first > self.today => ClassStatus::Planned,
            () if course.last() > self.today => ClassStatus::Running,
            () => ClassStatus::Finished,
        };
        self.classes.push(class(course, id, format!("{year}-{number:03}"), status));
        id
    }

    /// Writes the attendance of people who were chosen.
    pub(crate) fn attend(&mut self, chosen: &[usize], course: &Course, class: Option<i64>) {
        for at in chosen {
            let outcome = outcome(course, self.today, &mut self.dice);
            if let Some(person) = self.people.get_mut(*at) {
                attend(person, course, class, outcome);
            }
        }
    }

    /// Sends one person to a degree.
    pub(crate) fn study(&mut self, at: usize, study: &Study) {
        let Some(person) = self.people.get_mut(at) else { return };
        let Some(posting) = person.posting(study.first) else { return };
        let months = (study.last.year() - study.first.year()) * 12 + i32::from(u8::from(study.last.month()))
            - i32::from(u8::from(study.first.month()));
        let record = Record {
            kind: TrainingKind::Education,
            content: None,
            degree: Some(study.degree),
            field: Some(study.field),
            form: ClassForm::Degree,
            // About 30 periods a month beside the work.
            periods: months * 30,
            ends_on: (study.outcome != Outcome::Studying).then_some(study.last),
            outcome: study.outcome,
            ..blank(posting, study.first)
        };
        person.attended.push(Attendance { record, follow_ups: Vec::new() });
    }
}

/// Whether a course is for somebody in a post.
pub(crate) fn fits(audience: Audience, province: &Province, person: &Person, posting: &Posting) -> bool {
    let division_leader = matches!(
        posting.leadership,
        Some(
            Leadership::ProvinceDivisionHead
                | Leadership::ProvinceDivisionDeputy
                | Leadership::DistrictDivisionHead
                | Leadership::DistrictDivisionDeputy
        )
    );
    let of_commune = posting.level == Level::Commune && !person.public;
    match audience {
        Audience::Anyone => true,
        Audience::Side(public) => person.public == public,
        Audience::Leaders => posting.leadership.is_some(),
        Audience::DivisionLeaders => division_leader,
        Audience::CivilServants => posting.staff == StaffKind::CongChuc && posting.level != Level::Commune,
        Audience::CommuneLeaders => matches!(posting.leadership, Some(Leadership::CommuneChair | Leadership::CommuneViceChair)),
        Audience::CommuneStaff => of_commune,
        Audience::CommuneUnfit => of_commune && !posting.fits_post,
        Audience::Hospital => province.unit(posting.unit).is_some_and(|u| u.kind == UnitKind::Hospital),
        Audience::Advisers => person.reform,
    }
}

/// The class row of a course.
pub(crate) fn class(course: &Course, id: i64, code: String, status: ClassStatus) -> Class {
    Class {
        id,
        code,
        name: course.name.clone(),
        form: course.form,
        content: Some(course.content),
        programme: course.programme,
        scheme: course.topic.map(|t| t.0.to_owned()),
        topic: course.topic.map(|t| t.1.to_owned()),
        mode: course.mode,
        abroad: course.abroad,
        lead_unit: course.lead_unit,
        school: String::new(),
        place: String::new(),
        status,
        starts_on: course.first,
        ends_on: course.last(),
    }
}

/// How an attendance ended by today.
pub(crate) fn outcome(course: &Course, today: Date, dice: &mut Dice) -> Outcome {
    if course.last() > today {
        return Outcome::Studying;
    }
    dice.weigh(&[(974, Outcome::Finished), (12, Outcome::Failed), (14, Outcome::Withdrawn)]).unwrap_or(Outcome::Finished)
}

/// Writes an attendance of a course; the person holds a post on its first day.
pub(crate) fn attend(person: &mut Person, course: &Course, class: Option<i64>, outcome: Outcome) {
    let Some(posting) = person.posting(course.first) else { return };
    let record = Record {
        class,
        kind: TrainingKind::Training,
        content: Some(course.content),
        programme: course.programme,
        scheme: course.topic.map(|t| t.0.to_owned()),
        topic: course.topic.map(|t| t.1.to_owned()),
        form: course.form,
        mode: course.mode,
        abroad: course.abroad,
        periods: course.study_days * PERIODS_A_DAY,
        ends_on: (outcome != Outcome::Studying).then(|| course.last()),
        outcome,
        ..blank(posting, course.first)
    };
    person.attended.push(Attendance { record, follow_ups: Vec::new() });
}

fn blank(posting: &Posting, starts_on: Date) -> Record {
    Record {
        id: 0,
        official: 0,
        class: None,
        kind: TrainingKind::Training,
        content: None,
        degree: None,
        field: None,
        programme: None,
        scheme: None,
        topic: None,
        form: ClassForm::Class,
        mode: Mode::InPerson,
        abroad: false,
        periods: 0,
        starts_on,
        ends_on: None,
        outcome: Outcome::Studying,
        staff: posting.staff,
        unit: posting.unit,
        group: posting.group,
    }
}

/// Whether somebody leads by one of the four groups of the provincial scheme.
pub(crate) fn is_grouped(posting: &Posting, groups: &[LeaderGroup]) -> bool {
    posting.group.is_some_and(|g| groups.contains(&g))
}
