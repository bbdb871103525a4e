//! Whole files: messy ones are read as meant, bad ones are refused with a place, none is a panic.
//! Not for: single rules; those are tested beside their code.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail loudly, as tests do")]

mod bad;
mod corpus;
mod formats;
mod marks;
mod messy;
mod properties;
mod support;
