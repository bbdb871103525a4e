//! Statutory papers of a province: plain structs in, PDF and Word files out; templates of a province filled; the code of a scan read.
//! In reading order: `rules` (page rules by day), `paper` and `body` (the model), `compose` (paper to lines), `pdf` and `docx` (lines to
//! files), `forms` (ready-made papers), `fill` (templates of others), `scan`, `sign_in` (sheets that come back signed).
//! Not for: numbers, routes and signatures (`service::papers`), nor for what a plan holds (`domain::plans`).

mod body;
pub mod certificate;
mod compose;
mod docx;
mod fill;
pub mod forms;
mod labels;
mod package;
mod paper;
mod pdf;
mod qr;
mod rules;
mod scan;
pub mod sign_in;
mod widths;

pub use body::{Align, Block, Column, Item, Level, Row, Table};
pub use docx::docx;
pub use fill::{Clash, ClashKind, Fields, FillError, Found, Place, check_template, fill};
pub use paper::{Annex, Close, Head, Issue, Orientation, Paper, PaperError, PaperFault, Signature};
pub use pdf::{Fonts, pdf};
pub use rules::{Evidence, Family, Measure, NoRules, PageRules, PaperDay, Style, StyleOf};
pub use scan::{ScanError, read_qr};
