//! The six shipped schemes: readable, complete, consistent with one another and with the list of actors.
//! Not for: mistakes in files (`faults`).

use std::collections::BTreeSet;

use domain::schemes::{Measure, QuotaAgency, QuotaCounts, Rule, Scheme};
use domain::time::date;
use domain::training::ClassForm;

fn scheme(code: &str) -> Scheme {
    let builtin = schemefile::builtin().iter().find(|b| b.code == code).unwrap();
    schemefile::parse(builtin.text)
        .unwrap_or_else(|faults| panic!("{code}\n{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

fn all() -> Vec<Scheme> {
    schemefile::builtin().iter().map(|b| scheme(b.code)).collect()
}

fn codes<'a, T>(list: &'a [T], code: impl Fn(&'a T) -> &'a str) -> Vec<&'a str> {
    list.iter().map(code).collect()
}

#[test]
fn every_file_reads_and_carries_the_code_of_its_name() {
    for builtin in schemefile::builtin() {
        assert_eq!(scheme(builtin.code).code, builtin.code);
    }
}

#[test]
fn every_target_of_the_five_documents_is_there_once() {
    let expected = [
        ("binh-dinh-2023", vec!["T0.1", "T0.2", "T0.3", "T0.4", "T0.5", "T0.6", "T0.7", "T0.8", "T0.9", "T0.10", "T0.11"]),
        ("qd-700-2026", vec!["T1.3", "T1.4", "T1.5", "T1.6"]),
        ("cao-bang-2026", vec!["T1.1", "T1.2"]),
        ("quang-nam-2024", vec!["T2.1", "T2.2", "T2.3", "T2.4", "T2.5", "T2.6"]),
        ("lang-son-2021", vec!["T3.1", "T3.2", "T3.3"]),
        ("dong-thap-2021", vec!["T4.1", "T4.2", "T4.3"]),
    ];
    for (code, targets) in expected {
        assert_eq!(codes(&scheme(code).targets, |t| &t.code), targets, "{code}");
    }
}

#[test]
fn every_rule_stands_with_the_documents_that_state_it() {
    let expected = [
        ("binh-dinh-2023", vec!["R9", "R10", "R11"]),
        ("cao-bang-2026", vec!["R12", "KH", "R13", "R14", "R18"]),
        ("quang-nam-2024", vec!["R1", "R2", "R3", "R4", "R5", "R6", "HD", "R7", "R8", "R15", "R20", "R21", "R22", "AI.C", "AI.form"]),
        ("lang-son-2021", vec!["R8", "R9", "R16", "R17", "R18"]),
        ("dong-thap-2021", vec!["R19"]),
    ];
    for (code, rules) in expected {
        assert_eq!(codes(&scheme(code).rules, |r| &r.code), rules, "{code}");
    }
    let numbers: BTreeSet<u32> =
        all().iter().flat_map(|s| s.rules.clone()).filter_map(|r| r.code.strip_prefix('R')?.parse().ok()).collect();
    assert_eq!(numbers, (1..=22).collect());
}

#[test]
fn thresholds_are_those_of_the_documents() {
    let expected = [
        ("T0.1", Rule::Between(3_000, 5_000)),
        ("T0.3", Rule::Between(2, 3)),
        ("T0.4", Rule::AtLeast(3)),
        ("T0.5", Rule::Between(7, 10)),
        ("T0.10", Rule::Between(30, 50)),
        ("T0.11", Rule::Between(50, 70)),
        ("T1.3", Rule::AtLeast(10_000)),
        ("T1.4", Rule::AtLeast(5_000)),
        ("T2.1", Rule::AtLeast(2_000)),
        ("T2.2", Rule::AtLeast(2)),
        ("T2.3", Rule::AtLeast(500)),
        ("T2.4", Rule::AtLeast(5_000)),
        ("T2.5", Rule::AtLeast(4_000)),
        ("T2.6", Rule::Yes),
        ("T3.3", Rule::Yes),
        ("T4.3", Rule::MoreThan(9_000)),
    ];
    let schemes = all();
    for (code, rule) in expected {
        let target = schemes.iter().find_map(|s| s.target(code)).unwrap();
        assert_eq!(target.threshold.rule, rule, "{code}");
    }
    let hundred = ["T0.2", "T0.6", "T0.7", "T0.8", "T0.9", "T1.1", "T1.2", "T1.5", "T3.1", "T3.2", "T4.1", "T4.2"];
    for code in hundred {
        assert_eq!(schemes.iter().find_map(|s| s.target(code)).unwrap().threshold.rule, Rule::AtLeast(10_000), "{code}");
    }
}

#[test]
fn the_leaders_of_quang_nam_are_fixed_in_january_2024_and_the_phases_share_2026() {
    let scheme = scheme("quang-nam-2024");
    let day = date(2024, 1, 31);
    for code in ["T2.1", "T2.3", "T2.4", "T2.5"] {
        let frozen = match &scheme.target(code).unwrap().measure {
            Measure::ShareOfPeople { of, .. } | Measure::StateOfPeople { of, .. } => of.frozen_on,
            _ => None,
        };
        assert_eq!(frozen, day, "{code}");
    }
    assert!(scheme.target("T2.1").unwrap().phase.overlaps(&scheme.target("T2.4").unwrap().phase));
    assert_eq!(scheme.target("T2.2").unwrap().inner.as_ref().unwrap().at_least, 1);
}

/// Events that Annex I asks for in a year.
fn events(scheme: &Scheme, wanted: ClassForm) -> i64 {
    scheme
        .quotas
        .iter()
        .filter_map(|q| match &q.counts {
            QuotaCounts::Events { form, topics, per_topic } if *form == wanted => {
                Some(q.at_least * if *per_topic { i64::try_from(topics.len()).unwrap() } else { 1 })
            }
            _ => None,
        })
        .sum()
}

#[test]
fn annex_one_asks_for_25_classes_6_delegations_and_5_workshops_a_year() {
    let scheme = scheme("quang-nam-2024");
    assert_eq!(scheme.topics.len(), 25);
    assert_eq!(
        (events(&scheme, ClassForm::Class), events(&scheme, ClassForm::Delegation), events(&scheme, ClassForm::Workshop)),
        (25, 6, 5)
    );
}

#[test]
fn annex_two_gives_60_places_and_5_more_for_each_district_and_1_for_each_department() {
    let (mut fixed, mut district, mut department) = (0, 0, 0);
    for quota in scheme("quang-nam-2024").quotas.iter().filter(|q| matches!(q.counts, QuotaCounts::Places { .. })) {
        for agency in &quota.agencies {
            match agency {
                QuotaAgency::Each(group) if group == "ubnd-huyen" => district += quota.at_least,
                QuotaAgency::Each(_) => department += quota.at_least,
                QuotaAgency::One(_) | QuotaAgency::Together(_) => fixed += quota.at_least,
            }
        }
    }
    assert_eq!((fixed, district, department), (60, 5, 1));
}

#[test]
fn actors_are_those_of_the_list_and_schemes_carried_out_exist() {
    let listed: BTreeSet<&str> = include_str!("../../../../schemes/ACTORS.md")
        .lines()
        .filter_map(|l| l.strip_prefix("| `")?.split_once('`').map(|(code, _)| code))
        .collect();
    let schemes = all();
    for scheme in &schemes {
        for actor in &scheme.actors {
            assert!(listed.contains(actor.code.as_str()), "{}: {}", scheme.code, actor.code);
        }
        if let Some(under) = &scheme.under {
            assert!(schemes.iter().any(|s| &s.code == under), "{under}");
        }
    }
}

/// Sections with assigned work, so that no paragraph is lost when a file is edited.
#[test]
fn every_paragraph_that_assigns_work_has_its_tasks() {
    let expected: [(&str, &[&str]); 5] = [
        (
            "binh-dinh-2023",
            &["V.1.a", "V.1.b", "V.2", "V.3", "V.4", "V.5", "V.6", "V.7", "V.8", "V.9", "V.10", "V.11", "V.12", "V.13", "V.14.c", "V.15.g"],
        ),
        (
            "cao-bang-2026",
            &[
                "IV.1", "IV.2.a", "IV.2.b", "IV.2.c", "IV.3.a", "IV.3.b", "IV.4", "IV.5", "IV.6.a", "IV.6.b", "V.1", "V.2.c", "V.3.b",
                "V.4.h", "V.5.b",
            ],
        ),
        (
            "quang-nam-2024",
            &[
                "PI.A.programme",
                "PI.H.classes",
                "II.V.1.e",
                "II.V.2.b",
                "II.VII.6",
                "III.1.d",
                "III.2.g",
                "III.3.d",
                "III.4.a",
                "III.5.d",
                "III.6.e",
                "III.7.d",
            ],
        ),
        ("lang-son-2021", &["1.g", "2.dd", "3.dd", "4.d", "5", "6.a", "6.b", "6.c"]),
        ("dong-thap-2021", &["PL.1", "PL.2", "PL.3", "PL.4", "PL.5", "PL.6", "IV.1.dd", "IV.2", "IV.3.b", "IV.4", "IV.5.d"]),
    ];
    for (code, tasks) in expected {
        let scheme = scheme(code);
        for task in tasks {
            assert!(scheme.tasks.iter().any(|t| &t.code == task), "{code}: {task}");
        }
    }
}

#[test]
fn target_codes_are_unique_over_all_schemes_and_every_scheme_assigns_work() {
    let schemes = all();
    let codes: Vec<&str> = schemes.iter().flat_map(|s| codes(&s.targets, |t| &t.code)).collect();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    for scheme in &schemes {
        assert!(!scheme.tasks.is_empty(), "{}", scheme.code);
    }
}
