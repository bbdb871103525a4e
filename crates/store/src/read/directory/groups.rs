//! Groups of the directory with their members and what they are bound to.
//! Not for: what a member may do (`accounts`).

use std::collections::HashMap;

use domain::ids::{GroupId, UnitId, UserId};
use domain::roles::Role;
use domain::time::Instant;
use sea_orm::{ConnectionTrait, QueryResult};

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

/// What an administrator bound a group to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The role.
    pub role: Role,
    /// Where, with code and name; nothing is the whole province.
    pub unit: Option<(UnitId, String, String)>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// Id.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// Its id in the directory.
    pub external_id: Option<String>,
    /// What it gives.
    pub binding: Option<Binding>,
    /// When it was added.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// How many accounts are in it.
    pub size: i64,
    /// Accounts in it, unless they were not wanted.
    pub members: Vec<UserId>,
}

/// Which groups are looked for; all conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupWanted<'a> {
    /// This one.
    pub id: Option<GroupId>,
    /// Of this folded name.
    pub folded: Option<&'a str>,
    /// Of this id in the directory.
    pub external_id: Option<&'a str>,
    /// So many, after so many others.
    pub page: Option<(i64, i64)>,
    /// With the ids of their members.
    pub members: bool,
    /// By name instead of by age.
    pub by_name: bool,
}

/// How many groups there are.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn group_count(db: &Db) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS groups FROM directory_group");
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "groups")?)
}

/// Groups.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn groups(db: &Db, wanted: &GroupWanted<'_>) -> Result<Vec<GroupRow>, StoreError> {
    find(db.reader(), wanted).await
}

/// As [`groups`], as a transaction sees them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn groups_within(tx: &WriteTx, wanted: &GroupWanted<'_>) -> Result<Vec<GroupRow>, StoreError> {
    find(tx.connection(), wanted).await
}

async fn find(from: &impl ConnectionTrait, wanted: &GroupWanted<'_>) -> Result<Vec<GroupRow>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT g.id, g.name, g.external_id, g.role, g.created_at, g.changed_at, u.id AS unit_id, u.code AS unit_code, ");
    sql.push("u.name AS unit_name, (SELECT COUNT(*) FROM directory_member m WHERE m.group_id = g.id) AS size ");
    sql.push("FROM directory_group g LEFT JOIN unit u ON u.id = g.unit_id WHERE 1 = 1");
    if let Some(id) = wanted.id {
        sql.push(" AND g.id = ").bind(id.0);
    }
    if let Some(folded) = wanted.folded {
        sql.push(" AND g.folded = ").bind(folded);
    }
    if let Some(external_id) = wanted.external_id {
        sql.push(" AND g.external_id = ").bind(external_id);
    }
    sql.push(if wanted.by_name { " ORDER BY g.folded, g.id" } else { " ORDER BY g.id" });
    if let Some((limit, offset)) = wanted.page {
        sql.push(" LIMIT ").bind(limit).push(" OFFSET ").bind(offset);
    }
    let mut groups = sql.all(from).await?.iter().map(group).collect::<Result<Vec<_>, _>>()?;
    if wanted.members && !groups.is_empty() {
        members(from, &mut groups, wanted).await?;
    }
    Ok(groups)
}

fn group(row: &QueryResult) -> Result<GroupRow, StoreError> {
    let role = row.try_get::<Option<String>>("", "role")?.map(|role| sql::code(&role, Role::from_code)).transpose()?;
    let unit = match row.try_get::<Option<i64>>("", "unit_id")? {
        None => None,
        Some(id) => Some((UnitId(id), row.try_get("", "unit_code")?, row.try_get("", "unit_name")?)),
    };
    Ok(GroupRow {
        id: GroupId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        external_id: row.try_get("", "external_id")?,
        binding: role.map(|role| Binding { role, unit }),
        created_at: Instant(row.try_get("", "created_at")?),
        changed_at: Instant(row.try_get("", "changed_at")?),
        size: row.try_get("", "size")?,
        members: Vec::new(),
    })
}

async fn members(from: &impl ConnectionTrait, groups: &mut [GroupRow], wanted: &GroupWanted<'_>) -> Result<(), StoreError> {
    let is_all = wanted.page.is_none() && wanted.id.is_none() && wanted.folded.is_none() && wanted.external_id.is_none();
    let ids: Vec<i64> = if is_all { Vec::new() } else { groups.iter().map(|group| group.id.0).collect() };
    let mut places: HashMap<i64, &mut GroupRow> = groups.iter_mut().map(|group| (group.id.0, group)).collect();
    let mut sql = Sql::new();
    sql.push("SELECT group_id, user_id FROM directory_member WHERE 1 = 1").and_in("group_id", ids).push(" ORDER BY group_id, user_id");
    for row in sql.all(from).await? {
        if let Some(group) = places.get_mut(&row.try_get::<i64>("", "group_id")?) {
            group.members.push(UserId(row.try_get("", "user_id")?));
        }
    }
    Ok(())
}

/// An account in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberLine {
    /// Login.
    pub login: String,
    /// Display name.
    pub name: String,
    /// It cannot sign in.
    pub is_closed: bool,
}

/// Accounts in a group, by login.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn members_of(db: &Db, group: GroupId, limit: i64) -> Result<Vec<MemberLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT a.login, a.name, (a.locked OR a.directory_state IS NOT NULL) AS closed FROM directory_member m ");
    sql.push("JOIN user_account a ON a.id = m.user_id WHERE m.group_id = ").bind(group.0);
    sql.push(" ORDER BY a.login LIMIT ").bind(limit);
    let line = |row: &QueryResult| {
        Ok(MemberLine { login: row.try_get("", "login")?, name: row.try_get("", "name")?, is_closed: row.try_get("", "closed")? })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}
