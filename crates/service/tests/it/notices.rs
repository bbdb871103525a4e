//! People are told of what happens to their classes: who, once, and by letter as each wants it; nothing is lost or doubled by a kill.
//! Not for: hours and addresses themselves (`domain::notices`), or SMTP (the stage `mail` of `cargo xtask test`).

use std::sync::Mutex;

use domain::classes::ClassAct;
use domain::classes::sittings::Shift;
use domain::ids::{NoticeId, OfficialId, UnitId, UserId};
use domain::notices::hours::{OfficeHours, Quiet};
use domain::notices::{Audience, Delivery, Event, MailState};
use domain::roles::Role;
use domain::time::{Instant, midnight};
use service::classes::{self, Deed, Planned};
use service::nominations::{self, Decision};
use service::notices::{self, Ask, BoxRefusal, Carrier, Delivered, Fault, Letterbox, MailsAsk, Parcel, Post};
use service::{ActError, Ctx, Services};
use store::write::accounts::{self, NewAccount};
use testkit::databases::{Fresh, each};

use crate::hall::{COMMUNE, GONE, Hall, OFFICE, at, code, deed, entry, hall, terms};
use crate::world::{NOW, day, person, today};

/// A province where people have accounts and roles that the database knows.
struct Town {
    hall: Hall,
    /// The account of official 1001.
    learner: Ctx,
    admin: Ctx,
}

async fn town(fresh: &Fresh, crowd: i64) -> Town {
    let mut hall = hall(fresh, crowd).await;
    let tx = fresh.db.write().await.unwrap();
    let account = async |login: &str, role: Role, unit: Option<i64>, official: Option<i64>| {
        let new = NewAccount { login, name: login, password_hash: "-", official: official.map(OfficialId) };
        let user = accounts::create(&tx, &new, NOW).await.unwrap();
        accounts::grant(&tx, user, role, unit.map(UnitId), day("2020-01-01")).await.unwrap();
        let mut ctx = person(user, role, unit);
        ctx.who.as_mut().unwrap().official = official.map(OfficialId);
        ctx
    };
    hall.officer = account("to-chuc", Role::UnitHr, Some(OFFICE), None).await;
    hall.stranger = account("to-chuc-xa", Role::UnitHr, Some(COMMUNE), None).await;
    hall.head = account("thu-truong", Role::UnitHead, Some(OFFICE), None).await;
    hall.affairs = account("noi-vu", Role::HomeAffairs, None, None).await;
    hall.party = account("tinh-uy", Role::PartyAffairs, None, None).await;
    let learner = account("hoc-vien", Role::Learner, None, Some(1001)).await;
    let admin = account("quan-tri", Role::Administrator, None, None).await;
    tx.commit().await.unwrap();
    Town { hall, learner, admin }
}

impl Town {
    fn services(&self) -> &Services {
        &self.hall.services
    }

    async fn dispatch(&self, post: Post) -> (usize, usize) {
        notices::dispatch(self.services(), &self.hall.affairs, post).await.unwrap()
    }

    /// What somebody was told, the oldest first, and as what.
    async fn told(&self, ctx: &Ctx) -> Vec<(Event, Audience)> {
        let (lines, more) = notices::list(self.services(), ctx, &Ask::default(), 100).await.unwrap();
        assert!(!more);
        lines.into_iter().rev().map(|line| (line.event, line.audience)).collect()
    }

    async fn writes_to(&self, ctx: &Ctx, email: &str) {
        let kept = Letterbox { email: email.to_owned(), language: "vi".to_owned(), delivery: Delivery::AtOnce, quiet: None };
        notices::keep_own(self.services(), ctx, &kept).await.unwrap();
    }

    async fn deliver(&self, now: Instant, carrier: &Scripted) -> Delivered {
        let ctx = Ctx { now, ..self.hall.affairs.clone() };
        notices::deliver(self.services(), &ctx, carrier, 100).await.unwrap()
    }

    async fn states(&self) -> Vec<(MailState, String)> {
        let page = notices::mails(self.services(), &self.admin, &MailsAsk::default(), 100).await.unwrap();
        page.lines.into_iter().map(|line| (line.state, line.error.unwrap_or_default())).collect()
    }

