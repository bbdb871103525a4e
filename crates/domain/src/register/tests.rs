//! Worked cases of the rules of the register, on both sides of each.
//! Not for: who may write.

use super::*;

fn day(text: &str) -> Date {
    crate::time::parse(text).unwrap()
}

#[test]
fn identities_on_both_sides_of_every_rule() {
    let good = IdentityFacts {
        code: "CB.0001",
        name: "Hồ Thị Bình",
        birth_on: day("1985-03-31"),
        ethnicity: 26,
        citizen_number: Some("049185001234"),
        recruited_on: Some(day("2008-06-01")),
    };
    let today = day("2026-11-23");
    let cases: [(IdentityFacts<'_>, &[IdentityFault]); 15] = [
        (good, &[]),
        (IdentityFacts { name: "  ", ..good }, &[IdentityFault::NoName]),
        (IdentityFacts { code: "", ..good }, &[IdentityFault::BadCode]),
        (IdentityFacts { code: "CB 1", ..good }, &[IdentityFault::BadCode]),
        (IdentityFacts { code: "../x", ..good }, &[IdentityFault::BadCode]),
        (IdentityFacts { birth_on: today.next_day().unwrap(), recruited_on: None, ..good }, &[IdentityFault::BornInFuture]),
        (IdentityFacts { birth_on: day("2011-11-23"), recruited_on: None, ..good }, &[]),
        (IdentityFacts { birth_on: day("2011-11-24"), recruited_on: None, ..good }, &[IdentityFault::OddAge]),
        (IdentityFacts { birth_on: day("1915-01-01"), ..good }, &[IdentityFault::OddAge]),
        (IdentityFacts { citizen_number: Some("123456789"), ..good }, &[]),
        (IdentityFacts { citizen_number: Some("1234567890"), ..good }, &[IdentityFault::BadCitizenNumber]),
        (IdentityFacts { citizen_number: Some("04918500123x"), ..good }, &[IdentityFault::BadCitizenNumber]),
        (IdentityFacts { ethnicity: 0, ..good }, &[IdentityFault::UnknownEthnicity]),
        (IdentityFacts { ethnicity: 55, ..good }, &[IdentityFault::UnknownEthnicity]),
        (IdentityFacts { recruited_on: Some(day("1999-12-31")), ..good }, &[IdentityFault::OddRecruitment]),
    ];
    for (facts, faults) in cases {
        assert_eq!(identity_faults(&facts, today), faults, "{facts:?}");
    }
}

#[test]
fn postings_on_both_sides_of_every_rule() {
    let unit = Interval::new(day("2010-01-01"), Some(day("2025-07-01"))).unwrap();
    let others = [Interval::new(day("2012-01-01"), Some(day("2015-01-01"))).unwrap()];
    let good = PostingFacts {
        from: day("2015-01-01"),
        to: Some(day("2025-07-01")),
        others: &others,
        unit,
        birth_on: day("1985-03-31"),
        died_on: None,
    };
    let cases: [(PostingFacts<'_>, &[PostingFault]); 9] = [
        (good, &[]),
        (PostingFacts { to: Some(good.from), ..good }, &[PostingFault::EndsBeforeStart]),
        (PostingFacts { to: Some(day("2025-07-02")), ..good }, &[PostingFault::OutsideUnit]),
        (PostingFacts { to: None, ..good }, &[PostingFault::OutsideUnit]),
        (PostingFacts { from: day("2009-12-31"), to: Some(day("2012-01-01")), ..good }, &[PostingFault::OutsideUnit]),
        (PostingFacts { from: day("2014-12-31"), ..good }, &[PostingFault::Overlaps]),
        (PostingFacts { from: day("2010-01-01"), to: Some(day("2012-01-01")), ..good }, &[]),
        (PostingFacts { birth_on: day("2000-01-02"), ..good }, &[PostingFault::TooYoung]),
        (PostingFacts { died_on: Some(day("2015-01-01")), ..good }, &[PostingFault::AfterDeath]),
    ];
    for (facts, faults) in cases {
        assert_eq!(posting_faults(&facts), faults, "{facts:?}");
    }
}

#[test]
fn only_ends_that_leave_the_service_are_chosen_by_hand() {
    let leaving: Vec<&str> = Ending::ALL.iter().filter(|e| e.leaves()).map(|e| e.code()).collect();
    assert_eq!(leaving, ["retired", "resigned", "dismissed", "term_over", "died"]);
    assert!(Ending::Retired.may_return() && !Ending::Died.may_return());
}
