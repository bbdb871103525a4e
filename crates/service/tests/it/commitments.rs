//! Promises of service of the people whom somebody sees: how many stand how, in which order, with which article, and who takes them out.
//! Not for: how one promise stands (`domain::register::commitments`).

use domain::classes::ClassAct;
use domain::register::Ending;
use domain::register::commitments::{Closing, Watch};
use service::commitments::{self, Ask};
use service::registry;
use service::{ActError, Ctx};
use testkit::databases::each;

use crate::hall::{Hall, at, code, deed, hall, master, sworn};
use crate::world::{day, today};

impl Hall {
    /// A master's course to the end of 2028 for 1001 and 1002.
    async fn studies(&self) {
        let long = self.open(&master(3)).await;
        for id in [1001, 1002] {
            assert_eq!(self.name_as(&self.affairs, &long, &sworn(id)).await, "seated");
            self.confirm(&long, id).await;
        }
        self.act(&long, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
    }

    async fn watched(&self, ctx: &Ctx, on: &str, ask: &Ask) -> Vec<(String, Watch)> {
        let page = commitments::list(&self.services, &at(ctx, today()), day(on), ask, 50).await.unwrap();
        page.lines.into_iter().map(|line| (line.who.0, line.watch)).collect()
    }
}

#[tokio::test]
async fn a_promise_is_ahead_runs_ends_soon_and_is_served() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.studies().await;
        let all = |watch| vec![(code(1001), watch), (code(1002), watch)];
        // The clock of 72 months starts on 08/12/2028.
        for (on, watch) in [
            ("2028-12-07", Watch::Ahead),
            ("2028-12-08", Watch::Running),
            ("2034-06-07", Watch::Running),
            ("2034-06-08", Watch::Ending),
            ("2034-12-07", Watch::Ending),
            ("2034-12-08", Watch::Served),
        ] {
            assert_eq!(hall.watched(&hall.affairs, on, &Ask::default()).await, all(watch), "{on}");
            let such = Ask { watch: Some(watch), ..Ask::default() };
            assert_eq!(hall.watched(&hall.affairs, on, &such).await.len(), 2, "the filter is the state: {on}");
            let page = commitments::list(&hall.services, &hall.affairs, day(on), &such, 50).await.unwrap();
            assert_eq!(page.counts, [(watch, 2)], "{on}");
        }
    }
}

#[tokio::test]
async fn whoever_leaves_before_the_end_has_broken_it_until_it_is_closed() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.studies().await;
        let leaving = at(&hall.officer, day("2029-03-01"));
        registry::leave(&hall.services, &leaving, &code(1001), day("2029-03-01"), Ending::Resigned, "xin thôi việc").await.unwrap();
        let open = Ask { watch: Some(Watch::Left), ..Ask::default() };
        assert_eq!(hall.watched(&hall.affairs, "2029-02-28", &open).await, []);
        assert_eq!(hall.watched(&hall.affairs, "2029-03-01", &open).await, [(code(1001), Watch::Left)]);
        let person = registry::person(&hall.services, &hall.affairs, &code(1001)).await.unwrap();
        let closing = at(&hall.affairs, day("2029-04-01"));
        let row = person.commitments[0].id;
        registry::close_promise(&hall.services, &closing, &code(1001), (row, Closing::Repaid, day("2029-04-01")), "đã đền bù")
            .await
            .unwrap();
        assert_eq!(hall.watched(&hall.affairs, "2029-03-31", &open).await, [(code(1001), Watch::Left)]);
        assert_eq!(hall.watched(&hall.affairs, "2029-04-01", &open).await, []);
        let repaid = Ask { watch: Some(Watch::Repaid), ..Ask::default() };
        assert_eq!(hall.watched(&hall.affairs, "2029-04-01", &repaid).await, [(code(1001), Watch::Repaid)]);
    }
}

#[tokio::test]
async fn pages_follow_each_other_and_each_sees_the_own_people() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.studies().await;
        let first = commitments::list(&hall.services, &hall.affairs, day("2029-01-01"), &Ask::default(), 1).await.unwrap();
        assert!(first.more && first.lines.len() == 1);
        let last = &first.lines[0];
        let next = Ask { after: Some((last.during.1, last.id)), ..Ask::default() };
        let second = commitments::list(&hall.services, &hall.affairs, day("2029-01-01"), &next, 1).await.unwrap();
        assert!(!second.more && second.lines[0].who.0 == code(1002));
        assert_eq!(hall.watched(&hall.officer, "2029-01-01", &Ask::default()).await.len(), 2);
        assert_eq!(hall.watched(&hall.stranger, "2029-01-01", &Ask::default()).await, [], "another unit's");
        let none = commitments::list(&hall.services, &hall.learner, today(), &Ask::default(), 9).await;
        assert!(matches!(none, Err(ActError::Forbidden(_))));
        let cited = commitments::cited(last).unwrap().unwrap();
        assert!(cited.vi.contains("171/2025"), "{}", cited.vi);
        assert_eq!(commitments::export(&hall.services, &hall.officer, day("2029-01-01"), &Ask::default()).await.unwrap().len(), 2);
        let denied = commitments::export(&hall.services, &hall.inspector, day("2029-01-01"), &Ask::default()).await;
        assert!(matches!(denied, Err(ActError::Forbidden(_))));
    }
}
