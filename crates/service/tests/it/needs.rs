//! Requests of officials and needs that units add, decided by officer and head, once; the consolidated table.
//! Not for: lines of reviews (`reviews`).

use domain::ids::{NeedId, OfficialId, UserId};
use domain::needs::{NeedFault, NeedLevel, NeedState};
use domain::roles::Role;
use domain::standards::Subject;
use service::needs::{self, Ask, Decision, NeedRefusal, Wish};
use service::{ActError, Ctx, Services};
use testkit::databases::{Fresh, each};
use testkit::small;

use crate::world::{NOW, person, today};

struct Office {
    services: Services,
    herself: Ctx,
    officer: Ctx,
    head: Ctx,
    stranger: Ctx,
    unit: String,
    /// The unit of the stranger.
    other: String,
}

async fn office(fresh: &Fresh) -> Office {
    let province = small::province(today(), 60);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let mut users: Vec<UserId> = Vec::new();
    for login in ["an", "binh", "chi"] {
        let new = store::write::accounts::NewAccount { login, name: login, password_hash: "-", official: None };
        users.push(store::write::accounts::create(&tx, &new, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    let posting = province.batch.postings.iter().find(|p| p.ends_on.is_none() && p.starts_on < today()).unwrap();
    let unit = province.frame.units.iter().find(|unit| unit.id == posting.unit).unwrap();
    let other = province.batch.postings.iter().find(|p| p.ends_on.is_none() && p.unit != posting.unit).unwrap().unit;
    let mut herself = person(users[0], Role::Learner, None);
    herself.who.as_mut().unwrap().official = Some(OfficialId(posting.official));
    Office {
        herself,
        officer: person(users[1], Role::UnitHr, Some(unit.id)),
        head: person(users[2], Role::UnitHead, Some(unit.id)),
        stranger: person(users[1], Role::UnitHr, Some(other)),
        unit: unit.code.clone(),
        other: province.frame.units.iter().find(|unit| unit.id == other).unwrap().code.clone(),
        services: Services::new(fresh.db.clone()),
    }
}

fn wish(words: &str) -> Wish<'_> {
    Wish {
        official: None,
        people: 1,
        subject: Subject::PostSkills,
        requirement: None,
        programme: None,
        topic: None,
        words,
        year: 2027,
        urgent: false,
    }
}

impl Office {
    async fn state(&self, id: NeedId) -> (NeedState, NeedLevel) {
        let line = needs::mine(&self.services, &self.herself).await.unwrap().into_iter().find(|line| line.id == id).unwrap();
        (line.state, line.level)
    }

    async fn decide(
        &self,
        ctx: &Ctx,
        id: NeedId,
        revision: i32,
        decision: Decision,
        reason: &str,
    ) -> Result<(), ActError<Vec<NeedRefusal>>> {
        needs::decide(&self.services, ctx, (id, revision), decision, reason).await
    }
}

#[tokio::test]
async fn a_request_goes_from_the_official_to_the_officer_to_the_head() {
    for fresh in each().await {
        let office = office(&fresh).await;
        let nothing = needs::ask(&office.services, &office.herself, &wish(" ")).await;
        assert!(matches!(nothing, Err(ActError::Refused(f)) if f == [NeedFault::NoTopic]));
        let id = needs::ask(&office.services, &office.herself, &wish("Tiếng Anh B1")).await.unwrap();
        assert_eq!(office.state(id).await, (NeedState::Proposed, NeedLevel::Person));
        assert_eq!(needs::waiting(&office.services, &office.officer).await.unwrap().len(), 1);
        assert!(needs::waiting(&office.services, &office.head).await.unwrap().is_empty());
        assert!(matches!(office.decide(&office.stranger, id, 1, Decision::Confirm, "").await, Err(ActError::NotFound)));
        assert!(matches!(office.decide(&office.head, id, 1, Decision::Confirm, "").await, Err(ActError::Forbidden(_))));
        assert!(matches!(office.decide(&office.herself, id, 1, Decision::Confirm, "").await, Err(ActError::Forbidden(_))));
        office.decide(&office.officer, id, 1, Decision::Confirm, "").await.unwrap();
        assert!(matches!(office.decide(&office.officer, id, 1, Decision::Refuse, "x").await, Err(ActError::Stale)));
        assert_eq!(needs::approve_many(&office.services, &office.head, &[(id, 2), (id, 2)]).await.unwrap(), 1, "twice is once");
        assert_eq!(office.state(id).await, (NeedState::Approved, NeedLevel::Head));
        let over = office.decide(&office.herself, id, 3, Decision::Withdraw, "").await;
        assert!(matches!(over, Err(ActError::Refused(r)) if r == [NeedRefusal::NotNow]), "what is approved is not taken back");
    }
}

#[tokio::test]
async fn a_refusal_says_why_and_an_open_request_can_be_taken_back() {
    for fresh in each().await {
        let office = office(&fresh).await;
        let id = needs::ask(&office.services, &office.herself, &wish("Tiếng Anh B1")).await.unwrap();
        let silent = office.decide(&office.officer, id, 1, Decision::Refuse, " ").await;
        assert!(matches!(silent, Err(ActError::Refused(r)) if r == [NeedRefusal::NoReason]));
        office.decide(&office.officer, id, 1, Decision::Refuse, "đã có kế hoạch").await.unwrap();
        let view = needs::one(&office.services, &office.herself, id).await.unwrap();
        assert_eq!((view.line.state, view.line.reason.as_str(), view.changes.len()), (NeedState::Refused, "đã có kế hoạch", 1));
        let id = needs::ask(&office.services, &office.herself, &wish("Tin học")).await.unwrap();
        office.decide(&office.herself, id, 1, Decision::Withdraw, "").await.unwrap();
        assert_eq!(office.state(id).await.0, NeedState::Withdrawn);
        for n in 0..10 {
            needs::ask(&office.services, &office.herself, &wish(&format!("Lớp {n}"))).await.unwrap();
        }
        let many = needs::ask(&office.services, &office.herself, &wish("Lớp nữa")).await;
        assert!(matches!(many, Err(ActError::Refused(f)) if f == [NeedFault::TooMany]));
    }
}

#[tokio::test]
async fn the_consolidated_table_counts_people_once_and_attendances_each_time() {
    for fresh in each().await {
        let office = office(&fresh).await;
        let services = &office.services;
        let own = office.herself.who.as_ref().unwrap().official.unwrap();
        let code = service::registry::own_code(services, &office.herself).await.unwrap();
        let named = Wish { official: Some(&code), ..wish("Quản lý nhà nước") };
        needs::add(services, &office.officer, &office.unit, &named).await.unwrap();
        needs::add(services, &office.officer, &office.unit, &Wish { subject: Subject::Leadership, words: "Lãnh đạo", ..named })
            .await
            .unwrap();
        let many = Wish { people: 20, urgent: true, ..wish("Chuyển đổi số") };
        needs::add(services, &office.officer, &office.unit, &many).await.unwrap();
        assert!(matches!(needs::add(services, &office.stranger, &office.unit, &many).await, Err(ActError::Forbidden(_))));
        let outside = needs::add(services, &office.stranger, &office.other, &named).await;
        assert!(matches!(outside, Err(ActError::Refused(f)) if f == [NeedFault::NoSuchOfficial]), "she works elsewhere");
        let ask = Ask { on: today(), unit: None, year: Some(2027), subject: None, states: Vec::new(), urgent: false };
        let table = needs::consolidated(services, &office.officer, &ask).await.unwrap();
        let total = table.total.unwrap();
        assert_eq!((total.people, total.attendances), (21, 22), "{own}");
        assert_eq!(table.topics.first().map(|topic| (topic.words.as_str(), topic.urgent)), Some(("Chuyển đổi số", 20)));
        assert_eq!(table.rows.iter().map(|row| row.total.attendances).sum::<i64>(), 22);
        let nowhere = needs::consolidated(services, &office.stranger, &ask).await.unwrap();
        assert!(nowhere.total.is_none() && nowhere.rows.is_empty());
        let page = needs::list(services, &office.officer, &Ask { urgent: true, ..ask.clone() }, NeedId(0)).await.unwrap();
        assert_eq!(page.lines.len(), 1);
        let finance = person(UserId(1), Role::Finance, None);
        let unnamed = needs::list(services, &finance, &ask, NeedId(0)).await.unwrap();
        assert!(unnamed.lines.len() == 3 && unnamed.lines.iter().all(|line| line.official.is_none()), "money needs no names");
        for line in &unnamed.lines {
            let told = needs::one(services, &finance, line.id).await.unwrap();
            assert!(told.line.official.is_none() && told.changes.iter().all(|change| change.official.is_none()));
        }
    }
}
