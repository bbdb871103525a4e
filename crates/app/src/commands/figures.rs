//! Commands that print figures: progress of targets, published tables.
//! Not for: counting.

use std::process::ExitCode;

use domain::statistics::Table;
use serde_json::json;
use service::progress::{self, Ask, report};
use service::statistics::{self, TablesAsk};

use super::{When, existing, system};
use crate::cli::{Format, ProgressArgs, StatisticsArgs};
use crate::outcome::Failure;
use crate::screen::answer;

pub(super) async fn progress(args: ProgressArgs, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&args.place.database).await?;
    let as_of = args.as_of.unwrap_or(when.today);
    let ask = Ask { as_of, map_on: args.map_on.unwrap_or(as_of), unit: args.unit, scheme: args.scheme };
    let figures = progress::all(&services, &system(when), &ask).await?;
    if figures.is_empty()
        && let Some(scheme) = &ask.scheme
    {
        return Err(Failure::plain(format!("no scheme `{scheme}` is in force")));
    }
    let lines = report::lines(&figures);
    answer(&match args.format {
        Format::Text => report::text(&lines),
        Format::Json => format!("{:#}", report::json(&lines)),
        Format::Csv => report::csv(&lines),
    });
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn statistics(args: StatisticsArgs, when: When) -> Result<ExitCode, Failure> {
    if args.to < args.from || args.to - args.from >= statistics::MOST_YEARS {
        return Err(Failure::plain(format!("from {} to {} is no span of at most {} years", args.from, args.to, statistics::MOST_YEARS)));
    }
    let services = existing(&args.place.database).await?;
    let ask = TablesAsk { years: args.from..=args.to, on: args.as_of, map_on: args.as_of, unit: args.unit };
    let table = statistics::table(&services, &system(when), args.table, &ask).await?;
    answer(&match args.format {
        Format::Text => columns(&table, "  ", true),
        Format::Csv => columns(&table, ",", false),
        Format::Json => format!("{:#}", as_json(&table)),
    });
    Ok(ExitCode::SUCCESS)
}

fn as_json(table: &Table) -> serde_json::Value {
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|(key, counts)| {
            let cells: serde_json::Map<String, serde_json::Value> =
                table.columns.iter().zip(counts).map(|(column, count)| (column.clone(), json!(count))).collect();
            json!({ "row": key, "cells": cells })
        })
        .collect();
    json!({ "table": table.id.code(), "columns": table.columns, "rows": rows })
}

fn columns(table: &Table, separator: &str, padded: bool) -> String {
    let head = std::iter::once("row".to_owned()).chain(table.columns.iter().cloned()).collect::<Vec<_>>();
    let body = table.rows.iter().map(|(key, counts)| std::iter::once(key.clone()).chain(counts.iter().map(i64::to_string)).collect());
    let lines: Vec<Vec<String>> = std::iter::once(head).chain(body).collect();
    let width = |i: usize| lines.iter().filter_map(|l| l.get(i)).map(|c| c.chars().count()).max().unwrap_or(0);
    lines
        .iter()
        .map(|line| {
            let cells = line.iter().enumerate().map(|(i, cell)| if padded { format!("{cell:>0$}", width(i)) } else { cell.clone() });
            cells.collect::<Vec<_>>().join(separator)
        })
        .collect::<Vec<_>>()
        .join("\n")
}
