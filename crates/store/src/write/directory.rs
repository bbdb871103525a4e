//! What a directory writes: what it tells of accounts, its groups, who is in them, and the roles that groups give.
//! Not for: deciding (`service::directory`); locking by hand, sessions, tokens (`accounts`).

use domain::ids::{GroupId, OfficialId, UnitId, UserId};
use domain::roles::Role;
use domain::time::{Date, Instant, number};

use super::insert;
use crate::db::{StoreError, WriteTx};
use crate::read::directory::{EmailRow, OFF, REMOVED, Told};
use crate::sql::Sql;

/// Members written or struck by one statement.
const CHUNK: usize = 1_000;

/// Writes what the directory tells of an account in place of what it told before.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn tell(tx: &WriteTx, user: UserId, told: &Told, emails: &[EmailRow]) -> Result<(), StoreError> {
    forget(tx, user).await?;
    let columns = ["user_id", "external_id", "display_name", "formatted_name", "family_name", "given_name", "employee_number"];
    let Told { external_id, display_name, formatted_name, family_name, given_name, employee_number } = told.clone();
    let values = vec![
        user.0.into(),
        external_id.into(),
        display_name.into(),
        formatted_name.into(),
        family_name.into(),
        given_name.into(),
        employee_number.into(),
    ];
    insert(tx, "directory_user", &columns, values).await?;
    if emails.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new();
    sql.push("INSERT INTO directory_email (user_id, place, value, kind, primary_mark) VALUES ");
    for (place, email) in (0_i32..).zip(emails) {
        sql.push(if place > 0 { ", (" } else { "(" }).bind(user.0).push(", ").bind(place).push(", ").bind(email.value.as_str());
        sql.push(", ").bind(email.kind.clone()).push(", ");
        sql.bind(email.primary.map(|primary| if primary { "yes" } else { "no" }.to_owned())).push(")");
    }
    sql.run(tx.connection()).await.map(drop)
}

/// Forgets what the directory told of an account.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn forget(tx: &WriteTx, user: UserId) -> Result<(), StoreError> {
    for table in ["directory_user", "directory_email"] {
        let mut sql = Sql::new();
        sql.push(&format!("DELETE FROM {table} WHERE user_id = ")).bind(user.0);
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// An account as it shall be.
#[derive(Debug, Clone, Copy)]
pub struct AccountIs<'a> {
    /// Login.
    pub login: &'a str,
    /// The name that pages show.
    pub name: &'a str,
    /// The staff file.
    pub official: Option<OfficialId>,
    /// The directory switched it off.
    pub is_off: bool,
}

/// Writes login, name, link and state of an account.
///
/// # Errors
/// [`StoreError::Duplicate`] when another account has the login.
pub async fn change_account(tx: &WriteTx, user: UserId, is: &AccountIs<'_>, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET login = ").bind(is.login).push(", name = ").bind(is.name);
    sql.push(", official_id = ").bind(is.official.map(|o| o.0)).push(", directory_state = ").bind(is.is_off.then(|| OFF.to_owned()));
    sql.push(", changed_at = ").bind(now.0).push(" WHERE id = ").bind(user.0);
    sql.run(tx.connection()).await.map(drop)
}

/// Takes an account out of the directory's sight under a login that nobody can type, so that the old one is free.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn remove_account(tx: &WriteTx, user: UserId, login: &str, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET login = ").bind(login).push(", directory_state = ").bind(REMOVED);
    sql.push(", changed_at = ").bind(now.0).push(" WHERE id = ").bind(user.0);
    sql.run(tx.connection()).await.map(drop)
}

/// Lets an account sign in again that the directory switched off or removed; `false` when it did neither.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn take_back(tx: &WriteTx, user: UserId) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE user_account SET directory_state = NULL WHERE directory_state IS NOT NULL AND id = ").bind(user.0);
    Ok(sql.run(tx.connection()).await? > 0)
}

/// Adds a group.
///
/// # Errors
/// [`StoreError::Duplicate`] when another has the folded name.
pub async fn add_group(tx: &WriteTx, (name, folded): (&str, &str), external_id: Option<&str>, now: Instant) -> Result<GroupId, StoreError> {
    let values = vec![name.into(), folded.into(), external_id.map(str::to_owned).into(), now.0.into(), now.0.into()];
    Ok(GroupId(insert(tx, "directory_group", &["name", "folded", "external_id", "created_at", "changed_at"], values).await?))
}

