//! Reorganising: what is shown is what is done, people go with their units, every day before stays as it was, and it can be taken back.

use domain::ids::UnitId;
use domain::orgs::reorganise::{Fate, Fault, FaultKind, Heir, NewUnit, Rule, Step, Whose};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::register::Ending;
use domain::roles::Role;
use domain::time::Date;
use service::registry::{self, AliasRefusal, Found, Hindrance, How, Order, PeopleAsk, ReorganiseRefusal, UndoRefusal};
use service::{ActError, Ctx, Services};
use store::write::register::{Identity, NOBODY_YET, NewPosting, Newcomer, Why, welcome};
use testkit::databases::Fresh;
use testkit::small;

use crate::world::{NOW, day, person, system, today};

const REASON: &str = "Sắp xếp tổ chức bộ máy";

struct Office {
    services: Services,
    officer: Ctx,
}

/// A unit by code, name and id.
#[derive(Clone)]
struct Unit {
    code: String,
    name: String,
    id: UnitId,
}

async fn office(fresh: &Fresh) -> Office {
    small::province(today(), 60).load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    Office { services: Services::new(fresh.db.clone()), officer: person(user, Role::HomeAffairs, None) }
}

impl Office {
    async fn unit(&self, name: &str) -> Unit {
        let names = registry::unit_names(&self.services, &system()).await.unwrap();
        let found = names.resolve(name, today());
        let id = if let Found::One(id, _) = found { Some(id) } else { None }.unwrap();
        let unit = names.unit(id).unwrap();
        Unit { code: unit.code.clone(), name: unit.name.clone(), id }
    }

    /// The officer in a request of its own.
    fn as_act(&self, operation: &str) -> Ctx {
        Ctx { operation: operation.to_owned(), ..self.officer.clone() }
    }

    async fn people(&self, unit: &str, on: Date) -> Vec<String> {
        let ask = PeopleAsk { unit: Some(unit.to_owned()), text: String::new(), ..PeopleAsk::on(on) };
        let page = registry::list_people(&self.services, &system(), &ask, None, 5_000).await.unwrap();
        page.lines.iter().map(|line| line.code.clone()).collect()
    }

    async fn name(&self, code: &str, on: Date) -> String {
        registry::unit(&self.services, &system(), code, on).await.unwrap().unit.name.clone()
    }

    /// Somebody who works in a unit itself today.
    async fn first_in(&self, unit: &str) -> String {
        let mut found = None;
        for code in self.people(unit, today()).await {
            if registry::person(&self.services, &system(), &code).await.unwrap().postings[0].unit.0 == unit {
                found = found.or(Some(code));
            }
        }
        found.unwrap()
    }

    /// Everything that a reorganisation could change, as text.
    async fn state(&self) -> String {
        let map = registry::map(&self.services, &system()).await.unwrap();
        let mut links: Vec<String> = map.links.iter().map(|link| format!("{link:?}")).collect();
        links.sort();
        let mut text = format!("{:?}\n{links:?}\n{:?}\n", map.units, map.successions);
        for on in ["2025-06-30", "2025-07-01", "2026-11-22", "2027-06-01"] {
            let ask = PeopleAsk { unit: None, text: String::new(), ..PeopleAsk::on(day(on)) };
            let page = registry::list_people(&self.services, &system(), &ask, None, 9_000).await.unwrap();
            text.push_str(&format!("{:?}\n", page.lines));
        }
        text
    }

    async fn carry(&self, operation: &str, order: &Order) -> registry::Carried {
        registry::carry(&self.services, &self.as_act(operation), order, None).await.unwrap()
    }
}

fn order(step: Step, on: &str) -> Order {
    Order { step, on: day(on), decision: Some("01/NQ-HĐND".to_owned()), reason: REASON.to_owned() }
}

fn merge(units: &[&Unit], into: &Unit) -> Step {
    Step::Merge { units: units.iter().map(|u| u.id).collect(), into: Heir::Living(into.id), children: Fate::EndsToo }
}

