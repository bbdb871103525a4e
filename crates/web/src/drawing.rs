//! Pictures that say more than a number: bars of progress and lines over time, as plain SVG that also prints.
//! Not for: colours (`app.css`) and texts beside a picture.

mod bar;
mod line;
pub(crate) mod map;

pub(crate) use bar::{Bar, Stack};
pub(crate) use line::{Chart, Series, Words};
