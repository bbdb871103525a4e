//! Files out that are read again: blank forms with what may be chosen, and a unit's own register in one workbook.
//! Not for: lists as they are shown (`registry::export_people`), nor reading files (`intake`).
//!
//! The people's sheet of both has the columns of `intake`'s catalogue under their first names, so that a file that goes out comes in
//! again without a question; brought back unchanged it changes nothing.

mod columns;
mod further;
mod lists;
mod person;
mod register;
mod template;

pub use register::{Register, RegisterAsk, Shape, may_take, register};
pub use template::template;

/// Words of the interface by key: names of sheets, hints, heads and codes. They are written in `locales`.
pub type Words<'w> = &'w (dyn Fn(&str) -> String + Send + Sync);

/// A file that could not be put together, as a failure of the act.
fn unwritten<R>(error: &documents::SheetError) -> crate::ActError<R> {
    crate::ActError::Internal(store::StoreError::Unreadable(error.to_string()))
}
