//! `/api/v1/targets`: promises measured on a day, one in depth, and the people behind a figure.
//! Not for: counting (`service::progress`).

use axum::Json;
use axum::extract::{Path, State};
use domain::progress::{Counted, Progress, State as TargetState};
use domain::time::iso;
use serde::Serialize;
use serde_json::Value;
use service::progress::report::{self, Amount, TargetLine};
use service::progress::{self, Ask, CountedPerson, Detail, Side};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::caller::Caller;
use super::cursor;
use super::problem::{Fault, Problem};
use super::shapes::{Named, Page, TitleBody};
use crate::AppState;

/// A measured target; the same fields as `khuevan targets --format json` gives.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Target)]
pub(crate) struct TargetBody {
    /// Code, unique over all schemes.
    id: String,
    /// Code of the scheme.
    scheme: String,
    /// Where the document says so.
    section: String,
    /// Short title.
    title: TitleBody,
    /// Kind of measure, e.g. `share_of_people`.
    kind: String,
    /// First and last day looked at, e.g. `2024-01-01..2026-12-31`.
    period: String,
    /// People, events or attendances that count.
    numerator: i64,
    /// Out of how many; null for counts.
    denominator: Option<i64>,
    /// Per cent with two decimals for shares, a whole number for counts, null for a share of nobody.
    #[schema(value_type = Option<f64>)]
    value: Value,
    /// The promise: `>= 20 %`, `> 90 %`, `30..50 %`, `7..10`, `yes`.
    threshold: String,
    /// `not_started`, `on_track`, `at_risk`, `behind`, `met` or `missed`.
    state: String,
    /// How many more are missing to the floor.
    missing: i64,
    /// Numerator at the end of the period if it goes on like this.
    forecast: i64,
    /// Attendances behind the numerator.
    attendances: i64,
    /// Above the ceiling of a range.
    above_ceiling: bool,
}

impl From<&TargetLine> for TargetBody {
    fn from(line: &TargetLine) -> Self {
        Self {
            id: line.id.clone(),
            scheme: line.scheme.clone(),
            section: line.section.clone(),
            title: (&line.title).into(),
            kind: line.kind.to_owned(),
            period: line.period.clone(),
            numerator: line.numerator,
            denominator: line.denominator,
            value: line.value.map_or(Value::Null, Amount::to_json),
            threshold: line.threshold.clone(),
            state: line.state.to_owned(),
            missing: line.missing,
            forecast: line.forecast,
            attendances: line.attendances,
            above_ceiling: line.above_ceiling,
        }
    }
}

/// Measured targets with the question they answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Targets {
    /// The day of the figures.
    #[schema(format = Date)]
    as_of: String,
    /// The day whose map of units is used.
    #[schema(format = Date)]
    map_on: String,
    /// Unit code; null for everything the caller may see.
    unit: Option<String>,
    /// In scheme and document order.
    items: Vec<TargetBody>,
}

/// Where and when.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters for the document; `ask` reads them so that a bad one is named")]
pub(crate) struct AskParams {
    /// Unit code, with everything below it.
    unit: Option<String>,
    /// The day of the figures, `2026-11-22`; today when not given.
    as_of: Option<String>,
    /// The day whose map of units is used; `as_of` when not given.
    map_on: Option<String>,
}

fn ask(caller: &Caller) -> Result<Ask, Fault> {
    let asked = &caller.asked;
    let as_of = asked.day("as_of", caller.ctx.today)?;
    Ok(Ask {
        as_of,
        map_on: asked.day("map_on", as_of)?,
        unit: asked.text("unit").map(str::to_owned),
        scheme: asked.text("scheme").map(str::to_owned),
    })
}

/// Every target in force, measured on a day.
#[utoipa::path(
    get,
    path = "/api/v1/targets",
    tag = "targets",
    params(
        AskParams,
        ("scheme" = Option<String>, Query, description = "Code of one scheme"),
        ("state" = Option<String>, Query, description = "Only targets in this state"),
    ),
    responses(
        (status = 200, description = "All on one page", body = Targets),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Targets>, Fault> {
    caller.asked.only(&["scheme", "unit", "as_of", "map_on", "state"])?;
    let wanted = caller.asked.code("state", TargetState::from_code, TargetState::ALL)?;
    let ask = ask(&caller)?;
    let figures = progress::all(&state.services, &caller.ctx, &ask).await?;
    let kept = figures.iter().filter(|f| wanted.is_none_or(|s| s == f.progress.state));
    let items = kept.map(|f| TargetBody::from(&report::line(f))).collect();
    Ok(Json(Targets { as_of: iso(ask.as_of), map_on: iso(ask.map_on), unit: ask.unit, items }))
}

/// A count with its meaning.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Measured {
    /// What counts.
    numerator: i64,
    /// Out of how many; null for counts.
    denominator: Option<i64>,
    /// Per cent, or a whole number.
    #[schema(value_type = Option<f64>)]
    value: Value,
    /// State.
    state: String,
    /// How many more are missing.
    missing: i64,
}

impl Measured {
    fn of(counted: &Counted, progress: &Progress, share: bool) -> Self {
        let amount = |v| if share { Amount::Share(v) } else { Amount::Count(v) };
        Self {
            numerator: counted.numerator,
            denominator: share.then_some(counted.denominator),
            value: progress.value.map_or(Value::Null, |v| amount(v).to_json()),
            state: progress.state.code().to_owned(),
            missing: progress.missing,
        }
    }
}

