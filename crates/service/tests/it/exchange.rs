//! Other machines on both engines: two at once write once, all or nothing, what changed is told to everybody who may know and to nobody
//! else, and a change that commits late is not missed.

use domain::ids::UnitId;
use domain::orgs::{Bloc, UnitKind};
use domain::roles::Role;
use serde_json::{Map, Value, json};
use service::exchange::{
    self, Answer, Ask, ChangedState, Changes, ChangesRefusal, Claim, Done, Matching, OpState, PersonLine, Receipt, Since, Standing,
    Subject, Upsert, WriteRefusal,
};
use service::registry;
use service::{ActError, Ctx, Services};
use testkit::databases::Fresh;

use crate::register::{REASON, Register, register, to};
use crate::world::{NOW, day, person, system, today};

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn newcomer(unit: &str, name: &str) -> Map<String, Value> {
    fields(&json!({
        "name": name, "birth": "1985-03-31", "sex": "nu", "ethnicity": 26, "unit": unit, "post": "Chuyên viên số hoá", "staff": "cong_chuc",
        "from": "2026-01-05", "theory": "trung_cap",
    }))
}

fn answer(done: &Done) -> Answer {
    Answer { status: 200, body: json!({ "operation": done.operation }).to_string(), etag: None }
}

/// Sends operations as a machine does, each request with an id of its own.
async fn send(services: &Services, ctx: &Ctx, ops: &[Upsert<'_>], claim: Option<Claim>) -> Result<Done, ActError<WriteRefusal>> {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let operation = format!("test-{}", COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let ctx = Ctx { operation, ..ctx.clone() };
    let ask = Ask { ops, reason: REASON, dry_run: false, matching: &Matching::Always };
    exchange::write(services, &ctx, &ask, &Receipt { claim, answer: &answer }).await
}

fn official<'a>(code: &'a str, fields: &'a Map<String, Value>) -> Upsert<'a> {
    Upsert { subject: Subject::Official, code, fields }
}

async fn claim(register: &Register, ctx: &Ctx, key: &str) -> Standing {
    let user = register.officer.who.as_ref().unwrap().user;
    exchange::claim(&register.services, ctx, user, key, "print").await.unwrap()
}

#[tokio::test]
async fn two_at_once_with_one_key_write_once() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let (one, two) = tokio::join!(claim(&register, officer, "k"), claim(&register, officer, "k"));
        let free: Vec<&Standing> = [&one, &two].into_iter().filter(|standing| matches!(standing, Standing::Free(_))).collect();
        assert!(free.len() == 1 && [&one, &two].contains(&&Standing::Running), "{one:?} {two:?}");
        let Standing::Free(held) = free[0] else { unreachable!() };
        let new = newcomer(&register.here.0, "Hồ Thị Bình");
        let done = send(services, officer, &[official("TM.1", &new)], Some(*held)).await.unwrap();
        let Standing::Answered(kept) = claim(&register, officer, "k").await else { panic!("not answered") };
        assert_eq!(kept, answer(&done));
        let other = exchange::claim(services, officer, officer.who.as_ref().unwrap().user, "k", "another print").await.unwrap();
        assert_eq!(other, Standing::Other);
    }
}

#[tokio::test]
async fn a_claim_that_was_given_up_cannot_write_any_more() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let Standing::Free(slow) = claim(&register, officer, "k").await else { panic!("taken") };
        let later = Ctx { now: NOW.plus_ms(exchange::GIVE_UP_MS + 1), ..officer.clone() };
        let Standing::Free(fast) = claim(&register, &later, "k").await else { panic!("not given up") };
        let new = newcomer(&register.here.0, "Hồ Thị Bình");
        let late = send(services, officer, &[official("TM.1", &new)], Some(slow)).await;
        assert!(matches!(late, Err(ActError::Stale)) && registry::person(services, officer, "TM.1").await.is_err());
        exchange::release(services, slow).await.unwrap();
        assert_eq!(send(services, officer, &[official("TM.1", &new)], Some(fast)).await.unwrap().results[0].state, OpState::Created);
        exchange::release(services, fast).await.unwrap();
        assert!(matches!(claim(&register, &later, "k").await, Standing::Answered(_)));
        let days_later = Ctx { now: NOW.plus_ms(exchange::FORGET_MS + exchange::GIVE_UP_MS + 2), ..officer.clone() };
        let Standing::Free(again) = claim(&register, &days_later, "k").await else { panic!("not forgotten") };
        exchange::release(services, again).await.unwrap();
        assert!(matches!(claim(&register, &days_later, "k").await, Standing::Free(_)));
    }
}

