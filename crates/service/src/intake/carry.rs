//! A file written into the register: all of it or its right rows, in one transaction, under one operation that can be undone.
//! Not for: deciding what is written (`plan`).

use std::sync::Arc;

use domain::roles::Authorised;
use store::write::exchange::facts_version;
use store::write::intake::{self as write, Step};
use store::write::register::{self as register, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::batch::{Batch, State, batch, json, keeper};
use super::jobs::{Stage, Watch};
use super::plan::Plan;
use super::rehearse::{Made, RehearseRefusal, make};
use super::report::Report;
use crate::{ActError, Ctx, Services};

/// What becomes of a file with faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Nothing is written.
    AllOrNothing,
    /// The right rows are written.
    ValidRows,
}

/// Why a file is not carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarryRefusal {
    /// It has rows at fault and all were wanted; how many.
    Faulty(usize),
    /// Nothing would be written.
    Nothing,
    /// The register changed since the comparison, and with it what would be written; the batch has a new report to look at.
    ChangedSince,
    /// It was not compared, or not since it was said to be read in another way.
    NotCompared,
    /// A reason is missing.
    NoReason,
    /// As for comparing.
    Rehearse(RehearseRefusal),
}

type Refused = ActError<CarryRefusal>;

/// How often a file is compared anew when the register changed while it was being written.
const TRIES: u32 = 3;
/// People or trainings written at once; between them the work can be cancelled.
const CHUNK: usize = 2_000;

