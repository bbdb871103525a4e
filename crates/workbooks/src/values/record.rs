//! Rows of a table to records: the value of each field, from one column, several, or columns of marks.
//! Not for: what records mean together, such as two rows of one person.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::choices::{is_mark, is_no_mark};
use super::{Problem, ProblemCode, Reading, Rules, Value, read, squeezed};
use crate::book::{At, Cell};
use crate::fields::{Field, Kind, Need, Times};
use crate::mapping::{Mapping, Matched};
use crate::table::{Row, Table};

/// A field of a row that has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled<'f> {
    /// The code of the field.
    pub field: &'f str,
    /// The cell it came from.
    pub at: At,
    /// The value, never [`Value::Empty`].
    pub reading: Reading,
}

/// A row as values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'f> {
    /// The row of the sheet, counted from zero.
    pub row: u32,
    /// The groups the row stands in, the outermost first.
    pub group: Vec<String>,
    /// The fields that have a value, in the order of their columns.
    pub filled: Vec<Filled<'f>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Record<'_> {
    /// The first value of a field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.values(field).next()
    }

    /// The first value of a field as it was read, with what was repaired.
    #[must_use]
    pub fn reading(&self, field: &str) -> Option<&Reading> {
        self.filled.iter().find(|filled| filled.field == field).map(|filled| &filled.reading)
    }

    /// All values of a field.
    pub fn values(&self, field: &str) -> impl Iterator<Item = &Value> {
        self.filled.iter().filter(move |filled| filled.field == field).map(|filled| &filled.reading.value)
    }
}

/// The rows of a table as records, one after the other.
pub fn records<'a>(
    table: &'a Table<'_>,
    mapping: &'a Mapping,
    fields: &'a [Field],
    rules: &'a Rules,
) -> impl Iterator<Item = Record<'a>> + 'a {
    records_of(table, &table.rows, mapping, fields, rules)
}

/// Some rows of a table as records; several readers may share a long table.
pub fn records_of<'a>(
    table: &'a Table<'_>,
    rows: &'a [Row],
    mapping: &'a Mapping,
    fields: &'a [Field],
    rules: &'a Rules,
) -> impl Iterator<Item = Record<'a>> + 'a {
    let reader = Reader::new(table, fields, rules);
    rows.iter().map(move |row| reader.record(row, mapping))
}

/// A cell as it was read, or why it was not.
type Read = Result<Reading, ProblemCode>;

struct Reader<'r, 'f> {
    table: &'r Table<'r>,
    fields: BTreeMap<&'f str, &'f Field>,
    rules: &'r Rules,
    /// What texts of choices were read as, by field: a column has a handful of them in thousands of rows.
    chosen: RefCell<HashMap<(&'f str, &'r str), Read>>,
}

/// So many texts of choices are remembered; a column that has more is none of choices.
const MOST_CHOSEN: usize = 4_096;

impl<'r, 'f> Reader<'r, 'f> {
    fn new(table: &'r Table<'_>, fields: &'f [Field], rules: &'r Rules) -> Self {
        let fields = fields.iter().map(|field| (field.code.as_str(), field)).collect();
        Self { table, fields, rules, chosen: RefCell::default() }
    }

