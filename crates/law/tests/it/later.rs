//! Look-ups in later years: a day is answered by an interval that contains it, or refused with a code; never by the nearest row.
//! Not for: the values; `cases` has them. A rule that ends without saying what follows does not load (`data`).

use crate::{day, law};
use domain::people::StaffKind;
use domain::time::Date;
use law::parameters::Parameter;
use law::{GoverningDate, Law, NoLaw};

const LATER: [&str; 3] = ["2027-01-15", "2028-02-29", "2031-06-30"];

fn answer(law: &Law, parameter: &Parameter, staff: StaffKind, on: Date) -> &'static str {
    let found = law.find(&parameter.key, staff, GoverningDate { kind: parameter.governed_by, day: on });
    match found {
        Ok(found) => {
            assert!(found.ruling.interval.contains(on), "{} on {on} is answered by another interval", parameter.key);
            assert!(found.ruling.applies_to.contains(&staff), "{} on {on} is answered for others than {staff}", parameter.key);
            "value"
        }
        Err(no_law) => no_law.code(),
    }
}

#[test]
fn later_years_are_answered_by_what_still_holds_or_refused() {
    let law = law();
    for (parameter, staff) in law.all().flat_map(|p| StaffKind::ALL.iter().map(move |staff| (p, *staff))) {
        for later in LATER.map(day) {
            let holds = parameter.rulings.iter().any(|r| r.applies_to.contains(&staff) && r.interval.contains(later));
            let answer = answer(&law, parameter, staff, later);
            let expected: &[&str] = if holds { &["value", "absent"] } else { &["outside_known_law", "not_for_this_staff"] };
            assert!(expected.contains(&answer), "{} for {staff} on {later}: {answer}", parameter.key);
        }
    }
}

#[test]
fn the_day_before_the_first_known_one_is_refused() {
    let law = law();
    let mut looked_at = 0;
    for (parameter, staff) in law.all().flat_map(|p| StaffKind::ALL.iter().map(move |staff| (p, *staff))) {
        let known = parameter.rulings.iter().filter(|r| r.applies_to.contains(&staff)).map(|r| r.interval.from());
        let Some(before) = known.min().and_then(Date::previous_day) else { continue };
        assert_eq!(answer(&law, parameter, staff, before), "outside_known_law", "{} for {staff} on {before}", parameter.key);
        looked_at += 1;
    }
    assert!(looked_at > 20);
}

#[test]
fn a_refusal_has_a_way_out_in_both_languages() {
    let on = GoverningDate { kind: law::GoverningKind::Sending, day: day("1990-01-01") };
    let refused = law().find("regimes.training", StaffKind::CongChuc, on).unwrap_err();
    assert!(matches!(refused, NoLaw::OutsideKnownLaw { .. }));
    let (words, way_out) = (refused.words(), refused.way_out());
    assert!([&words.vi, &words.en, &way_out.vi, &way_out.en].iter().all(|text| !text.is_empty()));
}
