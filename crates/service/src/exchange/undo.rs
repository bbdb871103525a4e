//! Taking back what another machine wrote by one request, unless something was built on it since.
//! Not for: how rows go back (`store::write::register::undo`), what pages and files wrote.

use domain::roles::{self, Act, Reach};
use store::read::register as read;
use store::write::register::{self as register, Undoing, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::keys::Receipt;
use crate::registry::{UndoRefusal, is_reason, others};
use crate::{ActError, Ctx, Services};

/// Takes back an operation of [`super::write`]. Tells how many rows went back.
///
/// # Errors
/// Every [`UndoRefusal`] that applies; [`ActError::NotFound`] when no machine wrote such an operation, [`ActError::Stale`] when it was
/// taken back already.
pub async fn undo(
    services: &Services,
    ctx: &Ctx,
    operation: &str,
    reason: &str,
    receipt: &Receipt<'_, usize>,
) -> Result<usize, ActError<Vec<UndoRefusal>>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise_within(who, Act::KeepRegister, |_| true)).transpose()?;
    let scope = ctx.scope(Act::KeepRegister)?;
    let touched = read::touched(&services.db, &scope, operation, ctx.today).await?;
    let is_all_elsewhere = *scope.reach() != Reach::Province && touched.people == touched.outside;
    if touched.rows == 0 || is_all_elsewhere || !operation.starts_with("api-") {
        return Err(ActError::NotFound);
    }
    let mut refusals = Vec::new();
    refusals.extend((!is_reason(reason)).then_some(UndoRefusal::NoReason));
    refusals.extend(others(services, ctx, operation).await?);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let own = format!("api-{}", ctx.operation);
    let why = Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words: reason.trim(), operation: &own };
    let tx = services.db.write().await?;
    let rows = match register::undo_operation(&tx, &why, operation).await? {
        Undoing::Blocked { obstacles, count } => return Err(ActError::Refused(vec![UndoRefusal::Blocked { obstacles, count }])),
        Undoing::Done { rows } => rows,
    };
    receipt.keep(&tx, &rows).await?;
    let subject = format!("operation/{operation}");
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "api.undo",
        subject: &subject,
        before: None,
        after: None,
        reason: reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(&tx, &entry).await?;
    bump_facts(&tx).await?;
    tx.commit().await?;
    Ok(rows)
}
