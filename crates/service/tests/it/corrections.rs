//! Officials propose corrections of their own records; those who keep the records decide, once.

use domain::people::QualificationKind;
use domain::register::corrections::{About, CorrectionState, ProposalFault, Wish};
use domain::roles::Role;
use domain::training::{ContentGroup, Mode, Outcome, TrainingKind};
use service::registry::{self, CareerRefusal, DecisionRefusal, Declared, IdentityRefusal, Paper, ProposalRefusal, Proposed};
use service::{ActError, Ctx};
use testkit::databases::Fresh;

use crate::register::{REASON, Register, identity, register, to};
use crate::world::{day, person};

struct Office {
    register: Register,
    /// The official herself.
    herself: Ctx,
    /// Who keeps her unit.
    keeper: Ctx,
}

async fn office(fresh: &Fresh) -> Office {
    let register = register(fresh).await;
    let (services, officer) = (&register.services, &register.officer);
    registry::add(services, officer, &identity("TM.1"), &to(&register.here.0, day("2020-01-05")), REASON).await.unwrap();
    let paper = Paper {
        kind: QualificationKind::It,
        degree: None,
        field: None,
        grade: Some("co_ban"),
        granted_on: day("2021-06-01"),
        expires_on: None,
        issuer: Some("Trường A"),
        number: Some("A 1"),
    };
    registry::add_qualification(services, officer, "TM.1", &paper, REASON).await.unwrap();
    let learned = Declared {
        title: "",
        kind: TrainingKind::Training,
        content: Some(ContentGroup::ALL[0]),
        degree: None,
        field: None,
        mode: Mode::InPerson,
        abroad: false,
        periods: 40,
        from: day("2024-03-01"),
        last: Some(day("2024-03-05")),
        outcome: Outcome::Finished,
        evidence: "GCN 12",
    };
    registry::add_record(services, officer, "TM.1", &learned, REASON).await.unwrap();
    let id = registry::person(services, officer, "TM.1").await.unwrap().id;
    let mut herself = person(officer.who.as_ref().unwrap().user, Role::Learner, None);
    herself.who.as_mut().unwrap().official = Some(id);
    let keeper = register.keeper_of(&register.here);
    Office { register, herself, keeper }
}

impl Office {
    async fn line(&self, about: About) -> i64 {
        let found = registry::person(&self.register.services, &self.keeper, "TM.1").await.unwrap();
        match about {
            About::Posting => found.postings[0].id,
            About::Qualification => found.qualifications[0].id,
            _ => found.records[0].id,
        }
    }

    async fn propose(&self, about: About, row: Option<i64>, wish: Wish, values: &[(&'static str, &str)]) -> i64 {
        let values: Vec<_> = values.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
        let new = Proposed { about, row, wish, values: &values, words: "theo giấy tờ gốc" };
        registry::propose(&self.register.services, &self.herself, "TM.1", &new).await.unwrap()
    }

    async fn state(&self, id: i64) -> (CorrectionState, Option<String>) {
        let own = registry::own_corrections(&self.register.services, &self.herself, "TM.1").await.unwrap();
        own.into_iter().find(|line| line.id == id).map(|line| (line.state, line.answer)).unwrap()
    }
}

#[tokio::test]
async fn what_is_accepted_is_made_with_its_history() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, keeper) = (&office.register.services, &office.keeper);
        let (posting, paper, record) =
            (office.line(About::Posting).await, office.line(About::Qualification).await, office.line(About::TrainingRecord).await);
        let proposals = [
            office
                .propose(About::Official, None, Wish::Changed, &[("name", "Hồ Thị Thanh Bình"), ("citizen_number", "049185009999")])
                .await,
            office.propose(About::Posting, Some(posting), Wish::Changed, &[("starts_on", "2020-02-01"), ("grade", "01.002")]).await,
            office.propose(About::Qualification, Some(paper), Wish::Changed, &[("number", "B 2"), ("issuer", "Trường A")]).await,
            office.propose(About::TrainingRecord, Some(record), Wish::Changed, &[("periods", "32")]).await,
            office.propose(About::Qualification, None, Wish::Missing, &[]).await,
        ];
        assert_eq!(registry::open_corrections(services, keeper).await.unwrap().1, 5);
        for id in proposals {
            registry::accept(services, keeper, id, "").await.unwrap();
            assert_eq!(office.state(id).await.0, CorrectionState::Accepted);
        }
        let now = registry::person(services, keeper, "TM.1").await.unwrap();
        assert_eq!((now.name.as_str(), now.postings[0].during.from()), ("Hồ Thị Thanh Bình", day("2020-02-01")));
        assert_eq!(now.postings[0].grade.as_deref(), Some("01.002"));
        assert_eq!((now.qualifications[0].number.as_deref(), now.records[0].periods), (Some("B 2"), 32));
        let history = registry::history(services, keeper, "TM.1", None, 4).await.unwrap();
        assert!(history.iter().all(|change| change.reason == "theo giấy tờ gốc"), "{history:?}");
        let wrong = office.propose(About::Qualification, Some(paper), Wish::Wrong, &[]).await;
        registry::accept(services, keeper, wrong, "đã đối chiếu").await.unwrap();
        assert!(registry::person(services, keeper, "TM.1").await.unwrap().qualifications.is_empty());
        assert_eq!(registry::open_corrections(services, keeper).await.unwrap(), (Vec::new(), 0));
    }
}

