//! Accounts: who may manage them, what is refused, and that what is taken away is gone at once.

use domain::roles::{Act, Forbidden, Role};
use service::accounts::{self, AccountsAsk, AddRefusal, ChangeRefusal, GrantRefusal, LockRefusal, NewAccount, ResetRefusal};
use service::sessions::{self, Knock};
use service::{ActError, Ctx, Services};
use store::write::accounts as write;
use testkit::databases::Fresh;

use crate::world::{NOW, day, system, today};

const KNOCK: Knock<'static> = Knock { address: "127.0.0.1", agent: "test" };

struct House {
    services: Services,
    /// The administrator, signed in.
    chief: Ctx,
}

fn new<'a>(login: &'a str, role: Role) -> NewAccount<'a> {
    NewAccount { login, name: "Nguyễn Thị Đào", role, unit: None, official: None }
}

/// Signs in and gives what acts are given, with the session.
async fn enter(services: &Services, login: &str, password: &str) -> (Ctx, sessions::SignedIn) {
    let signed_in = sessions::sign_in(services, &system(), login, password, KNOCK).await.unwrap();
    let who = sessions::session(services, &signed_in.token, NOW, today()).await.unwrap().unwrap().who.clone();
    (Ctx { who: Some(who), operation: "test".to_owned(), ..system() }, signed_in)
}

async fn house(fresh: &Fresh) -> House {
    let services = Services::new(fresh.db.clone());
    let password = accounts::add(&services, &system(), &new("chief", Role::Administrator)).await.unwrap();
    let (chief, _) = enter(&services, "chief", &password).await;
    House { services, chief }
}

impl House {
    async fn add(&self, login: &str, role: Role) -> String {
        accounts::add(&self.services, &self.chief, &new(login, role)).await.unwrap()
    }

    async fn is_live(&self, session: &sessions::SignedIn) -> bool {
        sessions::session(&self.services, &session.token, NOW, today()).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn a_locked_account_loses_sessions_and_tokens_at_once_and_for_good() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let password = house.add("hoa", Role::HomeAffairs).await;
        let (hoa, session) = enter(services, "hoa", &password).await;
        let token = sessions::create_token(services, &hoa, "báo cáo", 30).await.unwrap();
        assert!(sessions::bearer(services, &token, NOW, today()).await.unwrap().is_some());
        accounts::lock(services, chief, "hoa", "nghỉ việc").await.unwrap();
        let dead = async || !house.is_live(&session).await && sessions::bearer(services, &token, NOW, today()).await.unwrap().is_none();
        assert!(dead().await);
        assert!(sessions::sign_in(services, &system(), "hoa", &password, KNOCK).await.is_err());
        let twice = accounts::lock(services, chief, "hoa", "nghỉ việc").await;
        assert!(matches!(twice, Err(ActError::Refused(LockRefusal::AlreadySo))));
        accounts::unlock(services, chief, "hoa", "trở lại").await.unwrap();
        assert!(dead().await);
        assert!(sessions::sign_in(services, &system(), "hoa", &password, KNOCK).await.is_ok());
    }
}

#[tokio::test]
async fn nobody_locks_oneself_and_one_administrator_is_always_left() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let own = accounts::lock(services, chief, "chief", "thử").await;
        assert!(matches!(own, Err(ActError::Refused(LockRefusal::Own))));
        // The terminal is nobody, and still leaves one.
        let last = accounts::lock(services, &system(), "chief", "thử").await;
        assert!(matches!(last, Err(ActError::Refused(LockRefusal::LastAdministrator))));
        let grant = accounts::view(services, chief, "chief").await.unwrap().grants[0].id;
        let taken = accounts::take_away(services, chief, "chief", grant).await;
        assert!(matches!(taken, Err(ActError::Refused(GrantRefusal::LastAdministrator))));
        house.add("second", Role::Administrator).await;
        accounts::lock(services, chief, "second", "thử").await.unwrap();
        // A locked administrator does not count.
        let taken = accounts::take_away(services, chief, "chief", grant).await;
        assert!(matches!(taken, Err(ActError::Refused(GrantRefusal::LastAdministrator))));
        accounts::unlock(services, chief, "second", "thử").await.unwrap();
        accounts::take_away(services, chief, "chief", grant).await.unwrap();
        assert!(accounts::view(services, &system(), "chief").await.unwrap().grants.is_empty());
        let gone = accounts::take_away(services, &system(), "chief", grant).await;
        assert!(matches!(gone, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn two_administrators_who_lock_each_other_leave_one() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let services = &house.services;
        let password = house.add("second", Role::Administrator).await;
        let (second, _) = enter(services, "second", &password).await;
        let (a, b) = tokio::join!(
            accounts::lock(services, &house.chief, "second", "tranh chấp"),
            accounts::lock(services, &second, "chief", "tranh chấp")
        );
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
    }
}

