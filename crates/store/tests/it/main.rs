//! Storage on both engines: counting against brute force, the schema, backups.

mod backup;
mod counting;
mod schema;
