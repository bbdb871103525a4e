//! What is wrong in a file, where, and how to put it right.
//! Not for: finding mistakes; the readers do.

use std::ops::Range;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column} {code} {field}: {message_en}")]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Dotted path of the field, lists counted from 0, e.g. `targets[3].measure.of.staff`; empty for the whole file.
    pub field: String,
    /// Stable code, e.g. `unknown_field`.
    pub code: &'static str,
    /// For the officer.
    pub message_vi: String,
    /// The same in English.
    pub message_en: String,
}

/// A message in both languages.
pub(crate) struct Message {
    pub(crate) vi: String,
    pub(crate) en: String,
}

impl Message {
    pub(crate) fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}

/// Line and column of a byte offset, both from 1, the column in characters.
pub(crate) fn place(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.matches('\n').count() + 1;
    (line, before.get(line_start..).unwrap_or_default().chars().count() + 1)
}