    fn record(&self, row: &Row, mapping: &Mapping) -> Record<'f> {
        let group = self.table.group(row).to_vec();
        let mut record = Record { row: row.row, group, filled: Vec::new(), problems: Vec::new() };
        for matched in &mapping.matched {
            let Some(field) = self.fields.get(matched.field.as_str()) else { continue };
            let cell = self.table.cell(row.row, matched.column);
            if matched.choice.is_some() || matched.also.is_some() {
                self.read_marked(&mut record, matched, field, &cell);
            } else {
                self.read_plain(&mut record, matched, field, &cell);
            }
        }
        self.check(&mut record, mapping);
        record
    }

    /// Reads a cell; the same text of a choice is worked out once.
    fn reading(&self, field: &'f Field, cell: &Cell<'r>) -> Read {
        let (Kind::Code(_), Cell::Text(text)) = (&field.kind, cell) else { return read(cell, field, self.rules) };
        if let Some(known) = self.chosen.borrow().get(&(field.code.as_str(), *text)) {
            return known.clone();
        }
        let reading = read(cell, field, self.rules);
        let mut chosen = self.chosen.borrow_mut();
        if chosen.len() < MOST_CHOSEN {
            chosen.insert((&field.code, text), reading.clone());
        }
        reading
    }

    fn read_plain(&self, record: &mut Record<'f>, matched: &Matched, field: &'f Field, cell: &Cell<'r>) {
        let at = At::new(record.row, matched.column);
        match self.reading(field, cell) {
            Ok(reading) => fill(record, field, at, reading),
            Err(code) => record.problems.push(self.problem(at, field, cell.shown(), code)),
        }
    }

    /// A mark for a choice, or a value that also tells another field. Nothing in it is no problem: another column may have it.
    fn read_marked(&self, record: &mut Record<'f>, matched: &Matched, field: &'f Field, cell: &Cell<'r>) {
        let at = At::new(record.row, matched.column);
        let text = squeezed(cell.shown());
        if cell.is_empty() || text.is_empty() || field.blanks.has(&text) {
            return;
        }
        if let Some(choice) = &matched.choice {
            if is_no_mark(cell, &text) {
                return;
            }
            let is_named = field.kind.choices().iter().any(|known| known.code == *choice && known.is_called(&crate::fields::key(&text)));
            // A year or a place in a column of marks says yes as well: they know when.
            let is_told = is_mark(cell, &text) || is_named || matches!(cell, Cell::Number(_) | Cell::Day(_) | Cell::Text(_));
            if is_told {
                fill(record, field, at, Reading::plain(Value::Code(choice.clone())));
            } else {
                record.problems.push(self.problem(at, field, text, ProblemCode::NotYesNo));
            }
            return;
        }
        if let Some(also) = &matched.also
            && let Some(other) = self.fields.get(also.field.as_str())
        {
            fill(record, other, at, Reading::plain(Value::Code(also.choice.clone())));
        }
        // A mark tells only the other field.
        if !(is_mark(cell, &text) && matches!(cell, Cell::Text(_) | Cell::Bool(_))) {
            self.read_plain(record, matched, field, cell);
        }
    }

    /// What only the whole row can tell: fields that say two things, and required ones that several columns left empty.
    fn check(&self, record: &mut Record<'f>, mapping: &Mapping) {
        let mut seen = BTreeSet::new();
        let is_filled_once = record.filled.iter().all(|filled| seen.insert(filled.field));
        // Nearly every row: nothing disagrees, and only what is missing is left to ask.
        let asked = |field: &&&Field| field.times == Times::Once && !(is_filled_once && seen.contains(field.code.as_str()));
        for field in self.fields.values().filter(asked) {
            let filled: Vec<&Filled<'_>> = record.filled.iter().filter(|filled| filled.field == field.code).collect();
            let problem = match filled.as_slice() {
                [] => self.missing(record, field, mapping),
                [first, rest @ ..] => {
                    rest.iter().find(|other| other.reading.value != first.reading.value).map(|_| self.disagreement(field, &filled))
                }
            };
            if let Some(problem) = problem {
                record.filled.retain(|filled| filled.field != field.code);
                record.problems.push(problem);
            } else {
                let mut seen = false;
                record.filled.retain(|filled| filled.field != field.code || !std::mem::replace(&mut seen, true));
            }
        }
    }

    fn missing(&self, record: &Record<'_>, field: &Field, mapping: &Mapping) -> Option<Problem> {
        if field.need != Need::Required || record.problems.iter().any(|problem| problem.field == field.code) {
            return None;
        }
        let first = mapping.columns_of(&field.code).next()?;
        Some(self.problem(At::new(record.row, first.column), field, String::new(), ProblemCode::Required))
    }

    fn disagreement(&self, field: &Field, filled: &[&Filled<'_>]) -> Problem {
        let codes: Vec<String> = filled
            .iter()
            .filter_map(|filled| if let Value::Code(code) = &filled.reading.value { Some(code.clone()) } else { None })
            .collect();
        let at = filled.last().map_or(At::new(0, 0), |last| last.at);
        let shown = |at: At| squeezed(self.table.cell(at.row, at.column).shown());
        let code = if codes.len() == filled.len() {
            ProblemCode::SeveralMarks { choices: codes }
        } else {
            ProblemCode::Contradiction { other: filled.first().map(|first| shown(first.at)).unwrap_or_default() }
        };
        self.problem(at, field, shown(at), code)
    }

    fn problem(&self, at: At, field: &Field, read: String, code: ProblemCode) -> Problem {
        Problem { sheet: self.table.sheet.name.clone(), at, field: field.code.clone(), read, code }
    }
}

fn fill<'f>(record: &mut Record<'f>, field: &'f Field, at: At, reading: Reading) {
    if reading.value != Value::Empty {
        record.filled.push(Filled { field: &field.code, at, reading });
    }
}
