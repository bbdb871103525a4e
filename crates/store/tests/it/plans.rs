//! What a plan of named officials would add equals a count in a province in which its classes were held.

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::plans::effects::{Audience, Question as Asked, is_moved, on_target};
use domain::plans::{Body, Line, Months, TopicRef, Tree, Working};
use domain::progress::Window;
use domain::schemes::{EventFilter, Measure, RecordFilter, Target, TopicScope};
use domain::time::{Date, date};
use domain::training::{ClassForm, ClassStatus, ContentGroup, Mode, Outcome, Programme, TrainingKind};
use store::Db;
use store::read::progress::{Place, Question, TOTAL, count, missing};
use store::seed::Loader;
use synthetic::rows::{Class, Posting, Record};
use testkit::brute::{self, Asked as Walked};
use testkit::dice::Dice;
use testkit::little::{self, Little, SCHEMES, TOPICS};
use testkit::questions;

/// Targets asked of each province.
const TARGETS: usize = 25;
const YEAR: i32 = 2024;

/// The month of the classes, the last day before it, and its first.
fn days(dice: &mut Dice) -> (u8, Date, Date) {
    let month = u8::try_from(dice.between(2, 12)).unwrap();
    let first = date(YEAR, month, 1).unwrap();
    (month, first.previous_day().unwrap(), first)
}

/// A province of which nothing is known after a day.
fn until(mut world: Little, day: Date) -> Little {
    world.frame.classes.retain(|class| class.starts_on <= day);
    world.batch.records.retain(|record| record.starts_on <= day && record.ends_on.is_none_or(|end| end <= day));
    let kept: Vec<i64> = world.batch.records.iter().map(|record| record.id).collect();
    world.batch.follow_ups.retain(|follow_up| kept.contains(&follow_up.record));
    let classes: Vec<i64> = world.frame.classes.iter().map(|class| class.id).collect();
    for record in &mut world.batch.records {
        record.class = record.class.filter(|class| classes.contains(class));
    }
    world
}

fn posting_on(world: &Little, official: i64, on: Date) -> Option<&Posting> {
    world.batch.postings.iter().find(|p| p.official == official && p.starts_on <= on && p.ends_on.is_none_or(|end| on < end))
}

/// What a filter would like best, so that random lines meet random targets.
struct Liked {
    contents: Vec<ContentGroup>,
    programmes: Vec<Programme>,
    forms: Vec<ClassForm>,
    modes: Vec<Mode>,
    abroad: Option<bool>,
    topics: Option<TopicScope>,
    kinds: Vec<TrainingKind>,
}

fn liked(target: &Target) -> Liked {
    let record = |did: &RecordFilter| Liked {
        contents: did.contents.clone(),
        programmes: did.programmes.clone(),
        forms: did.forms.clone(),
        modes: did.modes.clone(),
        abroad: did.abroad,
        topics: did.topics.clone(),
        kinds: did.kinds.clone(),
    };
    let event = |event: &EventFilter| Liked {
        contents: event.contents.clone(),
        programmes: event.programmes.clone(),
        forms: event.forms.clone(),
        modes: Vec::new(),
        abroad: event.abroad,
        topics: event.topics.clone(),
        kinds: Vec::new(),
    };
    match &target.measure {
        Measure::ShareOfPeople { did: domain::schemes::Did::Trained(did), .. }
        | Measure::PerPersonPerYear { did, .. }
        | Measure::CountOfPeople { did, .. } => record(did),
        Measure::CountOfEvents { events } => event(events),
        _ => record(&RecordFilter::default()),
    }
}

fn line(key: u32, world: &Little, dice: &mut Dice, (month, on): (u8, Date), scheme: &str, liked: &Liked) -> Line {
    fn pick<T: Copy>(dice: &mut Dice, liked: &[T], all: &[T]) -> Option<T> {
        if dice.chance(85) && !liked.is_empty() { dice.one(liked) } else { dice.one(all) }
    }
    let mut form = pick(dice, &liked.forms, ClassForm::ALL).unwrap();
    if liked.kinds == [TrainingKind::Training] && liked.forms.is_empty() {
        form = ClassForm::Class;
    }
    let code = match &liked.topics {
        Some(TopicScope::Of(codes)) if !codes.is_empty() => codes[0].clone(),
        _ => dice.one(TOPICS).unwrap().to_owned(),
    };
    let working = world.batch.officials.iter().filter(|o| posting_on(world, o.id, on).is_some());
    let officials: Vec<OfficialId> = working.filter(|_| dice.chance(60)).map(|o| OfficialId(o.id)).collect();
    Line {
        form,
        content: pick(dice, &liked.contents, ContentGroup::ALL),
        named: pick(dice, &liked.programmes, Programme::ALL),
        mode: pick(dice, &liked.modes, Mode::ALL).unwrap(),
        abroad: liked.abroad.unwrap_or_else(|| dice.chance(20)),
        topic: dice.chance(80).then(|| TopicRef { scheme: scheme.to_owned(), code }),
        classes: u32::try_from(dice.between(1, 3)).unwrap(),
        class_size: 40,
        officials,
        months: vec![Months { from: month, to: month }],
        periods: u32::try_from(dice.between(8, 48)).unwrap(),
        ..Line::empty(key, YEAR)
    }
}

