//! Who may be sent to a class: the worked cases, and what holds for every class and person.
//! Not for: the values behind the conditions (`cases`).

use crate::{cases, date, day, law, number, text};
use domain::people::{Band, Degree, LeaderGroup, Sex, StaffKind};
use domain::time::{Date, iso};
use domain::training::TrainingKind;
use law::retirement::Roadmap;
use law::sending::{Candidate, Code, Event, Finding, Judge, Weight, judge};
use law::{Law, SendingDate};
use proptest::prelude::*;
use std::sync::LazyLock;
use toml_edit::{Item, Table};

static LAW: LazyLock<Law> = LazyLock::new(crate::law);

fn flag(case: &Table, field: &str, default: bool) -> bool {
    case.get(field).map_or(default, |item| item.as_bool().unwrap())
}

/// A flag that may be "unknown".
fn known(case: &Table, field: &str, default: bool) -> Option<bool> {
    case.get(field).map_or(Some(default), Item::as_bool)
}

fn codes<T>(case: &Table, field: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let all = case.get(field).and_then(Item::as_array);
    all.map(|all| all.iter().map(|code| read(code.as_str().unwrap()).unwrap()).collect()).unwrap_or_default()
}

fn code<T>(case: &Table, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    case.get(field).map(|item| read(item.as_str().unwrap()).unwrap())
}

fn event(case: &Table) -> Event {
    Event {
        kind: code(case, "kind", TrainingKind::from_code).unwrap_or(TrainingKind::Training),
        degree: code(case, "degree", Degree::from_code),
        field: None,
        abroad: flag(case, "abroad", false),
        starts_on: date(case, "starts").unwrap_or_else(|| day("2026-09-07")),
        ends_on: date(case, "ends").unwrap_or_else(|| day("2026-09-18")),
        study_months: u16::try_from(number(case, "study").unwrap_or(24)).unwrap(),
        sent_on: SendingDate(date(case, "sent_on").unwrap()),
        staff: codes(case, "for", StaffKind::from_code),
        groups: codes(case, "groups", LeaderGroup::from_code),
    }
}

fn candidate(case: &Table) -> Candidate {
    let years: Vec<i32> = match case.get("ratings").and_then(Item::as_array) {
        Some(years) => years.iter().map(|year| i32::try_from(year.as_integer().unwrap()).unwrap()).collect(),
        None => (2014..=2029).collect(),
    };
    Candidate {
        staff: StaffKind::from_code(text(case, "staff")).unwrap(),
        sex: code(case, "sex", Sex::from_code).unwrap_or(Sex::Female),
        born_on: date(case, "born").unwrap_or_else(|| day("1990-05-10")),
        group: code(case, "group", LeaderGroup::from_code),
        service_from: Some(date(case, "service_from").unwrap_or_else(|| day("2015-01-01"))),
        first_sent_on: date(case, "first"),
        ratings: years.into_iter().map(|year| (year, Band::Good)).collect(),
        field_fits_post: known(case, "field", true),
        promised_months: u32::try_from(number(case, "promised").unwrap_or(72)).unwrap(),
        opinion_given: flag(case, "opinion", true),
        in_commune: flag(case, "commune", false),
        is_minority: flag(case, "minority", false),
        in_hard_area: known(case, "hard_area", false),
    }
}

fn short(findings: &[Finding]) -> String {
    let mark = |finding: &Finding| if finding.weight == Weight::Soft { "?" } else { "" };
    findings.iter().map(|finding| format!("{}{}", finding.code, mark(finding))).collect::<Vec<_>>().join(",")
}

#[test]
fn every_sending_case_gives_its_codes() {
    let law = law();
    for case in cases("sending") {
        let found = judge(&law, &event(&case), &candidate(&case));
        assert_eq!(short(&found), text(&case, "expect"), "{}", text(&case, "name"));
    }
}

#[test]
fn every_code_has_a_case() {
    let expected: Vec<String> = cases("sending").iter().map(|case| text(case, "expect").to_owned()).collect();
    for code in Code::ALL {
        assert!(expected.iter().flat_map(|codes| codes.split(',')).any(|known| known.trim_end_matches('?') == code.code()), "{code}");
    }
}

#[test]
fn every_birthday_of_the_roadmap_retires_on_its_day() {
    let law = law();
    let roadmap = Roadmap::of(&law, StaffKind::CongChuc).unwrap();
    for case in cases("retirement") {
        let (sex, born) = (Sex::from_code(text(&case, "sex")).unwrap(), date(&case, "born").unwrap());
        let found = roadmap.retirement(sex, born).unwrap();
        assert_eq!(iso(found.last_day), iso(date(&case, "last_day").unwrap()), "{sex} born {born}");
        assert_eq!(found.cites[0].to_string(), text(&case, "cite"));
    }
    assert_eq!(Roadmap::of(&law, StaffKind::KhongChuyenTrach).unwrap_err().code(), "not_for_this_staff");
}

