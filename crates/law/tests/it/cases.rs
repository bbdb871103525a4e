//! Runs the worked cases of `cases/*.toml`.
//! Not for: what the cases say; a lawyer reads them in their files.

use crate::{cases, date, day, law, number, text};
use domain::people::StaffKind;
use domain::time::{Date, iso};
use law::commitment::{commitment_months, rounded_months};
use law::parameters::Parameter;
use law::postgraduate::{Eligibility, PostgraduateFacts, judge};
use law::recovery::{Cause, Exemption, RecoveryFacts, Reduction, ReductionGroup, recovery};
use law::survey::{Score, acceptance_band, form_counts, learner_grade, survey_band};
use law::{Citation, CourseEnd, EvaluationDate, GoverningDate, Law, SendingDate};
use std::collections::BTreeSet;
use toml_edit::{Item, Table};

fn staff(table: &Table) -> StaffKind {
    StaffKind::from_code(text(table, "staff")).unwrap()
}

fn sent_on(table: &Table) -> SendingDate {
    SendingDate(date(table, "sent_on").unwrap())
}

/// (key, staff, day, expected) of every look-up case.
fn lookups() -> Vec<(String, StaffKind, Date, String)> {
    let mut all = Vec::new();
    for case in cases("lookup") {
        for who in case["staff"].as_array().unwrap() {
            for line in case["days"].as_array().unwrap() {
                let pair: Vec<_> = line.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
                let who = StaffKind::from_code(who.as_str().unwrap()).unwrap();
                all.push((text(&case, "key").to_owned(), who, day(pair[0]), pair[1].to_owned()));
            }
        }
    }
    all
}

#[test]
fn every_lookup_case_gives_its_value_or_refusal() {
    let law = law();
    for (key, staff, day, expected) in lookups() {
        let kind = law.parameter(&key).unwrap_or_else(|| panic!("no parameter {key}")).governed_by;
        let found = law.lookup(&key, staff, GoverningDate { kind, day });
        let found = found.map_or_else(|refusal| refusal.code().to_owned(), |explained| explained.value.to_string());
        assert_eq!(found, expected, "{key} {staff} {}", iso(day));
    }
}

fn boundaries(parameter: &Parameter, staff: StaffKind) -> BTreeSet<Date> {
    let own = parameter.rulings.iter().filter(|ruling| ruling.applies_to.contains(&staff));
    own.flat_map(|ruling| [Some(ruling.interval.from()), ruling.interval.to()]).flatten().collect()
}

