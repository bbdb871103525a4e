//! Where units stand, said and taken back; where classes are held; who comes from how far, and who sees that.
//! Not for: reading texts and laws of maps (`domain::geography`).

use domain::classes::Terms;
use domain::geography::Spot;
use domain::geography::standing::Whence;
use domain::ids::UnitId;
use domain::orgs::reorganise::{Fate, Heir, NewUnit, Step};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::training::{ClassStatus, Mode};
use service::classes::{self, Ask, ClassMap, Clue, Held, Nowhere, Room, Sent};
use service::registry::{self, Order, SpotCard, SpotRefusal};
use service::{ActError, Ctx, classes as halls};
use store::read::changes;
use testkit::databases::each;

use crate::hall::{COMMUNE, CROWD, Hall, OFFICE, at, entry, hall, terms};
use crate::world::{day, today};

const TOWN: Spot = Spot { latitude: 15_573_600, longitude: 108_474_000 };
const HILL: Spot = Spot { latitude: 15_400_000, longitude: 107_790_000 };

fn card(spot: Spot) -> SpotCard<'static> {
    SpotCard { spot, from: None, reason: "theo bản đồ hành chính" }
}

impl Hall {
    async fn set(&self, unit: i64, card: &SpotCard<'_>) -> Result<(), ActError<Vec<SpotRefusal>>> {
        registry::place_unit(&self.services, &self.affairs, &format!("H99.{unit:02}"), card).await
    }

    async fn spot(&self, unit: i64, on: &str) -> Option<Spot> {
        registry::placed(&self.services, &self.affairs, UnitId(unit), day(on)).await.unwrap().now.map(|(spot, _)| spot)
    }

    async fn drawn(&self, ctx: &Ctx, chosen: Option<&str>) -> ClassMap {
        classes::map(&self.services, ctx, &Ask::default(), chosen).await.unwrap()
    }

    async fn looked(&self, ctx: &Ctx, class: &str) -> Held {
        self.drawn(ctx, Some(class)).await.chosen.unwrap()
    }
}

fn refused(answer: Result<(), ActError<Vec<SpotRefusal>>>) -> Vec<SpotRefusal> {
    match answer {
        Err(ActError::Refused(refusals)) => refusals,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_place_is_said_from_a_day_on_and_what_was_said_before_stays_for_the_days_before() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        assert_eq!(hall.spot(OFFICE, "2026-11-22").await, None);
        hall.set(OFFICE, &card(HILL)).await.unwrap();
        assert_eq!(hall.spot(OFFICE, "2001-01-01").await, Some(HILL), "for the whole life of the unit");
        // Without a day what was said is set right.
        hall.set(OFFICE, &card(TOWN)).await.unwrap();
        assert_eq!(hall.spot(OFFICE, "2001-01-01").await, Some(TOWN));
        assert_eq!(refused(hall.set(OFFICE, &card(TOWN)).await), [SpotRefusal::Known]);
        let moves = SpotCard { from: Some(day("2026-06-01")), ..card(HILL) };
        hall.set(OFFICE, &moves).await.unwrap();
        assert_eq!((hall.spot(OFFICE, "2026-05-31").await, hall.spot(OFFICE, "2026-06-01").await), (Some(TOWN), Some(HILL)));
        let early = SpotCard { from: Some(day("2026-05-01")), reason: "", ..card(TOWN) };
        assert_eq!(refused(hall.set(OFFICE, &early).await), [SpotRefusal::BeforeLast(day("2026-06-01")), SpotRefusal::NoReason]);
        let unborn = SpotCard { from: Some(day("1999-12-31")), ..card(TOWN) };
        assert_eq!(refused(hall.set(COMMUNE, &unborn).await), [SpotRefusal::OutsideLife]);
        for ctx in [&hall.officer, &hall.learner, &hall.inspector, &hall.head] {
            let forbidden = registry::place_unit(&hall.services, ctx, "H99.02", &card(TOWN)).await;
            assert!(matches!(forbidden, Err(ActError::Forbidden(_))));
        }
        let lines = registry::placed(&hall.services, &hall.affairs, UnitId(OFFICE), today()).await.unwrap().lines;
        assert_eq!(lines.len(), 2);
        let remove = async |row: i64| registry::remove_spot(&hall.services, &hall.affairs, "H99.02", row, "ghi nhầm").await;
        assert!(matches!(remove(lines[0].id).await, Err(ActError::Stale)), "the last one only");
        remove(lines[1].id).await.unwrap();
        assert_eq!(hall.spot(OFFICE, "2026-11-22").await, Some(TOWN), "what was said before goes on");
        assert!(matches!(remove(lines[1].id).await, Err(ActError::NotFound)));
        let told = changes::after(&fresh.db, changes::Of::Units, 0, i64::MAX, 100).await.unwrap();
        assert_eq!(
            told.iter().filter(|change| change.kind == "unit_spot").count(),
            6,
            "inserted, set right, ended, inserted, removed, opened again"
        );
    }
}

