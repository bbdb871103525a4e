//! `/api/v1/statistics/{table}`: the six published tables, live.
//! Not for: the printed figures of a signed document.

use axum::Json;
use axum::extract::{Path, State};
use domain::statistics::{Table, TableId};
use domain::time::iso;
use serde::Serialize;
use service::statistics::{self, MOST_YEARS, TablesAsk};
use utoipa::ToSchema;

use super::asked::Asked;
use super::caller::Caller;
use super::problem::{Fault, Problem};
use crate::AppState;

/// Years of a table by year when none are given, the year of the day included.
const USUAL_YEARS: i32 = 10;

/// A table with the question it answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableBody {
    /// `1` to `6`.
    table: String,
    /// First year, for tables 1 and 2.
    from: Option<i32>,
    /// Last year, for tables 1 and 2.
    to: Option<i32>,
    /// The day, for tables 3 to 6.
    #[schema(format = Date)]
    on: Option<String>,
    /// The day whose map of units is used.
    #[schema(format = Date)]
    map_on: String,
    /// Unit code; null for everything the caller may see.
    unit: Option<String>,
    /// Column codes; the first is the total of the row.
    columns: Vec<String>,
    /// Rows; the last is the total.
    rows: Vec<RowBody>,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowBody {
    /// A year, a group of leaders, or `total`.
    key: String,
    /// One count per column.
    counts: Vec<i64>,
}

impl TableBody {
    fn of(table: &Table, ask: TablesAsk) -> Self {
        let by_year = table.id.is_by_year();
        Self {
            table: table.id.code().to_owned(),
            from: by_year.then_some(*ask.years.start()),
            to: by_year.then_some(*ask.years.end()),
            on: (!by_year).then(|| iso(ask.on)),
            map_on: iso(ask.map_on),
            unit: ask.unit,
            columns: table.columns.clone(),
            rows: table.rows.iter().map(|(key, counts)| RowBody { key: key.clone(), counts: counts.clone() }).collect(),
        }
    }
}

fn ask(caller: &Caller) -> Result<TablesAsk, Fault> {
    let asked: &Asked = &caller.asked;
    let on = asked.day("on", caller.ctx.today)?;
    let to = asked.year("to", on.year())?;
    let from = asked.year("from", to - USUAL_YEARS + 1)?;
    if from > to || to - from >= MOST_YEARS {
        return Err(Fault::parameter("from", format!("must be at most `to`, and at most {MOST_YEARS} years are one table")));
    }
    Ok(TablesAsk { years: from..=to, on, map_on: asked.day("map_on", on)?, unit: asked.text("unit").map(str::to_owned) })
}

/// One of the six published tables, counted live.
#[utoipa::path(
    get,
    path = "/api/v1/statistics/{table}",
    tag = "statistics",
    params(
        ("table" = String, Path, description = "`1` to `6`"),
        ("unit" = Option<String>, Query, description = "Unit code, with everything below it"),
        ("from" = Option<i32>, Query, description = "First year of tables 1 and 2; ten years when not given"),
        ("to" = Option<i32>, Query, description = "Last year of tables 1 and 2; the year of `on` when not given"),
        ("on" = Option<String>, Query, description = "The day of tables 3 to 6; today when not given"),
        ("map_on" = Option<String>, Query, description = "The day whose map of units is used; `on` when not given"),
    ),
    responses(
        (status = 200, description = "The table", body = TableBody),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(table): Path<String>, caller: Caller) -> Result<Json<TableBody>, Fault> {
    caller.asked.only(&["unit", "from", "to", "on", "map_on"])?;
    let id = TableId::from_code(&table).ok_or(Fault::NotFound)?;
    let ask = ask(&caller)?;
    let table = statistics::table(&state.services, &caller.ctx, id, &ask).await?;
    Ok(Json(TableBody::of(&table, ask)))
}
