//! Surveys as acts: who is asked, once each; anonymous answers name nobody, and small groups are not told apart.
//! Not for: what a good answer is (`domain::questions`).

use domain::ids::{SurveyId, UserId};
use domain::questions::{Question, QuestionKind};
use domain::roles::Role;
use domain::surveys::{SurveyFault, SurveyState};
use service::surveys::{self, Draft, SurveyRefusal};
use service::{ActError, Ctx, Services};
use testkit::databases::{Fresh, each};
use testkit::small;

use crate::world::{NOW, day, person, today};

struct House {
    services: Services,
    affairs: Ctx,
    users: Vec<UserId>,
    units: Vec<(i64, String)>,
}

async fn house(fresh: &Fresh) -> House {
    let province = small::province(today(), 120);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let mut users = Vec::new();
    for n in 0..13 {
        let login = format!("u{n}");
        let new = store::write::accounts::NewAccount { login: &login, name: &login, password_hash: "-", official: None };
        users.push(store::write::accounts::create(&tx, &new, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    let unit = |actor: &str| {
        let unit = province.frame.units.iter().find(|unit| unit.actor.as_deref() == Some(actor)).unwrap();
        (unit.id, unit.code.clone())
    };
    let affairs = person(users[0], Role::HomeAffairs, None);
    House { services: Services::new(fresh.db.clone()), affairs, users, units: vec![unit("so-y-te"), unit("so-tai-chinh")] }
}

fn questions() -> Vec<Question> {
    let scale =
        Question { kind: QuestionKind::Scale5, text: "Mức cần?".to_owned(), options: Vec::new(), rows: Vec::new(), needed: true };
    let words = Question { kind: QuestionKind::Text, text: "Ý kiến?".to_owned(), needed: false, ..scale.clone() };
    vec![scale, words]
}

impl House {
    async fn open(&self, is_anonymous: bool) -> SurveyId {
        let units: Vec<String> = self.units.iter().map(|(_, code)| code.clone()).collect();
        let questions = questions();
        let draft = Draft {
            title: "Nhu cầu kỹ năng số",
            lead: "",
            is_anonymous,
            questions: &questions,
            roles: &[],
            units: &units,
            opens_on: today(),
            closes_on: day("2026-12-01"),
        };
        let id = surveys::save(&self.services, &self.affairs, None, &draft).await.unwrap();
        surveys::advance(&self.services, &self.affairs, (id, 1), SurveyState::Open).await.unwrap();
        id
    }

    /// Home Affairs on another day.
    fn on(&self, on: &str) -> Ctx {
        Ctx { today: day(on), ..self.affairs.clone() }
    }

    fn member(&self, n: usize, unit: usize) -> Ctx {
        person(self.users[n], Role::UnitHr, Some(self.units[unit].0))
    }

    async fn answer(&self, ctx: &Ctx, id: SurveyId, value: &str) -> Result<(), ActError<Vec<SurveyRefusal>>> {
        surveys::answer(&self.services, ctx, id, |field| if field == "q1" { vec![value.to_owned()] } else { Vec::new() }).await
    }
}

#[tokio::test]
async fn an_answer_is_taken_once_and_an_anonymous_one_names_nobody() {
    for fresh in each().await {
        let house = house(&fresh).await;
        for is_anonymous in [true, false] {
            let id = house.open(is_anonymous).await;
            let member = house.member(1, 0);
            let bad = house.answer(&member, id, "9").await;
            assert!(matches!(bad, Err(ActError::Refused(r)) if matches!(r[..], [SurveyRefusal::Answer(..)])));
            let (one, two) = tokio::join!(house.answer(&member, id, "4"), house.answer(&member, id, "5"));
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            assert!(matches!(house.answer(&member, id, "4").await, Err(ActError::Refused(r)) if r == [SurveyRefusal::Taken]));
            let kept = store::read::surveys::answers(&house.services.db, id).await.unwrap();
            assert_eq!(kept.iter().map(|line| !line.is_named).collect::<Vec<_>>(), [is_anonymous]);
            let stranger = person(house.users[2], Role::UnitHead, Some(1));
            assert!(matches!(house.answer(&stranger, id, "4").await, Err(ActError::NotFound)), "the root lies in none of the units");
            assert!(matches!(surveys::results(&house.services, &member, id, None).await, Err(ActError::Forbidden(_))));
            surveys::advance(&house.services, &house.affairs, (id, 2), SurveyState::Closed).await.unwrap();
            let over = house.answer(&house.member(3, 0), id, "4").await;
            assert!(matches!(over, Err(ActError::Refused(r)) if r == [SurveyRefusal::NotNow]));
            assert!(matches!(
                surveys::advance(&house.services, &house.affairs, (id, 2), SurveyState::Closed).await,
                Err(ActError::Refused(_))
            ));
        }
    }
}

#[tokio::test]
async fn small_groups_of_an_anonymous_survey_are_not_told_apart() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let id = house.open(true).await;
        for n in 0..9 {
            house.answer(&house.member(n + 1, usize::from(n >= 5)), id, "4").await.unwrap();
        }
        let going = surveys::results(&house.services, &house.affairs, id, None).await.unwrap();
        assert!(going.is_withheld && going.outcomes.is_empty() && going.groups.is_empty(), "two looks would tell the answer between them");
        let other = house.open(true).await;
        house.answer(&house.member(10, 1), other, "2").await.unwrap();
        let over = house.on("2026-12-02");
        let few = surveys::results(&house.services, &over, other, None).await.unwrap();
        assert!(few.is_withheld && few.outcomes.is_empty(), "one answer is nobody's to read");
        let results = surveys::results(&house.services, &over, id, None).await.unwrap();
        assert_eq!((results.answered, results.groups.len(), results.hidden), (9, 0, 2), "four could be found by taking five away");
        assert!(matches!(surveys::results(&house.services, &over, id, Some(&house.units[0].1)).await, Err(ActError::NotFound)));
        house.answer(&house.member(10, 1), id, "2").await.unwrap();
        let results = surveys::results(&house.services, &over, id, Some(&house.units[1].1)).await.unwrap();
        assert_eq!((results.answered, results.groups.len()), (5, 2));
        assert_eq!(results.outcomes[0].tallies[0].1.mean, Some(360));
    }
}

#[tokio::test]
async fn a_draft_is_seen_by_who_makes_it_alone_and_must_ask_something() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let empty = Draft {
            title: "",
            lead: "",
            is_anonymous: false,
            questions: &[],
            roles: &[],
            units: &["H99.khong".to_owned()],
            opens_on: today(),
            closes_on: day("2026-11-01"),
        };
        let refused = surveys::save(&house.services, &house.affairs, None, &empty).await;
        let faults = [SurveyFault::NoTitle, SurveyFault::NoQuestions, SurveyFault::ClosesBeforeOpening, SurveyFault::ClosedAlready];
        let mut expected: Vec<_> = faults.into_iter().map(SurveyRefusal::Fault).collect();
        expected.push(SurveyRefusal::UnknownUnit("H99.khong".to_owned()));
        assert!(matches!(refused, Err(ActError::Refused(r)) if r == expected));
        let questions = questions();
        let draft = Draft { title: "Phiếu", questions: &questions, units: &[], closes_on: today(), ..empty };
        let id = surveys::save(&house.services, &house.affairs, None, &draft).await.unwrap();
        let member = house.member(1, 0);
        assert!(matches!(surveys::one(&house.services, &member, id).await, Err(ActError::NotFound)));
        assert!(surveys::list(&house.services, &member).await.unwrap().is_empty());
        assert!(matches!(surveys::save(&house.services, &member, None, &draft).await, Err(ActError::Forbidden(_))));
        let board = person(house.users[4], Role::PartyAffairs, None);
        assert!(matches!(surveys::one(&house.services, &board, id).await, Err(ActError::NotFound)), "the board runs those of its blocs");
        assert!(matches!(surveys::results(&house.services, &board, id, None).await, Err(ActError::Forbidden(_))));
        assert!(surveys::list(&house.services, &board).await.unwrap().is_empty());
        assert!(matches!(surveys::save(&house.services, &house.affairs, Some((id, 7)), &draft).await, Err(ActError::Stale)));
    }
}
