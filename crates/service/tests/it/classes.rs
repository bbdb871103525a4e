//! The life of a class with its refusals; sittings, shares and kept seats; what it writes into records; who may do what.
//! Not for: people named for it (`nominations`).

use domain::classes::sittings::{LecturerKind, Shift, SittingFault};
use domain::classes::{ActFault, ClassAct, Terms, TermsFault};
use domain::ids::{OfficialId, UnitId};
use domain::people::StaffKind;
use domain::plans::{Line, MoneySource, Months, PlanKind, Seats};
use domain::register::commitments::Standing;
use domain::standards::Standing as Met;
use domain::training::{ClassForm, ClassStatus, ContentGroup, Outcome, Programme};
use service::classes::{self, ClassRefusal, Deed, Lecturer, Mark, Planned, Room, Share};
use service::nominations::{self, Decision};
use service::{ActError, Ctx, plans, registry};
use testkit::databases::each;

use crate::hall::{COMMUNE, Hall, OFFICE, PROVINCE, at, code, deed, entry, hall, master, sworn, terms};
use crate::world::{NOW, day, today};

type Answer = Result<(), ActError<ClassRefusal>>;

fn faults(answer: Answer) -> Vec<ActFault> {
    match answer {
        Err(ActError::Refused(ClassRefusal::Act(faults))) => faults,
        other => unreachable!("{other:?}"),
    }
}

fn refusal(answer: Answer) -> ClassRefusal {
    match answer {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

impl Hall {
    async fn outcomes(&self, class: &str) -> Vec<(OfficialId, Outcome)> {
        let line = self.class(class).await.line;
        let learners = classes::learners(&self.services, &self.affairs, &line).await.unwrap();
        learners.into_iter().map(|learner| (learner.official.0, learner.outcome)).collect()
    }

    async fn recognise(&self, class: &str, decision: &str, marks: &[Mark]) -> Answer {
        let revision = self.class(class).await.line.revision;
        let ctx = at(&self.affairs, day("2026-12-20"));
        classes::recognise(&self.services, &ctx, (class, revision), decision, marks).await
    }

    async fn meet(&self, class: &str, list: &[Planned]) -> Answer {
        let revision = self.class(class).await.line.revision;
        classes::put_sittings(&self.services, &self.affairs, class, revision, list).await
    }

    async fn share(&self, class: &str, unit: &str, people: u32) -> Answer {
        let revision = self.class(class).await.line.revision;
        let share = Share { unit: unit.to_owned(), staff: None, group: None, people };
        classes::put_shares(&self.services, &self.affairs, class, revision, &[share]).await
    }
}

fn sitting(on: &str, shift: Shift, room: &str, lecturer: &str) -> Planned {
    Planned { on: day(on), shift, periods: 4, room: room.to_owned(), lecturer: lecturer.to_owned(), words: String::new() }
}

#[tokio::test]
async fn a_class_goes_from_the_draft_to_the_closing() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let bad = Terms { name: " ".to_owned(), content: None, most: 0, ..terms(2) };
        let refused = classes::create(&hall.services, &hall.affairs, &bad, &[]).await;
        let expected = vec![TermsFault::NoName, TermsFault::NoContent, TermsFault::OddSeats];
        assert!(matches!(refused, Err(ActError::Refused(ClassRefusal::Terms(found))) if found == expected));
        let class = classes::create(&hall.services, &hall.affairs, &Terms { least: 2, ..terms(3) }, &[]).await.unwrap();
        assert_eq!(class, "LOP-2026-001");
        assert_eq!(faults(hall.act(&class, &deed(ClassAct::Open), today()).await), [ActFault::NoDecision]);
        assert_eq!(faults(hall.act(&class, &deed(ClassAct::Begin), today()).await), [ActFault::NotNow]);
        hall.act(&class, &Deed { decision: "12/QĐ-SNV", ..deed(ClassAct::Open) }, today()).await.unwrap();
        let again = classes::act(&hall.services, &hall.affairs, &class, 1, &deed(ClassAct::Begin)).await;
        assert!(matches!(again, Err(ActError::Stale)), "the revision of the draft");
        assert_eq!(hall.name(&class, 1001).await, "seated");
        let early = hall.act(&class, &deed(ClassAct::Begin), today()).await;
        assert_eq!(faults(early), [ActFault::TooFew, ActFault::Undecided, ActFault::TooEarly]);
        hall.confirm(&class, 1001).await;
        let first = day("2026-12-07");
        assert_eq!(faults(hall.act(&class, &deed(ClassAct::Begin), first).await), [ActFault::TooFew]);
        hall.act(&class, &Deed { reason: "vẫn mở", ..deed(ClassAct::Begin) }, first).await.unwrap();
        assert_eq!(hall.outcomes(&class).await, [(OfficialId(1001), Outcome::Studying)]);
        assert_eq!(faults(hall.act(&class, &deed(ClassAct::Finish), first).await), [ActFault::TooEarly]);
        assert!(matches!(refusal(hall.recognise(&class, "13/QĐ", &[]).await), ClassRefusal::NotNow));
        hall.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        assert_eq!(faults(hall.recognise(&class, " ", &[]).await), [ActFault::NoDecision]);
        hall.recognise(&class, "13/QĐ-SNV", &[]).await.unwrap();
        assert_eq!(hall.outcomes(&class).await, [(OfficialId(1001), Outcome::Finished)]);
        assert!(matches!(refusal(hall.recognise(&class, "14/QĐ", &[]).await), ClassRefusal::NotNow), "once");
        let late = hall.act(&class, &Deed { reason: "nhầm", ..deed(ClassAct::Cancel) }, day("2026-12-20")).await;
        assert_eq!(faults(late), [ActFault::NotNow], "what was held is not cancelled");
        hall.act(&class, &deed(ClassAct::Close), day("2026-12-21")).await.unwrap();
        let view = hall.class(&class).await;
        assert_eq!(view.line.status, ClassStatus::Closed);
        assert_eq!(view.line.decision.map(|(number, _)| number).as_deref(), Some("12/QĐ-SNV"));
        assert_eq!(view.line.results, Some(("13/QĐ-SNV".to_owned(), day("2026-12-20"))));
        let events: Vec<&str> = view.events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(events, ["close", "recognise", "finish", "begin", "open", "create"]);
    }
}

