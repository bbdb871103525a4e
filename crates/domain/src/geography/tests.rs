//! Texts read into places, distances known elsewhere, and laws of maps.

use proptest::prelude::*;

use super::catchment::{Sender, Ways, best};
use super::frame::Frame;
use super::standing::{Standing, Whence};
use super::*;
use crate::ids::UnitId;
use crate::orgs::{Level, Link, OrgMap, Succession, Unit, UnitKind};
use crate::time::{Date, Interval, date};

const HALL: Spot = Spot { latitude: 15_573_600, longitude: 108_474_000 };

#[test]
fn a_place_is_read_as_people_paste_it() {
    let texts = [
        "15.5736, 108.4740",
        "15.5736,108.4740",
        " 15.5736 108.4740 ",
        "(15.5736; 108.4740)",
        "geo:15.5736,108.474",
        "15,5736 108,4740",
        "15,5736, 108,4740",
        "15,5736,108,4740",
        "15.5736°N 108.4740°E",
        "15,5736° B; 108,474° Đ",
        "108.4740°E, 15.5736°N",
        "vĩ độ 15.5736, kinh độ 108.4740",
        "kinh độ 108,474; vĩ độ 15,5736",
        "lat: 15.5736, lng: 108.474",
        "15°34'24.96\"N 108°28'26.4\"E",
        "15°34′24,96″B, 108°28′26,4″Đ",
        "15° 34' 24,96\" vĩ Bắc, 108° 28' 26,4\" kinh Đông",
        "15 độ 34 phút 24,96 giây Bắc, 108 độ 28 phút 26,4 giây Đông",
        "B 15°34'24.96'' Đ 108°28'26.4''",
        "15 34 24.96 B 108 28 26.4 Đ",
        "15 34.416 108 28.44",
        "15°34.416' B 108°28.44' Đ",
        "15.5736 – 108.4740",
    ];
    for text in texts {
        assert_eq!(Spot::read(text), Ok(HALL), "{text}");
    }
    assert_eq!(Spot::read("15, 108"), Ok(Spot { latitude: 15_000_000, longitude: 108_000_000 }));
}

#[test]
fn a_place_that_is_none_says_which_part_is_wrong() {
    let cases = [
        ("", SpotFault::NotTwo),
        ("15.5736", SpotFault::NotTwo),
        ("15.5 108.4 2", SpotFault::NotTwo),
        ("Tam Kỳ", SpotFault::Unreadable),
        ("15.5736, abc", SpotFault::Unreadable),
        ("1234.5, 108.4", SpotFault::Unreadable),
        ("15°75'00\" 108°28'26\"", SpotFault::OddAngle),
        ("15°15'60\" 108°28'26\"", SpotFault::OddAngle),
        ("108.4740, 15.5736", SpotFault::Swapped),
        ("48.8584, 108.4740", SpotFault::OutsideNorth),
        ("-15.5736, 108.4740", SpotFault::OutsideNorth),
        ("15.5736° Nam, 108.4740° Đông", SpotFault::OutsideNorth),
        ("15.5736, 2.2945", SpotFault::OutsideEast),
        ("15.5736, 108.4740 T", SpotFault::OutsideEast),
        ("5.999999, 108", SpotFault::OutsideNorth),
        ("23.500001, 105", SpotFault::OutsideNorth),
        ("10, 101.999999", SpotFault::OutsideEast),
        ("10, 118.000001", SpotFault::OutsideEast),
    ];
    for (text, fault) in cases {
        assert_eq!(Spot::read(text), Err(fault), "{text}");
    }
    // The corners of the country and its islands are inside.
    for text in ["23.3925, 105.3233", "8.5667, 104.8333", "22.4, 102.1439", "8.64, 111.92", "16.83, 112.34", "6, 118", "23.5, 102"] {
        assert!(Spot::read(text).is_ok(), "{text}");
    }
}

#[test]
fn distances_are_those_known_elsewhere() {
    let of = |latitude: i32, longitude: i32| Spot { latitude, longitude };
    // A degree of a great circle of a ball of 6,371.0088 km.
    assert_eq!(of(0, 0).metres_to(of(0, 1_000_000)), 111_195);
    assert_eq!(of(15_000_000, 108_000_000).metres_to(of(16_000_000, 108_000_000)), 111_195);
    // At sixty degrees a degree of longitude is half as long.
    assert!((of(60_000_000, 0).metres_to(of(60_000_000, 1_000_000)) - 55_598).abs() <= 2);
    // Paris and London, as geodesists' examples have them for a ball: 343.6 km.
    let (paris, london) = (of(48_856_600, 2_352_200), of(51_507_400, -127_800));
    assert!((paris.metres_to(london) - 343_556).abs() < 100, "{}", paris.metres_to(london));
    assert_eq!(HALL.metres_to(HALL), 0);
}

