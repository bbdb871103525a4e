//! Accounts, grants, sessions, tokens, failed sign-ins.
//! Not for: hashing (`service`).

use domain::ids::{GrantId, OfficialId, SessionId, TokenId, UnitId, UserId};
use domain::roles::Role;
use domain::time::{Date, Instant, number};

use super::insert;
use crate::db::{Db, StoreError, WriteTx};
use crate::read::accounts::TokenRights;
use crate::sql::Sql;

/// What stands beside a token that may also write.
pub(crate) const WRITES: &str = "write";
/// What stands beside a token of a directory.
pub(crate) const SERVES: &str = "directory";

/// A new account.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Login, unique.
    pub login: &'a str,
    /// Display name.
    pub name: &'a str,
    /// Argon2id hash in PHC form; an empty text is no password, which nothing matches.
    pub password_hash: &'a str,
    /// The staff file of the person.
    pub official: Option<OfficialId>,
}

/// Creates an account.
///
/// # Errors
/// [`StoreError::Duplicate`] when the login exists.
pub async fn create(tx: &WriteTx, new: &NewAccount<'_>, now: Instant) -> Result<UserId, StoreError> {
    let values =
        vec![new.login.into(), new.name.into(), new.password_hash.into(), new.official.map(|o| o.0).into(), false.into(), now.0.into()];
    let id = insert(tx, "user_account", &["login", "name", "password_hash", "official_id", "locked", "created_at"], values).await?;
    Ok(UserId(id))
}

/// Gives a role from a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn grant(tx: &WriteTx, user: UserId, role: Role, unit: Option<UnitId>, from: Date) -> Result<(), StoreError> {
    let values = vec![user.0.into(), role.code().into(), unit.map(|u| u.0).into(), number(from).into()];
    insert(tx, "user_grant", &["user_id", "role", "unit_id", "starts_on"], values).await?;
    Ok(())
}

/// A new session.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// Whose.
    pub user: UserId,
    /// Digest of the token in the cookie.
    pub token_hash: &'a str,
    /// Token that forms must carry.
    pub csrf: &'a str,
    /// Browser as it named itself.
    pub agent: &'a str,
    /// Now.
    pub now: Instant,
    /// End.
    pub expires_at: Instant,
}

/// Opens a session.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open_session(tx: &WriteTx, new: &NewSession<'_>) -> Result<SessionId, StoreError> {
    let values = vec![
        new.user.0.into(),
        new.token_hash.into(),
        new.csrf.into(),
        new.agent.into(),
        new.now.0.into(),
        new.now.0.into(),
        new.expires_at.0.into(),
    ];
    let columns = ["user_id", "token_hash", "csrf", "agent", "created_at", "seen_at", "expires_at"];
    Ok(SessionId(insert(tx, "session", &columns, values).await?))
}

/// Notes that a session was used.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn touch_session(db: &Db, id: SessionId, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE session SET seen_at = ").bind(now.0).push(" WHERE id = ").bind(id.0);
    sql.run(db.writer()).await?;
    db.wrote();
    Ok(())
}

/// Ends a session of a user; `false` when the user has no such live session.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn end_session(tx: &WriteTx, user: UserId, id: SessionId, now: Instant) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE session SET revoked_at = ").bind(now.0).push(" WHERE revoked_at IS NULL AND id = ").bind(id.0);
    sql.push(" AND user_id = ").bind(user.0);
    Ok(sql.run(tx.connection()).await? > 0)
}

/// Creates an API token.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn create_token(
    tx: &WriteTx,
    user: UserId,
    name: &str,
    token_hash: &str,
    (now, expires_at): (Instant, Instant),
    rights: TokenRights,
) -> Result<TokenId, StoreError> {
    let rights = match rights {
        TokenRights::Read => None,
        TokenRights::Write => Some(WRITES.to_owned()),
        TokenRights::Directory => Some(SERVES.to_owned()),
    };
    let values = vec![user.0.into(), name.into(), token_hash.into(), now.0.into(), expires_at.0.into(), rights.into()];
    Ok(TokenId(insert(tx, "api_token", &["user_id", "name", "token_hash", "created_at", "expires_at", "rights"], values).await?))
}

/// Notes a failed sign-in and forgets those before `forget`.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note_failure(tx: &WriteTx, login: &str, address: &str, now: Instant, forget: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM login_failure WHERE failed_at < ").bind(forget.0);
    sql.run(tx.connection()).await?;
    insert(tx, "login_failure", &["login", "address", "failed_at"], vec![login.into(), address.into(), now.0.into()]).await?;
    Ok(())
}

/// Waits until no other change of accounts is under way, so that two administrators who lock each other come one after the other.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn take_turn(tx: &WriteTx) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO setting (key, value) VALUES ('accounts.turn', '') ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Notes that an account was changed.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn touch(tx: &WriteTx, user: UserId, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET changed_at = ").bind(now.0).push(" WHERE id = ").bind(user.0);
    sql.run(tx.connection()).await.map(drop)
}

/// Locks or unlocks an account; `false` when it is so already.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn set_locked(tx: &WriteTx, user: UserId, locked: bool) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET locked = ").bind(locked).push(" WHERE locked <> ").bind(locked).push(" AND id = ").bind(user.0);
    Ok(sql.run(tx.connection()).await? > 0)
}

/// Sets the hash of a password.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn set_password(tx: &WriteTx, user: UserId, hash: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET password_hash = ").bind(hash).push(" WHERE id = ").bind(user.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Ends every session of an account but one, and tells how many.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn end_sessions(tx: &WriteTx, user: UserId, but: Option<SessionId>, now: Instant) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE session SET revoked_at = ").bind(now.0).push(" WHERE revoked_at IS NULL AND user_id = ").bind(user.0);
    sql.push(" AND expires_at > ").bind(now.0);
    if let Some(but) = but {
        sql.push(" AND id <> ").bind(but.0);
    }
    sql.run(tx.connection()).await
}

/// Ends a token of an account, or all of them, and tells how many.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn revoke_tokens(tx: &WriteTx, user: UserId, only: Option<TokenId>, now: Instant) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE api_token SET revoked_at = ").bind(now.0).push(" WHERE revoked_at IS NULL AND user_id = ").bind(user.0);
    if let Some(only) = only {
        sql.push(" AND id = ").bind(only.0);
    }
    sql.run(tx.connection()).await
}

/// Notes that a token was used.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn touch_token(db: &Db, id: TokenId, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE api_token SET used_at = ").bind(now.0).push(" WHERE id = ").bind(id.0);
    sql.run(db.writer()).await?;
    db.wrote();
    Ok(())
}

/// Ends a grant of an account from a day on; `false` when the account has no such grant in force.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn end_grant(tx: &WriteTx, user: UserId, id: GrantId, on: Date) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_grant SET ends_on = ").bind(number(on)).push(" WHERE user_id = ").bind(user.0).push(" AND id = ").bind(id.0);
    sql.push(" AND (ends_on IS NULL OR ends_on > ").bind(number(on)).push(")");
    Ok(sql.run(tx.connection()).await? > 0)
}
