//! Calendars by a secret address: who makes which, what stands in them, and that one taken back answers no more.
//! Not for: how a calendar is written (`web`; the stage `mail` lets a foreign program read one).

use domain::classes::ClassAct;
use domain::classes::sittings::{LecturerKind, Shift};
use domain::feeds::FeedKind;
use domain::training::ClassStatus;
use service::classes::{self, Deed, Lecturer, Planned, Room};
use service::feeds::{self, Entry, FeedRefusal};
use service::{ActError, Ctx, sessions};
use testkit::databases::each;

use crate::hall::{Hall, deed, hall, terms};
use crate::world::{NOW, day, today};

fn meeting(on: &str, shift: Shift, room: &str, lecturer: &str) -> Planned {
    Planned { on: day(on), shift, periods: 4, room: room.to_owned(), lecturer: lecturer.to_owned(), words: "Thực hành".to_owned() }
}

impl Hall {
    async fn teach(&self) {
        let room = Room { code: "P.1", name: "Phòng 1", place: "Tầng 2", seats: 40, is_over: false, unit: "", spot: None };
        classes::put_room(&self.services, &self.affairs, None, &room).await.unwrap();
        let lecturer = Lecturer {
            code: "GV.1",
            name: "Giảng viên",
            kind: LecturerKind::PartTime,
            home: "",
            subjects: "",
            official: "",
            is_over: false,
        };
        classes::put_lecturer(&self.services, &self.affairs, None, &lecturer).await.unwrap();
    }

    async fn timetable(&self, class: &str, list: &[Planned]) {
        let revision = self.class(class).await.line.revision;
        classes::put_sittings(&self.services, &self.affairs, class, revision, list).await.unwrap();
    }

    async fn entries(&self, token: &str) -> Vec<Entry> {
        feeds::read(&self.services, token, NOW, today()).await.unwrap().entries
    }
}

fn refusal(made: Result<String, ActError<FeedRefusal>>) -> FeedRefusal {
    match made {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_person_sees_the_own_classes_and_what_becomes_of_them() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.teach().await;
        let (one, two) = (hall.open(&terms(3)).await, hall.open(&terms(3)).await);
        hall.timetable(&one, &[meeting("2026-12-07", Shift::Evening, "P.1", "GV.1"), meeting("2026-12-08", Shift::Evening, "", "")]).await;
        hall.name(&one, 1001).await;
        hall.name(&two, 1002).await;
        let token = feeds::create(&hall.services, &hall.learner, FeedKind::Person, "").await.unwrap();
        let entries = hall.entries(&token).await;
        assert_eq!(entries.iter().map(|entry| entry.class.0.as_str()).collect::<Vec<_>>(), [one.as_str(), one.as_str()]);
        assert_eq!(entries[0].room.as_ref().map(|(name, _)| name.as_str()), Some("Phòng 1"));
        assert!(entries.iter().all(|entry| !entry.is_sure), "nobody has confirmed yet");
        hall.confirm(&one, 1001).await;
        let before = hall.entries(&token).await;
        assert!(before.iter().all(|entry| entry.is_sure));
        hall.act(&one, &Deed { reason: "bão", ..deed(ClassAct::Cancel) }, today()).await.unwrap();
        let after = hall.entries(&token).await;
        assert_eq!(after.len(), 2, "a cancelled class stays to be told as cancelled");
        assert!(after.iter().all(|entry| entry.status == ClassStatus::Cancelled && entry.sequence > before[0].sequence));
    }
}

