//! Random questions of lists of officials, and an evaluator that walks every row, written apart from the statements it checks.
//! Not for: speed.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its world must fail loudly")]

use std::collections::BTreeSet;

use domain::ids::UnitId;
use domain::lists::{Ages, Filter, Held, Trained, Working, levels};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::text::fold;
use domain::time::{Date, age, number};
use domain::training::{ContentGroup, Outcome, TrainingKind};
use sea_orm::{ConnectionTrait, Database};
use store::seed::Loader;
use synthetic::rows::{Posting, Qualification, Record};

use crate::databases::Fresh;
use crate::dice::Dice;
use crate::little::{self, Little, SCHEMES, TOPICS};

/// Grades that postings of [`load`] have.
pub const GRADES: &[&str] = &["01.002", "01.003"];

/// A small random province whose certificates have levels.
#[must_use]
pub fn province(seed: u64) -> Little {
    let mut world = little::province(seed);
    let mut dice = Dice::new(seed ^ 0x5EED);
    for paper in &mut world.batch.qualifications {
        if paper.kind != QualificationKind::Professional {
            paper.grade = dice.maybe(85, levels(paper.kind)).map(str::to_owned);
        }
    }
    world
}

/// Loads it; two of three people get a grade, every fourth is planned to head a department, and every fifth day's papers end after two
/// years.
pub async fn load(fresh: &Fresh, world: &Little) {
    store::seed::clear(&fresh.db).await.unwrap();
    let mut loader = Loader::begin(&fresh.db, &world.frame).await.unwrap();
    loader.add(&fresh.db, &world.batch).await.unwrap();
    loader.finish(&fresh.db).await.unwrap();
    let connection = Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap();
    for text in [
        "UPDATE posting SET grade = NULL",
        "UPDATE posting SET grade = '01.002' WHERE official_id % 3 = 0",
        "UPDATE posting SET grade = '01.003' WHERE official_id % 3 = 1",
        "UPDATE qualification SET expires_on = granted_on + 20000 WHERE granted_on % 5 = 0",
        "INSERT INTO planned_post (official_id, unit_id, leadership, starts_on, ends_on) \
         SELECT official_id, MIN(unit_id), 'department_head', MIN(starts_on), CASE WHEN official_id % 8 = 1 THEN NULL ELSE 20240701 END \
         FROM posting WHERE official_id % 4 = 1 GROUP BY official_id",
    ] {
        connection.execute_unprepared(text).await.unwrap();
    }
    connection.close().await.unwrap();
}

pub(crate) fn grade(official: i64) -> Option<&'static str> {
    usize::try_from(official % 3).ok().and_then(|place| GRADES.get(place).copied())
}

/// A random question.
pub fn filter(dice: &mut Dice) -> Filter {
    Filter {
        staff: dice.some(25, StaffKind::ALL),
        leaders: dice.chance(15),
        leaderships: if dice.chance(10) { Leadership::ALL.iter().copied().filter(|_| dice.chance(50)).collect() } else { Vec::new() },
        groups: dice.some(10, LeaderGroup::ALL),
        levels: dice.some(10, Level::ALL),
        grades: dice.some(15, GRADES).into_iter().map(str::to_owned).collect(),
        sex: dice.maybe(20, Sex::ALL),
        ages: Ages {
            from: dice.chance(20).then(|| i32::try_from(dice.between(20, 50)).unwrap()),
            to: dice.chance(20).then(|| i32::try_from(dice.between(35, 65)).unwrap()),
        },
        ethnic_groups: dice.some(10, &[1, 2, 3]),
        holds: (0..dice.below(5) / 2).map(|_| held(dice)).collect(),
        lacks: (0..dice.below(5) / 2).map(|_| held(dice)).collect(),
        fields: dice.some(10, StudyField::ALL),
        trained: dice.chance(20).then(|| training(dice)),
        working: dice.maybe(30, Working::ALL),
    }
}

/// A random qualification to hold.
pub fn held(dice: &mut Dice) -> Held {
    let kind = dice.one(QualificationKind::ALL).unwrap();
    dice.maybe(60, levels(kind)).and_then(|level| Held::at_least(kind, level)).unwrap_or(Held::any(kind))
}

/// Random training to have had or not.
pub fn training(dice: &mut Dice) -> Trained {
    Trained {
        did: dice.chance(50),
        from: dice.chance(70).then(|| dice.day()),
        to: dice.chance(50).then(|| dice.day()),
        kind: dice.maybe(40, TrainingKind::ALL),
        content: dice.maybe(20, ContentGroup::ALL),
        topic: dice.maybe(20, SCHEMES).zip(dice.one(TOPICS)).map(|(scheme, topic)| (scheme.to_owned(), topic.to_owned())),
    }
}

