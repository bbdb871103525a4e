//! Records past their time lose what tells who it was, in the rows and in every change of them; figures and everybody else stay.

use domain::people::Sex;
use domain::register::Ending;
use domain::roles::Role;
use domain::statistics::TableId;
use service::registry::{self, Identity, Kept, Move};
use service::statistics::{self, TablesAsk};
use service::{ActError, Ctx, Services};
use testkit::databases::Fresh;
use testkit::look::Everything;

use crate::world::{NOW, day, person, system, today};

const MARKS: [&str; 9] = ["Qwxname", "Qwxother", "QWX.7", "QWXREC", "049185001234", "Qwxfaith", "Qwxhealth", "77/QWX", "qwxreason"];

struct World {
    services: Services,
    officer: Ctx,
    unit: String,
}

async fn world(fresh: &Fresh) -> World {
    let province = testkit::small::province(today(), 200);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let unit = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-y-te") && u.ends_on.is_none()).unwrap().code.clone();
    World { services: Services::new(fresh.db.clone()), officer: person(user, Role::HomeAffairs, None), unit }
}

impl World {
    /// Somebody who worked from 2010 and left on a day of 2026.
    async fn left(&self, code: &str, how: Ending) {
        let identity = Identity {
            code: code.to_owned(),
            record_code: Some("QWXREC".to_owned()),
            name: "Trần Thị Qwxname".to_owned(),
            other_names: Some("Qwxother".to_owned()),
            birth_on: day("1985-03-31"),
            sex: Sex::Female,
            ethnicity: 26,
            religion: Some("Qwxfaith".to_owned()),
            health: Some("Qwxhealth".to_owned()),
            citizen_number: Some("049185001234".to_owned()),
            recruited_on: Some(day("2010-06-15")),
        };
        let first = Move {
            unit: &self.unit,
            post: "Chuyên viên",
            staff: domain::people::StaffKind::CongChuc,
            leadership: None,
            group: None,
            duty: None,
            appointment: None,
            grade: Some("01.003"),
            fits_post: None,
            from: day("2026-01-05"),
            decision: Some("77/QWX"),
        };
        registry::add(&self.services, &self.officer, &identity, &first, "qwxreason").await.unwrap();
        registry::leave(&self.services, &self.officer, code, day("2026-06-01"), how, "qwxreason").await.unwrap();
    }

    async fn review(&self, on: &str) -> registry::Review {
        let review = registry::review(&self.services, &Ctx::system(NOW, day(on))).await.unwrap();
        assert_eq!(
            review.rules.iter().map(|rule| (rule.kept, rule.years, rule.is_unverified)).collect::<Vec<_>>(),
            [(Kept::AfterLeaving, 20, true), (Kept::AfterDeath, 10, true), (Kept::ImportedFiles, 1, true)]
        );
        review
    }

    async fn figures(&self) -> Vec<String> {
        let mut figures = Vec::new();
        for table in TableId::ALL {
            let ask = TablesAsk { years: 2010..=2026, on: today(), map_on: today(), unit: None };
            figures.push(format!("{:?}", statistics::table(&self.services, &system(), *table, &ask).await.unwrap()));
        }
        figures
    }
}

#[tokio::test]
async fn a_record_past_its_time_loses_its_names_and_figures_stay() {
    for fresh in testkit::databases::each().await {
        let world = world(&fresh).await;
        world.left("QWX.7", Ending::Retired).await;
        world.left("TM.8", Ending::Died).await;
        let before = Everything::of(&fresh).await;
        assert!(MARKS.iter().all(|mark| before.has(mark)), "the marks are in the tables");
        let people = |review: &registry::Review, died: bool| {
            review.due.iter().filter(|d| d.year == 2026 && d.died == died).map(|d| d.people).sum::<i64>()
        };
        let (early, died, all) = (world.review("2036-05-31").await, world.review("2036-06-01").await, world.review("2046-06-01").await);
        assert_eq!([people(&early, true), people(&died, true), people(&died, false)], [0, 1, 0]);
        assert!(people(&all, false) >= 1);
        let figures = world.figures().await;
        let later = Ctx::system(NOW, day("2046-06-01"));
        let refused = registry::take_due_names(&world.services, &world.officer, &mut |_| {}).await;
        assert!(matches!(refused, Err(ActError::Forbidden(_))));
        let done = registry::take_due_names(&world.services, &later, &mut |_| {}).await.unwrap();
        assert_eq!(done, all.people());
        let after = Everything::of(&fresh).await;
        for mark in MARKS {
            // The audit keeps the code and the reason it was written with; nothing leads from them to a person any more.
            let kept: &[&str] = if matches!(mark, "QWX.7" | "qwxreason") { &["audit"] } else { &[] };
            assert_eq!(after.tables_with(mark), kept, "{mark}");
        }
        assert_eq!(world.figures().await, figures);
        assert_eq!(registry::take_due_names(&world.services, &later, &mut |_| {}).await.unwrap(), 0);
        assert_eq!(registry::review(&world.services, &later).await.unwrap().people(), 0);
    }
}

#[tokio::test]
async fn who_came_back_is_not_due_and_who_has_no_rule_is_left_alone() {
    for fresh in testkit::databases::each().await {
        let world = world(&fresh).await;
        world.left("QWX.7", Ending::Resigned).await;
        let due = async |on: &str| registry::review(&world.services, &Ctx::system(NOW, day(on))).await.unwrap();
        let people = async || due("2046-06-01").await.due.iter().filter(|line| line.year == 2026).map(|line| line.people).sum::<i64>();
        let once = people().await;
        let back = Move {
            unit: &world.unit,
            post: "Chuyên viên",
            staff: domain::people::StaffKind::CongChuc,
            leadership: None,
            group: None,
            duty: None,
            appointment: None,
            grade: None,
            fits_post: None,
            from: day("2026-09-01"),
            decision: None,
        };
        registry::move_to(&world.services, &world.officer, "QWX.7", &back, "trở lại").await.unwrap();
        assert_eq!(people().await, once - 1);
        let before_the_law = due("2025-06-30").await;
        assert!(before_the_law.rules.is_empty() && before_the_law.due.is_empty());
        let administrator = person(world.officer.who.as_ref().unwrap().user, Role::Administrator, None);
        assert!(registry::review(&world.services, &administrator).await.is_ok());
        assert!(matches!(registry::review(&world.services, &world.officer).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn everybody_gets_the_own_file_and_nobody_elses() {
    for fresh in testkit::databases::each().await {
        let world = world(&fresh).await;
        world.left("QWX.7", Ending::Retired).await;
        let (services, officer) = (&world.services, &world.officer);
        let official = registry::person(services, officer, "QWX.7").await.unwrap().id;
        assert!(matches!(registry::own_file(services, officer, "QWX.7").await, Err(ActError::NotFound)));
        let mut herself = person(officer.who.as_ref().unwrap().user, Role::Learner, None);
        herself.who.as_mut().unwrap().official = Some(official);
        let file = registry::own_file(services, &herself, "QWX.7").await.unwrap();
        assert_eq!(file.masked.citizen_number.as_deref(), Some("049185001234"));
        assert_eq!((file.person.postings.len(), file.changes.len()), (1, 3));
        let ask = service::audit::AuditAsk { act: Some("people.own_file".to_owned()), ..service::audit::AuditAsk::default() };
        let lines = service::audit::page(services, &system(), &ask, None, 10).await.unwrap().lines;
        assert_eq!(lines.iter().map(|l| l.subject.as_str()).collect::<Vec<_>>(), ["official/QWX.7"]);
    }
}
