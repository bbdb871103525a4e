//! `/api/v1/units`: units living on a day, and one with its surroundings.
//! Not for: reorganising.

use axum::Json;
use axum::extract::{Path, State};
use domain::time::iso;
use serde::Serialize;
use service::Ctx;
use service::registry::{self, SuccessionLine, UnitLine, UnitView};
use utoipa::ToSchema;

use super::caller::Caller;
use super::cursor;
use super::problem::{Fault, Problem};
use super::shapes::{Named, Page, Span};
use crate::AppState;

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub(crate) struct UnitBody {
    /// Code.
    code: String,
    /// Name.
    name: String,
    /// Kind, e.g. `department`.
    kind: String,
    /// `province`, `district` or `commune`.
    level: String,
    /// Life.
    life: Span,
    /// Role code by which schemes speak of it.
    actor: Option<String>,
    /// People with a posting in the unit itself on the day.
    people: i64,
}

impl From<&UnitLine> for UnitBody {
    fn from(unit: &UnitLine) -> Self {
        Self {
            code: unit.code.clone(),
            name: unit.name.clone(),
            kind: unit.kind.code().to_owned(),
            level: unit.level.code().to_owned(),
            life: (&unit.life).into(),
            actor: unit.actor.clone(),
            people: unit.people,
        }
    }
}

/// Units living on a day, by code.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    tag = "units",
    params(
        ("on" = Option<String>, Query, description = "The day, `2026-11-22`; today when not given"),
        ("q" = Option<String>, Query, description = "Part of the name or code, with or without marks"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Page<UnitBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Page<UnitBody>>, Fault> {
    let asked = &caller.asked;
    asked.only(&["on", "q", "cursor", "limit"])?;
    let (on, limit) = (asked.day("on", caller.ctx.today)?, asked.limit()?);
    let after = asked.cursor(cursor::code)?.unwrap_or_default();
    let text = asked.text("q").unwrap_or_default();
    let mut lines = registry::list_units(&state.services, &caller.ctx, on, text, &after, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    let next = if more { lines.last().map(|u| cursor::of_code(&u.code)) } else { None };
    Ok(Json(Page { items: lines.iter().map(UnitBody::from).collect(), next }))
}

/// What became of a unit, or what it came from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuccessionBody {
    /// The other unit.
    other: Named,
    /// First day of the new order.
    #[schema(format = Date)]
    on: String,
    /// `merged`, `split`, `renamed` or `abolished`.
    change: String,
    /// Whether the other unit carries this one on; else this one came from it.
    forward: bool,
}

impl From<&SuccessionLine> for SuccessionBody {
    fn from(line: &SuccessionLine) -> Self {
        Self {
            other: Named { code: line.code.clone(), name: line.name.clone() },
            on: iso(line.on),
            change: line.change.code().to_owned(),
            forward: line.forward,
        }
    }
}

/// A unit with its surroundings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitDetail {
    #[serde(flatten)]
    unit: UnitBody,
    /// From the root down to the unit itself.
    path: Vec<Named>,
    /// Direct children on the day.
    children: Vec<UnitBody>,
    /// What it came from and what became of it.
    successions: Vec<SuccessionBody>,
    /// Whether the caller may see its people.
    people_visible: bool,
}

impl UnitDetail {
    fn of(view: &UnitView, ctx: &Ctx) -> Self {
        Self {
            unit: (&view.unit).into(),
            path: view.path.iter().map(|u| Named { code: u.code.clone(), name: u.name.clone() }).collect(),
            children: view.children.iter().map(UnitBody::from).collect(),
            successions: view.successions.iter().map(SuccessionBody::from).collect(),
            people_visible: view.shows_people_to(ctx),
        }
    }
}

/// One unit with its path, children and history.
#[utoipa::path(
    get,
    path = "/api/v1/units/{code}",
    tag = "units",
    params(
        ("code" = String, Path, description = "Code of the unit"),
        ("on" = Option<String>, Query, description = "The day, `2026-11-22`; today when not given"),
    ),
    responses(
        (status = 200, description = "The unit", body = UnitDetail),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(code): Path<String>, caller: Caller) -> Result<Json<UnitDetail>, Fault> {
    caller.asked.only(&["on"])?;
    let on = caller.asked.day("on", caller.ctx.today)?;
    let view = registry::unit(&state.services, &caller.ctx, &code, on).await?;
    Ok(Json(UnitDetail::of(&view, &caller.ctx)))
}
