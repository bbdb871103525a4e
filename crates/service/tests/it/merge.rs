//! Two entries of one person are found, made one, and can be told apart again.

use domain::classes::{ClassAct, Terms};
use domain::people::{Band, QualificationKind, RatingKind};
use domain::register::IdentityField;
use domain::register::likeness::Sign;
use domain::register::merging::{MergeFault, Settled, overlapping};
use domain::roles::Role;
use domain::training::{ContentGroup, Mode, Outcome, TrainingKind};
use service::classes::{self, Deed};
use service::nominations::{self, Entry};
use service::registry::{self, AlikePage, Choice, Declared, Identity, MergeRefusal, Paper, Person, UndoRefusal};
use service::{ActError, Ctx, Services};
use store::write::accounts::NewAccount;

use crate::register::{REASON, Register, identity, register, to};
use crate::world::{NOW, day, person};

fn act(ctx: &Ctx, operation: &str) -> Ctx {
    Ctx { operation: operation.to_owned(), ..ctx.clone() }
}

/// The same woman twice: under another code, without marks, with day and month the other way round, in another department.
async fn with_two(register: &Register) {
    let (services, officer) = (&register.services, &register.officer);
    registry::add(services, officer, &identity("TM.1"), &to(&register.here.0, day("2020-01-05")), REASON).await.unwrap();
    let again = Identity { name: "Ho Thi Binh".to_owned(), birth_on: day("1985-03-12"), citizen_number: None, ..identity("TM.2") };
    let once = Identity { birth_on: day("1985-12-03"), citizen_number: None, ..identity("TM.1") };
    registry::amend(services, officer, "TM.1", 1, &once, REASON).await.unwrap();
    registry::add(services, officer, &again, &to(&register.there.0, day("2024-01-05")), REASON).await.unwrap();
    let paper = Paper {
        kind: QualificationKind::It,
        degree: None,
        field: None,
        grade: Some("co_ban"),
        granted_on: day("2021-06-01"),
        expires_on: None,
        issuer: None,
        number: Some("A 1"),
    };
    let learned = Declared {
        title: "",
        kind: TrainingKind::Training,
        content: Some(ContentGroup::ALL[0]),
        degree: None,
        field: None,
        mode: Mode::InPerson,
        abroad: false,
        periods: 40,
        from: day("2024-03-01"),
        last: Some(day("2024-03-05")),
        outcome: Outcome::Finished,
        evidence: "GCN 12",
    };
    for code in ["TM.1", "TM.2"] {
        registry::add_qualification(services, officer, code, &paper, REASON).await.unwrap();
        registry::add_record(services, officer, code, &learned, REASON).await.unwrap();
    }
    registry::add_rating(services, officer, "TM.2", (RatingKind::Yearly, Band::Good, day("2025-12-20")), REASON).await.unwrap();
    let official = registry::person(services, officer, "TM.2").await.unwrap().id;
    let tx = services.db.write().await.unwrap();
    let account = NewAccount { login: "hothibinh", name: "Bình", password_hash: "-", official: Some(official) };
    store::write::accounts::create(&tx, &account, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seen(services: &Services, ctx: &Ctx, code: &str) -> Person {
    Person { revision: 0, ..registry::person(services, ctx, code).await.unwrap() }
}

async fn choice(services: &Services, ctx: &Ctx, how: Settled) -> Choice {
    let view = registry::merge_view(services, ctx, ("TM.1", "TM.2")).await.unwrap();
    let settled = view.overlaps.iter().map(|(kept, other)| ((kept.id, other.id), how)).collect();
    Choice { revisions: (view.kept.revision, view.other.revision), from_other: vec![IdentityField::BirthOn], settled }
}

async fn pairs(services: &Services, ctx: &Ctx) -> AlikePage {
    registry::duplicates(services, ctx, 0, 100).await.unwrap()
}

/// Whose account it is, by asking as its owner.
async fn owner_of_account(services: &Services, ctx: &Ctx, official: &Person) -> String {
    let mut own = ctx.clone();
    own.who.as_mut().unwrap().official = Some(official.id);
    registry::own_code(services, &own).await.unwrap()
}

#[tokio::test]
async fn a_person_written_down_twice_is_found_with_reasons_and_set_apart_for_good() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let before = pairs(services, officer).await.total;
        with_two(&register).await;
        let found = pairs(services, officer).await;
        let pair = found.pairs.iter().find(|pair| pair.one.code == "TM.1").unwrap();
        assert_eq!((pair.other.code.as_str(), pair.likeness.score), ("TM.2", 75));
        assert_eq!(pair.likeness.signs, [Sign::SameNameUnmarked, Sign::DayMonthSwapped]);
        let own = register.keeper_of(&register.here);
        assert!(pairs(services, &own).await.pairs.iter().all(|pair| pair.one.code != "TM.1"), "both must be in the scope");
        assert!(matches!(registry::set_apart(services, &own, ("TM.1", "TM.2"), "").await, Err(ActError::NotFound)));
        registry::set_apart(services, officer, ("TM.2", "TM.1"), "hai người").await.unwrap();
        assert_eq!(pairs(services, officer).await.total, before);
        let head = person(officer.who.as_ref().unwrap().user, Role::UnitHead, None);
        assert!(matches!(registry::duplicates(services, &head, 0, 9).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn two_become_one_and_two_again() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        with_two(&register).await;
        let before = (seen(services, officer, "TM.1").await, seen(services, officer, "TM.2").await);
        let open = Choice { settled: Vec::new(), ..choice(services, officer, Settled::Cut).await };
        let refused = registry::merge(services, &act(officer, "m0"), ("TM.1", "TM.2"), &open, " ").await;
        let Err(ActError::Refused(refusals)) = refused else { panic!("{refused:?}") };
        assert!(
            matches!(refusals.as_slice(), [MergeRefusal::NoReason, MergeRefusal::Fault(MergeFault::PostingsOverlap, pairs)] if pairs.len() == 1)
        );
        let cut = choice(services, officer, Settled::Cut).await;
        let merged = registry::merge(services, &act(officer, "m1"), ("TM.1", "TM.2"), &cut, "cùng một người").await.unwrap();
        assert_eq!((merged.same_trainings, merged.same_papers), (1, 1));
        let one = seen(services, officer, "TM.1").await;
        assert_eq!((one.birth_on, one.postings.len(), one.records.len(), one.ratings.len()), (before.1.birth_on, 2, 1, 1));
        assert_eq!(one.postings[1].during.to(), Some(day("2024-01-05")));
        assert!(matches!(registry::person(services, officer, "TM.2").await, Err(ActError::NotFound)));
        assert_eq!(registry::known_as(services, officer, "TM.2").await.unwrap(), "TM.1");
        let ask = registry::PeopleAsk { unit: None, text: "tm.2".to_owned(), ..registry::PeopleAsk::on(day("2026-11-22")) };
        let listed = registry::list_people(services, officer, &ask, None, 9).await.unwrap();
        assert_eq!(listed.lines.iter().map(|l| l.code.as_str()).collect::<Vec<_>>(), ["TM.1"]);
        let taken = registry::add(services, officer, &identity("TM.2"), &to(&register.here.0, day("2026-01-05")), REASON).await;
        assert!(matches!(taken, Err(ActError::Refused(_))));
        let told = registry::history(services, officer, "TM.1", None, 50).await.unwrap();
        assert!(told.iter().any(|c| c.kind == "user_account") && told.iter().any(|c| c.kind == "official" && !c.exists));
        let good = (RatingKind::Yearly, Band::Good, day("2026-02-01"));
        registry::add_rating(services, &act(officer, "rate"), "TM.1", good, REASON).await.unwrap();
        registry::undo(services, &act(officer, "u0"), "TM.1", "rate", "nhầm").await.unwrap();
        registry::undo(services, &act(officer, "u1"), "TM.1", "m1", "hai người khác nhau").await.unwrap();
        assert_eq!((seen(services, officer, "TM.1").await, seen(services, officer, "TM.2").await), before);
        assert_eq!(owner_of_account(services, officer, &before.1).await, "TM.2");
        assert!(matches!(registry::known_as(services, officer, "TM.2").await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn a_merge_that_was_built_on_stays_and_says_why() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        with_two(&register).await;
        let stale = Choice { revisions: (1, 1), ..choice(services, officer, Settled::Kept).await };
        let late = registry::merge(services, &act(officer, "m0"), ("TM.1", "TM.2"), &stale, REASON).await;
        assert!(matches!(late, Err(ActError::Stale)), "{late:?}");
        let mut other = choice(services, officer, Settled::Other).await;
        other.from_other.push(IdentityField::Code);
        registry::merge(services, &act(officer, "m1"), ("TM.1", "TM.2"), &other, REASON).await.unwrap();
        assert_eq!(registry::known_as(services, officer, "TM.1").await.unwrap(), "TM.2");
        let moved = to(&register.here.0, day("2026-06-01"));
        registry::move_to(services, &act(officer, "move"), "TM.2", &moved, "điều động").await.unwrap();
        let refused = registry::undo(services, &act(officer, "u1"), "TM.2", "m1", "nhầm").await;
        let Err(ActError::Refused(refusals)) = refused else { panic!("{refused:?}") };
        assert!(matches!(&refusals[..], [UndoRefusal::Blocked { obstacles, count: 1 }] if obstacles[0].kind == "posting"), "{refusals:?}");
        registry::undo(services, &act(officer, "u2"), "TM.2", "move", "nhầm").await.unwrap();
        registry::undo(services, &act(officer, "u3"), "TM.2", "m1", "nhầm").await.unwrap();
        assert!(registry::person(services, officer, "TM.1").await.is_ok());
        let own = register.keeper_of(&register.here);
        let alone = registry::merge(services, &own, ("TM.1", "TM.2"), &other, REASON).await;
        assert!(matches!(alone, Err(ActError::NotFound)));
    }
}

/// Any two people of a province, settled in any way: what was before is again after taking the merge back.
#[tokio::test]
async fn taking_a_merge_back_gives_what_was_before() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let ask = registry::PeopleAsk { unit: None, text: String::new(), ..registry::PeopleAsk::on(day("2026-11-22")) };
        let people = registry::list_people(services, officer, &ask, None, 40).await.unwrap();
        let codes: Vec<&str> = people.lines.iter().map(|line| line.code.as_str()).collect();
        for (n, pair) in codes.chunks_exact(2).enumerate().take(12) {
            let (kept, other) = (seen(services, officer, pair[0]).await, seen(services, officer, pair[1]).await);
            let view = registry::merge_view(services, officer, (pair[0], pair[1])).await.unwrap();
            let settled = view.overlaps.iter().enumerate().map(|(i, (k, o))| ((k.id, o.id), Settled::ALL[(n + i) % 3])).collect();
            let from_other = IdentityField::ALL.iter().copied().filter(|field| (n + field.code().len()) % 2 == 0).collect();
            let choice = Choice { revisions: (view.kept.revision, view.other.revision), from_other, settled };
            let operation = format!("m{n}");
            match registry::merge(services, &act(officer, &operation), (pair[0], pair[1]), &choice, REASON).await {
                Err(ActError::Refused(refusals)) => {
                    assert!(matches!(&refusals[0], MergeRefusal::Fault(MergeFault::CannotCut, _)), "{refusals:?}");
                    continue;
                }
                merged => drop(merged.unwrap()),
            }
            let code = if choice.from_other.contains(&IdentityField::Code) { pair[1] } else { pair[0] };
            let one = seen(services, officer, code).await;
            let lines: Vec<_> = one.postings.iter().map(|posting| (posting.id, posting.during)).collect();
            assert!(lines.iter().enumerate().all(|(i, line)| overlapping(&[*line], &lines[..i]).is_empty()), "{lines:?}");
            registry::undo(services, &act(officer, &format!("u{n}")), code, &operation, "thử").await.unwrap();
            assert_eq!((seen(services, officer, pair[0]).await, seen(services, officer, pair[1]).await), (kept, other), "{pair:?}");
        }
    }
}

#[tokio::test]
async fn a_name_for_a_class_goes_with_the_person_and_stays_one() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        with_two(&register).await;
        let lead = domain::ids::UnitId(register.here.1);
        let mut codes = Vec::new();
        for starts_on in ["2026-12-07", "2026-12-14"].map(day) {
            let terms = Terms { lead, starts_on, ends_on: starts_on, days: 1, periods: 8, ..crate::hall::terms(5) };
            let class = classes::create(services, officer, &terms, &[]).await.unwrap();
            let open = Deed { act: ClassAct::Open, decision: "1/QĐ", reason: "", days: None };
            classes::act(services, officer, &class, 1, &open).await.unwrap();
            codes.push(class);
        }
        let name = async |class: &str, official: &str| {
            let entry = Entry { official: official.to_owned(), reason: "đủ người thay".to_owned(), ..Entry::default() };
            crate::hall::told(&nominations::name(services, officer, class, &[entry], None).await.unwrap()[0].1)
        };
        assert_eq!([name(&codes[0], "TM.2").await, name(&codes[1], "TM.1").await, name(&codes[1], "TM.2").await], ["seated"; 3]);
        let cut = choice(services, officer, Settled::Cut).await;
        registry::merge(services, &act(officer, "m1"), ("TM.1", "TM.2"), &cut, "cùng một người").await.unwrap();
        for class in &codes {
            let roster = nominations::roster(services, officer, class).await.unwrap().lines;
            let alive: Vec<_> = roster.iter().filter(|line| line.line.state.is_alive()).collect();
            assert_eq!(alive.iter().map(|line| line.line.official.1.as_str()).collect::<Vec<_>>(), ["TM.1"]);
            assert!(alive[0].line.seat.is_some());
        }
        registry::undo(services, &act(officer, "u1"), "TM.1", "m1", "hai người khác nhau").await.unwrap();
        let roster = nominations::roster(services, officer, &codes[0]).await.unwrap().lines;
        assert_eq!(roster[0].line.official.1, "TM.2");
    }
}
