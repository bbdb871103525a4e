//! What a directory may do and what it may not: accounts, groups and what they give, on both engines.

use domain::ids::GroupId;
use domain::roles::{Act, Grant, Role};
use scim::message::{Asked, Question};
use scim::{Group, User};
use service::accounts::{self, DirectoryState, GrantRefusal, NewAccount};
use service::audit::{self, AuditAsk};
use service::directory::{self, BindRefusal, DirectoryRefusal, Expected, MOST, Person, Team};
use service::sessions::{self, Knock, TokenRights};
use service::{ActError, Ctx, Services};
use store::write::schemes::By;
use testkit::databases::Fresh;
use testkit::small;

use crate::world::{NOW, system, today};

const KNOCK: Knock<'static> = Knock { address: "127.0.0.1", agent: "test" };

struct House {
    services: Services,
    /// The administrator by hand, signed in.
    chief: Ctx,
    /// The directory, by a token of the administrator.
    robot: Ctx,
    token: String,
    /// A unit, and somebody's staff code.
    unit: String,
    staff: [String; 2],
}

async fn house(fresh: &Fresh) -> House {
    let province = small::province(today(), 300);
    province.load(&fresh.db, NOW).await;
    let services = Services::new(fresh.db.clone());
    let unit = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-y-te")).unwrap().code.clone();
    let staff = [province.batch.officials[0].code.clone(), province.batch.officials[1].code.clone()];
    let new = NewAccount { login: "chief", name: "Trưởng", role: Role::Administrator, unit: None, official: None };
    let password = accounts::add(&services, &system(), &new).await.unwrap();
    let chief = enter(&services, "chief", &password).await.unwrap();
    let token = sessions::create_token_with(&services, &chief, "thư mục", 90, TokenRights::Directory).await.unwrap();
    let who = sessions::directory(&services, &token, NOW, today()).await.unwrap();
    let robot = Ctx { who: Some(who.unwrap()), operation: "scim".to_owned(), ..system() };
    House { services, chief, robot, token, unit, staff }
}

/// Signs in and gives what acts are given.
async fn enter(services: &Services, login: &str, password: &str) -> Option<Ctx> {
    let signed_in = sessions::sign_in(services, &system(), login, password, KNOCK).await.ok()?;
    let who = sessions::session(services, &signed_in.token, NOW, today()).await.unwrap()?.who.clone();
    Some(Ctx { who: Some(who), operation: "test".to_owned(), ..system() })
}

fn user(login: &str) -> User {
    User { user_name: login.to_owned(), active: true, display_name: Some("Đặng Thị Hoa".to_owned()), ..User::default() }
}

impl House {
    async fn add(&self, login: &str) -> Person {
        directory::add_person(&self.services, &self.robot, &user(login)).await.unwrap()
    }

    async fn edit(&self, id: &str, edit: impl Fn(&mut User) + Send + Sync) -> Result<Person, ActError<DirectoryRefusal>> {
        let edit = |now: &User| {
            let mut wanted = now.clone();
            edit(&mut wanted);
            Ok(wanted)
        };
        directory::change_person(&self.services, &self.robot, id, &Expected::Any, &edit).await
    }

    async fn team(&self, name: &str, members: &[&str]) -> Team {
        let members = members.iter().map(|id| (*id).to_owned()).collect();
        let group = Group { display_name: name.to_owned(), members, ..Group::default() };
        directory::add_group(&self.services, &self.robot, &group).await.unwrap()
    }

    async fn shift<T>(&self, team: &str, edit: impl Fn(&mut Group) -> T + Send + Sync) -> Result<Team, ActError<DirectoryRefusal>> {
        let edit = |now: &Group| {
            let mut wanted = now.clone();
            edit(&mut wanted);
            Ok(wanted)
        };
        directory::change_group(&self.services, &self.robot, team, &Expected::Any, &edit).await
    }

    /// Roles in force with the group that gave them.
    async fn roles(&self, login: &str) -> Vec<(Role, Option<String>)> {
        let account = accounts::view(&self.services, &system(), login).await.unwrap();
        account.grants.into_iter().map(|g| (g.role, g.group)).collect()
    }

    async fn by_hand(&self, login: &str, role: Role) -> String {
        let new = NewAccount { login, name: "Bằng tay", role, unit: None, official: None };
        accounts::add(&self.services, &self.chief, &new).await.unwrap()
    }

