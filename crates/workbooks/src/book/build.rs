//! Filling a sheet cell by cell, in any order, with the same text kept once.
//! Not for: deciding about font encodings; `fonts` is asked when the sheet is complete.

use std::hash::BuildHasher;

use domain::time::Date;
use foldhash::HashMap;
use foldhash::fast::RandomState;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{At, Entry, Merge, Sheet, Span, Stored, Visible};
use crate::fonts::{self, Fonts};

/// The sheet or the whole workbook holds more than was allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// The names of spreadsheet errors, so that a stored cell needs one word for them.
static ERRORS: [&str; 9] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#ERROR"];

/// More merged cells than a real sheet has; a hostile file must not fill memory with them.
const MOST_MERGES: usize = 100_000;

pub(crate) struct Builder {
    name: String,
    visible: Visible,
    entries: Vec<Entry>,
    merges: Vec<Merge>,
    texts: Texts,
    room: usize,
}

impl Builder {
    /// An empty sheet with room for so many cells.
    pub(crate) fn new(name: impl Into<String>, visible: Visible, room: usize) -> Self {
        Self { name: name.into(), visible, entries: Vec::new(), merges: Vec::new(), texts: Texts::default(), room }
    }

    pub(crate) fn text(&mut self, at: At, text: &str) -> Result<(), Full> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
        let span = if composed { self.texts.keep(text)? } else { self.texts.keep(&text.nfc().collect::<String>())? };
        self.push(at, Stored::Text(span))
    }

    pub(crate) fn number(&mut self, at: At, number: f64) -> Result<(), Full> {
        self.push(at, Stored::Number(number))
    }

    pub(crate) fn day(&mut self, at: At, day: Date) -> Result<(), Full> {
        self.push(at, Stored::Day(day))
    }

    pub(crate) fn bool(&mut self, at: At, value: bool) -> Result<(), Full> {
        self.push(at, Stored::Bool(value))
    }

    /// An error by the name the spreadsheet program shows; an unknown one is `#ERROR`.
    pub(crate) fn error(&mut self, at: At, name: &str) -> Result<(), Full> {
        let [.., other] = &ERRORS;
        self.push(at, Stored::Error(ERRORS.iter().find(|known| **known == name).unwrap_or(other)))
    }

    pub(crate) fn no_value(&mut self, at: At) -> Result<(), Full> {
        self.push(at, Stored::NoValue)
    }

    pub(crate) fn merge(&mut self, merge: Merge) {
        if self.merges.len() < MOST_MERGES && merge.first != merge.last {
            self.merges.push(merge);
        }
    }

    fn push(&mut self, at: At, value: Stored) -> Result<(), Full> {
        self.room = self.room.checked_sub(1).ok_or(Full)?;
        self.entries.push(Entry { row: at.row, column: at.column, value });
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<Sheet, Full> {
        let place = |entry: &Entry| (entry.row, entry.column);
        if !self.entries.is_sorted_by_key(place) {
            self.entries.sort_by_key(place);
        }
        // Of two cells at one place the first counts.
        self.entries.dedup_by_key(|entry| place(entry));
        let fonts = self.repair_fonts()?;
        self.entries.shrink_to_fit();
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for (start, entry) in self.entries.iter().enumerate() {
            if rows.last().is_none_or(|(row, _)| *row != entry.row) {
                rows.push((entry.row, start));
            }
        }
        let Self { name, visible, entries, merges, texts, .. } = self;
        Ok(Sheet { name, visible, merges, fonts, entries, rows, pool: texts.pool })
    }

    fn repair_fonts(&mut self) -> Result<Fonts, Full> {
        let mut survey = fonts::Survey::default();
        // A column of choices says the same thousands of times.
        let mut verdicts: HashMap<Span, fonts::Verdict> = HashMap::default();
        for entry in &self.entries {
            if let Stored::Text(span) = entry.value {
                survey.look(entry.column, *verdicts.entry(span).or_insert_with(|| fonts::judge(span.of(&self.texts.pool))));
            }
        }
        let mut report = Fonts::default();
        if survey.is_clean() {
            return Ok(report);
        }
        let mut converted: HashMap<(Span, fonts::Encoding), Span> = HashMap::default();
        for entry in &mut self.entries {
            let Stored::Text(span) = entry.value else { continue };
            let Some(verdict) = verdicts.get(&span).copied() else { continue };
            match survey.decide(entry.column, span.of(&self.texts.pool), verdict) {
                fonts::Decision::Keep => {}
                fonts::Decision::Unknown => {
                    report.undecided += 1;
                    entry.value = Stored::Garbled(span);
                }
                fonts::Decision::Convert(encoding) => {
                    report.count(encoding);
                    let known = converted.get(&(span, encoding)).copied();
                    let better = match known {
                        Some(better) => better,
                        None => self.texts.keep(&fonts::convert(span.of(&self.texts.pool), encoding))?,
                    };
                    converted.insert((span, encoding), better);
                    entry.value = Stored::Text(better);
                }
            }
        }
        Ok(report)
    }
}

#[derive(Default)]
struct Texts {
    pool: String,
    /// Where a text of this hash stands; a second text of the same hash is simply kept again.
    known: HashMap<u64, Span>,
    hasher: RandomState,
}

impl Texts {
    fn keep(&mut self, text: &str) -> Result<Span, Full> {
        let hash = self.hasher.hash_one(text);
        if let Some(span) = self.known.get(&hash).filter(|span| span.of(&self.pool) == text) {
            return Ok(*span);
        }
        let start = u32::try_from(self.pool.len()).map_err(|_| Full)?;
        let span = Span { start, len: u32::try_from(text.len()).map_err(|_| Full)? };
        self.pool.push_str(text);
        self.known.insert(hash, span);
        Ok(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Cell;

    #[test]
    fn cells_come_back_by_place_in_whatever_order_they_came() {
        let mut builder = Builder::new("S", Visible::Shown, 10);
        builder.number(At::new(7, 2), 5.0).unwrap();
        builder.text(At::new(0, 1), "Thu\u{031b}\u{0301}").unwrap();
        builder.text(At::new(0, 0), "  ").unwrap();
        builder.error(At::new(7, 0), "#REF!").unwrap();
        builder.number(At::new(7, 2), 6.0).unwrap();
        let sheet = builder.finish().unwrap();
        assert_eq!(sheet.rows().collect::<Vec<_>>(), [0, 7]);
        assert_eq!(sheet.cell(At::new(0, 1)), Cell::Text("Thứ"));
        assert_eq!(sheet.row(7).collect::<Vec<_>>(), [(0, Cell::Error("#REF!")), (2, Cell::Number(5.0))]);
        assert_eq!(sheet.cell(At::new(3, 0)), Cell::Empty);
    }

    #[test]
    fn more_cells_than_allowed_are_refused() {
        let mut builder = Builder::new("S", Visible::Shown, 1);
        builder.bool(At::new(0, 0), true).unwrap();
        assert_eq!(builder.no_value(At::new(0, 1)), Err(Full));
    }
}
