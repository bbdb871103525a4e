//! Rows agree with one another: postings, attendances, classes, certificates.
//! Not for: numbers of the published tables.

use std::collections::{BTreeMap, BTreeSet};

use domain::people::{QualificationKind, Sex};
use domain::training::{ClassStatus, FollowUpKind, Outcome, TrainingKind};

use super::{TODAY, Whole, generate, holds, usual};
use crate::days::{DISTRICTS_END, FOUNDING};

fn check_postings(whole: &Whole) {
    let units: BTreeMap<i64, _> = whole.frame.units.iter().map(|u| (u.id, u)).collect();
    let births: BTreeMap<i64, _> = whole.all.officials.iter().map(|o| (o.id, o.birth_on)).collect();
    for (official, postings) in whole.postings() {
        for pair in postings.windows(2) {
            assert!(pair[0].ends_on.is_some_and(|end| end <= pair[1].starts_on), "postings of {official} overlap");
        }
        assert!(domain::time::age(births[&official], postings[0].starts_on) >= 18);
        for p in postings {
            let unit = units[&p.unit];
            assert!(p.ends_on.is_none_or(|end| p.starts_on < end && end <= TODAY), "{p:?}");
            assert!(unit.starts_on <= p.starts_on && p.starts_on <= TODAY);
            assert!(unit.ends_on.is_none_or(|life| p.ends_on.is_some_and(|end| end <= life)), "{p:?} outlives {}", unit.name);
            assert_eq!((p.level, p.bloc), (unit.level, unit.bloc));
            assert!(p.group.is_none() || p.leadership.is_some());
        }
    }
}

fn check_records(whole: &Whole) {
    let postings = whole.postings();
    let classes: BTreeMap<i64, _> = whole.frame.classes.iter().map(|c| (c.id, c)).collect();
    let mut by_person: BTreeMap<i64, Vec<_>> = BTreeMap::new();
    for r in &whole.all.records {
        let at = postings[&r.official].iter().find(|p| holds(p, r.starts_on)).unwrap_or_else(|| panic!("{r:?} without a post"));
        assert_eq!((r.staff, r.unit, r.group), (at.staff, at.unit, at.group));
        assert!(r.starts_on <= TODAY && r.ends_on.is_none_or(|end| r.starts_on <= end && end <= TODAY), "{r:?}");
        assert_eq!(r.ends_on.is_none(), r.outcome == Outcome::Studying);
        assert_eq!(r.kind == TrainingKind::Education, r.degree.is_some() && r.content.is_none());
        if let Some(class) = r.class {
            let c = classes[&class];
            assert_eq!(
                (c.starts_on, c.form, c.content, c.programme, &c.scheme, &c.topic),
                (r.starts_on, r.form, r.content, r.programme, &r.scheme, &r.topic)
            );
            assert!(matches!(c.status, ClassStatus::Running | ClassStatus::Finished), "{c:?}");
        }
        by_person.entry(r.official).or_default().push(r);
    }
    for records in by_person.values_mut() {
        records.sort_by_key(|r| r.starts_on);
        for pair in records.windows(2) {
            assert!(pair[0].ends_on.is_some_and(|end| end < pair[1].starts_on), "two at the same time: {pair:?}");
        }
    }
}

fn check_ids(whole: &Whole, people: usize) {
    let ids = |rows: Vec<i64>| rows.into_iter().collect::<BTreeSet<_>>().len();
    assert_eq!(ids(whole.all.officials.iter().map(|o| o.id).collect()), people);
    assert_eq!(whole.all.officials.len(), people);
    assert_eq!(ids(whole.all.records.iter().map(|r| r.id).collect()), whole.all.records.len());
    assert_eq!(ids(whole.frame.classes.iter().map(|c| c.id).collect()), whole.frame.classes.len());
    assert_eq!(whole.frame.classes.iter().map(|c| &c.code).collect::<BTreeSet<_>>().len(), whole.frame.classes.len());
    assert_eq!(whole.all.officials.iter().map(|o| &o.code).collect::<BTreeSet<_>>().len(), people);
}

#[test]
fn main_postings_never_overlap_and_stay_within_the_life_of_their_unit() {
    check_postings(usual());
}

#[test]
fn a_record_agrees_with_the_post_of_its_first_day_and_nobody_attends_two_things_at_once() {
    check_records(usual());
}

