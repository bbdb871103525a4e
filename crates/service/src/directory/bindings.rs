//! Administrators say what a group of the directory gives: a role, for the whole province or at a unit.
//! Not for: what the directory does (`groups`); a directory never binds.

use domain::ids::{GroupId, UserId};
use domain::roles::{Act, Role};
use store::WriteTx;
use store::read::directory::{self as read, GroupRow, GroupWanted, MemberLine};
use store::write::{accounts as accounts_write, directory as write};

use super::groups::strike;
use super::members::bound;
use super::person::group_id;
use super::refused::Line;
use crate::accounts::{is_whole_only, manager, place, role_at};
use crate::{ActError, Ctx, Services};

/// Why a group is neither bound nor unbound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BindRefusal {
    /// There is no such unit today.
    NoSuchUnit,
    /// The role is never limited to a unit.
    WholeProvinceOnly,
    /// It is so already.
    AlreadySo,
}

/// Members that a page shows.
const MOST_SHOWN: i64 = 200;

type Refused = ActError<BindRefusal>;

/// All groups by name, without the ids of their members.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not manage users.
pub async fn groups(services: &Services, ctx: &Ctx) -> Result<Vec<GroupRow>, ActError> {
    ctx.scope(Act::ManageUsers)?;
    Ok(read::groups(&services.db, &GroupWanted { by_name: true, ..GroupWanted::default() }).await?)
}

/// A group with who is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    /// The group.
    pub group: GroupRow,
    /// Members by login, as many as a page shows.
    pub members: Vec<MemberLine>,
}

/// One group.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not manage users, [`ActError::NotFound`].
pub async fn view(services: &Services, ctx: &Ctx, group: GroupId) -> Result<GroupView, ActError> {
    ctx.scope(Act::ManageUsers)?;
    let found = read::groups(&services.db, &GroupWanted { id: Some(group), ..GroupWanted::default() }).await?;
    let group = found.into_iter().next().ok_or(ActError::NotFound)?;
    let members = read::members_of(&services.db, group.id, MOST_SHOWN).await?;
    Ok(GroupView { group, members })
}

async fn within<R>(tx: &WriteTx, group: GroupId) -> Result<GroupRow, ActError<R>> {
    let rows = read::groups_within(tx, &GroupWanted { id: Some(group), members: true, ..GroupWanted::default() }).await?;
    rows.into_iter().next().ok_or(ActError::NotFound)
}

/// Binds a group to a role; every member has it from now on, and what the group gave before ends.
///
/// # Errors
/// [`BindRefusal`], [`ActError::NotFound`].
pub async fn bind(services: &Services, ctx: &Ctx, group: GroupId, role: Role, unit: Option<&str>) -> Result<(), Refused> {
    let by = manager(ctx)?;
    if unit.is_some() && is_whole_only(role) {
        return Err(ActError::Refused(BindRefusal::WholeProvinceOnly));
    }
    let place = place(services, ctx, unit).await?.ok_or(ActError::Refused(BindRefusal::NoSuchUnit))?;
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, group).await?;
    if row.binding.as_ref().is_some_and(|b| b.role == role && b.unit.as_ref().map(|unit| unit.0) == place) {
        return Err(ActError::Refused(BindRefusal::AlreadySo));
    }
    write::end_grants_of_group(&tx, group, None, ctx.today).await?;
    write::bind(&tx, group, Some((role, place))).await?;
    write::grant_by_group(&tx, group, &row.members, (role, place), ctx.today).await?;
    let after = format!("group: {}\nmembers: {}\nrole: {}", row.name, row.size, role_at(role, unit));
    told(&tx, ctx, by, "directory.bind", &row, &after).await?;
    Ok(tx.commit().await?)
}

/// Unbinds a group; what it gave ends.
///
/// # Errors
/// [`BindRefusal::AlreadySo`], [`ActError::NotFound`].
pub async fn unbind(services: &Services, ctx: &Ctx, group: GroupId) -> Result<(), Refused> {
    let by = manager(ctx)?;
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, group).await?;
    if row.binding.is_none() {
        return Err(ActError::Refused(BindRefusal::AlreadySo));
    }
    write::end_grants_of_group(&tx, group, None, ctx.today).await?;
    write::bind(&tx, group, None).await?;
    let after = format!("group: {}\nmembers: {}", row.name, row.size);
    told(&tx, ctx, by, "directory.unbind", &row, &after).await?;
    Ok(tx.commit().await?)
}

/// Removes a group that the directory left behind, and what it gave.
///
/// # Errors
/// [`ActError::NotFound`].
pub async fn discard(services: &Services, ctx: &Ctx, group: GroupId) -> Result<(), ActError> {
    let by = manager(ctx)?;
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, group).await?;
    strike(&tx, ctx, by, &row).await?;
    Ok(tx.commit().await?)
}

async fn told(tx: &WriteTx, ctx: &Ctx, by: Option<UserId>, act: &str, row: &GroupRow, after: &str) -> Result<(), Refused> {
    let before = format!("group: {}\nmembers: {}{}", row.name, row.size, bound(row));
    let subject = format!("group/{}", group_id(row.id));
    Ok(Line { act, subject: &subject, before: Some(&before), after: Some(after) }.record(tx, ctx, by).await?)
}
