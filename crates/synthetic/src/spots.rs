//! Where the units of the generated province stand: about its real towns, and scattered around them by rule.
//! Not for: a gazetteer; a commune stands in its district, but not where it really is.

use std::collections::BTreeMap;

use domain::geography::Spot;

use crate::places::{DISTRICTS, HOSPITALS};
use crate::province::Province;
use crate::rows::UnitSpot;

/// Latitude and longitude of the seat of each district in thousandths of a degree, in the order of `places::DISTRICTS`, and how far around it its communes
/// lie.
const SEATS: [(i32, i32, i32); 18] = [
    (15_573, 108_474, 45),
    (15_880, 108_325, 45),
    (15_892, 108_235, 55),
    (15_815, 108_225, 70),
    (15_860, 108_075, 95),
    (15_695, 108_200, 75),
    (15_670, 108_020, 85),
    (15_720, 108_360, 95),
    (15_560, 108_100, 105),
    (15_435, 108_640, 95),
    (15_525, 108_400, 60),
    (15_480, 108_280, 100),
    (15_310, 108_215, 125),
    (15_130, 108_090, 125),
    (15_400, 107_790, 140),
    (15_660, 107_720, 170),
    (15_920, 107_720, 130),
    (15_880, 107_480, 115),
];
/// Directions a golden angle apart, in thousandths: however many are taken, they lie evenly around.
const TURNS: [(i32, i32); 24] = [
    (1000, 0),
    (-737, 675),
    (87, -996),
    (608, 794),
    (-985, -174),
    (844, -537),
    (-260, 966),
    (-461, -887),
    (939, 343),
    (-924, 382),
    (424, -906),
    (299, 954),
    (-865, -501),
    (977, -215),
    (-575, 818),
    (-129, -992),
    (765, 644),
    (-999, 41),
    (709, -705),
    (-46, 999),
    (-641, -768),
    (991, 133),
    (-821, 571),
    (219, -976),
];
/// How far out each of them is, in thousandths of the whole.
const OUT: [i32; 24] =
    [144, 250, 323, 382, 433, 479, 520, 559, 595, 629, 661, 692, 722, 750, 777, 804, 829, 854, 878, 901, 924, 946, 968, 990];
/// Places around the seat that bodies of the province and schools keep to.
const TOWN: i32 = 22;
const SCHOOLS: i32 = 60;
/// Communes that nobody placed: they stand between those they came from.
const UNPLACED: usize = 13;
/// The island, off the coast.
const ISLAND: (&str, Spot) = ("Xã Tân Hiệp", Spot { latitude: 15_955_000, longitude: 108_515_000 });
/// A body that is not in the capital: its name and the place of its district.
const AWAY: (&str, usize) = ("Ban Quản lý Vườn quốc gia Sông Thanh", 15);

/// Where everything stands. Centres of departments are left out: nobody has placed them yet.
pub(crate) fn of(province: &Province) -> Vec<UnitSpot> {
    let mut spots: BTreeMap<i64, Spot> = BTreeMap::new();
    let bodies = province.bodies.iter().filter(|id| !province.districts.contains(id));
    for (place, body) in bodies.enumerate() {
        let is_away = province.unit(*body).is_some_and(|unit| unit.name == AWAY.0);
        spots.insert(*body, if is_away { around(AWAY.1, 0, TOWN) } else { around(0, place, TOWN) });
    }
    for (place, district) in province.districts.iter().enumerate() {
        spots.insert(*district, around(place, 0, 0));
    }
    for (place, hospital) in province.hospitals.iter().enumerate() {
        let of_district = place.checked_sub(HOSPITALS.len());
        spots.insert(*hospital, around(of_district.unwrap_or(0), place, of_district.map_or(TOWN, |_| SCHOOLS / 3)));
    }
    for (place, school) in province.high_schools.iter().enumerate() {
        spots.insert(*school, around(place % DISTRICTS.len(), place / DISTRICTS.len() + 3, SCHOOLS));
    }
    for (place, school) in province.local_schools.iter().enumerate() {
        let each = (province.local_schools.len() / DISTRICTS.len()).max(1);
        spots.insert(*school, around(place / each, place % each + 7, SCHOOLS));
    }
    communes(province, &mut spots);
    let row = |(unit, spot): (i64, Spot)| province.unit(unit).map(|of| UnitSpot { unit, spot, starts_on: of.starts_on });
    spots.into_iter().filter_map(row).collect()
}