    /// Somebody of the office is named, and the head and Home Affairs agree.
    async fn sent(&self, class: &str, id: i64) {
        self.hall.name_as(&self.hall.officer, class, &entry(id)).await;
        self.hall.decide(&self.hall.head, class, id, Decision::Agree).await.unwrap();
        self.hall.decide(&self.hall.affairs, class, id, Decision::Confirm).await.unwrap();
    }
}

/// A server that answers as it was told to, the last answer for ever, and keeps what it was handed.
struct Scripted {
    answers: Mutex<Vec<Result<(), Fault>>>,
    taken: Mutex<Vec<Parcel>>,
}

impl Scripted {
    fn new(answers: Vec<Result<(), Fault>>) -> Self {
        Self { answers: Mutex::new(answers.into_iter().rev().collect()), taken: Mutex::default() }
    }

    fn taken(&self) -> Vec<(i64, String, Vec<Event>)> {
        let taken = self.taken.lock().unwrap();
        taken.iter().map(|one| (one.id.0, one.address.clone(), one.notices.iter().map(|line| line.event).collect())).collect()
    }
}

impl Carrier for Scripted {
    async fn carry(&self, parcel: &Parcel) -> Result<(), Fault> {
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop().unwrap() } else { answers[0].clone() };
        if answer.is_ok() {
            self.taken.lock().unwrap().push(parcel.clone());
        }
        answer
    }
}

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn everybody_concerned_is_told_once_and_nobody_of_what_they_did() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let class = town.hall.open(&terms(2)).await;
        town.dispatch(Post::None).await;
        assert_eq!(town.told(&town.hall.officer).await, [(Event::Opened, Audience::Officer)], "a class for everybody");
        assert_eq!(town.told(&town.hall.affairs).await, []);
        town.sent(&class, 1001).await;
        assert_eq!(town.dispatch(Post::None).await, (3, 7));
        assert_eq!(town.told(&town.learner).await, [Event::Named, Event::Agreed, Event::Confirmed].map(|event| (event, Audience::Learner)));
        assert_eq!(town.told(&town.hall.head).await, [(Event::Named, Audience::Head)], "and not of the own agreement");
        assert_eq!(town.told(&town.hall.affairs).await, [(Event::Agreed, Audience::Sender)]);
        let officer = [(Event::Opened, Audience::Officer), (Event::Agreed, Audience::Namer), (Event::Confirmed, Audience::Namer)];
        assert_eq!(town.told(&town.hall.officer).await, officer);
        assert_eq!(town.told(&town.hall.party).await, [], "a case of the state");
        assert_eq!(town.dispatch(Post::None).await, (0, 0), "once");
    }
}

#[tokio::test]
async fn a_seat_that_frees_is_told_to_whoever_moves_up() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let class = town.hall.open(&terms(1)).await;
        town.sent(&class, 1002).await;
        assert_eq!(town.hall.name_as(&town.hall.officer, &class, &entry(1001)).await, "waiting");
        town.hall.decide(&town.hall.officer, &class, 1002, Decision::Withdraw).await.unwrap();
        town.hall.decide(&town.hall.affairs, &class, 1002, Decision::LetGo).await.unwrap();
        town.dispatch(Post::None).await;
        assert_eq!(town.told(&town.learner).await, [Event::Waiting, Event::Promoted].map(|event| (event, Audience::Learner)));
        let affairs = town.told(&town.hall.affairs).await;
        assert_eq!(affairs, [Event::Agreed, Event::Leaving].map(|event| (event, Audience::Sender)));
        let (lines, _) = notices::list(town.services(), &town.hall.affairs, &Ask::default(), 9).await.unwrap();
        assert_eq!(lines[0].words, "việc gấp", "why the unit asks");
        assert_eq!(lines[0].named.as_ref().map(|(_, code, _)| code.as_str()), Some(code(1002).as_str()));
    }
}