#[tokio::test]
async fn who_works_in_a_unit_that_is_merged_goes_with_it_and_the_day_before_stays_as_it_was() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (health, money) = (office.unit("Sở Y tế").await, office.unit("so tai chinh").await);
        let (last, first) = (day("2026-12-31"), day("2027-01-01"));
        let before = (office.people(&health.code, last).await, office.people(&money.code, last).await);
        assert!(before.0.len() > 2 && before.1.len() > 2, "{before:?}");
        let order = order(merge(&[&health], &money), "2027-01-01");
        let seen = registry::preview(&office.services, &office.officer, &order).await.unwrap();
        assert_eq!((seen.people, seen.stuck.len()), (before.0.len(), 0));
        assert_eq!(seen.flows.iter().map(|flow| flow.people).sum::<usize>(), before.0.len());
        assert_eq!(office.people(&health.code, first).await, before.0, "a preview changes nothing");
        let done = registry::carry(&office.services, &office.as_act("merge"), &order, Some(seen.facts)).await.unwrap();
        assert_eq!((done.people, done.code.as_str()), (before.0.len(), money.code.as_str()));
        assert_eq!((office.people(&health.code, last).await, office.people(&money.code, last).await), before);
        assert_eq!(office.people(&health.code, first).await, Vec::<String>::new());
        let mut after = office.people(&money.code, first).await;
        let mut all: Vec<String> = before.0.iter().chain(&before.1).cloned().collect();
        after.sort();
        all.sort();
        assert_eq!(after, all);
        let moved = registry::person(&office.services, &system(), &before.0[0]).await.unwrap();
        assert_eq!((moved.postings[0].decision.as_deref(), moved.postings[1].ended_by), (Some("01/NQ-HĐND"), Some(Ending::Reorganised)));
        assert_eq!((&moved.postings[0].post, moved.postings[0].leadership), (&moved.postings[1].post, moved.postings[1].leadership));
        let history = registry::history(&office.services, &system(), &before.0[0], None, 5).await.unwrap();
        assert_eq!(history.iter().map(|change| change.reason.as_str()).collect::<Vec<_>>(), [REASON, REASON]);
    }
}

#[tokio::test]
async fn what_was_reorganised_is_taken_back_whole_unless_something_was_built_on_it() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (health, money) = (office.unit("Sở Y tế").await, office.unit("Sở Tài chính").await);
        let before = office.state().await;
        let new = NewUnit {
            code: "H99.900".to_owned(),
            name: "Sở Thử".to_owned(),
            kind: UnitKind::Department,
            level: Level::Province,
            bloc: Bloc::State,
            actor: None,
            parent: UnitId(1),
        };
        let step = Step::Merge { units: vec![health.id, money.id], into: Heir::New(new), children: Fate::EndsToo };
        let done = office.carry("first", &order(step, "2026-06-01")).await;
        assert_ne!(office.state().await, before);
        let undo =
            async |operation: &str| registry::undo_reorganisation(&office.services, &office.as_act(operation), done.id, "Nhập nhầm").await;
        let somebody = office.first_in("H99.900").await;
        let to = registry::Move {
            unit: "H99.01",
            post: "Chuyên viên",
            staff: domain::people::StaffKind::CongChuc,
            leadership: None,
            group: None,
            duty: None,
            appointment: None,
            grade: None,
            fits_post: None,
            from: day("2026-08-01"),
            decision: None,
        };
        registry::move_to(&office.services, &office.as_act("move"), &somebody, &to, REASON).await.unwrap();
        let refused = undo("too-early").await;
        let Err(ActError::Refused(refusals)) = refused else { panic!("{refused:?}") };
        let [UndoRefusal::Blocked { obstacles, .. }] = refusals.as_slice() else { panic!("{refusals:?}") };
        assert!(obstacles.iter().any(|o| o.person.as_ref().is_some_and(|p| p.0 == somebody)), "{obstacles:?}");
        assert!(obstacles.iter().any(|o| matches!(o.why, Hindrance::Changed { .. })), "{obstacles:?}");
        registry::undo(&office.services, &office.as_act("back"), &somebody, "move", "Nhập nhầm").await.unwrap();
        undo("undo").await.unwrap();
        assert_eq!(office.state().await, before);
        let listed = registry::reorganisations(&office.services, &office.officer, None, 5).await.unwrap();
        assert_eq!((listed.len(), listed[0].undone_at.is_some(), listed[0].subject.as_str()), (1, true, "Sở Y tế; Sở Tài chính → Sở Thử"));
        assert!(matches!(undo("again").await, Err(ActError::Stale)));
    }
}