#[tokio::test]
async fn machines_at_once_on_one_person_do_not_double_anything() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        // Two processes: they share the database, and nothing in memory.
        let other = Services::new(fresh.db.clone());
        let new = newcomer(&register.here.0, "Hồ Thị Bình");
        let moved = fields(&json!({ "unit": register.there.0, "post": "Phó trưởng phòng", "from": "2026-11-01" }));
        for body in [&new, &moved] {
            let ops = [official("TM.1", body)];
            let sent = futures_util::future::join_all((0..6).map(|place| {
                let services = if place % 2 == 0 { &register.services } else { &other };
                send(services, &register.officer, &ops, None)
            }));
            let states: Vec<OpState> = sent.await.into_iter().filter_map(Result::ok).map(|done| done.results[0].state).collect();
            assert_eq!(states.iter().filter(|state| **state != OpState::Same).count(), 1, "{states:?}");
        }
        let found = registry::person(&register.services, &register.officer, "TM.1").await.unwrap();
        assert_eq!((found.postings.len(), found.qualifications.len()), (2, 1));
    }
}

#[tokio::test]
async fn two_people_of_one_batch_do_not_get_one_citizen_number() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let with = |name: &str| {
            let mut fields = newcomer(&register.here.0, name);
            fields.insert("citizen_number".to_owned(), json!("049185001234"));
            fields
        };
        let (binh, an) = (with("Hồ Thị Bình"), with("Hồ Thị An"));
        let known = fields(&json!({ "citizen_number": "049185001234" }));
        send(services, officer, &[official("TM.9", &newcomer(&register.here.0, "Hồ Thị Chín"))], None).await.unwrap();
        for ops in [[official("TM.1", &binh), official("TM.2", &an)], [official("TM.9", &known), official("TM.2", &an)]] {
            let refused = send(services, officer, &ops, None).await;
            let Err(ActError::Refused(WriteRefusal::Faulty(faults))) = refused else { panic!("{refused:?}") };
            let told: Vec<_> = faults.iter().map(|(place, fault)| (*place, fault.field.as_str(), fault.code.as_str())).collect();
            assert_eq!(told, [(1, "citizen_number", "two_people")]);
        }
    }
}

#[tokio::test]
async fn a_batch_brings_a_new_post_together_with_who_has_it() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let new = newcomer(&register.here.0, "Hồ Thị Bình");
        let post = fields(&json!({ "title": "Chuyên viên số hoá", "group": "professional" }));
        let ops = [official("TM.1", &new), Upsert { subject: Subject::Post, code: "SH-1", fields: &post }];
        let done = send(services, officer, &ops, None).await.unwrap();
        assert_eq!(done.results.iter().map(|result| result.state).collect::<Vec<_>>(), [OpState::Created, OpState::Created]);
        assert_eq!(exchange::post(services, officer, "SH-1").await.unwrap().0.people, 1);
        let rows = |rows: &usize| Answer { status: 200, body: rows.to_string(), etag: None };
        exchange::undo(services, officer, &done.operation.unwrap(), REASON, &Receipt { claim: None, answer: &rows }).await.unwrap();
        assert!(exchange::post(services, officer, "SH-1").await.is_err());
    }
}

