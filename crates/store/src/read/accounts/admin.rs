//! Accounts as administrators see them, and the tokens of one account.
//! Not for: signing in (`accounts`), or deciding who may look (`service`).

use domain::ids::{GrantId, OfficialId, TokenId, UserId};
use domain::roles::Role;
use domain::time::{Date, Instant};
use sea_orm::{ConnectionTrait, QueryResult};

use super::TokenRights;
use crate::db::{Db, StoreError, WriteTx};
use crate::read::directory::REMOVED;
use crate::sql::{self, Sql};

/// A role of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantLine {
    /// Id.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// Code and name of the unit it is limited to.
    pub unit: Option<(String, String)>,
    /// First day.
    pub from: Date,
    /// Name of the group of the directory that gave it; nothing is by hand.
    pub group: Option<String>,
}

/// What a directory did to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectoryState {
    /// Switched it off; it may switch it on again.
    Off,
    /// Removed it from its sight.
    Removed,
}

/// An account with every role in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Id.
    pub id: UserId,
    /// Login.
    pub login: String,
    /// Display name.
    pub name: String,
    /// No sign-in: locked by an administrator, or switched off or removed by the directory.
    pub locked: bool,
    /// What the directory did to it.
    pub directory: Option<DirectoryState>,
    /// An administrator locked it.
    pub locked_by_hand: bool,
    /// When it was added.
    pub created_at: Instant,
    /// Staff code of the person, if linked.
    pub official: Option<String>,
    /// Sessions that have not ended.
    pub sessions: i64,
    /// Tokens that have not ended.
    pub tokens: i64,
    /// Roles in force.
    pub grants: Vec<GrantLine>,
}

/// Which accounts a page of the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountsWanted {
    /// Only these.
    pub only: Option<Vec<UserId>>,
    /// Only locked ones, or only open ones.
    pub locked: Option<bool>,
    /// Only logins after this one.
    pub after: String,
}

/// A token of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLine {
    /// Id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Last use.
    pub used_at: Option<Instant>,
    /// What it may do.
    pub rights: TokenRights,
}

/// Accounts by login.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn page(db: &Db, wanted: &AccountsWanted, now: Instant, on: Date, limit: u32) -> Result<Vec<AccountLine>, StoreError> {
    if wanted.only.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let mut which = Sql::new();
    start(&mut which, now);
    which.push(" WHERE login > ").bind(wanted.after.as_str());
    if let Some(locked) = wanted.locked {
        which.push(" AND (locked OR directory_state IS NOT NULL) = ").bind(locked);
    }
    which.and_in("id", wanted.only.iter().flatten().map(|id| id.0));
    which.push(" ORDER BY login LIMIT ").bind(i64::from(limit));
    lines(db.reader(), which, on).await
}

/// The account of a login.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, login: &str, now: Instant, on: Date) -> Result<AccountLine, StoreError> {
    only(db.reader(), login, now, on).await
}

/// The account of a login as a transaction sees it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one_within(tx: &WriteTx, login: &str, now: Instant, on: Date) -> Result<AccountLine, StoreError> {
    only(tx.connection(), login, now, on).await
}

async fn only(from: &impl ConnectionTrait, login: &str, now: Instant, on: Date) -> Result<AccountLine, StoreError> {
    let mut which = Sql::new();
    start(&mut which, now);
    which.push(" WHERE login = ").bind(login);
    lines(from, which, on).await?.into_iter().next().ok_or(StoreError::NotFound)
}

fn start(sql: &mut Sql, now: Instant) {
    sql.push("SELECT a.*, o.code AS official, g.id AS grant_id, dg.name AS group_name, g.role, g.starts_on, u.code AS unit_code, u.name AS unit_name,");
    for (table, name) in [("session", "sessions"), ("api_token", "tokens")] {
        sql.push(&format!(" (SELECT COUNT(*) FROM {table} t WHERE t.user_id = a.id AND t.revoked_at IS NULL AND t.expires_at > "));
        sql.bind(now.0).push(&format!(") AS {name}{}", if table == "session" { "," } else { "" }));
    }
    sql.push(" FROM (SELECT id, login, name, locked, directory_state, created_at, official_id FROM user_account");
}

async fn lines(from: &impl ConnectionTrait, mut sql: Sql, on: Date) -> Result<Vec<AccountLine>, StoreError> {
    sql.push(") a LEFT JOIN official o ON o.id = a.official_id");
    super::join_grants(&mut sql, on);
    sql.push(" LEFT JOIN unit u ON u.id = g.unit_id LEFT JOIN directory_group dg ON dg.id = g.group_id ORDER BY a.login, g.id");
    let mut accounts: Vec<AccountLine> = Vec::new();
    for row in sql.all(from).await? {
        let id = UserId(row.try_get("", "id")?);
        if accounts.last().is_none_or(|last| last.id != id) {
            accounts.push(account(id, &row)?);
        }
        if let (Some(grant), Some(account)) = (grant(&row)?, accounts.last_mut()) {
            account.grants.push(grant);
        }
    }
    Ok(accounts)
}