    async fn find(&self, filter: &str) -> Vec<String> {
        let found = directory::find_people(&self.services, &self.robot, &question(filter, "1", "200")).await.unwrap();
        found.page.into_iter().map(|person| person.user.user_name).collect()
    }

    async fn id(&self, login: &str) -> String {
        let found = directory::find_people(&self.services, &self.robot, &question(&format!("userName eq \"{login}\""), "1", "2")).await;
        found.unwrap().page[0].id.clone()
    }

    async fn acts(&self, act: &str) -> Vec<(String, String)> {
        let ask = AuditAsk { act: Some(act.to_owned()), ..AuditAsk::default() };
        let lines = audit::page(&self.services, &system(), &ask, None, 50).await.unwrap().lines;
        lines.into_iter().map(|line| (line.subject, line.after.unwrap_or_default())).collect()
    }
}

fn question(filter: &str, start: &str, count: &str) -> Question {
    let text = |text: &str| Some(text.to_owned());
    Asked { filter: text(filter), start: text(start), count: text(count), ..Asked::default() }.question(MOST).unwrap()
}

fn group_key(team: &Team) -> GroupId {
    GroupId(team.id.trim_start_matches('g').parse().unwrap())
}

fn refusal<T>(result: Result<T, ActError<DirectoryRefusal>>) -> DirectoryRefusal {
    let refused = |error| if let ActError::Refused(refusal) = error { Some(refusal) } else { None };
    result.err().and_then(refused).unwrap()
}

#[tokio::test]
async fn a_bound_group_gives_its_role_and_leaving_takes_only_that() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (hoa, mai) = (house.add("hoa").await, house.add("mai").await);
        accounts::give(&house.services, &house.chief, "hoa", Role::UnitHead, Some(&house.unit)).await.unwrap();
        let team = house.team("Phòng Tổ chức", &[&hoa.id, &mai.id]).await;
        assert_eq!(house.roles("mai").await, []);
        let bind = async |role| directory::bind(&house.services, &house.chief, group_key(&team), role, Some(&house.unit)).await;
        bind(Role::UnitHead).await.unwrap();
        assert!(matches!(bind(Role::UnitHead).await, Err(ActError::Refused(BindRefusal::AlreadySo))));
        let by_group = |role| (role, Some("Phòng Tổ chức".to_owned()));
        assert_eq!(house.roles("mai").await, [by_group(Role::UnitHead)]);
        assert_eq!(house.roles("hoa").await, [(Role::UnitHead, None), by_group(Role::UnitHead)]);
        // Who joins later has it too; who leaves keeps what was given by hand.
        let lan = house.add("lan").await;
        let moved = house.shift(&team.id, |g| {
            g.members.remove(&hoa.id);
            g.members.insert(lan.id.clone());
        });
        moved.await.unwrap();
        assert_eq!((house.roles("lan").await, house.roles("hoa").await), (vec![by_group(Role::UnitHead)], vec![(Role::UnitHead, None)]));
        bind(Role::UnitHr).await.unwrap();
        assert_eq!(house.roles("lan").await, [by_group(Role::UnitHr)]);
        directory::unbind(&house.services, &house.chief, group_key(&team)).await.unwrap();
        assert!(house.roles("lan").await.is_empty() && house.roles("mai").await.is_empty());
        // Coming back on the same day counts again.
        bind(Role::UnitHr).await.unwrap();
        assert_eq!(house.roles("mai").await, [by_group(Role::UnitHr)]);
        directory::remove_group(&house.services, &house.robot, &team.id, &Expected::Any).await.unwrap();
        assert!(house.roles("mai").await.is_empty());
        let changes = house.acts("directory.group_change").await;
        assert!(changes[0].1.contains("joined: lan\nleft: hoa"), "{changes:?}");
        assert_eq!(house.acts("directory.bind").await.len(), 3);
    }
}

