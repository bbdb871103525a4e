//! Reviews as acts: filled from gaps, answered, approved, gathered; who is refused; two officers at once; lateness and reminders.
//! Not for: which step leads where (`domain::reviews`).

use domain::ids::{NeedId, ReviewId, UserId};
use domain::needs::{NeedFault, NeedState, Verdict};
use domain::orgs::UnitKind;
use domain::questions::{Question, QuestionKind};
use domain::reviews::{AnswerState, ReviewFault, ReviewState, Step};
use domain::roles::Role;
use domain::standards::Subject;
use service::needs::Wish;
use service::reviews::{self, AnswerRefusal, Chosen, Draft, Judgement, ReviewRefusal, Said, StepRefusal};
use service::{ActError, Ctx, Services};
use store::read::needs::{self as read, approved};
use store::read::progress::Place;
use testkit::databases::{Fresh, each};
use testkit::small::{self, Small};

use crate::world::{NOW, day, person, system, today};

struct House {
    services: Services,
    province: Small,
    affairs: Ctx,
    party: Ctx,
    users: Vec<UserId>,
}

/// A unit with the contexts of its officer and its head.
struct Office {
    id: i64,
    code: String,
    officer: Ctx,
    head: Ctx,
}

async fn house(fresh: &Fresh) -> House {
    let province = small::province(today(), 30);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let mut users = Vec::new();
    for login in ["an", "binh", "chi", "dung"] {
        let new = store::write::accounts::NewAccount { login, name: login, password_hash: "-", official: None };
        users.push(store::write::accounts::create(&tx, &new, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    let (affairs, party) = (person(users[0], Role::HomeAffairs, None), person(users[1], Role::PartyAffairs, None));
    House { services: Services::new(fresh.db.clone()), province, affairs, party, users }
}

impl House {
    /// The department or commune with the most gaps, or the one after so many others.
    async fn office(&self, place: usize) -> Office {
        let ask = service::gaps::Ask { on: today(), unit: None };
        let heat = service::gaps::heat(&self.services, &system(), &ask).await.unwrap();
        let asked = heat.columns.iter().filter(|column| column.requirement.need != domain::standards::Need::YearlyAmount);
        let short = |unit| asked.clone().filter_map(|column| column.units.get(&unit)).map(|short| short.missing).sum::<i64>();
        let is_body = |unit: &&service::registry::UnitLine| matches!(unit.kind, UnitKind::Department | UnitKind::Commune);
        let mut bodies: Vec<(i64, i64)> = heat.rows.iter().filter(is_body).map(|unit| (short(unit.id), unit.id.0)).collect();
        bodies.sort_by_key(|(short, id)| (std::cmp::Reverse(*short), *id));
        self.office_of(bodies[place].1)
    }

    fn office_of(&self, id: i64) -> Office {
        let code = self.province.frame.units.iter().find(|unit| unit.id == id).unwrap().code.clone();
        let officer = person(self.users[2], Role::UnitHr, Some(id));
        let head = person(self.users[3], Role::UnitHead, Some(id));
        Office { id, code, officer, head }
    }

    async fn open(&self, picked: &[&str], questions: &[Question]) -> ReviewId {
        let chosen = Chosen { picked: picked.iter().map(|code| (*code).to_owned()).collect(), ..Chosen::default() };
        let draft = draft(&chosen, questions);
        let id = reviews::save(&self.services, &self.affairs, None, &draft).await.unwrap();
        reviews::open(&self.services, &self.affairs, id, 1).await.unwrap();
        id
    }

    async fn step(&self, ctx: &Ctx, review: ReviewId, unit: &str, step: Step, words: &str) -> Result<(), ActError<Vec<StepRefusal>>> {
        let revision = reviews::answer(&self.services, &self.affairs, (review, unit)).await.unwrap().answer.revision;
        let said = Said { words, due: Some(day("2027-02-01")), revision };
        reviews::take(&self.services, ctx, (review, unit), step, &said).await
    }

    /// How many answers wait for the officer, the head, and Home Affairs: counted as listed.
    async fn waited(&self, office: &Office) -> [usize; 3] {
        let mut counts = [0; 3];
        for (place, ctx) in [&office.officer, &office.head, &self.affairs].into_iter().enumerate() {
            counts[place] = reviews::going_count(&self.services, ctx).await.unwrap();
            assert_eq!(counts[place], reviews::going(&self.services, ctx).await.unwrap().len());
            assert_eq!(service::waits::waits(&self.services, ctx).await.unwrap().needs, counts[place]);
        }
        counts
    }

    async fn state(&self, review: ReviewId, unit: &str) -> AnswerState {
        reviews::answer(&self.services, &self.affairs, (review, unit)).await.unwrap().answer.course.answer
    }
}

fn draft<'a>(chosen: &'a Chosen, questions: &'a [Question]) -> Draft<'a> {
    Draft {
        title: "Rà soát nhu cầu 2027",
        reason: "lập kế hoạch năm",
        scheme: None,
        year: 2027,
        as_of: today(),
        opens_on: today(),
        due_on: day("2026-12-05"),
        chosen,
        questions,
    }
}

fn said(verdict: Verdict, reason: &str) -> Judgement<'_> {
    Judgement { verdict, reason, topic: None, words: "", people: 1, urgent: false }
}

fn wish() -> Wish<'static> {
    Wish {
        official: None,
        people: 12,
        subject: Subject::PostSkills,
        requirement: None,
        programme: None,
        topic: None,
        words: "Kỹ năng số",
        year: 2027,
        urgent: true,
    }
}

#[tokio::test]
async fn a_list_is_filled_answered_approved_and_gathered() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, office) = (&house.services, house.office(0).await);
        let asked = Question {
            kind: QuestionKind::Number,
            text: "Bao nhiêu người nghỉ hưu năm tới?".to_owned(),
            options: Vec::new(),
            rows: Vec::new(),
            needed: true,
        };
        let id = house.open(&[&office.code], &[asked]).await;
        let at = (id, office.code.as_str());
        let page = reviews::lines(services, &office.officer, at, None, NeedId(0)).await.unwrap();
        assert!(page.lines.len() > 1 && page.lines.iter().all(|(line, now)| line.state == NeedState::Proposed && now.is_none()));
        let first = &page.lines[0].0;
        reviews::judge(services, &office.officer, at, (first.id, 1), &said(Verdict::Exempt, "sắp nghỉ hưu")).await.unwrap();
        let unsent = house.step(&office.officer, id, &office.code, Step::Send, "").await;
        let Err(ActError::Refused(refusals)) = unsent else { panic!("{unsent:?}") };
        assert!(matches!(refusals[..], [StepRefusal::Unanswered(_), StepRefusal::Question(_)]), "{refusals:?}");
        assert!(reviews::confirm_all(services, &office.officer, at, None).await.unwrap() > 0);
        reviews::set_answers(services, &office.officer, at, |_| vec!["3".to_owned()]).await.unwrap();
        reviews::add(services, &office.officer, at, &wish()).await.unwrap();
        house.step(&office.officer, id, &office.code, Step::Send, "").await.unwrap();
        assert_eq!(house.waited(&office).await, [0, 1, 0]);
        assert!(approved(&services.db, &Place::province(today()), 2027).await.unwrap().is_empty());
        house.step(&office.head, id, &office.code, Step::Approve, "").await.unwrap();
        assert_eq!(house.waited(&office).await, [0, 0, 1]);
        let all = approved(&services.db, &Place::province(today()), 2027).await.unwrap();
        assert!(all.len() == page.lines.len() && all.iter().any(|line| line.people == 12 && line.urgent && line.official.is_none()));
        let named = all.iter().find(|line| line.official.is_some()).unwrap();
        let (who, ..) = named.official.as_ref().unwrap();
        let held = house.province.batch.postings.iter().find(|p| p.official == who.0 && p.ends_on.is_none());
        assert!(named.staff == held.map(|posting| posting.staff) && named.requirement.is_some());
        // Home Affairs takes one out; what each level made stays visible.
        reviews::judge(services, &house.affairs, at, (named.id, named.revision), &said(Verdict::Removed, "trùng đề án")).await.unwrap();
        house.step(&house.affairs, id, &office.code, Step::Gather, "").await.unwrap();
        assert_eq!(house.waited(&office).await, [0, 0, 0]);
        let view = reviews::answer(services, &house.affairs, at).await.unwrap();
        assert_eq!(view.answer.course.answer, AnswerState::Gathered);
        let levels: Vec<_> = view.changes.iter().map(|change| (change.level.code(), change.reason.as_str())).collect();
        assert_eq!(levels, [("unit", "sắp nghỉ hưu"), ("home_affairs", "trùng đề án")]);
        assert_eq!(read::urgent(&services.db, &Place::province(today()), 2027).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_unit_sees_its_own_answer_alone_and_does_only_its_own_steps() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, here, there) = (&house.services, house.office(0).await, house.office(1).await);
        let id = house.open(&[&here.code, &there.code], &[]).await;
        let at = (id, here.code.as_str());
        assert!(matches!(reviews::answer(services, &there.officer, at).await, Err(ActError::NotFound)));
        assert_eq!(reviews::one(services, &there.officer, id).await.unwrap().answers.len(), 1);
        let line = reviews::lines(services, &here.officer, at, None, NeedId(0)).await.unwrap().lines[0].0.clone();
        let elsewhere = (id, there.code.as_str());
        let foreign = reviews::judge(services, &there.officer, elsewhere, (line.id, 1), &said(Verdict::Confirmed, "")).await;
        assert!(matches!(foreign, Err(ActError::NotFound)), "a line of another answer");
        let by_head = reviews::judge(services, &here.head, at, (line.id, 1), &said(Verdict::Confirmed, "")).await;
        assert!(matches!(by_head, Err(ActError::Refused(r)) if r == [AnswerRefusal::Fault(NeedFault::NotNow)]));
        let no_reason = reviews::judge(services, &here.officer, at, (line.id, 1), &said(Verdict::Holds, " ")).await;
        assert!(matches!(no_reason, Err(ActError::Refused(r)) if r == [AnswerRefusal::Fault(NeedFault::NoReason)]));
        for (ctx, step) in
            [(&here.officer, Step::Approve), (&here.head, Step::Send), (&here.officer, Step::Gather), (&house.party, Step::Gather)]
        {
            assert!(matches!(house.step(ctx, id, &here.code, step, "").await, Err(ActError::Forbidden(_))), "{step}");
        }
        let outsider = person(house.users[2], Role::Learner, None);
        assert!(matches!(reviews::list(services, &outsider).await, Err(ActError::Forbidden(_))));
        assert!(matches!(reviews::save(services, &here.officer, None, &draft(&Chosen::default(), &[])).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn the_party_board_asks_no_unit_of_the_state() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, state) = (&house.services, house.office(0).await);
        let picked = Chosen { picked: vec![state.code.clone()], ..Chosen::default() };
        let refused = reviews::save(services, &house.party, None, &draft(&picked, &[])).await;
        let expected = vec![ReviewRefusal::Fault(ReviewFault::NoUnits), ReviewRefusal::UnknownUnit(state.code.clone())];
        assert!(matches!(refused, Err(ActError::Refused(r)) if r == expected));
        let both = Chosen { party: true, departments: true, ..Chosen::default() };
        let refused = reviews::save(services, &house.party, None, &draft(&both, &[])).await;
        assert!(matches!(refused, Err(ActError::Refused(r)) if r == [ReviewRefusal::Fault(ReviewFault::NotOfBloc)]));
        let foreign = reviews::save(services, &house.affairs, None, &draft(&both, &[])).await.unwrap();
        assert!(matches!(reviews::open(services, &house.party, foreign, 1).await, Err(ActError::Forbidden(_))));
        let bodies = Chosen { party: true, ..Chosen::default() };
        let id = reviews::save(services, &house.party, None, &draft(&bodies, &[])).await.unwrap();
        reviews::open(services, &house.party, id, 1).await.unwrap();
        let answers = reviews::one(services, &house.party, id).await.unwrap().answers;
        assert!(!answers.is_empty() && answers.iter().all(|answer| answer.bloc != domain::orgs::Bloc::State));
    }
}

