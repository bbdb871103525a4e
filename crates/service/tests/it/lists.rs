//! Lists and their counts agree with an evaluator that walks every row; what is sensitive needs a purpose; a file has its limits.

use std::collections::BTreeSet;

use domain::ids::UnitId;
use domain::lists::{Ages, Column, Filter, Working};
use domain::roles::{Act, Role};
use domain::time::Date;
use service::registry::{self, Facets, Identity, ListRefusal, PeopleAsk, ViewRefusal};
use service::{ActError, Ctx, Services};
use store::read::people;
use testkit::databases::Fresh;
use testkit::dice::Dice;
use testkit::lists;
use testkit::little::Little;

use crate::world::{NOW, day, person, system, today};

/// Questions asked of each province.
const QUESTIONS: usize = 40;
const TEXTS: &[&str] = &["", "", "", "nguyễn", "VĂN 1", "qn00", "don vi 3", "van 1 vi", "nguyen van", "tran thi"];

async fn all(services: &Services, ctx: &Ctx, ask: &PeopleAsk) -> Vec<i64> {
    let (mut found, mut after): (Vec<i64>, Option<(Vec<u8>, domain::ids::OfficialId)>) = (Vec::new(), None);
    loop {
        let from = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
        let page = registry::list_people(services, ctx, ask, from, 5).await.unwrap();
        found.extend(page.lines.iter().map(|line| line.id.0));
        match page.lines.last().filter(|_| page.more) {
            Some(last) => after = Some((last.sort_key.clone(), last.id)),
            None => return found,
        }
    }
}

/// A question with a filter in words that say which seed it was.
struct Question<'a> {
    world: &'a Little,
    ask: &'a PeopleAsk,
    unit: Option<UnitId>,
    what: String,
}

impl Question<'_> {
    fn count(&self, alter: impl FnOnce(&mut Filter)) -> i64 {
        let mut filter = self.ask.filter.clone();
        alter(&mut filter);
        i64::try_from(lists::kept(self.world, self.ask.on, self.unit, &self.ask.text, &filter).len()).unwrap()
    }

    /// Every count beside a choice is the length of the list with that choice alone.
    fn agrees(&self, facets: &Facets) {
        let what = &self.what;
        for (staff, people) in &facets.staff {
            assert_eq!(*people, self.count(|f| f.staff = vec![*staff]), "{staff} {what}");
        }
        assert_eq!(facets.leaders, self.count(|f| f.leaders = true), "leaders {what}");
        for (leadership, people) in &facets.leaderships {
            assert_eq!(*people, self.count(|f| f.leaderships = vec![*leadership]), "{leadership} {what}");
        }
        for (group, people) in &facets.groups {
            assert_eq!(*people, self.count(|f| f.groups = vec![*group]), "{group} {what}");
        }
        for (level, people) in &facets.levels {
            assert_eq!(*people, self.count(|f| f.levels = vec![*level]), "{level} {what}");
        }
        for (grade, people) in &facets.grades {
            assert_eq!(*people, self.count(|f| f.grades = vec![grade.clone()]), "{grade} {what}");
        }
        for (sex, people) in &facets.sexes {
            assert_eq!(*people, self.count(|f| f.sex = Some(*sex)), "{sex} {what}");
        }
        self.agrees_on_papers(facets);
        let working = |working: Working| self.count(|f| f.working = Some(working));
        assert_eq!(facets.working, (working(Working::AtWork), working(Working::Left)), "working {what}");
        let private = facets.private.as_ref().unwrap();
        for (band, people) in &private.bands {
            let (from, to) = band.ages();
            assert_eq!(*people, self.count(|f| f.ages = Ages { from: Some(from), to: Some(to) }), "{band} {what}");
        }
        for (group, people) in &private.ethnic_groups {
            assert_eq!(*people, self.count(|f| f.ethnic_groups = vec![*group]), "ethnic group {group} {what}");
        }
        self.nobody_is_left_out(facets);
    }

    fn agrees_on_papers(&self, facets: &Facets) {
        let what = &self.what;
        for (held, people) in &facets.holds {
            let alone = |f: &mut Filter| f.holds = f.holds.iter().copied().filter(|h| h.kind() != held.kind()).chain([*held]).collect();
            assert_eq!(*people, self.count(alone), "holds {} {what}", held.code());
        }
        for (held, people) in &facets.lacks {
            let alone = |f: &mut Filter| f.lacks = f.lacks.iter().copied().filter(|h| h.kind() != held.kind()).chain([*held]).collect();
            assert_eq!(*people, self.count(alone), "lacks {} {what}", held.code());
        }
        for (field, people) in &facets.fields {
            assert_eq!(*people, self.count(|f| f.fields = vec![*field]), "{field} {what}");
        }
        let did = |did: bool| self.count(|f| f.trained.as_mut().unwrap().did = did);
        assert_eq!(facets.trained, self.ask.filter.trained.as_ref().map(|_| (did(true), did(false))), "trained {what}");
    }

    /// A choice without a count has nobody.
    fn nobody_is_left_out(&self, facets: &Facets) {
        let total = self.count(|f| f.staff.clear());
        assert_eq!(facets.staff.values().sum::<i64>(), total, "all kinds of staff {}", self.what);
        let bands = &facets.private.as_ref().unwrap().bands;
        assert_eq!(bands.values().sum::<i64>(), self.count(|f| f.ages = Ages::default()), "all ages {}", self.what);
    }
}

