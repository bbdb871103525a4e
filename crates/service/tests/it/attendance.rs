//! The roll of a sitting: who calls it, what is kept, what is refused; the share; checking in by the code on the screen; a roll sent later.
//! Not for: what lateness counts (`domain::attendance`).

use domain::attendance::checkin::{CheckInFault, Fence, STEP_MS, Starts};
use domain::attendance::{LateRule, Mark, MarkFault, Said, Source};
use domain::classes::ClassAct;
use domain::classes::sittings::{LecturerKind, Shift, SittingFault};
use domain::geography::Spot;
use domain::ids::{OfficialId, SittingId, UserId};
use domain::roles::Role;
use domain::time::midnight;
use domain::training::Outcome;
use service::attendance::{self, AttendanceRules, CheckInRefusal, Entry, RollRefusal, Theirs};
use service::classes::{self, ClassRefusal, Lecturer, Planned};
use service::nominations::Decision;
use service::{ActError, Ctx};
use store::write::accounts::{self, NewAccount};
use testkit::databases::each;

use crate::hall::{Hall, at, code, deed, hall, terms};
use crate::world::{NOW, day, person};

/// Lecturer of the first sitting, with an account.
const TEACHER: i64 = 1005;
pub(crate) const PRESENT: Said = Said::of(Mark::Present);
pub(crate) const ABSENT: Said = Said::of(Mark::Absent);

pub(crate) fn late(minutes: i32) -> Said {
    Said { mark: Mark::Late, minutes }
}

pub(crate) fn said(official: i64, said: Said, revision: i32) -> Entry {
    Entry { official: OfficialId(official), said, note: String::new(), revision }
}

/// A class that runs with 1001, 1002 and 1003, two mornings of four periods and a whole day of eight.
pub(crate) struct Lesson {
    pub(crate) hall: Hall,
    pub(crate) class: String,
    pub(crate) sittings: Vec<SittingId>,
    pub(crate) teacher: Ctx,
}

async fn account(hall: &Hall, login: &str, official: i64) -> Ctx {
    let tx = hall.services.db.write().await.unwrap();
    let new = NewAccount { login, name: login, password_hash: "-", official: Some(OfficialId(official)) };
    let user: UserId = accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let mut ctx = person(user, Role::Learner, None);
    ctx.who.as_mut().unwrap().official = Some(OfficialId(official));
    ctx
}

fn planned(on: &str, shift: Shift, periods: i32, lecturer: &str) -> Planned {
    Planned { on: day(on), shift, periods, room: String::new(), lecturer: lecturer.to_owned(), words: String::new() }
}

fn timetable() -> Vec<Planned> {
    vec![
        planned("2026-12-07", Shift::Morning, 4, "GV.01"),
        planned("2026-12-08", Shift::Morning, 4, ""),
        planned("2026-12-09", Shift::Day, 8, ""),
    ]
}

pub(crate) async fn lesson(fresh: &testkit::databases::Fresh) -> Lesson {
    let hall = hall(fresh, 0).await;
    let lecturer = |official| Lecturer {
        code: "GV.01",
        name: "Giảng viên",
        kind: LecturerKind::PartTime,
        home: "",
        subjects: "",
        official,
        is_over: false,
    };
    let unknown = classes::put_lecturer(&hall.services, &hall.affairs, None, &lecturer("KHONG-CO")).await;
    assert!(matches!(unknown, Err(ActError::Refused(classes::TeachingRefusal::UnknownOfficial))));
    classes::put_lecturer(&hall.services, &hall.affairs, None, &lecturer(&code(TEACHER))).await.unwrap();
    assert_eq!(classes::lecturers(&hall.services, &hall.affairs).await.unwrap()[0].official.as_deref(), Some(code(TEACHER).as_str()));
    let class = hall.open(&terms(5)).await;
    let revision = hall.class(&class).await.line.revision;
    classes::put_sittings(&hall.services, &hall.affairs, &class, revision, &timetable()).await.unwrap();
    for id in [1001, 1002, 1003] {
        hall.name(&class, id).await;
        hall.confirm(&class, id).await;
    }
    hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
    let sittings = hall.class(&class).await.sittings.iter().map(|line| line.id).collect();
    let teacher = account(&hall, "giang-vien", TEACHER).await;
    Lesson { hall, class, sittings, teacher }
}