#[tokio::test]
async fn what_happens_to_a_class_is_one_row_and_reaches_everybody_in_it() {
    for fresh in each().await {
        let town = town(&fresh, 45).await;
        let class = town.hall.open(&terms(60)).await;
        for id in 5001..5041 {
            assert_eq!(town.hall.name(&class, id).await, "seated");
        }
        town.sent(&class, 1001).await;
        town.dispatch(Post::None).await;
        let revision = town.hall.class(&class).await.line.revision;
        let meeting = Planned {
            on: day("2026-12-07"),
            shift: Shift::Evening,
            periods: 4,
            room: String::new(),
            lecturer: String::new(),
            words: String::new(),
        };
        let meetings = [meeting];
        classes::put_sittings(town.services(), &town.hall.affairs, &class, revision, &meetings).await.unwrap();
        classes::put_sittings(town.services(), &town.hall.affairs, &class, revision, &meetings).await.unwrap();
        assert_eq!(town.dispatch(Post::None).await, (1, 42), "41 people and who named one; the same timetable again is no news");
        let moved = classes::ClassLine { ..town.hall.class(&class).await.line };
        let place = domain::classes::Terms { place: "Hội trường B".to_owned(), ..moved.terms };
        town.hall.amend(&class, &place).await.unwrap();
        let cheaper = domain::classes::Terms { cost: 5_000_000, ..place };
        town.hall.amend(&class, &cheaper).await.unwrap();
        assert_eq!(town.dispatch(Post::None).await, (1, 42), "what it costs concerns nobody");
        let days = Some((day("2026-12-14"), day("2026-12-18")));
        town.hall.act(&class, &Deed { days, reason: "bão", ..deed(ClassAct::Postpone) }, today()).await.unwrap();
        town.hall.act(&class, &Deed { reason: "lũ", ..deed(ClassAct::Cancel) }, today()).await.unwrap();
        assert_eq!(town.dispatch(Post::None).await, (2, 84));
        let (lines, _) = notices::list(town.services(), &town.learner, &Ask { unread: true, ..Ask::default() }, 2).await.unwrap();
        let words: Vec<_> = lines.iter().map(|line| (line.event, line.words.as_str())).collect();
        let from_to = "07/12/2026 – 11/12/2026 → 14/12/2026 – 18/12/2026; bão";
        assert_eq!(words, [(Event::Cancelled, "lũ"), (Event::Postponed, from_to)]);
        let told = notices::told(town.services(), &town.hall.affairs, &class).await.unwrap();
        assert_eq!((told[0].event, told[0].told, told[0].read), (Event::Cancelled, 42, 0));
    }
}

#[tokio::test]
async fn only_the_confirmed_are_told_that_it_begins_and_of_results() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let class = town.hall.open(&terms(1)).await;
        town.sent(&class, 1001).await;
        assert_eq!(town.hall.name_as(&town.hall.officer, &class, &entry(1002)).await, "waiting");
        town.dispatch(Post::None).await;
        town.hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        town.hall.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        let revision = town.hall.class(&class).await.line.revision;
        let last = at(&town.hall.affairs, day("2026-12-20"));
        classes::recognise(town.services(), &last, (&class, revision), "13/QĐ-SNV", &[]).await.unwrap();
        assert_eq!(town.dispatch(Post::None).await, (2, 4), "1001 and the officer who named, twice");
        assert_eq!(town.told(&town.learner).await[3..], [Event::Begun, Event::Recognised].map(|event| (event, Audience::Learner)));
    }
}

#[tokio::test]
async fn who_tells_at_the_same_time_or_is_killed_tells_once() {
    for fresh in each().await {
        let town = town(&fresh, 30).await;
        let class = town.hall.open(&terms(40)).await;
        for id in 5001..5021 {
            town.hall.name(&class, id).await;
        }
        // A process that took the first event and was killed.
        let tx = fresh.db.write().await.unwrap();
        assert!(store::write::notices::next(&tx).await.unwrap().is_some());
        drop(tx);
        let ctx = &town.hall.affairs;
        let told = tokio::join!(
            notices::dispatch(town.services(), ctx, Post::Letters),
            notices::dispatch(town.services(), ctx, Post::Letters),
            notices::dispatch(town.services(), ctx, Post::Letters),
        );
        let told = [told.0.unwrap(), told.1.unwrap(), told.2.unwrap()];
        let events: usize = told.iter().map(|(events, _)| events).sum();
        let people: usize = told.iter().map(|(_, people)| people).sum();
        // Opened to two officers; each name to the learner alone, as the office has no head and Home Affairs named.
        assert_eq!((events, people), (21, 22));
        assert_eq!(town.told(&town.hall.officer).await.len(), 1);
    }
}

