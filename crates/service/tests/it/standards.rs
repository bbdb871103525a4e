//! The life of a standard: draft, save, preview, publish, retire; what is refused and who may.
//! Not for: judging by it (`gaps`).

use domain::roles::Role;
use service::gaps::{self, Ask, OfWhom};
use service::standards::{self, Draft, EditRefusal, Side, VersionState};
use service::{ActError, Ctx, Services};
use testkit::databases::{Fresh, each};
use testkit::small;

use crate::world::{NOW, person, system, today};

const CODE: &str = "tieu-chuan-chung";

async fn furnished(fresh: &Fresh) -> (Services, Ctx, Ctx) {
    small::province(today(), 120).load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let mut users = Vec::new();
    for login in ["an", "binh"] {
        let new = store::write::accounts::NewAccount { login, name: login, password_hash: "-", official: None };
        users.push(store::write::accounts::create(&tx, &new, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    let officer = |place: usize| person(users[place], Role::HomeAffairs, None);
    (Services::new(fresh.db.clone()), officer(0), officer(1))
}

/// The standard of the product without the fit of the degree, with the yearly amount as it is, and a certificate that few hold.
fn stricter() -> String {
    let text = standards::shipped();
    let (head, rest) = text.split_once("[[requirements]]\ncode = \"CM.1\"").unwrap();
    let (_, rest) = rest.split_once("[[requirements]]\ncode = \"CM.2\"").unwrap();
    let advanced = "level = \"cao_cap\"";
    format!("{head}[[requirements]]\ncode = \"CM.2\"{}", rest.replacen("level = \"trung_cap\"", advanced, 1))
}

async fn draft(services: &Services, ctx: &Ctx, body: &str) -> i32 {
    let code = standards::create(services, ctx, body, "bản đầu").await.unwrap();
    assert_eq!(code, CODE);
    1
}

async fn short(services: &Services, code: &str) -> Result<i64, ActError> {
    let ask = Ask { on: today(), unit: None };
    gaps::of_requirement(services, &system(), &OfWhom { code, ask: &ask, among: None }).await.map(|short| short.missing)
}

#[tokio::test]
async fn a_preview_says_who_becomes_short_and_who_is_freed_and_publishing_makes_it_so() {
    for fresh in each().await {
        let (services, an, _) = furnished(&fresh).await;
        let (fits, theory) = (short(&services, "CM.1").await.unwrap(), short(&services, "LLCT.2").await.unwrap());
        let number = draft(&services, &an, &stricter()).await;
        let preview = standards::preview(&services, &an, CODE, number).await.unwrap();
        let effect = |code: &str| preview.effects.iter().find(|effect| effect.code() == code).unwrap().clone();
        assert_eq!(preview.effects.len(), 2, "what stays is not told");
        let (gone, changed) = (effect("CM.1"), effect("LLCT.2"));
        assert!(gone.after.is_none() && gone.count(Side::Short) == 0);
        assert_eq!(i64::try_from(gone.count(Side::Freed)).unwrap(), fits);
        assert!(changed.count(Side::Short) > 0 && changed.missing.1 == changed.missing.0 + changed.count(Side::Short));
        let (first, after) = standards::people(&services, &an, (&preview, "LLCT.2", Side::Short), None, 2).await.unwrap();
        let (rest, none) = standards::people(&services, &an, (&preview, "LLCT.2", Side::Short), after.as_ref(), 9_999).await.unwrap();
        assert_eq!((first.len() + rest.len(), none), (changed.count(Side::Short), None));
        standards::publish(&services, &an, CODE, number, 1, "đổi chuẩn").await.unwrap();
        assert!(short(&services, "CM.1").await.is_err(), "nobody is asked any more");
        let now = short(&services, "LLCT.2").await.unwrap();
        assert_eq!(usize::try_from(now).unwrap(), changed.missing.1);
        assert!(now > theory);
        standards::retire(&services, &an, CODE, number, 2, "thôi").await.unwrap();
        assert_eq!(short(&services, "CM.1").await.unwrap(), fits, "the standard of the product holds again");
    }
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other_and_mistakes_are_located() {
    for fresh in each().await {
        let (services, an, binh) = furnished(&fresh).await;
        let body = stricter();
        let number = draft(&services, &an, &body).await;
        let saved = |ctx: Ctx| {
            let (services, body) = (&services, &body);
            async move { standards::save_draft(services, &ctx, &Draft { code: CODE, number, revision: 1, body, note: "sửa" }).await }
        };
        saved(an.clone()).await.unwrap();
        assert!(matches!(saved(binh.clone()).await, Err(ActError::Stale)));
        let broken = body.replacen("subject", "subjekt", 1);
        let wrong = Draft { code: CODE, number, revision: 2, body: &broken, note: "" };
        let refused = standards::save_draft(&services, &an, &wrong).await;
        assert!(
            matches!(&refused, Err(ActError::Refused(EditRefusal::Faults(faults))) if faults.iter().all(|f| f.line > 1)),
            "{refused:?}"
        );
        let other = body.replacen(CODE, "khac", 1);
        let refused = standards::save_draft(&services, &an, &Draft { body: &other, ..wrong }).await;
        assert!(matches!(refused, Err(ActError::Refused(EditRefusal::OtherCode { .. }))));
        let taken = standards::create(&services, &binh, &body, "").await;
        assert!(matches!(taken, Err(ActError::Refused(EditRefusal::CodeTaken))));
        let second = standards::start_draft(&services, &binh, CODE, 1, "").await;
        assert!(matches!(second, Err(ActError::Refused(EditRefusal::DraftExists { number: 1 }))));
        assert!(matches!(standards::publish(&services, &an, CODE, number, 1, "cũ").await, Err(ActError::Stale)));
        standards::publish(&services, &an, CODE, number, 2, "ban hành").await.unwrap();
        standards::create(&services, &an, &other, "").await.unwrap();
        let taken = standards::publish(&services, &an, "khac", 1, 1, "trùng mã").await;
        assert!(matches!(taken, Err(ActError::Refused(EditRefusal::RequirementTaken { .. }))), "{taken:?}");
    }
}

#[tokio::test]
async fn only_who_keeps_standards_writes_and_others_see_no_drafts() {
    for fresh in each().await {
        let (services, an, _) = furnished(&fresh).await;
        let number = draft(&services, &an, &stricter()).await;
        let user = an.who.as_ref().unwrap().user;
        for (role, unit) in [(Role::UnitHr, Some(1)), (Role::ProvinceLeader, None), (Role::Inspector, None), (Role::HomeAffairs, Some(1))] {
            let ctx = person(user, role, unit);
            let forbidden = standards::publish(&services, &ctx, CODE, number, 1, "x").await;
            assert!(matches!(forbidden, Err(ActError::Forbidden(_))), "{role}");
        }
        let inspector = person(user, Role::Inspector, None);
        assert!(standards::versions(&services, &inspector).await.unwrap().is_empty());
        assert!(matches!(standards::version(&services, &inspector, CODE, number).await, Err(ActError::NotFound)));
        assert!(matches!(standards::preview(&services, &inspector, CODE, number).await, Err(ActError::Forbidden(_))));
        let seen = standards::versions(&services, &an).await.unwrap();
        assert_eq!((seen.len(), seen[0].state), (1, VersionState::Draft));
        let learner = person(user, Role::Learner, None);
        assert!(matches!(standards::in_force(&services, &learner).await, Err(ActError::Forbidden(_))));
    }
}
