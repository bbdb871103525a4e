//! The life of a scheme: draft, save, publish, retire; what is refused and who may.

use domain::roles::Role;
use service::schemes::{self, Draft, EditRefusal, MarkRefusal};
use service::{ActError, Ctx};
use store::read::schemes::VersionState;
use store::write::schemes::Occurrence;

use crate::world::{day, installed, person, system, today};

fn text(code: &str) -> &'static str {
    schemefile::builtin().iter().find(|b| b.code == code).unwrap().text
}

async fn draft_of(services: &service::Services, ctx: &Ctx, code: &str) -> (i32, i32, String) {
    let number = schemes::start_draft(services, ctx, code, 1, "điều chỉnh").await.unwrap();
    let line = schemes::versions(services, ctx, Some(code)).await.unwrap().into_iter().find(|l| l.number == number).unwrap();
    (number, line.revision, text(code).to_owned())
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other() {
    for fresh in testkit::databases::each().await {
        let (services, an, binh) = installed(&fresh).await;
        let (an, binh) = (person(an, Role::HomeAffairs, None), person(binh, Role::HomeAffairs, None));
        let (number, revision, body) = draft_of(&services, &an, "lang-son-2021").await;
        let draft = |note| Draft { scheme: "lang-son-2021", number, revision, body: &body, note };
        schemes::save_draft(&services, &an, &draft("An sửa")).await.unwrap();
        let second = schemes::save_draft(&services, &binh, &draft("Bình sửa")).await;
        assert!(matches!(second, Err(ActError::Stale)), "{second:?}");
    }
}

#[tokio::test]
async fn a_published_draft_replaces_the_version_before_it() {
    for fresh in testkit::databases::each().await {
        let (services, an, _) = installed(&fresh).await;
        let an = person(an, Role::HomeAffairs, None);
        let (number, revision, body) = draft_of(&services, &an, "dong-thap-2021").await;
        let body = body.replacen("T4.3", "T4.9", 1);
        let changed = Draft { scheme: "dong-thap-2021", number, revision, body: &body, note: "đổi mã" };
        schemes::save_draft(&services, &an, &changed).await.unwrap();
        schemes::publish(&services, &an, "dong-thap-2021", number, revision + 1, "theo quyết định").await.unwrap();
        let current = schemes::one(&services, &an, "dong-thap-2021").await.unwrap();
        assert_eq!(current.version.number, number);
        assert!(current.target("T4.9").is_some() && current.target("T4.3").is_none());
        let states: Vec<_> = schemes::versions(&services, &an, Some("dong-thap-2021")).await.unwrap().iter().map(|v| v.state).collect();
        assert_eq!(states, [VersionState::Published, VersionState::Retired]);
        let revision = current.version.revision;
        schemes::retire(&services, &an, "dong-thap-2021", number, revision, "hết hiệu lực").await.unwrap();
        assert!(matches!(schemes::one(&services, &an, "dong-thap-2021").await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn mistakes_and_taken_codes_are_refused_and_nothing_changes() {
    let fresh = testkit::databases::sqlite().await;
    let (services, an, _) = installed(&fresh).await;
    let an = person(an, Role::HomeAffairs, None);
    let taken = schemes::create(&services, &an, text("lang-son-2021"), "").await;
    assert!(matches!(taken, Err(ActError::Refused(EditRefusal::CodeTaken))));
    let copy = text("lang-son-2021").replacen("lang-son-2021", "ban-sao", 1);
    let created = schemes::create(&services, &an, &copy, "").await.unwrap();
    let published = schemes::publish(&services, &an, &created, 1, 1, "").await;
    assert!(matches!(published, Err(ActError::Refused(EditRefusal::TargetTaken { target, .. })) if target == "T3.1"));
    let (number, revision, body) = draft_of(&services, &an, "lang-son-2021").await;
    let broken = body.replacen("code", "cod", 1);
    let saved = schemes::save_draft(&services, &an, &Draft { scheme: "lang-son-2021", number, revision, body: &broken, note: "" }).await;
    assert!(matches!(saved, Err(ActError::Refused(EditRefusal::Faults(faults))) if faults.iter().all(|f| f.line > 0)));
    let again = schemes::start_draft(&services, &an, "lang-son-2021", 1, "").await;
    assert!(matches!(again, Err(ActError::Refused(EditRefusal::DraftExists { number: n })) if n == number));
}

#[tokio::test]
async fn only_home_affairs_edits_and_an_inspector_sees_no_drafts() {
    let fresh = testkit::databases::sqlite().await;
    let (services, an, binh) = installed(&fresh).await;
    for role in Role::ALL.iter().filter(|r| **r != Role::HomeAffairs) {
        let ctx = person(binh, *role, None);
        let refused = schemes::start_draft(&services, &ctx, "lang-son-2021", 1, "").await;
        assert!(matches!(refused, Err(ActError::Forbidden(_))), "{role}");
    }
    draft_of(&services, &person(an, Role::HomeAffairs, None), "lang-son-2021").await;
    let seen = schemes::versions(&services, &person(binh, Role::Inspector, None), Some("lang-son-2021")).await.unwrap();
    assert!(seen.iter().all(|v| v.state != VersionState::Draft));
}

#[tokio::test]
async fn evidence_is_named_dated_and_given_once() {
    for fresh in testkit::databases::each().await {
        let (services, an, _) = installed(&fresh).await;
        let an = person(an, Role::HomeAffairs, None);
        let mark = |evidence, on| schemes::mark_target(&services, &an, ("lang-son-2021", "T3.3"), true, on, evidence);
        assert!(matches!(mark("", today()).await, Err(ActError::Refused(MarkRefusal::NoEvidence))));
        assert!(matches!(mark("QĐ 12", day("2026-11-23")).await, Err(ActError::Refused(MarkRefusal::InFuture))));
        mark("QĐ 12", today()).await.unwrap();
        let counted = schemes::mark_target(&services, &an, ("lang-son-2021", "T3.2"), true, today(), "x").await;
        assert!(matches!(counted, Err(ActError::Refused(MarkRefusal::NotYesNo))));

        let board = schemes::tasks(&services, &system(), "cao-bang-2026", today()).await.unwrap();
        let late = board.rows.iter().find(|r| r.state == schemes::TaskState::Late).unwrap();
        let what = || Occurrence { scheme: "cao-bang-2026", task: &late.task.code, deadline: late.deadline };
        schemes::mark_task(&services, &an, what(), today(), "Báo cáo 15/BC").await.unwrap();
        let twice = schemes::mark_task(&services, &an, what(), today(), "Báo cáo 15/BC").await;
        assert!(matches!(twice, Err(ActError::Refused(MarkRefusal::AlreadyDone))));
        let wrong = Occurrence { deadline: Some(day("2020-01-01")), ..what() };
        let refused = schemes::mark_task(&services, &an, wrong, today(), "x").await;
        assert!(matches!(refused, Err(ActError::Refused(MarkRefusal::NoSuchDeadline))));
    }
}