#[tokio::test]
async fn results_are_said_of_each_and_reach_record_load_and_figures_at_once() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&Terms { periods: 160, ..terms(3) }).await;
        for id in [1001, 1002, 1003] {
            assert_eq!(hall.name(&class, id).await, "seated");
            hall.confirm(&class, id).await;
        }
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        // Whoever is let go in the middle is not of those who finish.
        hall.decide(&hall.officer, &class, 1003, Decision::Withdraw).await.unwrap();
        hall.decide(&hall.affairs, &class, 1003, Decision::LetGo).await.unwrap();
        hall.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        let other = hall.open(&Terms { starts_on: day("2026-12-28"), ends_on: day("2026-12-30"), days: 3, ..terms(3) }).await;
        assert_eq!(hall.name(&other, 1002).await, "reason: yearly_load", "what is held and not yet recognised counts");
        let facts = store::read::accounts::facts_version(&hall.services.db).await.unwrap();
        let failed = Mark { official: OfficialId(1002), outcome: Outcome::Failed };
        hall.recognise(&class, "13/QĐ-SNV", &[failed]).await.unwrap();
        assert!(store::read::accounts::facts_version(&hall.services.db).await.unwrap() > facts, "figures are counted anew");
        let mut outcomes = hall.outcomes(&class).await;
        outcomes.sort_by_key(|(official, _)| *official);
        let expected = [(1001, Outcome::Finished), (1002, Outcome::Failed), (1003, Outcome::Withdrawn)];
        assert_eq!(outcomes, expected.map(|(id, outcome)| (OfficialId(id), outcome)));
        let person = registry::person(&hall.services, &hall.affairs, &code(1001)).await.unwrap();
        let records: Vec<_> = person.records.iter().map(|record| (record.outcome, record.periods)).collect();
        assert_eq!(records, [(Outcome::Finished, 160)], "on the record of the person");
    }
}

