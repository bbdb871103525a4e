//! Reorganising units: looked at first, then carried with everybody it moves, in one operation that can be taken back.
//! Not for: the rules (`domain::orgs::reorganise`).

mod preview;
mod surroundings;

use std::sync::Arc;

use domain::orgs::OrgMap;
use domain::orgs::reorganise::{self as rules, Fault, Going, Ground, Plan, Step, StepKind};
use domain::roles::{self, Act, Authorised};
use domain::time::Date;
use store::WriteTx;
use store::read::reorganise::{self as read, ReorganisationLine, SeatLine};
use store::write::register::{self as write, Undoing, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::keeping::{is_reason, without_refusal};
use super::naming::{Names, unit_names};
use super::undoing::UndoRefusal;
use crate::exchange::Receipt;
use crate::{ActError, Ctx, Services};

pub use preview::{FlowLine, Named, Preview, StuckLine};
pub(crate) use surroundings::alias_faults;
pub use surroundings::{AliasRefusal, add_alias, past, remove_alias};

/// An act that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What.
    pub step: Step,
    /// First day of the new order.
    pub on: Date,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Why.
    pub reason: String,
}

/// Why a reorganisation is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReorganiseRefusal {
    /// A rule, and the name of the unit it speaks of.
    Fault(Fault, String),
    /// It must say why.
    NoReason,
    /// So many people cannot go.
    Held(usize),
    /// Something changed since it was looked at.
    Changed,
}

type Refused = ActError<Vec<ReorganiseRefusal>>;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Key of the reorganisation.
    pub id: i64,
    /// People who went.
    pub people: usize,
    /// Code of the unit to look at.
    pub code: String,
}

/// Proof that the asker keeps units; the terminal needs none.
pub(super) fn keeper<R>(ctx: &Ctx) -> Result<Option<Authorised>, ActError<R>> {
    Ok(ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepUnits)).transpose()?)
}

/// Whether the asker may reorganise.
#[must_use]
pub fn may_reorganise(ctx: &Ctx) -> bool {
    keeper::<crate::Never>(ctx).is_ok()
}

pub(super) fn why<'a>(ctx: &'a Ctx, proof: Option<&'a Authorised>, words: &'a str) -> Why<'a> {
    Why { by: proof.map_or(By::System, By::Person), at: ctx.now, words: words.trim(), operation: &ctx.operation }
}

/// Notes an act in the audit, lets everything be read anew, and commits.
pub(super) async fn commit(
    tx: WriteTx,
    ctx: &Ctx,
    act: &str,
    subject: &str,
    (after, reason): (Option<&str>, &str),
) -> Result<(), store::StoreError> {
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act,
        subject,
        before: None,
        after,
        reason: reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(&tx, &entry).await?;
    bump_facts(&tx).await?;
    tx.commit().await
}

/// An act worked out, with everybody it moves.
struct Worked {
    names: Arc<Names>,
    plan: Plan,
    after: OrgMap,
    seats: Vec<SeatLine>,
    going: Vec<(usize, Going)>,
    stuck: Vec<rules::Stuck>,
}

async fn work(services: &Services, ctx: &Ctx, order: &Order) -> Result<Worked, Refused> {
    let names = unit_names(services, ctx).await.map_err(without_refusal)?;
    let ground = Ground { map: &names.map, codes: &names.known.codes, named: &names.known.named };
    let mut refusals = Vec::new();
    refusals.extend((!is_reason(&order.reason)).then_some(ReorganiseRefusal::NoReason));
    let plan = match rules::plan(&ground, &order.step, order.on) {
        Ok(plan) if refusals.is_empty() => plan,
        Ok(_) => return Err(ActError::Refused(refusals)),
        Err(faults) => {
            let named = |fault: &Fault| fault.unit.map(|unit| names.name_on(unit, order.on).to_owned()).unwrap_or_default();
            refusals.extend(faults.into_iter().map(|fault| ReorganiseRefusal::Fault(fault, named(&fault))));
            return Err(ActError::Refused(refusals));
        }
    };
    let after = plan.after(&names.map);
    let from: Vec<_> = plan.flows.iter().map(|flow| flow.from).collect();
    let seats = if from.is_empty() { Vec::new() } else { read::seats(&services.db, &from, order.on).await? };
    let only: Vec<rules::Seat> = seats.iter().map(|line| line.seat.clone()).collect();
    let (going, stuck) = rules::moves(&plan, &after, &only);
    Ok(Worked { names, plan, after, seats, going, stuck })
}

