//! Changes: each function is one step of a `service` act and runs inside its transaction.
//! Not for: deciding; the caller brings the proof (`Authorised`) where a person acts.

pub mod accounts;
pub mod attendance;
pub mod audit;
pub mod certificates;
pub mod class_numbers;
pub mod classes;
pub mod directory;
pub mod exchange;
pub mod feeds;
pub mod grades;
pub mod intake;
pub mod lists;
pub mod needs;
pub mod nominations;
pub mod notices;
pub mod papers;
pub mod plans;
pub mod programmes;
pub mod register;
pub mod reviews;
pub mod schemes;
pub mod signed;
pub mod standards;
pub mod surveys;

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::Sql;

pub(crate) async fn insert(tx: &WriteTx, table: &str, columns: &[&str], values: Vec<sea_orm::sea_query::Value>) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push(&format!("INSERT INTO {table} ({}) VALUES (", columns.join(", ")));
    for (i, value) in values.into_iter().enumerate() {
        if i > 0 {
            sql.push(", ");
        }
        sql.bind(value);
    }
    sql.push(") RETURNING id");
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    Ok(row.try_get("", "id")?)
}

/// Sets a setting of this installation.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn set_setting(db: &Db, key: &str, value: &str) -> Result<(), StoreError> {
    setting(key, value).run(db.writer()).await?;
    db.wrote();
    Ok(())
}

/// The same as a step of an act.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_setting(tx: &WriteTx, key: &str, value: &str) -> Result<(), StoreError> {
    setting(key, value).run(tx.connection()).await?;
    Ok(())
}

fn setting(key: &str, value: &str) -> Sql {
    let mut sql = Sql::new();
    sql.push("INSERT INTO setting (key, value) VALUES (").bind(key).push(", ").bind(value);
    sql.push(") ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    sql
}

/// The setting that counts changes of facts.
pub(crate) const FACTS: &str = "facts.version";

/// Counts a change of facts, so that figures kept in memory are known to be old.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn bump_facts(tx: &WriteTx) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO setting (key, value) VALUES (").bind(FACTS).push(", '1') ON CONFLICT (key) DO UPDATE SET value = ");
    sql.push("CAST(CAST(setting.value AS bigint) + 1 AS text)");
    sql.run(tx.connection()).await?;
    Ok(())
}
