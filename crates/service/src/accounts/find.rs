//! The list of accounts and one account.
//! Not for: changing them.

use domain::ids::UserId;
use domain::roles::Act;
use domain::text::fold;
use store::read::accounts::admin::{self, AccountLine, AccountsWanted};

use crate::{ActError, Ctx, Services};

/// Which accounts are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountsAsk {
    /// Words of the login or name, with or without marks.
    pub text: String,
    /// Only locked ones, or only open ones.
    pub locked: Option<bool>,
    /// Only logins after this one.
    pub after: String,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsPage {
    /// By login.
    pub lines: Vec<AccountLine>,
    /// There are further ones.
    pub more: bool,
}

/// Accounts with their roles in force, by login.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not manage users.
pub async fn find(services: &Services, ctx: &Ctx, ask: &AccountsAsk, limit: u32) -> Result<AccountsPage, ActError> {
    ctx.scope(Act::ManageUsers)?;
    let only = named(services, &ask.text).await?;
    let wanted = AccountsWanted { only, locked: ask.locked, after: ask.after.clone() };
    let mut lines = admin::page(&services.db, &wanted, ctx.now, ctx.today, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    Ok(AccountsPage { lines, more })
}

/// The accounts whose login or name has every word of the text; `None` when there is no text.
async fn named(services: &Services, text: &str) -> Result<Option<Vec<UserId>>, ActError> {
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let has = |login: &str, name: &str| {
        let (login, name) = (fold(login), fold(name));
        words.iter().all(|word| login.contains(word) || name.contains(word))
    };
    // As many as a statement may carry; whoever looks for more than that has typed too little.
    const MOST: usize = 10_000;
    let mut found: Vec<(String, UserId)> = admin::names(&services.db)
        .await?
        .into_iter()
        .filter(|(_, login, name)| has(login, name))
        .map(|(id, login, _)| (login, id))
        .collect();
    found.sort();
    Ok(Some(found.into_iter().take(MOST).map(|(_, id)| id).collect()))
}

/// One account.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not manage users, [`ActError::NotFound`].
pub async fn view(services: &Services, ctx: &Ctx, login: &str) -> Result<AccountLine, ActError> {
    ctx.scope(Act::ManageUsers)?;
    Ok(admin::one(&services.db, login, ctx.now, ctx.today).await?)
}
