//! Passwords: changing one's own, and a new one for somebody who forgot it.
//! Not for: how they are stored and verified (`sessions`).

use domain::ids::SessionId;
use store::read::accounts::{self as read, admin};
use store::write::accounts as write;

use super::{Change, manager};
use crate::{ActError, Ctx, Services, sessions};

/// Fewest letters of a password that a person chooses.
pub const LEAST_LETTERS: usize = 10;
/// Longer ones cost time and add nothing.
const MOST_LETTERS: usize = 200;

/// Why one's own password is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// The password until now is another.
    WrongOld,
    /// Too many wrong ones; wait so many minutes.
    TooMany {
        /// Minutes to wait.
        minutes: i64,
    },
    /// Fewer than [`LEAST_LETTERS`] letters.
    TooShort,
    /// Longer than any person types.
    TooLong,
    /// It is the login, or the password until now.
    Same,
}

/// Why a password is not reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetRefusal {
    /// The own one is changed with the old one.
    Own,
}

/// Changes the asker's own password and ends the other sessions.
///
/// # Errors
/// [`ChangeRefusal`].
pub async fn change_own(services: &Services, ctx: &Ctx, here: SessionId, old: &str, new: &str) -> Result<(), ActError<ChangeRefusal>> {
    let user = ctx.who.as_ref().ok_or(ActError::NotFound)?.user;
    let login = admin::login_of(&services.db, user).await?;
    check_old(services, ctx, &login, old).await?;
    refuse_weak(&login, old, new)?;
    let hash = hashed(new).await?;
    let tx = services.db.write().await?;
    write::set_password(&tx, user, &hash).await?;
    write::end_sessions(&tx, user, Some(here), ctx.now).await?;
    Change { act: "account.password", login: &login, before: None, after: None, reason: "" }.record(&tx, ctx, Some(user)).await?;
    Ok(tx.commit().await?)
}

/// Wrong passwords count as failed sign-ins, so that a stolen session is no way to guess.
async fn check_old(services: &Services, ctx: &Ctx, login: &str, old: &str) -> Result<(), ActError<ChangeRefusal>> {
    let since = ctx.now.plus_ms(-sessions::WINDOW_MS);
    let (failures, _) = read::failures(&services.db, login, "", since).await?;
    if failures >= sessions::LOGIN_LIMIT {
        return Err(ActError::Refused(ChangeRefusal::TooMany { minutes: sessions::WINDOW_MS / 60_000 }));
    }
    let account = read::by_login(&services.db, login).await?.ok_or(ActError::NotFound)?;
    // Without a password there is no old one.
    if sessions::is_right(account.password_hash.unwrap_or_default(), old).await {
        return Ok(());
    }
    let tx = services.db.write().await?;
    write::note_failure(&tx, login, "", ctx.now, ctx.now.plus_ms(-24 * 60 * 60 * 1_000)).await?;
    tx.commit().await?;
    Err(ActError::Refused(ChangeRefusal::WrongOld))
}

fn refuse_weak(login: &str, old: &str, new: &str) -> Result<(), ActError<ChangeRefusal>> {
    let letters = new.chars().count();
    let refusal = match letters {
        _ if new == old || new.to_lowercase() == login => Some(ChangeRefusal::Same),
        _ if letters < LEAST_LETTERS => Some(ChangeRefusal::TooShort),
        _ if letters > MOST_LETTERS => Some(ChangeRefusal::TooLong),
        _ => None,
    };
    refusal.map_or(Ok(()), |refusal| Err(ActError::Refused(refusal)))
}

/// Sets a new password for somebody, ends the sessions and tokens, and returns it; it is stored nowhere else.
///
/// # Errors
/// [`ResetRefusal`].
pub async fn reset(services: &Services, ctx: &Ctx, login: &str) -> Result<String, ActError<ResetRefusal>> {
    let by = manager(ctx)?;
    let user = admin::one(&services.db, login, ctx.now, ctx.today).await?.id;
    if by == Some(user) {
        return Err(ActError::Refused(ResetRefusal::Own));
    }
    let password = fresh();
    let hash = hashed(&password).await?;
    let tx = services.db.write().await?;
    write::set_password(&tx, user, &hash).await?;
    write::end_sessions(&tx, user, None, ctx.now).await?;
    write::revoke_tokens(&tx, user, None, ctx.now).await?;
    Change { act: "account.reset_password", login, before: None, after: None, reason: "" }.record(&tx, ctx, by).await?;
    tx.commit().await?;
    Ok(password)
}

/// A password that nobody guesses and anybody can type: groups of hexadecimal digits.
pub(super) fn fresh() -> String {
    let digits = sessions::random();
    let digits: Vec<char> = digits.chars().take(20).collect();
    digits.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Hashing takes its time, on purpose, and so happens beside the requests.
pub(super) async fn hashed<R>(password: &str) -> Result<String, ActError<R>> {
    let password = password.to_owned();
    let hash = tokio::task::spawn_blocking(move || sessions::hash(&password).ok()).await.ok().flatten();
    hash.ok_or_else(|| ActError::Internal(store::StoreError::Unreadable("password".to_owned())))
}
