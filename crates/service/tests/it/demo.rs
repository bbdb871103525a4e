//! The demonstration province: the published tables come out as printed, every target is measured, nobody looks over the fence.

use domain::ids::UnitId;
use domain::printed::TOTAL;
use domain::progress::State;
use domain::roles::{Grant, Role, Who};
use domain::statistics::TableId;
use service::progress::{self, Ask, Side, report};
use service::statistics::{TablesAsk, table};
use service::{ActError, Services, demo, registry, schemes};
use synthetic::Options;
use testkit::databases::Fresh;

use crate::world::{NOW, day, person, system, today};

async fn province(fresh: &Fresh) -> Services {
    let options = Options { people: 6_000, ..Options::on(today()) };
    demo::generate(&fresh.db, options, NOW, &mut |_| {}).await.unwrap();
    Services::new(fresh.db.clone())
}

#[tokio::test]
async fn the_published_tables_come_out_as_printed_where_they_are_consistent() {
    let fresh = testkit::databases::sqlite().await;
    let services = province(&fresh).await;
    let ask = TablesAsk { years: 2010..=2023, on: day("2024-01-31"), map_on: day("2024-01-31"), unit: None };
    let printed = schemefile::parse_tables(schemefile::builtin_tables()).unwrap();
    let mut differing = Vec::new();
    for id in TableId::ALL {
        let live = table(&services, &system(), *id, &ask).await.unwrap();
        let paper = printed.tables.iter().find(|t| t.id == id.code()).unwrap();
        for row in paper.rows.iter().map(|r| &r.head.key) {
            for column in paper.columns.iter().map(|c| &c.key) {
                let Some(count) = paper.at(row, column).and_then(|c| c.count) else { continue };
                if live.at(row, column) != Some(count) {
                    differing.push(format!("{id} {row} {column}: {count} → {:?}", live.at(row, column)));
                }
            }
        }
    }
    // Row 2023 of Table 2 follows its parts, and Table 4 follows the groups of Tables 3 and 6 (I2, I3, I12, I13).
    assert!(TOTAL == "total");
    insta::assert_snapshot!(differing.join("\n"));
    every_target_is_measured(&services).await;
    nobody_looks_over_the_fence(&services).await;
    two_units_are_seen_as_two(&services).await;
}

async fn every_target_is_measured(services: &Services) {
    let figures = progress::all(services, &system(), &Ask::on(today())).await.unwrap();
    assert_eq!(figures.len(), schemefile::builtin().iter().map(|b| schemefile::parse(b.text).unwrap().targets.len()).sum::<usize>());
    insta::assert_snapshot!("progress", report::text(&report::lines(&figures)));
    let earlier = progress::all(services, &system(), &Ask::on(day("2024-12-31"))).await.unwrap();
    for state in [State::OnTrack, State::Behind, State::Met, State::Missed, State::NotStarted] {
        assert!(figures.iter().chain(earlier.iter()).any(|f| f.progress.state == state), "some target is {state}");
    }
    let again = progress::all(services, &system(), &Ask::on(today())).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&figures, &again), "unchanged facts are not counted again");
    let detail = progress::detail(services, &system(), "T2.1", &Ask::on(today())).await.unwrap();
    assert_eq!(detail.figure.counted.denominator, 2_262, "the denominator stays frozen");
    assert_eq!(detail.points.last().unwrap().counted, detail.figure.counted);
    let children: i64 = detail.branches.iter().map(|b| b.counted.denominator).sum();
    assert_eq!(children, 2_262, "on the map of today nobody of the frozen population is lost");
    let board = schemes::quotas(services, &system(), "quang-nam-2024", today()).await.unwrap();
    let lines: usize = board.rows.iter().map(|r| r.lines.len()).sum();
    assert!(lines > 100, "Annex II has a line for each district and department: {lines}");
}

