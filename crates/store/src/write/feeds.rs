//! Calendars by a secret address: made, used, taken back. Only digests of addresses are kept.
//! Not for: what stands in them (`read::feeds`).

use domain::ids::UserId;
use domain::time::Instant;

use super::insert;
use crate::db::{Db, StoreError, WriteTx};
use crate::read::feeds::Subject;
use crate::sql::Sql;

/// Makes a calendar.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn create(tx: &WriteTx, user: UserId, subject: Subject, token_hash: &str, now: Instant) -> Result<i64, StoreError> {
    let mut columns = vec!["user_id", "kind", "token_hash", "made_at"];
    let mut values = vec![user.0.into(), subject.kind().code().into(), token_hash.into(), now.0.into()];
    let (column, id) = subject.column();
    columns.push(column);
    values.push(id.into());
    insert(tx, "feed", &columns, values).await
}

/// Takes a calendar of a user back; `false` when the user has no such live one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn revoke(tx: &WriteTx, user: UserId, id: i64, now: Instant) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE feed SET revoked_at = ").bind(now.0).push(" WHERE revoked_at IS NULL AND id = ").bind(id);
    sql.push(" AND user_id = ").bind(user.0);
    Ok(sql.run(tx.connection()).await? > 0)
}

/// Notes that a calendar was read.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn touch(db: &Db, id: i64, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE feed SET used_at = ").bind(now.0).push(" WHERE id = ").bind(id);
    sql.run(db.writer()).await?;
    db.wrote();
    Ok(())
}