#[tokio::test]
async fn a_merged_unit_stands_between_those_it_came_from_until_the_merger_is_taken_back() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.set(OFFICE, &card(TOWN)).await.unwrap();
        hall.set(CROWD, &card(HILL)).await.unwrap();
        let new = NewUnit {
            code: "H99.77".to_owned(),
            name: "Sở hợp nhất".to_owned(),
            kind: UnitKind::Department,
            level: Level::Province,
            bloc: Bloc::State,
            actor: None,
            parent: UnitId(1),
        };
        let step = Step::Merge { units: vec![UnitId(OFFICE), UnitId(CROWD)], into: Heir::New(new), children: Fate::EndsToo };
        let order = Order { step, on: day("2026-11-01"), decision: None, reason: "sắp xếp".to_owned() };
        let ctx = Ctx { operation: "merge-1".to_owned(), ..hall.affairs.clone() };
        registry::carry(&hall.services, &ctx, &order, None).await.unwrap();
        let unit = registry::unit(&hall.services, &hall.affairs, "H99.77", today()).await.unwrap().unit.id;
        let placed = registry::placed(&hall.services, &hall.affairs, unit, today()).await.unwrap();
        let between = Spot { latitude: 15_486_800, longitude: 108_132_000 };
        assert_eq!(placed.now, Some((between, Whence::Sources)));
        registry::place_unit(&hall.services, &hall.affairs, "H99.77", &card(TOWN)).await.unwrap();
        let placed = registry::placed(&hall.services, &hall.affairs, unit, today()).await.unwrap();
        assert_eq!(placed.now, Some((TOWN, Whence::Told)));
        assert_eq!(hall.spot(OFFICE, "2026-10-31").await, Some(TOWN));
    }
}

#[tokio::test]
async fn a_class_is_held_where_it_is_said_and_it_is_told_when_nobody_can_know() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.set(COMMUNE, &card(HILL)).await.unwrap();
        let venue = async |terms: Terms| {
            let code = hall.open(&terms).await;
            hall.looked(&hall.affairs, &code).await.place
        };
        let at_commune = venue(Terms { place: "UBND Đơn vị 4".to_owned(), ..terms(9) }).await.unwrap();
        assert_eq!((at_commune.spot, at_commune.unit, at_commune.clue), (HILL, Some(UnitId(COMMUNE)), Clue::Place));
        let taught = venue(Terms { school: "đơn vị 4".to_owned(), place: "Thôn 3".to_owned(), ..terms(9) }).await.unwrap();
        assert_eq!(taught.clue, Clue::School, "the next that is known");
        let led = venue(Terms { lead: UnitId(COMMUNE), ..terms(9) }).await.unwrap();
        assert_eq!(led.clue, Clue::Lead);
        assert_eq!(venue(terms(9)).await, Err(Nowhere::Unsaid), "the province is no place");
        let words = "Nhà văn hoá thôn 3".to_owned();
        assert_eq!(venue(Terms { place: words.clone(), lead: UnitId(COMMUNE), ..terms(9) }).await, Err(Nowhere::Words(words)));
        let office = Nowhere::Unplaced("H99.02".to_owned(), "Đơn vị 2".to_owned());
        assert_eq!(venue(Terms { place: "Đơn vị 2".to_owned(), ..terms(9) }).await, Err(office));
        assert_eq!(venue(Terms { mode: Mode::Online, place: "Đơn vị 4".to_owned(), ..terms(9) }).await, Err(Nowhere::Online));
        assert_eq!(venue(Terms { abroad: true, ..terms(9) }).await, Err(Nowhere::Abroad));
        let room = Room { code: "H1", name: "Hội trường xã", place: "", seats: 50, is_over: false, unit: "Đơn vị 4", spot: None };
        halls::put_room(&hall.services, &hall.affairs, None, &room).await.unwrap();
        let in_room = venue(Terms { place: "hội trường xã".to_owned(), ..terms(9) }).await.unwrap();
        assert_eq!((in_room.spot, in_room.name.as_str()), (HILL, "Đơn vị 4"));
        let apart = Room { code: "H2", name: "Nhà thi đấu", unit: "", spot: Some(TOWN), ..room };
        halls::put_room(&hall.services, &hall.affairs, None, &apart).await.unwrap();
        let in_hall = venue(Terms { place: "H2".to_owned(), ..terms(9) }).await.unwrap();
        assert_eq!((in_hall.spot, in_hall.unit), (TOWN, None));
        let unknown = Room { code: "H3", name: "Phòng", unit: "không có", ..room };
        let answer = halls::put_room(&hall.services, &hall.affairs, None, &unknown).await;
        assert!(matches!(answer, Err(ActError::Refused(classes::TeachingRefusal::UnknownUnit))));
    }
}