impl Lesson {
    pub(crate) async fn call(&self, ctx: &Ctx, sitting: usize, entries: &[Entry], why: &str) -> Result<usize, ActError<RollRefusal>> {
        attendance::call(&self.hall.services, ctx, (&self.class, self.sittings[sitting]), entries, why, Source::Roll).await
    }

    pub(crate) async fn marks(&self, sitting: usize) -> Vec<(i64, String, i32)> {
        let roll = attendance::roll(&self.hall.services, &self.hall.affairs, &self.class, self.sittings[sitting]).await.unwrap();
        let mark = |(who, mark): (_, Option<_>)| {
            let (who, mark): (store::read::attendance::Attendee, Option<store::read::attendance::MarkLine>) = (who, mark);
            mark.map(|mark| (who.official.0.0, mark.said.text(), mark.revision))
        };
        roll.people.into_iter().filter_map(mark).collect()
    }

    pub(crate) async fn shares(&self) -> Vec<(i64, i32, i32, Option<bool>)> {
        let overview = attendance::overview(&self.hall.services, &self.hall.affairs, &self.class).await.unwrap();
        overview.rows.iter().map(|row| (row.attendee.official.0.0, row.share.attended, row.share.held, row.reaches)).collect()
    }
}

pub(crate) fn on(ctx: &Ctx, text: &str) -> Ctx {
    at(ctx, day(text))
}

fn refusal(answer: Result<usize, ActError<RollRefusal>>) -> RollRefusal {
    match answer {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn the_roll_is_called_by_the_lecturer_and_corrected_with_a_reason() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let teacher = on(&lesson.teacher, "2026-12-07");
        let all = [said(1001, PRESENT, 0), said(1002, late(20), 0), said(1003, ABSENT, 0)];
        assert_eq!(lesson.call(&teacher, 0, &all, "").await.unwrap(), 3);
        let expected = [(1001, "present".to_owned(), 1), (1002, "late 20".to_owned(), 1), (1003, "absent".to_owned(), 1)];
        assert_eq!(lesson.marks(0).await, expected);
        assert_eq!(lesson.call(&teacher, 0, &all, "").await.unwrap(), 0, "nothing changes a second time");
        assert_eq!(lesson.call(&teacher, 0, &[said(1003, late(60), 1)], "").await.unwrap(), 1, "on the day nobody asks why");
        let other = lesson.call(&on(&lesson.teacher, "2026-12-08"), 1, &[said(1001, PRESENT, 0)], "").await;
        assert!(matches!(other, Err(ActError::Forbidden(_))), "a sitting of somebody else");
        assert!(matches!(lesson.call(&on(&lesson.hall.learner, "2026-12-07"), 0, &all, "").await, Err(ActError::Forbidden(_))));
        assert!(matches!(lesson.call(&on(&lesson.hall.stranger, "2026-12-07"), 0, &all, "").await, Err(ActError::Forbidden(_))));
        let keeper = on(&lesson.hall.affairs, "2026-12-10");
        let excused = Entry { note: "giấy ra viện".to_owned(), ..said(1003, Said::of(Mark::Excused), 2) };
        let bare = refusal(lesson.call(&keeper, 0, std::slice::from_ref(&excused), " ").await);
        assert_eq!(bare, RollRefusal::Marks(vec![(OfficialId(1003), MarkFault::NoWhy)]));
        lesson.call(&keeper, 0, &[excused], "nộp giấy sau").await.unwrap();
        let roll = attendance::roll(&lesson.hall.services, &teacher, &lesson.class, lesson.sittings[0]).await.unwrap();
        let changes: Vec<_> = roll.changes.iter().map(|c| (c.before.as_deref().unwrap(), c.after.as_str(), c.words.as_str())).collect();
        assert_eq!(changes, [("late 60", "excused", "nộp giấy sau"), ("absent", "late 60", "")]);
        assert_eq!(roll.changes[0].by.as_deref(), Some("an"));
    }
}