#[tokio::test]
async fn two_at_once_end_with_one_that_wins() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, office) = (&house.services, house.office(0).await);
        let id = house.open(&[&office.code], &[]).await;
        let at = (id, office.code.as_str());
        assert!(matches!(reviews::open(services, &house.affairs, id, 1).await, Err(ActError::Refused(r)) if r == [ReviewRefusal::NotNow]));
        let line = reviews::lines(services, &office.officer, at, None, NeedId(0)).await.unwrap().lines[0].0.clone();
        let verdict = said(Verdict::Removed, "chuyển công tác");
        let judge = || reviews::judge(services, &office.officer, at, (line.id, line.revision), &verdict);
        let (one, two) = tokio::join!(judge(), judge());
        assert!(matches!((&one, &two), (Ok(()), Err(ActError::Stale)) | (Err(ActError::Stale), Ok(()))), "{one:?} {two:?}");
        reviews::confirm_all(services, &office.officer, at, None).await.unwrap();
        house.step(&office.officer, id, &office.code, Step::Send, "").await.unwrap();
        let late = reviews::confirm_all(services, &office.officer, at, None).await;
        assert!(matches!(late, Err(ActError::Stale)), "what was sent is not worked on");
        let revision = reviews::answer(services, &office.head, at).await.unwrap().answer.revision;
        let said = Said { words: "sai số liệu", due: None, revision };
        let (one, two) = tokio::join!(
            reviews::take(services, &office.head, at, Step::Approve, &said),
            reviews::take(services, &office.head, at, Step::Return, &said)
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert!([one.err(), two.err()].into_iter().flatten().all(|error| matches!(error, ActError::Stale)));
    }
}

