//! People named for a class: judged, seated or in the line, agreed and confirmed, taken back, replaced, moved up; crowds at once.
//! Not for: the class itself (`classes`).

use std::collections::BTreeSet;

use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::{OfficialId, UnitId};
use domain::nominations::NominationState;
use domain::people::StaffKind;
use domain::plans::Seats;
use domain::training::ClassForm;
use futures_util::future::join_all;
use service::classes::{self, Deed};
use service::nominations::{self, Because, Decision, DecisionRefusal, Named};
use service::{ActError, Ctx};
use testkit::databases::each;

use crate::hall::{COMMUNE, CROWD, GONE, Hall, PARTY, at, deed, entry, hall, master, sworn, terms, told};
use crate::world::{day, today};

fn refusal(answer: Result<(), ActError<DecisionRefusal>>) -> DecisionRefusal {
    match answer {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

impl Hall {
    /// Names somebody in place of somebody else.
    async fn replace(&self, ctx: &Ctx, class: &str, who: i64, by: i64) -> Result<String, ActError> {
        let key = self.nomination(class, who).await;
        Ok(told(&nominations::name(&self.services, ctx, class, &[entry(by)], Some(key)).await?[0].1))
    }

    async fn names(&self, class: &str, ids: impl IntoIterator<Item = i64>) -> Vec<String> {
        let mut told = Vec::new();
        for id in ids {
            told.push(self.name(class, id).await);
        }
        told
    }

    async fn states(&self, class: &str, ids: impl IntoIterator<Item = i64>) -> Vec<String> {
        let mut states = Vec::new();
        for id in ids {
            states.push(self.state(class, id).await);
        }
        states
    }
}

#[tokio::test]
async fn everybody_is_told_what_became_of_the_name() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let draft = classes::create(&hall.services, &hall.affairs, &terms(2), &[]).await.unwrap();
        assert_eq!(hall.name(&draft, 1001).await, "refused: not_enrolling");
        let class = hall.open(&Terms { staff: vec![StaffKind::CongChuc], ..terms(2) }).await;
        let list = [entry(1001), entry(1002), entry(1003), entry(2001), entry(9999), entry(1001)];
        let answers = nominations::name(&hall.services, &hall.affairs, &class, &list, None).await.unwrap();
        let texts: Vec<(String, String)> = answers.iter().map(|(official, named)| (official.clone(), told(named))).collect();
        let expected = ["seated", "seated", "waiting", "refused: not_for_staff", "unknown", "refused: already_named"];
        assert_eq!(texts, list.iter().map(|entry| entry.official.clone()).zip(expected.map(str::to_owned)).collect::<Vec<_>>());
        assert_eq!(hall.name_as(&hall.officer, &class, &entry(2001)).await, "unknown", "of another unit");
        for ctx in [&hall.head, &hall.inspector, &hall.learner] {
            let answer = nominations::name(&hall.services, ctx, &class, &[entry(1004)], None).await;
            assert!(matches!(answer, Err(ActError::Forbidden(_))));
        }
        assert!(matches!(nominations::name(&hall.services, &hall.affairs, "LOP-1", &[], None).await, Err(ActError::NotFound)));
        hall.is_sound(&class).await;
    }
}

#[tokio::test]
async fn who_is_gone_is_told_to_the_own_unit_only() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(2)).await;
        assert_eq!(hall.name_as(&hall.officer, &class, &entry(GONE)).await, "refused: not_in_service");
        assert_eq!(hall.name_as(&hall.affairs, &class, &entry(GONE)).await, "refused: not_in_service");
        assert_eq!(hall.name_as(&hall.stranger, &class, &entry(GONE)).await, "unknown");
    }
}

