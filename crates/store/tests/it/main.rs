//! Storage on both engines: counting against brute force, the schema, backups.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail loudly, as tests do")]

mod backup;
mod classes;
mod counting;
mod gaps;
mod loading;
mod plans;
mod schema;
mod words;
