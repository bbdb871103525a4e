//! What a directory is told no for, and that refusals of rights stay in the audit.
//! Not for: words; `web::scim` has them.

use domain::ids::UserId;
use store::write::audit;

use super::Refused;
use crate::{ActError, Ctx, Services};

/// Why a directory's wish is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryRefusal {
    /// What was sent cannot be taken.
    Fault(scim::Fault),
    /// The login has other letters than it may, or is shorter than 3 or longer than 64.
    BadLogin,
    /// Another account has the login.
    LoginTaken,
    /// Another group has the name.
    NameTaken,
    /// There is no account of this id.
    NoSuchMember(String),
    /// The thing is in another state than was said.
    Unmatched,
    /// The account administers by hand; no directory touches it.
    Administrator,
    /// The account is the one of the directory's own token.
    Own,
    /// An administrator locked the account; only an administrator opens it.
    LockedByHand,
}

impl DirectoryRefusal {
    /// The code of a refusal of rights, which stays in the audit.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Administrator => Some("administrator"),
            Self::Own => Some("own_account"),
            Self::LockedByHand => Some("locked_by_hand"),
            _ => None,
        }
    }
}

impl From<scim::Fault> for DirectoryRefusal {
    fn from(fault: scim::Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A refusal as an error.
pub(super) fn no<T>(refusal: DirectoryRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// What was sent, or why it cannot be taken.
pub(super) fn sent<T>(read: Result<T, scim::Fault>) -> Result<T, Refused> {
    read.map_err(|fault| ActError::Refused(fault.into()))
}

/// The end of an act: a refusal of rights leaves a line in the audit, in a step of its own, for the act itself wrote nothing.
pub(super) async fn noted<T>(
    services: &Services,
    ctx: &Ctx,
    by: Option<UserId>,
    subject: &str,
    result: Result<T, Refused>,
) -> Result<T, Refused> {
    if let Err(ActError::Refused(refusal)) = &result
        && let Some(code) = refusal.code()
    {
        let after = format!("refused: {code}");
        let tx = services.db.write().await?;
        Line { act: "directory.refuse", subject, before: None, after: Some(&after) }.record(&tx, ctx, by).await?;
        tx.commit().await?;
    }
    result
}

/// A line of the audit.
pub(super) struct Line<'a> {
    pub(super) act: &'a str,
    pub(super) subject: &'a str,
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
}

impl Line<'_> {
    pub(super) async fn record(&self, tx: &store::WriteTx, ctx: &Ctx, by: Option<UserId>) -> Result<(), store::StoreError> {
        let entry = audit::Entry {
            at: ctx.now,
            user: by,
            act: self.act,
            subject: self.subject,
            before: self.before,
            after: self.after,
            reason: "",
            operation: &ctx.operation,
        };
        audit::record(tx, &entry).await
    }
}