#[tokio::test]
async fn a_seat_is_agreed_to_by_the_head_and_confirmed_for_the_bloc() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(5)).await;
        assert_eq!(hall.names(&class, [1001, 1002, 3001]).await, ["seated", "seated", "seated"]);
        assert_eq!(refusal(hall.decide(&hall.affairs, &class, 1001, Decision::Confirm).await), DecisionRefusal::NotNow, "the head first");
        for ctx in [&hall.officer, &hall.affairs] {
            assert!(matches!(hall.decide(ctx, &class, 1001, Decision::Agree).await, Err(ActError::Forbidden(_))));
        }
        assert!(matches!(hall.decide(&hall.stranger, &class, 1001, Decision::Withdraw).await, Err(ActError::NotFound)));
        assert!(matches!(hall.decide(&hall.inspector, &class, 1001, Decision::Refuse).await, Err(ActError::Forbidden(_))));
        let waits = async |ctx: &Ctx| nominations::waiting(&hall.services, ctx).await.unwrap().len();
        assert_eq!((waits(&hall.head).await, waits(&hall.affairs).await), (2, 0));
        hall.decide(&hall.head, &class, 1001, Decision::Agree).await.unwrap();
        assert_eq!((waits(&hall.head).await, waits(&hall.affairs).await), (1, 1));
        assert!(matches!(hall.decide(&hall.party, &class, 1001, Decision::Confirm).await, Err(ActError::Forbidden(_))), "beside its bloc");
        assert!(matches!(hall.decide(&hall.head, &class, 1001, Decision::Confirm).await, Err(ActError::Forbidden(_))));
        hall.decide(&hall.affairs, &class, 1001, Decision::Confirm).await.unwrap();
        assert_eq!(hall.state(&class, 1001).await, "confirmed on 1");
        let mut chief = hall.head.clone();
        chief.who.as_mut().unwrap().grants[0].unit = Some(UnitId(PARTY));
        hall.decide(&chief, &class, 3001, Decision::Agree).await.unwrap();
        hall.decide(&hall.party, &class, 3001, Decision::Confirm).await.unwrap();
        let mut own = hall.head.clone();
        own.who.as_mut().unwrap().official = Some(OfficialId(1002));
        assert!(
            matches!(hall.decide(&own, &class, 1002, Decision::Agree).await, Err(ActError::Forbidden(_))),
            "nobody agrees to the own name"
        );
        let twice =
            nominations::decide(&hall.services, &hall.head, (hall.nomination(&class, 1001).await.0, 1), Decision::Refuse, "x").await;
        assert!(matches!(twice, Err(ActError::Stale | ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn a_refusal_and_a_withdrawal_free_the_seat_for_the_first_in_the_line() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(2)).await;
        // 2001 is a woman: preferred, though named last.
        assert_eq!(hall.names(&class, [3001, 3002, 3003, 3004, 2001]).await, ["seated", "seated", "waiting", "waiting", "waiting"]);
        let key = hall.nomination(&class, 3001).await;
        let silent = nominations::decide(&hall.services, &hall.affairs, key, Decision::Refuse, " ").await;
        assert_eq!(refusal(silent), DecisionRefusal::NoReason);
        hall.decide(&hall.affairs, &class, 3001, Decision::Refuse).await.unwrap();
        assert_eq!(hall.states(&class, [3001, 2001, 3003]).await, ["refused", "named on 1", "waiting"]);
        hall.confirm(&class, 3002).await;
        hall.decide(&hall.affairs, &class, 3002, Decision::Withdraw).await.unwrap();
        assert_eq!(hall.states(&class, [3002, 3003]).await, ["leaving on 2", "waiting"], "only who confirmed lets go");
        hall.decide(&hall.party, &class, 3002, Decision::Keep).await.unwrap();
        hall.decide(&hall.affairs, &class, 3002, Decision::Withdraw).await.unwrap();
        hall.decide(&hall.party, &class, 3002, Decision::LetGo).await.unwrap();
        assert_eq!(hall.states(&class, [3002, 3003, 3004]).await, ["withdrawn", "named on 2", "waiting"]);
        hall.decide(&hall.affairs, &class, 3004, Decision::Withdraw).await.unwrap();
        assert_eq!(refusal(hall.decide(&hall.affairs, &class, 3004, Decision::Withdraw).await), DecisionRefusal::NotNow);
        assert_eq!(hall.name(&class, 3001).await, "waiting", "who was refused may be named again");
        hall.is_sound(&class).await;
    }
}