#[tokio::test]
async fn each_sees_the_units_whose_people_the_page_of_the_class_would_show() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.set(COMMUNE, &card(HILL)).await.unwrap();
        hall.set(OFFICE, &card(TOWN)).await.unwrap();
        let class = hall.open(&Terms { place: "Đơn vị 4".to_owned(), ..terms(9) }).await;
        for id in [1001, 1002, 1003] {
            assert_eq!(hall.name(&class, id).await, "seated");
        }
        assert_eq!(hall.name_as(&hall.affairs, &class, &entry(2001)).await, "seated");
        let held = hall.looked(&hall.affairs, &class).await;
        let from = |held: &Held| -> Vec<(i64, i64, Option<i64>)> {
            held.catchment.from.iter().map(|from| (from.id.0, from.people, from.metres)).collect()
        };
        let far = TOWN.metres_to(HILL);
        assert_eq!(from(&held), [(COMMUNE, 1, Some(0)), (OFFICE, 3, Some(far))], "the nearest first");
        assert_eq!((held.catchment.sent, held.catchment.others), (Some(Sent::Named), 0));
        let ways = held.catchment.ways.unwrap();
        assert_eq!((ways.all, ways.people, ways.farthest), (3 * far, 4, Some((far, UnitId(OFFICE)))));
        let best = held.catchment.best.unwrap();
        assert_eq!((best.unit.0.as_str(), best.ways.all), ("H99.02", far), "where three of four are");
        // The officer of the office sees the own people; of the commune only how many there are.
        for ctx in [&hall.officer, &hall.head] {
            let held = hall.looked(ctx, &class).await;
            assert_eq!((from(&held), held.catchment.others), (vec![(OFFICE, 3, Some(far))], 1));
            assert_eq!(held.catchment.best, None, "no suggestion from a part of them");
        }
        let held = hall.looked(&hall.stranger, &class).await;
        assert_eq!((from(&held), held.catchment.others), (vec![(COMMUNE, 1, Some(0))], 3));
        let map = hall.drawn(&hall.learner, Some(&class)).await;
        let held = map.chosen.unwrap();
        assert_eq!((from(&held), held.catchment.others, map.units.len()), (vec![], 4, 0), "a place is no secret, who comes is");
        let units = hall.drawn(&hall.affairs, None).await.units;
        assert_eq!(
            units.iter().map(|unit| (unit.id.0, unit.spot.is_some())).collect::<Vec<_>>(),
            [(2, true), (4, true), (5, false), (6, false)]
        );
        let administrator = crate::world::person(domain::ids::UserId(1), domain::roles::Role::Administrator, None);
        assert!(matches!(classes::map(&hall.services, &administrator, &Ask::default(), None).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn shares_stand_in_until_people_are_named_and_a_cancelled_class_is_asked_for() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        hall.set(COMMUNE, &card(HILL)).await.unwrap();
        let class = hall.open(&Terms { place: "Đơn vị 4".to_owned(), ..terms(9) }).await;
        assert_eq!(hall.looked(&hall.affairs, &class).await.catchment.sent, None);
        let share = classes::Share { unit: "H99.02".to_owned(), staff: None, group: None, people: 5 };
        let revision = hall.class(&class).await.line.revision;
        classes::put_shares(&hall.services, &hall.affairs, &class, revision, &[share]).await.unwrap();
        let held = hall.looked(&hall.stranger, &class).await;
        assert_eq!((held.catchment.sent, held.catchment.from[0].people, held.catchment.from[0].metres), (Some(Sent::Shared), 5, None));
        assert_eq!(hall.name(&class, 1001).await, "seated");
        assert_eq!(hall.looked(&hall.affairs, &class).await.catchment.sent, Some(Sent::Named));
        let cancel = classes::Deed { act: domain::classes::ClassAct::Cancel, decision: "", reason: "không đủ người", days: None };
        hall.act(&class, &cancel, today()).await.unwrap();
        assert!(hall.drawn(&hall.affairs, None).await.classes.is_empty());
        let ask = Ask { statuses: vec![ClassStatus::Cancelled], ..Ask::default() };
        assert_eq!(classes::map(&hall.services, &at(&hall.affairs, today()), &ask, None).await.unwrap().classes.len(), 1);
    }
}
