//! A plan with its annex tables as a workbook, and its lines as separated text.
//! Not for: the paper to sign (`documents`).

use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column, Part};
use service::plans::{self, Known, View};

use super::{cells, viewed};
use crate::AppState;
use crate::asked::Asked;
use crate::download;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::SignedIn;
use crate::words::word;

/// Columns of the table of lines: field, width, whether it is a number.
const COLUMNS: [(&str, u16, bool); 17] = [
    ("words", 44, false),
    ("topic", 18, false),
    ("programme", 30, false),
    ("form", 18, false),
    ("classes", 8, true),
    ("class_size", 10, true),
    ("seats", 40, false),
    ("officials", 10, true),
    ("year", 8, false),
    ("months", 10, false),
    ("place", 26, false),
    ("cluster", 30, false),
    ("lead", 26, false),
    ("with", 26, false),
    ("cost", 16, true),
    ("source", 20, false),
    ("note", 24, false),
];

fn lines(lang: Lang, view: &View, known: &Known) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let column =
        |(field, width, _): &(&str, u16, bool)| Column { title: lang.t(&format!("plan-line-{}", field.replace('_', "-"))), width: *width };
    let cell = |line: &domain::plans::Line, field: &str, is_number: bool| match (is_number, field) {
        (true, "classes") => Cell::Number(line.classes.into()),
        (true, "class_size") => Cell::Number(line.class_size.into()),
        (true, "officials") => Cell::Number(i64::try_from(line.officials.len()).unwrap_or(i64::MAX)),
        (true, _) => Cell::Number(line.cost),
        (false, "words") => Cell::Text(lang.of(&plans::rows::title(line, known)).to_owned()),
        (false, field) => Cell::Text(cells::value(lang, field, line, known)),
    };
    let row = |line: &domain::plans::Line| COLUMNS.iter().map(|(field, _, number)| cell(line, field, *number)).collect();
    (COLUMNS.iter().map(column).collect(), view.body.lines.iter().map(row).collect())
}

/// A table of a name and a number.
fn pairs(lang: Lang, (name, first, second): (&str, &str, &str), rows: impl Iterator<Item = (String, i64)>) -> Part {
    Part {
        name: lang.t(name),
        columns: vec![Column { title: lang.t(first), width: 40 }, Column { title: lang.t(second), width: 18 }],
        rows: rows.map(|(name, number)| vec![Cell::Text(name), Cell::Number(number)]).collect(),
    }
}

/// The workbook.
pub(crate) async fn xlsx(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let known = plans::known(&state.services, &signed_in.ctx, &view.body.officials()).await?;
    let (columns, rows) = lines(lang, &view, &known);
    let shared = plans::shared(&view.body.lines, &known);
    let money = plans::money(&view);
    let unit = |unit: &Option<domain::ids::UnitId>| match unit {
        Some(unit) => known.names.name_on(*unit, signed_in.ctx.today).to_owned(),
        None => lang.t("plans-anywhere"),
    };
    let group = |group: &Option<domain::people::LeaderGroup>| {
        group.map_or_else(|| lang.t("plans-no-group"), |group| word(lang, "group", group.code()))
    };
    let source = |source: &Option<domain::plans::MoneySource>| {
        source.map_or_else(|| lang.t("plans-no-source"), |s| word(lang, "plan-source", s.code()))
    };
    let parts = [
        Part { name: lang.t("plans-tab-lines"), columns, rows },
        pairs(lang, ("plans-annex-units", "plans-unit", "plans-people"), shared.by_unit.iter().map(|(key, n)| (unit(key), *n))),
        pairs(lang, ("plans-annex-groups", "plans-group", "plans-people"), shared.by_group.iter().map(|(key, n)| (group(key), *n))),
        pairs(lang, ("plans-tab-money", "plan-line-source", "plan-line-cost"), money.by_source.iter().map(|(key, n)| (source(key), *n))),
    ];
    let notes = [view.plan.unit_name.clone(), super::told(lang, &view.version)];
    let bytes = documents::book(&view.plan.title, &notes, &parts).map_err(|error| WebError::Internal(Box::new(error)))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download::file(&format!("ke-hoach-{id}-{}.xlsx", view.version.number), kind, bytes))
}

/// The lines as separated text.
pub(crate) async fn csv(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let known = plans::known(&state.services, &signed_in.ctx, &view.body.officials()).await?;
    let (columns, rows) = lines(signed_in.lang(), &view, &known);
    Ok(download::file(&format!("ke-hoach-{id}-{}.csv", view.version.number), "text/csv; charset=utf-8", documents::csv(&columns, &rows)))
}
