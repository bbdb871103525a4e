//! Rules of attendance as tables and laws.
//! Not for: the law of the share.

use proptest::prelude::*;

use super::checkin::*;
use super::*;
use crate::classes::sittings::Shift;
use crate::geography::Spot;
use crate::time::{Instant, date, midnight};

const RULE: LateRule = LateRule { grace: 15 };

fn late(minutes: i32) -> Said {
    Said { mark: Mark::Late, minutes }
}

#[test]
fn lateness_costs_every_period_that_had_begun() {
    let table = [
        (Said::of(Mark::Present), 4),
        (Said::of(Mark::Absent), 0),
        (Said::of(Mark::Excused), 0),
        (late(1), 4),
        (late(15), 4),
        (late(16), 3),
        (late(45), 3),
        (late(46), 2),
        (late(180), 0),
        (late(MOST_LATE), 0),
    ];
    for (said, expected) in table {
        assert_eq!(attended(4, said, RULE), expected, "{}", said.text());
    }
}

#[test]
fn the_share_is_compared_exactly() {
    let four_of_five = Share { attended: 32, held: 40 };
    assert_eq!((four_of_five.reaches(80), four_of_five.basis_points()), (Some(true), Some(8_000)));
    assert_eq!(Share { attended: 31, held: 39 }.reaches(80), Some(false), "79,48 %");
    assert_eq!(Share { attended: 7_999, held: 10_000 }.reaches(80), Some(false));
    assert_eq!(Share::default().reaches(80), None, "nothing was held");
    assert_eq!(Share::default().basis_points(), None);
    let mixed = [(4, Some(Said::of(Mark::Present))), (4, None), (2, Some(Said::of(Mark::Excused)))];
    assert_eq!(Share::over(mixed, RULE), Share { attended: 4, held: 10 }, "nobody's word is an absence, and an excuse is no attendance");
}

#[test]
fn a_mark_is_kept_with_what_it_needs() {
    let wish = |said, note, stands, is_past, why| mark_faults(&Wish { said, note, stands, is_past, why });
    let present = Said::of(Mark::Present);
    assert_eq!(wish(present, "", None, true, ""), []);
    assert_eq!(wish(late(0), "", None, false, ""), [MarkFault::OddMinutes]);
    assert_eq!(wish(late(MOST_LATE + 1), "", None, false, ""), [MarkFault::OddMinutes]);
    assert_eq!(wish(Said::of(Mark::Excused), " ", None, false, ""), [MarkFault::NoReason]);
    assert_eq!(wish(Said::of(Mark::Excused), "ốm, có giấy", None, false, ""), []);
    assert_eq!(wish(present, "", Some(Said::of(Mark::Absent)), false, ""), [], "on the day nobody asks why");
    assert_eq!(wish(present, "", Some(Said::of(Mark::Absent)), true, " "), [MarkFault::NoWhy]);
    assert_eq!(wish(present, "", Some(present), true, ""), [], "nothing changes");
    assert_eq!(wish(present, &"a".repeat(MOST_NOTE + 1), None, false, ""), [MarkFault::TooLong]);
}

#[test]
fn a_code_lives_for_its_own_step_and_the_next() {
    let begun = Instant(1_795_320_000_000);
    let step = step_of(begun);
    assert_eq!(begun.0 % STEP_MS, 0, "the first millisecond of a step");
    for (ms, expected) in [(-1, false), (0, true), (19_999, true), (20_000, true), (39_999, true), (40_000, false)] {
        assert_eq!(is_fresh(step, begun.plus_ms(ms)), expected, "{ms} ms");
    }
}