#[tokio::test]
async fn a_notice_is_read_by_its_reader_alone() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let class = town.hall.open(&terms(2)).await;
        town.sent(&class, 1001).await;
        town.dispatch(Post::None).await;
        let (lines, _) = notices::list(town.services(), &town.learner, &Ask::default(), 9).await.unwrap();
        assert_eq!(notices::unread(town.services(), &town.learner).await.unwrap(), 3);
        let foreign = notices::open(town.services(), &town.hall.head, lines[0].id).await;
        assert!(matches!(foreign, Err(ActError::NotFound)));
        let none = notices::open(town.services(), &town.learner, NoticeId(999_999)).await;
        assert!(matches!(none, Err(ActError::NotFound)));
        assert_eq!(notices::open(town.services(), &town.learner, lines[0].id).await.unwrap().event, Event::Confirmed);
        assert_eq!(notices::unread(town.services(), &town.learner).await.unwrap(), 2);
        let ask = Ask { unread: true, before: Some(lines[1].id.0), ..Ask::default() };
        let (left, _) = notices::list(town.services(), &town.learner, &ask, 9).await.unwrap();
        assert_eq!(left.iter().map(|line| line.event).collect::<Vec<_>>(), [Event::Named]);
        assert_eq!(notices::read_all(town.services(), &town.learner).await.unwrap(), 2);
        assert_eq!(notices::unread(town.services(), &town.learner).await.unwrap(), 0);
        assert_eq!(notices::unread(town.services(), &town.hall.head).await.unwrap(), 1, "nobody else's");
        let asked = Ask { asked: true, ..Ask::default() };
        let (asked, _) = notices::list(town.services(), &town.hall.officer, &asked, 9).await.unwrap();
        assert_eq!(asked.iter().map(|line| line.event).collect::<Vec<_>>(), [Event::Opened]);
        let waits = service::waits::waits(town.services(), &town.hall.head).await.unwrap();
        assert_eq!(waits.notices, 1, "beside the bell");
    }
}

#[tokio::test]
async fn what_happens_together_is_one_letter() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        town.writes_to(&town.hall.head, "thu.truong@tinh.vn").await;
        town.writes_to(&town.learner, "hoc.vien@tinh.vn").await;
        let class = town.hall.open(&terms(9)).await;
        for id in 1001..1004 {
            town.hall.name_as(&town.hall.officer, &class, &entry(id)).await;
        }
        town.dispatch(Post::Letters).await;
        let open = Scripted::new(vec![Ok(())]);
        assert_eq!(town.deliver(NOW, &open).await, Delivered::default(), "gathered for a moment");
        assert_eq!(town.deliver(NOW.plus_ms(MINUTE), &open).await, Delivered { sent: 2, ..Delivered::default() });
        let mut taken: Vec<_> = open.taken().into_iter().map(|(_, address, events)| (address, events)).collect();
        taken.sort_by(|a, b| a.0.cmp(&b.0));
        let expected = [("hoc.vien@tinh.vn".to_owned(), vec![Event::Named]), ("thu.truong@tinh.vn".to_owned(), vec![Event::Named; 3])];
        assert_eq!(taken, expected);
        assert_eq!(town.deliver(NOW.plus_ms(9 * MINUTE), &open).await, Delivered::default(), "once");
    }
}

