//! The list of plans as JSON, CSV and an aligned table, for the terminal.
//! Not for: pages and the API (`web`).

use std::fmt::Write as _;

use serde_json::{Value, json as object};

use super::Listed;

/// A list of plans as JSON.
#[must_use]
pub fn json(plans: &[Listed]) -> Value {
    Value::Array(plans.iter().map(listed).collect())
}

fn listed(listed: &Listed) -> Value {
    let (plan, version) = (&listed.plan, &listed.version);
    object!({
        "id": plan.id.0,
        "kind": plan.kind.code(),
        "unit": plan.unit_code,
        "unit_name": plan.unit_name,
        "under": plan.under.map(|plan| plan.0),
        "year_from": plan.from,
        "year_to": plan.to,
        "title": plan.title,
        "version": version.number,
        "state": version.state.code(),
        "paper_number": version.paper_number,
        "issued_on": version.issued_on.map(domain::time::iso),
        "lines": listed.totals.lines,
        "classes": listed.totals.classes,
        "people": listed.totals.people,
        "cost": listed.totals.cost,
    })
}

const COLUMNS: [&str; 10] = ["id", "unit", "kind", "years", "version", "state", "lines", "classes", "people", "cost"];

fn cells(listed: &Listed) -> [String; 10] {
    let (plan, version) = (&listed.plan, &listed.version);
    let years = if plan.from == plan.to { plan.from.to_string() } else { format!("{}-{}", plan.from, plan.to) };
    [
        plan.id.to_string(),
        plan.unit_code.clone(),
        plan.kind.code().to_owned(),
        years,
        version.number.to_string(),
        version.state.code().to_owned(),
        listed.totals.lines.to_string(),
        listed.totals.classes.to_string(),
        listed.totals.people.to_string(),
        listed.totals.cost.to_string(),
    ]
}

/// A list of plans as a CSV file with a header; no cell needs quotes.
#[must_use]
pub fn csv(plans: &[Listed]) -> String {
    let mut text = format!("{}\r\n", COLUMNS.join(","));
    for plan in plans {
        text.push_str(&cells(plan).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A list of plans as an aligned table.
#[must_use]
pub fn text(plans: &[Listed]) -> String {
    let rows: Vec<[String; 10]> = std::iter::once(COLUMNS.map(str::to_owned)).chain(plans.iter().map(cells)).collect();
    let widths: Vec<usize> =
        (0..COLUMNS.len()).map(|i| rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.chars().count()).max().unwrap_or(0)).collect();
    rows.iter().fold(String::new(), |mut text, row| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        // Writing into a string cannot fail.
        let _: std::fmt::Result = writeln!(text, "{}", cells.join("  ").trim_end());
        text
    })
}
