//! Planned posts, promises of service and scans: written with their rules, taken back, merged, and gone with the name.

use domain::people::{Leadership, QualificationKind};
use domain::register::Ending;
use domain::register::commitments::{Closing, CommitmentFacts, CommitmentFault};
use domain::register::merging::Settled;
use domain::register::scans::{Media, Proven, ScanFault};
use domain::roles::Role;
use service::audit::AuditAsk;
use service::registry::{self, Choice, Hindrance, Paper, PlanRefusal, Planning, ScanRefusal, UndoRefusal};
use service::{ActError, Ctx};
use testkit::databases::Fresh;

use crate::register::{REASON, Register, identity, register, to};
use crate::world::{NOW, day, person, system};

const PDF: &[u8] = b"%PDF-1.4 Qwxscan";

fn act(ctx: &Ctx, operation: &str) -> Ctx {
    Ctx { operation: operation.to_owned(), ..ctx.clone() }
}

/// Somebody who works here from 2020 and in the second half of 2025 still as a civil servant.
async fn with_one(fresh: &Fresh) -> Register {
    let register = register(fresh).await;
    let first = to(&register.here.0, day("2020-01-05"));
    registry::add(&register.services, &register.officer, &identity("TM.1"), &first, REASON).await.unwrap();
    register
}

fn promised(sent: &str, months: i32) -> CommitmentFacts<'static> {
    CommitmentFacts {
        study: "Thạc sĩ Quản lý công",
        sent_on: day(sent),
        study_months: 24,
        months,
        starts_on: day(sent).replace_year(day(sent).year() + 2).unwrap(),
        closed: None,
    }
}

async fn paper(register: &Register, code: &str) -> i64 {
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
    registry::add_qualification(&register.services, &act(&register.officer, "paper"), code, &paper, REASON).await.unwrap();
    registry::person(&register.services, &register.officer, code).await.unwrap().qualifications[0].id
}

#[tokio::test]
async fn a_promise_is_as_long_as_the_law_of_the_day_of_sending_asks() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        // Two times the study until 30/06/2025 (NĐ 101/2017), three times from 01/07/2025 (NĐ 171/2025).
        let cases = [("2025-06-30", 47, Some(48)), ("2025-06-30", 48, None), ("2025-07-01", 71, Some(72)), ("2025-07-01", 72, None)];
        for (sent, months, needed) in cases {
            let said = registry::promise(services, officer, "TM.1", &promised(sent, months), (Some("5/QĐ"), REASON)).await;
            match (said, needed) {
                (Ok(()), None) => {}
                (Err(ActError::Refused(refusals)), Some(least)) => {
                    let [PlanRefusal::TooShort { needed, cited }] = refusals.as_slice() else { panic!("{refusals:?}") };
                    assert_eq!(*needed, least);
                    assert!(cited.vi.contains(if least == 48 { "101/2017" } else { "171/2025" }), "{cited:?}");
                }
                (other, _) => panic!("{sent} {months}: {other:?}"),
            }
        }
        // Nobody knows the law for somebody who worked nowhere that day; the paper is written down as it is.
        registry::promise(services, officer, "TM.1", &promised("2019-01-01", 1), (None, REASON)).await.unwrap();
        let odd = CommitmentFacts { study: "", months: 0, ..promised("2025-07-01", 0) };
        let refused = registry::promise(services, officer, "TM.1", &odd, (None, " ")).await;
        let expected =
            vec![PlanRefusal::Fault(CommitmentFault::NoStudy), PlanRefusal::Fault(CommitmentFault::OddMonths), PlanRefusal::NoReason];
        assert!(matches!(refused, Err(ActError::Refused(refusals)) if refusals == expected));
        let lines = registry::person(services, officer, "TM.1").await.unwrap().commitments;
        assert_eq!(lines.iter().map(|l| l.standing(day("2028-01-01")).code()).collect::<Vec<_>>(), ["running", "running", "served"]);
    }
}