#[tokio::test]
async fn letters_wait_for_the_end_of_quiet_for_the_hour_of_the_day_or_do_not_come() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let evening = midnight(today()).plus_ms(22 * 60 * MINUTE);
        let quiet = Quiet::new(21 * 60, 6 * 60).unwrap();
        notices::keep_hours(town.services(), &town.admin, OfficeHours { quiet, daily: 8 * 60 }).await.unwrap();
        town.writes_to(&town.hall.head, "thu.truong@tinh.vn").await;
        let wants = |email: &str, delivery, quiet| Letterbox { email: email.to_owned(), language: "en".to_owned(), delivery, quiet };
        let daily = wants("hoc.vien@tinh.vn", Delivery::Daily, None);
        notices::keep_own(town.services(), &town.learner, &daily).await.unwrap();
        let never = wants("noi.vu@tinh.vn", Delivery::AppOnly, None);
        notices::keep_own(town.services(), &town.hall.affairs, &never).await.unwrap();
        let class = town.hall.open(&terms(9)).await;
        town.sent(&class, 1001).await;
        let ctx = Ctx { now: evening, ..town.hall.affairs.clone() };
        notices::dispatch(town.services(), &ctx, Post::Letters).await.unwrap();
        let open = Scripted::new(vec![Ok(())]);
        let tomorrow = midnight(today().next_day().unwrap());
        assert_eq!(town.deliver(tomorrow.plus_ms(6 * 60 * MINUTE - 1), &open).await.sent, 0);
        assert_eq!(town.deliver(tomorrow.plus_ms(6 * 60 * MINUTE), &open).await.sent, 1, "the head, when quiet ends");
        assert_eq!(town.deliver(tomorrow.plus_ms(8 * 60 * MINUTE - 1), &open).await.sent, 0);
        assert_eq!(town.deliver(tomorrow.plus_ms(8 * 60 * MINUTE), &open).await.sent, 1, "one letter a day");
        let taken = open.taken();
        assert_eq!(taken[1].2, [Event::Named, Event::Agreed, Event::Confirmed]);
        assert_eq!(open.taken.lock().unwrap()[1].language, "en");
        assert_eq!(notices::unread(town.services(), &town.hall.affairs).await.unwrap(), 1, "told in the program in any case");
    }
}

#[tokio::test]
async fn a_server_that_is_down_says_later_or_says_never() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        for (ctx, address) in [(&town.hall.head, "a@tinh.vn"), (&town.learner, "b@tinh.vn"), (&town.hall.officer, "c@tinh.vn")] {
            town.writes_to(ctx, address).await;
        }
        let class = town.hall.open(&terms(9)).await;
        town.hall.name_as(&town.hall.affairs, &class, &entry(1001)).await;
        town.dispatch(Post::Letters).await;
        let now = NOW.plus_ms(MINUTE);
        let down = Scripted::new(vec![Err(Fault::Unreachable("connection refused".to_owned()))]);
        assert_eq!(town.deliver(now, &down).await, Delivered { later: 1, ..Delivered::default() }, "the first tells for all");
        assert_eq!(town.deliver(now, &down).await.later, 1);
        // One is refused for good, one for now, one taken.
        let answers =
            vec![Err(Fault::Never("550 5.1.1 b@tinh.vn unknown".to_owned())), Err(Fault::NotNow("451 try later".to_owned())), Ok(())];
        let mixed = Scripted::new(answers);
        assert_eq!(town.deliver(now.plus_ms(MINUTE), &mixed).await, Delivered { sent: 1, later: 1, failed: 1 });
        assert_eq!(town.deliver(now.plus_ms(MINUTE), &mixed).await, Delivered::default(), "not before its time");
        let up = Scripted::new(vec![Ok(())]);
        assert_eq!(town.deliver(now.plus_ms(9 * MINUTE), &up).await, Delivered { sent: 1, ..Delivered::default() });
        assert_eq!(town.deliver(now.plus_ms(90_000 * MINUTE), &up).await, Delivered::default(), "what failed stays so");
        let states = town.states().await;
        assert_eq!(states.iter().filter(|(state, _)| *state == MailState::Sent).count(), 2);
        let failed = states.iter().find(|(state, _)| *state == MailState::Failed).unwrap();
        assert!(failed.1.starts_with("550 5.1.1 ") && failed.1.contains("…@tinh.vn unknown"), "{}", failed.1);
        let (failed, page) = (MailState::Failed, MailsAsk { state: Some(MailState::Failed), ..MailsAsk::default() });
        let page = notices::mails(town.services(), &town.admin, &page, 9).await.unwrap();
        assert!(page.lines.len() == 1 && page.states.contains(&(failed, 1)));
        notices::again(town.services(), &Ctx { now, ..town.admin.clone() }, page.lines[0].id).await.unwrap();
        assert_eq!(town.deliver(now.plus_ms(MINUTE), &up).await.sent, 1, "put in line again by hand");
        let twice = notices::again(town.services(), &town.admin, page.lines[0].id).await;
        assert!(matches!(twice, Err(ActError::Stale)));
    }
}