#[tokio::test]
async fn a_division_that_answers_for_itself_is_gathered_by_its_department() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, links) = (&house.services, &house.province.frame.links);
        let kind = |id: i64| house.province.frame.units.iter().find(|unit| unit.id == id).unwrap().kind;
        let is_staffed = |unit: i64| house.province.batch.postings.iter().any(|p| p.unit == unit && p.ends_on.is_none());
        let is_division = |l: &&testkit::synthetic::rows::UnitLink| {
            l.ends_on.is_none() && kind(l.unit) == UnitKind::Division && kind(l.parent) == UnitKind::Department && is_staffed(l.unit)
        };
        let link = links.iter().find(is_division).unwrap();
        let (above, division) = (house.office_of(link.parent), house.office_of(link.unit));
        let id = house.open(&[&above.code, &division.code], &[]).await;
        let of = async |office: &Office| {
            let page = reviews::lines(services, &house.affairs, (id, &office.code), None, NeedId(0)).await.unwrap();
            page.lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>()
        };
        assert!(of(&above).await.iter().all(|line| line.unit.0.0 != division.id));
        reviews::confirm_all(services, &division.officer, (id, &division.code), None).await.unwrap();
        house.step(&division.officer, id, &division.code, Step::Send, "").await.unwrap();
        house.step(&division.head, id, &division.code, Step::Approve, "").await.unwrap();
        assert!(matches!(house.step(&division.officer, id, &division.code, Step::Gather, "").await, Err(ActError::Forbidden(_))));
        house.step(&above.officer, id, &division.code, Step::SendBack, "thiếu người").await.unwrap();
        assert_eq!(house.state(id, &division.code).await, AnswerState::Returned);
        assert!(of(&division).await.iter().all(|line| line.state != NeedState::Approved), "what was given back is not approved");
        house.step(&division.officer, id, &division.code, Step::Send, "").await.unwrap();
        house.step(&division.head, id, &division.code, Step::Approve, "").await.unwrap();
        house.step(&above.officer, id, &division.code, Step::Gather, "").await.unwrap();
        assert!(of(&division).await.iter().all(|line| line.state == NeedState::Approved && line.level.code() == "above"));
    }
}