#[tokio::test]
async fn what_an_officer_is_about_to_commit_is_not_overwritten() {
    for fresh in testkit::databases::each().await {
        // SQLite lets only one write at a time.
        if fresh.db.engine() == store::Engine::Sqlite {
            continue;
        }
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        send(services, officer, &[official("TM.1", &newcomer(&register.here.0, "Hồ Thị Bình"))], None).await.unwrap();
        let found = registry::person(services, officer, "TM.1").await.unwrap();
        let named = registry::Identity {
            name: "Hồ Thị Bình Minh".to_owned(),
            record_code: None,
            citizen_number: None,
            recruited_on: None,
            ..crate::register::identity("TM.1")
        };
        let tx = fresh.db.write().await.unwrap();
        let why = store::write::register::Why { by: store::write::schemes::By::System, at: NOW, words: REASON, operation: "slow" };
        store::write::register::amend_official(&tx, &why, found.id, found.revision, &named).await.unwrap();
        store::write::register::end_posting(&tx, &why, found.id, found.postings[0].id, day("2026-11-01"), domain::register::Ending::Moved)
            .await
            .unwrap();
        let told = fields(&json!({ "other_names": "Ba", "grade": "01.002" }));
        let ops = [official("TM.1", &told)];
        let slow = async {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            store::write::bump_facts(&tx).await.unwrap();
            tx.commit().await.unwrap();
        };
        let (sent, ()) = tokio::join!(send(services, officer, &ops, None), slow);
        let after = registry::person(services, officer, "TM.1").await.unwrap();
        assert_eq!((after.name.as_str(), after.other_names.as_deref()), ("Hồ Thị Bình Minh", Some("Ba")), "{sent:?}");
        assert_eq!(after.postings[0].during.to(), Some(day("2026-11-01")));
        assert_eq!(sent.unwrap().results[0].state, OpState::Changed);
    }
}

#[tokio::test]
async fn a_batch_is_one_operation_and_goes_back_whole() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let (binh, an) = (newcomer(&register.here.0, "Hồ Thị Bình"), newcomer(&register.there.0, "Trần Văn An"));
        let bad = fields(&json!({ "name": "Không Đủ" }));
        let refused = send(services, officer, &[official("TM.1", &binh), official("TM.2", &bad)], None).await;
        let Err(ActError::Refused(WriteRefusal::Faulty(faults))) = refused else { panic!("taken") };
        assert!(faults.iter().all(|(place, fault)| *place == 1 && fault.code == "needed") && faults.len() == 6, "{faults:?}");
        assert!(registry::person(services, officer, "TM.1").await.is_err());
        let post = fields(&json!({ "title": "Kỹ sư dữ liệu", "group": "professional" }));
        let ops = [official("TM.1", &binh), official("TM.2", &an), Upsert { subject: Subject::Post, code: "DL-1", fields: &post }];
        let done = send(services, officer, &ops, None).await.unwrap();
        assert_eq!(
            done.results.iter().map(|result| (result.state, result.changes.len())).collect::<Vec<_>>(),
            [(OpState::Created, 1), (OpState::Created, 1), (OpState::Created, 1)]
        );
        let history = registry::history(services, officer, "TM.1", None, 10).await.unwrap();
        assert!(history.iter().all(|change| Some(&change.operation) == done.operation.as_ref() && change.reason == REASON));
        let operation = done.operation.unwrap();
        let rows = |rows: &usize| Answer { status: 200, body: rows.to_string(), etag: None };
        let receipt = Receipt { claim: None, answer: &rows };
        let stranger = register.keeper_of(&register.here);
        let partly = exchange::undo(services, &stranger, &operation, REASON, &receipt).await;
        assert!(matches!(partly, Err(ActError::Refused(_))), "{partly:?}");
        assert_eq!(exchange::undo(services, officer, &operation, REASON, &receipt).await.unwrap(), 7);
        assert!(registry::person(services, officer, "TM.1").await.is_err() && exchange::post(services, officer, "DL-1").await.is_err());
        let page_wrote = exchange::undo(services, officer, "test", REASON, &receipt).await;
        assert!(matches!(page_wrote, Err(ActError::NotFound)));
    }
}

struct Listener<'r> {
    services: &'r Services,
    ctx: Ctx,
    since: Since,
}

impl Listener<'_> {
    /// Everything that changed, in pages of a few; state and code, and what it became part of.
    async fn news(&mut self, limit: u32) -> Vec<(ChangedState, String, Vec<String>)> {
        let mut told = Vec::new();
        loop {
            let page: Changes<PersonLine> = exchange::changed_officials(self.services, &self.ctx, self.since, limit).await.unwrap();
            assert!(page.items.len() <= usize::try_from(limit).unwrap());
            told.extend(page.items.into_iter().map(|item| (item.state, item.code.unwrap(), item.into)));
            assert!(!page.more || page.next != self.since, "stands still");
            self.since = page.next;
            if !page.more {
                return told;
            }
        }
    }
}

