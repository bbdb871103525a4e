//! Counting targets on the database: one statement a target, the same text on both engines.
//! Not for: judging (`domain::progress`) or deciding who may ask (`service`). Right before fast: the tests count again by brute force.

mod audience;
mod events;
pub(in crate::read) mod filter;
mod people;

mod shares;

use std::collections::BTreeMap;

use domain::ids::UnitId;
use domain::progress::{Counted, Window};
use domain::schemes::targets::{Measure, Target};
use domain::time::{self, Date};
use sea_orm::QueryResult;

pub use super::place::Place;
pub use audience::missing;
pub use people::{CountedPerson, Cursor, Side, people};

use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// What is asked about a target.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The scheme the target belongs to; its topics are meant by the target's filters.
    pub scheme: &'a str,
    /// The target.
    pub target: &'a Target,
    /// The part of its period to look at.
    pub window: Window,
    /// Where, and on the map of which day.
    pub place: &'a Place,
}

/// Counts by branch: one entry under key 0 for a total, else one per unit.
pub type Counts = BTreeMap<UnitId, Counted>;

/// The key of a total.
pub const TOTAL: UnitId = UnitId(0);

/// Counts a target in one statement.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count(db: &Db, question: &Question<'_>) -> Result<Counts, StoreError> {
    let mut counts = BTreeMap::new();
    for row in statement(question).all(db.reader()).await? {
        let (branch, counted) = counted(&row)?;
        counts.insert(branch, counted);
    }
    if !question.place.is_by_branch() {
        counts.entry(TOTAL).or_default();
    }
    Ok(counts)
}

/// Every measure becomes a statement with the columns branch, numerator, denominator, attendances, inner, at_start.
pub(super) fn statement(question: &Question<'_>) -> Sql {
    match &question.target.measure {
        Measure::ShareOfPeople { of, did } => shares::share(question, of, &shares::Hits::did(did)),
        Measure::StateOfPeople { of, holds } => shares::share(question, of, &shares::Hits::state(holds)),
        Measure::PerPersonPerYear { of, did, periods } => shares::share(question, of, &shares::Hits::amount(did, *periods)),
        Measure::RatedShare { of, rating, at_least } => shares::share(question, of, &shares::Hits::rated(*rating, *at_least)),
        Measure::CountOfPeople { who, did } => events::count_people(question, who, did),
        Measure::CountOfEvents { events } => events::count_events(question, events),
        Measure::BeforeEvent { who, appointments, met } => events::before(question, who, appointments, met),
        Measure::FollowUpShare { of, follow_up, after_months } => events::follow_ups(question, of, *follow_up, *after_months),
        Measure::YesNo => events::yes_no(question),
    }
}

fn counted(row: &QueryResult) -> Result<(UnitId, Counted), StoreError> {
    let number = |name: &str| row.try_get::<Option<i64>>("", name).map(Option::unwrap_or_default);
    let counted = Counted {
        numerator: number("numerator")?,
        denominator: number("denominator")?,
        attendances: number("attendances")?,
        inner: number("inside")?,
        at_start: number("at_start")?,
    };
    Ok((UnitId(number("branch")?), counted))
}

/// The date number of a day for comparisons.
pub(super) fn n(day: Date) -> i32 {
    time::number(day)
}