#[tokio::test]
async fn recognising_closes_a_gap_and_moves_a_target() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let later = at(&hall.affairs, day("2026-12-20"));
        let open = async || {
            let gaps = service::gaps::of_person(&hall.services, &later, &code(2001)).await.unwrap();
            gaps.iter().filter(|one| one.judged.as_ref().is_ok_and(|judged| judged.standing != Met::Met)).count()
        };
        let moved = async || {
            let ask = service::progress::Ask::on(later.today);
            let figures = service::progress::all(&hall.services, &later, &ask).await.unwrap();
            figures.iter().map(|figure| (figure.target.code.clone(), figure.counted.numerator)).collect::<Vec<_>>()
        };
        let (gaps, figures) = (open().await, moved().await);
        let class = hall.open(&Terms { named: Some(Programme::Sector), ..terms(3) }).await;
        hall.name(&class, 2001).await;
        hall.confirm(&class, 2001).await;
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        hall.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        assert_eq!(open().await, gaps, "studying fills nothing");
        hall.recognise(&class, "13/QĐ-SNV", &[]).await.unwrap();
        assert!(open().await < gaps, "a gap less");
        assert_ne!(moved().await, figures, "a figure moved");
    }
}

#[tokio::test]
async fn put_off_and_cancelled_with_a_reason() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(3)).await;
        hall.meet(&class, &[sitting("2026-12-07", Shift::Evening, "", "")]).await.unwrap();
        let postpone = Deed { days: Some((day("2026-12-14"), day("2026-12-18"))), reason: "bão", ..deed(ClassAct::Postpone) };
        assert_eq!(
            faults(hall.act(&class, &Deed { reason: " ", days: None, ..postpone }, today()).await),
            [ActFault::NoReason, ActFault::NoDays]
        );
        hall.act(&class, &postpone, today()).await.unwrap();
        let view = hall.class(&class).await;
        assert_eq!((view.line.terms.starts_on, view.line.status), (day("2026-12-14"), ClassStatus::Enrolling));
        assert!(view.sittings.is_empty(), "a meeting outside of the days of its class is none");
        for id in [1001, 1002] {
            hall.name(&class, id).await;
            hall.confirm(&class, id).await;
        }
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-14")).await.unwrap();
        assert_eq!(faults(hall.act(&class, &deed(ClassAct::Cancel), day("2026-12-15")).await), [ActFault::NoReason]);
        hall.act(&class, &Deed { reason: "lũ", ..deed(ClassAct::Cancel) }, day("2026-12-15")).await.unwrap();
        let outcomes: Vec<_> = hall.outcomes(&class).await.into_iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(outcomes, [Outcome::Withdrawn, Outcome::Withdrawn]);
        let other = hall.open(&Terms { starts_on: day("2026-12-14"), ends_on: day("2026-12-18"), ..terms(3) }).await;
        assert_eq!(hall.name(&other, 1001).await, "seated", "a cancelled class takes nobody's time");
    }
}

#[tokio::test]
async fn a_degree_begins_with_the_promise_of_service_and_a_cancelled_one_takes_it_back() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&master(3)).await;
        for id in [1001, 1002] {
            assert_eq!(hall.name_as(&hall.affairs, &class, &sworn(id)).await, "seated");
            hall.confirm(&class, id).await;
        }
        let promises = async |id: i64| registry::person(&hall.services, &hall.affairs, &code(id)).await.unwrap().commitments;
        assert!(promises(1001).await.is_empty(), "nobody was sent yet");
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        let kept = promises(1001).await;
        let told = kept.iter().map(|line| (line.study.as_str(), line.sent_on, line.study_months, line.months, line.during.from()));
        assert_eq!(told.collect::<Vec<_>>(), [("Cao học luật", today(), 24, 72, day("2028-12-08"))]);
        assert_eq!(kept[0].decision.as_deref(), Some("12/QĐ-SNV"));
        assert_eq!(kept[0].standing(day("2027-01-01")), Standing::Ahead);
        assert_eq!(kept[0].standing(day("2029-01-01")), Standing::Running);
        let longer = Terms { ends_on: day("2029-03-07"), ..hall.class(&class).await.line.terms };
        hall.amend(&class, &longer).await.unwrap();
        assert_eq!(promises(1001).await[0].during.from(), day("2029-03-08"), "the clock follows the last day");
        hall.act(&class, &Deed { reason: "trường dừng", ..deed(ClassAct::Cancel) }, day("2026-12-20")).await.unwrap();
        assert!(promises(1001).await.is_empty() && promises(1002).await.is_empty());
    }
}