#[test]
fn a_finding_says_what_is_asked_and_found_and_where_it_stands() {
    let mut case = cases("sending")[0].clone();
    case.insert("abroad", toml_edit::value(true));
    let (event, mut candidate) = (event(&case), candidate(&case));
    candidate.ratings = vec![(2024, Band::Excellent)];
    candidate.field_fits_post = Some(true);
    let found = judge(&LAW, &event, &candidate);
    let finding = found.first().unwrap();
    assert_eq!((finding.code, finding.weight, finding.is_verified), (Code::WorkingLifeTooShort, Weight::Soft, false));
    assert_eq!(finding.words.vi, "Cần còn đủ 18 tháng công tác từ ngày 07/09/2026; dự kiến nghỉ hưu ngày 30/09/2025");
    assert_eq!(finding.cites.iter().map(ToString::to_string).collect::<Vec<_>>(), ["nd-101-2017", "nd-135-2020#4"]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn an_unknown_law_brings_its_words_way_out_and_what_was_looked_at() {
    let case = cases("sending").into_iter().find(|case| text(case, "expect") == "law_unknown" && text(case, "staff") == "vien_chuc");
    let case = case.unwrap();
    let found = judge(&LAW, &event(&case), &candidate(&case));
    let finding = found.first().unwrap();
    assert!(!finding.words.vi.is_empty() && finding.cites.iter().any(|cite| cite.act == "nd-259-2026"));
    assert!(finding.way_out.as_ref().is_some_and(|way_out| way_out.vi.contains("pháp chế")));
}

/// The law with every mark of the named files turned into `verified`, as after a person has checked them.
fn checked_law(files: &[&str]) -> Law {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let mut sources = String::new();
    let mut read = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, text) = (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap());
        if name == "sources.toml" {
            sources = text;
            continue;
        }
        let is_checked = files.contains(&name.as_str());
        let text = if is_checked { text.replace("\"from_memory\"", "\"verified\"").replace("\"secondary\"", "\"verified\"") } else { text };
        let name: &'static str = name.leak();
        read.push((name, text));
    }
    let files: Vec<_> = read.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Law::read(("sources.toml", &sources), &files).unwrap()
}

#[test]
fn what_a_person_has_checked_refuses_for_good() {
    let case = |name: &str| cases("sending").into_iter().find(|case| text(case, "name") == name).unwrap();
    let rows = [
        ("n1 without an opinion on 2024-01-18", &["paperwork.toml"][..], "no_opinion"),
        ("a course outside the post", &["abroad_conditions.toml"], "field_does_not_fit"),
        ("the year before is not rated good, Decree 171", &["abroad_conditions.toml"], "not_rated_good"),
        ("a course of a month, 18 months left", &["abroad_conditions.toml"], "working_life_too_short?"),
        ("a course of a month, 18 months left", &["retirement_age.toml"], "working_life_too_short?"),
        ("a course of a month, 18 months left", &["abroad_conditions.toml", "retirement_age.toml"], "working_life_too_short"),
        ("nobody has said whether the course fits", &["abroad_conditions.toml"], "field_not_known?"),
        ("a public employee on the last day; that it is closed is from memory", &["lower_degree_conditions.toml"], "lower_degree_closed"),
    ];
    for (name, files, expected) in rows {
        let case = case(name);
        assert_eq!(short(&judge(&checked_law(files), &event(&case), &candidate(&case))), expected, "{name}, checked {files:?}");
    }
}

fn days(from: &str, to: &str) -> impl Strategy<Value = Date> + use<> {
    (day(from).to_julian_day()..=day(to).to_julian_day()).prop_map(|number| Date::from_julian_day(number).unwrap())
}

prop_compose! {
    fn any_event()(
        kind in proptest::sample::select(TrainingKind::ALL),
        degree in proptest::option::of(proptest::sample::select(Degree::ALL)),
        abroad in any::<bool>(),
        starts_on in days("2017-01-01", "2040-12-31"),
        length in 1_i64..=60,
        study_months in 0_u16..=60,
        sent_on in days("2017-01-01", "2030-12-31"),
        staff in proptest::sample::subsequence(StaffKind::ALL, 0..=2),
        groups in proptest::sample::subsequence(LeaderGroup::ALL, 0..=2),
    ) -> Event {
        let ends_on = Date::from_julian_day(starts_on.to_julian_day() + i32::try_from(length).unwrap()).unwrap();
        Event { kind, degree, field: None, abroad, starts_on, ends_on, study_months, sent_on: SendingDate(sent_on), staff, groups }
    }
}