/// Every page is the same however soon people are gathered from a rare side instead of along the names.
async fn same_in_all_ways(fresh: &Fresh, ask: &PeopleAsk, unit: Option<UnitId>, what: &str) {
    let scope = system().scope(Act::ViewPeople).unwrap();
    let wanted = people::Wanted { text: domain::text::fold(&ask.text), unit, filter: ask.filter.clone(), kept_on: None };
    let mut after: Option<(Vec<u8>, domain::ids::OfficialId)> = None;
    loop {
        let from = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
        let usual = people::list(&fresh.db, &scope, &wanted, ask.on, from, 7).await.unwrap();
        for (near, many) in [(0, 60_000), (3, 60_000), (0, 0), (3, 0)] {
            let search = people::Search { near, many };
            let gathered = people::list_by(&fresh.db, &scope, &wanted, ask.on, from, (7, search)).await.unwrap();
            assert_eq!(gathered, usual, "{search:?} {what}");
        }
        match usual.last().filter(|_| usual.len() == 7) {
            Some(last) => after = Some((last.sort_key.clone(), last.id)),
            None => return,
        }
    }
}

async fn agree(fresh: &Fresh, seed: u64) {
    let world = lists::province(seed);
    lists::load(fresh, &world).await;
    let services = Services::new(fresh.db.clone());
    let mut dice = Dice::new(seed ^ 0x1157);
    for n in 0..QUESTIONS {
        let on: Date = dice.day();
        let unit = UnitId(dice.between(1, 11));
        let unit = Some(unit).filter(|unit| dice.chance(50) && world.map.units[unit].life.contains(on));
        let ask = PeopleAsk {
            unit: unit.map(|unit| world.map.units[&unit].code.clone()),
            text: dice.one(TEXTS).unwrap().to_owned(),
            filter: lists::filter(&mut dice),
            purpose: "kiểm tra".to_owned(),
            ..PeopleAsk::on(on)
        };
        let what = format!("seed {seed}, question {n}: {ask:?}");
        let expected = lists::kept(&world, on, unit, &ask.text, &ask.filter);
        let found = all(&services, &system(), &ask).await;
        assert_eq!(found.len(), expected.len(), "{what}");
        assert_eq!(found.iter().copied().collect::<BTreeSet<_>>(), expected, "{what}");
        same_in_all_ways(fresh, &ask, unit, &what).await;
        if n % 4 == 0 {
            let facets = registry::facets(&services, &system(), &ask).await.unwrap();
            Question { world: &world, ask: &ask, unit, what }.agrees(&facets);
        }
    }
}

#[tokio::test]
async fn lists_and_their_counts_agree_with_brute_force_on_sqlite() {
    let fresh = testkit::databases::sqlite().await;
    for seed in 0..25 {
        agree(&fresh, seed).await;
    }
}