#[tokio::test]
async fn a_line_of_a_plan_becomes_its_classes() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let new = plans::New { kind: PlanKind::Year, unit: "H99.01", under: None, years: (2026, 2026), title: "Kế hoạch" };
        let plan = plans::create(&hall.services, &hall.affairs, &new).await.unwrap();
        let seats = |people| Seats { unit: Some(UnitId(OFFICE)), staff: Some(StaffKind::CongChuc), group: None, people };
        let line = Line {
            words: "Nghiệp vụ".to_owned(),
            content: Some(ContentGroup::PostSkills),
            classes: 2,
            class_size: 20,
            seats: vec![seats(30)],
            months: vec![Months { from: 10, to: 10 }, Months { from: 12, to: 12 }],
            days: 3,
            periods: 24,
            cost: 50_000_000,
            source: Some(MoneySource::Province),
            ..Line::empty(0, 2026)
        };
        let revision = plans::one(&hall.services, &hall.affairs, plan, None).await.unwrap().version.revision;
        let key = plans::save_line(&hall.services, &hall.affairs, plan, revision, line).await.unwrap();
        let draft = async || classes::draft_of_line(&hall.services, &hall.affairs, (plan, key)).await.unwrap();
        let (first, shares) = draft().await;
        assert_eq!((first.name.as_str(), first.most, first.days, first.cost), ("Nghiệp vụ", 20, 3, 25_000_000));
        assert_eq!((first.starts_on, first.ends_on, first.lead), (day("2026-10-01"), day("2026-10-03"), UnitId(PROVINCE)));
        assert_eq!((first.staff.as_slice(), shares.iter().map(|share| share.people).sum::<u32>()), (&[StaffKind::CongChuc][..], 15));
        let class = classes::create(&hall.services, &hall.affairs, &first, &shares).await.unwrap();
        assert_eq!(hall.class(&class).await.shares, shares);
        assert_eq!(draft().await.0.starts_on, day("2026-12-01"), "the next one");
        let of_line = classes::of_line(&hall.services, &hall.affairs, (plan, key)).await.unwrap();
        assert_eq!(of_line.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(), [class]);
    }
}

