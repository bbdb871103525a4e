//! Accounts: adding one with a role and a first password.
//! Not for: signing in (`sessions`).

use domain::roles::{self, Act, Role};
use store::write::{accounts as write, audit};

use crate::{ActError, Ctx, Services, registry, sessions};

/// A person to be given an account.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Login: lower case letters, digits, dots and hyphens.
    pub login: &'a str,
    /// Display name.
    pub name: &'a str,
    /// The role.
    pub role: Role,
    /// Unit code the role is limited to; `None` is the whole province.
    pub unit: Option<&'a str>,
}

/// Why an account is not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddRefusal {
    /// The login has other letters than it may, or is shorter than 3 or longer than 64.
    BadLogin,
    /// The login exists.
    LoginTaken,
    /// There is no such unit today.
    NoSuchUnit,
}

/// Adds an account and returns its first password, which is stored nowhere else.
///
/// # Errors
/// [`AddRefusal`].
pub async fn add(services: &Services, ctx: &Ctx, new: &NewAccount<'_>) -> Result<String, ActError<AddRefusal>> {
    let by = match &ctx.who {
        Some(who) => Some(roles::authorise(who, Act::ManageUsers)?.user()),
        None => None,
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    if !(3..=64).contains(&new.login.len()) || !new.login.chars().all(fits) {
        return Err(ActError::Refused(AddRefusal::BadLogin));
    }
    let unit = match new.unit {
        None => None,
        Some(code) => match registry::view(services, ctx, code, ctx.today).await {
            Ok(view) if view.unit.life.contains(ctx.today) => Some(view.unit.id),
            Err(ActError::Internal(surprise)) => return Err(ActError::Internal(surprise)),
            Ok(_) | Err(_) => return Err(ActError::Refused(AddRefusal::NoSuchUnit)),
        },
    };
    let password: String = sessions::random().chars().take(20).collect();
    let hash = sessions::hash(&password).map_err(|_| ActError::Internal(store::StoreError::Unreadable("password".to_owned())))?;
    let tx = services.db.write().await?;
    let account = write::NewAccount { login: new.login, name: new.name, password_hash: &hash, official: None };
    let user = match write::create(&tx, &account, ctx.now).await {
        Err(store::StoreError::Duplicate) => return Err(ActError::Refused(AddRefusal::LoginTaken)),
        other => other?,
    };
    write::grant(&tx, user, new.role, unit, ctx.today).await?;
    let subject = format!("account/{user}");
    let entry = audit::Entry {
        at: ctx.now,
        user: by,
        act: "account.add",
        subject: &subject,
        before: None,
        after: Some(new.role.code()),
        reason: "",
        operation: &ctx.operation,
    };
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(password)
}