#[tokio::test]
async fn who_is_late_is_seen_reminded_extended_and_let_in_again() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let (services, office) = (&house.services, house.office(0).await);
        let id = house.open(&[&office.code], &[]).await;
        let later = |mut ctx: Ctx| {
            ctx.today = day("2026-12-10");
            ctx
        };
        let affairs = later(house.affairs.clone());
        assert_eq!(reviews::remind_late(services, &house.affairs, id, "").await.unwrap(), 0, "nobody is late yet");
        assert_eq!(reviews::remind_late(services, &affairs, id, "gửi trước thứ Sáu").await.unwrap(), 1);
        let seen = reviews::going(services, &later(office.officer.clone())).await.unwrap();
        assert!(seen.len() == 1 && seen[0].0.reminded.is_some());
        let kept = reviews::answer(services, &office.officer, (id, &office.code)).await.unwrap();
        assert!(kept.events.iter().any(|event| event.step == Step::Remind && event.words == "gửi trước thứ Sáu" && event.who.is_some()));
        let earlier = reviews::advance(services, &affairs, (id, 2), Some(day("2026-12-01")), "").await;
        assert!(matches!(earlier, Err(ActError::Refused(r)) if r == [ReviewRefusal::NotLater, ReviewRefusal::NoReason]));
        reviews::advance(services, &affairs, (id, 2), Some(day("2026-12-20")), "mưa lũ").await.unwrap();
        assert!(matches!(reviews::advance(services, &affairs, (id, 2), None, "").await, Err(ActError::Stale)));
        reviews::advance(services, &affairs, (id, 3), None, "").await.unwrap();
        assert_eq!(reviews::one(services, &affairs, id).await.unwrap().review.state, ReviewState::Closed);
        let closed = house.step(&office.officer, id, &office.code, Step::Send, "").await;
        assert!(matches!(closed, Err(ActError::Refused(r)) if r == [StepRefusal::NotNow]));
        house.step(&affairs, id, &office.code, Step::Reopen, "mạng hỏng").await.unwrap();
        reviews::confirm_all(services, &office.officer, (id, &office.code), None).await.unwrap();
        house.step(&office.officer, id, &office.code, Step::Send, "").await.unwrap();
    }
}