#[test]
fn a_place_is_told_in_decimals_and_in_angles() {
    assert_eq!(HALL.decimal(), ("15.573600".to_owned(), "108.474000".to_owned()));
    assert_eq!(HALL.angles(), ((15, 34, 250), (108, 28, 264)));
    // Rounded once: never sixty seconds.
    let near = Spot { latitude: 15_999_999, longitude: 107_016_666 };
    assert_eq!(near.angles(), ((16, 0, 0), (107, 1, 0)));
    assert_eq!(middle(&[]), None);
    let far = Spot { latitude: 15_573_604, longitude: 108_474_010 };
    assert_eq!(middle(&[HALL, far]), Some(Spot { latitude: 15_573_602, longitude: 108_474_005 }));
}

fn day(year: i32, month: u8, of: u8) -> Date {
    date(year, month, of).unwrap()
}

fn from(start: Date, end: Option<Date>) -> Interval {
    Interval::new(start, end).unwrap()
}

/// A province of two communes that merge into a third on 01/07/2025, which has an office; a department that takes another in.
fn map() -> OrgMap {
    let (began, merged) = (day(2010, 1, 1), day(2025, 7, 1));
    let mut map = OrgMap::default();
    let units = [
        (1, UnitKind::Province, began, None),
        (2, UnitKind::Commune, began, Some(merged)),
        (3, UnitKind::Commune, began, Some(merged)),
        (4, UnitKind::Commune, merged, None),
        (5, UnitKind::Division, merged, None),
        (6, UnitKind::Department, began, None),
        (7, UnitKind::Department, began, Some(merged)),
        (8, UnitKind::District, began, Some(merged)),
        (9, UnitKind::PartyBody, merged, None),
        (10, UnitKind::PartyBody, began, None),
    ];
    for (id, kind, start, end) in units {
        let unit = Unit {
            id: UnitId(id),
            code: format!("U{id}"),
            name: format!("Đơn vị {id}"),
            kind,
            level: Level::Commune,
            life: from(start, end),
        };
        map.units.insert(unit.id, unit);
        let parent = match id {
            5 | 9 => 4,
            _ => 1,
        };
        if id > 1 {
            map.links.push(Link { unit: UnitId(id), parent: UnitId(parent), during: from(start, end) });
        }
    }
    for (source, heir) in [(2, 4), (3, 4), (8, 4), (7, 6)] {
        map.successions.push(Succession { from: UnitId(source), to: UnitId(heir), on: merged, main: true });
    }
    map
}

#[test]
fn a_new_unit_stands_between_those_it_came_from_until_somebody_says_where() {
    let spot = |latitude: i32| Spot { latitude, longitude: 108_000_000 };
    let (began, today) = (day(2010, 1, 1), day(2026, 11, 22));
    let mut told = vec![
        (UnitId(2), from(began, None), spot(15_000_000)),
        (UnitId(3), from(began, None), spot(16_000_000)),
        (UnitId(8), from(began, None), spot(20_000_000)),
        (UnitId(6), from(began, Some(day(2026, 1, 1))), spot(17_000_000)),
        (UnitId(6), from(day(2026, 1, 1), None), spot(17_500_000)),
        (UnitId(7), from(began, None), spot(10_000_000)),
    ];
    let standing = Standing::new(&map(), told.clone());
    let at = |unit: i64| standing.of(UnitId(unit), today);
    assert_eq!(at(4), Some((spot(15_500_000), Whence::Sources)), "communes, not the district that handed over");
    assert_eq!(at(5), Some((spot(15_500_000), Whence::Above(UnitId(4)))));
    assert_eq!(at(9).map(|found| found.1), Some(Whence::Above(UnitId(4))), "an office of the Party in a commune");
    assert_eq!(at(10), None, "a body of the Party of the province has a house of its own");
    assert_eq!(at(6), Some((spot(17_500_000), Whence::Told)), "who goes on keeps its place");
    assert_eq!(standing.of(UnitId(6), day(2025, 12, 31)), Some((spot(17_000_000), Whence::Told)), "true on its day");
    assert_eq!(at(2), Some((spot(15_000_000), Whence::Told)), "where it stood on its last day");
    assert_eq!(standing.house(UnitId(5), today), UnitId(4));
    assert_eq!(standing.house(UnitId(10), today), UnitId(10));
    let houses: Vec<i64> = standing.houses(today).iter().map(|(unit, _)| unit.id.0).collect();
    assert_eq!(houses, [4, 6, 10]);
    told.push((UnitId(4), from(day(2026, 1, 1), None), spot(15_100_000)));
    let standing = Standing::new(&map(), told);
    assert_eq!(standing.of(UnitId(4), today), Some((spot(15_100_000), Whence::Told)));
    assert_eq!(standing.of(UnitId(4), day(2025, 8, 1)), Some((spot(15_500_000), Whence::Sources)));
}