#[tokio::test]
async fn only_administrators_of_the_whole_province_manage_accounts() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    house.add("hoa", Role::Learner).await;
    let services = &house.services;
    let mut small = house.chief.clone();
    small.who.as_mut().unwrap().grants[0].unit = Some(domain::ids::UnitId(1));
    let others = Role::ALL.iter().filter(|r| **r != Role::Administrator).map(|role| {
        let mut ctx = house.chief.clone();
        ctx.who.as_mut().unwrap().grants[0].role = *role;
        ctx
    });
    for ctx in others.chain([small]) {
        let grant = domain::ids::GrantId(1);
        let forbidden = [
            accounts::find(services, &ctx, &AccountsAsk::default(), 10).await.map(drop),
            accounts::view(services, &ctx, "hoa").await.map(drop),
            accounts::end_sessions(services, &ctx, "hoa").await.map(drop),
        ];
        assert!(forbidden.iter().all(|f| matches!(f, Err(ActError::Forbidden(Forbidden { act: Act::ManageUsers })))), "{forbidden:?}");
        assert!(matches!(accounts::add(services, &ctx, &new("moi", Role::Learner)).await, Err(ActError::Forbidden(_))));
        assert!(matches!(accounts::lock(services, &ctx, "hoa", "x").await, Err(ActError::Forbidden(_))));
        assert!(matches!(accounts::unlock(services, &ctx, "hoa", "x").await, Err(ActError::Forbidden(_))));
        assert!(matches!(accounts::reset(services, &ctx, "hoa").await, Err(ActError::Forbidden(_))));
        assert!(matches!(accounts::give(services, &ctx, "hoa", Role::Inspector, None).await, Err(ActError::Forbidden(_))));
        assert!(matches!(accounts::take_away(services, &ctx, "hoa", grant).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_is_refused_with_every_reason() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let bad = NewAccount { login: "Ho", name: " ", role: Role::Administrator, unit: Some("KHONG"), official: Some("KHONG") };
        let refused = accounts::add(services, chief, &bad).await;
        let Err(ActError::Refused(reasons)) = refused else { panic!("{refused:?}") };
        let all =
            [AddRefusal::BadLogin, AddRefusal::BadName, AddRefusal::WholeProvinceOnly, AddRefusal::NoSuchUnit, AddRefusal::NoSuchOfficial];
        assert_eq!(reasons, all);
        let taken = accounts::add(services, chief, &new("chief", Role::Learner)).await;
        assert!(matches!(taken, Err(ActError::Refused(reasons)) if reasons == [AddRefusal::LoginTaken]));
        assert_eq!(accounts::find(services, chief, &AccountsAsk::default(), 10).await.unwrap().lines.len(), 1);
    }
}

#[tokio::test]
async fn roles_are_given_once_and_taken_away_at_once() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let password = house.add("hoa", Role::Learner).await;
        accounts::give(services, chief, "hoa", Role::Inspector, None).await.unwrap();
        let twice = accounts::give(services, chief, "hoa", Role::Inspector, None).await;
        assert!(matches!(twice, Err(ActError::Refused(GrantRefusal::AlreadyHeld))));
        let nowhere = accounts::give(services, chief, "hoa", Role::UnitHr, Some("KHONG")).await;
        assert!(matches!(nowhere, Err(ActError::Refused(GrantRefusal::NoSuchUnit))));
        let narrow = accounts::give(services, chief, "hoa", Role::Administrator, Some("H47")).await;
        assert!(matches!(narrow, Err(ActError::Refused(GrantRefusal::WholeProvinceOnly))));
        let (hoa, session) = enter(services, "hoa", &password).await;
        assert!(hoa.may(Act::ViewAudit));
        let line = accounts::view(services, chief, "hoa").await.unwrap();
        assert_eq!(line.grants.iter().map(|g| g.role).collect::<Vec<_>>(), [Role::Learner, Role::Inspector]);
        accounts::take_away(services, chief, "hoa", line.grants[1].id).await.unwrap();
        let who = sessions::session(services, &session.token, NOW, today()).await.unwrap().unwrap().who.clone();
        assert_eq!(who.grants.len(), 1);
    }
}

