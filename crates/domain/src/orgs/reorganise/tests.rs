//! Worked cases of every rule, on both sides of each date, and what holds for any run of acts.

use proptest::prelude::*;

use super::*;
use crate::time::parse;

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

const ROOT: UnitId = UnitId(1);
const HOME: UnitId = UnitId(2);
const LABOUR: UnitId = UnitId(3);
const OFFICE: UnitId = UnitId(4);
const STAFFING: UnitId = UnitId(5);
const DISTRICT: UnitId = UnitId(6);
const NORTH: UnitId = UnitId(7);
const SOUTH: UnitId = UnitId(8);
const GONE: UnitId = UnitId(9);

/// A province with two departments, one with two divisions, a district with two communes, and a centre that ended in 2020.
fn world() -> OrgMap {
    let units = [
        (ROOT, None, UnitKind::Province, "H99", None),
        (HOME, Some(ROOT), UnitKind::Department, "H99.01", None),
        (LABOUR, Some(ROOT), UnitKind::Department, "H99.02", None),
        (OFFICE, Some(LABOUR), UnitKind::Division, "H99.02.01", None),
        (STAFFING, Some(LABOUR), UnitKind::Division, "H99.02.02", None),
        (DISTRICT, Some(ROOT), UnitKind::District, "H99.03", None),
        (NORTH, Some(DISTRICT), UnitKind::Commune, "H99.03.01", None),
        (SOUTH, Some(DISTRICT), UnitKind::Commune, "H99.03.02", None),
        (GONE, Some(ROOT), UnitKind::PublicUnit, "H99.04", Some("2020-01-01")),
    ];
    let mut map = OrgMap::default();
    for (id, parent, kind, code, end) in units {
        let life = Interval::new(day("1997-01-01"), end.map(day)).unwrap();
        let level = if kind == UnitKind::District { Level::District } else { Level::Province };
        map.units.insert(id, Unit { id, code: code.to_owned(), name: format!("Đơn vị {id}"), kind, level, life });
        map.links.extend(parent.map(|parent| Link { unit: id, parent, during: life }));
    }
    map
}

fn try_on(map: &OrgMap, step: &Step, on: &str) -> Result<Plan, Vec<Fault>> {
    let codes = map.units.values().map(|unit| (unit.code.clone(), unit.id)).collect();
    plan(&Ground { map, codes: &codes, named: &BTreeMap::new() }, step, day(on))
}

fn faults(step: &Step, on: &str) -> Vec<FaultKind> {
    try_on(&world(), step, on).err().unwrap_or_default().into_iter().map(|fault| fault.kind).collect()
}

fn new(code: &str, kind: UnitKind, parent: UnitId) -> NewUnit {
    NewUnit {
        code: code.to_owned(), name: "Đơn vị mới".to_owned(), kind, level: Level::Province, bloc: Bloc::State, actor: None, parent
    }
}

fn rename(unit: UnitId, name: &str, code: Option<&str>) -> Step {
    Step::Rename { unit, name: name.to_owned(), code: code.map(str::to_owned) }
}

fn shift(unit: UnitId, parent: UnitId) -> Step {
    Step::Move { unit, parent, code: None }
}

fn merge(units: &[UnitId], into: UnitId) -> Step {
    Step::Merge { units: units.to_vec(), into: Heir::Living(into), children: Fate::Follows }
}

fn abolish(unit: UnitId, into: Option<UnitId>) -> Step {
    Step::Abolish { unit, into, children: Fate::Follows, people: Vec::new() }
}

fn split(into: Vec<Heir>, stays: bool) -> Step {
    Step::Split { unit: LABOUR, into, stays, children: Vec::new(), people: Vec::new() }
}

