//! The statements that count targets agree with an evaluator that walks every row, over random provinces and targets.

use domain::ids::UnitId;
use domain::progress::Window;
use store::Db;
use store::read::progress::{Place, Question, Side, count, people};
use store::seed::Loader;
use testkit::brute::{self, Asked};
use testkit::dice::Dice;
use testkit::little::{self, Little, SCHEMES};
use testkit::questions;

/// Targets asked of each province, each at three places.
const TARGETS: usize = 45;

async fn load(db: &Db, world: &Little) {
    store::seed::clear(db).await.unwrap();
    let mut loader = Loader::begin(db, &world.frame).await.unwrap();
    loader.add(db, &world.batch).await.unwrap();
}

async fn agree(db: &Db, seed: u64) {
    let world = little::province(seed);
    assert!(world.map.faults().is_empty(), "seed {seed}: {:?}", world.map.faults());
    load(db, &world).await;
    let mut dice = Dice::new(seed ^ 0xABCD);
    for n in 0..TARGETS {
        let target = questions::target(&mut dice);
        let (as_of, map_on) = (dice.day(), dice.day());
        let window = Window::of(&target, as_of).unwrap();
        let scheme = dice.one(SCHEMES).unwrap();
        let unit = UnitId(dice.between(1, 11));
        let lives = world.map.units[&unit].life.contains(map_on);
        let mut places = vec![(Place::province(map_on), None)];
        if lives {
            places.push((Place::units(vec![unit], map_on), Some(brute::total(&world, unit, map_on))));
            places.push((Place::branches(unit, map_on), Some(brute::children(&world, unit, map_on))));
        }
        for (place, branches) in places {
            let asked = Asked { world: &world, scheme, target: &target, window, branches, map_on };
            let mut expected = brute::count(&asked);
            let question = Question { scheme, target: &target, window, place: &place };
            let mut counted = count(db, &question).await.unwrap();
            expected.retain(|_, c| *c != domain::progress::Counted::default());
            counted.retain(|_, c| *c != domain::progress::Counted::default());
            assert_eq!(counted, expected, "seed {seed}, target {n}, as of {as_of}, map {map_on}, unit {unit}\n{place:?}\n{target:#?}");
        }
    }
}

#[tokio::test]
async fn counts_agree_with_brute_force_on_sqlite() {
    let fresh = testkit::databases::sqlite().await;
    for seed in 0..120 {
        agree(&fresh.db, seed).await;
    }
}

#[tokio::test]
async fn counts_agree_with_brute_force_on_postgres() {
    let Some(fresh) = testkit::databases::postgres().await else { return };
    for seed in 500..560 {
        agree(&fresh.db, seed).await;
    }
}

/// The two lists of people are the figure taken apart: together the denominator, the counted side the numerator.
#[tokio::test]
async fn lists_of_people_add_up_to_the_figure() {
    for fresh in testkit::databases::each().await {
        for seed in 1_000..1_015 {
            let world = little::province(seed);
            load(&fresh.db, &world).await;
            let mut dice = Dice::new(seed);
            for _ in 0..20 {
                let target = questions::target(&mut dice);
                let window = Window::of(&target, dice.day()).unwrap();
                let place = Place::province(window.on);
                let question = Question { scheme: "s-one", target: &target, window, place: &place };
                let counted = count(&fresh.db, &question).await.unwrap()[&UnitId(0)];
                let all = people(&fresh.db, &question, Side::Counted, None, 500).await.unwrap();
                let mut paged = Vec::new();
                loop {
                    let after = paged.last().map(|p: &store::read::progress::CountedPerson| p.cursor.clone());
                    let page = people(&fresh.db, &question, Side::Counted, after.as_ref(), 3).await.unwrap();
                    if page.is_empty() {
                        break;
                    }
                    paged.extend(page);
                }
                assert_eq!(paged, all, "paging loses or repeats nobody");
                let missing = people(&fresh.db, &question, Side::Missing, None, 500).await.unwrap();
                use domain::schemes::Measure;
                match target.measure {
                    Measure::BeforeEvent { .. } | Measure::FollowUpShare { .. } => {
                        let lines = |list: &[store::read::progress::CountedPerson]| list.iter().map(|p| p.amount).sum::<i64>();
                        assert_eq!((lines(&all), lines(&missing)), (counted.numerator, counted.denominator - counted.numerator));
                    }
                    Measure::CountOfEvents { .. } | Measure::YesNo => assert!(all.is_empty()),
                    Measure::CountOfPeople { .. } => assert_eq!(i64::try_from(all.len()).unwrap(), counted.numerator),
                    _ => {
                        let numbers = (i64::try_from(all.len()).unwrap(), i64::try_from(missing.len()).unwrap());
                        assert_eq!(numbers, (counted.numerator, counted.denominator - counted.numerator));
                    }
                }
            }
        }
    }
}

/// Every end of a month from summer to a leap February, a day before, on and after the day when three full months have passed.
#[tokio::test]
async fn full_months_end_on_the_last_day_of_a_shorter_month() {
    use domain::schemes::{Measure, RecordFilter, Recurrence};
    use domain::time::{Interval, add_months, parse};
    use domain::training::FollowUpKind;
    let mut world = (0..).map(little::province).find(|w| !w.batch.records.is_empty()).unwrap();
    let pattern = world.batch.records[0].clone();
    world.batch.records.clear();
    world.batch.follow_ups.clear();
    let mut end = parse("2023-08-25").unwrap();
    while end < parse("2024-03-05").unwrap() {
        for shift in [-1, 0, 1] {
            let id = i64::try_from(world.batch.records.len()).unwrap() + 1;
            world.batch.records.push(synthetic::rows::Record { id, class: None, starts_on: end, ends_on: Some(end), ..pattern.clone() });
            let on = add_months(end, 3).unwrap() + time::Duration::days(shift);
            world.batch.follow_ups.push(synthetic::rows::FollowUp { record: id, kind: FollowUpKind::Evaluated, on, band: None });
        }
        end = end.next_day().unwrap();
    }
    let mut target = questions::target(&mut Dice::new(1));
    target.measure = Measure::FollowUpShare { of: RecordFilter::default(), follow_up: FollowUpKind::Evaluated, after_months: 3 };
    target.phase = Interval::of_days(parse("2023-01-01").unwrap(), parse("2024-12-31").unwrap()).unwrap();
    target.recurrence = Recurrence::Once;
    for fresh in testkit::databases::each().await {
        load(&fresh.db, &world).await;
        for as_of in ["2023-11-29", "2023-11-30", "2024-02-28", "2024-02-29", "2024-12-31"] {
            let (map_on, window) = (parse(as_of).unwrap(), Window::of(&target, parse(as_of).unwrap()).unwrap());
            let asked = Asked { world: &world, scheme: "s-one", target: &target, window, branches: None, map_on };
            let place = Place::province(map_on);
            let question = Question { scheme: "s-one", target: &target, window, place: &place };
            assert_eq!(count(&fresh.db, &question).await.unwrap(), brute::count(&asked), "{as_of}");
        }
    }
}