#[tokio::test]
async fn a_room_and_a_lecturer_are_in_one_place_at_a_time() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let (services, affairs) = (&hall.services, &hall.affairs);
        let room = Room { code: "P1", name: "Phòng 1", place: "", seats: 50, is_over: false, unit: "", spot: None };
        classes::put_room(services, affairs, None, &room).await.unwrap();
        let twice = classes::put_room(services, affairs, None, &room).await;
        assert!(matches!(twice, Err(ActError::Refused(classes::TeachingRefusal::CodeTaken))));
        let kind = LecturerKind::Rapporteur;
        let lecturer = Lecturer { code: "GV1", name: "Trần Thị B", kind, home: "", subjects: "", official: "", is_over: false };
        classes::put_lecturer(services, affairs, None, &lecturer).await.unwrap();
        let (one, two) = (hall.open(&terms(3)).await, hall.open(&terms(3)).await);
        hall.meet(&one, &[sitting("2026-12-07", Shift::Morning, "P1", "GV1")]).await.unwrap();
        assert!(
            matches!(refusal(hall.meet(&two, &[sitting("2026-12-07", Shift::Day, "P9", "")]).await), ClassRefusal::UnknownRoom(c) if c == "P9")
        );
        let list = [
            sitting("2026-12-07", Shift::Day, "P1", "GV1"),
            sitting("2026-12-07", Shift::Morning, "", ""),
            sitting("2026-12-13", Shift::Morning, "", ""),
            Planned { periods: 9, ..sitting("2026-12-08", Shift::Evening, "", "") },
        ];
        let ClassRefusal::Sittings(found) = refusal(hall.meet(&two, &list).await) else { panic!() };
        let found: Vec<_> = found.into_iter().map(|(at, fault, with)| (at, fault, with.map(|(code, _)| code))).collect();
        assert_eq!(
            found,
            [
                (0, SittingFault::RoomTaken, Some(one.clone())),
                (0, SittingFault::LecturerTaken, Some(one.clone())),
                (1, SittingFault::Twice, None),
                (2, SittingFault::OutsideClass, None),
                (3, SittingFault::OddPeriods, None),
            ]
        );
        hall.meet(&two, &[sitting("2026-12-07", Shift::Afternoon, "P1", "GV1")]).await.unwrap();
        let shorter = Terms { starts_on: day("2026-12-08"), days: 4, ..terms(3) };
        let cut = refusal(hall.amend(&two, &shorter).await);
        assert_eq!(cut, ClassRefusal::Sittings(vec![(0, SittingFault::OutsideClass, None)]), "its meetings are moved first");
        hall.act(&one, &Deed { reason: "thôi", ..deed(ClassAct::Cancel) }, today()).await.unwrap();
        hall.meet(&two, &[sitting("2026-12-07", Shift::Day, "P1", "GV1")]).await.unwrap();
    }
}

#[tokio::test]
async fn two_classes_that_ask_for_one_room_at_once_do_not_both_get_it() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let room = Room { code: "P1", name: "Phòng 1", place: "", seats: 50, is_over: false, unit: "", spot: None };
        classes::put_room(&hall.services, &hall.affairs, None, &room).await.unwrap();
        let codes = [hall.open(&terms(3)).await, hall.open(&terms(3)).await, hall.open(&terms(3)).await];
        let list = [sitting("2026-12-07", Shift::Morning, "P1", "")];
        let answers = futures_util::future::join_all(codes.iter().map(|code| hall.meet(code, &list))).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    }
}

#[tokio::test]
async fn shares_are_not_cut_below_who_sits_and_grow_for_who_waits() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(10)).await;
        assert!(matches!(refusal(hall.share(&class, "H99.77", 1).await), ClassRefusal::UnknownUnit(code) if code == "H99.77"));
        hall.share(&class, "H99.02", 2).await.unwrap();
        let told = [hall.name(&class, 1001).await, hall.name(&class, 1002).await, hall.name(&class, 1003).await];
        assert_eq!(told, ["seated", "seated", "refused: share_full"]);
        assert_eq!(hall.name(&class, 2001).await, "refused: not_meant");
        assert_eq!(refusal(hall.share(&class, "H99.02", 1).await), ClassRefusal::SeatsTaken(2));
        hall.share(&class, "H99.02", 3).await.unwrap();
        assert_eq!(hall.name(&class, 1003).await, "seated");
        // Two wait for a seat; the share lets one of them in when the class grows, the other when the share does.
        hall.share(&class, "H99.02", 4).await.unwrap();
        hall.amend(&class, &terms(3)).await.unwrap();
        assert_eq!([hall.name(&class, 1004).await, hall.name(&class, 1005).await], ["waiting", "waiting"]);
        hall.amend(&class, &terms(10)).await.unwrap();
        assert_eq!([hall.state(&class, 1004).await, hall.state(&class, 1005).await], ["named on 4", "waiting"]);
        hall.share(&class, "H99.02", 5).await.unwrap();
        assert_eq!(hall.state(&class, 1005).await, "named on 5");
        assert_eq!(refusal(hall.amend(&class, &terms(4)).await), ClassRefusal::SeatsTaken(5));
        hall.is_sound(&class).await;
    }
}

