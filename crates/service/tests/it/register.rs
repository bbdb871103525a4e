//! The register is kept: every change has who, when and why; rules refuse; units bound who may; two people do not overwrite each other.

use domain::people::{Band, Leadership, QualificationKind, RatingKind, Sex, StaffKind};
use domain::register::{Ending, IdentityFault, PostingFault};
use domain::roles::Role;
use domain::time::Date;
use service::registry::{self, CareerRefusal, Identity, IdentityRefusal, Move, Paper, PaperRefusal};
use service::{ActError, Ctx, Services};
use testkit::databases::Fresh;
use testkit::small;

use crate::world::{NOW, day, person, system, today};

pub(crate) const REASON: &str = "theo quyết định";

pub(crate) struct Register {
    pub(crate) services: Services,
    pub(crate) officer: Ctx,
    /// A department, and another one.
    pub(crate) here: (String, i64),
    pub(crate) there: (String, i64),
}

pub(crate) async fn register(fresh: &Fresh) -> Register {
    let province = small::province(today(), 200);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let unit = |actor: &str| {
        let found = province.frame.units.iter().find(|u| u.actor.as_deref() == Some(actor) && u.ends_on.is_none()).unwrap();
        (found.code.clone(), found.id)
    };
    let services = Services::new(fresh.db.clone());
    Register { services, officer: person(user, Role::HomeAffairs, None), here: unit("so-y-te"), there: unit("so-tai-chinh") }
}

pub(crate) fn identity(code: &str) -> Identity {
    Identity {
        code: code.to_owned(),
        record_code: None,
        name: "Hồ Thị Bình".to_owned(),
        other_names: None,
        birth_on: day("1985-03-31"),
        sex: Sex::Female,
        ethnicity: 26,
        religion: None,
        health: None,
        citizen_number: Some("049185001234".to_owned()),
        recruited_on: Some(day("2010-06-01")),
    }
}

pub(crate) fn to(unit: &str, from: Date) -> Move<'_> {
    Move {
        unit,
        post: "Chuyên viên",
        staff: StaffKind::CongChuc,
        leadership: None,
        group: None,
        duty: None,
        appointment: None,
        grade: Some("01.003"),
        fits_post: None,
        from,
        decision: Some("12/QĐ-SNV"),
    }
}

impl Register {
    async fn with_one(&self) {
        registry::add(&self.services, &self.officer, &identity("TM.1"), &to(&self.here.0, day("2026-01-05")), REASON).await.unwrap();
    }

    pub(crate) fn keeper_of(&self, unit: &(String, i64)) -> Ctx {
        let who = self.officer.who.as_ref().unwrap();
        person(who.user, Role::UnitHr, Some(unit.1))
    }
}

#[tokio::test]
async fn a_new_official_is_in_the_list_and_in_the_history() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let (services, officer) = (&register.services, &register.officer);
        let found = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!((found.name.as_str(), found.postings.len(), found.postings[0].grade.as_deref()), ("Hồ Thị Bình", 1, Some("01.003")));
        let history = registry::history(services, officer, "TM.1", None, 10).await.unwrap();
        let told: Vec<_> = history.iter().map(|c| (c.kind.as_str(), c.reason.as_str(), c.who.as_deref(), c.existed)).collect();
        assert_eq!(told, [("posting", REASON, Some("An"), false), ("official", REASON, Some("An"), false)]);
        let unit = history[0].columns.iter().find(|c| c.column == "unit_id").unwrap();
        assert!(unit.after.as_deref().unwrap().contains("Y tế"), "{unit:?}");
        let again = registry::add(services, officer, &identity("TM.1"), &to(&register.here.0, day("2026-01-05")), REASON).await;
        assert!(matches!(again, Err(ActError::Refused(refusals)) if refusals == [IdentityRefusal::CodeTaken]));
    }
}

#[tokio::test]
async fn every_mistake_of_a_new_official_is_told_at_once() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let wrong = Identity { name: " ".to_owned(), ethnicity: 99, ..identity("TM 2") };
        let first = Move { post: "", from: day("1995-01-01"), ..to(&register.here.0, today()) };
        let Err(ActError::Refused(refusals)) = registry::add(&register.services, &register.officer, &wrong, &first, "").await else {
            panic!("taken");
        };
        for expected in [
            IdentityRefusal::Fault(IdentityFault::NoName),
            IdentityRefusal::Fault(IdentityFault::BadCode),
            IdentityRefusal::Fault(IdentityFault::UnknownEthnicity),
            IdentityRefusal::NoReason,
            IdentityRefusal::Career(CareerRefusal::NoPost),
            IdentityRefusal::Career(CareerRefusal::Fault(PostingFault::TooYoung)),
        ] {
            assert!(refusals.contains(&expected), "{expected:?} is not in {refusals:?}");
        }
    }
}