/// Keys of the people that a list keeps.
#[must_use]
pub fn kept(world: &Little, on: Date, unit: Option<UnitId>, text: &str, filter: &Filter) -> BTreeSet<i64> {
    let asked = Asked { world, on, unit, filter };
    world.batch.officials.iter().map(|o| o.id).filter(|id| asked.keeps(*id, text)).collect()
}

struct Asked<'a> {
    world: &'a Little,
    on: Date,
    unit: Option<UnitId>,
    filter: &'a Filter,
}

fn any<T: PartialEq>(list: &[T], value: Option<T>) -> bool {
    list.is_empty() || value.is_some_and(|v| list.contains(&v))
}

impl Asked<'_> {
    fn keeps(&self, id: i64, text: &str) -> bool {
        let official = self.world.batch.officials.iter().find(|o| o.id == id).unwrap();
        let Some(posting) = self.posting(id) else { return false };
        let unit = self.world.frame.units.iter().find(|u| u.id == posting.unit).unwrap();
        let (filter, years) = (self.filter, age(official.birth_on, self.on));
        let said = |word: &str| {
            let begins = fold(&official.name).split(' ').any(|part| part.starts_with(word));
            begins || official.code.to_lowercase().starts_with(word) || fold(&unit.name).contains(word)
        };
        fold(text).split_whitespace().all(said)
            && self.is_inside(posting.unit)
            && any(&filter.staff, Some(posting.staff))
            && (!filter.leaders || posting.leadership.is_some())
            && any(&filter.leaderships, posting.leadership)
            && any(&filter.groups, posting.group)
            && any(&filter.levels, Some(posting.level))
            && any(&filter.grades, grade(id).map(str::to_owned))
            && filter.sex.is_none_or(|sex| sex == official.sex)
            && filter.ages.from.is_none_or(|from| from <= years)
            && filter.ages.to.is_none_or(|to| years <= to)
            && any(&filter.ethnic_groups, Some(official.ethnicity))
            && filter.holds.iter().all(|held| self.holds(id, *held))
            && !filter.lacks.iter().any(|held| self.holds(id, *held))
            && (filter.fields.is_empty()
                || self.papers(id).any(|q| q.kind == QualificationKind::Professional && any(&filter.fields, q.field)))
            && filter.trained.as_ref().is_none_or(|asked| self.records(id).any(|r| is_such(r, asked)) == asked.did)
    }

    /// The posting on the day, or the last one of who had left by then.
    fn posting(&self, id: i64) -> Option<&Posting> {
        let begun = self.world.batch.postings.iter().filter(|p| p.official == id && p.starts_on <= self.on);
        let last = begun.max_by_key(|p| p.starts_on)?;
        let has_ended = last.ends_on.is_some_and(|end| end <= self.on);
        (has_ended == (self.filter.working == Some(Working::Left))).then_some(last)
    }

    fn is_inside(&self, unit: i64) -> bool {
        let Some(root) = self.unit else { return true };
        let inside = self.world.map.subtree(root, self.on);
        let unit = UnitId(unit);
        let stands = if self.filter.working == Some(Working::Left) { self.world.map.restated(unit, self.on) } else { unit };
        inside.contains(&stands)
    }

    fn papers(&self, id: i64) -> impl Iterator<Item = &Qualification> {
        let ends = |q: &Qualification| number(q.granted_on) % 5 == 0 && number(q.granted_on) + 20_000 <= number(self.on);
        self.world.batch.qualifications.iter().filter(move |q| q.official == id && q.granted_on <= self.on && !ends(q))
    }

    fn records(&self, id: i64) -> impl Iterator<Item = &Record> {
        self.world.batch.records.iter().filter(move |r| r.official == id)
    }

    fn holds(&self, id: i64, held: Held) -> bool {
        self.papers(id).any(|q| reaches(q, held))
    }
}

/// Whether a paper is of the kind and at least of the level.
pub(crate) fn reaches(paper: &Qualification, held: Held) -> bool {
    let level = |kind| paper.grade.as_deref().and_then(|grade| levels(kind).iter().position(|level| *level == grade));
    paper.kind == held.kind()
        && match (held.kind(), held.least()) {
            (_, 0) => true,
            (QualificationKind::Professional, least) => paper.degree.is_some_and(|d| usize::try_from(d.rank()).unwrap() >= least),
            (kind, least) => level(kind).is_some_and(|at| at + 1 >= least),
        }
}

fn is_such(record: &Record, asked: &Trained) -> bool {
    record.outcome == Outcome::Finished
        && asked.from.is_none_or(|from| record.ends_on.is_some_and(|end| from <= end))
        && asked.to.is_none_or(|to| record.ends_on.is_some_and(|end| end <= to))
        && asked.kind.is_none_or(|kind| kind == record.kind)
        && asked.content.is_none_or(|content| record.content == Some(content))
        && asked.topic.as_ref().is_none_or(|(scheme, topic)| record.scheme.as_ref() == Some(scheme) && record.topic.as_ref() == Some(topic))
}
