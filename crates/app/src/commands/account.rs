//! Commands on accounts; the first one of an installation is made here.
//! Not for: signing in.

use std::process::ExitCode;

use service::accounts::{AddRefusal, NewAccount, add as add_account};
use service::{ActError, Services};
use store::Db;

use super::{When, system};
use crate::cli::AccountCommand;
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

pub(super) async fn add(command: AccountCommand, when: When) -> Result<ExitCode, Failure> {
    let AccountCommand::Add { place, login, name, role, unit } = command;
    super::data::make_room(&place.database)?;
    let services = Services::new(Db::open(&place.database).await?);
    let new = NewAccount { login: &login, name: &name, role, unit: unit.as_deref() };
    match add_account(&services, &system(when), &new).await {
        Ok(password) => {
            remark(&format!("`{login}` can sign in with this password; it is shown once:"));
            answer(&password);
            Ok(ExitCode::SUCCESS)
        }
        Err(ActError::Refused(refusal)) => {
            remark(match refusal {
                AddRefusal::BadLogin => "khuevan: a login has 3 to 64 lower case letters, digits, dots and hyphens",
                AddRefusal::LoginTaken => "khuevan: this login exists already",
                AddRefusal::NoSuchUnit => "khuevan: there is no unit of this code today",
            });
            Ok(ExitCode::from(REFUSED))
        }
        Err(ActError::Internal(error)) => Err(Failure::new("the database failed", error)),
        Err(other) => Err(Failure::plain(other.to_string())),
    }
}
