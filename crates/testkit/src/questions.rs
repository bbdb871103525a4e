//! Random targets over every kind of measure and filter.
//! Not for: meaning.

use domain::orgs::{Bloc, Level};
use domain::people::{
    Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField,
};
use domain::schemes::filters::DatedBy;
use domain::schemes::targets::InnerFilter;
use domain::schemes::{
    Did, EventFilter, Inner, Measure, PersonFilter, Population, QualificationFilter, RecordFilter, Recurrence, Rule, Target, Threshold,
    Title, TopicScope,
};
use domain::time::{Interval, add_months};
use domain::training::{ClassForm, ContentGroup, FollowUpKind, Mode, Outcome, Programme, TrainingKind};

use crate::dice::Dice;
use crate::little::TOPICS;

/// A random target.
#[must_use]
pub fn target(dice: &mut Dice) -> Target {
    let from = dice.day();
    let to = add_months(from, i32::try_from(dice.between(1, 30)).unwrap_or(1));
    let measure = measure(dice);
    let inner = match &measure {
        Measure::CountOfPeople { .. } => Some(InnerFilter::Records(record(dice))),
        Measure::CountOfEvents { .. } => Some(InnerFilter::Events(event(dice))),
        _ => None,
    };
    Target {
        code: "T".to_owned(),
        section: "I".to_owned(),
        title: Title::default(),
        aspiration: false,
        measure,
        threshold: Threshold { rule: Rule::AtLeast(1) },
        inner: inner.filter(|_| dice.chance(60)).map(|of| Inner { of, at_least: 1 }),
        phase: Interval::new(from, to).unwrap_or_else(|_| fallback()),
        recurrence: if dice.chance(40) { Recurrence::Yearly } else { Recurrence::Once },
        class_size: 40,
    }
}

#[expect(clippy::unwrap_used, reason = "the first year of the test data is a year")]
fn fallback() -> Interval {
    domain::time::year(2022).unwrap()
}

fn measure(dice: &mut Dice) -> Measure {
    match dice.below(9) {
        0 | 1 => Measure::ShareOfPeople { of: population(dice), did: did(dice) },
        2 => Measure::StateOfPeople { of: population(dice), holds: qualification(dice) },
        3 => {
            Measure::PerPersonPerYear { of: population(dice), did: record(dice), periods: u32::try_from(dice.between(8, 60)).unwrap_or(40) }
        }
        4 => Measure::CountOfPeople { who: who(dice), did: record(dice) },
        5 => Measure::CountOfEvents { events: event(dice) },
        6 => Measure::BeforeEvent { who: who(dice), appointments: dice.some(60, Appointment::ALL), met: did(dice) },
        7 => Measure::FollowUpShare {
            of: record(dice),
            follow_up: dice.one(FollowUpKind::ALL).unwrap_or(FollowUpKind::Reported),
            after_months: u8::try_from(dice.below(4)).unwrap_or(0),
        },
        _ => Measure::RatedShare {
            of: population(dice),
            rating: dice.one(RatingKind::ALL).unwrap_or(RatingKind::Yearly),
            at_least: dice.one(Band::ALL).unwrap_or(Band::Good),
        },
    }
}

fn did(dice: &mut Dice) -> Did {
    match dice.below(4) {
        0 => Did::Received(ReceiptKind::ReformHandbook),
        1 => Did::Holds(qualification(dice)),
        _ => Did::Trained(record(dice)),
    }
}

fn population(dice: &mut Dice) -> Population {
    Population { who: who(dice), frozen_on: dice.chance(25).then(|| dice.day()) }
}

pub(crate) fn who(dice: &mut Dice) -> PersonFilter {
    PersonFilter {
        staff: dice.some(25, StaffKind::ALL),
        levels: dice.some(15, Level::ALL),
        blocs: dice.some(15, Bloc::ALL),
        leaderships: dice.some(10, Leadership::ALL),
        leads: dice.maybe(15, &[true, false]),
        groups: dice.some(12, LeaderGroup::ALL),
        duties: dice.some(8, Duty::ALL),
        sex: dice.maybe(12, Sex::ALL),
        minority: dice.maybe(12, &[true, false]),
        under_age: dice.maybe(15, &[35, 45, 50]),
        from_age: dice.maybe(10, &[30, 40]),
        fits_post: dice.maybe(12, &[true, false]),
    }
}

fn qualification(dice: &mut Dice) -> QualificationFilter {
    QualificationFilter { kind: dice.one(QualificationKind::ALL).unwrap_or(QualificationKind::It), degrees: dice.some(30, Degree::ALL) }
}

fn topics(dice: &mut Dice) -> Option<TopicScope> {
    match dice.below(6) {
        0 => Some(TopicScope::Any),
        1 => Some(TopicScope::Of(dice.some(100, TOPICS).into_iter().map(str::to_owned).collect())),
        _ => None,
    }
}

pub(crate) fn record(dice: &mut Dice) -> RecordFilter {
    RecordFilter {
        kinds: dice.some(25, TrainingKind::ALL),
        contents: dice.some(20, ContentGroup::ALL),
        degrees: dice.some(8, Degree::ALL),
        fields: dice.some(8, StudyField::ALL),
        programmes: dice.some(12, Programme::ALL),
        forms: dice.some(15, ClassForm::ALL),
        modes: dice.some(15, Mode::ALL),
        abroad: dice.maybe(15, &[true, false]),
        topics: topics(dice),
        outcomes: dice.some(30, Outcome::ALL),
        staff: dice.some(15, StaffKind::ALL),
        dated_by: if dice.chance(40) { DatedBy::Start } else { DatedBy::End },
    }
}

fn event(dice: &mut Dice) -> EventFilter {
    EventFilter {
        forms: dice.some(40, ClassForm::ALL),
        contents: dice.some(20, ContentGroup::ALL),
        programmes: dice.some(10, Programme::ALL),
        topics: topics(dice),
        abroad: dice.maybe(20, &[true, false]),
        size: dice.chance(30).then_some((1, 3)),
        with_groups: dice.some(20, LeaderGroup::ALL),
    }
}