#[tokio::test]
async fn lists_and_their_counts_agree_with_brute_force_on_postgres() {
    let Some(fresh) = testkit::databases::postgres().await else { return };
    for seed in 700..712 {
        agree(&fresh, seed).await;
    }
}

async fn furnished(fresh: &Fresh) -> (Services, domain::ids::UserId) {
    testkit::small::province(today(), 100).load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    (Services::new(fresh.db.clone()), user)
}

async fn noted(services: &Services, act: &str) -> Vec<(String, String)> {
    let ask = service::audit::AuditAsk { act: Some(act.to_owned()), ..service::audit::AuditAsk::default() };
    let page = service::audit::page(services, &system(), &ask, None, 50).await.unwrap();
    page.lines.into_iter().map(|line| (line.subject, line.reason)).collect()
}

#[tokio::test]
async fn what_is_sensitive_needs_a_purpose_and_is_noted_each_time() {
    for fresh in testkit::databases::each().await {
        let (services, user) = furnished(&fresh).await;
        let officer = person(user, Role::HomeAffairs, None);
        let leader = person(user, Role::ProvinceLeader, None);
        let minority = Filter { ethnic_groups: vec![5, 6], ..Filter::default() };
        let silent = PeopleAsk { filter: minority.clone(), ..PeopleAsk::on(today()) };
        let refused = registry::list_people(&services, &officer, &silent, None, 10).await;
        assert!(matches!(refused, Err(ActError::Refused(ListRefusal::NoPurpose))));
        let asked = PeopleAsk { purpose: " báo cáo dân tộc ".to_owned(), ..silent };
        for _ in 0..2 {
            registry::list_people(&services, &officer, &asked, None, 10).await.unwrap();
        }
        let line = ("people/*?on=2026-11-22&ethnic_groups=5,6".to_owned(), "báo cáo dân tộc".to_owned());
        assert_eq!(noted(&services, "people.sensitive").await, [line.clone(), line]);
        assert!(matches!(registry::list_people(&services, &leader, &asked, None, 10).await, Err(ActError::Forbidden(_))));
        let old = PeopleAsk { filter: Filter { ages: Ages { from: Some(55), to: None }, ..Filter::default() }, ..PeopleAsk::on(today()) };
        assert!(matches!(registry::list_people(&services, &leader, &old, None, 10).await, Err(ActError::Forbidden(_))));
        assert!(!registry::list_people(&services, &officer, &old, None, 10).await.unwrap().lines.is_empty());
        assert!(registry::facets(&services, &leader, &PeopleAsk::on(today())).await.unwrap().private.is_none());
        let open = PeopleAsk { columns: vec![Column::CitizenNumber], ..PeopleAsk::on(today()) };
        assert!(matches!(
            registry::list_people(&services, &officer, &open, None, 10).await,
            Err(ActError::Refused(ListRefusal::NoPurpose))
        ));
        assert!(matches!(registry::export_people(&services, &officer, &open).await, Err(ActError::Refused(ListRefusal::NoPurpose))));
        assert!(noted(&services, "people.export").await.is_empty());
        let said = PeopleAsk { purpose: "chuyển lương".to_owned(), ..open };
        let page = registry::export_people(&services, &officer, &said).await.unwrap();
        assert!(page.lines.len() > 20 && page.details.len() == page.lines.len());
        let exported = ("people/*?on=2026-11-22&columns=dinh-danh".to_owned(), "chuyển lương".to_owned());
        assert_eq!(noted(&services, "people.export").await, [exported]);
    }
}

