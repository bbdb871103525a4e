//! Accounts, grants, sessions and tokens as sign-in needs them.
//! Not for: checking passwords (`service`) or deciding rights (`domain::roles`).

pub mod admin;

use domain::ids::{OfficialId, SessionId, TokenId, UnitId, UserId};
use domain::roles::{Grant, Role, Who};
use domain::time::{Date, Instant, number};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// An account as sign-in needs it.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: UserId,
    /// Login.
    pub login: String,
    /// Display name.
    pub name: String,
    /// Argon2id hash in PHC form; an account that the directory made has none until an administrator sets a password.
    pub password_hash: Option<String>,
    /// No sign-in while locked by an administrator or switched off by the directory.
    pub locked: bool,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A live session with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Token that forms must carry.
    pub csrf: String,
    /// Display name of the account.
    pub name: String,
    /// The person and the grants in force.
    pub who: Who,
    /// Last use.
    pub seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Version of the facts at the same moment; it saves every page a question.
    pub facts: i64,
    /// The columns that the account chose for lists of officials, by their codes with commas between.
    pub columns: Option<String>,
}

/// A session in the list of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Id.
    pub id: SessionId,
    /// Browser as it named itself.
    pub agent: String,
    /// Signed in.
    pub created_at: Instant,
    /// Last use.
    pub seen_at: Instant,
}

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRights {
    /// Read by the API.
    Read,
    /// Read and write by the API.
    Write,
    /// Serve a directory, and nothing else.
    Directory,
}

impl TokenRights {
    fn of(stored: Option<&str>) -> Self {
        match stored {
            Some(crate::write::accounts::WRITES) => Self::Write,
            Some(crate::write::accounts::SERVES) => Self::Directory,
            _ => Self::Read,
        }
    }
}

/// A live API token with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The token.
    pub id: TokenId,
    /// Last use.
    pub used_at: Option<Instant>,
    /// What it may do.
    pub rights: TokenRights,
    /// The person and the grants in force.
    pub who: Who,
}

/// The account with this login.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Account>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, login, name, password_hash, (locked OR directory_state IS NOT NULL) AS locked FROM user_account WHERE login = ")
        .bind(login);
    let Some(row) = sql.first(db.reader()).await? else { return Ok(None) };
    Ok(Some(Account {
        id: UserId(row.try_get("", "id")?),
        login: row.try_get("", "login")?,
        name: row.try_get("", "name")?,
        password_hash: Some(row.try_get::<String>("", "password_hash")?).filter(|hash| !hash.is_empty()),
        locked: row.try_get("", "locked")?,
    }))
}

const PERSON: &str = "a.id AS user_id, a.name, a.official_id, g.role, g.unit_id FROM ";
const GRANTS: &str = " LEFT JOIN user_grant g ON g.user_id = a.id AND g.starts_on <= ";

fn join_grants(sql: &mut Sql, on: Date) {
    sql.push(GRANTS).bind(number(on)).push(" AND (g.ends_on IS NULL OR g.ends_on > ").bind(number(on)).push(")");
}

/// The live session behind a token digest, with the grants in force on the day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn session(db: &Db, token_hash: &str, now: Instant, on: Date) -> Result<Option<Session>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT s.id, s.csrf, s.seen_at, s.expires_at, (SELECT value FROM setting WHERE key = ")
        .bind(crate::write::FACTS)
        .push(") AS facts, ");
    sql.push("(SELECT l.columns FROM list_columns l WHERE l.user_id = s.user_id) AS columns, ");
    sql.push(PERSON).push("session s JOIN user_account a ON a.id = s.user_id");
    join_grants(&mut sql, on);
    sql.push(" WHERE s.revoked_at IS NULL AND NOT a.locked AND a.directory_state IS NULL AND s.expires_at > ")
        .bind(now.0)
        .push(" AND s.token_hash = ")
        .bind(token_hash);
    let rows = sql.all(db.reader()).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    Ok(Some(Session {
        id: SessionId(first.try_get("", "id")?),
        csrf: first.try_get("", "csrf")?,
        name: first.try_get("", "name")?,
        who: who(&rows, first)?,
        seen_at: Instant(first.try_get("", "seen_at")?),
        expires_at: Instant(first.try_get("", "expires_at")?),
        facts: version(first.try_get("", "facts")?)?,
        columns: first.try_get("", "columns")?,
    }))
}

