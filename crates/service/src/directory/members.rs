//! Who joins a group and who leaves it, and what that gives and takes.
//! Not for: other attributes of groups (`groups`).

use std::collections::BTreeSet;

use domain::ids::UserId;
use store::WriteTx;
use store::read::directory::{self as read, GroupRow};
use store::write::directory as write;

use super::refused::no;
use super::{DirectoryRefusal, Refused, key};
use crate::Ctx;
use crate::accounts::role_at;

/// Logins that a line of the audit names at most.
const MOST_NAMED: usize = 50;

/// Who joins and who leaves.
pub(super) struct Move {
    joined: Vec<UserId>,
    left: Vec<UserId>,
}

impl Move {
    /// The way from the members there are to those that are wanted.
    pub(super) fn between(row: &GroupRow, wanted: &BTreeSet<String>) -> Result<Self, Refused> {
        let there: BTreeSet<UserId> = row.members.iter().copied().collect();
        let mut shall = BTreeSet::new();
        for id in wanted {
            match key(id, 'u') {
                Some(user) => shall.insert(UserId(user)),
                None => return no(DirectoryRefusal::NoSuchMember(id.clone())),
            };
        }
        Ok(Self { joined: shall.difference(&there).copied().collect(), left: there.difference(&shall).copied().collect() })
    }

    /// Writes it, and tells it for the audit.
    pub(super) async fn carry(&self, tx: &WriteTx, ctx: &Ctx, row: &GroupRow) -> Result<String, Refused> {
        if self.joined.is_empty() && self.left.is_empty() {
            return Ok(String::new());
        }
        let both: Vec<UserId> = self.joined.iter().chain(&self.left).copied().collect();
        let known = read::logins(tx, &both).await?;
        if let Some(stranger) = self.joined.iter().find(|user| !known.contains_key(user)) {
            return no(DirectoryRefusal::NoSuchMember(format!("u{stranger}")));
        }
        write::join(tx, row.id, &self.joined).await?;
        write::leave(tx, row.id, &self.left).await?;
        if let Some(binding) = &row.binding {
            let gives = (binding.role, binding.unit.as_ref().map(|unit| unit.0));
            write::grant_by_group(tx, row.id, &self.joined, gives, ctx.today).await?;
            write::end_grants_of_group(tx, row.id, Some(&self.left), ctx.today).await?;
        }
        let named = |name: &str, users: &[UserId]| {
            let logins: Vec<&str> = users.iter().filter_map(|user| known.get(user)).map(String::as_str).take(MOST_NAMED).collect();
            let more = if users.len() > MOST_NAMED { ", …" } else { "" };
            if users.is_empty() { String::new() } else { format!("\n{name}: {}{more}", logins.join(", ")) }
        };
        Ok(format!("{}{}", named("joined", &self.joined), named("left", &self.left)))
    }
}

/// What a group is bound to, as the audit keeps it.
pub(super) fn bound(row: &GroupRow) -> String {
    let role = row.binding.as_ref().map(|b| role_at(b.role, b.unit.as_ref().map(|unit| unit.1.as_str())));
    role.map(|role| format!("\nrole: {role}")).unwrap_or_default()
}
