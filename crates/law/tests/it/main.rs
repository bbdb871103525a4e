//! The tests of the law: worked cases, the state of the data, and the laws of the arithmetic.
//! Not for: small things beside the code, which are tested there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests: a broken case file must stop the test where it is broken"
)]

mod arithmetic;
mod cases;
mod data;
mod later;
mod results;
mod sending;
mod terminal;

use domain::time::Date;
use toml_edit::{Item, Table};

fn law() -> law::Law {
    law::Law::load().unwrap_or_else(|errors| {
        let lines: Vec<_> = errors.0.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn day(text: &str) -> Date {
    domain::time::parse(text).unwrap()
}

/// Every table of that name in every file of `cases`.
fn cases(name: &str) -> Vec<Table> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let tables = paths.iter().flat_map(|path| {
        let document: toml_edit::DocumentMut = std::fs::read_to_string(path).unwrap().parse().unwrap();
        document.get(name).and_then(Item::as_array_of_tables).map(|all| all.iter().cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    tables.collect()
}

fn text<'t>(table: &'t Table, field: &str) -> &'t str {
    table.get(field).and_then(Item::as_str).unwrap_or_else(|| panic!("`{field}` is missing in {table}"))
}

fn number(table: &Table, field: &str) -> Option<i64> {
    table.get(field).and_then(Item::as_integer)
}

fn date(table: &Table, field: &str) -> Option<Date> {
    table.get(field).map(|item| day(item.to_string().trim()))
}
