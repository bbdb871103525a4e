//! The line of the audit that most acts leave: what, to which thing, in which words.
//! Not for: acts that tell what was before and after.

use store::write::audit;
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
