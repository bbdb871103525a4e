//! Tests of papers from outside: what they say, how they are built, that nothing typed is lost, and that other programs read them.
//! Not for: rules of one module, which are tested beside it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail loudly, as tests do")]

mod certificates;
mod class_papers;
mod foreign;
mod golden;
mod reading;
mod sample;
mod scans;
mod signed_sheets;
mod structure;
mod templates;
mod verbatim;
