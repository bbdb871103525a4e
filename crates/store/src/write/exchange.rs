//! Requests of other machines under keys of their own: claimed before the work, answered with it, forgotten after a while.
//! Not for: what the requests ask (`service::exchange`).

use domain::ids::UserId;
use domain::time::Instant;

use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A request that is being worked on under its key. Only who holds the newest claim of a key can answer under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    id: i64,
    claimed_at: Instant,
}

/// A kept answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: i32,
    /// The body, as JSON.
    pub body: String,
    /// State of the thing after the request.
    pub etag: Option<String>,
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: the request may be worked on.
    Free(Claim),
    /// Another request: the key was used for something else.
    Other,
    /// The same request is being worked on.
    Running,
    /// The same request was answered.
    Answered(Answer),
}

/// A key as it is claimed.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The account.
    pub user: UserId,
    /// The key.
    pub key: &'a str,
    /// Digest of the request.
    pub fingerprint: &'a str,
    /// Now.
    pub now: Instant,
    /// Answers claimed before are forgotten.
    pub forget: Instant,
    /// Claims made before without an answer are given up.
    pub given_up: Instant,
}

/// Claims a key, forgetting old ones. Two at once get one claim: the engine lets only one row of a key be.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn claim(tx: &WriteTx, key: &Key<'_>) -> Result<Standing, StoreError> {
    let mut old = Sql::new();
    old.push("DELETE FROM api_request WHERE claimed_at < ").bind(key.forget.0);
    old.run(tx.connection()).await?;
    let mut new = Sql::new();
    new.push("INSERT INTO api_request (user_id, key, fingerprint, claimed_at) VALUES (").bind(key.user.0).push(", ").bind(key.key);
    new.push(", ").bind(key.fingerprint).push(", ").bind(key.now.0).push(") ON CONFLICT (user_id, key) DO NOTHING RETURNING id");
    if let Some(row) = new.first(tx.connection()).await? {
        return Ok(Standing::Free(Claim { id: row.try_get("", "id")?, claimed_at: key.now }));
    }
    taken(tx, key).await
}

async fn taken(tx: &WriteTx, key: &Key<'_>) -> Result<Standing, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, fingerprint, claimed_at, status, answer, etag FROM api_request WHERE user_id = ").bind(key.user.0);
    sql.push(" AND key = ").bind(key.key);
    // It was given back in between: whoever asks again will get it.
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(Standing::Running) };
    if row.try_get::<String>("", "fingerprint")? != key.fingerprint {
        return Ok(Standing::Other);
    }
    if let Some(status) = row.try_get::<Option<i32>>("", "status")? {
        let body = row.try_get::<Option<String>>("", "answer")?.unwrap_or_default();
        return Ok(Standing::Answered(Answer { status, body, etag: row.try_get("", "etag")? }));
    }
    let (id, claimed_at): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "claimed_at")?);
    if claimed_at >= key.given_up.0 {
        return Ok(Standing::Running);
    }
    let mut over = Sql::new();
    over.push("UPDATE api_request SET claimed_at = ").bind(key.now.0).push(" WHERE status IS NULL AND id = ").bind(id);
    over.push(" AND claimed_at = ").bind(claimed_at);
    let is_ours = over.run(tx.connection()).await? > 0;
    Ok(if is_ours { Standing::Free(Claim { id, claimed_at: key.now }) } else { Standing::Running })
}

/// Keeps the answer under a claim, in the transaction of the work itself.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else claimed the key since: then the work must not be committed.
pub async fn answer(tx: &WriteTx, claim: Claim, answer: &Answer) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE api_request SET status = ").bind(answer.status).push(", answer = ").bind(answer.body.as_str());
    sql.push(", etag = ").bind(answer.etag.clone()).push(" WHERE status IS NULL AND id = ").bind(claim.id);
    sql.push(" AND claimed_at = ").bind(claim.claimed_at.0);
    if sql.run(tx.connection()).await? == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Gives a claim back whose work wrote nothing.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn release(tx: &WriteTx, claim: Claim) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM api_request WHERE status IS NULL AND id = ").bind(claim.id).push(" AND claimed_at = ").bind(claim.claimed_at.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Makes writers of this kind come one after the other on either engine, so that what was read inside is not overtaken.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn take_turn(tx: &WriteTx) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO setting (key, value) VALUES ('exchange.turn', '') ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// A change of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its key.
    pub id: i64,
    /// Table of the row.
    pub kind: String,
    /// Key of the row.
    pub row: i64,
    /// Key and staff code of the person.
    pub official: Option<(i64, String)>,
}

/// The changes of an operation, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn written(tx: &WriteTx, operation: &str) -> Result<Vec<Written>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.id, c.kind, c.row_id, o.id AS official_id, o.code FROM register_change c ");
    sql.push("LEFT JOIN official o ON o.id = c.official_id WHERE c.operation = ").bind(operation).push(" ORDER BY c.id");
    let one = |row: &sea_orm::QueryResult| {
        let (official, code): (Option<i64>, Option<String>) = (row.try_get("", "official_id")?, row.try_get("", "code")?);
        let (id, kind, row) = (row.try_get("", "id")?, row.try_get("", "kind")?, row.try_get("", "row_id")?);
        Ok(Written { id, kind, row, official: official.zip(code) })
    };
    sql.all(tx.connection()).await?.iter().map(one).collect()
}

/// The version of the facts as this transaction sees it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn facts_version(tx: &WriteTx) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT value FROM setting WHERE key = ").bind(super::FACTS);
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(0) };
    let text: String = row.try_get("", "value")?;
    text.parse().map_err(|_| StoreError::Unreadable(text))
}
