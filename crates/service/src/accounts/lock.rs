//! Locking and unlocking an account, and ending its sessions.
//! Not for: ending one's own sessions (`sessions`).

use domain::roles::Role;
use store::read::accounts::admin;
use store::write::{accounts as write, directory};

use super::{AccountLine, Change, manager, view};
use crate::{ActError, Ctx, Services};

/// Why an account is neither locked nor unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockRefusal {
    /// A reason must be given.
    NoReason,
    /// Nobody locks oneself.
    Own,
    /// Nobody else could administer.
    LastAdministrator,
    /// It is so already.
    AlreadySo,
}

type Refused = ActError<LockRefusal>;

/// Locks an account; its sessions and tokens end at once and do not come back when it is unlocked.
///
/// # Errors
/// [`LockRefusal`].
pub async fn lock(services: &Services, ctx: &Ctx, login: &str, reason: &str) -> Result<(), Refused> {
    let by = manager(ctx)?;
    let reason = given(reason)?;
    let tx = services.db.write().await?;
    write::take_turn(&tx).await?;
    let account = admin::one_within(&tx, login, ctx.now, ctx.today).await?;
    if by == Some(account.id) {
        return Err(ActError::Refused(LockRefusal::Own));
    }
    if administers(&account) && admin::other_administrators(&tx, account.id, ctx.today).await? == 0 {
        return Err(ActError::Refused(LockRefusal::LastAdministrator));
    }
    if !write::set_locked(&tx, account.id, true).await? {
        return Err(ActError::Refused(LockRefusal::AlreadySo));
    }
    write::touch(&tx, account.id, ctx.now).await?;
    write::end_sessions(&tx, account.id, None, ctx.now).await?;
    write::revoke_tokens(&tx, account.id, None, ctx.now).await?;
    let change = Change { act: "account.lock", login, before: Some("state: open"), after: Some("state: locked"), reason };
    change.record(&tx, ctx, by).await?;
    Ok(tx.commit().await?)
}

/// Unlocks an account, also one that the directory switched off or removed; it signs in anew.
///
/// # Errors
/// [`LockRefusal`].
pub async fn unlock(services: &Services, ctx: &Ctx, login: &str, reason: &str) -> Result<(), Refused> {
    let by = manager(ctx)?;
    let reason = given(reason)?;
    let tx = services.db.write().await?;
    write::take_turn(&tx).await?;
    let account = admin::one_within(&tx, login, ctx.now, ctx.today).await?;
    let was_locked = write::set_locked(&tx, account.id, false).await?;
    let was_off = directory::take_back(&tx, account.id).await?;
    if !was_locked && !was_off {
        return Err(ActError::Refused(LockRefusal::AlreadySo));
    }
    write::touch(&tx, account.id, ctx.now).await?;
    let change = Change { act: "account.unlock", login, before: Some("state: locked"), after: Some("state: open"), reason };
    change.record(&tx, ctx, by).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of an account and tells how many there were.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not manage users, [`ActError::NotFound`].
pub async fn end_sessions(services: &Services, ctx: &Ctx, login: &str) -> Result<u64, ActError> {
    let by = manager(ctx)?;
    let account = view(services, ctx, login).await?;
    let tx = services.db.write().await?;
    let ended = write::end_sessions(&tx, account.id, None, ctx.now).await?;
    let before = format!("sessions: {ended}");
    let change = Change { act: "account.end_sessions", login, before: Some(&before), after: Some("sessions: 0"), reason: "" };
    change.record(&tx, ctx, by).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Whether the account holds the role of administrators for the whole province by hand; what a group gives does not count as left.
fn administers(account: &AccountLine) -> bool {
    account.grants.iter().any(|g| g.group.is_none() && g.role == Role::Administrator && g.unit.is_none())
}

fn given(reason: &str) -> Result<&str, Refused> {
    let reason = reason.trim();
    if reason.is_empty() { Err(ActError::Refused(LockRefusal::NoReason)) } else { Ok(reason) }
}