#[test]
fn a_circle_of_reorganisations_ends() {
    let mut map = map();
    let merged = day(2025, 7, 1);
    map.successions.clear();
    map.successions.push(Succession { from: UnitId(4), to: UnitId(4), on: merged, main: true });
    assert_eq!(Standing::new(&map, []).of(UnitId(4), merged), None);
}

#[test]
fn the_best_place_is_where_most_are() {
    let of = |unit: i64, longitude: i32, people: i64| Sender {
        unit: UnitId(unit),
        spot: Some(Spot { latitude: 15_000_000, longitude }),
        people,
    };
    let senders = [of(1, 107_000_000, 1), of(2, 107_500_000, 2), of(3, 108_000_000, 30), Sender { spot: None, ..of(4, 0, 99) }];
    assert_eq!(best(&senders).map(|found| found.0), Some(UnitId(3)));
    let ways = Ways::to(Spot { latitude: 15_000_000, longitude: 108_000_000 }, &senders);
    assert_eq!((ways.people, ways.farthest.map(|far| far.1)), (33, Some(UnitId(1))));
    assert_eq!(best(&[]), None);
    assert_eq!(Ways::default().mean(), None);
}

#[test]
fn the_scale_is_round_and_as_long_as_it_says() {
    let corner = Spot { latitude: 16_573_600, longitude: 107_474_000 };
    let frame = Frame::around(&[HALL, corner], 360.0, 400.0, 20.0).unwrap();
    let (km, units) = frame.scale_bar(90.0);
    assert!(units <= 90.0 && SCALES_OF_A_PROVINCE.contains(&km), "{km} km as {units}");
    let (x, y) = frame.put(HALL);
    let north = Spot { latitude: HALL.latitude + 8_993 * i32::from(km), ..HALL };
    let (_, higher) = frame.put(north);
    assert!((y - higher - units).abs() < 0.05, "{} against {units}", y - higher);
    assert!(x > frame.put(corner).0 && y > frame.put(corner).1, "east is right, north is up");
    let (rows, columns) = frame.grid(500_000);
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [16_000_000, 16_500_000]);
    assert!(columns.iter().all(|(_, x)| (0.0..=360.0).contains(x)) && !columns.is_empty());
}

const SCALES_OF_A_PROVINCE: [u16; 4] = [10, 20, 50, 100];

fn spots(most: usize) -> impl Strategy<Value = Vec<Spot>> {
    let one = (NORTH.0..=NORTH.1, EAST.0..=EAST.1).prop_map(|(latitude, longitude)| Spot { latitude, longitude });
    prop::collection::vec(one, 1..most)
}

proptest! {
    #[test]
    fn every_place_lies_on_the_field(spots in spots(40), width in 100.0..2_000.0_f64, height in 100.0..2_000.0_f64) {
        let frame = Frame::around(&spots, width, height, 12.0).unwrap();
        prop_assert!(frame.height <= height + 1e-6);
        for spot in spots {
            let (x, y) = frame.put(spot);
            prop_assert!((11.99..=width - 11.99).contains(&x) && (11.99..=frame.height - 11.99).contains(&y), "{x} {y} in {frame:?}");
        }
    }

    #[test]
    fn no_other_unit_is_better_than_the_best(spots in spots(20), people in prop::collection::vec(1..50_i64, 20)) {
        let senders: Vec<Sender> =
            (1..).zip(&spots).zip(people).map(|((unit, spot), people)| Sender { unit: UnitId(unit), spot: Some(*spot), people }).collect();
        let (unit, ways) = best(&senders).unwrap();
        prop_assert!(senders.iter().any(|sender| sender.unit == unit));
        for spot in spots {
            prop_assert!(ways.all <= Ways::to(spot, &senders).all);
        }
    }

    #[test]
    fn what_is_told_is_read_back(latitude in NORTH.0..=NORTH.1, longitude in EAST.0..=EAST.1) {
        let spot = Spot { latitude, longitude };
        let (north, east) = spot.decimal();
        prop_assert_eq!(Spot::read(&format!("{north}, {east}")), Ok(spot));
        prop_assert_eq!(Spot::read(&format!("{} {}", north.replace('.', ","), east.replace('.', ","))), Ok(spot));
        let (n, e) = spot.angles();
        let told = |(degrees, minutes, tenths): Angle, side| format!("{degrees}°{minutes}'{}.{}\"{side}", tenths / 10, tenths % 10);
        let read = Spot::read(&format!("{} {}", told(n, "B"), told(e, "Đ"))).unwrap_or(spot);
        prop_assert!(read.metres_to(spot) <= 3, "{read:?}");
    }

    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,40}") {
        if let Ok(spot) = Spot::read(&text) {
            prop_assert_eq!(spot.in_vietnam(), Ok(spot));
        }
    }
}