async fn listener<'r>(services: &'r Services, ctx: Ctx) -> Listener<'r> {
    let since = exchange::start(services, &ctx).await.unwrap();
    Listener { services, ctx, since }
}

fn told(state: ChangedState, code: &str) -> (ChangedState, String, Vec<String>) {
    (state, code.to_owned(), Vec::new())
}

#[tokio::test]
async fn what_changed_is_told_to_who_may_know() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let mut all = listener(services, officer.clone()).await;
        let mut here = listener(services, register.keeper_of(&register.here)).await;
        let mut there = listener(services, register.keeper_of(&register.there)).await;
        let names = ["TM.1", "TM.2", "TM.3"].map(|code| (code, newcomer(&register.here.0, code)));
        let ops: Vec<Upsert<'_>> = names.iter().map(|(code, fields)| official(code, fields)).collect();
        send(services, officer, &ops, None).await.unwrap();
        let three = ["TM.1", "TM.2", "TM.3"].map(|code| told(ChangedState::Present, code));
        assert_eq!((all.news(2).await, here.news(2).await, there.news(2).await), (three.to_vec(), three.to_vec(), Vec::new()));
        registry::move_to(services, officer, "TM.1", &to(&register.there.0, day("2026-11-01")), REASON).await.unwrap();
        let leave = domain::register::Ending::Retired;
        registry::leave(services, officer, "TM.2", day("2026-11-01"), leave, REASON).await.unwrap();
        assert_eq!(all.news(50).await, [told(ChangedState::Present, "TM.1"), told(ChangedState::Ended, "TM.2")]);
        assert_eq!(here.news(50).await, [told(ChangedState::Gone, "TM.1"), told(ChangedState::Gone, "TM.2")]);
        assert_eq!(there.news(50).await, [told(ChangedState::Present, "TM.1")]);
        assert_eq!((all.news(50).await, here.news(50).await), (Vec::new(), Vec::new()));
        let next_month = to(&register.there.0, day("2026-12-10"));
        registry::move_to(services, officer, "TM.3", &next_month, REASON).await.unwrap();
        assert_eq!(here.news(50).await, [told(ChangedState::Present, "TM.3")]);
        assert_eq!(there.news(50).await, Vec::new());
        // Nothing is written on the tenth of December, and yet everybody is told.
        here.ctx.today = day("2026-12-11");
        there.ctx.today = day("2026-12-11");
        assert!(here.news(50).await.contains(&told(ChangedState::Gone, "TM.3")));
        assert!(there.news(1).await.contains(&told(ChangedState::Present, "TM.3")));
        assert_eq!(there.news(50).await, Vec::new());
    }
}

#[tokio::test]
async fn nobody_is_missed_when_the_day_turns_between_two_pages() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let names = ["TM.1", "TM.2", "TM.3"].map(|code| (code, newcomer(&register.here.0, code)));
        let ops: Vec<Upsert<'_>> = names.iter().map(|(code, fields)| official(code, fields)).collect();
        send(services, officer, &ops, None).await.unwrap();
        // The first one moves a day after the others.
        for (code, from) in [("TM.1", "2026-12-02"), ("TM.2", "2026-12-01"), ("TM.3", "2026-12-01")] {
            registry::move_to(services, officer, code, &to(&register.there.0, day(from)), REASON).await.unwrap();
        }
        let mut there = listener(services, register.keeper_of(&register.there)).await;
        there.ctx.today = day("2026-12-01");
        let first = exchange::changed_officials(services, &there.ctx, there.since, 1).await.unwrap();
        assert!(first.more);
        there.since = first.next;
        there.ctx.today = day("2026-12-02");
        let mut told: Vec<String> = first.items.into_iter().filter_map(|item| item.code).collect();
        told.extend(there.news(1).await.into_iter().map(|(_, code, _)| code));
        assert!(["TM.1", "TM.2", "TM.3"].iter().all(|code| told.iter().any(|told| told == code)), "{told:?}");
    }
}

