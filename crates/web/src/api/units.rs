//! `/api/v1/units`: units living on a day, and one with its surroundings.
//! Not for: reorganising (`acts`).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use domain::time::{Date, Interval, iso};
use serde::Serialize;
use service::registry::{self, AliasLine, Past, PastLine, Placed, SuccessionLine, UnitLine, UnitView};
use service::{Ctx, exchange};
use utoipa::ToSchema;

use super::caller::Caller;
use super::changed::{self, ChangePage};
use super::cursor;
use super::problem::{Fault, Problem};
use super::sent::tagged;
use super::shapes::{Listed, Named, Span};
use super::spots::PlaceBody;
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

/// A unit that changed, as today has it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedUnit {
    /// Code.
    code: String,
    /// Name.
    name: String,
    /// Life.
    life: Span,
}

impl ChangedUnit {
    fn of(code: &str, (name, life): (String, Interval)) -> Self {
        Self { code: code.to_owned(), name, life: (&life).into() }
    }
}

/// A page of units, or which changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Units {
    /// A page.
    Page(Listed<UnitBody>),
    /// With `changed-since`.
    Changes(ChangePage<ChangedUnit>),
}

/// Units living on a day, by code; or which changed since a moment.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    tag = "units",
    params(
        ("on" = Option<String>, Query, description = "The day, `2026-11-22`; today when not given"),
        ("q" = Option<String>, Query, description = "Part of the name or code, with or without marks"),
        ("changed-since" = Option<String>, Query, description = "`next_since` of an answer before: only which changed since; takes `limit` beside it and nothing else"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Units),
        (status = 410, description = "The moment is of another life of the register: read everything anew", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Units>, Fault> {
    let asked = &caller.asked;
    if let Some(since) = changed::asked(asked)? {
        let changes = exchange::changed_units(&state.services, &caller.ctx, since, asked.limit()?).await?;
        return Ok(Json(Units::Changes(changed::page(changes, ChangedUnit::of))));
    }
    asked.only(&["on", "q", "cursor", "limit"])?;
    let (on, limit) = (asked.day("on", caller.ctx.today)?, asked.limit()?);
    let after = asked.cursor(cursor::code)?.unwrap_or_default();
    let text = asked.text("q").unwrap_or_default();
    let next_since = changed::of_since(&exchange::start(&state.services, &caller.ctx).await?);
    let mut lines = registry::list_units(&state.services, &caller.ctx, on, text, &after, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    let next = if more { lines.last().map(|u| cursor::of_code(&u.code)) } else { None };
    Ok(Json(Units::Page(Listed { items: lines.iter().map(UnitBody::from).collect(), next, next_since })))
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
    /// Number of the decision.
    decision: Option<String>,
}

/// Another code of a unit: a former one, or one by which it is known elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AliasBody {
    /// The code.
    code: String,
    /// First day, if known.
    #[schema(format = Date)]
    from: Option<String>,
    /// Last day, if it is over.
    #[schema(format = Date)]
    to: Option<String>,
}

/// A former name of a unit, or a unit under which it stands or stood.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PastBody {
    /// Code of the unit above; null for a name.
    code: Option<String>,
    /// The name.
    name: String,
    /// When.
    during: Span,
    /// Number of the decision.
    decision: Option<String>,
}

impl From<&PastLine> for PastBody {
    fn from(line: &PastLine) -> Self {
        Self { code: line.code.clone(), name: line.name.clone(), during: (&line.during).into(), decision: line.decision.clone() }
    }
}

impl From<&SuccessionLine> for SuccessionBody {
    fn from(line: &SuccessionLine) -> Self {
        Self {
            other: Named { code: line.code.clone(), name: line.name.clone() },
            on: iso(line.on),
            change: line.change.code().to_owned(),
            forward: line.forward,
            decision: line.decision.clone(),
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
    /// Other codes, oldest first.
    aliases: Vec<AliasBody>,
    /// Former names, oldest first.
    names: Vec<PastBody>,
    /// Where it stands and stood, oldest first.
    parents: Vec<PastBody>,
    /// Where it stands on the day; null when nobody said so.
    place: Option<PlaceBody>,
    /// Whether the caller may see its people.
    people_visible: bool,
}

impl UnitDetail {
    fn of(view: &UnitView, past: &Past, placed: &Placed, ctx: &Ctx) -> Self {
        let alias = |alias: &AliasLine| AliasBody {
            code: alias.code.clone(),
            from: alias.from.map(iso),
            to: alias.to.and_then(Date::previous_day).map(iso),
        };
        Self {
            aliases: past.aliases.iter().map(alias).collect(),
            names: past.names.iter().map(PastBody::from).collect(),
            parents: past.parents.iter().map(PastBody::from).collect(),
            unit: (&view.unit).into(),
            path: view.path.iter().map(|u| Named { code: u.code.clone(), name: u.name.clone() }).collect(),
            children: view.children.iter().map(UnitBody::from).collect(),
            successions: view.successions.iter().map(SuccessionBody::from).collect(),
            place: PlaceBody::of(placed),
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
        (status = 200, description = "The unit", body = UnitDetail, headers(("ETag" = String, description = "State of its name and codes, for If-Match"))),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(code): Path<String>, caller: Caller) -> Result<Response, Fault> {
    caller.asked.only(&["on"])?;
    let (services, ctx) = (&state.services, &caller.ctx);
    let on = caller.asked.day("on", ctx.today)?;
    let view = registry::unit(services, ctx, &code, on).await?;
    // Read before the unit is shown: it may be older than what is shown, never newer.
    let tag = exchange::tag_of_unit(services, ctx, &view).await?;
    let view = registry::unit(services, ctx, &code, on).await?;
    let past = registry::past(services, ctx, view.unit.id).await?;
    let placed = registry::placed(services, ctx, view.unit.id, on).await?;
    let mut response = Json(UnitDetail::of(&view, &past, &placed, ctx)).into_response();
    tagged(&mut response, Some(&tag));
    Ok(response)
}