#[tokio::test]
async fn a_room_and_a_lecturer_have_the_meetings_of_all_classes() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.teach().await;
        let draft = classes::create(&hall.services, &hall.affairs, &terms(3), &[]).await.unwrap();
        hall.timetable(&draft, &[meeting("2026-12-09", Shift::Evening, "P.1", "GV.1")]).await;
        let class = hall.open(&terms(3)).await;
        hall.timetable(&class, &[meeting("2026-12-07", Shift::Evening, "P.1", ""), meeting("2026-12-08", Shift::Evening, "", "GV.1")])
            .await;
        let whole = hall.open(&terms(3)).await;
        let room = feeds::create(&hall.services, &hall.officer, FeedKind::Room, "P.1").await.unwrap();
        let lecturer = feeds::create(&hall.services, &hall.officer, FeedKind::Lecturer, "GV.1").await.unwrap();
        let days = async |token: &str| {
            let entries = hall.entries(token).await;
            entries.iter().map(|entry| entry.meeting.as_ref().map(|(on, ..)| domain::time::iso(*on))).collect::<Vec<_>>()
        };
        assert_eq!(days(&room).await, [Some("2026-12-07".to_owned())], "a draft takes nobody's time");
        assert_eq!(days(&lecturer).await, [Some("2026-12-08".to_owned())]);
        let class = feeds::of_class(&hall.services, &hall.learner, &whole).await.unwrap();
        assert_eq!(class.entries.len(), 1, "the whole time of a class whose meetings are not known");
        assert!(matches!(feeds::of_class(&hall.services, &hall.learner, &draft).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn who_makes_which_and_what_is_taken_back() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.teach().await;
        let class = hall.open(&terms(3)).await;
        let services = &hall.services;
        assert_eq!(refusal(feeds::create(services, &hall.affairs, FeedKind::Person, "").await), FeedRefusal::NoRecord);
        assert_eq!(refusal(feeds::create(services, &hall.learner, FeedKind::Class, "LOP-X").await), FeedRefusal::NoSuch);
        assert_eq!(refusal(feeds::create(services, &hall.officer, FeedKind::Room, "P.9").await), FeedRefusal::NoSuch);
        for kind in [FeedKind::Room, FeedKind::Lecturer] {
            assert!(matches!(feeds::create(services, &hall.learner, kind, "P.1").await, Err(ActError::Forbidden(_))));
        }
        let token = feeds::create(services, &hall.learner, FeedKind::Class, &class).await.unwrap();
        assert_eq!(hall.entries(&token).await.len(), 1);
        let line = feeds::list(services, &hall.learner).await.unwrap().remove(0);
        assert_eq!((line.name.as_str(), line.used_at), ("Kỹ năng soạn thảo", Some(NOW)));
        assert!(feeds::list(services, &hall.officer).await.unwrap().is_empty());
        assert!(matches!(feeds::revoke(services, &hall.officer, line.id).await, Err(ActError::NotFound)), "somebody else's");
        for wrong in ["", "x", &sessions::digest(&token)] {
            assert!(matches!(feeds::read(services, wrong, NOW, today()).await, Err(ActError::NotFound)), "{wrong}");
        }
        feeds::revoke(services, &hall.learner, line.id).await.unwrap();
        assert!(matches!(feeds::read(services, &token, NOW, today()).await, Err(ActError::NotFound)));
        assert!(matches!(feeds::revoke(services, &hall.learner, line.id).await, Err(ActError::NotFound)), "once");
    }
}

#[tokio::test]
async fn an_account_that_is_locked_has_no_calendars_and_nobody_has_hundreds() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.open(&terms(3)).await;
        let token = feeds::create(&hall.services, &hall.learner, FeedKind::Class, &class).await.unwrap();
        for _ in 1..20 {
            feeds::create(&hall.services, &hall.learner, FeedKind::Class, &class).await.unwrap();
        }
        let more = feeds::create(&hall.services, &hall.learner, FeedKind::Class, &class).await;
        assert_eq!(refusal(more), FeedRefusal::TooMany);
        service::accounts::lock(&hall.services, &Ctx { who: None, ..hall.affairs.clone() }, "hoa", "nghỉ").await.unwrap();
        assert!(matches!(feeds::read(&hall.services, &token, NOW, today()).await, Err(ActError::NotFound)));
    }
}
