//! Signing in: right and wrong passwords, the limit, ended sessions.

use std::time::Duration;

use domain::roles::Role;
use service::sessions::{self, Knock, LOGIN_LIMIT, SignInRefusal};
use service::{ActError, Services};
use store::write::accounts::{self, NewAccount};

use crate::world::{NOW, system, today};

const KNOCK: Knock<'static> = Knock { address: "127.0.0.1", agent: "test" };

async fn account(services: &Services) {
    let hash = sessions::hash("đúng rồi").unwrap();
    let tx = services.db.write().await.unwrap();
    let user = accounts::create(&tx, &NewAccount { login: "hoa", name: "Hoa", password_hash: &hash, official: None }, NOW).await.unwrap();
    accounts::grant(&tx, user, Role::HomeAffairs, None, today()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_right_password_opens_a_session_that_can_be_ended() {
    for fresh in testkit::databases::each().await {
        let services = Services::new(fresh.db.clone());
        account(&services).await;
        let signed_in = sessions::sign_in(&services, &system(), " HOA ", "đúng rồi", KNOCK).await.unwrap();
        let session = sessions::session(&services, &signed_in.token, NOW, today()).await.unwrap().unwrap();
        assert_eq!(session.who.grants.len(), 1);
        let mut ctx = system();
        ctx.who = Some(session.who.clone());
        sessions::end_session(&services, &ctx, session.id).await.unwrap();
        assert!(sessions::session(&services, &signed_in.token, NOW, today()).await.unwrap().is_none());
        assert!(matches!(sessions::end_session(&services, &ctx, session.id).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn a_session_is_read_once_while_nobody_writes_and_ends_when_another_process_ends_it() {
    for fresh in testkit::databases::each().await {
        let services = Services::new(fresh.db.clone());
        account(&services).await;
        let token = sessions::sign_in(&services, &system(), "hoa", "đúng rồi", KNOCK).await.unwrap().token;
        let live = async || sessions::session(&services, &token, NOW, today()).await.unwrap();
        let session = live().await.unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        let asked = fresh.db.asked();
        assert_eq!(live().await.as_ref(), Some(&session));
        // Another program in the same cluster may write meanwhile; then it is read once more.
        assert!(fresh.db.asked() - asked <= 1);
        let elsewhere = Services::new(store::Db::connect(&fresh.address).await.unwrap());
        let ctx = service::Ctx { who: Some(session.who.clone()), ..system() };
        sessions::end_session(&elsewhere, &ctx, session.id).await.unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert!(live().await.is_none(), "{:?}", fresh.db.engine());
    }
}

#[tokio::test]
async fn a_session_ends_by_itself_after_twelve_hours() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    account(&services).await;
    let token = sessions::sign_in(&services, &system(), "hoa", "đúng rồi", KNOCK).await.unwrap().token;
    let hours = |h: i64| NOW.plus_ms(h * 3_600_000);
    assert!(sessions::session(&services, &token, hours(11), today()).await.unwrap().is_some());
    assert!(sessions::session(&services, &token, hours(12), today()).await.unwrap().is_none());
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    account(&services).await;
    for _ in 0..LOGIN_LIMIT {
        let refused = sessions::sign_in(&services, &system(), "hoa", "sai", KNOCK).await;
        assert!(matches!(refused, Err(ActError::Refused(SignInRefusal::WrongCredentials))));
    }
    let refused = sessions::sign_in(&services, &system(), "hoa", "đúng rồi", KNOCK).await;
    assert!(matches!(refused, Err(ActError::Refused(SignInRefusal::TooMany { minutes: 15 }))));
    let mut later = system();
    later.now = NOW.plus_ms(16 * 60_000);
    assert!(sessions::sign_in(&services, &later, "hoa", "đúng rồi", KNOCK).await.is_ok());
}

#[tokio::test]
async fn tokens_are_stored_only_as_digests() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    account(&services).await;
    let token = sessions::sign_in(&services, &system(), "hoa", "đúng rồi", KNOCK).await.unwrap().token;
    let who = sessions::session(&services, &token, NOW, today()).await.unwrap().unwrap().who.clone();
    let mut ctx = system();
    ctx.who = Some(who);
    let api = sessions::create_token(&services, &ctx, "máy tính", 30).await.unwrap();
    assert!(sessions::bearer(&services, &api, NOW, today()).await.unwrap().is_some());
    let file = testkit::databases::Folder::new();
    store::backup(&services.db, &file.path().join("b")).await.unwrap();
    let raw = std::fs::read(file.path().join("b")).unwrap();
    assert!(!raw.windows(token.len()).any(|w| w == token.as_bytes() || w == api.as_bytes()));
}