#[tokio::test]
async fn seats_kept_for_a_unit_are_its_own_until_the_time_for_names_is_over() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&Terms { names_until: Some(day("2026-11-30")), ..terms(3) }).await;
        let keep = async |ctx, unit, many| classes::keep_seats(&hall.services, ctx, &class, unit, many).await;
        assert!(matches!(keep(&hall.officer, "H99.04", 1).await, Err(ActError::Forbidden(_))), "not for another unit");
        assert!(matches!(keep(&hall.inspector, "H99.02", 1).await, Err(ActError::Forbidden(_))));
        keep(&hall.stranger, "H99.04", 2).await.unwrap();
        assert_eq!(refusal(keep(&hall.officer, "H99.02", 2).await), ClassRefusal::TooFewSeats(1));
        assert_eq!([hall.name(&class, 1001).await, hall.name(&class, 1002).await], ["seated", "waiting"]);
        assert_eq!(hall.name(&class, 2001).await, "seated", "on a kept seat");
        let kept = hall.class(&class).await.kept;
        assert_eq!(kept.iter().map(|(unit, _, seats, taken)| (unit.as_str(), *seats, *taken)).collect::<Vec<_>>(), [("H99.04", 2, 1)]);
        // The day after, what is kept and free is everybody's: whoever waits comes before whoever is named late.
        let late = at(&hall.affairs, day("2026-12-01"));
        assert_eq!(hall.name_as(&late, &class, &entry(1003)).await, "waiting");
        assert_eq!(hall.state(&class, 1002).await, "named on 2");
        assert_eq!(hall.name_as(&at(&hall.officer, day("2026-12-01")), &class, &entry(1004)).await, "refused: too_late");
    }
}

#[tokio::test]
async fn when_a_day_begins_whoever_waits_moves_up_into_seats_that_it_made_free() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&Terms { names_until: Some(day("2026-11-30")), ..terms(2) }).await;
        classes::keep_seats(&hall.services, &hall.stranger, &class, "H99.04", 1).await.unwrap();
        assert_eq!([hall.name(&class, 1001).await, hall.name(&class, 1002).await], ["seated", "waiting"]);
        let begin = async |text: &str| nominations::move_up(&hall.services, &Ctx::system(NOW, day(text))).await.unwrap();
        assert_eq!((begin("2026-11-30").await, hall.state(&class, 1002).await.as_str()), (0, "waiting"));
        assert_eq!((begin("2026-12-01").await, hall.state(&class, 1002).await.as_str()), (1, "named on 1"));
        assert_eq!(begin("2026-12-02").await, 0);
    }
}

#[tokio::test]
async fn what_has_begun_stays_what_it_is() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(3)).await;
        hall.name(&class, 1001).await;
        hall.confirm(&class, 1001).await;
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        assert_eq!(refusal(hall.amend(&class, &Terms { periods: 80, ..terms(3) }).await), ClassRefusal::NotNow);
        assert_eq!(refusal(hall.amend(&class, &Terms { form: ClassForm::Workshop, ..terms(3) }).await), ClassRefusal::NotNow);
        hall.amend(&class, &Terms { place: "Hội trường".to_owned(), ends_on: day("2026-12-12"), ..terms(3) }).await.unwrap();
        assert_eq!(
            refusal(hall.act(&class, &Deed { act: ClassAct::Recognise, ..deed(ClassAct::Begin) }, today()).await),
            ClassRefusal::NotNow
        );
    }
}