/// Carries a batch into the register.
///
/// # Errors
/// [`CarryRefusal`]; then nothing is written.
pub async fn carry(services: &Services, ctx: &Ctx, id: i64, policy: Policy, reason: &str, watch: &Arc<Watch>) -> Result<Report, Refused> {
    let batch = batch(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    let as_of = batch.as_of().unwrap_or(ctx.today);
    let proof = keeper(services, ctx, &batch.line.unit_name.0, as_of).await?;
    let refused = |refusal| Err(ActError::Refused(refusal));
    let Some(report) = batch.report.as_ref().filter(|_| batch.state == State::Ready) else { return refused(CarryRefusal::NotCompared) };
    if !crate::registry::is_reason(reason) {
        return refused(CarryRefusal::NoReason);
    }
    if let Some(refusal) = hindered(report, policy) {
        return refused(refusal);
    }
    let Some(_seat) = services.jobs.sit(id, watch) else { return refused(CarryRefusal::Rehearse(RehearseRefusal::Busy)) };
    for _ in 0..TRIES {
        let made = make(services, ctx, &batch, watch).await.map_err(of_rehearsal)?;
        if made.report.digest != report.digest {
            look_again(services, &batch, &made.report).await?;
            return refused(CarryRefusal::ChangedSince);
        }
        if let Some(report) = write(services, ctx, &batch, made, proof.as_ref(), reason, watch).await? {
            return Ok(report);
        }
    }
    Err(ActError::Stale)
}

/// Compares a batch and carries it at once, for who gives orders beforehand, as the terminal does: nobody looks at the report between.
/// Tells the report, and why nothing was written if nothing was; then the report is kept as after comparing.
///
/// # Errors
/// As for [`carry`], but for what the report itself tells.
pub async fn bring_in(
    services: &Services,
    ctx: &Ctx,
    id: i64,
    policy: Policy,
    reason: &str,
    watch: &Arc<Watch>,
) -> Result<(Report, Option<CarryRefusal>), Refused> {
    let batch = batch(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    let proof = keeper(services, ctx, &batch.line.unit_name.0, batch.as_of().unwrap_or(ctx.today)).await?;
    let refused = |refusal| Err(ActError::Refused(refusal));
    if matches!(batch.state, State::Carried | State::Undone) {
        return refused(CarryRefusal::Rehearse(RehearseRefusal::Carried));
    }
    if !crate::registry::is_reason(reason) {
        return refused(CarryRefusal::NoReason);
    }
    let Some(_seat) = services.jobs.sit(id, watch) else { return refused(CarryRefusal::Rehearse(RehearseRefusal::Busy)) };
    for _ in 0..TRIES {
        let made = make(services, ctx, &batch, watch).await.map_err(of_rehearsal)?;
        if let Some(refusal) = hindered(&made.report, policy) {
            look_again(services, &batch, &made.report).await?;
            return Ok((made.report, Some(refusal)));
        }
        if let Some(report) = write(services, ctx, &batch, made, proof.as_ref(), reason, watch).await? {
            return Ok((report, None));
        }
    }
    Err(ActError::Stale)
}

/// Why a file with this report is not written.
const fn hindered(report: &Report, policy: Policy) -> Option<CarryRefusal> {
    match policy {
        Policy::AllOrNothing if report.counts.faulty > 0 => Some(CarryRefusal::Faulty(report.counts.faulty)),
        _ if report.counts.new + report.counts.changed == 0 => Some(CarryRefusal::Nothing),
        _ => None,
    }
}

fn of_rehearsal(error: ActError<RehearseRefusal>) -> Refused {
    match error {
        ActError::Refused(refusal) => ActError::Refused(CarryRefusal::Rehearse(refusal)),
        ActError::Forbidden(forbidden) => ActError::Forbidden(forbidden),
        ActError::Internal(error) => ActError::Internal(error),
        ActError::Stale => ActError::Stale,
        ActError::NotFound => ActError::NotFound,
    }
}

/// Keeps the new report, so that the person sees what would be written now.
async fn look_again(services: &Services, batch: &Batch, report: &Report) -> Result<(), Refused> {
    let report = json(report);
    let tx = services.db.write().await?;
    let step = Step { state: State::Ready.code(), report: Some(&report), ..Step::default() };
    write::step(&tx, batch.line.id, batch.line.revision, &step).await?;
    Ok(tx.commit().await?)
}

/// Writes what was made of a file. `None` when the register changed since it was read for that: then nothing is written.
async fn write(
    services: &Services,
    ctx: &Ctx,
    batch: &Batch,
    mut made: Made,
    proof: Option<&Authorised>,
    reason: &str,
    watch: &Watch,
) -> Result<Option<Report>, Refused> {
    let operation = format!("intake-{}-{}", batch.line.id, ctx.now.0);
    let why = Why { by: proof.map_or(By::System, By::Person), at: ctx.now, words: reason.trim(), operation: &operation };
    let tx = services.db.write().await?;
    if facts_version(&tx).await? != made.report.facts {
        return Ok(None);
    }
    rows(&tx, &why, std::mem::take(&mut made.plan), watch).await?;
    let report = json(&made.report);
    let step = Step {
        state: State::Carried.code(),
        report: Some(&report),
        operation: Some(&operation),
        carried_at: Some(ctx.now),
        settings: None,
    };
    write::step(&tx, batch.line.id, batch.line.revision, &step).await?;
    let (fingerprint, remembered) = &made.remembered;
    write::remember(&tx, batch.line.unit, &batch.line.file_name, fingerprint, &json(remembered), ctx.now).await?;
    record(&tx, ctx, batch, &made.report, proof, reason).await?;
    bump_facts(&tx).await?;
    // PostgreSQL lets others write at the same time: who wrote before, and has committed by now, has counted too.
    if facts_version(&tx).await? != made.report.facts + 1 {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(made.report))
}

async fn rows(tx: &store::WriteTx, why: &Why<'_>, plan: Plan, watch: &Watch) -> Result<(), Refused> {
    let all = plan.new.len() + plan.changed.len() + plan.trainings.len() + plan.amended.len();
    let mut done = 0;
    let mut go_on = |written: usize| {
        done += written;
        watch.tell(Stage::Writing, done, all)
    };
    let cancelled = || Err(ActError::Refused(CarryRefusal::Rehearse(RehearseRefusal::Cancelled)));
    if !register::welcome(tx, why, plan.new, &mut go_on).await? {
        return cancelled();
    }
    for chunk in plan.changed.chunks(CHUNK) {
        register::update(tx, why, chunk).await?;
        if !go_on(chunk.len()) {
            return cancelled();
        }
    }
    for chunk in plan.trainings.chunks(CHUNK) {
        register::add_records(tx, why, chunk).await?;
        if !go_on(chunk.len()) {
            return cancelled();
        }
    }
    for chunk in plan.amended.chunks(CHUNK) {
        register::amend_records(tx, why, chunk).await?;
        if !go_on(chunk.len()) {
            return cancelled();
        }
    }
    Ok(())
}

async fn record(
    tx: &store::WriteTx,
    ctx: &Ctx,
    batch: &Batch,
    report: &Report,
    proof: Option<&Authorised>,
    reason: &str,
) -> Result<(), store::StoreError> {
    let subject = format!("intake/{}", batch.line.id);
    let counts = report.counts;
    let after = format!("{}: +{} ~{} ={} !{}", batch.line.file_name, counts.new, counts.changed, counts.same, counts.faulty);
    let entry = audit::Entry {
        at: ctx.now,
        user: proof.map(Authorised::user),
        act: "intake.carry",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}