#[tokio::test]
async fn communes_are_asked_all_together_and_later_facts_show_beside_those_of_the_opening() {
    for fresh in each().await {
        let house = house(&fresh).await;
        let services = &house.services;
        let chosen = Chosen { communes: true, ..Chosen::default() };
        let id = reviews::save(services, &house.affairs, None, &draft(&chosen, &[])).await.unwrap();
        reviews::open(services, &house.affairs, id, 1).await.unwrap();
        let view = reviews::one(services, &house.affairs, id).await.unwrap();
        let living = |u: &&testkit::synthetic::rows::Unit| u.kind == UnitKind::Commune && u.ends_on.is_none_or(|end| end > today());
        assert_eq!(view.answers.len(), house.province.frame.units.iter().filter(living).count());
        let answer = view.answers.iter().find(|answer| answer.proposed > 0).unwrap();
        let at = (id, answer.unit.1.as_str());
        let line = reviews::lines(services, &house.affairs, at, None, NeedId(0)).await.unwrap().lines[0].0.clone();
        let official = line.official.clone().unwrap();
        service::registry::leave(services, &system(), &official.1, today(), domain::register::Ending::Retired, "nghỉ hưu").await.unwrap();
        let now = reviews::lines(services, &house.affairs, at, None, NeedId(0)).await.unwrap().lines;
        let (_, difference) = now.into_iter().find(|(other, _)| other.id == line.id).unwrap();
        assert_eq!(difference.map(|d| d.code()), Some("left"));
    }
}
