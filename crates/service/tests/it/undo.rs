//! What was done to the register is taken back: all of it, once, and only while nothing was built on it.

use domain::people::{Band, RatingKind, Sex};
use domain::register::Ending;
use domain::roles::Role;
use service::audit::AuditAsk;
use service::registry::{self, Hindrance, Identity, UndoRefusal};
use service::{ActError, Ctx};
use store::write::register::{self as write, NewRating, Undoing, Why};
use store::write::schemes::By;
use testkit::databases::Fresh;

use crate::register::{REASON, Register, identity, register, to};
use crate::world::{NOW, day, person, system};

/// The same person in another request.
fn act(ctx: &Ctx, operation: &str) -> Ctx {
    Ctx { operation: operation.to_owned(), ..ctx.clone() }
}

async fn with_one(fresh: &Fresh) -> Register {
    let register = register(fresh).await;
    let first = to(&register.here.0, day("2026-01-05"));
    registry::add(&register.services, &act(&register.officer, "add"), &identity("TM.1"), &first, REASON).await.unwrap();
    register
}

#[tokio::test]
async fn a_whole_act_goes_back_and_back_again() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let before = registry::person(services, officer, "TM.1").await.unwrap();
        registry::leave(services, &act(officer, "leave"), "TM.1", day("2026-09-01"), Ending::Retired, REASON).await.unwrap();
        registry::move_to(services, &act(officer, "back"), "TM.1", &to(&register.there.0, day("2026-10-01")), REASON).await.unwrap();
        let moved = registry::person(services, officer, "TM.1").await.unwrap();
        for (operation, of) in [("u1", "back"), ("u2", "leave")] {
            assert_eq!(registry::undo(services, &act(officer, operation), "TM.1", of, "nhầm").await.unwrap(), 1);
        }
        assert_eq!(registry::person(services, officer, "TM.1").await.unwrap(), before);
        for (operation, of) in [("r1", "u2"), ("r2", "u1")] {
            registry::undo(services, &act(officer, operation), "TM.1", of, "đúng ra là vậy").await.unwrap();
        }
        assert_eq!(registry::person(services, officer, "TM.1").await.unwrap(), moved);
        let history = registry::history(services, officer, "TM.1", None, 20).await.unwrap();
        let told: Vec<_> = history.iter().map(|c| (c.operation.as_str(), c.undoes, c.is_undone)).collect();
        let expected = [("r2", true, false), ("r1", true, false), ("u2", true, true), ("u1", true, true), ("back", false, false)];
        assert_eq!(told[..5], expected);
        let ask = AuditAsk { act: Some("register.undo".to_owned()), ..AuditAsk::default() };
        assert_eq!(service::audit::page(services, &system(), &ask, None, 10).await.unwrap().lines.len(), 4);
    }
}

#[tokio::test]
async fn what_was_built_on_is_named_and_nothing_goes_back() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let good = (RatingKind::Yearly, Band::Good, day("2026-02-01"));
        registry::add_rating(services, &act(officer, "rate"), "TM.1", good, REASON).await.unwrap();
        let read = registry::person(services, officer, "TM.1").await.unwrap().revision;
        let renamed = Identity { sex: Sex::Male, ..identity("TM.1") };
        registry::amend(services, &act(officer, "amend"), "TM.1", read, &renamed, "ghi nhầm giới tính").await.unwrap();
        let before = registry::person(services, officer, "TM.1").await.unwrap();
        let refused = registry::undo(services, &act(officer, "u1"), "TM.1", "add", "nhầm").await;
        let Err(ActError::Refused(refusals)) = refused else { panic!("{refused:?}") };
        let [UndoRefusal::Blocked { obstacles, count: 2 }] = refusals.as_slice() else { panic!("{refusals:?}") };
        let whose = Some(("TM.1".to_owned(), "Hồ Thị Bình".to_owned()));
        assert!(obstacles.iter().all(|o| o.kind == "official" && o.person == whose), "{obstacles:?}");
        let reasons: Vec<_> = obstacles.iter().map(|o| &o.why).collect();
        assert!(matches!(reasons[0], Hindrance::Changed { who: Some(who), reason, .. } if who == "An" && reason == "ghi nhầm giới tính"));
        assert_eq!(*reasons[1], Hindrance::Needed { by: "rating".to_owned(), rows: 1 });
        assert_eq!(registry::person(services, officer, "TM.1").await.unwrap(), before);
        assert!(matches!(registry::undo(services, &act(officer, "u2"), "TM.1", "amend", " ").await,
            Err(ActError::Refused(refusals)) if refusals == [UndoRefusal::NoReason]));
        for (operation, of) in [("u3", "amend"), ("u4", "rate"), ("u5", "add")] {
            registry::undo(services, &act(officer, operation), "TM.1", of, "nhầm").await.unwrap();
        }
        assert!(matches!(registry::person(services, officer, "TM.1").await, Err(ActError::NotFound)));
        let twice = registry::undo(services, &act(officer, "u6"), "TM.1", "add", "nhầm").await;
        assert!(matches!(twice, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn a_form_opened_before_an_act_went_back_is_told_to_look_again() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let first = registry::person(services, officer, "TM.1").await.unwrap().revision;
        let renamed = Identity { name: "Hồ Bình".to_owned(), ..identity("TM.1") };
        registry::amend(services, &act(officer, "amend"), "TM.1", first, &renamed, REASON).await.unwrap();
        registry::undo(services, &act(officer, "undo"), "TM.1", "amend", "nhầm").await.unwrap();
        for old in [first, first + 1] {
            let late = registry::amend(services, &act(officer, "late"), "TM.1", old, &renamed, REASON).await;
            assert!(matches!(late, Err(ActError::Stale)), "{late:?}");
        }
    }
}

