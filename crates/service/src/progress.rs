//! Targets measured: all at once, one in depth, and the people behind a figure.
//! Not for: the statements (`store`) or the judgement (`domain::progress`).

mod detail;
mod export;
pub mod report;

use std::sync::Arc;

use domain::ids::UnitId;
use domain::progress::{Counted, Progress, Window, judge};
use domain::roles::{Act, Reach, Scope};
use domain::schemes::Target;
use domain::time::Date;
use futures_util::future::try_join_all;
use store::read::progress::{self as read, Place, Question, TOTAL};

use crate::kept::Kept;
use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services, registry};

pub use detail::{Branch, Detail, PeoplePage, Point, YearFigure, detail, people};
pub use export::export_people;
pub use store::read::progress::{CountedPerson, Cursor, Side};

/// What is asked: on which day, on the map of which day, where, which scheme.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The day of the figures.
    pub as_of: Date,
    /// The day whose map of units is used; usually the same.
    pub map_on: Date,
    /// A unit (by code) and everything below it; `None` is all the asker may see.
    pub unit: Option<String>,
    /// One scheme only.
    pub scheme: Option<String>,
}

impl Ask {
    /// Everything the asker may see on a day.
    #[must_use]
    pub const fn on(as_of: Date) -> Self {
        Self { as_of, map_on: as_of, unit: None, scheme: None }
    }
}

/// A measured target.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its scheme.
    pub stored: Arc<Stored>,
    /// The target.
    pub target: Target,
    /// The part of the period looked at.
    pub window: Window,
    /// What was counted.
    pub counted: Counted,
    /// What it means.
    pub progress: Progress,
}

/// Figures kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptFigures {
    all: Kept<(Ask, Place), Vec<Figure>>,
    details: Kept<(String, Ask, Place), Detail>,
    people: Kept<PeopleKey, PeoplePage>,
}

/// Target, question, place, side, where the page starts, how long it is.
type PeopleKey = (String, Ask, Place, Side, Option<Cursor>, u32);

/// Measures every target in force, in scheme and document order.
///
/// # Errors
/// [`ActError::NotFound`] when the unit does not exist on the map or lies outside the scope.
pub async fn all(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Arc<Vec<Figure>>, ActError> {
    let scope = ctx.scope(Act::ViewProgress)?;
    let place = place(services, ctx, &scope, ask).await?;
    let schemes = followed(services, ctx).await?;
    let key = (ask.clone(), place.clone());
    services.figures.all.get(services.facts(ctx).await?, key, measure(services, &schemes, ask, &place)).await
}

async fn measure(services: &Services, schemes: &[Arc<Stored>], ask: &Ask, place: &Place) -> Result<Vec<Figure>, ActError> {
    let asked = schemes.iter().filter(|s| ask.scheme.as_ref().is_none_or(|code| *code == s.scheme.code));
    let asked = asked.flat_map(|stored| stored.scheme.targets.iter().map(move |t| (stored, t)));
    let figures = try_join_all(asked.map(|(stored, target)| figure(services, stored, target, place, ask.as_of))).await?;
    Ok(figures.into_iter().flatten().collect())
}

async fn figure(
    services: &Services,
    stored: &Arc<Stored>,
    target: &Target,
    place: &Place,
    as_of: Date,
) -> Result<Option<Figure>, ActError> {
    let Some(window) = Window::of(target, as_of) else { return Ok(None) };
    let counted = count(services, stored, target, window, place).await?;
    let progress = judge(target, &window, &counted);
    Ok(Some(Figure { stored: Arc::clone(stored), target: target.clone(), window, counted, progress }))
}

async fn count(services: &Services, stored: &Stored, target: &Target, window: Window, place: &Place) -> Result<Counted, ActError> {
    let question = Question { scheme: &stored.scheme.code, target, window, place };
    let counts = read::count(&services.db, &question).await?;
    Ok(counts.get(&TOTAL).copied().unwrap_or_default())
}

/// Where the question looks, inside the asker's scope.
pub(crate) async fn place(services: &Services, ctx: &Ctx, scope: &Scope, ask: &Ask) -> Result<Place, ActError> {
    match unit(services, ctx, scope, ask).await? {
        Some(unit) => Ok(Place::units(vec![unit], ask.map_on)),
        None => match scope.reach() {
            Reach::Province => Ok(Place::province(ask.map_on)),
            Reach::Units(roots) => Ok(Place::units(roots.clone(), ask.map_on)),
            Reach::Own(_) => Err(ActError::NotFound),
        },
    }
}

/// The unit asked for, when it lives on the map and lies inside the scope; the root is the whole province.
async fn unit(services: &Services, ctx: &Ctx, scope: &Scope, ask: &Ask) -> Result<Option<UnitId>, ActError> {
    let Some(code) = &ask.unit else { return Ok(None) };
    let view = registry::view(services, ctx, code, ask.map_on).await?;
    if !view.unit.life.contains(ask.map_on) || !view.lies_within(scope) {
        return Err(ActError::NotFound);
    }
    let whole = view.unit.kind == domain::orgs::UnitKind::Province && *scope.reach() == Reach::Province;
    Ok(if whole { None } else { Some(view.unit.id) })
}
