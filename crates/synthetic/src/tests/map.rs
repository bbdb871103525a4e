//! The tree of units on every day, and what became of whom.
//! Not for: people.

use std::collections::BTreeSet;

use domain::ids::UnitId;
use domain::orgs::{Change, Link, OrgMap, Succession, Unit, UnitKind};
use domain::time::Interval;
use time::macros::date;

use super::usual;
use crate::days::{DISTRICTS_END, FOUNDING};

fn org_map() -> OrgMap {
    let frame = &usual().frame;
    let life = |from, to| Interval::new(from, to).unwrap();
    let unit = |u: &crate::rows::Unit| Unit {
        id: UnitId(u.id),
        code: u.code.clone(),
        name: u.name.clone(),
        kind: u.kind,
        level: u.level,
        life: life(u.starts_on, u.ends_on),
    };
    OrgMap {
        units: frame.units.iter().map(|u| (UnitId(u.id), unit(u))).collect(),
        links: frame
            .links
            .iter()
            .map(|l| Link { unit: UnitId(l.unit), parent: UnitId(l.parent), during: life(l.starts_on, l.ends_on) })
            .collect(),
        successions: frame
            .successions
            .iter()
            .map(|s| Succession { from: UnitId(s.unit), to: UnitId(s.successor), on: s.on, main: s.main })
            .collect(),
    }
}

#[test]
fn the_units_are_a_tree_on_every_day() {
    let map = org_map();
    assert_eq!(map.faults(), vec![]);
    for on in [FOUNDING, date!(2024 - 01 - 31), date!(2025 - 03 - 01), date!(2025 - 06 - 30), DISTRICTS_END, super::TODAY] {
        let alive = map.units.values().filter(|u| u.life.contains(on)).count();
        assert_eq!(map.subtree(UnitId(1), on).len(), alive, "every living unit hangs below the root on {on}");
    }
}

#[test]
fn eighteen_districts_give_way_to_78_communes() {
    let units = &usual().frame.units;
    let alive =
        |kind: UnitKind, on| units.iter().filter(|u| u.kind == kind && u.starts_on <= on && u.ends_on.is_none_or(|end| on < end)).count();
    assert_eq!(alive(UnitKind::District, date!(2025 - 06 - 30)), 18);
    assert_eq!(alive(UnitKind::District, DISTRICTS_END), 0);
    assert_eq!(alive(UnitKind::Commune, DISTRICTS_END), 78);
    assert!(alive(UnitKind::Commune, date!(2025 - 06 - 30)) > 200);
}

#[test]
fn every_ended_unit_has_one_main_successor_and_every_kind_of_change_occurs() {
    let frame = &usual().frame;
    for unit in frame.units.iter().filter(|u| u.ends_on.is_some()) {
        let main: Vec<_> = frame.successions.iter().filter(|s| s.unit == unit.id && s.main).collect();
        assert_eq!(main.len(), 1, "{}", unit.name);
        assert_eq!(Some(main[0].on), unit.ends_on);
        let heir = frame.units.iter().find(|u| u.id == main[0].successor).unwrap();
        assert!(heir.starts_on <= main[0].on && heir.ends_on.is_none_or(|end| main[0].on < end), "{} goes on in a living unit", unit.name);
    }
    let changes: BTreeSet<Change> = frame.successions.iter().map(|s| s.change).collect();
    assert_eq!(changes.len(), Change::ALL.len());
}

#[test]
fn codes_follow_the_pattern_and_are_unique() {
    let units = &usual().frame.units;
    let codes: BTreeSet<&str> = units.iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes.len(), units.len());
    for code in codes {
        assert!(code.len() <= 35 && code.starts_with("H99"), "{code}");
        assert!(
            code.split('.').skip(1).all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())),
            "{code}"
        );
    }
}

#[test]
fn figures_of_a_district_are_restated_at_its_seat() {
    let map = org_map();
    let tam_ky = usual().frame.units.iter().find(|u| u.actor.as_deref() == Some("ubnd-tam-ky")).unwrap();
    let seat = map.restated(UnitId(tam_ky.id), super::TODAY);
    assert_eq!(map.units[&seat].name, "Phường Tam Kỳ");
    assert!(map.units[&seat].code.starts_with("H99."));
}

#[test]
fn every_actor_is_one_of_the_coined_codes() {
    let list = include_str!("../../../../schemes/ACTORS.md");
    for unit in &usual().frame.units {
        if let Some(actor) = &unit.actor {
            assert!(list.contains(&format!("| `{actor}` |")), "{actor} of {}", unit.name);
        }
        assert_eq!(unit.actor.is_none(), unit.kind == UnitKind::Division, "{} carries an actor unless it is a division", unit.name);
    }
}

#[test]
fn every_topic_is_one_of_the_scheme() {
    let scheme = include_str!("../../../../schemes/quang-nam-2024.toml");
    let topics = crate::topics::TOPICS.iter().map(|t| t.code).chain(crate::topics::OUTINGS.iter().map(|o| o.topic));
    for topic in topics {
        assert!(scheme.contains(&format!("code = \"{topic}\"")), "{topic}");
    }
}