#[tokio::test]
async fn a_roll_with_a_fault_is_put_whole_or_not_at_all() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let keeper = on(&lesson.hall.affairs, "2026-12-07");
        let odd = [said(1001, PRESENT, 0), said(1002, late(0), 0), said(1003, Said::of(Mark::Excused), 0), said(2001, PRESENT, 0)];
        let faults = [(1002, MarkFault::OddMinutes), (1003, MarkFault::NoReason), (2001, MarkFault::NotLearner)];
        let expected = RollRefusal::Marks(faults.map(|(id, fault)| (OfficialId(id), fault)).to_vec());
        assert_eq!(refusal(lesson.call(&keeper, 0, &odd, "").await), expected);
        assert!(lesson.marks(0).await.is_empty());
        assert_eq!(refusal(lesson.call(&keeper, 1, &odd[..1], "").await), RollRefusal::TooEarly);
        lesson.call(&keeper, 0, &odd[..1], "").await.unwrap();
        let unseen = refusal(lesson.call(&keeper, 0, &[said(1001, ABSENT, 0)], "").await);
        assert_eq!(unseen, RollRefusal::Changed(vec![(OfficialId(1001), PRESENT)]), "somebody put it since it was read");
        let nowhere = attendance::roll(&lesson.hall.services, &keeper, &lesson.class, SittingId(999_999)).await;
        assert!(matches!(nowhere, Err(ActError::NotFound)));
        lesson.hall.act(&lesson.class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        let later = on(&lesson.hall.affairs, "2026-12-12");
        lesson.call(&later, 1, &[said(1001, PRESENT, 0)], "").await.unwrap();
        let revision = lesson.hall.class(&lesson.class).await.line.revision;
        classes::recognise(&lesson.hall.services, &later, (&lesson.class, revision), "13/QĐ", &[]).await.unwrap();
        assert_eq!(refusal(lesson.call(&later, 1, &[said(1001, ABSENT, 1)], "nhầm").await), RollRefusal::NotNow);
    }
}

#[tokio::test]
async fn shares_count_called_sittings_and_meet_the_law() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let keeper = on(&lesson.hall.affairs, "2026-12-09");
        assert_eq!(lesson.shares().await, [(1001, 0, 0, None), (1002, 0, 0, None), (1003, 0, 0, None)], "nothing was called");
        lesson.call(&keeper, 0, &[said(1001, PRESENT, 0), said(1002, ABSENT, 0), said(1003, late(10), 0)], "").await.unwrap();
        lesson.call(&keeper, 2, &[said(1001, PRESENT, 0), said(1002, PRESENT, 0), said(1003, late(100), 0)], "").await.unwrap();
        let expected = [(1001, 12, 12, Some(true)), (1002, 8, 12, Some(false)), (1003, 9, 12, Some(false))];
        assert_eq!(lesson.shares().await, expected);
        let strict = AttendanceRules { late: LateRule { grace: 5 }, ..AttendanceRules::default() };
        attendance::keep_rules(&lesson.hall.services, &keeper, strict).await.unwrap();
        assert_eq!(attendance::kept_rules(&lesson.hall.services, &lesson.teacher).await.unwrap(), strict);
        assert_eq!(lesson.shares().await[2], (1003, 8, 12, Some(false)), "ten minutes cost a period now");
        let odd = AttendanceRules { starts: Starts { evening: 0, ..Starts::default() }, ..strict };
        assert!(matches!(attendance::keep_rules(&lesson.hall.services, &keeper, odd).await, Err(ActError::Refused(()))));
        assert!(matches!(attendance::keep_rules(&lesson.hall.services, &lesson.hall.officer, strict).await, Err(ActError::Forbidden(_))));
        // Who sees whom.
        let seen = async |ctx: &Ctx| {
            let view = attendance::overview(&lesson.hall.services, ctx, &lesson.class).await.unwrap();
            (view.rows.len(), view.others)
        };
        assert_eq!(seen(&lesson.hall.learner).await, (1, 2), "the own row");
        assert_eq!(seen(&lesson.teacher).await, (3, 0), "whoever teaches in it");
        assert_eq!(seen(&lesson.hall.officer).await, (3, 0), "all are of the office");
        assert_eq!(seen(&lesson.hall.stranger).await, (0, 3));
    }
}