/// A new office below the department.
async fn child_of(register: &Register) -> (String, UnitId) {
    let parent = registry::unit(&register.services, &system(), &register.here.0, today()).await.unwrap();
    let new = domain::orgs::reorganise::NewUnit {
        code: format!("{}.77", register.here.0),
        name: "Phòng Dữ liệu y tế".to_owned(),
        kind: UnitKind::Division,
        level: parent.unit.level,
        bloc: Bloc::State,
        actor: None,
        parent: parent.unit.id,
    };
    let order = registry::Order {
        step: domain::orgs::reorganise::Step::Create(new),
        on: day("2026-01-01"),
        decision: None,
        reason: REASON.to_owned(),
    };
    let act = Ctx { operation: "begins".to_owned(), ..register.officer.clone() };
    let code = registry::carry(&register.services, &act, &order, None).await.unwrap().code;
    let id = registry::unit(&register.services, &system(), &code, today()).await.unwrap().unit.id;
    (code, id)
}

#[tokio::test]
async fn a_unit_that_moves_lets_both_sides_read_everything_anew() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let mut before = listener(services, register.keeper_of(&register.here)).await;
        let child = child_of(&register).await;
        assert_eq!(before.news(50).await, Vec::new());
        send(services, officer, &[official("TM.1", &newcomer(&child.0, "Hồ Thị Bình"))], None).await.unwrap();
        let mut all = listener(services, officer.clone()).await;
        let mut here = listener(services, register.keeper_of(&register.here)).await;
        let mut there = listener(services, register.keeper_of(&register.there)).await;
        let step = domain::orgs::reorganise::Step::Move { unit: child.1, parent: UnitId(register.there.1), code: None };
        let order = registry::Order { step, on: day("2026-11-20"), decision: None, reason: REASON.to_owned() };
        registry::carry(services, &Ctx { operation: "moves".to_owned(), ..officer.clone() }, &order, None).await.unwrap();
        assert_eq!(registry::person(services, &there.ctx, "TM.1").await.unwrap().code, "TM.1");
        for side in [&mut here, &mut there] {
            let refused = exchange::changed_officials(services, &side.ctx, side.since, 50).await;
            assert!(matches!(refused, Err(ActError::Refused(ChangesRefusal::UnitsMoved))), "{refused:?}");
            side.since = exchange::start(services, &side.ctx).await.unwrap();
            assert_eq!(side.news(50).await, Vec::new());
        }
        // Nobody else is disturbed.
        assert_eq!(all.news(50).await, Vec::new());
    }
}

#[tokio::test]
async fn merged_and_undone_records_are_told_as_gone() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let (first, second) = (newcomer(&register.here.0, "Hồ Thị Bình"), newcomer(&register.here.0, "Hồ Thị Bình"));
        send(services, officer, &[official("TM.1", &first)], None).await.unwrap();
        let mut all = listener(services, officer.clone()).await;
        let mut here = listener(services, register.keeper_of(&register.here)).await;
        let mut there = listener(services, register.keeper_of(&register.there)).await;
        let twin = send(services, officer, &[official("TM.2", &second)], None).await.unwrap();
        let rows = |rows: &usize| Answer { status: 200, body: rows.to_string(), etag: None };
        let undone = exchange::undo(services, officer, &twin.operation.unwrap(), REASON, &Receipt { claim: None, answer: &rows }).await;
        assert_eq!(undone.unwrap(), 3);
        assert_eq!(
            (all.news(9).await, here.news(9).await, there.news(9).await),
            (vec![told(ChangedState::Gone, "TM.2")], vec![told(ChangedState::Gone, "TM.2")], Vec::new())
        );
        registry::leave(services, officer, "TM.1", day("2026-03-01"), domain::register::Ending::Retired, REASON).await.unwrap();
        let mut later = second;
        later.insert("from".to_owned(), json!("2026-05-01"));
        send(services, officer, &[official("TM.3", &later)], None).await.unwrap();
        here.news(9).await;
        let revision = async |code: &str| registry::person(services, officer, code).await.unwrap().revision;
        let revisions = (revision("TM.1").await, revision("TM.3").await);
        let choice = registry::Choice { revisions, from_other: Vec::new(), settled: Vec::new() };
        registry::merge(services, officer, ("TM.1", "TM.3"), &choice, REASON).await.unwrap();
        let merged = (ChangedState::Merged, "TM.3".to_owned(), vec!["TM.1".to_owned()]);
        assert!(all.news(9).await.contains(&merged) && here.news(9).await.contains(&merged));
        assert_eq!(there.news(9).await, Vec::new());
    }
}

