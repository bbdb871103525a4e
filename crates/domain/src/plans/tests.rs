//! Rules of plans as tables, and laws that hold for every plan.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::burden::{Loads, OverlapKind, loads, money, overlaps};
use super::check::{FaultKind, LengthLimit, Limits, PlaceLimit, SizeLimit, faults};
use super::compare::compare;
use super::effects::{Audience, Candidate, Question, on_target};
use super::needs::{Asked, coverage};
use super::propose::{Offer, Reason, Wanted, propose};
use super::*;
use crate::ids::{NeedId, PlanId};
use crate::progress::{Counted, Window};
use crate::schemes::{Did, Measure, Population, RecordFilter, Recurrence, Rule, Target, Threshold, Title};
use crate::standards::Subject;
use crate::time::{Interval, parse};

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

fn working(unit: i64) -> Working {
    Working { unit: UnitId(unit), staff: StaffKind::CongChuc, group: None }
}

fn seats(unit: i64, people: u32) -> Seats {
    Seats { unit: Some(UnitId(unit)), staff: None, group: None, people }
}

/// Units 11 and 12 under 1, unit 21 under 2, both under 100.
fn tree() -> Tree {
    Tree::of([(11, 1), (12, 1), (21, 2), (1, 100), (2, 100)].map(|(unit, parent)| (UnitId(unit), UnitId(parent))))
}

fn good(key: u32) -> Line {
    Line {
        words: "Kỹ năng số".to_owned(),
        content: Some(ContentGroup::It),
        named: Some(Programme::Sector),
        class_size: 50,
        seats: vec![seats(1, 40)],
        months: vec![Months { from: 3, to: 3 }],
        days: 3,
        periods: 24,
        cost: 90_000_000,
        source: Some(MoneySource::Province),
        ..Line::empty(key, 2027)
    }
}

fn limits() -> Limits {
    Limits {
        years: Some(2027..=2027),
        stage: Some(2026..=2028),
        programmes: BTreeSet::from([ProgrammeId(7)]),
        sizes: vec![SizeLimit { scheme: "s".to_owned(), least: 40, most: 50, basis: Title::default() }],
        lengths: vec![LengthLimit { programme: Programme::Sector, least: 2, most: Some(5), basis: Title::default() }],
        places: vec![PlaceLimit {
            degrees: vec![Degree::Master],
            field: None,
            eligible: Vec::new(),
            years: 2027..=2027,
            agencies: vec![UnitId(1)],
            left: 2,
            basis: Title::default(),
        }],
        tree: tree(),
        people: BTreeMap::from([(OfficialId(5), working(11))]),
    }
}

fn master(key: u32, people: u32) -> Line {
    Line { form: ClassForm::Degree, degree: Some(Degree::Master), named: None, seats: vec![seats(11, people)], ..good(key) }
}

#[test]
fn each_rule_finds_its_fault_and_nothing_else() {
    let topic = Some(TopicRef { scheme: "s".to_owned(), code: "A".to_owned() });
    let table: Vec<(FaultKind, Line)> = vec![
        (FaultKind::NoName, Line { words: " ".to_owned(), ..good(1) }),
        (FaultKind::NoAudience, Line { seats: Vec::new(), ..good(1) }),
        (FaultKind::NoMoney, Line { source: None, ..good(1) }),
        (FaultKind::BadClasses, Line { classes: MOST_CLASSES + 1, ..good(1) }),
        (FaultKind::TooMany, Line { class_size: 39, ..good(1) }),
        (FaultKind::BadMonths, Line { months: vec![Months { from: 5, to: 4 }], ..good(1) }),
        (FaultKind::BadMonths, Line { classes: 3, months: vec![Months { from: 5, to: 5 }; 2], ..good(1) }),
        (FaultKind::OutsidePlan, Line { year: 2028, ..good(1) }),
        (FaultKind::OverQuota, master(1, 3)),
        (FaultKind::ClassSize, Line { class_size: 60, topic, ..good(1) }),
        (FaultKind::NotApproved, Line { programme: Some(ProgrammeId(8)), ..good(1) }),
        (FaultKind::Length, Line { days: 6, ..good(1) }),
        (FaultKind::BadCost, Line { cost: -1, ..good(1) }),
    ];
    for (kind, line) in table {
        let found = faults(&Body { lines: vec![line] }, &limits());
        assert_eq!(found.iter().map(|fault| fault.kind).collect::<Vec<_>>(), [kind]);
    }
    let twice = Body { lines: vec![good(1), Line { key: 2, ..good(1) }] };
    let found = faults(&twice, &limits());
    assert_eq!(found.iter().map(|fault| (fault.line, fault.kind)).collect::<Vec<_>>(), [(2, FaultKind::Duplicate)]);
    assert!(faults(&Body { lines: vec![good(1), master(2, 2)] }, &limits()).is_empty());
    let late = Line { year: 2029, ..good(1) };
    let stage = Limits { years: None, ..limits() };
    assert_eq!(faults(&Body { lines: vec![late] }, &stage)[0].kind, FaultKind::OutsideStage);
}

