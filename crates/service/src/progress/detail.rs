//! One target in depth: over time, by unit, by year, and the people behind it.
//! Not for: all targets at once.

use std::sync::Arc;

use domain::ids::UnitId;
use domain::progress::{Counted, Progress, Window, judge};
use domain::roles::Act;
use domain::schemes::Recurrence;
use domain::schemes::Target;
use domain::time::{self, Date};
use futures_util::future::try_join_all;
use store::read::progress::{self as read, CountedPerson, Cursor, Place, Question, Side, TOTAL};
use store::read::schemes::target_mark;

use super::{Ask, Figure, figure, place};
use crate::registry::{UnitLine, UnitView};
use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services, registry};

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

pub(super) async fn find(services: &Services, ctx: &Ctx, code: &str) -> Result<(Arc<Stored>, Target), ActError> {
    let schemes = followed(services, ctx).await?;
    schemes.iter().find_map(|s| s.target(code).cloned().map(|t| (Arc::clone(s), t))).ok_or(ActError::NotFound)
}

/// One target in depth.
///
/// # Errors
/// [`ActError::NotFound`] when no target of that code is in force, or the unit is unknown or out of scope.
pub async fn detail(services: &Services, ctx: &Ctx, code: &str, ask: &Ask) -> Result<Arc<Detail>, ActError> {
    let scope = ctx.scope(Act::ViewProgress)?;
    let (stored, target) = find(services, ctx, code).await?;
    let place = place(services, ctx, &scope, ask).await?;
    let parents = match &ask.unit {
        Some(code) => vec![registry::view(services, ctx, code, ask.map_on).await?],
        None => registry::home_units(services, ctx, ask.map_on).await?,
    };
    let key = (code.to_owned(), ask.clone(), place.clone());
    let make = async {
        let figure = figure(services, &stored, &target, &place, ask.as_of).await?.ok_or(ActError::NotFound)?;
        Ok(Detail {
            points: points(services, &stored, &target, &place, &figure.window).await?,
            branches: all_branches(services, &stored, &target, figure.window, &parents, ask).await?,
            years: years(services, &stored, &target, &place, ask.as_of).await?,
            mark: target_mark(&services.db, code, ask.as_of).await?,
            figure,
        })
    };
    services.figures.details.get(services.facts(ctx).await?, key, make).await
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

async fn all_branches(
    services: &Services,
    stored: &Stored,
    target: &Target,
    window: Window,
    parents: &[Arc<UnitView>],
    ask: &Ask,
) -> Result<Vec<Branch>, ActError> {
    let found = try_join_all(parents.iter().map(|parent| branches(services, stored, target, window, parent, ask))).await?;
    Ok(found.into_iter().flatten().collect())
}

async fn branches(
    services: &Services,
    stored: &Stored,
    target: &Target,
    window: Window,
    parent: &UnitView,
    ask: &Ask,
) -> Result<Vec<Branch>, ActError> {
    let place = Place::branches(parent.unit.id, ask.map_on);
    let question = Question { scheme: &stored.scheme.code, target, window, place: &place };
    let counts = read::count(&services.db, &question).await?;
    let branch = |unit: &UnitLine| {
        let counted = *counts.get(&unit.id)?;
        let progress = judge(target, &window, &counted);
        Some(Branch { unit: unit.id, code: unit.code.clone(), name: unit.name.clone(), counted, progress })
    };
    Ok(std::iter::once(&parent.unit).chain(&parent.children).filter_map(branch).collect())
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
) -> Result<Arc<PeoplePage>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let (stored, target) = find(services, ctx, code).await?;
    let place = place(services, ctx, &scope, ask).await?;
    let window = Window::of(&target, ask.as_of).ok_or(ActError::NotFound)?;
    let key = (code.to_owned(), ask.clone(), place.clone(), side, after.cloned(), limit);
    let make = async {
        let question = Question { scheme: &stored.scheme.code, target: &target, window, place: &place };
        let mut people = read::people(&services.db, &question, side, after, limit + 1).await?;
        let more = people.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            people.pop();
        }
        let next = if more { people.last().map(|p| p.cursor.clone()) } else { None };
        Ok(PeoplePage { target: target.clone(), people, next })
    };
    services.figures.people.get(services.facts(ctx).await?, key, make).await
}