fn account(id: UserId, row: &QueryResult) -> Result<AccountLine, StoreError> {
    let locked_by_hand: bool = row.try_get("", "locked")?;
    let directory = row.try_get::<Option<String>>("", "directory_state")?;
    let directory = directory.map(|state| if state == REMOVED { DirectoryState::Removed } else { DirectoryState::Off });
    Ok(AccountLine {
        id,
        login: row.try_get("", "login")?,
        name: row.try_get("", "name")?,
        locked: locked_by_hand || directory.is_some(),
        directory,
        locked_by_hand,
        created_at: Instant(row.try_get("", "created_at")?),
        official: row.try_get("", "official")?,
        sessions: row.try_get("", "sessions")?,
        tokens: row.try_get("", "tokens")?,
        grants: Vec::new(),
    })
}

fn grant(row: &QueryResult) -> Result<Option<GrantLine>, StoreError> {
    let Some(id) = row.try_get::<Option<i64>>("", "grant_id")? else { return Ok(None) };
    let unit: Option<String> = row.try_get("", "unit_code")?;
    let name: Option<String> = row.try_get("", "unit_name")?;
    let role: String = row.try_get("", "role")?;
    let (role, from) = (sql::code(&role, Role::from_code)?, sql::date(row.try_get("", "starts_on")?)?);
    Ok(Some(GrantLine { id: GrantId(id), role, unit: unit.zip(name), from, group: row.try_get("", "group_name")? }))
}

/// Every account with its login and name, for finding by folded words: an installation has at most some ten thousand.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn names(db: &Db) -> Result<Vec<(UserId, String, String)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, login, name FROM user_account");
    let rows = sql.all(db.reader()).await?;
    rows.iter().map(|row| Ok((UserId(row.try_get("", "id")?), row.try_get("", "login")?, row.try_get("", "name")?))).collect()
}

/// The account of an id.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn login_of(db: &Db, user: UserId) -> Result<String, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT login FROM user_account WHERE id = ").bind(user.0);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "login")?)
}

/// The person of a staff code, and whether an account is linked to it already.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn official(db: &Db, code: &str) -> Result<Option<(OfficialId, bool)>, StoreError> {
    person_of(db.reader(), code).await
}

/// As [`official`], as a transaction sees it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn official_within(tx: &WriteTx, code: &str) -> Result<Option<(OfficialId, bool)>, StoreError> {
    person_of(tx.connection(), code).await
}

async fn person_of(from: &impl ConnectionTrait, code: &str) -> Result<Option<(OfficialId, bool)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT o.id, a.id AS account FROM official o LEFT JOIN user_account a ON a.official_id = o.id ");
    // Whoever the directory removed no longer stands in the way of another account of the same person.
    sql.push("AND (a.directory_state IS NULL OR a.directory_state <> 'removed') WHERE o.code = ").bind(code);
    let Some(row) = sql.first(from).await? else { return Ok(None) };
    Ok(Some((OfficialId(row.try_get("", "id")?), row.try_get::<Option<i64>>("", "account")?.is_some())))
}

/// Accounts other than this one that may administer today: open, with the role for the whole province by hand, for
/// what a group gives the directory may take.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn other_administrators(tx: &WriteTx, user: UserId, on: Date) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(DISTINCT a.id) AS others FROM user_account a");
    super::join_grants(&mut sql, on);
    sql.push(" WHERE NOT a.locked AND a.directory_state IS NULL AND g.group_id IS NULL AND g.unit_id IS NULL AND g.role = ")
        .bind(Role::Administrator.code());
    sql.push(" AND a.id <> ").bind(user.0);
    Ok(sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?.try_get("", "others")?)
}

/// Live tokens of an account, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn tokens(db: &Db, user: UserId, now: Instant) -> Result<Vec<TokenLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, name, created_at, expires_at, used_at, rights FROM api_token WHERE revoked_at IS NULL AND expires_at > ")
        .bind(now.0);
    sql.push(" AND user_id = ").bind(user.0).push(" ORDER BY created_at DESC, id DESC");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(TokenLine {
                id: TokenId(row.try_get("", "id")?),
                name: row.try_get("", "name")?,
                created_at: Instant(row.try_get("", "created_at")?),
                expires_at: Instant(row.try_get("", "expires_at")?),
                used_at: row.try_get::<Option<i64>>("", "used_at")?.map(Instant),
                rights: TokenRights::of(row.try_get::<Option<String>>("", "rights")?.as_deref()),
            })
        })
        .collect()
}