#[tokio::test]
async fn a_timetable_keeps_the_rolls_of_sittings_that_stay() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let hall = &lesson.hall;
        lesson.call(&on(&hall.affairs, "2026-12-07"), 0, &[said(1001, PRESENT, 0)], "").await.unwrap();
        let put = async |list: &[Planned]| {
            let revision = hall.class(&lesson.class).await.line.revision;
            classes::put_sittings(&hall.services, &hall.affairs, &lesson.class, revision, list).await
        };
        let moved = [vec![timetable()[0].clone()], vec![planned("2026-12-10", Shift::Evening, 4, "")]].concat();
        put(&moved).await.unwrap();
        let lines = hall.class(&lesson.class).await.sittings;
        assert_eq!((lines.len(), lines[0].id), (2, lesson.sittings[0]));
        assert_eq!(lesson.marks(0).await.len(), 1);
        let gone = put(&moved[1..]).await;
        let Err(ActError::Refused(ClassRefusal::Sittings(found))) = gone else { unreachable!("{gone:?}") };
        assert_eq!(found, [(0, SittingFault::HasRoll, None)]);
        assert_eq!(lesson.marks(0).await.len(), 1, "nothing went");
    }
}

/// The learner at a time of the clock on the first day.
fn clock(ctx: &Ctx, hour: i64, minute: i64) -> Ctx {
    let now = midnight(day("2026-12-07")).plus_ms((hour * 60 + minute) * 60_000);
    Ctx { now, ..on(ctx, "2026-12-07") }
}

fn after(ctx: &Ctx, ms: i64) -> Ctx {
    Ctx { now: ctx.now.plus_ms(ms), ..ctx.clone() }
}

fn fault<T: std::fmt::Debug>(answer: Result<T, ActError<CheckInRefusal>>) -> CheckInFault {
    match answer {
        Err(ActError::Refused(refusal)) => refusal.fault,
        other => unreachable!("{other:?}"),
    }
}

impl Lesson {
    async fn token(&self, ctx: &Ctx) -> String {
        let view = attendance::code(&self.hall.services, ctx, &self.class, self.sittings[0]).await.unwrap();
        view.token.unwrap()
    }

    async fn scan(&self, ctx: &Ctx, token: &str, device: &str) -> Result<String, ActError<CheckInRefusal>> {
        attendance::invitation(&self.hall.services, ctx, token, device).await.map(|invitation| invitation.ticket)
    }

    async fn enter(&self, ctx: &Ctx, ticket: &str, device: &str, spot: Option<Spot>) -> Result<(String, bool), ActError<CheckInRefusal>> {
        let done = attendance::check_in(&self.hall.services, ctx, ticket, device, spot).await?;
        Ok((done.said.text(), done.is_new))
    }
}

#[tokio::test]
async fn a_learner_checks_in_by_the_code_on_the_screen() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let (screen, one) = (clock(&lesson.teacher, 7, 29), clock(&lesson.hall.learner, 7, 29));
        let two = clock(&account(&lesson.hall, "hoc-vien-hai", 1002).await, 7, 29);
        let token = lesson.token(&screen).await;
        assert_eq!(token, lesson.token(&after(&screen, STEP_MS - 1)).await, "one code for twenty seconds");
        assert_ne!(token, lesson.token(&after(&screen, STEP_MS)).await);
        // The window, at its edges.
        assert!(lesson.scan(&after(&one, 2 * STEP_MS - 1), &token, "a").await.is_ok());
        assert_eq!(fault(lesson.scan(&after(&one, 2 * STEP_MS), &token, "a").await), CheckInFault::Expired);
        assert_eq!(fault(lesson.scan(&after(&one, -1), &token, "a").await), CheckInFault::Expired, "one to come");
        assert_eq!(fault(lesson.scan(&one, &token.replace('-', "+"), "a").await), CheckInFault::BadCode);
        let ticket = lesson.scan(&one, &token, "a").await.unwrap();
        assert_eq!(fault(lesson.enter(&two, &ticket, "a", None).await), CheckInFault::BadCode, "a ticket of somebody else");
        assert_eq!(fault(lesson.enter(&one, &ticket, "b", None).await), CheckInFault::BadCode, "a ticket of another device");
        assert_eq!(fault(lesson.enter(&one, &token, "a", None).await), CheckInFault::BadCode, "a code is no ticket");
        assert_eq!(fault(lesson.enter(&after(&one, 16 * STEP_MS), &ticket, "a", None).await), CheckInFault::Expired);
        assert_eq!(lesson.enter(&one, &ticket, "a", None).await.unwrap(), ("present".to_owned(), true));
        assert_eq!(lesson.enter(&after(&one, STEP_MS), &ticket, "a", None).await.unwrap(), ("present".to_owned(), false), "a replay");
        assert_eq!(lesson.marks(0).await, [(1001, "present".to_owned(), 1)]);
        // One device, one person.
        assert_eq!(fault(lesson.scan(&two, &token, "a").await), CheckInFault::OtherDevice);
        let ticket = lesson.scan(&two, &token, "c").await.unwrap();
        assert!(lesson.enter(&two, &ticket, "c", None).await.unwrap().1);
        let stranger = clock(&account(&lesson.hall, "nguoi-ngoai", 2001).await, 7, 29);
        assert_eq!(fault(lesson.scan(&stranger, &token, "d").await), CheckInFault::NotLearner);
        let nobody = clock(&lesson.hall.officer, 7, 29);
        assert_eq!(fault(lesson.scan(&nobody, &token, "d").await), CheckInFault::NotLearner, "an account without a staff file");
        let shown = attendance::code(&lesson.hall.services, &screen, &lesson.class, lesson.sittings[0]).await.unwrap();
        assert_eq!((shown.checked_in, shown.people), (2, 3));
        let foreign = attendance::code(&lesson.hall.services, &one, &lesson.class, lesson.sittings[0]).await;
        assert!(matches!(foreign, Err(ActError::Forbidden(_))), "learners do not make codes");
    }
}