#[tokio::test]
async fn who_decides_second_is_told_and_nothing_is_made_twice() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, keeper) = (&office.register.services, &office.keeper);
        let id = office.propose(About::Official, None, Wish::Changed, &[("name", "Hồ Bình")]).await;
        let (one, other) = tokio::join!(
            registry::accept(services, keeper, id, "đồng ý"),
            registry::refuse(services, &office.register.officer, id, "không đủ giấy tờ")
        );
        assert!(matches!((&one, &other), (Ok(()), Err(ActError::Stale)) | (Err(ActError::Stale), Ok(()))), "{one:?} {other:?}");
        let (state, answer) = office.state(id).await;
        let now = registry::person(services, keeper, "TM.1").await.unwrap();
        let expected = if one.is_ok() {
            (CorrectionState::Accepted, "đồng ý", "Hồ Bình")
        } else {
            (CorrectionState::Refused, "không đủ giấy tờ", "Hồ Thị Bình")
        };
        assert_eq!((state, answer.as_deref().unwrap(), now.name.as_str()), expected);
        let open = office.propose(About::Posting, None, Wish::Missing, &[]).await;
        registry::withdraw(services, &office.herself, open).await.unwrap();
        assert_eq!(office.state(open).await, (CorrectionState::Withdrawn, None));
        assert!(matches!(registry::accept(services, keeper, open, "").await, Err(ActError::Stale)));
        assert!(matches!(registry::withdraw(services, &office.herself, open).await, Err(ActError::Stale)));
    }
}

#[tokio::test]
async fn rules_refuse_what_is_proposed_or_accepted() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, keeper) = (&office.register.services, &office.keeper);
        let refused = async |new: Proposed<'_>| match registry::propose(services, &office.herself, "TM.1", &new).await {
            Err(ActError::Refused(refusals)) => refusals,
            other => panic!("{other:?}"),
        };
        let values = [("birth_on", "31/31/1985".to_owned())];
        let bad = Proposed { about: About::Official, row: None, wish: Wish::Changed, values: &values, words: "x" };
        assert_eq!(refused(bad).await, [ProposalRefusal::BadValue("birth_on")]);
        let same = [("name", "Hồ Thị Bình".to_owned())];
        let faults = refused(Proposed { values: &same, words: " ", ..bad }).await;
        assert_eq!(faults, [ProposalRefusal::Fault(ProposalFault::NoWords), ProposalRefusal::Fault(ProposalFault::NothingNew)]);
        let young = office.propose(About::Official, None, Wish::Changed, &[("birth_on", "2015-01-01")]).await;
        let early =
            office.propose(About::Posting, Some(office.line(About::Posting).await), Wish::Changed, &[("starts_on", "1990-01-01")]).await;
        let told = async |id: i64| match registry::accept(services, keeper, id, "").await {
            Err(ActError::Refused(refusals)) => refusals,
            other => panic!("{other:?}"),
        };
        assert!(told(young).await.iter().all(|refusal| matches!(refusal, DecisionRefusal::Identity(IdentityRefusal::Fault(_)))));
        assert!(told(early).await.iter().all(|refusal| matches!(refusal, DecisionRefusal::Career(CareerRefusal::Fault(_)))));
        assert_eq!(office.state(young).await.0, CorrectionState::Open);
        let gone = office.propose(About::Qualification, Some(office.line(About::Qualification).await), Wish::Wrong, &[]).await;
        let line = ("qualification", office.line(About::Qualification).await);
        registry::strike(services, keeper, "TM.1", line, REASON).await.unwrap();
        assert_eq!(told(gone).await, [DecisionRefusal::Gone]);
        let silent = registry::refuse(services, keeper, gone, " ").await;
        assert!(matches!(silent, Err(ActError::Refused(refusals)) if refusals == [DecisionRefusal::NoAnswer]));
    }
}

#[tokio::test]
async fn one_proposes_for_oneself_and_decides_for_ones_units_alone() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, officer) = (&office.register.services, &office.register.officer);
        let new = Proposed { about: About::Posting, row: None, wish: Wish::Missing, values: &[], words: "thiếu" };
        assert!(matches!(registry::propose(services, officer, "TM.1", &new).await, Err(ActError::Forbidden(_))));
        let id = office.propose(About::Posting, None, Wish::Missing, &[]).await;
        let stranger = office.register.keeper_of(&office.register.there);
        assert_eq!(registry::open_corrections(services, &stranger).await.unwrap().1, 0);
        assert!(matches!(registry::accept(services, &stranger, id, "").await, Err(ActError::NotFound)));
        assert!(matches!(registry::withdraw(services, &stranger, id).await, Err(ActError::NotFound)));
        assert!(matches!(registry::accept(services, &office.herself, id, "").await, Err(ActError::Forbidden(_))));
        let mut own = office.keeper.clone();
        own.who.as_mut().unwrap().official = office.herself.who.as_ref().unwrap().official;
        assert!(matches!(registry::accept(services, &own, id, "").await, Err(ActError::Forbidden(_))));
        let head = person(officer.who.as_ref().unwrap().user, Role::UnitHead, Some(office.register.here.1));
        assert!(matches!(registry::open_corrections(services, &head).await, Err(ActError::Forbidden(_))));
        registry::accept(services, &office.keeper, id, "").await.unwrap();
    }
}