/// The person behind an API token digest.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn token(db: &Db, token_hash: &str, now: Instant, on: Date) -> Result<Option<Bearer>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT k.id AS token_id, k.used_at, k.rights, ").push(PERSON).push("api_token k JOIN user_account a ON a.id = k.user_id");
    join_grants(&mut sql, on);
    sql.push(" WHERE k.revoked_at IS NULL AND NOT a.locked AND a.directory_state IS NULL AND (k.expires_at IS NULL OR k.expires_at > ")
        .bind(now.0);
    sql.push(") AND k.token_hash = ").bind(token_hash);
    let rows = sql.all(db.reader()).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let used_at = first.try_get::<Option<i64>>("", "used_at")?.map(Instant);
    let rights = TokenRights::of(first.try_get::<Option<String>>("", "rights")?.as_deref());
    Ok(Some(Bearer { id: TokenId(first.try_get("", "token_id")?), used_at, rights, who: who(&rows, first)? }))
}

/// Live sessions of an account, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sessions(db: &Db, user: UserId, now: Instant) -> Result<Vec<SessionLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, agent, created_at, seen_at FROM session WHERE revoked_at IS NULL AND expires_at > ").bind(now.0);
    sql.push(" AND user_id = ").bind(user.0).push(" ORDER BY seen_at DESC");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(SessionLine {
                id: SessionId(row.try_get("", "id")?),
                agent: row.try_get("", "agent")?,
                created_at: Instant(row.try_get("", "created_at")?),
                seen_at: Instant(row.try_get("", "seen_at")?),
            })
        })
        .collect()
}

/// Failed sign-ins since an instant for a login, and for an address.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn failures(db: &Db, login: &str, address: &str, since: Instant) -> Result<(i64, i64), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(CASE WHEN login = ").bind(login).push(" THEN 1 END) AS by_login, COUNT(CASE WHEN address = ").bind(address);
    sql.push(" THEN 1 END) AS by_address FROM login_failure WHERE failed_at > ").bind(since.0);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok((row.try_get("", "by_login")?, row.try_get("", "by_address")?))
}

/// A setting of this installation.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn setting(db: &Db, key: &str) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT value FROM setting WHERE key = ").bind(key);
    Ok(sql.first(db.reader()).await?.map(|row| row.try_get("", "value")).transpose()?)
}

fn who(rows: &[QueryResult], first: &QueryResult) -> Result<Who, StoreError> {
    let mut grants = Vec::new();
    for row in rows {
        let Some(role) = row.try_get::<Option<String>>("", "role")? else { continue };
        let role = sql::code(&role, Role::from_code)?;
        grants.push(Grant { role, unit: row.try_get::<Option<i64>>("", "unit_id")?.map(UnitId) });
    }
    Ok(Who {
        user: UserId(first.try_get("", "user_id")?),
        official: first.try_get::<Option<i64>>("", "official_id")?.map(OfficialId),
        grants,
    })
}

/// How often facts have changed; figures counted under one version are good as long as it stands.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn facts_version(db: &Db) -> Result<i64, StoreError> {
    version(setting(db, crate::write::FACTS).await?)
}

/// Before the first change there is no setting yet.
fn version(setting: Option<String>) -> Result<i64, StoreError> {
    setting.map_or(Ok(0), |text| text.parse().map_err(|_| StoreError::Unreadable(text)))
}

/// Whether there is any account.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn any(db: &Db) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM user_account LIMIT 1");
    Ok(sql.first(db.reader()).await?.is_some())
}
