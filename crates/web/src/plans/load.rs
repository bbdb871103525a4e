//! Classes and people of each commune and agency by month, and money by source and month.
//! Not for: reckoning them (`domain::plans::burden`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use service::plans::{self, Load};

use super::{Head, dong, path, viewed};
use crate::AppState;
use crate::asked::{Asked, address, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Steps of the shades of a heat table.
const SHADES: i64 = 5;

#[derive(Template)]
#[template(path = "plans/load.html")]
struct LoadPage {
    shell: Shell,
    head: Head,
    years: Vec<(String, String, bool)>,
    year: String,
    bars: Vec<Bar>,
    rows: Vec<LoadRow>,
}

/// A month of the chart: how tall in thousandths, and the number.
struct Bar {
    x: i64,
    y: i64,
    height: i64,
    month: String,
    label: String,
}

struct LoadRow {
    href: String,
    name: String,
    months: Vec<Month>,
    people: String,
}

struct Month {
    shade: i64,
    people: String,
    label: String,
}

/// The load.
pub(crate) async fn load(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let first = signed_in.ctx.today.year().clamp(view.plan.from, view.plan.to);
    let year =
        asked.text("nam").and_then(|year| year.parse().ok()).filter(|year| (view.plan.from..=view.plan.to).contains(year)).unwrap_or(first);
    let loads = plans::loads(&state.services, &signed_in.ctx, &view, year).await?;
    let most = loads.iter().flat_map(|load| &load.months).map(|month| month.people).max().unwrap_or(0).max(1);
    let base = path(view.plan.id, "/tai");
    let link = |of: i32| (address(&base, &[("nam", Some(&of.to_string()))]), of.to_string(), of == year);
    shell::page(&LoadPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/tai"),
        years: if view.plan.from == view.plan.to { Vec::new() } else { (view.plan.from..=view.plan.to).map(link).collect() },
        year: year.to_string(),
        bars: bars(lang, &loads),
        rows: loads.iter().map(|load| row(lang, load, most)).collect(),
    })
}

fn row(lang: Lang, load: &Load, most: i64) -> LoadRow {
    let month = |month: &domain::plans::burden::Load| Month {
        shade: if month.people == 0 { 0 } else { (month.people * SHADES / most).clamp(1, SHADES) },
        people: if month.people == 0 { String::new() } else { lang.number(month.people) },
        label: lang.with("plans-load-cell", &[("classes", month.classes.into()), ("people", month.people.into())]),
    };
    LoadRow {
        href: format!("/don-vi/{}", escaped(&load.code)),
        name: load.name.clone(),
        months: load.months.iter().map(month).collect(),
        people: lang.number(load.months.iter().map(|month| month.people).sum()),
    }
}

/// People of all units by month, as bars.
fn bars(lang: Lang, loads: &[Load]) -> Vec<Bar> {
    const TALL: i64 = 100;
    let sums: Vec<i64> =
        (0..12).map(|month| loads.iter().filter_map(|load| load.months.get(month)).map(|month| month.people).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(place, people): (i64, &i64)| {
        let height = people * TALL / most;
        let month = (place + 1).to_string();
        let label = lang.with("plans-load-bar", &[("month", month.clone().into()), ("people", lang.number(*people).into())]);
        Bar { x: place * 50 + 6, y: TALL - height, height, month, label }
    };
    (0..12).zip(&sums).map(bar).collect()
}

#[derive(Template)]
#[template(path = "plans/money.html")]
struct MoneyPage {
    shell: Shell,
    head: Head,
    sources: Vec<(String, String)>,
    months: Vec<(String, String)>,
    total: String,
}

/// The money.
pub(crate) async fn money(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let money = plans::money(&view);
    let source = |source: &Option<domain::plans::MoneySource>| match source {
        Some(source) => word(lang, "plan-source", source.code()),
        None => lang.t("plans-no-source"),
    };
    let month = |(year, month): &(i32, u8)| match month {
        0 => lang.with("plans-some-month", &[("year", year.to_string().into())]),
        month => format!("{month:02}/{year}"),
    };
    shell::page(&MoneyPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/kinh-phi"),
        sources: money.by_source.iter().map(|(key, cost)| (source(key), dong(lang, *cost))).collect(),
        months: money.by_month.iter().map(|(key, cost)| (month(key), dong(lang, *cost))).collect(),
        total: dong(lang, money.total),
    })
}