#[tokio::test]
async fn who_saves_second_is_told_and_overwrites_nothing() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let (services, officer) = (&register.services, &register.officer);
        let read = registry::person(services, officer, "TM.1").await.unwrap().revision;
        let renamed = Identity { name: "Hồ Thị Thanh Bình".to_owned(), ..identity("TM.1") };
        registry::amend(services, officer, "TM.1", read, &renamed, "đổi tên").await.unwrap();
        let second = registry::amend(services, officer, "TM.1", read, &identity("TM.1"), "sửa").await;
        assert!(matches!(second, Err(ActError::Stale)));
        let now = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!((now.name.as_str(), now.revision), ("Hồ Thị Thanh Bình", read + 1));
        let change = &registry::history(services, officer, "TM.1", None, 1).await.unwrap()[0];
        let differences: Vec<_> = change.columns.iter().map(|d| (d.column.as_str(), d.before.as_deref(), d.after.as_deref())).collect();
        assert_eq!(differences, [("name", Some("Hồ Thị Bình"), Some("Hồ Thị Thanh Bình"))]);
    }
}

#[tokio::test]
async fn moving_ends_what_was_leaving_ends_all_and_one_may_return_but_not_from_death() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let (services, officer) = (&register.services, &register.officer);
        let head = Move { leadership: Some(Leadership::DepartmentDeputy), ..to(&register.there.0, day("2026-06-01")) };
        registry::move_to(services, officer, "TM.1", &head, REASON).await.unwrap();
        let postings = registry::person(services, officer, "TM.1").await.unwrap().postings;
        assert_eq!((postings[0].unit.0.as_str(), postings[1].ended_by), (register.there.0.as_str(), Some(Ending::Moved)));
        assert_eq!(postings[1].during.to(), Some(day("2026-06-01")));
        registry::second(services, officer, "TM.1", &to(&register.here.0, day("2026-07-01")), None, REASON).await.unwrap();
        registry::leave(services, officer, "TM.1", day("2026-09-01"), Ending::Retired, REASON).await.unwrap();
        let after = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!((after.postings[0].during.to(), after.secondments[0].during.to()), (Some(day("2026-09-01")), Some(day("2026-09-01"))));
        let again = registry::leave(services, officer, "TM.1", day("2026-10-01"), Ending::Died, REASON).await;
        assert!(matches!(again, Err(ActError::Refused(refusals)) if refusals == [CareerRefusal::NothingToEnd]));
        registry::move_to(services, officer, "TM.1", &to(&register.here.0, day("2026-10-01")), "trở lại").await.unwrap();
        registry::leave(services, officer, "TM.1", day("2026-11-01"), Ending::Died, REASON).await.unwrap();
        let back = registry::move_to(services, officer, "TM.1", &to(&register.here.0, day("2026-11-10")), REASON).await;
        assert!(matches!(back, Err(ActError::Refused(refusals)) if refusals == [CareerRefusal::Fault(PostingFault::AfterDeath)]));
    }
}

