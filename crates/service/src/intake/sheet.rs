//! The file opened, its table found, its columns matched, its rows read: everything that needs no register.
//! Not for: what the rows mean together with what is known (`plan`).

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use domain::time::Date;
use workbooks::mapping::{Saved, fingerprint};
use workbooks::table::{self, Choices, Header, Table};
use workbooks::values::{Record, Rules, records_of};
use workbooks::{At, Book, Field, Limits, Mapping, OpenError, Progress};

use super::fields::{Tells, catalogue, choices};
use super::jobs::{Stage, Watch};
use super::report::{Column, SheetSeen};
use super::settings::{Remembered, Settings};

/// A file that was read.
#[derive(Debug)]
pub(super) struct Read<W> {
    pub(super) format: String,
    pub(super) encoding: Option<String>,
    pub(super) fonts: Vec<String>,
    pub(super) sheets: Vec<SheetSeen>,
    pub(super) sheet: String,
    pub(super) header: (u32, u32),
    pub(super) columns: Vec<Column>,
    pub(super) left_out: Vec<(String, usize)>,
    /// What its rows say.
    pub(super) wishes: Vec<W>,
    /// The column of each field, for the places of faults.
    pub(super) places: BTreeMap<String, u16>,
    /// Told apart by its titles.
    pub(super) fingerprint: String,
    /// Its columns, to be remembered.
    pub(super) saved: String,
    /// What stood for what earlier files of its kind did not say, when this one says nothing.
    pub(super) defaults: BTreeMap<String, String>,
    /// Units that earlier files of its kind called otherwise.
    pub(super) units: BTreeMap<String, String>,
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// It cannot be opened.
    Open(OpenError),
    /// Nothing in it looks like a table.
    NoTable(Vec<SheetSeen>),
    /// Somebody wanted it to stop.
    Cancelled,
}

/// The first year that a date in a register can mean.
const FIRST_YEAR: i32 = 1900;
/// The last one, from today.
const YEARS_AHEAD: i32 = 15;
/// Some of what stands in a column.
const SAMPLES: usize = 3;
/// Who watches is told once in so many rows.
const TOLD_EVERY: usize = 1_000;