#[tokio::test]
async fn a_replacement_takes_the_seat_and_its_room_in_share_and_office() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&Terms { hours: Hours::Office, ..terms(2) }).await;
        let share = classes::Share { unit: "H99.02".to_owned(), staff: None, group: None, people: 1 };
        let revision = hall.class(&class).await.line.revision;
        let any = classes::Share { unit: "H99.04".to_owned(), ..share.clone() };
        classes::put_shares(&hall.services, &hall.affairs, &class, revision, &[share, any]).await.unwrap();
        // 1011 and 1012 are the only two on a duty: the other may go instead, not as well.
        assert_eq!(hall.names(&class, [1011, 2001]).await, ["seated", "seated"]);
        assert_eq!(hall.name(&class, 1012).await, "refused: share_full last_on_duty");
        assert!(matches!(hall.replace(&hall.stranger, &class, 1011, 2002).await, Err(ActError::NotFound)), "somebody else's name");
        assert_eq!(hall.replace(&hall.affairs, &class, 1011, 1011).await.unwrap(), "seated", "by the same person");
        assert_eq!(hall.replace(&hall.officer, &class, 1011, 1012).await.unwrap(), "seated");
        assert_eq!(hall.states(&class, [1011, 1012]).await, ["replaced", "named on 1"]);
        assert_eq!(hall.replace(&hall.officer, &class, 1012, 2002).await.unwrap(), "unknown");
        assert_eq!(hall.state(&class, 1012).await, "named on 1", "and nothing happened");
        assert!(matches!(hall.replace(&hall.affairs, &class, 1011, 1003).await, Err(ActError::Stale)), "has no seat any more");
        hall.is_sound(&class).await;
    }
}

#[tokio::test]
async fn never_two_programmes_at_once() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let (one, two) = (hall.open(&terms(3)).await, hall.open(&terms(3)).await);
        let after = hall.open(&Terms { starts_on: day("2026-12-14"), ends_on: day("2026-12-18"), ..terms(3) }).await;
        let workshop = hall.open(&Terms { form: ClassForm::Workshop, ..terms(3) }).await;
        assert_eq!(hall.name(&one, 1001).await, "seated");
        assert_eq!([hall.name(&two, 1001).await, hall.name(&workshop, 1001).await], ["refused: two_at_once", "refused: two_at_once"]);
        assert_eq!(hall.name(&after, 1001).await, "seated");
        hall.confirm(&one, 1001).await;
        hall.act(&one, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        assert_eq!(hall.name(&two, 1001).await, "refused: two_at_once");
        let january = hall.open(&Terms { starts_on: day("2027-01-04"), ends_on: day("2027-01-08"), ..terms(3) }).await;
        assert_eq!(hall.name(&january, 1001).await, "seated", "a course that goes on now does not go on for ever");
    }
}

#[tokio::test]
async fn who_waits_is_judged_again_before_moving_up() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let (one, two) = (hall.open(&terms(1)).await, hall.open(&terms(3)).await);
        assert_eq!(hall.names(&one, [1001, 1002, 1003]).await, ["seated", "waiting", "waiting"]);
        assert_eq!(hall.name(&two, 1002).await, "seated", "waiting holds no time");
        hall.decide(&hall.officer, &one, 1001, Decision::Withdraw).await.unwrap();
        assert_eq!(hall.states(&one, [1002, 1003]).await, ["waiting", "named on 1"], "she sits elsewhere by now");
        hall.decide(&hall.officer, &one, 1003, Decision::Withdraw).await.unwrap();
        assert_eq!(hall.state(&one, 1002).await, "waiting", "even where a seat is free");
        hall.decide(&hall.officer, &two, 1002, Decision::Withdraw).await.unwrap();
        assert_eq!(hall.state(&one, 1002).await, "named on 1", "until she leaves the other");
        // Two on one duty wait: only one of them moves up, whatever room there is.
        let office =
            hall.open(&Terms { hours: Hours::Office, starts_on: day("2026-12-21"), ends_on: day("2026-12-22"), days: 2, ..terms(1) }).await;
        assert_eq!(hall.names(&office, [1003, 1011, 1012]).await, ["seated", "waiting", "waiting"]);
        hall.amend(&office, &Terms { most: 3, ..hall.class(&office).await.line.terms }).await.unwrap();
        assert_eq!(hall.states(&office, [1011, 1012]).await, ["named on 2", "waiting"]);
    }
}

#[tokio::test]
async fn nobody_moves_up_into_a_class_that_runs() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(1)).await;
        assert_eq!(hall.names(&class, [1001, 1002]).await, ["seated", "waiting"]);
        hall.confirm(&class, 1001).await;
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        hall.decide(&hall.officer, &class, 1001, Decision::Withdraw).await.unwrap();
        hall.decide(&hall.affairs, &class, 1001, Decision::LetGo).await.unwrap();
        assert_eq!(hall.state(&class, 1002).await, "waiting", "it has begun without her");
        assert!(!hall.class(&class).await.names);
    }
}

