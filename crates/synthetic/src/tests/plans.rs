//! The targets of the shipped schemes find every state in the generated years.
//! Not for: measuring targets; that is for `store`, these are rough counts.

use std::collections::{BTreeMap, BTreeSet};

use domain::orgs::Level;
use domain::people::{Appointment, Band, Degree, Duty, LeaderGroup, QualificationKind, RatingKind, StaffKind};
use domain::training::{ClassForm, ContentGroup, Outcome, Programme, TrainingKind};

use super::{TODAY, holds, usual};
use crate::days::COUNTING;
use crate::topics::SCHEME;

#[test]
fn fourteen_to_seventeen_in_a_hundred_leaders_are_trained_under_the_scheme() {
    let all = &usual().all;
    let leaders: BTreeSet<i64> = all.postings.iter().filter(|p| p.group.is_some() && holds(p, COUNTING)).map(|p| p.official).collect();
    let trained: BTreeSet<i64> = all
        .records
        .iter()
        .filter(|r| r.scheme.as_deref() == Some(SCHEME) && r.outcome == Outcome::Finished && leaders.contains(&r.official))
        .map(|r| r.official)
        .collect();
    let share = trained.len() * 1000 / leaders.len();
    assert!((140..=170).contains(&share), "{share} per mille");
}

#[test]
fn each_year_of_the_scheme_sends_two_delegations_one_of_them_with_heads() {
    let whole = usual();
    for year in [2024, 2025, 2026] {
        let abroad: Vec<_> = whole
            .frame
            .classes
            .iter()
            .filter(|c| c.form == ClassForm::Delegation && c.starts_on.year() == year && c.scheme.is_some())
            .collect();
        assert_eq!(abroad.len(), 2);
        let heads = |class: i64| {
            let mut roster = whole.all.records.iter().filter(|r| r.class == Some(class));
            roster.any(|r| matches!(r.group, Some(LeaderGroup::N1 | LeaderGroup::N2)))
        };
        assert!(abroad.iter().any(|c| heads(c.id)));
        let births: BTreeMap<i64, _> = whole.all.officials.iter().map(|o| (o.id, o.birth_on)).collect();
        let young = whole
            .all
            .records
            .iter()
            .filter(|r| r.abroad && r.starts_on.year() == year && domain::time::age(births[&r.official], r.starts_on) < 45);
        assert_eq!(young.count(), 2);
    }
}

#[test]
fn leadership_and_public_duty_classes_have_the_planned_number_and_size() {
    let whole = usual();
    let mut rosters: BTreeMap<i64, usize> = BTreeMap::new();
    for r in &whole.all.records {
        if let Some(class) = r.class {
            *rosters.entry(class).or_default() += 1;
        }
    }
    for (year, leadership, duty) in [(2023, 2, 7), (2024, 4, 8), (2025, 5, 7)] {
        let sized = |c: &&crate::rows::Class| (40..=50).contains(&rosters[&c.id]);
        let of_year = || whole.frame.classes.iter().filter(move |c| c.starts_on.year() == year && c.form == ClassForm::Class);
        assert_eq!(of_year().filter(|c| c.content == Some(ContentGroup::Leadership)).filter(sized).count(), leadership, "{year}");
        assert_eq!(of_year().filter(|c| c.programme == Some(Programme::PublicDuty)).count(), duty, "{year}");
    }
}

#[test]
fn postgraduate_sendings_are_near_what_the_plans_ask() {
    let all = &usual().all;
    for (year, degrees, specialists) in [(2023, 38..=38, 51..=51), (2024, 30..=50, 50..=70), (2025, 22..=50, 35..=55)] {
        let sent = |wanted: &[Degree]| {
            all.records
                .iter()
                .filter(|r| r.kind == TrainingKind::Education && r.starts_on.year() == year && wanted.contains(&r.degree.unwrap()))
                .count()
        };
        let counted = (sent(&[Degree::Master, Degree::Doctor]), sent(&[Degree::Specialist1, Degree::Specialist2]));
        assert!(degrees.contains(&counted.0) && specialists.contains(&counted.1), "{year}: {counted:?}");
    }
}

#[test]
fn commune_programmes_run_from_june_2026() {
    let all = &usual().all;
    for programme in [Programme::Specialised, Programme::GeneralState, Programme::Sector] {
        let mut attended = all.records.iter().filter(|r| r.programme == Some(programme)).peekable();
        assert!(attended.peek().is_some());
        assert!(attended.all(|r| r.starts_on >= crate::days::COMMUNE_PROGRAMME && r.staff != StaffKind::VienChuc));
    }
    let commune = all.postings.iter().filter(|p| p.level == Level::Commune && p.staff != StaffKind::VienChuc && holds(p, TODAY)).count();
    assert!(commune > 2_500, "{commune}");
}

#[test]
fn appointments_follow_certificates_mostly_but_not_always() {
    let whole = usual();
    let qualifications = whole.qualifications();
    for (appointment, kind) in [
        (Appointment::Leadership, QualificationKind::LeadershipCourse),
        (Appointment::ProfessionalTitle, QualificationKind::ProfessionalTitle),
    ] {
        let appointed: Vec<_> =
            whole.all.postings.iter().filter(|p| p.appointment == Some(appointment) && p.starts_on.year() >= 2023).collect();
        let met =
            appointed.iter().filter(|p| qualifications[&p.official].iter().any(|q| q.kind == kind && q.granted_on < p.starts_on)).count();
        let share = met * 100 / appointed.len();
        assert!(appointed.len() > 100 && (70..98).contains(&share), "{appointment}: {met} of {}", appointed.len());
    }
}

#[test]
fn advisers_on_reform_are_trained_equipped_and_more_than_nine_in_ten_are_good() {
    let all = &usual().all;
    let advisers: BTreeSet<i64> = all.postings.iter().filter(|p| p.duty == Some(Duty::AdministrativeReform)).map(|p| p.official).collect();
    assert_eq!(advisers.len(), 250);
    let trained: BTreeSet<i64> = all
        .records
        .iter()
        .filter(|r| {
            r.content == Some(ContentGroup::AdministrativeReform)
                && (2022..=2025).contains(&r.starts_on.year())
                && advisers.contains(&r.official)
        })
        .map(|r| r.official)
        .collect();
    assert!((150..=250).contains(&trained.len()), "{}", trained.len());
    let mut latest: BTreeMap<i64, _> = BTreeMap::new();
    for rating in all.ratings.iter().filter(|r| r.kind == RatingKind::ReformAdvice) {
        latest
            .entry(rating.official)
            .and_modify(|r: &mut &crate::rows::Rating| {
                if r.on < rating.on {
                    *r = rating
                }
            })
            .or_insert(rating);
    }
    let good = latest.values().filter(|r| r.band.rank() >= Band::Good.rank()).count();
    assert!(good * 100 > 90 * latest.len() && good < latest.len(), "{good} of {}", latest.len());
}

#[test]
fn some_reach_forty_periods_in_a_year() {
    let all = &usual().all;
    let mut periods: BTreeMap<i64, i32> = BTreeMap::new();
    for r in all.records.iter().filter(|r| r.kind == TrainingKind::Training && r.ends_on.is_some_and(|end| end.year() == 2025)) {
        *periods.entry(r.official).or_default() += r.periods;
    }
    let enough = periods.values().filter(|p| **p >= 40).count();
    assert!((1_000..9_000).contains(&enough), "{enough}");
}
