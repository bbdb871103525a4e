//! A version of a plan as a paper: what goes on its way, what it lacks, and what becomes of it when the paper comes back, stops or is issued.
//! The subject of its case is the key of the version.
//! Not for: moving the paper (`papers`), writing the plan (`keep`).

use domain::ids::PlanVersionId;
use domain::papers::{Issued, Lack, New};
use domain::people::LeaderGroup;
use domain::plans::check::Fault;
use domain::plans::{Body, PlanAct, PlanState};
use domain::schemes::{SchemeRule, Title};
use store::read::plans::{self as read, PlanLine, VersionLine};
use store::write::{bump_facts, plans as write};
use store::{StoreError, WriteTx};

use super::keep::{note, subject as told, turn};
use super::{Known, PlanRefusal, View, basis, known, limits, single};
use crate::papers;
use crate::registry::keeping::without_refusal_of;
use crate::schemes::Stored;
use crate::{ActError, Ctx, Services};

/// The paper of the version that is looked at.
pub(super) async fn paper_of(services: &Services, ctx: &Ctx, view: &View) -> Result<New, ActError> {
    let plan = &view.plan;
    let managed = papers::managed_groups(ctx.today)?;
    let is_managed = |group: Option<LeaderGroup>| group.is_some_and(|group| managed.contains(&group));
    let known = known(services, ctx, &view.body.officials()).await?;
    let seats = view.body.lines.iter().flat_map(|line| &line.seats);
    Ok(New {
        kind: view.paper_kind(),
        subject: view.version.id.0,
        unit: plan.unit,
        bloc: plan.bloc,
        title: plan.title.clone(),
        needs_council: !appraised_by(&view.body, &known).is_empty(),
        cadres_of_standing_committee: known.people.values().any(|who| is_managed(who.group))
            || seats.into_iter().any(|seats| is_managed(seats.group)),
    })
}

/// The rules by which the training council appraises a plan: those of the schemes whose topics its lines carry out.
fn appraised_by(body: &Body, known: &Known) -> Vec<Title> {
    let carries =
        |stored: &Stored| body.lines.iter().any(|line| line.topic.as_ref().is_some_and(|topic| topic.scheme == stored.scheme.code));
    let rule = |stored: &Stored| {
        let asks = |rule: &&SchemeRule| rule.values.iter().any(|(name, value)| name == "council_plans" && *value == 1);
        stored.scheme.rules.iter().find(asks).map(|rule| basis(stored, &rule.section))
    };
    known.schemes.iter().filter(|stored| carries(stored)).filter_map(|stored| rule(stored)).collect()
}

/// Which steps that not every plan goes through this one will, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Rules by which the training council appraises it.
    pub council: Vec<Title>,
    /// That cadres are sent whom the standing committee manages, by which act; and whether that was checked against the text.
    pub standing_committee: Option<(Title, bool)>,
}

/// The steps that a plan goes through beside those of every plan.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn extra_steps(services: &Services, ctx: &Ctx, view: &View) -> Result<Extra, ActError> {
    let known = known(services, ctx, &view.body.officials()).await?;
    let sends = paper_of(services, ctx, view).await?.cadres_of_standing_committee;
    let standing_committee = if sends { papers::managed_by(ctx.today)? } else { None };
    Ok(Extra { council: appraised_by(&view.body, &known), standing_committee })
}

/// The plan of a version and the version itself, as a transaction sees them.
async fn of_version(tx: &WriteTx, version: i64) -> Result<(PlanLine, VersionLine), StoreError> {
    let plan = read::of_version(tx, PlanVersionId(version)).await?;
    let line = plan.versions.iter().find(|line| line.id.0 == version).cloned().ok_or(StoreError::NotFound)?;
    Ok((plan, line))
}

