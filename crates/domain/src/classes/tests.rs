//! Classes as tables: faults of terms, acts and what keeps them away, sittings that clash.
//! Not for: classes on a database (`service`).

use super::sittings::{Clash, Shift, Sitting, SittingFault, clashes};
use super::*;
use crate::ids::{ClassId, LecturerId, RoomId};
use crate::time::parse;

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

fn good() -> Terms {
    Terms {
        name: "Bồi dưỡng kỹ năng lãnh đạo cấp phòng".to_owned(),
        form: ClassForm::Class,
        kind: TrainingKind::Training,
        content: Some(ContentGroup::Leadership),
        degree: None,
        field: None,
        programme: None,
        named: None,
        topic: None,
        line: None,
        mode: Mode::InPerson,
        hours: Hours::Office,
        abroad: false,
        lead: UnitId(1),
        school: "Trường Chính trị".to_owned(),
        place: "Hội trường A".to_owned(),
        starts_on: day("01/12/2026"),
        ends_on: day("05/12/2026"),
        days: 5,
        periods: 40,
        most: 45,
        least: 40,
        staff: vec![StaffKind::CongChuc],
        groups: Vec::new(),
        level: None,
        names_until: None,
        cost: 0,
        source: None,
        note: String::new(),
    }
}

fn with(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = good();
    change(&mut terms);
    terms
}

#[test]
fn what_cannot_be_kept_even_as_a_draft() {
    let cases: [(Terms, &[TermsFault]); 11] = [
        (good(), &[]),
        (with(|t| t.name = " ".to_owned()), &[TermsFault::NoName]),
        (with(|t| t.note = "a".repeat(MOST_WORDS + 1)), &[TermsFault::TooLong]),
        (with(|t| t.content = None), &[TermsFault::NoContent]),
        (with(|t| t.kind = TrainingKind::Education), &[TermsFault::NoDegree]),
        (with(|t| t.ends_on = day("30/11/2026")), &[TermsFault::EndsBeforeStart]),
        (with(|t| (t.most, t.least) = (0, 0)), &[TermsFault::OddSeats]),
        (with(|t| t.least = 46), &[TermsFault::LeastOverMost]),
        (with(|t| t.days = 6), &[TermsFault::OddLength]),
        (with(|t| t.names_until = Some(day("06/12/2026"))), &[TermsFault::NamesAfterEnd]),
        (with(|t| t.cost = -1), &[TermsFault::OddCost]),
    ];
    for (terms, expected) in cases {
        assert_eq!(faults(&terms), expected, "{terms:?}");
    }
}

#[test]
fn the_life_of_a_class() {
    let mut picture = String::new();
    for status in ClassStatus::ALL {
        for act in ClassAct::ALL {
            if let Some(after) = status.after(*act) {
                picture.push_str(&format!("{status} --{act}--> {after}\n"));
            }
        }
    }
    insta::assert_snapshot!(picture);
}

#[test]
fn what_keeps_an_act_from_being_done() {
    let standing = |status, confirmed, unconfirmed| Standing {
        status,
        confirmed,
        unconfirmed,
        least: 40,
        most: 45,
        days: (day("01/12/2026"), day("05/12/2026")),
    };
    let deed = |act, decision, reason, days| Deed { act, decision, reason, days };
    use ClassStatus::{Enrolling, Finished, Planned, Running};
    let seatless = Standing { most: 0, ..standing(Planned, 0, 0) };
    let cases: [(Standing, Deed<'_>, &str, &[ActFault]); 13] = [
        (seatless, deed(ClassAct::Open, "12/QĐ-SNV", "", None), "01/11/2026", &[ActFault::NoSeats]),
        (standing(Planned, 0, 0), deed(ClassAct::Open, "12/QĐ-SNV", "", None), "01/11/2026", &[]),
        (standing(Planned, 0, 0), deed(ClassAct::Open, " ", "", None), "01/11/2026", &[ActFault::NoDecision]),
        (standing(Planned, 0, 0), deed(ClassAct::Begin, "", "", None), "01/12/2026", &[ActFault::NotNow]),
        (standing(Enrolling, 40, 0), deed(ClassAct::Begin, "", "", None), "01/12/2026", &[]),
        (standing(Enrolling, 40, 0), deed(ClassAct::Begin, "", "", None), "30/11/2026", &[ActFault::TooEarly]),
        (standing(Enrolling, 39, 0), deed(ClassAct::Begin, "", "", None), "01/12/2026", &[ActFault::TooFew]),
        (standing(Enrolling, 39, 0), deed(ClassAct::Begin, "", "Sở đồng ý mở", None), "01/12/2026", &[]),
        (standing(Enrolling, 40, 1), deed(ClassAct::Begin, "", "", None), "01/12/2026", &[ActFault::Undecided]),
        (standing(Running, 40, 0), deed(ClassAct::Finish, "", "", None), "04/12/2026", &[ActFault::TooEarly]),
        (standing(Finished, 40, 0), deed(ClassAct::Recognise, "", "", None), "10/12/2026", &[ActFault::NoDecision]),
        (standing(Enrolling, 0, 0), deed(ClassAct::Cancel, "", "", None), "20/11/2026", &[ActFault::NoReason]),
        (standing(Enrolling, 0, 0), deed(ClassAct::Postpone, "", "Bão", None), "20/11/2026", &[ActFault::NoDays]),
    ];
    for (standing, deed, today, expected) in cases {
        assert_eq!(act_faults(&standing, &deed, day(today)), expected, "{standing:?} {deed:?}");
    }
}

fn sitting(class: i64, on: &str, shift: Shift, room: Option<i64>, lecturer: Option<i64>) -> Sitting {
    Sitting {
        class: ClassId(class),
        on: day(on),
        shift,
        periods: 4,
        room: room.map(RoomId),
        lecturer: lecturer.map(LecturerId),
        words: String::new(),
    }
}

#[test]
fn rooms_lecturers_and_hours_that_clash() {
    let days = (day("01/12/2026"), day("05/12/2026"));
    let others = [sitting(9, "02/12/2026", Shift::Day, Some(1), Some(7))];
    let clash = |fault, with: Option<i64>| vec![Clash { at: 0, fault, with: with.map(ClassId) }];
    let cases: [(Sitting, Vec<Clash>); 7] = [
        (sitting(1, "02/12/2026", Shift::Morning, Some(2), Some(8)), vec![]),
        (sitting(1, "02/12/2026", Shift::Morning, Some(1), None), clash(SittingFault::RoomTaken, Some(9))),
        (sitting(1, "02/12/2026", Shift::Evening, Some(1), Some(7)), vec![]),
        (sitting(1, "02/12/2026", Shift::Afternoon, None, Some(7)), clash(SittingFault::LecturerTaken, Some(9))),
        (sitting(1, "03/12/2026", Shift::Morning, Some(1), Some(7)), vec![]),
        (sitting(1, "30/11/2026", Shift::Morning, None, None), clash(SittingFault::OutsideClass, None)),
        (Sitting { periods: 6, ..sitting(1, "01/12/2026", Shift::Morning, None, None) }, clash(SittingFault::OddPeriods, None)),
    ];
    for (sitting, expected) in cases {
        assert_eq!(clashes(std::slice::from_ref(&sitting), days, &others), expected, "{sitting:?}");
    }
    let twice = [sitting(1, "01/12/2026", Shift::Day, None, None), sitting(1, "01/12/2026", Shift::Afternoon, None, None)];
    assert_eq!(clashes(&twice, days, &[]), vec![Clash { at: 1, fault: SittingFault::Twice, with: None }]);
}