#[tokio::test]
async fn a_name_and_a_code_are_true_until_the_day_before_and_are_found_for_ever() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let health = office.unit("Sở Y tế").await;
        let step = Step::Rename { unit: health.id, name: "Sở Sức khoẻ".to_owned(), code: Some("H99.777".to_owned()) };
        office.carry("rename", &order(step, "2026-12-15")).await;
        assert_eq!(office.name("H99.777", day("2026-12-14")).await, "Sở Y tế");
        assert_eq!(office.name("H99.777", day("2026-12-15")).await, "Sở Sức khoẻ");
        assert_eq!(office.name(&health.code, day("2026-12-15")).await, "Sở Sức khoẻ", "the former code leads to the unit");
        let names = registry::unit_names(&office.services, &office.officer).await.unwrap();
        for (text, on, how) in [
            ("sở y tế", "2026-12-14", How::Now),
            ("SO Y TE", "2026-12-15", How::Former),
            ("sở sức khoẻ", "2026-12-14", How::Former),
            ("so suc khoe", "2026-12-15", How::Now),
            (health.code.as_str(), "2026-12-15", How::Former),
            ("h99.777 · Sở Sức khoẻ", "2026-12-15", How::Now),
        ] {
            assert_eq!(names.resolve(text, day(on)), Found::One(health.id, how), "{text} on {on}");
        }
        let found = registry::list_units(&office.services, &office.officer, day("2027-01-01"), "so y te", "", 60).await.unwrap();
        assert!(found.iter().any(|unit| unit.name == "Sở Sức khoẻ"), "{found:?}");
        let line = registry::past(&office.services, &office.officer, health.id).await.unwrap();
        assert_eq!(
            (line.names[0].name.as_str(), line.names[0].decision.as_deref(), line.aliases[0].code.as_str()),
            ("Sở Y tế", Some("01/NQ-HĐND"), health.code.as_str())
        );
        let taken = Step::Rename {
            unit: office.unit("Sở Nội vụ").await.id, name: "Sở Nội vụ".to_owned(), code: Some(health.code.clone())
        };
        let refused = registry::preview(&office.services, &office.officer, &order(taken, "2027-01-01")).await;
        assert!(
            matches!(refused, Err(ActError::Refused(r)) if matches!(r.as_slice(), [ReorganiseRefusal::Fault(Fault { kind: FaultKind::CodeTaken, .. }, _)]))
        );
    }
}

#[tokio::test]
async fn without_a_successor_nobody_is_left_behind() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (health, money) = (office.unit("Sở Y tế").await, office.unit("Sở Tài chính").await);
        let mut step = Step::Abolish { unit: health.id, into: None, children: Fate::EndsToo, people: Vec::new() };
        let shown = registry::preview(&office.services, &office.officer, &order(step.clone(), "2027-01-01")).await.unwrap();
        assert!(!shown.stuck.is_empty() && shown.people == 0 && !shown.posts.is_empty());
        let refused = registry::carry(&office.services, &office.as_act("held"), &order(step.clone(), "2027-01-01"), None).await;
        assert!(matches!(refused, Err(ActError::Refused(r)) if r == [ReorganiseRefusal::Held(shown.stuck.len())]));
        if let Step::Abolish { people, .. } = &mut step {
            *people = shown.posts.iter().map(|(title, _)| Rule { whose: Whose::Post(title.clone()), to: money.id }).collect();
        }
        let done = office.carry("abolish", &order(step, "2027-01-01")).await;
        assert!(done.people > 2);
        assert_eq!(office.people(&health.code, day("2027-01-01")).await, Vec::<String>::new());
        assert_eq!(registry::resolve_unit(&office.services, &system(), &health.name, day("2027-01-01")).await.unwrap(), Found::None);
    }
}