#[tokio::test]
async fn columns_show_what_the_record_says() {
    for fresh in testkit::databases::each().await {
        let (services, user) = furnished(&fresh).await;
        let officer = person(user, Role::HomeAffairs, None);
        let columns = vec![Column::Degree, Column::PoliticalTheory, Column::LastTraining, Column::Since, Column::Sex];
        let ask = PeopleAsk { columns, ..PeopleAsk::on(today()) };
        let page = registry::list_people(&services, &officer, &ask, None, 200).await.unwrap();
        for line in &page.lines {
            let (record, detail) = (registry::person(&services, &officer, &line.code).await.unwrap(), &page.details[&line.id.0]);
            let now = record.postings.iter().find(|p| p.during.contains(today())).unwrap();
            assert_eq!((detail.sex.as_deref(), detail.since), (Some(record.sex.as_str()), Some(now.during.from())));
            let ended = record.records.iter().filter(|r| r.outcome == domain::training::Outcome::Finished);
            assert_eq!(detail.trained_on, ended.filter_map(|r| r.ends_on).filter(|end| *end <= today()).max(), "{}", line.code);
            for kind in [domain::people::QualificationKind::Professional, domain::people::QualificationKind::PoliticalTheory] {
                let shown = detail.highest.iter().find(|(k, ..)| *k == kind).and_then(|(_, code, _)| code.as_deref());
                let held = || record.qualifications.iter().filter(|q| q.kind == kind);
                assert_eq!(shown.is_some(), held().next().is_some(), "{} {kind}", line.code);
                let level = |code: &str| kind.levels().iter().position(|known| *known == code);
                let higher = held().filter_map(|q| q.grade.as_deref()).filter(|grade| shown.and_then(level) < level(grade)).count();
                assert_eq!(higher, 0, "{} {kind}: {shown:?}", line.code);
            }
        }
    }
}

#[tokio::test]
async fn questions_are_kept_under_a_name_by_whose_they_are() {
    for fresh in testkit::databases::each().await {
        let (services, user) = furnished(&fresh).await;
        let tx = fresh.db.write().await.unwrap();
        let new = store::write::accounts::NewAccount { login: "binh", name: "Bình", password_hash: "-", official: None };
        let other = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let (officer, leader) = (person(user, Role::HomeAffairs, None), person(other, Role::ProvinceLeader, None));
        registry::keep_view(&services, &officer, " Chưa có cao cấp ", "thieu=political_theory.cao_cap", true).await.unwrap();
        registry::keep_view(&services, &officer, "Riêng", "loai=cong_chuc", false).await.unwrap();
        let names = async |ctx: &Ctx| registry::views(&services, ctx).await.unwrap().into_iter().map(|v| v.name).collect::<Vec<_>>();
        assert_eq!(
            (names(&officer).await, names(&leader).await),
            (vec!["Chưa có cao cấp".into(), "Riêng".into()], vec!["Chưa có cao cấp".into()])
        );
        for (name, refusal) in [("Riêng", ViewRefusal::NameTaken), ("  ", ViewRefusal::BadName), (&"ă".repeat(81), ViewRefusal::BadName)]
        {
            let refused = registry::keep_view(&services, &officer, name, "", false).await;
            assert!(matches!(refused, Err(ActError::Refused(found)) if found == refusal), "{name}: {refused:?}");
        }
        assert!(matches!(registry::keep_view(&services, &leader, "Chung", "", true).await, Err(ActError::Forbidden(_))));
        let shared = registry::views(&services, &leader).await.unwrap()[0].id;
        assert!(matches!(registry::rename_view(&services, &leader, shared, "Của tôi").await, Err(ActError::NotFound)));
        assert!(matches!(registry::remove_view(&services, &leader, shared).await, Err(ActError::NotFound)));
        assert!(matches!(
            registry::rename_view(&services, &officer, shared, "Riêng").await,
            Err(ActError::Refused(ViewRefusal::NameTaken))
        ));
        registry::rename_view(&services, &officer, shared, "Thiếu cao cấp").await.unwrap();
        registry::remove_view(&services, &officer, shared).await.unwrap();
        assert!(names(&leader).await.is_empty());
        let subjects: Vec<_> = noted(&services, "list.unshare").await.into_iter().map(|line| line.0).collect();
        assert_eq!(subjects, ["list/Thiếu cao cấp"]);
    }
}