#[tokio::test]
async fn a_letter_is_given_up_after_days_and_one_without_an_address_at_once() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        town.writes_to(&town.hall.head, "a@tinh.vn").await;
        town.writes_to(&town.learner, "b@tinh.vn").await;
        let class = town.hall.open(&terms(9)).await;
        town.hall.name_as(&town.hall.affairs, &class, &entry(1001)).await;
        town.dispatch(Post::Letters).await;
        town.writes_to(&town.learner, "").await;
        let down = Scripted::new(vec![Err(Fault::NotNow("451".to_owned()))]);
        let (mut now, mut tries) = (NOW.plus_ms(MINUTE), 0);
        let mut failed = 0;
        while now < NOW.plus_ms(6 * 24 * 60 * MINUTE) {
            let done = town.deliver(now, &down).await;
            tries += done.later + done.failed;
            failed += done.failed;
            now = now.plus_ms(30 * MINUTE);
        }
        assert_eq!(failed, 2, "one without an address, one that was never taken");
        assert!((25..45).contains(&tries), "{tries}");
    }
}

#[tokio::test]
async fn a_letter_that_was_in_the_hands_of_a_killed_process_goes_out_once_more_under_its_number() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        town.writes_to(&town.hall.head, "a@tinh.vn").await;
        let class = town.hall.open(&terms(9)).await;
        town.hall.name_as(&town.hall.affairs, &class, &entry(1001)).await;
        town.dispatch(Post::Letters).await;
        let now = NOW.plus_ms(MINUTE);
        let tx = fresh.db.write().await.unwrap();
        let (mail, ..) = store::write::notices::claim(&tx, now, now.plus_ms(-3 * MINUTE)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let up = Scripted::new(vec![Ok(())]);
        assert_eq!(town.deliver(now.plus_ms(2 * MINUTE), &up).await, Delivered::default(), "it may still be on its way");
        assert_eq!(town.deliver(now.plus_ms(4 * MINUTE), &up).await.sent, 1);
        assert_eq!(up.taken()[0].0, mail.0);
        assert_eq!(town.deliver(now.plus_ms(99 * MINUTE), &up).await, Delivered::default());
        let both = tokio::join!(town.deliver(now, &up), town.deliver(now, &up));
        assert_eq!(both.0.sent + both.1.sent, 0);
    }
}

#[tokio::test]
async fn addresses_are_kept_by_the_person_and_by_whoever_keeps_the_record() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        let (services, officer) = (town.services(), &town.hall.officer);
        let bad = notices::keep_of(services, officer, &code(1001), "không phải").await;
        assert!(matches!(bad, Err(ActError::Refused(BoxRefusal::BadAddress))));
        notices::keep_of(services, officer, &code(1001), "hoc.vien@tinh.vn").await.unwrap();
        assert_eq!(notices::own(services, &town.learner).await.unwrap().address.as_deref(), Some("hoc.vien@tinh.vn"));
        let daily = Letterbox { email: "rieng@tinh.vn".to_owned(), language: "en".to_owned(), delivery: Delivery::Daily, quiet: None };
        notices::keep_own(services, &town.learner, &daily).await.unwrap();
        notices::keep_of(services, officer, &code(1001), "moi@tinh.vn").await.unwrap();
        let kept = notices::own(services, &town.learner).await.unwrap();
        assert_eq!((kept.address.as_deref(), kept.delivery), (Some("moi@tinh.vn"), Delivery::Daily), "when stays the person's choice");
        for ctx in [&town.hall.stranger, &town.hall.head, &town.learner] {
            let refused = notices::keep_of(services, ctx, &code(1001), "x@tinh.vn").await;
            assert!(matches!(refused, Err(ActError::Forbidden(_) | ActError::NotFound)));
        }
        let odd = Letterbox { language: "fr".to_owned(), ..daily };
        assert!(matches!(notices::keep_own(services, &town.learner, &odd).await, Err(ActError::Refused(BoxRefusal::BadLanguage))));
        let hours = notices::keep_hours(services, &town.hall.affairs, OfficeHours::default()).await;
        assert!(matches!(hours, Err(ActError::Forbidden(_))));
        let audit = service::audit::AuditAsk { act: Some("contact.change".to_owned()), ..service::audit::AuditAsk::default() };
        let lines = service::audit::page(services, &town.admin, &audit, None, 9).await.unwrap().lines;
        assert!(lines.len() == 3 && !format!("{lines:?}").contains("tinh.vn"), "no address in the audit");
    }
}