#[test]
fn worked_cases_of_each_rule() {
    use FaultKind as F;
    let district = |kind| Step::Create(NewUnit { level: Level::Commune, ..new("H99.05", kind, ROOT) });
    let cases: Vec<(Step, &str, &[F])> = vec![
        (district(UnitKind::District), "2025-06-30", &[]),
        (district(UnitKind::District), "2025-07-01", &[F::NoDistrict]),
        (district(UnitKind::Commune), "2025-07-01", &[]),
        (Step::Create(new("SNV", UnitKind::Department, ROOT)), "2020-09-14", &[]),
        (Step::Create(new("SNV", UnitKind::Department, ROOT)), "2020-09-15", &[F::BadCode]),
        (Step::Create(new("H99.02", UnitKind::Department, ROOT)), "2025-03-01", &[F::CodeTaken]),
        (Step::Create(new("H99.05", UnitKind::Division, GONE)), "2019-12-31", &[F::OutsideParent]),
        (Step::Create(new("H99.05", UnitKind::Division, UnitId(77))), "2025-03-01", &[F::OutsideParent]),
        (Step::Create(NewUnit { name: " ".to_owned(), ..new("H99.05", UnitKind::Division, ROOT) }), "2025-03-01", &[F::NoName]),
        (rename(HOME, "Sở Nội vụ", None), "2025-03-01", &[]),
        (rename(HOME, "Sở Nội vụ", None), "1997-01-01", &[F::OlderAct]),
        (rename(HOME, "Sở Nội vụ", None), "1997-01-02", &[]),
        (rename(HOME, "Đơn vị 2", None), "2025-03-01", &[F::SameName]),
        (rename(HOME, "Đơn vị 2", Some("H99.1A")), "2025-03-01", &[]),
        (rename(HOME, "", Some("H99.02")), "2025-03-01", &[F::NoName, F::CodeTaken]),
        (rename(GONE, "Trung tâm", None), "2019-12-31", &[F::OlderAct]),
        (rename(GONE, "Trung tâm", None), "2020-01-01", &[F::OutsideLife]),
        (shift(OFFICE, HOME), "2025-03-01", &[]),
        (shift(OFFICE, LABOUR), "2025-03-01", &[F::SameParent]),
        (shift(LABOUR, OFFICE), "2025-03-01", &[F::CircularParent]),
        (shift(LABOUR, GONE), "2025-03-01", &[F::OutsideParent]),
        (shift(ROOT, HOME), "2025-03-01", &[F::Root, F::CircularParent]),
        (merge(&[LABOUR], HOME), "2025-03-01", &[]),
        (merge(&[], HOME), "2025-03-01", &[F::NoUnits]),
        (merge(&[LABOUR, OFFICE], HOME), "2025-03-01", &[F::Nested]),
        (merge(&[LABOUR], OFFICE), "2025-03-01", &[F::IntoItself]),
        (merge(&[LABOUR], GONE), "2019-12-31", &[F::SuccessorGone]),
        (merge(&[ROOT], HOME), "2025-03-01", &[F::IntoItself, F::Root]),
        (abolish(DISTRICT, None), "2025-07-01", &[]),
        (abolish(DISTRICT, Some(NORTH)), "2025-07-01", &[F::IntoItself]),
        (abolish(ROOT, None), "2025-07-01", &[F::Root]),
        (split(vec![Heir::Living(HOME)], false), "2025-03-01", &[F::TooFewHeirs]),
        (split(vec![Heir::Living(HOME)], true), "2025-03-01", &[]),
        (split(vec![Heir::Living(HOME), Heir::Living(HOME)], false), "2025-03-01", &[F::Nested]),
        (split(vec![Heir::Living(HOME), Heir::New(new("H99.05", UnitKind::Department, LABOUR))], false), "2025-03-01", &[F::IntoItself]),
    ];
    for (step, on, expected) in cases {
        assert_eq!(faults(&step, on), expected, "{step:?} on {on}");
    }
}