#[tokio::test]
async fn a_unit_keeps_its_own_people_and_nobody_elses() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let services = &register.services;
        let (own, other) = (register.keeper_of(&register.here), register.keeper_of(&register.there));
        let read = registry::person(services, &own, "TM.1").await.unwrap().revision;
        registry::amend(services, &own, "TM.1", read, &identity("TM.1"), "không đổi gì").await.unwrap();
        let strange = registry::amend(services, &other, "TM.1", read, &identity("TM.1"), REASON).await;
        assert!(matches!(strange, Err(ActError::NotFound)));
        let away = registry::move_to(services, &own, "TM.1", &to(&register.there.0, day("2026-06-01")), REASON).await;
        assert!(matches!(away, Err(ActError::Refused(refusals)) if refusals == [CareerRefusal::OtherKeeper]));
        let into = registry::add(services, &other, &identity("TM.3"), &to(&register.here.0, day("2026-01-05")), REASON).await;
        assert!(matches!(into, Err(ActError::Forbidden(_))));
        let mut herself = own.clone();
        herself.who.as_mut().unwrap().official = Some(registry::person(services, &own, "TM.1").await.unwrap().id);
        let own_record = registry::amend(services, &herself, "TM.1", read, &identity("TM.1"), REASON).await;
        assert!(matches!(own_record, Err(ActError::Forbidden(_))));
        assert!(!registry::history(services, &herself, "TM.1", None, 5).await.unwrap().is_empty());
        let head = person(own.who.as_ref().unwrap().user, Role::UnitHead, Some(register.here.1));
        assert!(matches!(registry::history(services, &head, "TM.1", None, 5).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn papers_are_judged_added_and_struck_out_with_their_history() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let (services, officer) = (&register.services, &register.officer);
        let paper = Paper {
            kind: QualificationKind::PoliticalTheory,
            degree: None,
            field: None,
            grade: Some("trung_cap"),
            granted_on: day("2020-05-01"),
            expires_on: None,
            issuer: Some("Trường Chính trị"),
            number: Some("A 123"),
        };
        registry::add_qualification(services, officer, "TM.1", &paper, REASON).await.unwrap();
        for (wrong, refusal) in [
            (Paper { kind: QualificationKind::Professional, grade: None, ..paper }, PaperRefusal::NoDegree),
            (Paper { grade: Some("b1"), ..paper }, PaperRefusal::OddLevel),
            (Paper { granted_on: today().next_day().unwrap(), ..paper }, PaperRefusal::InFuture),
            (Paper { expires_on: Some(day("2020-05-01")), ..paper }, PaperRefusal::EndsBeforeStart),
            (Paper { granted_on: day("2000-03-30"), ..paper }, PaperRefusal::TooYoung),
        ] {
            let refused = registry::add_qualification(services, officer, "TM.1", &wrong, REASON).await;
            assert!(matches!(&refused, Err(ActError::Refused(refusals)) if *refusals == [refusal]), "{refusal:?}: {refused:?}");
        }
        registry::add_rating(services, officer, "TM.1", (RatingKind::Yearly, Band::Good, day("2025-12-20")), REASON).await.unwrap();
        let found = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!((found.qualifications.len(), found.ratings.len()), (1, 1));
        let line = ("qualification", found.qualifications[0].id);
        registry::strike(services, officer, "TM.1", line, "nhập nhầm người").await.unwrap();
        let ask = service::audit::AuditAsk { act: Some("register.strike".to_owned()), ..service::audit::AuditAsk::default() };
        let noted = service::audit::page(services, &system(), &ask, None, 10).await.unwrap().lines;
        assert_eq!(
            noted.iter().map(|l| (l.subject.as_str(), l.reason.as_str())).collect::<Vec<_>>(),
            [("official/TM.1", "nhập nhầm người")]
        );
        assert!(registry::person(services, officer, "TM.1").await.unwrap().qualifications.is_empty());
        let last = &registry::history(services, officer, "TM.1", None, 1).await.unwrap()[0];
        assert!(!last.exists && last.columns.iter().any(|d| d.before.as_deref() == Some("A 123")), "{last:?}");
        assert!(matches!(registry::strike(services, officer, "TM.1", line, REASON).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn what_is_masked_is_shown_for_a_purpose_and_the_look_is_noted() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        register.with_one().await;
        let (services, officer) = (&register.services, &register.officer);
        assert!(matches!(registry::reveal(services, officer, "TM.1", " ").await, Err(ActError::Refused(_))));
        let masked = registry::reveal(services, officer, "TM.1", "đối chiếu").await.unwrap();
        assert_eq!(masked.citizen_number.as_deref(), Some("049185001234"));
        let leader = person(officer.who.as_ref().unwrap().user, Role::ProvinceLeader, None);
        assert!(matches!(registry::reveal(services, &leader, "TM.1", "xem").await, Err(ActError::Forbidden(_))));
        let ask = service::audit::AuditAsk { act: Some("people.reveal".to_owned()), ..service::audit::AuditAsk::default() };
        let lines = service::audit::page(services, &system(), &ask, None, 10).await.unwrap().lines;
        assert_eq!(lines.iter().map(|l| l.reason.as_str()).collect::<Vec<_>>(), ["đối chiếu"]);
    }
}
