//! Posts a person is planned for (quy hoạch), and promises of service after study (cam kết phục vụ).
//! Not for: sending people to study, nor what is paid back.

use domain::people::{Leadership, StaffKind};
use domain::register::commitments::{Closing, CommitmentFacts, CommitmentFault, commitment_faults};
use domain::time::Date;
use law::{SendingDate, Words};
use store::read::people::Person;
use store::write::register::{self as write, NewPlanned};

use super::identity::found;
use super::keeping::{self, Keeper};
use super::view;
use crate::lawbook::law;
use crate::{ActError, Ctx, Services};

/// Why a planned post or a promise is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanRefusal {
    /// There is no such unit on the day.
    NoSuchUnit,
    /// It ends before it begins.
    EndsBeforeStart,
    /// The same post is planned for in that time already.
    Again,
    /// A rule of promises.
    Fault(CommitmentFault),
    /// The law of the day of sending asks for more months: how many, and where it says so.
    TooShort {
        /// Months at least.
        needed: u32,
        /// The article.
        cited: Words,
    },
    /// It ended already.
    ClosedAlready,
    /// A change must say why.
    NoReason,
}

type Refused = ActError<Vec<PlanRefusal>>;

/// A post to be planned for.
#[derive(Debug, Clone, Copy)]
pub struct Planning<'a> {
    /// Unit code.
    pub unit: &'a str,
    /// Which post of leadership.
    pub leadership: Leadership,
    /// First day.
    pub from: Date,
    /// The day after the last one, if set.
    pub to: Option<Date>,
    /// Number of the decision.
    pub decision: Option<&'a str>,
}

/// Writes down a post that a person is planned for.
///
/// # Errors
/// Every [`PlanRefusal`] that applies.
pub async fn plan_post(services: &Services, ctx: &Ctx, code: &str, planning: &Planning<'_>, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let unit = match view(services, ctx, planning.unit, planning.from).await {
        Ok(unit) => Some(unit.unit.id),
        Err(ActError::NotFound) => None,
        Err(other) => return Err(keeping::without_refusal(other)),
    };
    let is_same = |line: &store::read::people::PlannedLine| {
        let is_apart = line.during.to().is_some_and(|to| to <= planning.from) || planning.to.is_some_and(|to| to <= line.during.from());
        line.leadership == planning.leadership && line.unit.0 == planning.unit && !is_apart
    };
    let mut refusals = Vec::new();
    refusals.extend(unit.is_none().then_some(PlanRefusal::NoSuchUnit));
    refusals.extend(planning.to.is_some_and(|to| to <= planning.from).then_some(PlanRefusal::EndsBeforeStart));
    refusals.extend(official.planned.iter().any(is_same).then_some(PlanRefusal::Again));
    refusals.extend((!keeping::is_reason(reason)).then_some(PlanRefusal::NoReason));
    let (Some(unit), true) = (unit, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let Planning { leadership, from, to, decision, .. } = *planning;
    let new = NewPlanned { official: official.id, unit, leadership, from, to, decision };
    let tx = services.db.write().await?;
    write::plan_post(&tx, &keeper.why(ctx, reason), &new).await?;
    keeper.commit(tx, ctx, "register.plan_post", &official.code, reason).await?;
    Ok(())
}

/// The kind of staff a person was on a day.
fn staff_on(official: &Person, day: Date) -> Option<StaffKind> {
    official.postings.iter().find(|posting| posting.during.contains(day)).map(|posting| posting.staff)
}

/// What the law of the day of sending asks for at least; nothing where it is not known, for then nobody can say that it is too short.
fn too_short(official: &Person, facts: &CommitmentFacts<'_>) -> Result<Option<PlanRefusal>, store::StoreError> {
    let law = law()?;
    let (Some(staff), Ok(study)) = (staff_on(official, facts.sent_on), u16::try_from(facts.study_months)) else { return Ok(None) };
    let Ok(needed) = law::commitment::commitment_months(law, staff, SendingDate(facts.sent_on), study) else { return Ok(None) };
    let is_short = u32::try_from(facts.months).unwrap_or(0) < needed.value;
    let cites = needed.used.iter().flat_map(|used| &used.cites);
    let cited = cites.last().map_or_else(|| Words::new("", ""), |citation| law.cited(citation));
    Ok(is_short.then_some(PlanRefusal::TooShort { needed: needed.value, cited }))
}

/// Writes down a promise of service, as the signed paper says it.
///
/// # Errors
/// Every [`PlanRefusal`] that applies.
pub async fn promise(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    facts: &CommitmentFacts<'_>,
    (decision, reason): (Option<&str>, &str),
) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let mut refusals: Vec<PlanRefusal> = commitment_faults(facts).into_iter().map(PlanRefusal::Fault).collect();
    if refusals.is_empty() {
        refusals.extend(too_short(&official, facts)?);
    }
    refusals.extend((!keeping::is_reason(reason)).then_some(PlanRefusal::NoReason));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::promise(&tx, &keeper.why(ctx, reason), official.id, facts, decision).await?;
    keeper.commit(tx, ctx, "register.promise", &official.code, reason).await?;
    Ok(())
}

/// Ends a promise before it is served: paid back, released, broken.
///
/// # Errors
/// [`ActError::NotFound`] when it is not this person's; every [`PlanRefusal`] that applies.
pub async fn close_promise(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    (commitment, how, on): (i64, Closing, Date),
    reason: &str,
) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let line = official.commitments.iter().find(|line| line.id == commitment).ok_or(ActError::NotFound)?;
    let mut refusals = Vec::new();
    refusals.extend(line.closed.is_some().then_some(PlanRefusal::ClosedAlready));
    refusals.extend((on < line.during.from()).then_some(PlanRefusal::Fault(CommitmentFault::ClosedBeforeStart)));
    refusals.extend((!keeping::is_reason(reason)).then_some(PlanRefusal::NoReason));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::close_promise(&tx, &keeper.why(ctx, reason), official.id, commitment, (how, on)).await?;
    keeper.commit(tx, ctx, "register.close_promise", &official.code, reason).await?;
    Ok(())
}
