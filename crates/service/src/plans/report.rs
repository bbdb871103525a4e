//! Plans as JSON, CSV and an aligned table, the same for the API and the terminal.
//! Not for: pages (`web`).

use std::fmt::Write as _;

use serde_json::{Value, json as object};

use super::rows::PlanRow;
use super::{Listed, View};

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

/// One plan with its lines as JSON.
#[must_use]
pub fn one_json(view: &View, rows: &[PlanRow]) -> Value {
    let listed_view = Listed {
        plan: view.plan.clone(),
        version: view.version.clone(),
        totals: view.body.totals(),
        below: domain::plans::Totals::default(),
        children: 0,
    };
    let mut value = listed(&listed_view);
    if let Value::Object(fields) = &mut value {
        let _: Option<Value> = fields.insert("items".to_owned(), Value::Array(rows.iter().map(row).collect()));
    }
    value
}

fn row(row: &PlanRow) -> Value {
    let seats = |(unit, staff, group, people): &(Option<String>, Option<&'static str>, Option<&'static str>, u32)| {
        object!({ "unit": unit, "staff": staff, "group": group, "people": people })
    };
    object!({
        "key": row.key,
        "title": { "vi": row.title.vi, "en": row.title.en },
        "scheme": row.topic.as_ref().map(|(scheme, _)| scheme),
        "topic": row.topic.as_ref().map(|(_, topic)| topic),
        "programme": row.programme.as_ref().map(|(code, _)| code),
        "form": row.form,
        "content": row.content,
        "mode": row.mode,
        "abroad": row.abroad,
        "classes": row.classes,
        "class_size": row.class_size,
        "people": row.people,
        "named": row.named,
        "seats": row.seats.iter().map(seats).collect::<Vec<_>>(),
        "year": row.year,
        "months": row.months,
        "days": row.days,
        "periods": row.periods,
        "place": row.place,
        "cluster": row.cluster,
        "lead": row.lead.as_ref().map(|title| &title.vi),
        "with": row.with.iter().map(|title| &title.vi).collect::<Vec<_>>(),
        "cost": row.cost,
        "source": row.source,
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