#[tokio::test]
async fn the_log_masks_addresses_and_looking_at_it_is_noted() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        town.writes_to(&town.hall.head, "thu.truong@tinh.vn").await;
        let class = town.hall.open(&terms(9)).await;
        town.hall.name_as(&town.hall.officer, &class, &entry(1001)).await;
        town.dispatch(Post::Letters).await;
        town.deliver(NOW.plus_ms(MINUTE), &Scripted::new(vec![Ok(())])).await;
        let ask = MailsAsk { class: Some(class.clone()), ..MailsAsk::default() };
        let page = notices::mails(town.services(), &town.admin, &ask, 9).await.unwrap();
        assert_eq!(page.lines[0].address.as_deref(), Some("t…@tinh.vn"));
        assert_eq!(page.lines[0].tells, [(Event::Named, class.clone(), "Kỹ năng soạn thảo".to_owned())]);
        for ctx in [&town.hall.affairs, &town.hall.officer, &town.learner, &town.hall.inspector] {
            assert!(matches!(notices::mails(town.services(), ctx, &ask, 9).await, Err(ActError::Forbidden(_))));
        }
        let audit = service::audit::AuditAsk { act: Some("notice.log".to_owned()), ..service::audit::AuditAsk::default() };
        assert_eq!(service::audit::page(town.services(), &town.admin, &audit, None, 9).await.unwrap().lines.len(), 1);
        let told = notices::told(town.services(), &town.hall.affairs, &class).await.unwrap();
        assert_eq!((told[0].event, told[0].told, told[0].sent), (Event::Named, 2, 1));
        let (people, others) = notices::told_people(town.services(), &town.hall.affairs, &class, told[0].outbox).await.unwrap();
        assert_eq!((people.len(), others), (2, 0));
        for ctx in [&town.hall.officer, &town.learner] {
            assert!(matches!(notices::told(town.services(), ctx, &class).await, Err(ActError::Forbidden(_) | ActError::NotFound)));
        }
    }
}

#[tokio::test]
async fn nobody_who_may_not_sign_in_is_told_and_nobody_named_is_forgotten() {
    for fresh in each().await {
        let town = town(&fresh, 0).await;
        service::accounts::lock(town.services(), &town.admin, "thu-truong", "nghỉ").await.unwrap();
        let class = town.hall.open(&terms(9)).await;
        town.dispatch(Post::None).await;
        let gone = nominations::name(town.services(), &town.hall.affairs, &class, &[entry(GONE)], None).await.unwrap();
        assert_eq!(crate::hall::told(&gone[0].1), "refused: not_in_service");
        assert_eq!(town.dispatch(Post::None).await, (0, 0), "what was refused is no news");
        town.hall.name_as(&town.hall.affairs, &class, &entry(1002)).await;
        assert_eq!(town.dispatch(Post::None).await, (1, 1), "an official without an account is still told of");
        assert_eq!(town.told(&town.hall.head).await, []);
        let who = UserId(0);
        assert!(notices::list(town.services(), &person(who, Role::Learner, None), &Ask::default(), 9).await.unwrap().0.is_empty());
    }
}