#[tokio::test]
async fn an_account_remembers_its_columns() {
    for fresh in testkit::databases::each().await {
        let (services, user) = furnished(&fresh).await;
        let officer = person(user, Role::HomeAffairs, None);
        let tx = fresh.db.write().await.unwrap();
        let (token_hash, expires_at) = (service::sessions::digest("token"), NOW.plus_ms(1_000));
        let opened = store::write::accounts::NewSession { user, token_hash: &token_hash, csrf: "-", agent: "-", now: NOW, expires_at };
        store::write::accounts::open_session(&tx, &opened).await.unwrap();
        tx.commit().await.unwrap();
        let own = async || {
            let session = service::sessions::session(&services, "token", NOW, today()).await.unwrap().unwrap();
            registry::columns_of(session.columns.as_deref())
        };
        assert_eq!(own().await, Column::USUAL);
        for columns in [vec![Column::Age, Column::Unit], vec![Column::Unit, Column::Age]] {
            registry::choose_columns(&services, &officer, &columns).await.unwrap();
            assert_eq!(own().await, columns);
        }
        registry::choose_columns(&services, &officer, Column::USUAL).await.unwrap();
        assert_eq!(own().await, Column::USUAL);
        let learner = person(user, Role::Learner, None);
        assert!(matches!(registry::choose_columns(&services, &learner, &[Column::Age]).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn a_list_of_a_past_day_tells_only_the_place_of_who_is_kept_elsewhere_by_now() {
    for fresh in testkit::databases::each().await {
        let register = crate::register::register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let identity = Identity { record_code: Some("HS-77".to_owned()), ..crate::register::identity("TM.1") };
        registry::add(services, officer, &identity, &crate::register::to(&register.here.0, day("2026-01-05")), "x").await.unwrap();
        registry::move_to(services, officer, "TM.1", &crate::register::to(&register.there.0, day("2026-06-01")), "x").await.unwrap();
        let (before, now) = (register.keeper_of(&register.here), register.keeper_of(&register.there));
        let past = PeopleAsk {
            text: "tm.1".to_owned(),
            columns: Column::ALL.to_vec(),
            purpose: "rà soát".to_owned(),
            ..PeopleAsk::on(day("2026-03-01"))
        };
        let told = async |who: &Ctx, ask: &PeopleAsk| {
            let shown = format!("{:?}", registry::list_people(services, who, ask, None, 9).await.unwrap());
            let taken = format!("{:?}", registry::export_people(services, who, ask).await.unwrap());
            [shown, taken]
        };
        let secrets = ["049185001234", "1985-03-31", "2010-06-01", "HS-77"];
        for whole in told(officer, &past).await {
            assert!(secrets.iter().all(|secret| whole.contains(secret)), "{whole}");
        }
        for masked in told(&before, &past).await {
            assert!(masked.contains("Hồ Thị Bình") && masked.contains("01.003") && masked.contains("2026-01-05"), "{masked}");
            assert!(!secrets.iter().any(|secret| masked.contains(secret)), "{masked}");
        }
        // Nor is it told by asking for it.
        let aged = PeopleAsk { filter: Filter { ages: Ages { from: Some(40), to: Some(40) }, ..Filter::default() }, ..past.clone() };
        assert!(told(officer, &aged).await.iter().all(|page| page.contains("TM.1")));
        assert!(told(&before, &aged).await.iter().all(|page| !page.contains("TM.1")));
        assert!(registry::facets(services, officer, &past).await.unwrap().private.is_some());
        assert!(registry::facets(services, &before, &past).await.unwrap().private.is_none());
        let today = PeopleAsk { on: today(), ..past };
        assert!(told(&now, &today).await.iter().all(|page| page.contains("049185001234")));
        assert!(registry::facets(services, &now, &today).await.unwrap().private.is_some());
        registry::leave(services, officer, "TM.1", day("2026-09-01"), domain::register::Ending::Retired, "x").await.unwrap();
        let left = PeopleAsk { filter: Filter { working: Some(Working::Left), ..Filter::default() }, ..today };
        for masked in told(&now, &left).await {
            assert!(masked.contains("Hồ Thị Bình") && !secrets.iter().any(|secret| masked.contains(secret)), "{masked}");
        }
    }
}