/// What is missing before the paper of a version may go on: the fault, and the line it speaks of.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such version.
pub async fn lacks_of(services: &Services, tx: &WriteTx, ctx: &Ctx, subject: i64) -> Result<Vec<Lack>, ActError> {
    let (plan, version) = of_version(tx, subject).await?;
    let body = read::body_for_writing(tx, version.id).await?;
    let above = match plan.under {
        Some(above) => Some(read::one_for_writing(tx, above, ctx.today).await?),
        None => None,
    };
    lacks_in(services, ctx, (&plan, above.as_ref()), &body).await
}

/// The same outside of a change, to be looked at.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such version.
pub(crate) async fn lacks_now(services: &Services, ctx: &Ctx, subject: i64) -> Result<Vec<Lack>, ActError> {
    let version = PlanVersionId(subject);
    let (plan, _) = read::number_of(&services.db, version).await?;
    let plan = single(services, ctx, plan).await?;
    let body = read::bodies(&services.db, &[version]).await?.pop().ok_or(ActError::NotFound)?;
    let above = match plan.under {
        Some(above) => Some(single(services, ctx, above).await?),
        None => None,
    };
    lacks_in(services, ctx, (&plan, above.as_ref()), &body).await
}

async fn lacks_in(services: &Services, ctx: &Ctx, plans: (&PlanLine, Option<&PlanLine>), body: &Body) -> Result<Vec<Lack>, ActError> {
    if body.lines.is_empty() {
        return Ok(vec![Lack { code: "no_lines", detail: plans.0.title.clone() }]);
    }
    let faults = limits::faults_of(services, ctx, plans, body).await?;
    let words = |fault: &Fault| body.line(fault.line).map(|line| line.words.clone()).unwrap_or_default();
    Ok(faults.iter().map(|fault| Lack { code: fault.kind.code(), detail: words(fault) }).collect())
}

/// The paper of a version was given back: the version is a draft again, and the paper waits for it.
///
/// # Errors
/// [`ActError::Stale`] when it is not submitted any more.
pub async fn returned_to_draft(tx: &WriteTx, ctx: &Ctx, subject: i64, reason: &str) -> Result<(), ActError> {
    let (plan, version) = of_version(tx, subject).await?;
    turn(tx, &version, PlanAct::Return).await.map_err(stale)?;
    note(tx, ctx, "plan.return", &told(plan.id, version.number), reason).await?;
    Ok(())
}

/// The paper of a version was stopped: the version is a draft without a paper.
///
/// # Errors
/// [`ActError::Stale`] when it changed meanwhile.
pub async fn stopped(tx: &WriteTx, ctx: &Ctx, subject: i64, reason: &str) -> Result<(), ActError> {
    let (_, version) = of_version(tx, subject).await?;
    if version.state == PlanState::Submitted {
        returned_to_draft(tx, ctx, subject, reason).await?;
    }
    Ok(write::travels_as(tx, version.id, None).await?)
}

/// The paper of a version was issued: the version is in force in place of the one before it.
///
/// # Errors
/// [`ActError::Stale`] when it is not submitted any more.
pub async fn issued_by_paper(tx: &WriteTx, ctx: &Ctx, subject: i64, issued: &Issued) -> Result<(), ActError> {
    let (plan, version) = of_version(tx, subject).await?;
    if let Some(before) = plan.in_force() {
        turn(tx, before, PlanAct::Replace).await.map_err(stale)?;
    }
    turn(tx, &version, PlanAct::Issue).await.map_err(stale)?;
    write::issued_as(tx, version.id, &issued.number, issued.dated_on).await?;
    bump_facts(tx).await?;
    note(tx, ctx, "plan.issue", &told(plan.id, version.number), &issued.number).await?;
    Ok(())
}

/// The page of a version.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such version.
pub(crate) async fn path(services: &Services, subject: i64) -> Result<String, StoreError> {
    let (plan, number) = read::number_of(&services.db, PlanVersionId(subject)).await?;
    Ok(format!("/ke-hoach/{plan}?so={number}"))
}

/// A version that cannot go that way was changed by someone else.
fn stale(error: ActError<PlanRefusal>) -> ActError {
    without_refusal_of(error, |_| ActError::Stale)
}
