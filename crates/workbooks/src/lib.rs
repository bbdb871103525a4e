//! Foreign workbooks as people really make them, read into typed values with a place, or problems with a place. Pure: bytes in, values out.
//! Not for: what a person or a class is, nor storing anything; the caller says which fields it wants and keeps the answers.
//!
//! A file goes through five steps, each a module that can be asked alone:
//!
//! 1. [`open()`]: bytes to a [`Book`] of sheets with cells, whatever the format, or an [`OpenError`].
//! 2. [`table`]: where the header is, which rows are data and which are titles, groups, totals or notes.
//! 3. [`mapping`]: which column is which field, remembered for the next file of the same kind.
//! 4. [`values`]: cells to typed values, with what was repaired, or a [`Problem`].
//! 5. [`marked_file`]: the same file back, with the problems marked in it.
#![warn(missing_docs)]

pub mod book;
pub mod fields;
pub mod fonts;
pub mod mapping;
pub mod marked;
pub mod open;
pub mod table;
mod text;
pub mod values;

pub use book::{At, Book, Cell, Sheet};
pub use fields::{Choice, Field, Kind};
pub use mapping::Mapping;
pub use marked::{Kept, Mark, marked, marked_file};
pub use open::{Limits, OpenError, Progress, open, unwatched};
pub use table::Table;
pub use values::{Problem, ProblemCode, Value};