#[tokio::test]
async fn the_work_of_the_office_goes_on() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&Terms { hours: Hours::Office, ..terms(9) }).await;
        assert_eq!(hall.names(&class, [1001, 1002, 1003, 1004]).await, ["seated", "seated", "seated", "seated"]);
        assert_eq!(hall.name(&class, 1005).await, "reason: too_many_away", "more than a third of twelve");
        let said = nominations::Entry { reason: "đã bố trí người thay".to_owned(), ..entry(1005) };
        assert_eq!(hall.name_as(&hall.officer, &class, &said).await, "seated");
        let lines = hall.roster(&class).await;
        let kept = lines.iter().find(|line| line.line.official.0 == OfficialId(1005)).unwrap();
        assert_eq!((kept.line.findings.as_str(), kept.line.reason.as_str()), ("too_many_away", "đã bố trí người thay"));
        let duty =
            hall.open(&Terms { hours: Hours::Office, starts_on: day("2026-12-21"), ends_on: day("2026-12-22"), days: 2, ..terms(9) }).await;
        assert_eq!(hall.names(&duty, [1011, 1012]).await, ["seated", "refused: last_on_duty"]);
        let hard = nominations::Entry { reason: "vẫn cử".to_owned(), ..entry(1012) };
        assert_eq!(hall.name_as(&hall.affairs, &duty, &hard).await, "refused: last_on_duty", "no reason helps");
    }
}

#[tokio::test]
async fn what_somebody_learned_and_learns_in_a_year_asks_for_a_reason() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let named = Some(domain::training::Programme::Sector);
        let first = hall.open(&Terms { periods: 100, named, ..terms(3) }).await;
        assert_eq!(hall.name(&first, 1001).await, "seated");
        let second = hall.open(&Terms { periods: 61, starts_on: day("2026-12-14"), ends_on: day("2026-12-18"), ..terms(3) }).await;
        assert_eq!(hall.name(&second, 1001).await, "reason: yearly_load");
        hall.confirm(&first, 1001).await;
        hall.act(&first, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        hall.act(&first, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        let revision = hall.class(&first).await.line.revision;
        let ctx = at(&hall.affairs, day("2026-12-12"));
        classes::recognise(&hall.services, &ctx, (&first, revision), "13/QĐ", &[]).await.unwrap();
        let again =
            hall.open(&Terms { named, periods: 8, starts_on: day("2027-12-14"), ends_on: day("2027-12-14"), days: 1, ..terms(3) }).await;
        assert_eq!(hall.name(&again, 1001).await, "reason: already_trained");
        let long_after = Terms { named, periods: 8, starts_on: day("2030-12-16"), ends_on: day("2030-12-16"), days: 1, ..terms(3) };
        let long_after = hall.open(&long_after).await;
        assert_eq!(hall.name(&long_after, 1001).await, "seated");
    }
}

#[tokio::test]
async fn the_law_of_the_sending_day_on_both_sides() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let degree = hall.open(&Terms { starts_on: day("2026-09-07"), ends_on: day("2028-09-07"), ..master(9) }).await;
        let plain = hall.open(&Terms { starts_on: day("2026-09-07"), ends_on: day("2026-09-11"), ..terms(9) }).await;
        let (before, after) = (at(&hall.affairs, day("2026-06-30")), at(&hall.affairs, day("2026-07-01")));
        assert_eq!(hall.name_as(&after, &degree, &sworn(2011)).await, "refused: law_unknown", "viên chức after 01/07/2026");
        assert_eq!(hall.name_as(&before, &degree, &sworn(2012)).await, "seated");
        assert_eq!(hall.name_as(&after, &plain, &entry(2013)).await, "seated");
        assert_eq!(hall.name_as(&before, &plain, &entry(2014)).await, "seated");
        // Confirming is sending: whoever was named before the change and is confirmed after it is judged by the new law.
        let mut head = hall.head.clone();
        head.who.as_mut().unwrap().grants[0].unit = Some(UnitId(COMMUNE));
        hall.decide(&head, &degree, 2012, Decision::Agree).await.unwrap();
        let late = hall.decide(&after, &degree, 2012, Decision::Confirm).await;
        assert!(
            matches!(refusal(late), DecisionRefusal::Hindered(b) if b.iter().map(Because::code).collect::<Vec<_>>() == ["law_unknown"])
        );
        hall.decide(&before, &degree, 2012, Decision::Confirm).await.unwrap();
        let (before, after) = (at(&hall.affairs, day("2025-06-30")), at(&hall.affairs, day("2025-07-01")));
        let short = |id| nominations::Entry { promised_months: 48, ..sworn(id) };
        assert_eq!(hall.name_as(&before, &degree, &short(1001)).await, "seated", "twice the study");
        assert_eq!(hall.name_as(&after, &degree, &short(1002)).await, "refused: promise_too_short", "three times the study");
    }
}