#[tokio::test]
async fn what_a_group_gave_is_not_taken_away_by_hand_and_may_be_given_by_hand_beside_it() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    let hoa = house.add("hoa").await;
    let team = house.team("Thanh tra", &[&hoa.id]).await;
    directory::bind(&house.services, &house.chief, group_key(&team), Role::Inspector, None).await.unwrap();
    let grant = accounts::view(&house.services, &house.chief, "hoa").await.unwrap().grants[0].id;
    let taken = accounts::take_away(&house.services, &house.chief, "hoa", grant).await;
    assert!(matches!(taken, Err(ActError::Refused(GrantRefusal::OfGroup))));
    accounts::give(&house.services, &house.chief, "hoa", Role::Inspector, None).await.unwrap();
    assert_eq!(house.roles("hoa").await.len(), 2);
    let wrong = directory::bind(&house.services, &house.chief, group_key(&team), Role::Administrator, Some(&house.unit)).await;
    assert!(matches!(wrong, Err(ActError::Refused(BindRefusal::WholeProvinceOnly))));
    let wrong = directory::bind(&house.services, &house.chief, group_key(&team), Role::UnitHr, Some("KHONG")).await;
    assert!(matches!(wrong, Err(ActError::Refused(BindRefusal::NoSuchUnit))));
}

#[tokio::test]
async fn switching_off_ends_sessions_and_tokens_at_once_and_switching_on_opens_again() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let hoa = house.add("hoa").await;
        let password = accounts::reset(&house.services, &house.chief, "hoa").await.unwrap();
        let signed_in = sessions::sign_in(&house.services, &system(), "hoa", &password, KNOCK).await.unwrap();
        let own = enter(&house.services, "hoa", &password).await.unwrap();
        let token = sessions::create_token(&house.services, &own, "báo cáo", 30).await.unwrap();
        let is_live = async || {
            (
                sessions::session(&house.services, &signed_in.token, NOW, today()).await.unwrap().is_some(),
                sessions::bearer(&house.services, &token, NOW, today()).await.unwrap().is_some(),
            )
        };
        assert_eq!(is_live().await, (true, true));
        house.edit(&hoa.id, |u| u.active = false).await.unwrap();
        assert_eq!(is_live().await, (false, false));
        assert!(enter(&house.services, "hoa", &password).await.is_none());
        let line = accounts::view(&house.services, &house.chief, "hoa").await.unwrap();
        assert_eq!((line.locked, line.directory, line.locked_by_hand), (true, Some(DirectoryState::Off), false));
        house.edit(&hoa.id, |u| u.active = true).await.unwrap();
        assert_eq!(is_live().await, (false, false));
        assert!(enter(&house.services, "hoa", &password).await.is_some());
    }
}

#[tokio::test]
async fn what_an_administrator_locked_no_directory_opens() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let hoa = house.add("hoa").await;
        accounts::lock(&house.services, &house.chief, "hoa", "điều tra").await.unwrap();
        assert!(!directory::person(&house.services, &house.robot, &hoa.id).await.unwrap().user.active);
        assert_eq!(refusal(house.edit(&hoa.id, |u| u.active = true).await), DirectoryRefusal::LockedByHand);
        // Its name may still be changed, and it stays locked by hand alone.
        house.edit(&hoa.id, |u| u.display_name = Some("Hoa mới".to_owned())).await.unwrap();
        accounts::unlock(&house.services, &house.chief, "hoa", "xong").await.unwrap();
        assert!(directory::person(&house.services, &house.robot, &hoa.id).await.unwrap().user.active);
        // An administrator opens what the directory switched off.
        house.edit(&hoa.id, |u| u.active = false).await.unwrap();
        accounts::unlock(&house.services, &house.chief, "hoa", "thư mục hỏng").await.unwrap();
        assert!(!accounts::view(&house.services, &house.chief, "hoa").await.unwrap().locked);
        assert_eq!(house.acts("directory.refuse").await, [(format!("directory/{}", hoa.id), "refused: locked_by_hand".to_owned())]);
    }
}