#[tokio::test]
async fn a_promise_is_closed_once_and_the_act_goes_back() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        registry::promise(services, officer, "TM.1", &promised("2022-01-01", 48), (None, REASON)).await.unwrap();
        let before = registry::person(services, officer, "TM.1").await.unwrap();
        let id = before.commitments[0].id;
        let close = |at: &'static str| (id, Closing::Repaid, day(at));
        let early = registry::close_promise(services, officer, "TM.1", close("2023-12-31"), REASON).await;
        assert!(matches!(early, Err(ActError::Refused(r)) if r == [PlanRefusal::Fault(CommitmentFault::ClosedBeforeStart)]));
        registry::close_promise(services, &act(officer, "close"), "TM.1", close("2025-03-01"), REASON).await.unwrap();
        let again = registry::close_promise(services, officer, "TM.1", close("2025-04-01"), REASON).await;
        assert!(matches!(again, Err(ActError::Refused(r)) if r == [PlanRefusal::ClosedAlready]));
        let after = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!(after.commitments[0].standing(day("2025-03-01")).code(), "repaid");
        registry::undo(services, &act(officer, "u"), "TM.1", "close", "nhầm").await.unwrap();
        assert_eq!(registry::person(services, officer, "TM.1").await.unwrap(), before);
    }
}

#[tokio::test]
async fn a_post_is_planned_for_once_at_a_time_at_a_unit_that_lives() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let planning = |unit, from: &str, to: Option<&str>| Planning {
            unit,
            leadership: Leadership::DepartmentDeputy,
            from: day(from),
            to: to.map(day),
            decision: Some("9/QH"),
        };
        let there = register.there.0.as_str();
        registry::plan_post(services, officer, "TM.1", &planning(there, "2026-01-01", Some("2031-01-01")), REASON).await.unwrap();
        registry::plan_post(services, officer, "TM.1", &planning(there, "2031-01-01", None), REASON).await.unwrap();
        let cases = [
            (planning(there, "2030-12-31", Some("2031-01-01")), vec![PlanRefusal::Again]),
            (planning(there, "2032-01-01", Some("2032-01-01")), vec![PlanRefusal::EndsBeforeStart, PlanRefusal::Again]),
            (planning("H99.KHONG", "2026-01-01", None), vec![PlanRefusal::NoSuchUnit]),
        ];
        for (planning, expected) in cases {
            let refused = registry::plan_post(services, officer, "TM.1", &planning, REASON).await;
            assert!(matches!(&refused, Err(ActError::Refused(refusals)) if *refusals == expected), "{refused:?}");
        }
        let stranger = register.keeper_of(&register.there);
        let refused = registry::plan_post(services, &stranger, "TM.1", &planning(there, "2020-01-01", None), REASON).await;
        assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
        let planned = registry::person(services, officer, "TM.1").await.unwrap().planned;
        assert_eq!(planned.iter().map(|line| line.during.from()).collect::<Vec<_>>(), [day("2031-01-01"), day("2026-01-01")]);
    }
}

#[tokio::test]
async fn a_scan_proves_its_line_and_is_read_by_few_who_are_noted() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let row = paper(&register, "TM.1").await;
        let line = (Proven::Qualification, row);
        let add = async |line, bytes: &[u8], reason| registry::add_scan(services, officer, "TM.1", line, ("bằng.pdf", bytes), reason).await;
        add(line, PDF, REASON).await.unwrap();
        let fault = |fault| vec![ScanRefusal::Fault(fault)];
        let cases: [(&[u8], &str, Vec<ScanRefusal>); 4] = [
            (PDF, REASON, fault(ScanFault::Again)),
            (b"", REASON, fault(ScanFault::Empty)),
            (b"MZ", REASON, fault(ScanFault::OddFile)),
            (b"%PDF-2", " ", vec![ScanRefusal::NoReason]),
        ];
        for (bytes, reason, expected) in cases {
            let refused = add(line, bytes, reason).await;
            assert!(matches!(&refused, Err(ActError::Refused(refusals)) if *refusals == expected), "{refused:?}");
        }
        assert!(matches!(add((Proven::Rating, row), PDF, REASON).await, Err(ActError::NotFound)));
        let official = registry::person(services, officer, "TM.1").await.unwrap();
        let id = official.scans[0].id;
        let who = officer.who.as_ref().unwrap().user;
        let head = person(who, Role::UnitHead, Some(register.here.1));
        assert!(matches!(registry::scan(services, &head, "TM.1", id).await, Err(ActError::Forbidden(_))));
        let other = register.keeper_of(&register.there);
        assert!(matches!(registry::scan(services, &other, "TM.1", id).await, Err(ActError::NotFound)));
        let seen = registry::scan(services, officer, "TM.1", id).await.unwrap();
        assert_eq!((seen.name.as_str(), seen.media, seen.bytes.as_slice()), ("bằng.pdf", Media::Pdf, PDF));
        let asked = AuditAsk { act: Some("people.scan".to_owned()), ..AuditAsk::default() };
        let noted = service::audit::page(services, &system(), &asked, None, 9).await.unwrap();
        assert_eq!(noted.lines.len(), 1);
    }
}

