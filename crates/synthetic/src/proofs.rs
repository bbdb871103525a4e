//! What people hold and how they were judged: degrees, certificates, appointments, follow-ups, ratings, receipts.
//! Not for: attendances; they are complete before this begins.

use domain::orgs::{Level, UnitKind};
use domain::people::{Appointment, Band, Degree, LeaderGroup, QualificationKind, RatingKind, ReceiptKind, StudyField};
use domain::time::Date;
use domain::training::{ContentGroup, FollowUpKind, Outcome, Programme, TrainingKind};
use time::macros::date;

use crate::days::{self, COUNTING};
use crate::dice::Dice;
use crate::people::Person;
use crate::province::Province;

/// Everything a person of the base proves.
pub(crate) fn complete(person: &mut Person, province: &Province, today: Date, dice: &mut Dice) {
    person.attended.sort_by_key(|a| a.record.starts_on);
    degrees(person, dice);
    certificates(person, today, dice);
    reappoint(person, today);
    name_titles(person, province, today, dice);
    prepare_leaders(person, today, dice);
    follow_up(person, today, dice);
    judge(person, 2019, today, dice);
}

/// Degrees from the attendances, and before them what one must have brought along; leaders of the tables hold exactly what they say.
fn degrees(person: &mut Person, dice: &mut Dice) {
    let done: Vec<(Degree, StudyField, Date)> = person
        .attended
        .iter()
        .filter(|a| a.record.outcome == Outcome::Finished)
        .filter_map(|a| Some((a.record.degree?, a.record.field?, a.record.ends_on?)))
        .collect();
    let start = person.postings.first().map_or(COUNTING, |p| p.starts_on);
    let before = days::plus(start, -dice.between(60, 200));
    let first = brought(person, dice);
    person.graduate(first, person.field, before);
    if let Some(lead) = person.lead {
        let counted = done.iter().filter(|d| d.2 <= COUNTING).map(|d| d.0.rank()).max().unwrap_or(0).max(first.rank());
        let free = done.iter().filter(|d| d.2 <= COUNTING).map(|d| d.2).max().unwrap_or(start).max(days::plus(start, 500));
        let mut on = days::plus(free, 90).min(days::plus(COUNTING, -40));
        for rank in (counted + 1).max(4)..=lead.rank {
            on = if rank == lead.rank { dice.day(on, days::plus(COUNTING, -1)) } else { days::plus(on, 30).min(COUNTING) };
            person.graduate(higher(person, rank), person.field, on);
        }
    }
    for (degree, field, on) in done {
        person.graduate(degree, field, on);
    }
}

/// A master or doctor; in the field of health the medical degree of that rank.
fn higher(person: &Person, rank: i32) -> Degree {
    match (rank, person.field == StudyField::Health && person.public) {
        (5, true) => Degree::Specialist2,
        (5, false) => Degree::Doctor,
        (_, true) => Degree::Specialist1,
        (_, false) => Degree::Master,
    }
}

/// The degree somebody began work with, judged by the first one sought later.
fn brought(person: &Person, dice: &mut Dice) -> Degree {
    let sought = person.studies().next().map(|s| s.0);
    let pick = |dice: &mut Dice, from: &[(usize, Degree)]| dice.weigh(from).unwrap_or(Degree::Bachelor);
    if let Some(lead) = person.lead {
        // A leader of the tables without a finished bachelor study began with that degree.
        let finished = person.attended.iter().any(|a| {
            a.record.degree == Some(Degree::Bachelor)
                && a.record.outcome == Outcome::Finished
                && a.record.ends_on.is_some_and(|end| end <= COUNTING)
        });
        return if lead.rank == 3 && finished { pick(dice, &[(60, Degree::College), (40, Degree::Bachelor)]) } else { Degree::Bachelor };
    }
    match (sought, person.public) {
        (Some(2), _) => Degree::Intermediate,
        (Some(3), _) => pick(dice, &[(50, Degree::College), (20, Degree::Intermediate), (30, Degree::Bachelor)]),
        (Some(5), _) => higher(person, 4),
        (Some(_), _) => Degree::Bachelor,
        (None, true) => pick(dice, &[(70, Degree::Bachelor), (15, Degree::College), (9, Degree::Intermediate), (6, Degree::Master)]),
        (None, false) => pick(dice, &[(82, Degree::Bachelor), (6, Degree::College), (4, Degree::Intermediate), (8, Degree::Master)]),
    }
}