#[test]
fn no_act_before_the_newest_one_of_the_same_unit() {
    let map = try_on(&world(), &shift(OFFICE, HOME), "2025-03-01").unwrap().after(&world());
    for (on, expected) in [("2025-02-28", Some(FaultKind::OlderAct)), ("2025-03-01", Some(FaultKind::OlderAct)), ("2025-03-02", None)] {
        let kind = try_on(&map, &shift(OFFICE, LABOUR), on).err().and_then(|faults| faults.first().map(|fault| fault.kind));
        assert_eq!(kind, expected, "{on}");
    }
    let codes = BTreeMap::new();
    let named = BTreeMap::from([(HOME, day("2025-03-01"))]);
    let ground = Ground { map: &map, codes: &codes, named: &named };
    assert!(plan(&ground, &rename(HOME, "Sở Mới", None), day("2025-03-01")).is_err());
    assert!(plan(&ground, &rename(HOME, "Sở Mới", None), day("2025-03-02")).is_ok());
}

fn seat(unit: UnitId, post: &str, official: &str, from: &str, to: Option<&str>) -> Seat {
    Seat { unit, post: post.to_owned(), official: official.to_owned(), during: Interval::new(day(from), to.map(day)).unwrap() }
}

#[test]
fn people_of_a_division_go_by_name_then_by_post_then_with_the_rest() {
    let parts = vec![Heir::Living(HOME), Heir::New(new("H99.05", UnitKind::Department, ROOT))];
    let rule = |whose, to| Rule { whose, to };
    let step = Step::Split {
        unit: LABOUR,
        into: parts,
        stays: false,
        children: vec![ChildRule { unit: OFFICE, fate: Fate::EndsToo, to: UnitId(-1) }],
        people: vec![rule(Whose::Post("Chuyên viên".to_owned()), UnitId(-1)), rule(Whose::Official("B".to_owned()), HOME)],
    };
    let map = world();
    let plan = try_on(&map, &step, "2025-03-01").unwrap();
    let seats = [
        seat(LABOUR, "Giám đốc", "A", "2020-01-01", None),
        seat(LABOUR, "Chuyên viên", "B", "2020-01-01", None),
        seat(LABOUR, "Chuyên viên", "C", "2025-03-01", None),
        seat(OFFICE, "Chuyên viên", "D", "2020-01-01", Some("2026-01-01")),
        seat(STAFFING, "Chuyên viên", "E", "2020-01-01", None),
        seat(LABOUR, "Chuyên viên", "F", "2020-01-01", Some("2025-03-01")),
    ];
    let (going, stuck) = moves(&plan, &plan.after(&map), &seats);
    let told: Vec<_> = going.iter().map(|(place, going)| (*place, going.to, going.anew)).collect();
    assert_eq!(told, [(0, HOME, false), (1, HOME, false), (2, UnitId(-1), true), (3, UnitId(-1), false)]);
    assert_eq!(stuck, []);
    assert!(plan.links.contains(&(STAFFING, HOME)) && plan.ends == [LABOUR, OFFICE]);
}

#[test]
fn without_a_successor_everybody_needs_a_place() {
    let map = world();
    let seats = [seat(DISTRICT, "Lái xe", "A", "2020-01-01", None), seat(DISTRICT, "Kế toán", "B", "2020-01-01", None)];
    let mut step = abolish(DISTRICT, None);
    let first = try_on(&map, &step, "2025-07-01").unwrap();
    assert_eq!(moves(&first, &first.after(&map), &seats).1.len(), 2);
    if let Step::Abolish { people, .. } = &mut step {
        people.push(Rule { whose: Whose::Post("Lái xe".to_owned()), to: NORTH });
    }
    let second = try_on(&map, &step, "2025-07-01").unwrap();
    let (going, stuck) = moves(&second, &second.after(&map), &seats);
    assert_eq!((going.len(), stuck), (1, vec![Stuck { seat: 1, hold: Hold::Nowhere }]));
    // Communes go to the province when their district ends.
    assert!(second.links.contains(&(NORTH, ROOT)) && second.links.contains(&(SOUTH, ROOT)));
}