#[tokio::test]
async fn a_directory_makes_nobody_administrator_and_touches_none() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        house.by_hand("second", Role::Administrator).await;
        let (chief, second) = (house.id("chief").await, house.id("second").await);
        for id in [&chief, &second] {
            let rename = house.edit(id, |u| u.user_name = "khac".to_owned()).await;
            assert_eq!(refusal(rename), DirectoryRefusal::Administrator);
            assert_eq!(refusal(house.edit(id, |u| u.active = false).await), DirectoryRefusal::Administrator);
            let removed = directory::remove_person(&house.services, &house.robot, id, &Expected::Any).await;
            assert_eq!(refusal(removed), DirectoryRefusal::Administrator);
        }
        assert_eq!(house.acts("directory.refuse").await.len(), 6);
        // The role of a group is the directory's to give and take, once an administrator has bound it.
        let hoa = house.add("hoa").await;
        let team = house.team("Quản trị", &[&hoa.id]).await;
        assert_eq!(house.roles("hoa").await, []);
        directory::bind(&house.services, &house.chief, group_key(&team), Role::Administrator, None).await.unwrap();
        assert_eq!(house.roles("hoa").await.len(), 1);
        // It does not count as the one who must be left.
        accounts::lock(&house.services, &house.chief, "second", "nghỉ").await.unwrap();
        let last = accounts::lock(&house.services, &system(), "chief", "thử").await;
        assert!(matches!(last, Err(ActError::Refused(accounts::LockRefusal::LastAdministrator))));
        house.edit(&hoa.id, |u| u.active = false).await.unwrap();
    }
}

#[tokio::test]
async fn the_token_of_an_administrator_by_group_does_not_change_its_own_account() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    let hoa = house.add("hoa").await;
    let team = house.team("Quản trị", &[&hoa.id]).await;
    directory::bind(&house.services, &house.chief, group_key(&team), Role::Administrator, None).await.unwrap();
    let password = accounts::reset(&house.services, &house.chief, "hoa").await.unwrap();
    let own = enter(&house.services, "hoa", &password).await.unwrap();
    let off = |now: &User| Ok(User { active: false, ..now.clone() });
    let changed = directory::change_person(&house.services, &own, &hoa.id, &Expected::Any, &off).await;
    assert_eq!(refusal(changed), DirectoryRefusal::Own);
}

#[tokio::test]
async fn a_directory_needs_its_own_kind_of_token_and_it_opens_nothing_else() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    assert!(sessions::bearer(&house.services, &house.token, NOW, today()).await.unwrap().is_none());
    for rights in [TokenRights::Read, TokenRights::Write] {
        let other = sessions::create_token_with(&house.services, &house.chief, "khác", 30, rights).await.unwrap();
        assert!(sessions::directory(&house.services, &other, NOW, today()).await.unwrap().is_none());
    }
    let password = house.by_hand("so-nv", Role::HomeAffairs).await;
    let officer = enter(&house.services, "so-nv", &password).await.unwrap();
    let made = sessions::create_token_with(&house.services, &officer, "thư mục", 30, TokenRights::Directory).await;
    assert!(matches!(made, Err(ActError::Forbidden(f)) if f.act == Act::ServeDirectory));
    let made = sessions::create_directory_token(&house.services, &system(), "so-nv", "thư mục", 30).await;
    assert!(matches!(made, Err(ActError::Forbidden(_))));
    assert!(sessions::create_directory_token(&house.services, &house.chief, "chief", "x", 30).await.is_err());
    // Every act asks again: a token whose owner lost the role does nothing.
    let mut weak = house.robot.clone();
    weak.who.as_mut().unwrap().grants = vec![Grant { role: Role::HomeAffairs, unit: None }];
    let (hoa, group) = (user("hoa"), Group { display_name: "x".to_owned(), ..Group::default() });
    let (same, same_group) = (|now: &User| Ok(now.clone()), |now: &Group| Ok(now.clone()));
    let (any, ask) = (Expected::Any, question("active eq true", "1", "1"));
    let forbidden = [
        directory::find_people(&house.services, &weak, &ask).await.map(drop),
        directory::person(&house.services, &weak, "u1").await.map(drop),
        directory::add_person(&house.services, &weak, &hoa).await.map(drop),
        directory::change_person(&house.services, &weak, "u1", &any, &same).await.map(drop),
        directory::remove_person(&house.services, &weak, "u1", &any).await,
        directory::find_groups(&house.services, &weak, &question("displayName pr", "1", "1")).await.map(drop),
        directory::group(&house.services, &weak, "g1", true).await.map(drop),
        directory::add_group(&house.services, &weak, &group).await.map(drop),
        directory::change_group(&house.services, &weak, "g1", &any, &same_group).await.map(drop),
        directory::remove_group(&house.services, &weak, "g1", &any).await,
    ];
    assert!(forbidden.iter().all(|f| matches!(f, Err(ActError::Forbidden(f)) if f.act == Act::ServeDirectory)), "{forbidden:?}");
    assert!(matches!(directory::groups(&house.services, &weak).await, Err(ActError::Forbidden(_))));
    assert!(matches!(directory::view(&house.services, &weak, GroupId(1)).await, Err(ActError::Forbidden(_))));
    assert!(matches!(directory::bind(&house.services, &weak, GroupId(1), Role::Learner, None).await, Err(ActError::Forbidden(_))));
    assert!(matches!(directory::unbind(&house.services, &weak, GroupId(1)).await, Err(ActError::Forbidden(_))));
    assert!(matches!(directory::discard(&house.services, &weak, GroupId(1)).await, Err(ActError::Forbidden(_))));
}