impl Worked {
    /// Rows of one kind that go.
    fn rows(&self, is_secondment: bool) -> Vec<(i64, Going)> {
        let row =
            |(place, going): &(usize, Going)| self.seats.get(*place).filter(|s| s.is_secondment == is_secondment).map(|s| (s.row, *going));
        self.going.iter().filter_map(row).collect()
    }

    /// How many people go.
    fn people(&self) -> usize {
        let codes = self.going.iter().filter_map(|(place, _)| self.seats.get(*place)).map(|s| s.seat.official.as_str());
        codes.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// The name of a unit, new ones included, on the day before for those that end.
    fn name(&self, unit: domain::ids::UnitId) -> &str {
        let begun = self.plan.begins.iter().find(|(id, _)| *id == unit).map(|(_, new)| new.name.as_str());
        begun.unwrap_or_else(|| self.names.name_on(unit, self.plan.on))
    }

    fn code(&self, unit: domain::ids::UnitId) -> String {
        self.after.units.get(&unit).map(|u| u.code.clone()).unwrap_or_default()
    }

    /// The units in words: those that end or change, and who carries on.
    fn subject(&self) -> String {
        const MOST: usize = 6;
        let mut heirs: Vec<_> = self.plan.successions.iter().map(|(s, _)| s.to).collect();
        heirs.extend(self.plan.begins.iter().map(|(id, _)| *id));
        heirs.dedup();
        let mut seen = std::collections::BTreeSet::new();
        heirs.retain(|unit| seen.insert(*unit));
        let tops =
            self.plan.ends.iter().filter(|unit| self.names.map.parent(**unit, self.plan.on).is_none_or(|p| !self.plan.ends.contains(&p)));
        let mut from: Vec<_> = tops.copied().collect();
        if from.is_empty() && self.plan.subject.0 > 0 {
            from.push(self.plan.subject);
        }
        let words = |units: &[domain::ids::UnitId]| {
            let named: Vec<&str> = units.iter().take(MOST).map(|unit| self.name(*unit)).collect();
            if units.len() > MOST { format!("{}… ({})", named.join("; "), units.len()) } else { named.join("; ") }
        };
        let renamed = self.plan.names.iter().filter_map(|r| r.name.as_deref().or(r.code.as_deref())).collect::<Vec<_>>().join("; ");
        let parents: Vec<_> =
            if self.plan.ends.is_empty() { self.plan.links.iter().map(|(_, parent)| *parent).take(1).collect() } else { Vec::new() };
        let to = [words(&heirs), renamed, words(&parents)].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        [words(&from), to].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" → ")
    }
}

/// What an act would do, without doing it.
///
/// # Errors
/// Every [`ReorganiseRefusal`] that applies, but people who cannot go: the preview names them.
pub async fn preview(services: &Services, ctx: &Ctx, order: &Order) -> Result<Preview, Refused> {
    keeper(ctx)?;
    let facts = services.facts(ctx).await.map_err(without_refusal)?;
    let worked = work(services, ctx, order).await?;
    preview::of(services, &worked, facts).await
}

/// Carries an act; `seen` is the version of the facts that the preview was made from.
///
/// # Errors
/// Every [`ReorganiseRefusal`] that applies; nothing is changed then.
pub async fn carry(services: &Services, ctx: &Ctx, order: &Order, seen: Option<i64>) -> Result<Carried, Refused> {
    carry_for(services, ctx, order, seen, None).await
}