#[test]
fn figures_of_a_unit_that_ended_stand_where_its_main_successor_stands() {
    let map = world();
    let into = Heir::New(new("H99.05", UnitKind::Department, ROOT));
    let step = Step::Merge { units: vec![HOME, LABOUR], into, children: Fate::EndsToo };
    let after = try_on(&map, &step, "2025-03-01").unwrap().after(&map);
    for unit in [HOME, LABOUR, OFFICE, STAFFING] {
        assert_eq!((after.restated(unit, day("2025-02-28")), after.restated(unit, day("2025-03-01"))), (unit, UnitId(-1)));
    }
    assert_eq!(after.restated(UnitId(-1), day("2025-02-28")), HOME);
}

/// Any act on any units.
fn any_step() -> impl Strategy<Value = Step> {
    let unit = || (1_i64..12).prop_map(UnitId);
    let fate = || prop_oneof![Just(Fate::Follows), Just(Fate::EndsToo)];
    let heir = (unit(), any::<bool>())
        .prop_map(|(unit, is_new)| if is_new { Heir::New(new("H99.90", UnitKind::Division, unit)) } else { Heir::Living(unit) });
    prop_oneof![
        unit().prop_map(|parent| Step::Create(new("H99.90", UnitKind::Division, parent))),
        (unit(), unit()).prop_map(|(unit, parent)| shift(unit, parent)),
        (prop::collection::vec(unit(), 1..3), heir, fate()).prop_map(|(units, into, children)| Step::Merge { units, into, children }),
        (unit(), unit(), unit(), any::<bool>()).prop_map(|(unit, a, b, stays)| Step::Split {
            unit,
            into: vec![Heir::Living(a), Heir::Living(b)],
            stays,
            children: Vec::new(),
            people: Vec::new()
        }),
        (unit(), prop::option::of(unit()), fate()).prop_map(|(unit, into, children)| Step::Abolish {
            unit,
            into,
            children,
            people: Vec::new()
        }),
    ]
}

/// New units of a plan get numbers above zero and codes of their own, as rows do.
fn settled(mut map: OrgMap) -> OrgMap {
    let Some(unit) = map.units.remove(&UnitId(-1)) else { return map };
    let id = UnitId(i64::try_from(map.units.len()).unwrap() + 1);
    map.units.insert(id, Unit { id, code: format!("H99.9{id}"), ..unit });
    let real = |unit: &mut UnitId| *unit = if unit.0 < 0 { id } else { *unit };
    map.links.iter_mut().for_each(|link| {
        real(&mut link.unit);
        real(&mut link.parent);
    });
    map.successions.iter_mut().for_each(|s| real(&mut s.to));
    map
}

proptest! {
    #[test]
    fn any_run_of_acts_leaves_a_tree_and_every_day_before_as_it_was(steps in prop::collection::vec(any_step(), 1..12)) {
        let mut map = world();
        let mut on = day("2024-01-01");
        for step in steps {
            on = on.next_day().unwrap();
            let Ok(plan) = try_on(&map, &step, &crate::time::iso(on)) else { continue };
            let after = plan.after(&map);
            prop_assert_eq!(after.faults(), vec![]);
            let before = on.previous_day().unwrap();
            for unit in map.units.keys() {
                prop_assert_eq!(map.subtree(*unit, before), after.subtree(*unit, before));
                prop_assert_eq!(map.parent(*unit, before), after.parent(*unit, before));
            }
            // Nobody is lost: who works in a unit goes, stays in one that lives, or is named.
            let seats: Vec<Seat> = map.units.values().filter(|u| u.life.contains(on)).map(|u| seat(u.id, "x", "x", "2000-01-01", None)).collect();
            let (going, stuck) = moves(&plan, &after, &seats);
            for (place, seat) in seats.iter().enumerate() {
                let goes = going.iter().find(|(at, _)| *at == place).map(|(_, going)| going.to);
                let is_stuck = stuck.iter().any(|s| s.seat == place);
                let at = goes.unwrap_or(seat.unit);
                prop_assert!(is_stuck || after.units[&at].life.contains(on), "{:?} is left in {}", step, seat.unit);
            }
            map = settled(after);
        }
    }
}
