//! In what areas the communes of the generated province lie.
//! Not for: a gazetteer; which commune is marked how is invented, with a decision that says so.

use domain::orgs::Area;

use crate::days::DISTRICTS_END;
use crate::province::Province;
use crate::rows::UnitArea;

/// Former districts of the highland, and whether their communes lie on the border.
const HIGHLAND: &[(&str, bool)] = &[
    ("Huyện Tây Giang", true),
    ("Huyện Nam Giang", true),
    ("Huyện Đông Giang", false),
    ("Huyện Phước Sơn", false),
    ("Huyện Nam Trà My", false),
    ("Huyện Bắc Trà My", false),
];
const ISLAND: &str = "Xã Tân Hiệp";
const DECISION: &str = "Quyết định mô phỏng 01/QĐ-MP";

/// The marks, by commune.
pub(crate) fn of(province: &Province) -> Vec<UnitArea> {
    let mut marks = Vec::new();
    let mut mark = |unit: i64, area: Area| marks.push(UnitArea { unit, area, starts_on: DISTRICTS_END, decision: DECISION.to_owned() });
    let name = |unit: i64| province.unit(unit).map(|unit| unit.name.as_str()).unwrap_or_default();
    for commune in &province.new_communes {
        if let Some((_, on_border)) = HIGHLAND.iter().find(|(district, _)| *district == name(commune.district)) {
            mark(commune.id, Area::RegionThree);
            if *on_border {
                mark(commune.id, Area::Border);
            }
        }
        if name(commune.id) == ISLAND {
            mark(commune.id, Area::Island);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_highland_district_and_the_island_are_marked() {
        let province = Province::build();
        let marks = of(&province);
        let marked = |area: Area| marks.iter().filter(|mark| mark.area == area).map(|mark| mark.unit).collect::<Vec<_>>();
        for (district, _) in HIGHLAND {
            let communes = province.new_communes.iter().filter(|commune| commune.district == province.named(district));
            assert!(communes.clone().count() > 0, "{district}");
            assert!(communes.clone().all(|commune| marked(Area::RegionThree).contains(&commune.id)), "{district}");
        }
        assert_eq!(marked(Area::Island).len(), 1);
        assert!(marked(Area::Border).len() < marked(Area::RegionThree).len());
        assert!(marks.len() < province.new_communes.len());
    }
}