#[tokio::test]
async fn a_district_that_ended_is_asked_for_and_its_heirs_are_named() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let names = registry::unit_names(&office.services, &office.officer).await.unwrap();
        let district = names.map.units.values().find(|u| u.kind == UnitKind::District).unwrap();
        assert_eq!(names.resolve(&district.name, day("2025-06-30")), Found::One(district.id, How::Now));
        assert!(matches!(names.resolve(&district.name, day("2025-07-01")), Found::Several(heirs) if heirs.len() > 1));
        let old = names.map.units.values().find(|u| u.kind == UnitKind::Commune && u.life.to().is_some()).unwrap();
        assert!(matches!(names.resolve(&old.name, day("2025-07-01")), Found::One(_, How::Heir)));
        assert_eq!(names.resolve("không có đơn vị này", today()), Found::None);
        let commune = names.map.units.values().find(|u| u.kind == UnitKind::Commune && u.life.to().is_none()).unwrap();
        assert_eq!(names.resolve(&format!("UBND {}", commune.name), today()), Found::One(commune.id, How::Now));
    }
}

#[tokio::test]
async fn only_who_keeps_units_reorganises_and_only_what_was_seen() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (health, money) = (office.unit("Sở Y tế").await, office.unit("Sở Tài chính").await);
        let order = order(merge(&[&health], &money), "2027-01-01");
        let user = office.officer.who.as_ref().unwrap().user;
        for (role, unit) in [(Role::UnitHr, Some(health.id.0)), (Role::HomeAffairs, Some(health.id.0)), (Role::Inspector, None)] {
            let other = person(user, role, unit);
            assert!(matches!(registry::preview(&office.services, &other, &order).await, Err(ActError::Forbidden(_))), "{role}");
            assert!(matches!(registry::carry(&office.services, &other, &order, None).await, Err(ActError::Forbidden(_))), "{role}");
        }
        let seen = registry::preview(&office.services, &office.officer, &order).await.unwrap().facts;
        registry::add_alias(&office.services, &office.as_act("alias"), &money.code, "20455", (None, None), REASON).await.unwrap();
        let late = registry::carry(&office.services, &office.as_act("late"), &order, Some(seen)).await;
        assert!(matches!(late, Err(ActError::Refused(r)) if r == [ReorganiseRefusal::Changed]));
        let silent = Order { reason: " ".to_owned(), ..order };
        let refused = registry::carry(&office.services, &office.as_act("silent"), &silent, None).await;
        assert!(matches!(refused, Err(ActError::Refused(r)) if r == [ReorganiseRefusal::NoReason]));
    }
}

#[tokio::test]
async fn a_code_from_elsewhere_leads_to_its_unit_until_it_is_removed() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let health = office.unit("Sở Y tế").await;
        let add = async |code: &str, days| registry::add_alias(&office.services, &office.officer, &health.code, code, days, REASON).await;
        add("20455", (Some(day("2025-07-01")), None)).await.unwrap();
        assert_eq!(registry::resolve_unit(&office.services, &system(), "20455", today()).await.unwrap(), Found::One(health.id, How::Now));
        for (code, days, refusal) in [
            ("20455", (None, None), AliasRefusal::CodeTaken),
            (health.code.as_str(), (None, None), AliasRefusal::CodeTaken),
            ("", (None, None), AliasRefusal::BadCode),
            ("9", (Some(today()), Some(today())), AliasRefusal::EndsBeforeStart),
        ] {
            assert!(matches!(add(code, days).await, Err(ActError::Refused(r)) if r == [refusal]), "{code}");
        }
        let id = registry::past(&office.services, &system(), health.id).await.unwrap().aliases[0].id;
        registry::remove_alias(&office.services, &office.officer, &health.code, id, "Nhập nhầm").await.unwrap();
        assert_eq!(registry::resolve_unit(&office.services, &system(), "20455", today()).await.unwrap(), Found::None);
        let acts = service::audit::AuditAsk { act: Some("unit.alias".to_owned()), ..service::audit::AuditAsk::default() };
        assert_eq!(service::audit::page(&office.services, &system(), &acts, None, 9).await.unwrap().lines.len(), 2);
    }
}