#[tokio::test]
async fn the_clock_decides_late_and_over_and_the_roll_has_the_last_word() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let at_clock = async |hour, minute| lesson.token(&clock(&lesson.teacher, hour, minute)).await;
        let closed =
            attendance::code(&lesson.hall.services, &clock(&lesson.teacher, 6, 29), &lesson.class, lesson.sittings[0]).await.unwrap();
        assert_eq!((closed.token, closed.closed), (None, Some(CheckInFault::TooEarly)));
        let over =
            attendance::code(&lesson.hall.services, &clock(&lesson.teacher, 11, 30), &lesson.class, lesson.sittings[0]).await.unwrap();
        assert_eq!(over.closed, Some(CheckInFault::Ended));
        // Called absent, then the person comes after all.
        let keeper = clock(&lesson.hall.affairs, 8, 0);
        lesson.call(&keeper, 0, &[said(1001, ABSENT, 0), said(1002, Said::of(Mark::Present), 0)], "").await.unwrap();
        let one = clock(&lesson.hall.learner, 8, 20);
        let ticket = lesson.scan(&one, &at_clock(8, 20).await, "a").await.unwrap();
        assert_eq!(lesson.enter(&after(&one, 60_000), &ticket, "a", None).await.unwrap(), ("late 50".to_owned(), true), "by the scan");
        lesson.call(&clock(&lesson.hall.affairs, 9, 0), 0, &[said(1001, late(30), 2)], "").await.unwrap();
        assert_eq!(lesson.marks(0).await[0], (1001, "late 30".to_owned(), 3));
        let token = lesson.token(&after(&clock(&lesson.teacher, 11, 29), 50_000)).await;
        let last = after(&clock(&lesson.hall.learner, 11, 29), 50_000);
        let ticket = lesson.scan(&last, &token, "a").await.unwrap();
        assert_eq!(fault(lesson.scan(&after(&last, 15_000), &token, "a").await), CheckInFault::Ended, "still on the screen, but over");
        assert!(!lesson.enter(&after(&last, 15_000), &ticket, "a", None).await.unwrap().1, "scanned in time; the roll stands");
        lesson.hall.act(&lesson.class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        let shut = attendance::code(&lesson.hall.services, &clock(&lesson.teacher, 8, 0), &lesson.class, lesson.sittings[0]).await.unwrap();
        assert_eq!(shut.closed, Some(CheckInFault::NotNow));
    }
}

