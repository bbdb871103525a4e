//! Commands on accounts; the first one of an installation is made here, and the way back in when nobody can sign in any more.
//! Not for: signing in.

use std::process::ExitCode;

use serde_json::json;
use service::accounts::{self, AccountLine, AccountsAsk, AddRefusal, GrantLine, LockRefusal, NewAccount};
use service::{ActError, Services, sessions};
use store::Db;

use super::{When, existing, system};
use crate::cli::{AccountCommand, Format, Reasoned};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

/// Accounts that are read at once.
const AT_ONCE: u32 = 500;

pub(super) async fn run(command: AccountCommand, when: When) -> Result<ExitCode, Failure> {
    match command {
        AccountCommand::Add { place, login, name, role, unit, official } => {
            let new = NewAccount { login: &login, name: &name, role, unit: unit.as_deref(), official: official.as_deref() };
            add(&place.database, &new, when).await
        }
        AccountCommand::List { place, find, format } => list(&place.database, find, format, when).await,
        AccountCommand::Lock(what) => {
            let services = existing(&what.place.database).await?;
            locked(accounts::lock(&services, &system(when), &what.login, &what.reason).await, &what, "locked")
        }
        AccountCommand::Unlock(what) => {
            let services = existing(&what.place.database).await?;
            locked(accounts::unlock(&services, &system(when), &what.login, &what.reason).await, &what, "unlocked")
        }
        AccountCommand::DirectoryToken { place, login, name, days } => {
            let services = existing(&place.database).await?;
            match sessions::create_directory_token(&services, &system(when), &login, &name, days).await {
                Ok(token) => {
                    remark("the directory opens /scim/v2 with this token; it is shown once:");
                    answer(&token);
                    Ok(ExitCode::SUCCESS)
                }
                Err(ActError::Forbidden(_)) => {
                    remark("khuevan: the account must be open and administer the whole province");
                    Ok(ExitCode::from(REFUSED))
                }
                Err(error) => Err(failure(error, &login)),
            }
        }
        AccountCommand::Password { place, login } => {
            let services = existing(&place.database).await?;
            match accounts::reset(&services, &system(when), &login).await {
                Ok(password) => Ok(shown(&login, &password)),
                Err(error) => Err(failure(error, &login)),
            }
        }
    }
}

async fn add(database: &str, new: &NewAccount<'_>, when: When) -> Result<ExitCode, Failure> {
    super::data::make_room(database)?;
    let services = Services::new(Db::open(database).await?);
    match accounts::add(&services, &system(when), new).await {
        Ok(password) => Ok(shown(new.login, &password)),
        Err(ActError::Refused(refusals)) => {
            for refusal in refusals {
                remark(match refusal {
                    AddRefusal::BadLogin => "khuevan: a login has 3 to 64 lower case letters, digits and . - _ @",
                    AddRefusal::LoginTaken => "khuevan: this login exists already",
                    AddRefusal::BadName => "khuevan: a name has 1 to 200 letters",
                    AddRefusal::NoSuchUnit => "khuevan: there is no unit of this code today",
                    AddRefusal::WholeProvinceOnly => "khuevan: an administrator has the whole province; leave out --unit",
                    AddRefusal::NoSuchOfficial => "khuevan: nobody has this staff code",
                    AddRefusal::OfficialTaken => "khuevan: another account is linked to this staff code",
                });
            }
            Ok(ExitCode::from(REFUSED))
        }
        Err(error) => Err(failure(error, new.login)),
    }
}

fn shown(login: &str, password: &str) -> ExitCode {
    remark(&format!("`{login}` can sign in with this password; it is shown once:"));
    answer(password);
    ExitCode::SUCCESS
}

fn locked(result: Result<(), ActError<LockRefusal>>, what: &Reasoned, done: &str) -> Result<ExitCode, Failure> {
    match result {
        Ok(()) => {
            remark(&format!("`{}` is {done}", what.login));
            Ok(ExitCode::SUCCESS)
        }
        Err(ActError::Refused(refusal)) => {
            remark(match refusal {
                LockRefusal::NoReason => "khuevan: give a reason; it goes into the audit",
                LockRefusal::LastAdministrator => "khuevan: this is the last open administrator; add another one first",
                LockRefusal::AlreadySo | LockRefusal::Own => "khuevan: the account is so already",
            });
            Ok(ExitCode::from(REFUSED))
        }
        Err(error) => Err(failure(error, &what.login)),
    }
}

/// How an act fails other than by its rules.
fn failure<R>(error: ActError<R>, login: &str) -> Failure {
    match error {
        ActError::Internal(error) => Failure::new("the database failed", error),
        ActError::NotFound => Failure::plain(format!("there is no account `{login}`; `khuevan account list` names them")),
        ActError::Stale => Failure::plain("changed by someone else in the meantime"),
        ActError::Forbidden(_) | ActError::Refused(_) => Failure::plain("this cannot be done from the terminal"),
    }
}

async fn list(database: &str, find: String, format: Format, when: When) -> Result<ExitCode, Failure> {
    let services = existing(database).await?;
    let mut ask = AccountsAsk { text: find, ..AccountsAsk::default() };
    let mut lines: Vec<AccountLine> = Vec::new();
    loop {
        let page = accounts::find(&services, &system(when), &ask, AT_ONCE).await?;
        lines.extend(page.lines);
        match lines.last() {
            Some(last) if page.more => ask.after.clone_from(&last.login),
            _ => break,
        }
    }
    answer(&match format {
        Format::Text => table(&lines),
        Format::Json => format!("{:#}", serde_json::Value::Array(lines.iter().map(as_json).collect())),
        Format::Csv => csv(&lines),
    });
    Ok(ExitCode::SUCCESS)
}

const fn state(line: &AccountLine) -> &'static str {
    if line.locked { "locked" } else { "open" }
}

fn role(grant: &GrantLine) -> String {
    let unit = grant.unit.as_ref().map(|unit| format!(" @ {}", unit.0));
    format!("{}{}", grant.role.code(), unit.unwrap_or_default())
}

fn roles(line: &AccountLine) -> String {
    line.grants.iter().map(role).collect::<Vec<_>>().join("; ")
}

fn table(lines: &[AccountLine]) -> String {
    let wide = lines.iter().map(|line| line.login.chars().count()).max().unwrap_or_default();
    let line = |l: &AccountLine| format!("{:<wide$}  {:<6}  {}  [{}]", l.login, state(l), l.name, roles(l));
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn csv(lines: &[AccountLine]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line =
        |l: &AccountLine| [l.login.as_str(), state(l), &l.name, &roles(l), l.official.as_deref().unwrap_or_default()].map(quoted).join(",");
    std::iter::once("login,state,name,roles,official".to_owned()).chain(lines.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn as_json(line: &AccountLine) -> serde_json::Value {
    let roles: Vec<_> =
        line.grants.iter().map(|g| json!({ "role": g.role.code(), "unit": g.unit.as_ref().map(|unit| unit.0.as_str()) })).collect();
    json!({ "login": line.login, "name": line.name, "locked": line.locked, "official": line.official, "roles": roles })
}