async fn nobody_looks_over_the_fence(services: &Services) {
    let today = today();
    let root = registry::home_unit(services, &system(), today).await.unwrap();
    let own = &root.children[0];
    let other = &root.children[1];
    let ctx = person(domain::ids::UserId(1), Role::UnitHr, Some(own.id.0));
    let ask = |code: &str| registry::PeopleAsk { unit: Some(code.to_owned()), ..registry::PeopleAsk::on(today) };
    let mine = &registry::list_people(services, &ctx, &ask(&own.code), None, 20).await.unwrap().lines;
    assert!(!mine.is_empty());
    assert!(matches!(registry::list_people(services, &ctx, &ask(&other.code), None, 20).await, Err(ActError::NotFound)));
    assert!(matches!(registry::list_people(services, &ctx, &ask(&root.unit.code), None, 20).await, Err(ActError::NotFound)));
    let strangers = &registry::list_people(services, &system(), &ask(&other.code), None, 1).await.unwrap().lines;
    let stranger = &strangers[0].code;
    assert!(matches!(registry::person(services, &ctx, stranger).await, Err(ActError::NotFound)));
    let abroad = Ask { unit: Some(other.code.clone()), ..Ask::on(today) };
    assert!(matches!(progress::all(services, &ctx, &abroad).await, Err(ActError::NotFound)));
    let people = progress::people(services, &ctx, "T2.1", &Ask::on(today), Side::Missing, None, 200).await.unwrap();
    let province = progress::people(services, &system(), "T2.1", &Ask::on(today), Side::Missing, None, 5_000).await.unwrap();
    assert!(people.people.len() < province.people.len());
    let learner = person(domain::ids::UserId(1), Role::Learner, None);
    assert!(matches!(progress::all(services, &learner, &Ask::on(today)).await, Err(ActError::Forbidden(_))));
}

/// Who holds two units sees both, one beside the other; a unit inside another one is no start of its own.
async fn two_units_are_seen_as_two(services: &Services) {
    let today = today();
    let root = registry::home_unit(services, &system(), today).await.unwrap();
    let of = |units: &[i64]| {
        let mut ctx = person(domain::ids::UserId(1), Role::UnitHr, None);
        let grants = units.iter().map(|id| Grant { role: Role::UnitHr, unit: Some(UnitId(*id)) }).collect();
        ctx.who = ctx.who.map(|who| Who { grants, ..who });
        ctx
    };
    let (first, second) = (root.children[0].id.0, root.children[1].id.0);
    let both = progress::detail(services, &of(&[first, second]), "T2.1", &Ask::on(today)).await.unwrap();
    let alone = [
        progress::detail(services, &of(&[first]), "T2.1", &Ask::on(today)).await.unwrap(),
        progress::detail(services, &of(&[second]), "T2.1", &Ask::on(today)).await.unwrap(),
    ];
    let total = |details: &[&progress::Detail]| details.iter().map(|d| d.figure.counted.denominator).sum::<i64>();
    assert_eq!(both.figure.counted.denominator, total(&[&alone[0], &alone[1]]));
    assert_eq!(both.branches.iter().map(|b| b.counted.denominator).sum::<i64>(), both.figure.counted.denominator);
    let homes = registry::home_units(services, &of(&[first, second]), today).await.unwrap();
    assert_eq!(homes.iter().map(|home| home.unit.id.0).collect::<Vec<_>>(), [first, second]);
    let nested = registry::home_units(services, &of(&[first, root.unit.id.0]), today).await.unwrap();
    assert_eq!(nested.iter().map(|home| home.unit.id).collect::<Vec<_>>(), [root.unit.id]);
}

#[tokio::test]
async fn a_load_that_broke_off_is_begun_anew() {
    for fresh in testkit::databases::each().await {
        let options = Options { people: 6_000, ..Options::on(today()) };
        let generator = synthetic::plan(options).unwrap();
        let mut loader = store::seed::Loader::begin(&fresh.db, generator.frame()).await.unwrap();
        let first = { generator }.next().unwrap();
        loader.add(&fresh.db, &first).await.unwrap();
        drop(loader);
        assert!(!demo::is_ready(&fresh.db).await.unwrap());
        demo::generate(&fresh.db, options, NOW, &mut |_| {}).await.unwrap();
        assert!(demo::is_ready(&fresh.db).await.unwrap());
        let again = demo::generate(&fresh.db, options, NOW, &mut |_| {}).await;
        assert!(matches!(again, Err(demo::PrepareError::NotEmpty)));
    }
}
