//! How many people of a unit are away on each day of a week, who sees it, and what takes nobody away.
//! Not for: the guard that refuses (`nominations`).

use domain::classes::{Hours, Terms};
use service::ActError;
use service::classes::{self, UnitLoad};
use testkit::databases::each;

use crate::hall::{entry, hall, terms};
use crate::world::day;

#[tokio::test]
async fn a_day_counts_each_person_who_is_away_in_office_hours() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let office = Terms { hours: Hours::Office, ends_on: day("2026-12-09"), days: 3, ..terms(9) };
        let class = hall.open(&office).await;
        for id in 1001..1004 {
            let named =
                hall.name_as(&hall.affairs, &class, &service::nominations::Entry { reason: "bố trí".to_owned(), ..entry(id) }).await;
            assert_eq!(named, "seated");
        }
        // After hours nobody is away.
        let evening = hall.open(&terms(9)).await;
        hall.name(&evening, 2001).await;
        let week = (day("2026-12-07"), day("2026-12-13"));
        let (units, share) = classes::load(&hall.services, &hall.affairs, week).await.unwrap();
        let expected =
            UnitLoad { unit: ("H99.02".to_owned(), "Đơn vị 2".to_owned()), people: 13, away: vec![3, 3, 3, 0, 0, 0, 0], most: 4 };
        assert_eq!((units.as_slice(), share), ([expected.clone()].as_slice(), 34));
        assert_eq!(expected.worst(), 3);
        assert_eq!(classes::load(&hall.services, &hall.officer, week).await.unwrap().0.len(), 1);
        assert!(classes::load(&hall.services, &hall.stranger, week).await.unwrap().0.is_empty(), "another unit's");
        assert!(matches!(classes::load(&hall.services, &hall.learner, week).await, Err(ActError::Forbidden(_))));
        let next = (day("2026-12-14"), day("2026-12-20"));
        assert!(classes::load(&hall.services, &hall.affairs, next).await.unwrap().0.is_empty());
    }
}