/// Writes the name of a group and its id in the directory.
///
/// # Errors
/// [`StoreError::Duplicate`] when another has the folded name.
pub async fn change_group(
    tx: &WriteTx,
    group: GroupId,
    (name, folded): (&str, &str),
    external_id: Option<&str>,
    now: Instant,
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE directory_group SET name = ").bind(name).push(", folded = ").bind(folded).push(", external_id = ");
    sql.bind(external_id.map(str::to_owned)).push(", changed_at = ").bind(now.0).push(" WHERE id = ").bind(group.0);
    sql.run(tx.connection()).await.map(drop)
}

/// Binds a group to a role at a unit, or to nothing.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn bind(tx: &WriteTx, group: GroupId, to: Option<(Role, Option<UnitId>)>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE directory_group SET role = ").bind(to.map(|(role, _)| role.code().to_owned()));
    sql.push(", unit_id = ").bind(to.and_then(|(_, unit)| unit).map(|unit| unit.0)).push(" WHERE id = ").bind(group.0);
    sql.run(tx.connection()).await.map(drop)
}

/// Removes a group with its memberships; the roles it gave must have been ended.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn remove_group(tx: &WriteTx, group: GroupId) -> Result<(), StoreError> {
    for text in ["DELETE FROM directory_member WHERE group_id = ", "DELETE FROM directory_group WHERE id = "] {
        let mut sql = Sql::new();
        sql.push(text).bind(group.0);
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Puts accounts into a group; those that are in it stay.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn join(tx: &WriteTx, group: GroupId, users: &[UserId]) -> Result<(), StoreError> {
    for chunk in users.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("INSERT INTO directory_member (group_id, user_id) VALUES ");
        for (i, user) in chunk.iter().enumerate() {
            sql.push(if i > 0 { ", (" } else { "(" }).bind(group.0).push(", ").bind(user.0).push(")");
        }
        sql.push(" ON CONFLICT (group_id, user_id) DO NOTHING");
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Takes accounts out of a group.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn leave(tx: &WriteTx, group: GroupId, users: &[UserId]) -> Result<(), StoreError> {
    for chunk in users.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("DELETE FROM directory_member WHERE group_id = ").bind(group.0).and_in("user_id", chunk.iter().map(|user| user.0));
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Takes an account out of all groups.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn leave_all(tx: &WriteTx, user: UserId, on: Date) -> Result<(), StoreError> {
    let mut members = Sql::new();
    members.push("DELETE FROM directory_member WHERE user_id = ").bind(user.0);
    members.run(tx.connection()).await?;
    let mut grants = Sql::new();
    grants.push("UPDATE user_grant SET ends_on = ").bind(number(on)).push(" WHERE group_id IS NOT NULL AND user_id = ").bind(user.0);
    grants.push(" AND (ends_on IS NULL OR ends_on > ").bind(number(on)).push(")");
    grants.run(tx.connection()).await.map(drop)
}

/// Gives accounts what a group gives, from a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn grant_by_group(
    tx: &WriteTx,
    group: GroupId,
    users: &[UserId],
    (role, unit): (Role, Option<UnitId>),
    from: Date,
) -> Result<(), StoreError> {
    for chunk in users.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("INSERT INTO user_grant (user_id, role, unit_id, starts_on, group_id) VALUES ");
        for (i, user) in chunk.iter().enumerate() {
            sql.push(if i > 0 { ", (" } else { "(" }).bind(user.0).push(", ").bind(role.code()).push(", ").bind(unit.map(|u| u.0));
            sql.push(", ").bind(number(from)).push(", ").bind(group.0).push(")");
        }
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Ends what a group gave, to these accounts or to all; roles by hand stay.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn end_grants_of_group(tx: &WriteTx, group: GroupId, users: Option<&[UserId]>, on: Date) -> Result<(), StoreError> {
    let chunks: Vec<&[UserId]> = users.map_or_else(|| vec![[].as_slice()], |users| users.chunks(CHUNK).collect());
    for chunk in chunks {
        let mut sql = Sql::new();
        sql.push("UPDATE user_grant SET ends_on = ").bind(number(on)).push(" WHERE group_id = ").bind(group.0);
        sql.push(" AND (ends_on IS NULL OR ends_on > ").bind(number(on)).push(")").and_in("user_id", chunk.iter().map(|user| user.0));
        sql.run(tx.connection()).await?;
    }
    Ok(())
}
