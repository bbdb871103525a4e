//! The audit: who did what, to which thing, from what to what, why; in the transaction of the act.
//! Not for: reading it back (a read model), or technical logs.

use domain::ids::UserId;
use domain::time::Instant;

use super::insert;
use crate::db::{StoreError, WriteTx};

/// One line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When.
    pub at: Instant,
    /// Who; `None` is the system.
    pub user: Option<UserId>,
    /// What, as a stable code, e.g. `scheme.publish`.
    pub act: &'a str,
    /// To which thing, e.g. `scheme/quang-nam-2024/2`.
    pub subject: &'a str,
    /// Before.
    pub before: Option<&'a str>,
    /// After.
    pub after: Option<&'a str>,
    /// Why, in the person's words.
    pub reason: &'a str,
    /// Id of the request, to find its log lines.
    pub operation: &'a str,
}

/// Writes a line.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn record(tx: &WriteTx, entry: &Entry<'_>) -> Result<(), StoreError> {
    insert(
        tx,
        "audit",
        &["happened_at", "user_id", "act", "subject", "before", "after", "reason", "operation"],
        vec![
            entry.at.0.into(),
            entry.user.map(|u| u.0).into(),
            entry.act.into(),
            entry.subject.into(),
            entry.before.into(),
            entry.after.into(),
            entry.reason.into(),
            entry.operation.into(),
        ],
    )
    .await?;
    Ok(())
}