#[test]
fn the_clock_says_present_late_or_nothing() {
    let on = date(2026, 12, 7).unwrap();
    let span = Starts::default().span(on, Shift::Morning);
    let at = |hour: i64, minute: i64, second: i64| midnight(on).plus_ms(((hour * 60 + minute) * 60 + second) * 1_000);
    assert_eq!(span, (at(7, 30, 0), at(11, 30, 0)));
    let table = [
        (at(6, 29, 59), Err(CheckInFault::TooEarly)),
        (at(6, 30, 0), Ok(Said::of(Mark::Present))),
        (at(7, 30, 0), Ok(Said::of(Mark::Present))),
        (at(7, 45, 59), Ok(Said::of(Mark::Present))),
        (at(7, 46, 0), Ok(late(16))),
        (at(11, 29, 59), Ok(late(239))),
        (at(11, 30, 0), Err(CheckInFault::Ended)),
    ];
    for (now, expected) in table {
        assert_eq!(said_at(now, span, RULE), expected);
    }
    let moved = Starts { morning: 8 * 60, ..Starts::default() };
    assert_eq!(moved.span(on, Shift::Day), (at(8, 0, 0), at(17, 30, 0)), "another start, the usual length");
    assert!(!Starts { evening: 60, ..Starts::default() }.are_sound() && !Starts { evening: 24 * 60, ..Starts::default() }.are_sound());
}

#[test]
fn whoever_was_called_absent_may_still_come() {
    assert!(replaces(None) && replaces(Some(Said::of(Mark::Absent))));
    assert!(!replaces(Some(Said::of(Mark::Present))) && !replaces(Some(Said::of(Mark::Excused))) && !replaces(Some(late(20))));
}

#[test]
fn a_fence_measures_in_metres() {
    let hall = Spot::of_degrees(22.665_0, 106.257_0).unwrap();
    let fence = Fence { spot: hall, metres: 200 };
    assert_eq!(fence.lets_in(None), Err((CheckInFault::NoPosition, 0)));
    assert_eq!(fence.lets_in(Some(hall)), Ok(()));
    // A thousandth of a degree to the north is 111 metres everywhere.
    let near = Spot { latitude: hall.latitude + 1_000, ..hall };
    assert_eq!((hall.metres_to(near), fence.lets_in(Some(near))), (111, Ok(())));
    let far = Spot { latitude: hall.latitude + 10_000, ..hall };
    assert_eq!(fence.lets_in(Some(far)), Err((CheckInFault::TooFar, 1_112)));
    assert_eq!(Spot::of_degrees(91.0, 0.0), None);
    assert_eq!(Spot::of_degrees(f64::NAN, 0.0), None);
}

fn said() -> impl Strategy<Value = Option<Said>> {
    let mark = prop::sample::select(Mark::ALL);
    prop::option::of((mark, 1..=MOST_LATE).prop_map(|(mark, minutes)| if mark == Mark::Late { late(minutes) } else { Said::of(mark) }))
}

proptest! {
    #[test]
    fn a_share_lies_between_nothing_and_all_whatever_the_order(
        sittings in prop::collection::vec((0..11_i32, said()), 0..40), grace in 0..60_i32,
    ) {
        let rule = LateRule { grace };
        let share = Share::over(sittings.iter().copied(), rule);
        prop_assert!(0 <= share.attended && share.attended <= share.held);
        prop_assert!(share.basis_points().is_none_or(|points| (0..=10_000).contains(&points)));
        let backwards = Share::over(sittings.iter().rev().copied(), rule);
        prop_assert_eq!(share, backwards);
        prop_assert_eq!(share.reaches(0), (share.held > 0).then_some(true));
    }

    #[test]
    fn coming_later_never_counts_for_more(periods in 0..11_i32, minutes in 1..MOST_LATE, grace in 0..60_i32) {
        let rule = LateRule { grace };
        prop_assert!(attended(periods, late(minutes + 1), rule) <= attended(periods, late(minutes), rule));
    }

    #[test]
    fn the_way_there_is_the_way_back(a in -90_000_000..90_000_000_i32, b in -180_000_000..180_000_000_i32, c in -90_000_000..90_000_000_i32, d in -180_000_000..180_000_000_i32) {
        let (one, other) = (Spot { latitude: a, longitude: b }, Spot { latitude: c, longitude: d });
        prop_assert_eq!(one.metres_to(other), other.metres_to(one));
        prop_assert!((0..=20_016_000).contains(&one.metres_to(other)));
    }
}