#[tokio::test]
async fn a_list_has_one_line_an_account_is_found_without_marks_and_paged() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        for login in ["anh", "binh", "cuc"] {
            house.add(login, Role::Learner).await;
            accounts::give(services, chief, login, Role::Inspector, None).await.unwrap();
        }
        accounts::lock(services, chief, "cuc", "thử").await.unwrap();
        let logins = async |ask: AccountsAsk, limit| {
            let page = accounts::find(services, chief, &ask, limit).await.unwrap();
            (page.lines.into_iter().map(|l| l.login).collect::<Vec<_>>(), page.more)
        };
        assert_eq!(logins(AccountsAsk::default(), 2).await, (vec!["anh".into(), "binh".into()], true));
        let after = AccountsAsk { after: "binh".to_owned(), ..AccountsAsk::default() };
        assert_eq!(logins(after, 2).await, (vec!["chief".into(), "cuc".into()], false));
        let text = |text: &str| AccountsAsk { text: text.to_owned(), ..AccountsAsk::default() };
        assert_eq!(logins(text("CÚC dao"), 9).await.0, ["cuc"]);
        assert_eq!(logins(text("nguyen thi"), 9).await.0.len(), 4);
        assert!(logins(text("%"), 9).await.0.is_empty());
        assert_eq!(logins(AccountsAsk { locked: Some(true), ..AccountsAsk::default() }, 9).await.0, ["cuc"]);
    }
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_opened() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let first = house.add("hoa", Role::Learner).await;
        let (hoa, session) = enter(services, "hoa", &first).await;
        let token = sessions::create_token(services, &hoa, "x", 7).await.unwrap();
        let second = accounts::reset(services, chief, "hoa").await.unwrap();
        assert!(!house.is_live(&session).await && sessions::bearer(services, &token, NOW, today()).await.unwrap().is_none());
        assert!(sessions::sign_in(services, &system(), "hoa", &first, KNOCK).await.is_err());
        let own = accounts::reset(services, chief, "chief").await;
        assert!(matches!(own, Err(ActError::Refused(ResetRefusal::Own))));

        let (hoa, here) = enter(services, "hoa", &second).await;
        let (_, elsewhere) = enter(services, "hoa", &second).await;
        let change = async |old: &str, new: &str| match accounts::change_own(services, &hoa, here.session, old, new).await {
            Err(ActError::Refused(refusal)) => Some(refusal),
            other => other.map(|()| None).unwrap(),
        };
        assert_eq!(change("sai", "mật khẩu mới").await, Some(ChangeRefusal::WrongOld));
        assert_eq!(change(&second, "ngắn quá").await, Some(ChangeRefusal::TooShort));
        assert_eq!(change(&second, &second).await, Some(ChangeRefusal::Same));
        assert!(house.is_live(&elsewhere).await);
        assert_eq!(change(&second, "mật khẩu mới").await, None);
        assert!(house.is_live(&here).await && !house.is_live(&elsewhere).await);
        // One wrong sign-in above and one wrong password count too.
        for _ in 2..sessions::LOGIN_LIMIT {
            assert_eq!(change("sai", "mật khẩu mới nữa").await, Some(ChangeRefusal::WrongOld));
        }
        assert_eq!(change("mật khẩu mới", "mật khẩu mới nữa").await, Some(ChangeRefusal::TooMany { minutes: 15 }));
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_and_only_its_owner_revokes_it() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (services, chief) = (&house.services, &house.chief);
        let password = house.add("hoa", Role::Learner).await;
        let (hoa, _) = enter(services, "hoa", &password).await;
        let token = sessions::create_token(services, &hoa, "báo cáo", 7).await.unwrap();
        let line = sessions::own_tokens(services, &hoa).await.unwrap().remove(0);
        assert_eq!((line.name.as_str(), line.used_at), ("báo cáo", None));
        sessions::bearer(services, &token, NOW, today()).await.unwrap().unwrap();
        assert_eq!(sessions::own_tokens(services, &hoa).await.unwrap()[0].used_at, Some(NOW));
        assert!(matches!(sessions::revoke_token(services, chief, line.id).await, Err(ActError::NotFound)));
        sessions::revoke_token(services, &hoa, line.id).await.unwrap();
        assert!(sessions::bearer(services, &token, NOW, today()).await.unwrap().is_none());
        assert!(sessions::own_tokens(services, &hoa).await.unwrap().is_empty());
        assert!(matches!(sessions::revoke_token(services, &hoa, line.id).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn own_other_sessions_end_and_the_one_in_use_stays() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let services = &house.services;
        let password = house.add("hoa", Role::Learner).await;
        let (hoa, here) = enter(services, "hoa", &password).await;
        let (_, elsewhere) = enter(services, "hoa", &password).await;
        assert_eq!(sessions::end_other_sessions(services, &hoa, here.session).await.unwrap(), 1);
        assert!(house.is_live(&here).await && !house.is_live(&elsewhere).await);
        assert_eq!(accounts::end_sessions(services, &house.chief, "hoa").await.unwrap(), 1);
        assert!(!house.is_live(&here).await);
    }
}

#[tokio::test]
async fn a_grant_that_has_ended_makes_no_administrator() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    let tx = fresh.db.write().await.unwrap();
    let new = write::NewAccount { login: "later", name: "x", password_hash: "-", official: None };
    let later = write::create(&tx, &new, NOW).await.unwrap();
    write::grant(&tx, later, Role::Administrator, None, day("2027-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    let last = accounts::lock(&house.services, &system(), "chief", "thử").await;
    assert!(matches!(last, Err(ActError::Refused(LockRefusal::LastAdministrator))));
}