#[tokio::test]
async fn a_fence_keeps_out_who_is_elsewhere() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let hall = Spot::of_degrees(22.665, 106.257).unwrap();
        let fence = Fence { spot: hall, metres: 200 };
        let put = async |ctx: &Ctx, fence| attendance::keep_fence(&lesson.hall.services, ctx, &lesson.class, fence).await;
        assert!(matches!(put(&lesson.teacher, Some(fence)).await, Err(ActError::Forbidden(_))));
        assert!(matches!(put(&lesson.hall.affairs, Some(Fence { metres: 1, ..fence })).await, Err(ActError::Refused(()))));
        put(&lesson.hall.affairs, Some(fence)).await.unwrap();
        let one = clock(&lesson.hall.learner, 7, 30);
        let token = lesson.token(&clock(&lesson.teacher, 7, 30)).await;
        let invitation = attendance::invitation(&lesson.hall.services, &one, &token, "a").await.unwrap();
        assert_eq!(invitation.metres, Some(200));
        let enter = async |spot| lesson.enter(&one, &invitation.ticket, "a", spot).await;
        assert_eq!(fault(enter(None).await), CheckInFault::NoPosition);
        let far = Spot { latitude: hall.latitude + 10_000, ..hall };
        let refused = enter(Some(far)).await;
        assert!(matches!(refused, Err(ActError::Refused(CheckInRefusal { fault: CheckInFault::TooFar, metres: 1_112 }))), "{refused:?}");
        assert!(lesson.marks(0).await.is_empty());
        assert!(enter(Some(Spot { latitude: hall.latitude + 1_000, ..hall })).await.unwrap().1);
        put(&lesson.hall.affairs, None).await.unwrap();
        let overview = attendance::overview(&lesson.hall.services, &lesson.hall.affairs, &lesson.class).await.unwrap();
        assert_eq!(overview.fence, None);
    }
}

#[tokio::test]
async fn a_roll_sent_later_is_done_once_and_tells_what_changed_meanwhile() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let teacher = on(&lesson.teacher, "2026-12-07");
        let sync = async |key: &str, entries: &[Entry]| {
            let place = (lesson.class.as_str(), lesson.sittings[0]);
            attendance::sync(&lesson.hall.services, &teacher, place, key, entries, ("", Source::Offline)).await.unwrap()
        };
        let mine = [said(1001, PRESENT, 0), said(1002, late(30), 0), said(1003, late(0), 0)];
        // Meanwhile, in the office.
        lesson.call(&on(&lesson.hall.affairs, "2026-12-07"), 0, &[said(1002, ABSENT, 0)], "").await.unwrap();
        let answer = sync("k1", &mine).await;
        assert_eq!(answer.kept, 1);
        assert_eq!(answer.conflicts, [Theirs { official: 1002, mark: "absent".to_owned(), minutes: 0, revision: 1 }]);
        assert_eq!(answer.faults, [(1003, "odd_minutes".to_owned())]);
        lesson.call(&on(&lesson.hall.affairs, "2026-12-07"), 0, &[said(1001, late(40), 1)], "").await.unwrap();
        assert_eq!(sync("k1", &mine).await, answer, "sent again, it is answered and not done");
        assert_eq!(lesson.marks(0).await, [(1001, "late 40".to_owned(), 2), (1002, "absent".to_owned(), 1)]);
        // The lecturer chooses the own mark.
        let chosen = sync("k2", &[said(1002, late(30), 1), said(1001, late(40), 1)]).await;
        assert_eq!((chosen.kept, chosen.conflicts.len()), (2, 0), "the same mark is no conflict");
        assert_eq!(lesson.marks(0).await[1], (1002, "late 30".to_owned(), 2));
        let roll = attendance::roll(&lesson.hall.services, &teacher, &lesson.class, lesson.sittings[0]).await.unwrap();
        assert_eq!(roll.people[1].1.as_ref().unwrap().source, Source::Offline);
    }
}

#[tokio::test]
async fn who_left_is_not_called_and_keeps_what_was_said() {
    for fresh in each().await {
        let lesson = Box::pin(lesson(&fresh)).await;
        let keeper = on(&lesson.hall.affairs, "2026-12-07");
        lesson.call(&keeper, 0, &[said(1003, PRESENT, 0)], "").await.unwrap();
        lesson.hall.decide(&lesson.hall.officer, &lesson.class, 1003, Decision::Withdraw).await.unwrap();
        lesson.hall.decide(&lesson.hall.affairs, &lesson.class, 1003, Decision::LetGo).await.unwrap();
        let people = async |sitting: usize| {
            let roll = attendance::roll(&lesson.hall.services, &keeper, &lesson.class, lesson.sittings[sitting]).await.unwrap();
            roll.people.iter().map(|(who, _)| (who.official.0.0, who.outcome)).collect::<Vec<_>>()
        };
        assert_eq!(people(0).await.last(), Some(&(1003, Outcome::Withdrawn)));
        assert_eq!(people(1).await.len(), 2);
        let odd = refusal(lesson.call(&on(&lesson.hall.affairs, "2026-12-08"), 1, &[said(1003, PRESENT, 0)], "").await);
        assert_eq!(odd, RollRefusal::Marks(vec![(OfficialId(1003), MarkFault::NotLearner)]));
    }
}