/// Certificates from courses, and the political theory and state management that posts ask for.
fn certificates(person: &mut Person, today: Date, dice: &mut Dice) {
    use QualificationKind as Q;
    let earned: Vec<(Q, &str, Date)> = person
        .attended
        .iter()
        .filter(|a| a.record.kind == TrainingKind::Training && a.record.outcome == Outcome::Finished)
        .filter_map(|a| {
            let record = &a.record;
            let (kind, grade) = match (record.content?, record.programme, record.periods) {
                (_, Some(Programme::ProfessionalTitle), _) => (Q::ProfessionalTitle, "hang_2"),
                (ContentGroup::Leadership, _, 80..) if !record.abroad => (Q::LeadershipCourse, "cap_phong"),
                (ContentGroup::PoliticalTheory, _, 300..) => (Q::PoliticalTheory, "trung_cap"),
                (ContentGroup::StateManagement, _, 160..) => (Q::StateManagement, "chuyen_vien"),
                (ContentGroup::DefenceSecurity, _, 60..) => (Q::DefenceSecurity, "doi_tuong_3"),
                (ContentGroup::Language, _, 200..) => (Q::Language, "b1"),
                (ContentGroup::It, _, 40..) => (Q::It, "nang_cao"),
                _ => return None,
            };
            Some((kind, grade, record.ends_on?))
        })
        .collect();
    for (kind, grade, on) in earned {
        person.qualify(kind, grade, on);
    }
    let Some((start, last)) = person.postings.first().zip(person.postings.last()).map(|(first, last)| (first.starts_on, last.starts_on))
    else {
        return;
    };
    let until = last.max(days::plus(start, 400)).min(today);
    let theory = match (person.lead.map(|l| l.group), person.public) {
        (Some(LeaderGroup::N1 | LeaderGroup::N2), _) => Some("cao_cap"),
        (Some(_), _) => Some(if dice.chance(550) { "cao_cap" } else { "trung_cap" }),
        (None, public) => dice.chance(if public { 250 } else { 700 }).then_some("trung_cap"),
    };
    if let Some(grade) = theory {
        let on = dice.day(start, until);
        person.qualify(Q::PoliticalTheory, grade, on);
    }
    if !person.public && dice.chance(850) {
        let grade = if person.lead.is_some() && dice.chance(600) { "chuyen_vien_chinh" } else { "chuyen_vien" };
        let on = dice.day(start, until);
        person.qualify(Q::StateManagement, grade, on);
    }
}

/// Terms are five years: who stays longer is appointed again.
fn reappoint(person: &mut Person, today: Date) {
    let long: Vec<(Date, Option<Date>)> =
        person.postings.iter().filter(|p| p.leadership.is_some()).map(|p| (p.starts_on, p.ends_on)).collect();
    for (from, to) in long {
        let mut on = days::months(from, 60);
        while on < to.unwrap_or(today) && on <= today {
            person.split(on, |p| p.appointment = Some(Appointment::Reappointment));
            on = days::months(on, 60);
        }
    }
}

/// Viên chức named to a higher title; most after the course, a few before they had it.
fn name_titles(person: &mut Person, province: &Province, today: Date, dice: &mut Dice) {
    if !person.public {
        return;
    }
    let course = person.qualifications.iter().filter(|q| q.kind == QualificationKind::ProfessionalTitle).map(|q| q.granted_on).max();
    let from = course.map_or(date!(2023 - 01 - 10), |on| days::plus(on, 30).max(date!(2023 - 01 - 10)));
    let wanted = if course.is_some() { 160 } else { 45 };
    if from >= days::plus(today, -10) || !dice.chance(wanted) {
        return;
    }
    let on = dice.day(from, days::plus(today, -10).min(days::plus(from, 1000)));
    let Some(unit) = person.posting(on).and_then(|p| province.unit(p.unit)) else { return };
    let title = match unit.kind {
        UnitKind::School => "Giáo viên hạng II",
        UnitKind::Hospital => "Bác sĩ chính, điều dưỡng hạng II",
        _ => "Viên chức nghiệp vụ hạng II",
    };
    person.split(on, |p| {
        p.appointment = Some(Appointment::ProfessionalTitle);
        if p.leadership.is_none() {
            title.clone_into(&mut p.title);
        }
    });
}