#[tokio::test]
async fn a_scan_goes_with_its_line_and_comes_back_with_it() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let row = paper(&register, "TM.1").await;
        let line = (Proven::Qualification, row);
        registry::add_scan(services, &act(officer, "scan"), "TM.1", line, ("a.pdf", PDF), REASON).await.unwrap();
        let blocked = registry::undo(services, &act(officer, "u0"), "TM.1", "paper", "nhầm").await;
        let needed = |o: &registry::Obstacle| o.why == Hindrance::Needed { by: "scan".to_owned(), rows: 1 };
        assert!(
            matches!(&blocked, Err(ActError::Refused(r))
            if matches!(r.as_slice(), [UndoRefusal::Blocked { obstacles, count: 1 }] if obstacles.iter().all(needed))),
            "{blocked:?}"
        );
        let before = registry::person(services, officer, "TM.1").await.unwrap();
        registry::strike(services, &act(officer, "s"), "TM.1", ("qualification", row), REASON).await.unwrap();
        assert!(registry::person(services, officer, "TM.1").await.unwrap().scans.is_empty());
        let tx = fresh.db.write().await.unwrap();
        assert_eq!(store::write::register::sweep_scans(&tx).await.unwrap(), 0);
        tx.commit().await.unwrap();
        registry::undo(services, &act(officer, "u"), "TM.1", "s", "nhầm").await.unwrap();
        assert_eq!(registry::person(services, officer, "TM.1").await.unwrap(), before);
        let id = before.scans[0].id;
        assert_eq!(registry::scan(services, officer, "TM.1", id).await.unwrap().bytes, PDF);
        registry::remove_scan(services, officer, "TM.1", id, REASON).await.unwrap();
        assert!(matches!(registry::scan(services, officer, "TM.1", id).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn of_two_made_one_every_scan_proves_a_line_that_stayed() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let again = to(&register.there.0, day("2024-01-05"));
        registry::add(services, officer, &registry::Identity { citizen_number: None, ..identity("TM.2") }, &again, REASON).await.unwrap();
        let (stays, goes) = (paper(&register, "TM.1").await, paper(&register, "TM.2").await);
        registry::add_scan(services, officer, "TM.2", (Proven::Qualification, goes), ("a.pdf", PDF), REASON).await.unwrap();
        registry::promise(services, officer, "TM.2", &promised("2022-01-01", 48), (None, REASON)).await.unwrap();
        let view = registry::merge_view(services, officer, ("TM.1", "TM.2")).await.unwrap();
        let settled = view.overlaps.iter().map(|(kept, other)| ((kept.id, other.id), Settled::Cut)).collect();
        let choice = Choice { revisions: (view.kept.revision, view.other.revision), from_other: Vec::new(), settled };
        registry::merge(services, &act(officer, "m"), ("TM.1", "TM.2"), &choice, REASON).await.unwrap();
        let one = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!(one.scans.iter().map(|scan| scan.row).collect::<Vec<_>>(), [stays]);
        assert_eq!(one.commitments.len(), 1);
        registry::undo(services, &act(officer, "u"), "TM.1", "m", "hai người").await.unwrap();
        let other = registry::person(services, officer, "TM.2").await.unwrap();
        assert_eq!((other.scans[0].row, other.commitments.len()), (goes, 1));
    }
}

#[tokio::test]
async fn scans_go_when_the_names_go() {
    for fresh in testkit::databases::each().await {
        let register = with_one(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let row = paper(&register, "TM.1").await;
        registry::add_scan(services, officer, "TM.1", (Proven::Qualification, row), ("Qwxname.pdf", PDF), REASON).await.unwrap();
        registry::leave(services, officer, "TM.1", day("2026-06-01"), Ending::Retired, REASON).await.unwrap();
        let later = Ctx::system(NOW, day("2046-06-01"));
        registry::take_due_names(services, &later, &mut |_| {}).await.unwrap();
        let everything = testkit::look::Everything::of(&fresh).await;
        assert_eq!(everything.tables_with("Qwxname"), Vec::<&str>::new());
        let tx = fresh.db.write().await.unwrap();
        assert_eq!(store::write::register::sweep_scans(&tx).await.unwrap(), 0, "the bytes went with the names");
        tx.commit().await.unwrap();
    }
}