#[test]
fn a_big_province_keeps_every_promise_of_a_small_one() {
    let big = generate(60_000, TODAY);
    check_postings(&big);
    check_records(&big);
    check_ids(&big, 60_000);
    let filler = big.all.records.iter().filter(|r| r.official > 6_000).count();
    assert!((7 * 54_000..9 * 54_000).contains(&filler), "about eight records each, not {filler}");
}

#[test]
fn ids_and_codes_are_unique() {
    check_ids(usual(), 12_000);
}

#[test]
fn filler_never_leads_and_attends_nothing_before_2024() {
    let whole = usual();
    assert!(whole.all.records.iter().filter(|r| r.official > 6_000).all(|r| r.starts_on.year() >= 2024));
    assert!(whole.all.postings.iter().filter(|p| p.official > 6_000).all(|p| p.group.is_none()));
}

#[test]
fn classes_say_what_their_days_say_and_are_led_by_a_living_unit() {
    let whole = usual();
    let units: BTreeMap<i64, _> = whole.frame.units.iter().map(|u| (u.id, u)).collect();
    for c in &whole.frame.classes {
        let lead = units[&c.lead_unit];
        assert!(lead.starts_on <= c.starts_on && lead.ends_on.is_none_or(|end| c.starts_on < end), "{c:?}");
        assert!(c.starts_on <= c.ends_on && c.starts_on >= FOUNDING);
        let expected = match c.status {
            ClassStatus::Cancelled => continue,
            ClassStatus::Planned => c.starts_on > TODAY,
            ClassStatus::Running => c.starts_on <= TODAY && c.ends_on > TODAY,
            ClassStatus::Finished => c.ends_on <= TODAY,
            // Who keeps classes takes them further than the history does.
            ClassStatus::Enrolling | ClassStatus::Recognised | ClassStatus::Closed => false,
        };
        assert!(expected, "{c:?}");
    }
    let statuses: BTreeSet<_> = whole.frame.classes.iter().map(|c| c.status).collect();
    assert_eq!(statuses.len(), 4, "every state that a history has occurs: {statuses:?}");
}

#[test]
fn nothing_is_granted_judged_or_reported_in_the_future() {
    let all = &usual().all;
    assert!(all.qualifications.iter().all(|q| q.granted_on <= TODAY));
    assert!(all.ratings.iter().all(|r| r.on <= TODAY));
    assert!(all.receipts.iter().all(|r| r.on <= TODAY));
    let ends: BTreeMap<i64, _> = all.records.iter().map(|r| (r.id, r.ends_on)).collect();
    for f in &all.follow_ups {
        let end = ends[&f.record].unwrap();
        assert!(end < f.on && f.on <= TODAY);
        if f.kind == FollowUpKind::Evaluated {
            assert!(f.on >= domain::time::add_months(end, 3).unwrap());
        }
    }
}

#[test]
fn everybody_holds_a_degree_and_minorities_are_about_eight_in_a_hundred() {
    let whole = usual();
    let qualifications = whole.qualifications();
    for o in &whole.all.officials {
        assert!(qualifications[&o.id].iter().any(|q| q.kind == QualificationKind::Professional), "{o:?}");
    }
    let minority = whole.all.officials.iter().filter(|o| o.ethnicity != 1).count();
    assert!((60..=100).contains(&(minority * 1000 / whole.all.officials.len())));
    assert!(whole.all.officials.iter().filter(|o| o.sex == Sex::Female).count() > 4_000);
}

#[test]
fn a_third_of_those_moved_to_communes_do_not_fit_their_post() {
    let whole = usual();
    let moved: Vec<_> =
        whole.all.postings.iter().filter(|p| p.starts_on == DISTRICTS_END && p.level == domain::orgs::Level::Commune).collect();
    let unfit = moved.iter().filter(|p| !p.fits_post).count();
    assert!(moved.len() > 1_000);
    assert!((31..=39).contains(&(unfit * 100 / moved.len())));
    let chairs = moved.iter().filter(|p| p.leadership == Some(domain::people::Leadership::CommuneChair)).count();
    assert_eq!(chairs, 78, "every commune has a chair");
}

#[test]
fn no_body_has_two_heads_today() {
    let mut heads = BTreeMap::new();
    for p in usual().all.postings.iter().filter(|p| holds(p, TODAY) && p.group == Some(domain::people::LeaderGroup::N1)) {
        assert_eq!(heads.insert(p.unit, p.official), None, "two heads of {}", p.unit);
    }
    assert!(heads.len() > 25);
}
