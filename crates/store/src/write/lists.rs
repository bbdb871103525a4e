//! What accounts keep of their lists: columns, and questions under a name.
//! Not for: who may keep or share them (`service`).

use domain::ids::UserId;
use domain::time::Instant;

use super::insert;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// Keeps the columns of an account.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn set_columns(tx: &WriteTx, user: UserId, columns: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO list_columns (user_id, columns) VALUES (").bind(user.0).push(", ").bind(columns);
    sql.push(") ON CONFLICT (user_id) DO UPDATE SET columns = excluded.columns");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Forgets the columns of an account, so that it sees the usual ones.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn forget_columns(tx: &WriteTx, user: UserId) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM list_columns WHERE user_id = ").bind(user.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Keeps a question under a name.
///
/// # Errors
/// [`StoreError::Duplicate`] when the account has one of this name.
pub async fn add_view(tx: &WriteTx, user: UserId, name: &str, query: &str, shared: bool, at: Instant) -> Result<i64, StoreError> {
    let values = vec![user.0.into(), name.into(), query.into(), shared.into(), at.0.into()];
    insert(tx, "list_view", &["user_id", "name", "query", "shared", "saved_at"], values).await
}

/// Gives a kept question another name.
///
/// # Errors
/// [`StoreError::Duplicate`] when the account has one of this name, [`StoreError::NotFound`] when it is gone.
pub async fn rename_view(tx: &WriteTx, id: i64, name: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE list_view SET name = ").bind(name).push(" WHERE id = ").bind(id);
    found(sql.run(tx.connection()).await?)
}

/// Removes a kept question.
///
/// # Errors
/// [`StoreError::NotFound`] when it is gone.
pub async fn remove_view(tx: &WriteTx, id: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM list_view WHERE id = ").bind(id);
    found(sql.run(tx.connection()).await?)
}

const fn found(rows: u64) -> Result<(), StoreError> {
    if rows == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}