/// As [`carry`], for another machine: its answer is kept in the same step.
///
/// # Errors
/// As [`carry`].
pub async fn carry_for(
    services: &Services,
    ctx: &Ctx,
    order: &Order,
    seen: Option<i64>,
    receipt: Option<&Receipt<'_, Carried>>,
) -> Result<Carried, Refused> {
    let proof = keeper(ctx)?;
    let facts = services.facts(ctx).await.map_err(without_refusal)?;
    let worked = work(services, ctx, order).await?;
    if !worked.stuck.is_empty() {
        return Err(ActError::Refused(vec![ReorganiseRefusal::Held(worked.stuck.len())]));
    }
    if seen.is_some_and(|seen| seen != facts) {
        return Err(ActError::Refused(vec![ReorganiseRefusal::Changed]));
    }
    let why = why(ctx, proof.as_ref(), &order.reason);
    let (postings, secondments) = (worked.rows(false), worked.rows(true));
    let decision = order.decision.as_deref().map(str::trim).filter(|d| !d.is_empty());
    let (subject, people) = (worked.subject(), worked.people());
    let tx = services.db.write().await?;
    let carried = write::Carried { plan: &worked.plan, postings: &postings, secondments: &secondments, decision };
    write::reorganise(&tx, &why, &carried).await.map_err(changed)?;
    let note = write::Note { act: order.step.kind(), subject: &subject, on: order.on, decision, people };
    let id = write::note(&tx, &why, &note).await?;
    let shown = worked.plan.successions.first().map_or(worked.plan.subject, |(succession, _)| succession.to);
    let carried = Carried { id, people, code: worked.code(shown) };
    if let Some(receipt) = receipt {
        receipt.keep(&tx, &carried).await?;
    }
    let code = &carried.code;
    commit(tx, ctx, act_of(order.step.kind()), &format!("unit/{code}"), (Some(&subject), &order.reason)).await?;
    Ok(carried)
}

/// The act as the audit names it.
const fn act_of(step: StepKind) -> &'static str {
    match step {
        StepKind::Create => "unit.create",
        StepKind::Rename => "unit.rename",
        StepKind::Move => "unit.move",
        StepKind::Merge => "unit.merge",
        StepKind::Split => "unit.split",
        StepKind::Abolish => "unit.abolish",
    }
}

/// A row that is not as the preview supposed, or a code that somebody took in between.
fn changed(error: store::StoreError) -> Refused {
    match error {
        store::StoreError::Stale | store::StoreError::Duplicate => ActError::Refused(vec![ReorganiseRefusal::Changed]),
        other => other.into(),
    }
}

/// Reorganisations, newest first, before one of them.
///
/// # Errors
/// [`ActError::Forbidden`] for those who may not reorganise.
pub async fn reorganisations(services: &Services, ctx: &Ctx, before: Option<i64>, limit: u32) -> Result<Vec<ReorganisationLine>, ActError> {
    keeper(ctx)?;
    Ok(read::list(&services.db, before, limit).await?)
}

/// One reorganisation.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn reorganisation(services: &Services, ctx: &Ctx, id: i64) -> Result<ReorganisationLine, ActError> {
    keeper(ctx)?;
    Ok(read::one(&services.db, id).await?)
}

/// Takes a reorganisation back, with everybody it moved, as long as nothing was built on it since.
///
/// # Errors
/// [`UndoRefusal::NoReason`], or [`UndoRefusal::Blocked`] with what stands in the way; [`ActError::Stale`] when it was taken back already.
pub async fn undo_reorganisation(services: &Services, ctx: &Ctx, id: i64, reason: &str) -> Result<usize, ActError<Vec<UndoRefusal>>> {
    let proof = keeper(ctx)?;
    let line = read::one(&services.db, id).await?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![UndoRefusal::NoReason]));
    }
    if line.undone_at.is_some() {
        return Err(ActError::Stale);
    }
    let tx = services.db.write().await?;
    match write::undo_operation(&tx, &why(ctx, proof.as_ref(), reason), &line.operation).await? {
        Undoing::Blocked { obstacles, count } => Err(ActError::Refused(vec![UndoRefusal::Blocked { obstacles, count }])),
        Undoing::Done { rows } => {
            commit(tx, ctx, "unit.undo", &format!("reorganisation/{id}"), (Some(&line.subject), reason)).await?;
            Ok(rows)
        }
    }
}