#[tokio::test]
async fn only_who_keeps_everybody_whom_an_act_touched_takes_it_back() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let both = act(officer, "both");
        registry::add(services, &both, &identity("TM.2"), &to(&register.here.0, day("2026-01-05")), REASON).await.unwrap();
        let there = Identity { citizen_number: None, ..identity("TM.3") };
        registry::add(services, &both, &there, &to(&register.there.0, day("2026-01-05")), REASON).await.unwrap();
        let own = act(&register.keeper_of(&register.here), "own");
        let refused = registry::undo(services, &own, "TM.2", "both", "nhầm").await;
        assert!(matches!(refused, Err(ActError::Refused(refusals)) if refusals == [UndoRefusal::OthersToo { people: 1 }]));
        assert!(matches!(registry::undo(services, &own, "TM.3", "both", "nhầm").await, Err(ActError::NotFound)));
        assert!(matches!(registry::undo(services, &own, "TM.1", "both", "nhầm").await, Err(ActError::NotFound)));
        let head = person(own.who.as_ref().unwrap().user, Role::UnitHead, Some(register.here.1));
        assert!(matches!(registry::undo(services, &head, "TM.2", "both", "nhầm").await, Err(ActError::Forbidden(_))));
        assert_eq!(registry::operation(services, &own, "TM.2", "both").await.unwrap().touched.outside, 1);
        registry::undo(services, &own, "TM.1", "add", "nhầm").await.unwrap();
        assert_eq!(registry::undo(services, &act(officer, "all"), "TM.2", "both", "nhầm").await.unwrap(), 4);
    }
}

/// An import goes back in one act, of `KHUEVAN_UNDO_ROWS` rows if set.
#[tokio::test]
async fn an_act_of_many_rows_goes_back_in_few_statements() {
    let people: i64 = std::env::var("KHUEVAN_UNDO_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(3_000);
    for fresh in testkit::databases::each().await {
        let tx = fresh.db.write().await.unwrap();
        let why = |operation| Why { by: By::System, at: NOW, words: "nhập", operation };
        let mut officials = Vec::new();
        for n in 0..people / 2 {
            let new = Identity { citizen_number: None, ..identity(&format!("N.{n}")) };
            let official = write::add_official(&tx, &why("import"), &new).await.unwrap();
            let rating = NewRating { official, kind: RatingKind::Yearly, band: Band::Good, on: day("2026-01-05") };
            write::add_rating(&tx, &why("import"), &rating).await.unwrap();
            officials.push(official);
        }
        tx.commit().await.unwrap();
        let tx = fresh.db.write().await.unwrap();
        let undone = write::undo_operation(&tx, &why("undo"), "import").await.unwrap();
        assert_eq!(undone, Undoing::Done { rows: usize::try_from(people).unwrap() });
        assert!(matches!(write::undo_operation(&tx, &why("redo"), "undo").await.unwrap(), Undoing::Done { .. }));
        tx.commit().await.unwrap();
        assert!(store::read::register::is_code_taken(&fresh.db, "N.7").await.unwrap());
    }
}