#[tokio::test]
async fn a_removed_account_is_out_of_sight_and_its_login_is_free() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let mut hoa = user("hoa");
        hoa.employee_number = Some(house.staff[0].clone());
        let first = directory::add_person(&house.services, &house.robot, &hoa).await.unwrap();
        let team = house.team("Đội", &[&first.id]).await;
        directory::bind(&house.services, &house.chief, group_key(&team), Role::Learner, None).await.unwrap();
        let password = accounts::reset(&house.services, &house.chief, "hoa").await.unwrap();
        directory::remove_person(&house.services, &house.robot, &first.id, &Expected::Any).await.unwrap();
        assert!(matches!(directory::person(&house.services, &house.robot, &first.id).await, Err(ActError::NotFound)));
        let again = directory::remove_person(&house.services, &house.robot, &first.id, &Expected::Any).await;
        assert!(matches!(again, Err(ActError::NotFound)));
        assert!(house.find("userName sw \"hoa\"").await.is_empty());
        assert!(directory::group(&house.services, &house.robot, &team.id, true).await.unwrap().group.members.is_empty());
        assert!(enter(&house.services, "hoa", &password).await.is_none());
        let mark = format!("hoa~{}", first.id.trim_start_matches('u'));
        assert!(enter(&house.services, &mark, &password).await.is_none());
        let line = accounts::view(&house.services, &house.chief, &mark).await.unwrap();
        assert_eq!((line.directory, line.grants.len()), (Some(DirectoryState::Removed), 0));
        // The next one of this login is somebody else, and may be linked to the same record.
        let second = directory::add_person(&house.services, &house.robot, &hoa).await.unwrap();
        assert_ne!(second.id, first.id);
        assert_eq!(accounts::view(&house.services, &house.chief, "hoa").await.unwrap().official, Some(house.staff[0].clone()));
        assert!(house.roles("hoa").await.is_empty());
    }
}

#[tokio::test]
async fn logins_and_names_of_groups_are_there_once() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let (hoa, mai) = (house.add("hoa@tinh.vn").await, house.add("mai").await);
        let twice = directory::add_person(&house.services, &house.robot, &user("hoa@tinh.vn")).await;
        assert_eq!(refusal(twice), DirectoryRefusal::LoginTaken);
        assert_eq!(refusal(house.edit(&mai.id, |u| u.user_name = "hoa@tinh.vn".to_owned()).await), DirectoryRefusal::LoginTaken);
        for bad in ["h", "có dấu", "-hoa", "hoa~1", "hoa/1"] {
            let wrong = directory::add_person(&house.services, &house.robot, &user(bad)).await;
            assert_eq!(refusal(wrong), DirectoryRefusal::BadLogin, "{bad}");
        }
        let team = house.team("Đội Một", &[]).await;
        house.team("Đội Hai", &[]).await;
        let same = Group { display_name: "ĐỘI MỘT".to_owned(), ..Group::default() };
        let twice = directory::add_group(&house.services, &house.robot, &same).await;
        assert_eq!(refusal(twice), DirectoryRefusal::NameTaken);
        let renamed = house.shift(&team.id, |g| g.display_name = "đội hai".to_owned()).await;
        assert_eq!(refusal(renamed), DirectoryRefusal::NameTaken);
        for stranger in ["u99999", "g1", "x", &format!("u0{}", hoa.id.trim_start_matches('u'))] {
            let joined = house.shift(&team.id, |g| g.members.insert(stranger.to_owned())).await;
            assert_eq!(refusal(joined), DirectoryRefusal::NoSuchMember(stranger.to_owned()));
        }
        assert!(house.acts("directory.refuse").await.is_empty());
    }
}

