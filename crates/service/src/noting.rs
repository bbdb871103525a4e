//! The lines of the audit that most acts leave: what, to which thing, in which words; and settings of the office, before and after.
//! Not for: other acts that tell what was before and after.

use store::write::{audit, put_setting};
use store::{StoreError, WriteTx};

use crate::Ctx;

/// Notes an act.
pub(crate) async fn note(tx: &WriteTx, ctx: &Ctx, act: &str, subject: &str, words: &str) -> Result<(), StoreError> {
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act,
        subject,
        before: None,
        after: None,
        reason: words.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}

/// Sets a setting of the office, and notes what it was and is.
pub(crate) async fn set(
    tx: &WriteTx,
    ctx: &Ctx,
    key: &str,
    (act, subject): (&str, &str),
    (before, after): (&str, &str),
) -> Result<(), StoreError> {
    put_setting(tx, key, after).await?;
    let user = ctx.who.as_ref().map(|who| who.user);
    let (before, after) = (Some(before), Some(after));
    let entry = audit::Entry { at: ctx.now, user, act, subject, before, after, reason: "", operation: &ctx.operation };
    audit::record(tx, &entry).await
}
