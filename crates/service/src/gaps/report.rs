//! Gaps as flat lines: the same fields for the terminal and files, as codes.
//! Not for: counting (`gaps`), nor words of the interface.

use documents::{Cell, CsvFile};
use serde_json::{Map, Value, json};

use super::{Heat, Short, Urgent};
use crate::programmes::CatalogueLine;

/// Lines with named fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    fields: &'static [&'static str],
    rows: Vec<Vec<Value>>,
}

/// One line a requirement and unit; the line of everybody in the place has no unit.
#[must_use]
pub fn heat(heat: &Heat) -> Lines {
    let mut rows = Vec::new();
    for column in &heat.columns {
        let mut add = |unit: (Value, Value), short: &Short| {
            let requirement = &column.requirement;
            let (subject, people) = (requirement.subject.code(), short.people);
            rows.push(vec![
                json!(requirement.code),
                json!(subject),
                json!(requirement.title.vi),
                unit.0,
                unit.1,
                json!(people),
                json!(short.missing),
                json!(short.due),
                json!(requirement.cites.vi),
                json!(requirement.is_verified),
            ]);
        };
        add((Value::Null, Value::Null), &column.total);
        for unit in &heat.rows {
            if let Some(short) = column.units.get(&unit.id) {
                add((json!(unit.code), json!(unit.name)), short);
            }
        }
    }
    let fields = &["requirement", "subject", "title", "unit", "unit_name", "people", "missing", "due", "cites", "verified"];
    Lines { fields, rows }
}

/// One line a programme of the catalogue.
#[must_use]
pub fn programmes(lines: &[CatalogueLine]) -> Lines {
    let row = |line: &CatalogueLine| {
        vec![
            json!(line.code),
            json!(line.title),
            json!(line.content.code()),
            json!(line.periods),
            json!(line.days),
            json!(line.mode.code()),
            json!(line.state.code()),
            json!(line.owner_name),
            json!(line.decision),
        ]
    };
    let fields = &["code", "title", "content", "periods", "days", "mode", "state", "owner", "decision"];
    Lines { fields, rows: lines.iter().map(row).collect() }
}

/// One line a person.
#[must_use]
pub fn urgent(list: &[Urgent]) -> Lines {
    let row = |(place, urgent): (usize, &Urgent)| {
        let parts = urgent.parts.iter().map(|(reason, points)| format!("{} {points}", reason.code())).collect::<Vec<_>>().join("; ");
        let person = &urgent.person;
        vec![
            json!(place),
            json!(person.code),
            json!(person.name),
            json!(person.unit.1),
            json!(person.post),
            json!(urgent.score),
            json!(parts),
            json!(urgent.missing.iter().map(|gap| gap.requirement.code.as_str()).collect::<Vec<_>>().join("; ")),
        ]
    };
    Lines { fields: &["place", "code", "name", "unit", "post", "score", "parts", "missing"], rows: (1..).zip(list).map(row).collect() }
}

impl Lines {
    /// Lines of rows that have a value for every field.
    pub(crate) const fn new(fields: &'static [&'static str], rows: Vec<Vec<Value>>) -> Self {
        Self { fields, rows }
    }

    /// An array of objects.
    #[must_use]
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Value>| {
            let pairs = self.fields.iter().map(|field| (*field).to_owned()).zip(row.iter().cloned());
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    /// A CSV file that spreadsheet programs read.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut file = CsvFile::new(self.fields.iter().copied());
        for row in &self.rows {
            let cells: Vec<Cell> = row
                .iter()
                .map(|value| match value {
                    Value::Null => Cell::Empty,
                    Value::Number(number) => number.as_i64().map_or(Cell::Empty, Cell::Number),
                    Value::String(text) => Cell::Text(text.clone()),
                    other => Cell::Text(other.to_string()),
                })
                .collect();
            file.row(&cells);
        }
        String::from_utf8(file.finish()).unwrap_or_default()
    }

    /// Columns for a screen; numbers to the right.
    #[must_use]
    pub fn text(&self) -> String {
        let words = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let head: Vec<String> = self.fields.iter().map(|field| (*field).to_owned()).collect();
        let body: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(words).collect()).collect();
        let width = |place: usize| {
            let longest = body.iter().filter_map(|row| row.get(place)).chain(head.get(place)).map(|cell| cell.chars().count()).max();
            longest.unwrap_or_default().min(WIDEST)
        };
        let is_number = |place: usize| self.rows.first().and_then(|row| row.get(place)).is_some_and(Value::is_number);
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(place, cell)| {
                let (cell, width) = (cell.chars().take(WIDEST).collect::<String>(), width(place));
                if is_number(place) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        std::iter::once(&head).chain(&body).map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Letters of a text column on a screen; the whole text is in the other formats.
const WIDEST: usize = 48;