#[tokio::test]
async fn a_change_under_another_version_is_refused() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    let hoa = house.add("hoa").await;
    let rename = |now: &User| Ok(User { display_name: Some("Mới".to_owned()), ..now.clone() });
    let versions = |text: String| Expected::Versions(vec![text]);
    let old = versions(hoa.version());
    let changed = directory::change_person(&house.services, &house.robot, &hoa.id, &old, &rename).await.unwrap();
    assert_ne!(changed.version(), hoa.version());
    let stale = directory::change_person(&house.services, &house.robot, &hoa.id, &old, &rename).await;
    assert_eq!(refusal(stale), DirectoryRefusal::Unmatched);
    let removed = directory::remove_person(&house.services, &house.robot, &hoa.id, &old).await;
    assert_eq!(refusal(removed), DirectoryRefusal::Unmatched);
    let team = house.team("Đội", &[&hoa.id]).await;
    // Membership is told of the account too.
    assert_ne!(directory::person(&house.services, &house.robot, &hoa.id).await.unwrap().version(), changed.version());
    let removed = directory::remove_group(&house.services, &house.robot, &team.id, &versions("0".to_owned())).await;
    assert_eq!(refusal(removed), DirectoryRefusal::Unmatched);
    directory::remove_group(&house.services, &house.robot, &team.id, &versions(team.version())).await.unwrap();
}

#[tokio::test]
async fn two_who_add_to_a_group_at_once_lose_nobody() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let team = house.team("Đội", &[]).await;
        let mut people = Vec::new();
        for n in 0..6 {
            people.push(house.add(&format!("nguoi-{n}")).await.id);
        }
        let join = async |id: &str| house.shift(&team.id, |g| g.members.insert(id.to_owned())).await.unwrap();
        tokio::join!(join(&people[0]), join(&people[1]), join(&people[2]), join(&people[3]), join(&people[4]), join(&people[5]));
        let members = directory::group(&house.services, &house.robot, &team.id, true).await.unwrap().group.members;
        assert_eq!(members.into_iter().collect::<Vec<_>>(), people);
    }
}

#[tokio::test]
async fn the_staff_code_links_the_record_and_takes_no_link_made_by_hand() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let [one, two] = &house.staff;
        let linked = async |login: &str| accounts::view(&house.services, &house.chief, login).await.unwrap().official;
        let hoa = house.add("hoa").await;
        let code = |code: &str| Some(code.to_owned());
        let number = async |id: &str, number: Option<String>| house.edit(id, |u| u.employee_number.clone_from(&number)).await.unwrap();
        number(&hoa.id, code(one)).await;
        assert_eq!(linked("hoa").await.as_ref(), Some(one));
        number(&hoa.id, code(two)).await;
        assert_eq!(linked("hoa").await.as_ref(), Some(two));
        // A code that nobody has is kept and links nothing; so is one that another account holds.
        assert_eq!(number(&hoa.id, code("KHONG-CO")).await.user.employee_number, code("KHONG-CO"));
        assert_eq!(linked("hoa").await, None);
        let new = NewAccount { login: "mai", name: "Mai", role: Role::Learner, unit: None, official: Some(one) };
        accounts::add(&house.services, &house.chief, &new).await.unwrap();
        number(&hoa.id, code(one)).await;
        assert_eq!(linked("hoa").await, None);
        let mai = house.id("mai").await;
        number(&mai, code(two)).await;
        assert_eq!(linked("mai").await.as_ref(), Some(one));
        number(&mai, None).await;
        assert_eq!(linked("mai").await.as_ref(), Some(one));
    }
}

