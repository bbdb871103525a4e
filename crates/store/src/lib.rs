//! The only crate that knows SQL: connecting, the schema, read models, writes, audit. Rows become domain types here.
//! Not for: deciding or authorising; reads demand a `Scope` and writes an `Authorised` or `System`, both made in `domain::roles`.

mod arrival;
mod backup;
mod db;
mod migration;
mod plan_body;
mod pulse;
mod questions;
pub mod read;
pub mod seed;
mod sql;
pub mod write;

pub use backup::{BackupError, backup, restore};
pub use db::{At, Db, Engine, OpenError, StoreError, WriteTx, create_postgres_database};