/// What was counted by a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointBody {
    /// The day.
    #[schema(format = Date)]
    on: String,
    #[serde(flatten)]
    measured: Measured,
}

/// What was counted in a child unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BranchBody {
    /// The unit.
    unit: Named,
    #[serde(flatten)]
    measured: Measured,
}

/// What was counted in a year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct YearBody {
    /// The year.
    year: i32,
    #[serde(flatten)]
    measured: Measured,
}

/// One target in depth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TargetDetail {
    #[serde(flatten)]
    target: TargetBody,
    /// Numerator needed to meet the floor; null for a share of nobody.
    required: Option<i64>,
    /// How many more of the inner minimum are missing.
    inner_missing: i64,
    /// Whole classes of the usual size that would bring the missing people.
    classes_needed: i64,
    /// Month by month up to the day.
    points: Vec<PointBody>,
    /// By child unit.
    branches: Vec<BranchBody>,
    /// Every year, for yearly targets.
    years: Vec<YearBody>,
}

impl From<&Detail> for TargetDetail {
    fn from(detail: &Detail) -> Self {
        let share = detail.figure.target.measure.is_share();
        let measured = |counted, progress| Measured::of(counted, progress, share);
        let progress = &detail.figure.progress;
        let named = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
        Self {
            target: TargetBody::from(&report::line(&detail.figure)),
            required: progress.required,
            inner_missing: progress.inner_missing,
            classes_needed: progress.classes_needed,
            points: detail.points.iter().map(|p| PointBody { on: iso(p.on), measured: measured(&p.counted, &p.progress) }).collect(),
            branches: detail
                .branches
                .iter()
                .map(|b| BranchBody { unit: named(&b.code, &b.name), measured: measured(&b.counted, &b.progress) })
                .collect(),
            years: detail.years.iter().map(|y| YearBody { year: y.year, measured: measured(&y.counted, &y.progress) }).collect(),
        }
    }
}

/// One target in depth: over time, by unit, by year.
#[utoipa::path(
    get,
    path = "/api/v1/targets/{id}",
    tag = "targets",
    params(("id" = String, Path, description = "Code of the target, e.g. `T2.1`"), AskParams),
    responses(
        (status = 200, description = "The target", body = TargetDetail),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(id): Path<String>, caller: Caller) -> Result<Json<TargetDetail>, Fault> {
    caller.asked.only(&["unit", "as_of", "map_on"])?;
    let detail = progress::detail(&state.services, &caller.ctx, &id, &ask(&caller)?).await?;
    Ok(Json(TargetDetail::from(detail.as_ref())))
}

/// A person behind a figure, or one appointment or attendance where the figure counts those.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedBody {
    /// Staff code.
    code: String,
    /// Name.
    name: String,
    /// Name of the unit on the day; null when the person has left.
    unit: Option<String>,
    /// The day that decided.
    #[schema(format = Date)]
    at: Option<String>,
    /// Attendances, periods, certificates or the rank of the rating behind it.
    amount: i64,
}

impl From<&CountedPerson> for CountedBody {
    fn from(person: &CountedPerson) -> Self {
        let unit = person.unit.as_ref().map(|(_, name)| name.clone());
        Self { code: person.code.clone(), name: person.name.clone(), unit, at: person.at.map(iso), amount: person.amount }
    }
}

fn side(asked: &Asked) -> Result<Side, Fault> {
    match asked.text("side") {
        None | Some("counted") => Ok(Side::Counted),
        Some("missing") => Ok(Side::Missing),
        Some(other) => Err(Fault::parameter("side", format!("`{other}` is neither counted nor missing"))),
    }
}

/// The people behind a figure, in name order.
#[utoipa::path(
    get,
    path = "/api/v1/targets/{id}/people",
    tag = "targets",
    params(
        ("id" = String, Path, description = "Code of the target"),
        AskParams,
        ("side" = Option<String>, Query, description = "`counted` (usual) or `missing`"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Page<CountedBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn people(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<Page<CountedBody>>, Fault> {
    caller.asked.only(&["unit", "as_of", "map_on", "side", "cursor", "limit"])?;
    let (ask, side, limit) = (ask(&caller)?, side(&caller.asked)?, caller.asked.limit()?);
    let after = caller.asked.cursor(cursor::counted)?;
    let page = progress::people(&state.services, &caller.ctx, &id, &ask, side, after.as_ref(), limit).await?;
    let next = page.next.as_ref().map(cursor::of_counted);
    Ok(Json(Page { items: page.people.iter().map(CountedBody::from).collect(), next }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_exactly_the_fields_of_the_terminal() {
        let line = TargetLine {
            id: "T1".into(),
            scheme: "s".into(),
            section: "II".into(),
            title: domain::schemes::Title { vi: "Một".into(), en: "One".into() },
            kind: "share_of_people",
            period: "2024-01-01..2026-12-31".into(),
            numerator: 1,
            denominator: Some(3),
            value: Some(Amount::Share(3_333)),
            threshold: ">= 20 %".into(),
            state: "met",
            missing: 0,
            forecast: 1,
            attendances: 2,
            above_ceiling: false,
        };
        assert_eq!(serde_json::to_value(TargetBody::from(&line)).unwrap(), report::json_line(&line));
    }
}
