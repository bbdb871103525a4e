//! Sheets that learners sign: set so that every cell has a known place, and read again from what a scanner or a phone makes of them.
//! In reading order: `layout` (where things are), `code` (what the code says), `sheet` (setting), `read` (a file to pages), `marks` and
//! `plane` (finding the sheet in a picture), `ink` (what a cell says).
//! Not for: who is on a sheet, or what a signature means for a roll (`service::attendance`).

mod code;
mod ink;
mod layout;
mod marks;
mod plane;
mod read;
mod sheet;

pub use code::SheetCode;
pub use ink::Cell;
pub use layout::{Area, CODE, ROWS, SHOWN, signature, squares};
pub use read::{ReadPage, Sheet, Unreadable, read_sheets};
pub use sheet::{SignSheet, sign_sheets};