/// Old communes lie around the seat of their district; a new one has its offices in the first that it was made of.
fn communes(province: &Province, spots: &mut BTreeMap<i64, Spot>) {
    let mut olds = province.old_communes.iter();
    let mut news = province.new_communes.iter();
    let mut number = 0;
    for (place, district) in DISTRICTS.iter().enumerate() {
        let spread = SEATS.get(place).map_or(0, |seat| seat.2);
        let mut at = 0;
        for (name, sources) in district.communes {
            let mut first = None;
            for old in olds.by_ref().take(sources.len()) {
                let spot = if *name == ISLAND.0 { ISLAND.1 } else { around(place, at, spread) };
                first.get_or_insert(spot);
                spots.insert(*old, spot);
                at += 1;
            }
            number += 1;
            if let (Some(new), Some(spot)) = (news.next(), first.filter(|_| number % UNPLACED != 0)) {
                spots.insert(new.id, spot);
            }
        }
    }
}

/// The place of a number around the seat of a district.
fn around(district: usize, number: usize, spread: i32) -> Spot {
    let (north, east, _) = SEATS.get(district).copied().unwrap_or((15_573, 108_474, 0));
    let (x, y) = TURNS.get(number % TURNS.len()).copied().unwrap_or((0, 0));
    let out = OUT.get(number % OUT.len()).copied().unwrap_or(0);
    // Thousandths of thousandths of thousandths of a degree: exact, and the same on every machine.
    let off = |turn: i32| turn * out / 1_000 * spread;
    let (latitude, longitude) = (north * 1_000 + off(y), east * 1_000 + off(x));
    Spot { latitude, longitude: ashore(latitude, longitude) }
}

/// What would lie in the sea lies as far inland.
fn ashore(latitude: i32, longitude: i32) -> i32 {
    let coast = 108_330_000 + (15_950_000 - latitude) * 3 / 4;
    if longitude > coast { 2 * coast - longitude } else { longitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commune_and_body_stands_in_the_province_once() {
        let province = Province::build();
        let spots: BTreeMap<i64, Spot> = of(&province).into_iter().map(|row| (row.unit, row.spot)).collect();
        let old = province.old_communes.iter().all(|id| spots.contains_key(id));
        assert!(old && province.bodies.iter().all(|id| spots.contains_key(id)));
        let unplaced = province.new_communes.iter().filter(|commune| !spots.contains_key(&commune.id)).count();
        assert_eq!(unplaced, province.new_communes.len() / UNPLACED);
        for spot in spots.values() {
            assert!(spot.in_vietnam().is_ok());
            assert!(
                (14_950_000..=16_080_000).contains(&spot.latitude) && (107_200_000..=108_760_000).contains(&spot.longitude),
                "{spot:?}"
            );
        }
        let different: std::collections::BTreeSet<Spot> = province.old_communes.iter().filter_map(|id| spots.get(id)).copied().collect();
        assert_eq!(different.len(), province.old_communes.len(), "no two communes in one place");
    }

    #[test]
    fn mountains_are_in_the_west() {
        let province = Province::build();
        let spots: BTreeMap<i64, Spot> = of(&province).into_iter().map(|row| (row.unit, row.spot)).collect();
        let of_district = |name: &str| {
            let district = province.named(name);
            let communes = province.new_communes.iter().filter(move |commune| commune.district == district);
            communes.filter_map(|commune| spots.get(&commune.id)).map(|spot| spot.longitude).collect::<Vec<_>>()
        };
        let west = of_district("Huyện Tây Giang").into_iter().max().unwrap();
        assert!(west < of_district("Thành phố Tam Kỳ").into_iter().min().unwrap());
        assert!(west < of_district("Huyện Phước Sơn").into_iter().max().unwrap());
    }
}