#[tokio::test]
async fn people_and_groups_are_found_and_paged() {
    for fresh in testkit::databases::each().await {
        let house = house(&fresh).await;
        let mut hoa = user("hoa");
        hoa.external_id = Some("X-1".to_owned());
        hoa.emails = vec![scim::Email { value: "hoa@tinh.vn".to_owned(), kind: Some("work".to_owned()), primary: Some(true) }];
        let hoa = directory::add_person(&house.services, &house.robot, &hoa).await.unwrap();
        house.add("mai").await;
        let team = house.team("Đội", &[&hoa.id]).await;
        for (filter, wanted) in [
            (r#"userName eq "HOA""#, &["hoa"][..]),
            (r#"externalId eq "X-1" and active eq true"#, &["hoa"]),
            (r#"externalId eq "X-1" and active eq false"#, &[]),
            (r#"emails.value ew "@tinh.vn""#, &["hoa"]),
            (r#"emails[type eq "work"]"#, &["hoa"]),
            (r#"groups.display eq "đội""#, &["hoa"]),
            (r#"displayName co "đặng""#, &["hoa", "mai"]),
            (r#"not (externalId pr)"#, &["chief", "mai"]),
            (r#"id eq "u0""#, &[]),
            (r#"meta.lastModified ge "2026-11-22T11:00:00+07:00""#, &["chief", "hoa", "mai"]),
        ] {
            assert_eq!(house.find(filter).await, wanted, "{filter}");
        }
        let page = async |filter: &str, start: &str, count: &str| {
            let found = directory::find_people(&house.services, &house.robot, &question(filter, start, count)).await.unwrap();
            (found.total, found.page.into_iter().map(|p| p.user.user_name).collect::<Vec<_>>())
        };
        for filter in ["", "userName pr"] {
            assert_eq!(page(filter, "2", "1").await, (3, vec!["hoa".to_owned()]), "{filter}");
            assert_eq!((page(filter, "9", "5").await, page(filter, "1", "0").await), ((3, Vec::new()), (3, Vec::new())));
        }
        let groups = async |filter: &str| directory::find_groups(&house.services, &house.robot, &question(filter, "1", "9")).await.unwrap();
        for filter in ["", r#"displayName eq "ĐỘI""#, &format!("members.value eq \"{}\"", hoa.id), &format!("id eq \"{}\"", team.id)] {
            let found = groups(filter).await;
            assert_eq!((found.total, found.page[0].group.members.len()), (1, 1), "{filter}");
        }
        assert_eq!(groups(r#"displayName eq "khác""#).await.total, 0);
        let bad = directory::find_groups(&house.services, &house.robot, &question("userName pr", "1", "9")).await;
        assert!(matches!(refusal(bad), DirectoryRefusal::Fault(_)));
    }
}

#[tokio::test]
async fn an_account_without_a_password_is_refused_as_slowly_as_with_a_wrong_one() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    house.add("hoa").await;
    house.by_hand("mai", Role::Learner).await;
    // Hours apart, so that none has to wait for the failures of another.
    let quickest = async |hour: i64, login: &str, password: &str| {
        let mut quickest = std::time::Duration::MAX;
        for minute in [0, 20, 40] {
            let later = Ctx { now: NOW.plus_ms((hour * 60 + minute) * 60_000), ..system() };
            let start = std::time::Instant::now();
            let refused = sessions::sign_in(&house.services, &later, login, password, KNOCK).await;
            assert!(matches!(refused, Err(ActError::Refused(sessions::SignInRefusal::WrongCredentials))));
            quickest = quickest.min(start.elapsed());
        }
        quickest
    };
    let wrong = quickest(0, "mai", "sai").await;
    for (hour, password) in [(1, ""), (2, "sai"), (3, "!")] {
        assert!(quickest(hour, "hoa", password).await > wrong / 2, "{password}");
    }
}

#[tokio::test]
async fn taking_names_away_takes_what_the_directory_told() {
    let fresh = testkit::databases::sqlite().await;
    let house = house(&fresh).await;
    let mut hoa = user("hoa");
    (hoa.employee_number, hoa.external_id) = (Some(house.staff[0].clone()), Some("X-dau-vet".to_owned()));
    hoa.emails = vec![scim::Email { value: "dau-vet@tinh.vn".to_owned(), ..scim::Email::default() }];
    let hoa = directory::add_person(&house.services, &house.robot, &hoa).await.unwrap();
    let team = house.team("Đội", &[&hoa.id]).await;
    let official = store::read::accounts::admin::official(&house.services.db, &house.staff[0]).await.unwrap().unwrap().0;
    let tx = house.services.db.write().await.unwrap();
    let why = store::write::register::Why { by: By::System, at: NOW, words: "hết hạn", operation: "test" };
    store::write::register::take_names(&tx, &why, &[official]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(directory::person(&house.services, &house.robot, &hoa.id).await, Err(ActError::NotFound)));
    assert!(directory::group(&house.services, &house.robot, &team.id, true).await.unwrap().group.members.is_empty());
    assert!(house.find("externalId eq \"X-dau-vet\" or emails pr").await.is_empty());
}