prop_compose! {
    fn any_candidate()(
        staff in proptest::sample::select(StaffKind::ALL),
        sex in proptest::sample::select(Sex::ALL),
        born_on in days("1955-01-01", "2005-12-31"),
        group in proptest::option::of(proptest::sample::select(LeaderGroup::ALL)),
        service_from in proptest::option::of(days("1990-01-01", "2030-12-31")),
        first_sent_on in proptest::option::of(days("2005-01-01", "2030-12-31")),
        bands in proptest::collection::vec(proptest::sample::select(Band::ALL), 15),
        field_fits_post in any::<Option<bool>>(),
        promised_months in 0_u32..=200,
        opinion_given in any::<bool>(),
        (in_commune, is_minority, in_hard_area) in any::<(bool, bool, Option<bool>)>(),
    ) -> Candidate {
        let ratings = (2016..).zip(bands).collect();
        Candidate {
            staff, sex, born_on, group, service_from, first_sent_on, ratings, field_fits_post, promised_months, opinion_given,
            in_commune, is_minority, in_hard_area,
        }
    }
}

fn has(event: &Event, candidate: &Candidate, code: Code) -> bool {
    judge(&LAW, event, candidate).iter().any(|finding| finding.code == code)
}

fn earlier(day: Date, days: i32) -> Date {
    Date::from_julian_day(day.to_julian_day() - days).unwrap()
}

proptest! {
    #[test]
    fn more_service_never_adds_a_finding(event in any_event(), candidate in any_candidate(), more in 1_i32..=9_000) {
        let longer = Candidate { service_from: candidate.service_from.map(|from| earlier(from, more)), ..candidate.clone() };
        for code in [Code::ServiceTooShort, Code::OnProbation] {
            prop_assert!(!has(&event, &longer, code) || has(&event, &candidate, code));
        }
    }

    #[test]
    fn an_older_person_is_never_younger_to_the_law(event in any_event(), candidate in any_candidate(), more in 1_i32..=9_000) {
        let older = Candidate { born_on: earlier(candidate.born_on, more), ..candidate.clone() };
        for code in [Code::TooOld, Code::WorkingLifeTooShort] {
            prop_assert!(!has(&event, &candidate, code) || has(&event, &older, code));
        }
    }

    #[test]
    fn a_better_record_never_adds_a_finding(event in any_event(), candidate in any_candidate()) {
        let ratings = candidate.ratings.iter().map(|(year, _)| (*year, Band::Excellent)).collect();
        let better = Candidate {
            ratings,
            promised_months: candidate.promised_months + 1,
            opinion_given: true,
            field_fits_post: Some(true),
            in_hard_area: Some(true),
            ..candidate.clone()
        };
        let before: Vec<_> = judge(&LAW, &event, &candidate).into_iter().map(|finding| finding.code).collect();
        let after: Vec<_> = judge(&LAW, &event, &better).into_iter().map(|finding| finding.code).collect();
        prop_assert!(after.iter().all(|code| before.contains(code)), "{before:?} became {after:?}");
    }

    #[test]
    fn only_what_is_seen_in_the_text_or_missing_refuses_for_good(event in any_event(), candidate in any_candidate()) {
        for finding in judge(&LAW, &event, &candidate) {
            let is_missing = matches!(finding.code, Code::LawUnknown | Code::NotCovered);
            prop_assert!(finding.weight == Weight::Soft || finding.is_verified || is_missing, "{finding:?}");
            prop_assert!(!finding.words.vi.is_empty() && finding.words.vi != finding.words.en);
            prop_assert!(LAW_CITES.iter().all(|known| *known != finding.code) || !finding.cites.is_empty(), "{finding:?}");
        }
    }

    #[test]
    fn training_in_the_country_is_never_refused_by_the_law(event in any_event(), candidate in any_candidate()) {
        let event = Event { kind: TrainingKind::Training, abroad: false, staff: Vec::new(), groups: Vec::new(), ..event };
        prop_assert!(judge(&LAW, &event, &candidate).iter().all(|finding| finding.code == Code::NoOpinion && finding.weight == Weight::Soft));
    }

    #[test]
    fn a_prepared_judge_judges_alike(event in any_event(), all in proptest::collection::vec(any_candidate(), 1..20)) {
        let prepared = Judge::new(&LAW, &event);
        for candidate in all {
            prop_assert_eq!(prepared.of(&candidate), judge(&LAW, &event, &candidate));
        }
    }
}

/// Codes behind which an article always stands.
const LAW_CITES: [Code; 9] = [
    Code::LowerDegreeClosed,
    Code::LowerDegreeForOthers,
    Code::ServiceTooShort,
    Code::NotRatedGood,
    Code::TooOld,
    Code::FieldDoesNotFit,
    Code::PromiseTooShort,
    Code::WorkingLifeTooShort,
    Code::NoOpinion,
];
