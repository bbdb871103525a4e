//! Nominations: their life, who is busy, the guard of an office, shares, and laws of seats and lines.
//! Not for: nominations on a database (`service`).

use proptest::prelude::*;

use super::hindrances::{Busy, Hindrance, Office, are_at_once, guard};
use super::seating::{Hall, InLine, Room, Seat, may_take, promotions, room, seat_for};
use super::*;
use crate::classes::sittings::Shift;
use crate::ids::{ClassId, NominationId, SeatId, UnitId};
use crate::people::StaffKind;
use crate::plans::{Seats, Tree, Working};
use crate::time::{Date, Instant, parse};
use crate::training::ClassForm;

#[test]
fn the_life_of_a_nomination() {
    let mut picture = String::new();
    for state in NominationState::ALL {
        let marks = (if state.holds_a_seat() { " [seat]" } else { "" }, if state.is_alive() { "" } else { " [over]" });
        picture.push_str(&format!("{state}{}{}\n", marks.0, marks.1));
        for act in NominationAct::ALL {
            if let Some(after) = state.after(*act) {
                picture.push_str(&format!("  --{act}--> {after}\n"));
            }
        }
    }
    insta::assert_snapshot!(picture);
}

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

fn busy(class: i64, form: ClassForm, from: &str, to: &str, sittings: &[(&str, Shift)]) -> Busy {
    Busy {
        class: Some(ClassId(class)),
        told: String::new(),
        form,
        days: (day(from), Some(day(to))),
        sittings: sittings.iter().map(|(on, shift)| (day(on), *shift)).collect(),
    }
}

#[test]
fn never_two_programmes_at_once() {
    let course = busy(1, ClassForm::Class, "01/12/2026", "05/12/2026", &[("01/12/2026", Shift::Morning)]);
    let cases = [
        ("another course in the same week", busy(2, ClassForm::Class, "05/12/2026", "09/12/2026", &[("07/12/2026", Shift::Day)]), true),
        ("the week after", busy(2, ClassForm::Class, "06/12/2026", "09/12/2026", &[]), false),
        ("a workshop at another hour", busy(2, ClassForm::Workshop, "01/12/2026", "01/12/2026", &[("01/12/2026", Shift::Evening)]), false),
        ("a workshop at the same hour", busy(2, ClassForm::Workshop, "01/12/2026", "01/12/2026", &[("01/12/2026", Shift::Day)]), true),
        ("a workshop without hours", busy(2, ClassForm::Workshop, "01/12/2026", "01/12/2026", &[]), true),
        ("the class itself", busy(1, ClassForm::Class, "01/12/2026", "05/12/2026", &[]), false),
        (
            "a degree that goes on",
            Busy { days: (day("01/09/2025"), None), ..busy(2, ClassForm::Degree, "01/09/2025", "01/09/2025", &[]) },
            true,
        ),
    ];
    for (said, other, expected) in cases {
        assert_eq!(are_at_once(&course, &other), expected, "{said}");
        assert_eq!(are_at_once(&other, &course), expected, "{said}, the other way round");
    }
}

#[test]
fn the_guard_of_an_office() {
    let office = |people, away, on_duty, duty_away| Office { people, away, on_duty, duty_away };
    let cases = [
        ("nobody else is away", office(10, 0, 0, 0), None),
        ("a third of nine", office(9, 2, 0, 0), None),
        ("more than a third of nine", office(9, 3, 0, 0), Some(Hindrance::TooManyAway)),
        ("an office of two may send one", office(2, 0, 0, 0), None),
        ("one of three on duty stays", office(20, 0, 3, 1), None),
        ("the last of three on duty", office(20, 2, 3, 2), Some(Hindrance::LastOnDuty)),
        ("the only one on duty", office(20, 0, 1, 0), Some(Hindrance::OnlyOnDuty)),
    ];
    for (said, office, expected) in cases {
        assert_eq!(guard(&office, 34), expected, "{said}");
    }
}

#[test]
fn shares_are_ceilings_for_whoever_they_take() {
    let tree = Tree::of([(UnitId(11), UnitId(1)), (UnitId(21), UnitId(2))]);
    let share = |unit: Option<i64>, staff, people| Seats { unit: unit.map(UnitId), staff, group: None, people };
    let who = |unit, staff| Working { unit: UnitId(unit), staff, group: None };
    let seated = [who(11, StaffKind::CongChuc), who(1, StaffKind::CongChuc)];
    let shares = [share(Some(1), None, 2), share(None, Some(StaffKind::VienChuc), 5)];
    let cases = [
        ("no shares at all", &[][..], who(11, StaffKind::CongChuc), Room::Free),
        ("the share of the unit is full", &shares[..], who(11, StaffKind::CongChuc), Room::Full(0)),
        ("nobody means such a person", &shares[..], who(21, StaffKind::CongChuc), Room::NotMeant),
        ("another share has room", &shares[..], who(21, StaffKind::VienChuc), Room::Free),
    ];
    for (said, shares, who, expected) in cases {
        assert_eq!(room(shares, &seated, &who, &tree), expected, "{said}");
    }
}