#[test]
fn places_of_an_agency_run_out_in_the_order_of_the_plan() {
    let named = Line { seats: Vec::new(), officials: vec![OfficialId(5)], ..master(2, 0) };
    let body = Body { lines: vec![master(1, 1), named, Line { words: "khác".to_owned(), ..master(3, 1) }] };
    let found = faults(&body, &limits());
    assert_eq!(
        found.iter().map(|fault| (fault.line, fault.kind, fault.allowed)).collect::<Vec<_>>(),
        [(3, FaultKind::OverQuota, Some((0, 0)))]
    );
}

#[test]
fn the_life_of_a_version() {
    let mut picture = String::new();
    for state in PlanState::ALL {
        for act in PlanAct::ALL {
            if let Some(after) = state.after(*act) {
                picture.push_str(&format!("{state} --{act}--> {after}\n"));
            }
        }
    }
    insta::assert_snapshot!(picture, @r"
    draft --save--> draft
    draft --submit--> submitted
    draft --withdraw--> withdrawn
    submitted --return--> draft
    submitted --issue--> issued
    issued --replace--> replaced
    issued --withdraw--> withdrawn
    ");
}

#[test]
fn classes_share_people_out_evenly_named_ones_first() {
    let line = Line { classes: 2, officials: vec![OfficialId(1), OfficialId(2)], seats: vec![seats(1, 3)], ..good(1) };
    let runs = line.runs();
    let people: Vec<_> = runs.iter().map(|run| (run.officials.len(), run.seats.iter().map(|s| s.people).sum::<u32>())).collect();
    assert_eq!(people, [(2, 0), (0, 3)]);
}

fn target(measure: Measure) -> Target {
    Target {
        code: "T".to_owned(),
        section: String::new(),
        title: Title::default(),
        aspiration: false,
        measure,
        threshold: Threshold { rule: Rule::AtLeast(10_000) },
        inner: None,
        phase: Interval::of_days(day("2026-01-01"), day("2028-12-31")).unwrap(),
        recurrence: Recurrence::Once,
        class_size: 40,
    }
}

fn sector() -> RecordFilter {
    RecordFilter { programmes: vec![Programme::Sector], ..RecordFilter::default() }
}

fn people_of(audience: &[(i64, i64, i64)]) -> Audience {
    Audience::of(audience.iter().map(|(id, unit, short)| Candidate { official: OfficialId(*id), working: working(*unit), short: *short }))
}

fn added(measure: Measure, lines: Vec<Line>, audience: &[(i64, i64, i64)]) -> (i64, i64) {
    let target = target(measure);
    let window = Window::of(&target, day("2026-11-22")).unwrap();
    let audience = people_of(audience);
    let question = Question {
        scheme: "s",
        target: &target,
        window: &window,
        held_until: day("2026-11-22"),
        audience: &audience,
        people: &BTreeMap::new(),
        tree: &tree(),
    };
    let effect = on_target(&Body { lines }, &question).unwrap();
    assert_eq!(effect.lines.values().sum::<i64>(), effect.added());
    (effect.named, effect.assumed)
}

fn share() -> Measure {
    Measure::ShareOfPeople { of: Population::default(), did: Did::Trained(sector()) }
}

#[test]
fn who_is_named_counts_once_and_places_take_no_more_than_are_missing() {
    let missing = [(1, 11, 1), (2, 11, 1), (3, 21, 1)];
    let named = |key: u32| Line { seats: Vec::new(), officials: vec![OfficialId(1), OfficialId(9)], ..good(key) };
    assert_eq!(added(share(), vec![named(1), named(2)], &missing), (1, 0), "9 counts already, 1 counts once");
    assert_eq!(added(share(), vec![good(1)], &missing), (0, 2), "two of the forty places find somebody of unit 1");
    assert_eq!(added(share(), vec![named(1), good(2)], &missing), (1, 1));
    assert_eq!(added(share(), vec![Line { named: Some(Programme::Management), ..good(1) }], &missing), (0, 0));
    assert_eq!(
        added(share(), vec![Line { year: 2026, months: vec![Months { from: 3, to: 3 }], ..good(1) }], &missing),
        (0, 0),
        "held before"
    );
    let anybody = Line { seats: vec![Seats { unit: None, people: 1, ..seats(0, 0) }], ..good(1) };
    assert_eq!(added(share(), vec![anybody, Line { seats: vec![seats(11, 2)], ..good(2) }], &missing), (0, 3), "the choosy places first");
}

#[test]
fn a_yearly_amount_is_reached_by_periods_together() {
    let measure = || Measure::PerPersonPerYear { of: Population::default(), did: sector(), periods: 40 };
    let named = |key: u32| Line { seats: Vec::new(), officials: vec![OfficialId(1)], ..good(key) };
    assert_eq!(added(measure(), vec![named(1)], &[(1, 11, 40)]), (0, 0));
    assert_eq!(added(measure(), vec![named(1), named(2)], &[(1, 11, 40)]), (1, 0));
    assert_eq!(added(measure(), vec![good(1)], &[(1, 11, 40), (2, 11, 20)]), (0, 1), "only who needs no more than one class gives");
}

fn need(id: i64, unit: i64, official: Option<i64>, people: u32) -> Asked {
    Asked {
        id: NeedId(id),
        unit: UnitId(unit),
        official: official.map(OfficialId),
        people,
        subject: Subject::PostSkills,
        requirement: None,
        programme: None,
        topic: None,
        staff: None,
        group: None,
        words: "Kỹ năng số".to_owned(),
    }
}

#[test]
fn needs_are_covered_by_name_first_then_by_places() {
    let line = Line { seats: vec![seats(1, 3)], officials: vec![OfficialId(1)], ..good(1) };
    let idle = Line { content: Some(ContentGroup::PoliticalTheory), ..good(2) };
    let needs = [need(1, 11, Some(1), 1), need(2, 11, Some(2), 1), need(3, 12, None, 5), need(4, 21, None, 1)];
    let coverage = coverage(&Body { lines: vec![line, idle] }, &needs, &tree());
    assert_eq!(coverage.open, [(NeedId(3), 3), (NeedId(4), 1)]);
    assert_eq!(coverage.covered[&NeedId(3)], [(1, 2)]);
    assert_eq!(coverage.idle, [2]);
}

#[test]
fn one_official_in_two_lines_is_told_as_the_same_or_as_a_clash() {
    let line = |key: u32, words: &str, month: u8| Line {
        words: words.to_owned(),
        seats: Vec::new(),
        officials: vec![OfficialId(1)],
        months: vec![Months { from: month, to: month }],
        ..good(key)
    };
    let own = Body { lines: vec![line(1, "a", 3), line(2, "A ", 5), line(3, "b", 3)] };
    let other = Body { lines: vec![line(1, "a", 9), line(2, "c", 5), line(3, "d", 12)] };
    let found = overlaps((PlanId(1), &own), &[(PlanId(2), &other)]);
    let told: Vec<_> = found.iter().map(|o| (o.own.line, o.other.plan.0, o.other.line, o.kind)).collect();
    use OverlapKind::{Clash, Same};
    assert_eq!(told, [(1, 1, 2, Same), (1, 1, 3, Clash), (1, 2, 1, Same), (2, 2, 1, Same), (2, 2, 2, Clash)]);
}

#[test]
fn drafts_cut_needs_into_usual_classes_of_neighbours_in_quiet_months() {
    let offers = [Offer {
        id: ProgrammeId(7),
        title: "Kỹ năng số cho cấp xã".to_owned(),
        content: ContentGroup::It,
        named: Some(Programme::Sector),
        periods: 24,
        days: 3,
        mode: Mode::InPerson,
    }];
    let needs: Vec<(Asked, u32)> =
        [need(1, 11, Some(5), 1), need(2, 21, None, 30), need(3, 11, None, 25)].map(|n| (n.clone(), n.people)).into();
    let home = |unit: UnitId| if unit.0 > 20 { UnitId(2) } else { UnitId(1) };
    let order = |unit: UnitId| Some(unit.0.to_string());
    let draft = |needs: &[(Asked, u32)]| {
        propose(&Wanted {
            needs,
            offers: &offers,
            quotas: &[],
            sizes: &BTreeMap::from([(Programme::Sector, 50)]),
            size: 40,
            year: 2027,
            months: 3..=11,
            loads: Loads::from([
                ((UnitId(1), 2027, 3), Default::default()),
                ((UnitId(2), 2027, 3), burden::Load { classes: 1, people: 9 }),
            ]),
            people: &limits().people,
            home: &home,
            order: &order,
            requirement: &|code| format!("Yêu cầu {code}"),
            source: MoneySource::Province,
            first_key: 4,
        })
    };
    let drafts = draft(&needs);
    assert_eq!(drafts.len(), 1);
    let line = &drafts[0].line;
    assert_eq!((line.key, line.programme, line.classes, line.class_size, line.people()), (4, Some(ProgrammeId(7)), 2, 50, 56));
    assert_eq!((line.officials.as_slice(), line.months.as_slice()), ([OfficialId(5)].as_slice(), [Months { from: 4, to: 4 }].as_slice()));
    assert_eq!(line.cluster, [UnitId(1), UnitId(2)]);
    assert!(drafts[0].why.contains(&Reason::Cluster(2)));
    assert_eq!(draft(&needs), drafts, "the same every time");
    assert!(faults(&Body { lines: vec![line.clone()] }, &limits()).is_empty(), "a draft can be taken as it is");
    // What no programme teaches is drafted by requirement, under its title, and answers the needs it was drafted from.
    for subject in Subject::ALL.iter().filter(|subject| !matches!(subject, Subject::PostSkills | Subject::It | Subject::Yearly)) {
        let lacked = |id: i64, code: &str| {
            let requirement = Some(code.to_owned());
            Asked { subject: *subject, requirement, words: String::new(), ..need(id, 11, Some(id), 1) }
        };
        let needs = [lacked(5, "TC"), lacked(6, "CC"), lacked(7, "TC")].map(|need| (need, 1));
        let lines: Vec<Line> = draft(&needs).into_iter().map(|draft| draft.line).collect();
        let told: Vec<(&str, u64)> = lines.iter().map(|line| (line.words.as_str(), u64::try_from(line.people()).unwrap())).collect();
        assert_eq!(told, [("Yêu cầu CC", 1), ("Yêu cầu TC", 2)], "{subject}");
        let asked: Vec<Asked> = needs.iter().map(|(need, _)| need.clone()).collect();
        assert!(coverage(&Body { lines }, &asked, &tree()).open.is_empty(), "{subject}");
    }
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (1..9_u32, 1..60_u32, 1..13_u8, 0..3_u8, 0..500_i64, proptest::collection::vec(1..30_i64, 0..5), 0..3_i64);
    let line = line.prop_map(|(classes, people, month, more, cost, officials, unit)| Line {
        classes,
        class_size: 100,
        seats: vec![seats([1, 11, 21][usize::try_from(unit).unwrap()], people)],
        officials: officials.into_iter().map(OfficialId).collect::<BTreeSet<_>>().into_iter().collect(),
        months: vec![Months { from: month, to: (month + more).min(12) }],
        cost,
        ..good(0)
    });
    proptest::collection::vec(line, 0..6).prop_map(|lines| lines.into_iter().zip(1..).map(|(line, key)| Line { key, ..line }).collect())
}

proptest! {
    #[test]
    fn a_plan_never_takes_away_and_never_gives_more_than_is_missing(lines in lines(), missing in 0..40_i64) {
        let missing: Vec<_> = (1..=missing).map(|id| (id, if id % 2 == 0 { 11 } else { 21 }, 1)).collect();
        let (named, assumed) = added(share(), lines.clone(), &missing);
        prop_assert!(named >= 0 && assumed >= 0);
        prop_assert!(named + assumed <= i64::try_from(missing.len()).unwrap());
        let planned: i64 = lines.iter().map(Line::people).sum();
        prop_assert!(named + assumed <= planned);
        let now = Counted { numerator: 3, denominator: 50, ..Counted::default() };
        prop_assert!(now.numerator + named + assumed >= now.numerator);
    }

    #[test]
    fn sums_add_up(lines in lines()) {
        let body = Body { lines };
        let totals = body.totals();
        let money = money(&body);
        prop_assert_eq!(money.total, totals.cost);
        prop_assert_eq!(money.by_source.values().sum::<i64>(), totals.cost);
        prop_assert_eq!(money.by_month.values().sum::<i64>(), totals.cost);
        for line in &body.lines {
            prop_assert_eq!(line.runs().iter().map(Run::people).sum::<i64>(), line.people());
        }
        let months: i64 = body.lines.iter().map(|line| i64::from(line.months[0].count())).max().unwrap_or(0);
        let carried: i64 = loads(&body, &BTreeMap::new(), &|unit| unit).values().map(|load| load.people).sum();
        prop_assert!(carried <= totals.people * months);
    }

    #[test]
    fn a_version_differs_from_itself_in_nothing(lines in lines()) {
        let body = Body { lines };
        let same = compare(&body, &body);
        prop_assert!(same.lines.is_empty());
        prop_assert_eq!(same.before, same.after);
        let nothing = Body::default();
        let other = compare(&nothing, &body);
        prop_assert_eq!(other.lines.iter().map(|line| line.cost()).sum::<i64>(), body.totals().cost);
        prop_assert_eq!(other.lines.iter().map(|line| line.people()).sum::<i64>(), body.totals().people);
    }
}