#[test]
fn every_dated_boundary_has_a_case_on_both_sides() {
    let (law, lookups) = (law(), lookups());
    let covered: BTreeSet<_> = lookups.iter().map(|(key, staff, day, _)| (key.as_str(), *staff, *day)).collect();
    let mut missing = Vec::new();
    for parameter in law.all() {
        for staff in StaffKind::ALL {
            for first in boundaries(parameter, *staff) {
                for day in [first.previous_day().unwrap(), first] {
                    if !covered.contains(&(parameter.key.as_str(), *staff, day)) {
                        missing.push(format!("{} {staff} {}", parameter.key, iso(day)));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "no case for:\n{}", missing.join("\n"));
}

#[test]
fn every_case_cites_a_known_act() {
    let law = law();
    for name in ["recovery", "postgraduate", "commitment", "months", "band", "form", "sending", "retirement"] {
        let all = cases(name);
        assert!(!all.is_empty(), "{name}");
        for case in all {
            let cite = Citation::parse(text(&case, "cite")).unwrap();
            assert!(law.act(&cite.act).is_some(), "{cite}");
        }
    }
}

fn recovery_facts(case: &Table) -> RecoveryFacts {
    let reduction = case.get("reduction").and_then(Item::as_inline_table).map(|table| {
        let number = |field| u16::try_from(table.get(field).unwrap().as_integer().unwrap()).unwrap();
        let group = ReductionGroup::from_code(table.get("group").unwrap().as_str().unwrap()).unwrap();
        Reduction { years: number("years"), group, decided_basis_points: number("rate") }
    });
    let months = |field| u32::try_from(number(case, field).unwrap_or(0)).unwrap();
    RecoveryFacts {
        staff: staff(case),
        sent_on: sent_on(case),
        cause: Cause::from_code(text(case, "cause")).unwrap(),
        cost: number(case, "cost").unwrap(),
        promised_months: months("promised"),
        served_months: months("served"),
        reduction,
        exemption: case.get("exemption").map(|code| Exemption::from_code(code.as_str().unwrap()).unwrap()),
    }
}

#[test]
fn every_recovery_case_gives_its_amount_or_refusal() {
    let law = law();
    for case in cases("recovery") {
        let name = text(&case, "name");
        let found = recovery(&law, &recovery_facts(&case));
        match (number(&case, "expect"), found) {
            (Some(payable), Ok(found)) => {
                assert_eq!(found.value.payable, payable, "{name}");
                assert_eq!(found.value.charged - found.value.reduction, payable, "{name}");
                if let Some(charged) = number(&case, "charged") {
                    assert_eq!(found.value.charged, charged, "{name}");
                }
                assert!(found.steps.len() >= 2 && !found.used.is_empty(), "{name} explains itself");
            }
            (None, Err(refusal)) => assert_eq!(refusal.code(), text(&case, "expect"), "{name}"),
            (_, found) => panic!("{name}: {found:?}"),
        }
    }
}

fn postgraduate_facts(case: &Table) -> PostgraduateFacts {
    let or = |field, default: &str| date(case, field).unwrap_or_else(|| day(default));
    PostgraduateFacts {
        staff: staff(case),
        sent_on: sent_on(case),
        born_on: or("born", "1990-05-10"),
        first_sent_on: date(case, "first"),
        service_from: Some(or("service_from", "2015-01-01")),
        rated_years: u8::try_from(number(case, "rated").unwrap_or(2)).unwrap(),
        field_fits_post: case.get("field").and_then(Item::as_bool).unwrap_or(true),
        study_months: u16::try_from(number(case, "study").unwrap_or(24)).unwrap(),
        promised_months: u32::try_from(number(case, "promised").unwrap_or(72)).unwrap(),
    }
}

#[test]
fn every_postgraduate_case_gives_its_reasons_or_refusal() {
    let law = law();
    for case in cases("postgraduate") {
        let found = match judge(&law, &postgraduate_facts(&case)) {
            Err(refusal) => refusal.code().to_owned(),
            Ok(found) => match found.value {
                Eligibility::Eligible => String::new(),
                Eligibility::NotEligible(unmet) => {
                    assert!(unmet.iter().all(|unmet| !unmet.cites.is_empty()));
                    unmet.iter().map(|unmet| unmet.reason.code()).collect::<Vec<_>>().join(",")
                }
            },
        };
        assert_eq!(found, text(&case, "expect"), "{}", text(&case, "name"));
    }
}

#[test]
fn someone_on_probation_has_no_years_of_service() {
    let mut facts = postgraduate_facts(&cases("postgraduate")[0]);
    facts.service_from = None;
    let Eligibility::NotEligible(unmet) = judge(&law(), &facts).unwrap().value else { panic!("eligible") };
    assert_eq!(unmet[0].reason.code(), "service_too_short");
}

#[test]
fn every_commitment_case_gives_its_months_or_refusal() {
    let law = law();
    for case in cases("commitment") {
        let study = u16::try_from(number(&case, "study").unwrap()).unwrap();
        let found = commitment_months(&law, staff(&case), sent_on(&case), study);
        let found = found.map_or_else(|refusal| refusal.code().to_owned(), |found| found.value.to_string());
        assert_eq!(found, text(&case, "expect"), "{case}");
    }
    for case in cases("months") {
        let (from, until) = (date(&case, "from").unwrap(), date(&case, "until").unwrap());
        let found = rounded_months(&law, staff(&case), sent_on(&case), from, until).unwrap();
        assert_eq!(i64::from(found.value), number(&case, "expect").unwrap(), "{case}");
    }
}

fn band(law: &Law, case: &Table) -> String {
    let (who, on, score) = (staff(case), date(case, "on").unwrap(), Score(number(case, "score").unwrap()));
    let found = match text(case, "scale") {
        "survey" => survey_band(law, who, EvaluationDate(on), score),
        "acceptance" => acceptance_band(law, who, EvaluationDate(on), score),
        "learner" => learner_grade(law, who, CourseEnd(on), score),
        other => panic!("no scale {other}"),
    };
    found.map_or_else(|refusal| refusal.code().to_owned(), |found| found.value.map_or("-".to_owned(), |step| step.code.clone()))
}

#[test]
fn every_band_and_form_case_is_judged_as_written() {
    let law = law();
    for case in cases("band") {
        assert_eq!(band(&law, &case), text(&case, "expect"), "{case}");
    }
    for case in cases("form") {
        let count = |field| u32::try_from(number(&case, field).unwrap()).unwrap();
        let on = EvaluationDate(date(&case, "on").unwrap());
        let found = form_counts(&law, staff(&case), on, count("unanswered"), count("indicators")).unwrap();
        assert_eq!(Some(found.value), case["expect"].as_bool(), "{case}");
    }
}