#[tokio::test]
async fn the_roster_shows_everybody_their_own() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(2)).await;
        assert_eq!(hall.names(&class, [1001, 2001, 1002]).await, ["seated", "seated", "waiting"]);
        let seen = async |ctx: &Ctx| {
            let roster = nominations::roster(&hall.services, ctx, &class).await.unwrap();
            (roster.lines.len(), roster.others_seated, roster.others_waiting)
        };
        assert_eq!(seen(&hall.affairs).await, (3, 0, 0));
        assert_eq!(seen(&hall.inspector).await, (3, 0, 0));
        assert_eq!(seen(&hall.officer).await, (2, 1, 0));
        assert_eq!(seen(&hall.stranger).await, (1, 1, 1));
        assert_eq!(seen(&hall.learner).await, (1, 1, 1));
        assert_eq!(nominations::mine(&hall.services, &hall.learner).await.unwrap().len(), 1);
        let key = hall.nomination(&class, 2001).await.0;
        assert!(matches!(nominations::one(&hall.services, &hall.learner, key).await, Err(ActError::NotFound)));
        assert!(matches!(nominations::waiting(&hall.services, &hall.officer).await, Err(ActError::Forbidden(_))));
        let (_, _, assessed) = nominations::assess_place(&hall.services, &hall.officer, &class, None, today()).await.unwrap();
        assert_eq!(assessed.len(), 12);
        let everybody = nominations::assess_place(&hall.services, &hall.affairs, &class, None, today()).await.unwrap().2;
        assert_eq!(everybody.len(), 37);
        let asked = async |unit: &str| {
            let before = hall.services.db.asked();
            nominations::assess_place(&hall.services, &hall.affairs, &class, Some(unit), today()).await.unwrap();
            hall.services.db.asked() - before
        };
        asked("H99.01").await;
        assert_eq!(asked("H99.01").await, asked("H99.02").await, "more people, no more statements");
        let learner = nominations::assess_place(&hall.services, &hall.learner, &class, None, today()).await;
        assert!(matches!(learner, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_at_once_forty_are_seated_and_everybody_is_told() {
    for fresh in each().await {
        let hall = hall(&fresh, 180).await;
        let class = hall.open(&terms(40)).await;
        let share = |unit: &str, people| classes::Share { unit: unit.to_owned(), staff: None, group: None, people };
        let revision = hall.class(&class).await.line.revision;
        let shares = [share("H99.06", 35), share("H99.04", 20)];
        classes::put_shares(&hall.services, &hall.affairs, &class, revision, &shares).await.unwrap();
        let ids: Vec<i64> = (5001..5181).chain(2001..2021).collect();
        assert_eq!(ids.len(), 200);
        let answers = join_all(ids.iter().map(|id| hall.name(&class, *id))).await;
        let count = |text: &str| answers.iter().filter(|answer| *answer == text).count();
        assert_eq!(count("seated"), 40);
        assert_eq!(count("seated") + count("waiting") + count("refused: share_full"), 200, "everybody is told");
        let lines = hall.roster(&class).await;
        let seated = |unit: i64| lines.iter().filter(|line| line.line.seat.is_some() && line.line.working.unit == UnitId(unit)).count();
        assert!(seated(CROWD) <= 35 && seated(COMMUNE) <= 20, "no share is passed");
        assert_eq!(seated(CROWD) + seated(COMMUNE), 40);
        hall.is_sound(&class).await;
        let told: BTreeSet<OfficialId> = lines.iter().map(|line| line.line.official.0).collect();
        assert_eq!(told.len(), lines.len(), "nobody is named twice");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_gets_into_two_classes_that_ask_at_once() {
    for fresh in each().await {
        let hall = hall(&fresh, 40).await;
        let (one, two) = (hall.open(&terms(40)).await, hall.open(&terms(40)).await);
        let (a, b) = (one.as_str(), two.as_str());
        let asks = (5001..5041).flat_map(|id| [hall.name(a, id), hall.name(b, id)]);
        let answers = join_all(asks).await;
        for pair in answers.chunks(2) {
            let mut pair = pair.to_vec();
            pair.sort();
            assert_eq!(pair, ["refused: two_at_once", "seated"]);
        }
        hall.is_sound(a).await;
        hall.is_sound(b).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_replacement_and_a_withdrawal_at_once_leave_one_of_both() {
    for fresh in each().await {
        let hall = hall(&fresh, 40).await;
        for starts_on in ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"].map(day) {
            let class = hall.open(&Terms { starts_on, ends_on: starts_on, days: 1, periods: 8, ..terms(2) }).await;
            assert_eq!(hall.names(&class, [5001, 5002, 5003]).await, ["seated", "seated", "waiting"]);
            let key = hall.nomination(&class, 5001).await;
            let entries = [entry(5004)];
            let replace = nominations::name(&hall.services, &hall.affairs, &class, &entries, Some(key));
            let withdraw = nominations::decide(&hall.services, &hall.affairs, key, Decision::Withdraw, "bận");
            let (replaced, withdrawn) = Box::pin(futures_util::future::join(replace, withdraw)).await;
            let replaced = match replaced {
                Ok(answers) => matches!(answers[0].1, Named::Seated(_)),
                Err(ActError::Stale) => false,
                Err(other) => panic!("{other:?}"),
            };
            assert!(matches!(withdrawn, Ok(()) | Err(ActError::Stale)));
            assert_ne!(replaced, withdrawn.is_ok(), "one of both");
            let seated = hall.roster(&class).await.iter().filter(|line| line.line.seat.is_some()).count();
            assert_eq!(seated, 2);
            let third = hall.state(&class, 5003).await;
            assert_eq!(third, if replaced { "waiting" } else { "named on 1" });
            hall.is_sound(&class).await;
        }
    }
}

#[tokio::test]
async fn places_of_an_agency_are_ceilings() {
    for fresh in each().await {
        let hall = crate::hall::led(&fresh).await;
        let class = hall.open(&master(9)).await;
        // The scheme gives each department one place for a field without places of its own, to leaders of groups N2 to N4.
        assert_eq!(hall.name_as(&hall.affairs, &class, &sworn(1001)).await, "seated");
        assert_eq!(hall.name_as(&hall.affairs, &class, &sworn(1002)).await, "refused: quota_full");
        let other = hall.open(&Terms { starts_on: day("2026-12-14"), ..master(9) }).await;
        assert_eq!(hall.name_as(&hall.affairs, &other, &sworn(1002)).await, "refused: quota_full", "counted over all classes");
        assert_eq!(hall.name_as(&hall.affairs, &class, &sworn(1005)).await, "seated", "no leader: not of these places");
        hall.confirm(&class, 1001).await;
        hall.confirm(&class, 1005).await;
        hall.act(&class, &Deed { reason: "đủ", ..deed(ClassAct::Begin) }, day("2026-12-07")).await.unwrap();
        assert_eq!(hall.name_as(&at(&hall.affairs, day("2026-12-08")), &other, &sworn(1002)).await, "refused: quota_full", "sent by now");
        let next = hall.open(&Terms { starts_on: day("2027-01-04"), ends_on: day("2029-01-04"), ..master(9) }).await;
        assert_eq!(hall.name_as(&hall.affairs, &next, &sworn(1002)).await, "seated", "the places end with 2026");
    }
}

#[tokio::test]
async fn seats_for_kinds_of_staff() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let share = |staff, people| Seats { unit: None, staff: Some(staff), group: None, people };
        let shares = [share(StaffKind::CanBo, 1), share(StaffKind::VienChuc, 1)];
        let class = classes::create(&hall.services, &hall.affairs, &terms(9), &shares).await.unwrap();
        hall.act(&class, &Deed { decision: "1", ..deed(ClassAct::Open) }, today()).await.unwrap();
        let told = hall.names(&class, [2001, 2002, 2011, 1001]).await;
        assert_eq!(told, ["seated", "refused: share_full", "seated", "refused: not_meant"]);
        let seats = hall.roster(&class).await.into_iter().filter(|line| line.line.state == NominationState::Named).count();
        assert_eq!(seats, 2);
    }
}