/// What a row says, by its record.
pub(super) type Reader<W> = fn(&Record<'_>) -> W;

/// Reads a file. `earlier` are the mappings of earlier files: name, fingerprint, what is remembered.
pub(super) fn read<W: Send>(
    bytes: &[u8],
    name: &str,
    settings: &Settings,
    earlier: &[(String, String, Remembered)],
    today: Date,
    (watch, of): (&Watch, Reader<W>),
) -> Result<Read<W>, NotRead> {
    let mut told = |progress: Progress<'_>| {
        let (done, of) = match progress {
            Progress::Checking { done, of } => (done, of),
            Progress::Reading { cells, .. } => (cells, 0),
        };
        if watch.tell(Stage::Opening, done, of) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let book = workbooks::open(bytes, name, &Limits::default(), &mut told).map_err(|error| match error {
        OpenError::Cancelled => NotRead::Cancelled,
        other => NotRead::Open(other),
    })?;
    let table = find(&book, settings).ok_or_else(|| NotRead::NoTable(seen(&book)))?;
    let fields = catalogue(settings.tells);
    let print = print(&table, settings.tells);
    let remembered = earlier.iter().find(|(name, known, _)| match &settings.mapping {
        Some(wanted) => name == wanted,
        None => *known == print,
    });
    let mapping = mapping(&table, settings, remembered.map(|(.., remembered)| remembered));
    let rules = Rules { first_year: FIRST_YEAR, last_year: today.year() + YEARS_AHEAD, epoch: book.epoch };
    let wishes = wishes(&table, (&mapping, fields), &rules, watch, of).ok_or(NotRead::Cancelled)?;
    Ok(Read {
        format: book.format.code().to_owned(),
        encoding: book.encoding.map(str::to_owned),
        fonts: fonts(&table),
        sheets: seen(&book),
        sheet: table.sheet.name.clone(),
        header: (table.header.first + 1, table.header.last + 1),
        columns: columns(&table, &mapping),
        left_out: left_out(&table),
        wishes,
        places: places(&mapping),
        fingerprint: print,
        saved: Saved::of(&mapping, &table.columns).to_json().unwrap_or_default(),
        defaults: remembered.map(|(.., remembered)| remembered.defaults.clone()).unwrap_or_default(),
        units: remembered.map(|(.., remembered)| remembered.units.clone()).unwrap_or_default(),
    })
}

/// What tells files of one kind apart by their titles.
fn print(table: &Table<'_>, tells: Tells) -> String {
    let print = fingerprint(&table.columns);
    match tells {
        Tells::Officials => print,
        Tells::Training => format!("training {print}"),
    }
}

/// What the rows say, read on all cores; `None` when somebody wanted it to stop.
fn wishes<W: Send>(
    table: &Table<'_>,
    (mapping, fields): (&Mapping, &[Field]),
    rules: &Rules,
    watch: &Watch,
    of: Reader<W>,
) -> Option<Vec<W>> {
    let readers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = table.rows.len().div_ceil(readers).max(TOLD_EVERY);
    let done = AtomicUsize::new(0);
    let read = |rows| {
        let mut wishes = Vec::new();
        for (place, record) in records_of(table, rows, mapping, fields, rules).enumerate() {
            if place.is_multiple_of(TOLD_EVERY)
                && !watch.tell(Stage::Reading, done.fetch_add(TOLD_EVERY, Relaxed).min(table.rows.len()), table.rows.len())
            {
                return None;
            }
            wishes.push(of(&record));
        }
        Some(wishes)
    };
    std::thread::scope(|scope| {
        let read = &read;
        let all: Vec<_> = table.rows.chunks(share).map(|rows| scope.spawn(move || read(rows))).collect();
        let mut wishes = Vec::with_capacity(table.rows.len());
        for part in all {
            // A panic of one reader is a panic of the reading.
            wishes.extend(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Some(wishes)
    })
}

fn find<'b>(book: &'b Book, settings: &Settings) -> Option<Table<'b>> {
    let fields = catalogue(settings.tells);
    let Some(name) = &settings.sheet else { return table::find(book, fields) };
    let (place, sheet) = book.sheets.iter().enumerate().find(|(_, sheet)| sheet.name == *name)?;
    let header = match settings.header {
        Some((first, last)) => Header { first, last },
        None => table::places(book, fields).into_iter().find(|found| found.sheet == place)?.header,
    };
    Some(Table::at(sheet, header, &Choices::default()))
}

fn mapping(table: &Table<'_>, settings: &Settings, remembered: Option<&Remembered>) -> Mapping {
    let fields = catalogue(settings.tells);
    let saved = remembered.and_then(|remembered| Saved::from_json(&remembered.columns).ok());
    let mut mapping = match saved {
        Some(saved) => saved.apply(&table.columns, fields),
        None => Mapping::of(&table.columns, fields),
    };
    for (column, chosen) in &settings.columns {
        let field = chosen.field.as_deref().map(|field| (field, chosen.choice.as_deref()));
        mapping.choose(&table.columns, fields, *column, field);
    }
    mapping
}

/// The first column of each field; a year of birth in a column of women tells the sex as well.
fn places(mapping: &Mapping) -> BTreeMap<String, u16> {
    let also = mapping.matched.iter().filter_map(|matched| Some((matched.also.as_ref()?.field.clone(), matched.column)));
    let own = mapping.matched.iter().map(|matched| (matched.field.clone(), matched.column));
    let mut all: Vec<(String, u16)> = also.chain(own).collect();
    all.reverse();
    all.into_iter().collect()
}

fn seen(book: &Book) -> Vec<SheetSeen> {
    let one = |sheet: &workbooks::Sheet| SheetSeen {
        name: sheet.name.clone(),
        hidden: sheet.visible == workbooks::book::Visible::Hidden,
        rows: sheet.row_count(),
    };
    book.sheets.iter().map(one).collect()
}

fn fonts(table: &Table<'_>) -> Vec<String> {
    let fonts = &table.sheet.fonts;
    let named = [("tcvn3", fonts.tcvn3), ("vni", fonts.vni), ("utf8_twice", fonts.utf8_twice)];
    named.into_iter().filter(|(_, cells)| *cells > 0).map(|(name, _)| name.to_owned()).collect()
}

fn columns(table: &Table<'_>, mapping: &Mapping) -> Vec<Column> {
    let one = |column: &table::Column| {
        let cells = table.rows.iter().map(|row| table.cell(row.row, column.column).shown()).filter(|text| !text.is_empty());
        let mut samples: Vec<String> = Vec::new();
        for text in cells.take(200) {
            if samples.len() < SAMPLES && !samples.contains(&text) {
                samples.push(text.chars().take(60).collect());
            }
        }
        let matched = mapping.column(column.column);
        Column {
            place: column.column,
            letters: At::letters(column.column),
            title: column.title(),
            samples,
            field: matched.map(|m| m.field.clone()),
            choice: matched.and_then(|m| m.choice.clone()).filter(|code| choices_have(matched.map(|m| m.field.as_str()), code)),
            sure: matched.map_or(0, |m| m.sure),
            why: matched.map(|m| m.why.code().to_owned()).unwrap_or_default(),
        }
    };
    table.columns.iter().map(one).filter(|column| !(column.title.is_empty() && column.samples.is_empty())).collect()
}

fn choices_have(field: Option<&str>, code: &str) -> bool {
    field.is_some_and(|field| choices(field).any(|(known, _)| known == code))
}

fn left_out(table: &Table<'_>) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &table.skipped {
        *counted.entry(skipped.why.code()).or_default() += 1;
    }
    counted.into_iter().map(|(why, rows)| (why.to_owned(), rows)).collect()
}
