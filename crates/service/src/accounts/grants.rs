//! Giving a role to an account and taking it away.
//! Not for: what a role may do (`domain::roles`).

use domain::ids::GrantId;
use domain::roles::Role;
use store::read::accounts::admin;
use store::write::accounts as write;

use super::{AccountLine, Change, is_whole_only, manager, place, role_at};
use crate::{ActError, Ctx, Services};

/// Why a role is neither given nor taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantRefusal {
    /// There is no such unit today.
    NoSuchUnit,
    /// The role is never limited to a unit.
    WholeProvinceOnly,
    /// The account holds this role there.
    AlreadyHeld,
    /// Nobody else could administer.
    LastAdministrator,
    /// A group of the directory gives it; it ends with the group.
    OfGroup,
}

type Refused = ActError<GrantRefusal>;

/// Gives a role from today, for the whole province or for a unit and everything below it.
///
/// # Errors
/// [`GrantRefusal`].
pub async fn give(services: &Services, ctx: &Ctx, login: &str, role: Role, unit: Option<&str>) -> Result<(), Refused> {
    let by = manager(ctx)?;
    if unit.is_some() && is_whole_only(role) {
        return Err(ActError::Refused(GrantRefusal::WholeProvinceOnly));
    }
    let place = place(services, ctx, unit).await?.ok_or(ActError::Refused(GrantRefusal::NoSuchUnit))?;
    let tx = services.db.write().await?;
    write::take_turn(&tx).await?;
    let account = admin::one_within(&tx, login, ctx.now, ctx.today).await?;
    if account.grants.iter().any(|g| g.group.is_none() && g.role == role && g.unit.as_ref().map(|u| u.0.as_str()) == unit) {
        return Err(ActError::Refused(GrantRefusal::AlreadyHeld));
    }
    write::grant(&tx, account.id, role, place, ctx.today).await?;
    let before = roles(&account, None);
    let added = format!("role: {}", role_at(role, unit));
    let after = [before.as_str(), &added].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
    let change = Change { act: "account.grant", login, before: Some(&before), after: Some(&after), reason: "" };
    change.record(&tx, ctx, by).await?;
    Ok(tx.commit().await?)
}

/// Takes a role away from today on.
///
/// # Errors
/// [`GrantRefusal::LastAdministrator`], [`ActError::NotFound`] when the account holds no such grant.
pub async fn take_away(services: &Services, ctx: &Ctx, login: &str, grant: GrantId) -> Result<(), Refused> {
    let by = manager(ctx)?;
    let tx = services.db.write().await?;
    write::take_turn(&tx).await?;
    let account = admin::one_within(&tx, login, ctx.now, ctx.today).await?;
    let line = account.grants.iter().find(|g| g.id == grant).ok_or(ActError::NotFound)?;
    if line.group.is_some() {
        return Err(ActError::Refused(GrantRefusal::OfGroup));
    }
    let administers = line.role == Role::Administrator && line.unit.is_none() && !account.locked;
    if administers && admin::other_administrators(&tx, account.id, ctx.today).await? == 0 {
        return Err(ActError::Refused(GrantRefusal::LastAdministrator));
    }
    if !write::end_grant(&tx, account.id, grant, ctx.today).await? {
        return Err(ActError::NotFound);
    }
    let (before, after) = (roles(&account, None), roles(&account, Some(grant)));
    let change = Change { act: "account.ungrant", login, before: Some(&before), after: Some(&after), reason: "" };
    change.record(&tx, ctx, by).await?;
    Ok(tx.commit().await?)
}

/// The roles of an account but one, a line each.
fn roles(account: &AccountLine, but: Option<GrantId>) -> String {
    let kept = account.grants.iter().filter(|g| Some(g.id) != but);
    let lines = kept.map(|g| format!("role: {}", role_at(g.role, g.unit.as_ref().map(|u| u.0.as_str()))));
    lines.collect::<Vec<_>>().join("\n")
}