#[tokio::test]
async fn a_change_that_commits_late_is_not_missed() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let mut all = listener(services, officer.clone()).await;
        if let Some((slow, code)) = slow_writer(&fresh).await {
            // Somebody else writes and commits while the first one is still at it.
            send(services, officer, &[official("TM.1", &newcomer(&register.here.0, "Hồ Thị Bình"))], None).await.unwrap();
            let early = all.news(9).await;
            assert!(!early.contains(&told(ChangedState::Present, "TM.1")), "told before all below it is settled");
            slow.commit().await.unwrap();
            let late = all.news(9).await;
            assert!(late.iter().any(|(_, told, _)| *told == code) && late.contains(&told(ChangedState::Present, "TM.1")), "{late:?}");
        }
        let from_elsewhere = Since { change: all.since.change + 1_000, ..all.since };
        let refused = exchange::changed_officials(services, officer, from_elsewhere, 9).await;
        assert!(matches!(refused, Err(ActError::Refused(ChangesRefusal::OtherLife))));
    }
}

/// On PostgreSQL: a transaction that has written a change and has not committed it. SQLite lets only one write at a time.
async fn slow_writer(fresh: &Fresh) -> Option<(store::WriteTx, String)> {
    if fresh.db.engine() == store::Engine::Sqlite {
        return None;
    }
    let tx = fresh.db.write().await.unwrap();
    let identity = crate::register::identity("CHAM.1");
    let why = store::write::register::Why { by: store::write::schemes::By::System, at: NOW, words: REASON, operation: "slow" };
    store::write::register::add_official(&tx, &why, &identity).await.unwrap();
    Some((tx, identity.code))
}

#[tokio::test]
async fn titles_that_join_the_catalogue_are_told_and_stay() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let since = exchange::start(services, officer).await.unwrap();
        let done = send(services, officer, &[official("TM.1", &newcomer(&register.here.0, "Hồ Thị Bình"))], None).await.unwrap();
        let act = Ctx { operation: "moved".to_owned(), ..officer.clone() };
        registry::move_to(
            services,
            &act,
            "TM.1",
            &registry::Move { post: "Trưởng nhóm số hoá", ..to(&register.here.0, day("2026-11-01")) },
            REASON,
        )
        .await
        .unwrap();
        let titles = async || {
            let told = exchange::changed_posts(services, &system(), since, 50).await.unwrap();
            told.items.into_iter().filter_map(|item| Some(item.line?.title)).collect::<Vec<_>>()
        };
        assert_eq!(titles().await, ["Chuyên viên số hoá", "Trưởng nhóm số hoá"]);
        registry::undo(services, officer, "TM.1", &act.operation, REASON).await.unwrap();
        let rows = |rows: &usize| Answer { status: 200, body: rows.to_string(), etag: None };
        exchange::undo(services, officer, &done.operation.unwrap(), REASON, &Receipt { claim: None, answer: &rows }).await.unwrap();
        assert_eq!(titles().await.len(), 2);
    }
}

#[tokio::test]
async fn nobody_writes_the_own_record_or_without_a_role() {
    for fresh in testkit::databases::each().await {
        let register = register(&fresh).await;
        let services = &register.services;
        let new = newcomer(&register.here.0, "Hồ Thị Bình");
        send(services, &register.officer, &[official("TM.1", &new)], None).await.unwrap();
        let mut own = register.keeper_of(&register.here);
        own.who.as_mut().unwrap().official = Some(registry::person(services, &register.officer, "TM.1").await.unwrap().id);
        let renamed = fields(&json!({ "name": "Hồ Bình" }));
        let refused = send(services, &own, &[official("TM.1", &renamed)], None).await;
        assert!(matches!(refused, Err(ActError::Refused(WriteRefusal::Faulty(faults))) if faults[0].1.code == "own_record"));
        let user = register.officer.who.as_ref().unwrap().user;
        for role in [Role::ProvinceLeader, Role::UnitHead, Role::Inspector, Role::Administrator, Role::Learner] {
            let refused = send(services, &person(user, role, None), &[official("TM.1", &renamed)], None).await;
            assert!(matches!(refused, Err(ActError::Forbidden(_))), "{role}");
        }
    }
}