#[tokio::test]
async fn a_unit_is_found_by_its_own_code_after_a_shorter_one_is_removed() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let health = office.unit("Sở Y tế").await;
        let mut short = health.code.clone();
        short.pop();
        registry::add_alias(&office.services, &office.as_act("add"), &health.code, &short, (None, None), REASON).await.unwrap();
        let id = registry::past(&office.services, &system(), health.id).await.unwrap().aliases[0].id;
        registry::remove_alias(&office.services, &office.as_act("remove"), &health.code, id, "Nhập nhầm").await.unwrap();
        let found = registry::list_units(&office.services, &system(), today(), &health.code, "", 9).await.unwrap();
        assert!(found.iter().any(|unit| unit.id == health.id), "{}", health.code);
    }
}

/// Five thousand people who came into a unit.
async fn crowd(office: &Office, fresh: &Fresh, unit: UnitId) {
    let newcomer = |number: usize| Newcomer {
        identity: Identity {
            code: format!("DT.{number}"),
            record_code: None,
            name: format!("Người thử {number}"),
            other_names: None,
            birth_on: day("1990-01-01"),
            sex: domain::people::Sex::Female,
            ethnicity: 1,
            religion: None,
            health: None,
            citizen_number: None,
            recruited_on: None,
        },
        posting: NewPosting {
            official: NOBODY_YET,
            unit,
            level: Level::Province,
            bloc: Bloc::State,
            post: format!("Vị trí {}", number % 7),
            staff: domain::people::StaffKind::VienChuc,
            leadership: None,
            group: None,
            duty: None,
            appointment: None,
            fits_post: true,
            grade: None,
            from: day("2020-01-01"),
            to: None,
            ended_by: None,
            decision: None,
        },
        papers: Vec::new(),
        ratings: Vec::new(),
    };
    let people: Vec<Newcomer> = (0..5_000).map(newcomer).collect();
    let tx = fresh.db.write().await.unwrap();
    let why = Why { by: store::write::schemes::By::System, at: NOW, words: "thử", operation: "crowd" };
    welcome(&tx, &why, people, &mut |_| true).await.unwrap();
    store::write::bump_facts(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(office.people("H99", today()).await.len() >= 5_000);
}

#[tokio::test]
async fn five_thousand_people_go_and_come_back_in_one_operation_each() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (health, money) = (office.unit("Sở Y tế").await, office.unit("Sở Tài chính").await);
        crowd(&office, &fresh, health.id).await;
        let began = std::time::Instant::now();
        let done = office.carry("many", &order(merge(&[&health], &money), "2026-01-01")).await;
        let went = began.elapsed();
        assert!(done.people >= 5_000);
        assert_eq!(office.people(&health.code, today()).await, Vec::<String>::new());
        let one = registry::history(&office.services, &system(), "DT.4999", None, 5).await.unwrap();
        assert_eq!(one.iter().filter(|change| change.reason == REASON).count(), 2, "each change is told");
        let began = std::time::Instant::now();
        registry::undo_reorganisation(&office.services, &office.as_act("many-back"), done.id, "Nhập nhầm").await.unwrap();
        eprintln!("{:?}: {} people went in {went:?} and came back in {:?}", fresh.db.engine(), done.people, began.elapsed());
        assert!(office.people(&health.code, today()).await.len() >= 5_000);
    }
}
