//! Pages of targets: the line of one in a list, its own page, the people behind it.
//! Not for: counting (`service::progress`).

mod advice;
pub(crate) mod mark;
mod parts;
pub(crate) mod people;
mod row;
pub(crate) mod show;

pub(crate) use row::{TargetRow, noun, threshold_text, value_text};