#[tokio::test]
async fn new_days_put_nobody_into_two_classes_at_once() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let one = hall.open(&terms(3)).await;
        let two = hall.open(&Terms { starts_on: day("2026-12-14"), ends_on: day("2026-12-18"), ..terms(3) }).await;
        assert_eq!([hall.name(&one, 1001).await, hall.name(&two, 1001).await], ["seated", "seated"]);
        let moved = Terms { starts_on: day("2026-12-11"), ends_on: day("2026-12-15"), ..terms(3) };
        let busy = ClassRefusal::PeopleBusy { people: 1, with: format!("{two} Kỹ năng soạn thảo") };
        assert_eq!(refusal(hall.amend(&one, &moved).await), busy);
        let postpone = Deed { days: Some((moved.starts_on, moved.ends_on)), reason: "bão", ..deed(ClassAct::Postpone) };
        assert_eq!(refusal(hall.act(&one, &postpone, today()).await), busy);
        let meeting = |from: &str| Terms { form: ClassForm::Workshop, starts_on: day(from), ends_on: day(from), days: 1, ..terms(3) };
        let (morning, other) = (hall.open(&meeting("2026-12-21")).await, hall.open(&meeting("2026-12-21")).await);
        hall.meet(&morning, &[sitting("2026-12-21", Shift::Morning, "", "")]).await.unwrap();
        hall.meet(&other, &[sitting("2026-12-21", Shift::Afternoon, "", "")]).await.unwrap();
        assert_eq!([hall.name(&morning, 1002).await, hall.name(&other, 1002).await], ["seated", "seated"]);
        let clash = hall.meet(&other, &[sitting("2026-12-21", Shift::Day, "", "")]).await;
        assert!(matches!(refusal(clash), ClassRefusal::PeopleBusy { people: 1, .. }));
    }
}

#[tokio::test]
async fn who_keeps_which_classes() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let services = &hall.services;
        let own = Terms { lead: UnitId(OFFICE), ..terms(3) };
        let class = classes::create(services, &hall.officer, &own, &[]).await.unwrap();
        assert!(classes::one(services, &hall.officer, &class).await.unwrap().keeps);
        for (name, ctx) in [("stranger", &hall.stranger), ("head", &hall.head), ("inspector", &hall.inspector), ("party", &hall.party)] {
            assert!(matches!(classes::create(services, ctx, &own, &[]).await, Err(ActError::Forbidden(_))), "{name}");
            assert!(matches!(classes::amend(services, ctx, &class, 1, &own).await, Err(ActError::Forbidden(_))), "{name}");
            assert!(!classes::one(services, ctx, &class).await.unwrap().keeps, "{name}");
        }
        assert!(matches!(classes::one(services, &hall.learner, &class).await, Err(ActError::NotFound)), "a draft is no news yet");
        assert!(classes::list(services, &hall.learner, &classes::Ask::default(), None, 10).await.unwrap().lines.is_empty());
        let moved = Terms { lead: UnitId(COMMUNE), ..terms(3) };
        assert!(matches!(classes::amend(services, &hall.officer, &class, 1, &moved).await, Err(ActError::Forbidden(_))));
        let party = Terms { lead: UnitId(crate::hall::PARTY), ..terms(3) };
        classes::create(services, &hall.party, &party, &[]).await.unwrap();
        assert!(matches!(
            classes::put_room(
                services,
                &hall.officer,
                None,
                &Room { code: "P", name: "P", place: "", seats: 5, is_over: false, unit: "", spot: None }
            )
            .await,
            Err(ActError::Forbidden(_))
        ));
        let rules = classes::Rules { away_share: 50, ..classes::Rules::default() };
        assert!(matches!(classes::keep_rules(services, &hall.officer, rules).await, Err(ActError::Forbidden(_))));
        assert!(matches!(
            classes::keep_rules(services, &hall.affairs, classes::Rules { away_share: 0, ..rules }).await,
            Err(ActError::Refused(()))
        ));
        classes::keep_rules(services, &hall.affairs, rules).await.unwrap();
        assert_eq!(classes::kept_rules(services, &hall.officer).await.unwrap(), rules);
        hall.act(&class, &Deed { decision: "1", ..deed(ClassAct::Open) }, today()).await.unwrap();
        assert_eq!(classes::list(services, &hall.learner, &classes::Ask::default(), None, 10).await.unwrap().lines.len(), 1);
    }
}
