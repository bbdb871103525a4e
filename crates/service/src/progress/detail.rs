//! One target in depth: over time, by unit, by year, and the people behind it.
//! Not for: all targets at once.

use std::sync::Arc;

use domain::ids::UnitId;
use domain::progress::{Counted, Progress, Window, judge};
use domain::roles::{Act, Reach};
use domain::schemes::Recurrence;
use domain::schemes::Target;
use domain::time::{self, Date};
use futures_util::future::try_join_all;
use store::read::progress::{self as read, CountedPerson, Cursor, Place, Question, Side, TOTAL};
use store::read::schemes::target_mark;
use store::read::units;

use super::{Ask, Figure, figure, place};
use crate::schemes::{Stored, shelf};
use crate::{ActError, Ctx, Services};

/// A value on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub on: Date,
    /// What was counted by then.
    pub counted: Counted,
    /// What it meant.
    pub progress: Progress,
}

/// A child unit's share of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The unit.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What was counted there.
    pub counted: Counted,
    /// What it means there.
    pub progress: Progress,
}

/// One year of a yearly target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFigure {
    /// The year.
    pub year: i32,
    /// What was counted.
    pub counted: Counted,
    /// What it meant.
    pub progress: Progress,
}

/// One target in depth.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The figure.
    pub figure: Figure,
    /// Month by month (or quarter by quarter) up to the day.
    pub points: Vec<Point>,
    /// The unit's own and each child's, where there is something to count.
    pub branches: Vec<Branch>,
    /// Every year, for yearly targets.
    pub years: Vec<YearFigure>,
    /// The mark of a yes/no target: reached, when, evidence.
    pub mark: Option<(bool, Date, String)>,
}

/// Most points of a line over time; more say nothing more.
const POINTS: usize = 18;

pub(super) async fn find(services: &Services, code: &str) -> Result<(Arc<Stored>, Target), ActError> {
    let schemes = shelf(services).await?;
    schemes.into_iter().find_map(|s| s.target(code).cloned().map(|t| (s, t))).ok_or(ActError::NotFound)
}

/// One target in depth.
///
/// # Errors
/// [`ActError::NotFound`] when no target of that code is in force, or the unit is unknown or out of scope.
pub async fn detail(services: &Services, ctx: &Ctx, code: &str, ask: &Ask) -> Result<Detail, ActError> {
    let scope = ctx.scope(Act::ViewProgress)?;
    let (stored, target) = find(services, code).await?;
    let place = place(services, &scope, ask).await?;
    let figure = figure(services, &stored, &target, &place, ask.as_of).await?.ok_or(ActError::NotFound)?;
    let parent = parent(services, ctx, ask).await?;
    Ok(Detail {
        points: points(services, &stored, &target, &place, &figure.window).await?,
        branches: branches(services, &stored, &target, figure.window, parent, ask).await?,
        years: years(services, &stored, &target, &place, ask.as_of).await?,
        mark: target_mark(&services.db, code, ask.as_of).await?,
        figure,
    })
}

/// The unit whose children stand in the table by unit.
async fn parent(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<UnitId, ActError> {
    if let Some(code) = &ask.unit {
        return Ok(units::by_code(&services.db, code, ask.map_on).await?.id);
    }
    match ctx.scope(Act::ViewProgress)?.reach() {
        Reach::Units(roots) => roots.first().copied().ok_or(ActError::NotFound),
        _ => Ok(units::root(&services.db).await?),
    }
}

async fn points(services: &Services, stored: &Stored, target: &Target, place: &Place, window: &Window) -> Result<Vec<Point>, ActError> {
    let days = days(window);
    let measured = days.iter().filter_map(|day| Window::of(target, *day).filter(|w| w.from == window.from).map(|w| (*day, w)));
    try_join_all(measured.map(async |(on, window)| {
        let question = Question { scheme: &stored.scheme.code, target, window, place };
        let counts = read::count(&services.db, &question).await?;
        let counted = counts.get(&TOTAL).copied().unwrap_or_default();
        Ok::<_, ActError>(Point { on, counted, progress: judge(target, &window, &counted) })
    }))
    .await
}

/// Last days of months up to the counted end, thinned to [`POINTS`], the first day and the last counted day included.
fn days(window: &Window) -> Vec<Date> {
    let Some(last) = window.cut.previous_day().filter(|last| *last >= window.from) else { return Vec::new() };
    let months = (window.cut - window.from).whole_days() / 30;
    let step = i32::try_from(months).unwrap_or(0) / i32::try_from(POINTS).unwrap_or(1) + 1;
    let mut days = vec![window.from];
    let mut month = 0;
    while let Some(next) = time::add_months(window.from, month + step).and_then(Date::previous_day).filter(|day| *day < last) {
        if next > window.from {
            days.push(next);
        }
        month += step;
    }
    if last > window.from {
        days.push(last);
    }
    days
}

async fn branches(
    services: &Services,
    stored: &Stored,
    target: &Target,
    window: Window,
    parent: UnitId,
    ask: &Ask,
) -> Result<Vec<Branch>, ActError> {
    let place = Place::branches(parent, ask.map_on);
    let question = Question { scheme: &stored.scheme.code, target, window, place: &place };
    let counts = read::count(&services.db, &question).await?;
    let own = units::path(&services.db, parent, ask.map_on).await?.pop();
    let children = units::children(&services.db, parent, ask.map_on).await?;
    Ok(own
        .into_iter()
        .chain(children)
        .filter_map(|unit| {
            let counted = *counts.get(&unit.id)?;
            Some(Branch { unit: unit.id, code: unit.code, name: unit.name, counted, progress: judge(target, &window, &counted) })
        })
        .collect())
}

async fn years(services: &Services, stored: &Stored, target: &Target, place: &Place, as_of: Date) -> Result<Vec<YearFigure>, ActError> {
    if target.recurrence == Recurrence::Once {
        return Ok(Vec::new());
    }
    let windows = target.phase.years(as_of).filter_map(|year| Window::of_year(target, year, as_of).map(|w| (year, w)));
    try_join_all(windows.map(async |(year, window)| {
        let question = Question { scheme: &stored.scheme.code, target, window, place };
        let counted = read::count(&services.db, &question).await?.get(&TOTAL).copied().unwrap_or_default();
        Ok::<_, ActError>(YearFigure { year, counted, progress: judge(target, &window, &counted) })
    }))
    .await
}

/// A page of people behind a figure.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// The target.
    pub target: Target,
    /// Lines.
    pub people: Vec<CountedPerson>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
}

/// The people behind a figure, in name order.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people.
pub async fn people(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    ask: &Ask,
    side: Side,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<PeoplePage, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let (stored, target) = find(services, code).await?;
    let place = place(services, &scope, ask).await?;
    let window = Window::of(&target, ask.as_of).ok_or(ActError::NotFound)?;
    let question = Question { scheme: &stored.scheme.code, target: &target, window, place: &place };
    let mut people = read::people(&services.db, &question, side, after, limit + 1).await?;
    let more = people.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        people.pop();
    }
    let next = if more { people.last().map(|p| p.cursor.clone()) } else { None };
    Ok(PeoplePage { target, people, next })
}
