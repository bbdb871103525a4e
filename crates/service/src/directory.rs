//! The directory of the province writes accounts and groups (SCIM), and administrators say what its groups give.
//! Not for: HTTP and JSON bodies (`web::scim`), the rules of SCIM itself (`scim`), tokens (`sessions`).
//!
//! What a directory can never do: touch an account that administers by hand, or the account of its own token; open what an
//! administrator locked; give a role other than by a group that an administrator bound; set or learn a password.

mod bindings;
mod groups;
mod members;
mod people;
mod person;
mod refused;

use domain::ids::UserId;
use domain::roles::{self, Act};
use domain::time::Instant;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::{ActError, Ctx};

pub use bindings::{BindRefusal, GroupView, bind, discard, groups, unbind, view};
pub use groups::{Team, add_group, change_group, find_groups, group, remove_group};
pub use people::{add_person, change_person, find_people, person, remove_person};
pub use person::Person;
pub use refused::DirectoryRefusal;
pub use store::read::directory::{Binding, GroupRow, MemberLine};

/// Most resources of an answer.
pub const MOST: usize = 200;

type Refused = ActError<DirectoryRefusal>;

/// Resources of a page, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// In all.
    pub total: usize,
    /// Of this page.
    pub page: Vec<T>,
}

/// In which state a thing must be for a change (If-Match).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// In any.
    Any,
    /// In one of these versions.
    Versions(Vec<String>),
}

impl Expected {
    fn check(&self, version: &str) -> Result<(), Refused> {
        match self {
            Self::Versions(versions) if !versions.iter().any(|known| known == version) => {
                Err(ActError::Refused(DirectoryRefusal::Unmatched))
            }
            _ => Ok(()),
        }
    }
}

/// The owner of the token, who may serve a directory for the whole province.
fn server<R>(ctx: &Ctx) -> Result<Option<UserId>, ActError<R>> {
    Ok(ctx.who.as_ref().map(|who| roles::authorise(who, Act::ServeDirectory).map(|proof| proof.user())).transpose()?)
}

/// An instant as SCIM writes it.
fn written(at: Instant) -> String {
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1_000_000).ok();
    moment.and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
}

/// A page of what fulfils a filter, or of all; `start` counts from 1.
fn paged<T>(all: Vec<T>, start: usize, count: usize) -> Found<T> {
    Found { total: all.len(), page: all.into_iter().skip(start.saturating_sub(1)).take(count).collect() }
}

/// Limit and offset of a page for the database.
fn limits(start: usize, count: usize) -> (i64, i64) {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    (number(count), number(start.saturating_sub(1)))
}

/// The id in the database behind `u12` or `g7`.
fn key(id: &str, letter: char) -> Option<i64> {
    let digits = id.strip_prefix(letter)?;
    // One spelling for one thing: `u07` is nobody.
    digits.parse().ok().filter(|key: &i64| *key > 0 && key.to_string() == digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!((key("u12", 'u'), key("g7", 'g')), (Some(12), Some(7)));
        for wrong in ["", "u", "12", "u012", "u-1", "u+1", "u0", "g12", "u1 ", "u99999999999999999999"] {
            assert_eq!(key(wrong, 'u'), None, "{wrong}");
        }
    }

    #[test]
    fn instants_are_written_as_utc() {
        assert_eq!(written(Instant(1_795_320_000_123)), "2026-11-22T04:00:00.123Z");
    }
}