fn tree() -> Tree {
    Tree::of((2..8).map(|unit| (UnitId(unit), UnitId(unit / 2))))
}

prop_compose! {
    fn seats()(kept in prop::collection::vec((prop::option::of(1_i64..8), any::<bool>()), 0..12)) -> Vec<Seat> {
        (1_i64..).zip(kept).map(|(id, (kept, is_held))| Seat {
            id: SeatId(id),
            kept_for: kept.map(UnitId),
            held_by: is_held.then_some(NominationId(1_000 + id)),
        }).collect()
    }
}

prop_compose! {
    fn line()(waiting in prop::collection::vec((1_i64..8, 0_i32..4, 0_i64..50), 0..20)) -> Vec<InLine> {
        (1_i64..).zip(waiting).map(|(id, (unit, points, since))| InLine {
            nomination: NominationId(id), who: Working { unit: UnitId(unit), staff: StaffKind::CongChuc, group: None }, points, since: Instant(since),
        }).collect()
    }
}

proptest! {
    #[test]
    fn a_seat_is_given_once_and_only_to_whom_it_may_go(seats in seats(), line in line(), over: bool) {
        let tree = tree();
        let moved = promotions(&Hall { seats: &seats, shares: &[], seated: &[], tree: &tree, keeping_is_over: over }, &line);
        let mut given: Vec<SeatId> = moved.iter().map(|(_, seat)| *seat).collect();
        given.sort();
        given.dedup();
        prop_assert_eq!(given.len(), moved.len());
        for (nomination, id) in &moved {
            let seat = seats.iter().find(|seat| seat.id == *id).unwrap();
            let waiting = line.iter().find(|waiting| waiting.nomination == *nomination).unwrap();
            prop_assert!(may_take(seat, waiting.who.unit, &tree, over));
        }
    }

    #[test]
    fn nobody_is_passed_over(seats in seats(), line in line(), over: bool) {
        let tree = tree();
        let moved = promotions(&Hall { seats: &seats, shares: &[], seated: &[], tree: &tree, keeping_is_over: over }, &line);
        for waiting in &line {
            if moved.iter().any(|(nomination, _)| *nomination == waiting.nomination) {
                continue;
            }
            // Every seat that could have been this person's went to somebody further up in the line, or was held before.
            for seat in seats.iter().filter(|seat| may_take(seat, waiting.who.unit, &tree, over)) {
                let holder = moved.iter().find(|(_, id)| *id == seat.id);
                let holder = holder.and_then(|(nomination, _)| line.iter().find(|other| other.nomination == *nomination));
                prop_assert!(holder.is_some_and(|holder| holder.place() < waiting.place()));
            }
        }
    }

    #[test]
    fn no_share_takes_more_than_it_has(seats in seats(), line in line(), shares in prop::collection::vec((prop::option::of(1_i64..8), 0_u32..4), 1..4)) {
        let tree = tree();
        let shares: Vec<Seats> =
            shares.into_iter().map(|(unit, people)| Seats { unit: unit.map(UnitId), staff: None, group: None, people }).collect();
        let moved = promotions(&Hall { seats: &seats, shares: &shares, seated: &[], tree: &tree, keeping_is_over: true }, &line);
        let seated: Vec<&InLine> = line.iter().filter(|waiting| moved.iter().any(|(id, _)| *id == waiting.nomination)).collect();
        for share in &shares {
            prop_assert!(seated.iter().filter(|waiting| share.take(&waiting.who, &tree)).count() <= usize::try_from(share.people).unwrap());
        }
        prop_assert!(seated.iter().all(|waiting| shares.iter().any(|share| share.take(&waiting.who, &tree))));
    }

    #[test]
    fn somebody_gets_a_seat_whenever_one_may_be_taken(seats in seats(), unit in 1_i64..8, over: bool) {
        let found = seat_for(&seats, UnitId(unit), &tree(), over);
        prop_assert_eq!(found.is_some(), seats.iter().any(|seat| may_take(seat, UnitId(unit), &tree(), over)));
    }
}