/// Most leaders had the course of their level before they were appointed, some only after, some never.
fn prepare_leaders(person: &mut Person, today: Date, dice: &mut Dice) {
    let appointed: Vec<(Date, Level)> = person
        .postings
        .iter()
        .filter(|p| matches!(p.appointment, Some(Appointment::Leadership | Appointment::Reappointment)))
        .map(|p| (p.starts_on, p.level))
        .collect();
    for (on, level) in appointed {
        let has = person.qualifications.iter().any(|q| q.kind == QualificationKind::LeadershipCourse && q.granted_on < on);
        let grade = if level == Level::Commune { "cap_xa" } else { "cap_phong" };
        let day = match dice.below(100) {
            _ if has => None,
            0..82 => Some(dice.day(days::plus(on, -900), days::plus(on, -20))),
            82..91 => Some(dice.day(days::plus(on, 20), days::plus(on, 300))),
            _ => None,
        };
        if let Some(day) = day.filter(|day| *day <= today) {
            person.qualify(QualificationKind::LeadershipCourse, grade, day);
        }
    }
}

/// Reports and evaluations of what was finished from 2024 on: most in time, some late, some not at all.
pub(crate) fn follow_up(person: &mut Person, today: Date, dice: &mut Dice) {
    for attendance in &mut person.attended {
        let record = &attendance.record;
        let Some(end) = record.ends_on.filter(|end| record.outcome == Outcome::Finished && *end >= days::AFTER_TABLES) else { continue };
        let reported = days::plus(end, dice.between(3, 25));
        if dice.chance(930) && reported <= today {
            attendance.follow_ups.push((FollowUpKind::Reported, reported, None));
        }
        let evaluated = match dice.below(100) {
            0..76 => Some(days::plus(days::months(end, 3), dice.between(0, 25))),
            76..90 => Some(days::plus(days::months(end, 5), dice.between(0, 60))),
            _ => None,
        };
        if let Some(on) = evaluated.filter(|on| *on <= today) {
            attendance.follow_ups.push((FollowUpKind::Evaluated, on, Some(band(dice))));
        }
    }
}

fn band(dice: &mut Dice) -> Band {
    dice.weigh(&[(15, Band::Excellent), (72, Band::Good), (11, Band::Average), (2, Band::Poor)]).unwrap_or(Band::Good)
}

/// Yearly ratings in December of every year at work.
pub(crate) fn judge(person: &mut Person, from: i32, today: Date, dice: &mut Dice) {
    for year in from..=today.year() {
        let on = days::day(year, 12, dice.between(10, 20));
        if on <= today && person.posting(on).is_some() {
            let band = band(dice);
            person.ratings.push((RatingKind::Yearly, band, on));
        }
    }
}

/// Handbooks and the yearly judgement of advisers on reform; `place` among them makes the shares exact: 10 of 11 are good, 7 of 8 have
/// the handbook.
pub(crate) fn advise(person: &mut Person, place: usize, today: Date, dice: &mut Dice) {
    for year in 2022..=2025 {
        let on = days::day(year, 12, dice.between(1, 9));
        if on <= today && person.posting(on).is_some() {
            // The first years were weaker.
            let weak = place % 11 == 3 || (year < 2024 && dice.chance(150));
            let band = if weak {
                Band::Average
            } else if dice.chance(220) {
                Band::Excellent
            } else {
                Band::Good
            };
            person.ratings.push((RatingKind::ReformAdvice, band, on));
        }
    }
    if place % 8 != 5 {
        let on = dice.day(date!(2022 - 03 - 01), date!(2025 - 06 - 30)).min(today);
        person.receipts.push((ReceiptKind::ReformHandbook, on));
    }
}
