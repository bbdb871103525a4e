//! Taking a carried file back: everything it wrote, in one step, unless something was built on it since.
//! Not for: how rows go back (`store::write::register::undo`).

use domain::roles::Authorised;
use store::write::intake::{self as write, Step};
use store::write::register::{self as register, Obstacle, Undoing, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::batch::{State, batch, keeper};
use crate::registry::{UndoRefusal, others};
use crate::{ActError, Ctx, Services};

/// Takes back what a batch wrote. Tells how many rows went back.
///
/// # Errors
/// Every [`UndoRefusal`] that applies; [`ActError::Stale`] when the batch is not carried, or was taken back already.
pub async fn undo(services: &Services, ctx: &Ctx, id: i64, reason: &str) -> Result<usize, ActError<Vec<UndoRefusal>>> {
    let batch = batch(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    let (State::Carried, Some(operation)) = (batch.state, batch.line.operation.as_deref()) else { return Err(ActError::Stale) };
    let proof = keeper(services, ctx, &batch.line.unit_name.0, batch.as_of().unwrap_or(ctx.today)).await?;
    let mut refusals = Vec::new();
    refusals.extend((!crate::registry::is_reason(reason)).then_some(UndoRefusal::NoReason));
    refusals.extend(others(services, ctx, operation).await?);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let why = Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words: reason.trim(), operation: &ctx.operation };
    let tx = services.db.write().await?;
    let rows = match register::undo_operation(&tx, &why, operation).await? {
        Undoing::Blocked { obstacles, count } => return blocked(obstacles, count),
        Undoing::Done { rows } => rows,
    };
    write::step(&tx, id, batch.line.revision, &Step { state: State::Undone.code(), ..Step::default() }).await?;
    let subject = format!("intake/{id}");
    let entry = audit::Entry {
        at: ctx.now,
        user: proof.as_ref().map(Authorised::user),
        act: "intake.undo",
        subject: &subject,
        before: None,
        after: Some(&batch.line.file_name),
        reason: reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(&tx, &entry).await?;
    bump_facts(&tx).await?;
    tx.commit().await?;
    Ok(rows)
}

fn blocked(obstacles: Vec<Obstacle>, count: usize) -> Result<usize, ActError<Vec<UndoRefusal>>> {
    Err(ActError::Refused(vec![UndoRefusal::Blocked { obstacles, count }]))
}
