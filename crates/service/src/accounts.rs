//! Accounts: adding, finding, locking, roles and passwords. Whoever may manage users does so for the whole province.
//! Not for: signing in and the tokens of oneself (`sessions`).

mod find;
mod grants;
mod lock;
mod passwords;

use domain::ids::{OfficialId, UnitId, UserId};
use domain::roles::{self, Act, Forbidden, Role};
use store::WriteTx;
use store::read::accounts::admin;
use store::write::{accounts as write, audit};

use crate::{ActError, Ctx, Services, registry};

pub use find::{AccountsAsk, AccountsPage, find, view};
pub use grants::{GrantRefusal, give, take_away};
pub use lock::{LockRefusal, end_sessions, lock, unlock};
pub use passwords::{ChangeRefusal, LEAST_LETTERS, ResetRefusal, change_own, reset};
pub use store::read::accounts::admin::{AccountLine, DirectoryState, GrantLine};

/// Most letters of a name.
const MOST_LETTERS: usize = 200;

/// A person to be given an account.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Login: lower case letters, digits and . - _ @.
    pub login: &'a str,
    /// Display name.
    pub name: &'a str,
    /// The role.
    pub role: Role,
    /// Unit code the role is limited to; `None` is the whole province.
    pub unit: Option<&'a str>,
    /// Staff code of the person, so that the own record can be read.
    pub official: Option<&'a str>,
}

/// Why an account is not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddRefusal {
    /// The login has other letters than it may, or is shorter than 3 or longer than 64.
    BadLogin,
    /// The login exists.
    LoginTaken,
    /// The name is empty or too long.
    BadName,
    /// There is no such unit today.
    NoSuchUnit,
    /// The role is never limited to a unit.
    WholeProvinceOnly,
    /// Nobody has this staff code.
    NoSuchOfficial,
    /// Another account is linked to this staff code.
    OfficialTaken,
}

type Refused = ActError<Vec<AddRefusal>>;

/// Adds an account and returns its first password, which is stored nowhere else.
///
/// # Errors
/// Every [`AddRefusal`] that applies.
pub async fn add(services: &Services, ctx: &Ctx, new: &NewAccount<'_>) -> Result<String, Refused> {
    let by = manager(ctx)?;
    let mut refusals = Vec::new();
    refusals.extend((!fits_login(new.login)).then_some(AddRefusal::BadLogin));
    let name = new.name.trim();
    refusals.extend((name.is_empty() || name.chars().count() > MOST_LETTERS).then_some(AddRefusal::BadName));
    refusals.extend((new.unit.is_some() && is_whole_only(new.role)).then_some(AddRefusal::WholeProvinceOnly));
    let unit = place(services, ctx, new.unit).await?;
    refusals.extend(unit.is_none().then_some(AddRefusal::NoSuchUnit));
    let official = official(services, new.official).await?;
    refusals.extend(official.err());
    let (Some(unit), Ok(official), true) = (unit, official, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let password = passwords::fresh();
    let hash = passwords::hashed(&password).await?;
    let tx = services.db.write().await?;
    write::take_turn(&tx).await?;
    let account = write::NewAccount { login: new.login, name, password_hash: &hash, official };
    let user = match write::create(&tx, &account, ctx.now).await {
        Err(store::StoreError::Duplicate) => return Err(ActError::Refused(vec![AddRefusal::LoginTaken])),
        other => other?,
    };
    write::grant(&tx, user, new.role, unit, ctx.today).await?;
    let mut after = format!("name: {name}\nrole: {}", role_at(new.role, new.unit));
    if let Some(code) = new.official.filter(|c| !c.is_empty()) {
        after.push_str(&format!("\nofficial: {code}"));
    }
    Change { act: "account.add", login: new.login, before: None, after: Some(&after), reason: "" }.record(&tx, ctx, by).await?;
    tx.commit().await?;
    Ok(password)
}

pub(crate) fn fits_login(login: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
    // A login of dots alone would be a path of its own in addresses.
    (3..=64).contains(&login.len()) && login.chars().all(fits) && login.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Roles that look after things of no unit.
pub(crate) const fn is_whole_only(role: Role) -> bool {
    matches!(role, Role::Administrator)
}

/// A role and where it is held, as the audit keeps it.
pub(crate) fn role_at(role: Role, unit: Option<&str>) -> String {
    unit.map_or_else(|| role.code().to_owned(), |unit| format!("{} @ {unit}", role.code()))
}

/// Who manages accounts: a person with the act for the whole province, or the terminal of the server.
pub(crate) fn manager(ctx: &Ctx) -> Result<Option<UserId>, Forbidden> {
    ctx.who.as_ref().map(|who| roles::authorise(who, Act::ManageUsers).map(|proof| proof.user())).transpose()
}

/// The unit of a code today, `Some(None)` for the whole province, `None` when there is no such unit.
pub(crate) async fn place<R>(services: &Services, ctx: &Ctx, code: Option<&str>) -> Result<Option<Option<UnitId>>, ActError<R>> {
    let Some(code) = code else { return Ok(Some(None)) };
    match registry::view(services, ctx, code, ctx.today).await {
        Ok(view) if view.unit.life.contains(ctx.today) => Ok(Some(Some(view.unit.id))),
        Err(ActError::Internal(surprise)) => Err(ActError::Internal(surprise)),
        Ok(_) | Err(_) => Ok(None),
    }
}

async fn official(services: &Services, code: Option<&str>) -> Result<Result<Option<OfficialId>, AddRefusal>, Refused> {
    let Some(code) = code.filter(|c| !c.is_empty()) else { return Ok(Ok(None)) };
    Ok(match admin::official(&services.db, code).await? {
        None => Err(AddRefusal::NoSuchOfficial),
        Some((_, true)) => Err(AddRefusal::OfficialTaken),
        Some((id, false)) => Ok(Some(id)),
    })
}

/// What an act changed of an account, for the audit.
struct Change<'a> {
    act: &'a str,
    login: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    reason: &'a str,
}

impl Change<'_> {
    async fn record(&self, tx: &WriteTx, ctx: &Ctx, by: Option<UserId>) -> Result<(), store::StoreError> {
        let subject = format!("account/{}", self.login);
        let entry = audit::Entry {
            at: ctx.now,
            user: by,
            act: self.act,
            subject: &subject,
            before: self.before,
            after: self.after,
            reason: self.reason,
            operation: &ctx.operation,
        };
        audit::record(tx, &entry).await
    }
}
