//! `/api/v1/plans`: plans of training, and one with its lines.
//! Not for: writing them, and names of people; lines tell how many are named.

use axum::Json;
use axum::extract::{Path, State};
use domain::ids::PlanId;
use domain::plans::Totals;
use domain::time::iso;
use serde::Serialize;
use service::plans::rows::PlanRow;
use service::plans::{self, PlanLine, VersionLine};
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::{Fault, Problem};
use super::shapes::{Page, TitleBody};
use crate::AppState;

/// A plan with the version that the account looks at first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub(crate) struct PlanBody {
    /// Key.
    id: i64,
    /// `year` or `stage`.
    kind: &'static str,
    /// Code of the unit.
    unit: String,
    /// Name of the unit.
    unit_name: String,
    /// Key of the plan it stands under.
    under: Option<i64>,
    /// First year.
    year_from: i32,
    /// Last year.
    year_to: i32,
    /// Title.
    title: String,
    /// Number of the version.
    version: i32,
    /// `draft`, `submitted`, `issued`, `replaced` or `withdrawn`.
    state: &'static str,
    /// Number of the paper that issued it.
    paper_number: Option<String>,
    /// Day of that paper.
    #[schema(format = Date)]
    issued_on: Option<String>,
    /// Lines.
    lines: i64,
    /// Classes.
    classes: i64,
    /// Attendances planned.
    people: i64,
    /// Đồng.
    cost: i64,
}

impl PlanBody {
    fn of(plan: &PlanLine, version: &VersionLine, totals: Totals) -> Self {
        Self {
            id: plan.id.0,
            kind: plan.kind.code(),
            unit: plan.unit_code.clone(),
            unit_name: plan.unit_name.clone(),
            under: plan.under.map(|plan| plan.0),
            year_from: plan.from,
            year_to: plan.to,
            title: plan.title.clone(),
            version: version.number,
            state: version.state.code(),
            paper_number: version.paper_number.clone(),
            issued_on: version.issued_on.map(iso),
            lines: totals.lines,
            classes: totals.classes,
            people: totals.people,
            cost: totals.cost,
        }
    }
}

/// Places for people who are not named.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanSeats)]
pub(crate) struct SeatsBody {
    /// Name of the unit; null for anywhere.
    unit: Option<String>,
    /// Kind of staff; null for any.
    staff: Option<&'static str>,
    /// Group of leaders; null for any.
    group: Option<&'static str>,
    /// How many.
    people: u32,
}

/// A line of a plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanItem)]
pub(crate) struct ItemBody {
    /// Stays the same through the versions of the plan.
    key: u32,
    /// What is taught.
    title: TitleBody,
    /// Scheme whose topic it is.
    scheme: Option<String>,
    /// Topic of that scheme.
    topic: Option<String>,
    /// Code of the programme.
    programme: Option<String>,
    /// Form.
    form: &'static str,
    /// Content group.
    content: Option<&'static str>,
    /// How people meet.
    mode: &'static str,
    /// Abroad.
    abroad: bool,
    /// Classes.
    classes: u32,
    /// People in a class.
    class_size: u32,
    /// People in all classes.
    people: i64,
    /// How many of them are named.
    named: usize,
    /// The others.
    seats: Vec<SeatsBody>,
    /// Year.
    year: i32,
    /// Months of each class, `3-4; 6`.
    months: String,
    /// Days of a class.
    days: u32,
    /// Periods of a class.
    periods: u32,
    /// Place.
    place: String,
    /// Communes that learn together.
    cluster: Vec<String>,
    /// Who leads.
    lead: Option<TitleBody>,
    /// Who takes part.
    with: Vec<TitleBody>,
    /// Đồng.
    cost: i64,
    /// Who pays.
    source: Option<&'static str>,
}

impl From<&PlanRow> for ItemBody {
    fn from(row: &PlanRow) -> Self {
        let (scheme, topic) = row.topic.clone().map_or((None, None), |(scheme, topic)| (Some(scheme), Some(topic)));
        let seats = row.seats.iter().map(|(unit, staff, group, people)| SeatsBody {
            unit: unit.clone(),
            staff: *staff,
            group: *group,
            people: *people,
        });
        Self {
            key: row.key,
            title: (&row.title).into(),
            scheme,
            topic,
            programme: row.programme.as_ref().map(|(code, _)| code.clone()),
            form: row.form,
            content: row.content,
            mode: row.mode,
            abroad: row.abroad,
            classes: row.classes,
            class_size: row.class_size,
            people: row.people,
            named: row.named,
            seats: seats.collect(),
            year: row.year,
            months: row.months.clone(),
            days: row.days,
            periods: row.periods,
            place: row.place.clone(),
            cluster: row.cluster.clone(),
            lead: row.lead.as_ref().map(TitleBody::from),
            with: row.with.iter().map(TitleBody::from).collect(),
            cost: row.cost,
            source: row.source,
        }
    }
}

/// A plan with its lines.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanDetail)]
pub(crate) struct PlanDetailBody {
    /// The plan.
    #[serde(flatten)]
    plan: PlanBody,
    /// Its lines.
    items: Vec<ItemBody>,
}

/// Plans of training, later years first.
#[utoipa::path(
    get,
    path = "/api/v1/plans",
    tag = "plans",
    params(("year" = Option<i32>, Query, description = "Only plans that touch this year")),
    responses(
        (status = 200, description = "All on one page", body = Page<PlanBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Page<PlanBody>>, Fault> {
    caller.asked.only(&["year"])?;
    let year = match caller.asked.text("year") {
        Some(_) => Some(caller.asked.year("year", caller.ctx.today.year())?),
        None => None,
    };
    let listed = plans::list(&state.services, &caller.ctx, year).await?;
    let items = listed.iter().map(|listed| PlanBody::of(&listed.plan, &listed.version, listed.totals)).collect();
    Ok(Json(Page { items, next: None }))
}

/// One plan with its lines: what is written where the account may see that, else what is in force.
#[utoipa::path(
    get,
    path = "/api/v1/plans/{id}",
    tag = "plans",
    params(("id" = i64, Path, description = "Key of the plan")),
    responses(
        (status = 200, description = "The plan", body = PlanDetailBody),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(id): Path<String>, caller: Caller) -> Result<Json<PlanDetailBody>, Fault> {
    caller.asked.only(&[])?;
    let id = id.parse().map(PlanId).map_err(|_| Fault::NotFound)?;
    let view = plans::one(&state.services, &caller.ctx, id, None).await?;
    let known = plans::known(&state.services, &caller.ctx, &view.body.officials()).await?;
    let rows = plans::rows::rows(&view, &known);
    let plan = PlanBody::of(&view.plan, &view.version, view.body.totals());
    Ok(Json(PlanDetailBody { plan, items: rows.iter().map(ItemBody::from).collect() }))
}