/// The province in which the classes of a plan were held.
fn held(world: &Little, body: &Body) -> Little {
    let mut after = world.clone();
    let mut next = 1_000_000;
    for line in &body.lines {
        for run in line.runs() {
            let months = run.months.unwrap();
            let (starts_on, ends_on) = (months.first(line.year).unwrap(), months.last(line.year).unwrap());
            let (scheme, topic) = line.topic.clone().map_or((None, None), |topic| (Some(topic.scheme), Some(topic.code)));
            next += 1;
            let class = next;
            after.frame.classes.push(Class {
                id: class,
                code: format!("K-{class}"),
                name: String::new(),
                form: line.form,
                content: line.content,
                programme: line.named,
                scheme: scheme.clone(),
                topic: topic.clone(),
                mode: line.mode,
                abroad: line.abroad,
                lead_unit: 1,
                school: String::new(),
                place: String::new(),
                status: ClassStatus::Finished,
                starts_on,
                ends_on,
            });
            for official in run.officials {
                let posting = posting_on(world, official.0, starts_on).unwrap();
                next += 1;
                after.batch.records.push(Record {
                    id: next,
                    official: official.0,
                    class: Some(class),
                    kind: if line.form == ClassForm::Degree { TrainingKind::Education } else { TrainingKind::Training },
                    content: line.content,
                    degree: line.degree,
                    field: line.field,
                    programme: line.named,
                    scheme: scheme.clone(),
                    topic: topic.clone(),
                    form: line.form,
                    mode: line.mode,
                    abroad: line.abroad,
                    periods: i32::try_from(line.periods).unwrap(),
                    starts_on,
                    ends_on: Some(ends_on),
                    outcome: Outcome::Finished,
                    staff: posting.staff,
                    unit: posting.unit,
                    group: posting.group,
                });
            }
        }
    }
    after
}

/// How many targets moved.
async fn agree(db: &Db, seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let (month, as_of, on) = days(&mut dice);
    let world = until(little::province(seed), as_of);
    store::seed::clear(db).await.unwrap();
    let mut loader = Loader::begin(db, &world.frame).await.unwrap();
    loader.add(db, &world.batch).await.unwrap();
    let working = |o: &synthetic::rows::Official| {
        let posting = posting_on(&world, o.id, on)?;
        Some((OfficialId(o.id), Working { unit: UnitId(posting.unit), staff: posting.staff, group: posting.group }))
    };
    let people: BTreeMap<_, _> = world.batch.officials.iter().filter_map(working).collect();
    let (tree, place) = (Tree::on(&world.map, on), Place::province(on));
    let mut moved = 0;
    for n in 0..TARGETS {
        let target = std::iter::repeat_with(|| questions::target(&mut dice)).find(|target| is_moved(&target.measure).is_ok()).unwrap();
        let window =
            Window { from: date(YEAR - 1, 7, 1).unwrap(), to: date(YEAR + 1, 1, 1).unwrap(), cut: on, on, started: true, over: false };
        let scheme = dice.one(SCHEMES).unwrap();
        let liked = liked(&target);
        let body = Body { lines: (1..=3).map(|key| line(key, &world, &mut dice, (month, on), scheme, &liked)).collect() };
        let question = Question { scheme, target: &target, window, place: &place };
        let now = count(db, &question).await.unwrap()[&TOTAL];
        let audience = Audience::of(missing(db, &question).await.unwrap());
        let asked =
            Asked { scheme, target: &target, window: &window, held_until: as_of, audience: &audience, people: &people, tree: &tree };
        let effect = on_target(&body, &asked).unwrap();
        let after = held(&world, &body);
        let window = Window { cut: window.to, ..window };
        let walked = Walked { world: &after, scheme, target: &target, window, branches: None, map_on: on };
        let expected = brute::count(&walked).get(&TOTAL).copied().unwrap_or_default();
        assert_eq!(effect.onto(now).numerator, expected.numerator, "seed {seed}, target {n}\n{target:#?}\n{body:#?}");
        assert!(effect.onto(now).inner <= expected.inner, "seed {seed}, target {n}: the inner minimum is told at least");
        moved += usize::from(effect.added() > 0);
    }
    moved
}

#[tokio::test]
async fn a_plan_adds_what_its_classes_would_on_sqlite() {
    let fresh = testkit::databases::sqlite().await;
    let mut moved = 0;
    for seed in 0..40 {
        moved += agree(&fresh.db, seed).await;
    }
    assert!(moved > 100, "only {moved} targets moved");
}

#[tokio::test]
async fn a_plan_adds_what_its_classes_would_on_postgres() {
    let Some(fresh) = testkit::databases::postgres().await else { return };
    for seed in 700..710 {
        agree(&fresh.db, seed).await;
    }
}
