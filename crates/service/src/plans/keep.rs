//! The life of a plan: made, written line by line, submitted, given back, issued, amended by the next version, withdrawn.
//! Not for: reading (`plans`), or how its paper comes and goes (`carried`).

use std::collections::BTreeSet;

use domain::ids::PlanId;
use domain::papers::moves::Move;
use domain::plans::check::Fault;
use domain::plans::{Agency, Body, Line, PlanAct, PlanKind, PlanState};
use domain::roles::Authorised;
use store::read::plans::{self as read, PlanLine, VersionLine, Wanted};
use store::write::plans::{self as write, NewPlan};
use store::write::schemes::By;
use store::write::{audit, bump_facts};
use store::{StoreError, WriteTx};

use super::{View, around, carried, keeper, keeper_of_unit, limits, one, tree};
use crate::papers::{self, PaperRefusal};
use crate::registry;
use crate::registry::keeping::{is_reason, without_refusal, without_refusal_of};
use crate::{ActError, Ctx, Services};

/// Why an act on a plan is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanRefusal {
    /// It needs a title of a line.
    NoTitle,
    /// The years are none, too far away, or more than one for a year plan.
    BadYears,
    /// The years lie outside the plan above.
    OutsideStage(i32, i32),
    /// The unit does not stand under the unit of the plan above.
    NotUnder,
    /// The unit has such a plan already.
    Exists(PlanId),
    /// Lines have faults.
    Faults(Vec<Fault>),
    /// It has no lines.
    NoLines,
    /// The act does not fit the state of the version.
    WrongState,
    /// Another version is being written.
    DraftExists(i32),
    /// A reason must be named.
    NoReason,
    /// Its paper does not go that way.
    Paper(PaperRefusal),
}

type Refused = ActError<PlanRefusal>;

const fn refuse<T>(refusal: PlanRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// A plan to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct New<'a> {
    /// Year or stage.
    pub kind: PlanKind,
    /// Code of the unit.
    pub unit: &'a str,
    /// The plan above.
    pub under: Option<PlanId>,
    /// First and last year.
    pub years: (i32, i32),
    /// Title.
    pub title: &'a str,
}

/// Most letters of a title.
const MOST_TITLE: usize = 300;
/// Years in which plans are made; others are mistakes of typing.
const YEARS: std::ops::RangeInclusive<i32> = 2_000..=2_100;

/// Makes a plan with an empty first draft.
///
/// # Errors
/// [`PlanRefusal`] when title, years or the plan above do not fit, or the unit has such a plan.
pub async fn create(services: &Services, ctx: &Ctx, new: &New<'_>) -> Result<PlanId, Refused> {
    let unit = registry::unit(services, ctx, new.unit, ctx.today).await.map_err(without_refusal)?;
    let proof = keeper_of_unit(ctx, &unit)?;
    let title = new.title.trim();
    if title.is_empty() || title.chars().count() > MOST_TITLE {
        return refuse(PlanRefusal::NoTitle);
    }
    let (from, to) = new.years;
    let is_fitting = YEARS.contains(&from) && YEARS.contains(&to) && from <= to && (new.kind == PlanKind::Stage || from == to);
    if !is_fitting {
        return refuse(PlanRefusal::BadYears);
    }
    if let Some(above) = new.under {
        let above = one(services, ctx, above, None).await.map_err(without_refusal)?.plan;
        if !unit.path.iter().any(|over| over.id == above.unit) {
            return refuse(PlanRefusal::NotUnder);
        }
        if from < above.from || above.to < to {
            return refuse(PlanRefusal::OutsideStage(above.from, above.to));
        }
    }
    let tx = services.db.write().await?;
    let own = read::plans(&services.db, &Wanted { years: Some(new.years), ..Wanted::default() }, ctx.today).await?;
    let same = own.iter().find(|plan| plan.unit == unit.unit.id && plan.kind == new.kind && (plan.from, plan.to) == new.years);
    if let Some(same) = same.filter(|plan| plan.open().is_some() || plan.in_force().is_some()) {
        return refuse(PlanRefusal::Exists(same.id));
    }
    let row = NewPlan { kind: new.kind, unit: unit.unit.id, under: new.under, from, to, title };
    let plan = write::add(&tx, &row, ctx.now).await?;
    write::add_draft(&tx, By::Person(&proof), plan, &Body::default(), "", ctx.now).await?;
    note(&tx, ctx, "plan.create", &format!("plan/{plan}"), title).await?;
    tx.commit().await?;
    Ok(plan)
}

pub(super) async fn note(tx: &WriteTx, ctx: &Ctx, act: &str, subject: &str, reason: &str) -> Result<(), StoreError> {
    let user = ctx.who.as_ref().map(|who| who.user);
    let entry = audit::Entry { at: ctx.now, user, act, subject, before: None, after: None, reason, operation: &ctx.operation };
    audit::record(tx, &entry).await
}

pub(super) fn subject(plan: PlanId, number: i32) -> String {
    format!("plan/{plan}/{number}")
}

/// The draft that is being written, to who may write it.
async fn draft(services: &Services, ctx: &Ctx, plan: PlanId) -> Result<(View, Authorised), Refused> {
    let view = one(services, ctx, plan, None).await.map_err(without_refusal)?;
    let (_, tree) = tree(services, ctx).await.map_err(without_refusal)?;
    let proof = keeper(ctx, &tree, &view.plan)?;
    if view.version.state.after(PlanAct::Save).is_none() {
        return refuse(PlanRefusal::WrongState);
    }
    Ok((view, proof))
}

/// Saves the lines of a draft, unless someone else saved first.
async fn save(
    services: &Services,
    ctx: &Ctx,
    (view, proof): (&View, &Authorised),
    revision: i32,
    told: (&str, &str),
) -> Result<(), Refused> {
    let tx = services.db.write().await?;
    write::save(&tx, By::Person(proof), view.version.id, revision, &view.body, ctx.now).await?;
    note(&tx, ctx, told.0, &subject(view.plan.id, view.version.number), told.1).await?;
    Ok(tx.commit().await?)
}

/// Adds a line to a draft or replaces the one with its key; a line with key 0 is new. Tells its key.
///
/// # Errors
/// [`PlanRefusal::Faults`] with every fault of the line, [`ActError::Stale`] when someone else saved first.
pub async fn save_line(services: &Services, ctx: &Ctx, plan: PlanId, revision: i32, mut line: Line) -> Result<u32, Refused> {
    let (mut view, proof) = draft(services, ctx, plan).await?;
    if view.version.revision != revision {
        return Err(ActError::Stale);
    }
    if line.key == 0 {
        line.key = view.body.next_key();
    }
    let (key, words) = (line.key, line.words.clone());
    view.body.put(line);
    let mut faults = limits::faults_of(services, ctx, (&view.plan, view.above.as_ref()), &view.body).await.map_err(without_refusal)?;
    faults.retain(|fault| fault.line == key);
    if !faults.is_empty() {
        return refuse(PlanRefusal::Faults(faults));
    }
    save(services, ctx, (&view, &proof), revision, ("plan.save", &words)).await?;
    Ok(key)
}

/// Takes a line out of a draft.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such line, [`ActError::Stale`] when someone else saved first.
pub async fn drop_line(services: &Services, ctx: &Ctx, plan: PlanId, revision: i32, key: u32) -> Result<(), Refused> {
    let (mut view, proof) = draft(services, ctx, plan).await?;
    let words = view.body.line(key).ok_or(ActError::NotFound)?.words.clone();
    view.body.lines.retain(|line| line.key != key);
    save(services, ctx, (&view, &proof), revision, ("plan.save", &words)).await
}

/// Takes drafted lines into a plan by their keys. Tells how many.
///
/// # Errors
/// [`ActError::Stale`] when someone else saved first; what is drafted belongs to one revision.
pub async fn take_drafts(services: &Services, ctx: &Ctx, plan: PlanId, revision: i32, keys: &BTreeSet<u32>) -> Result<usize, Refused> {
    let (mut view, proof) = draft(services, ctx, plan).await?;
    if view.version.revision != revision {
        return Err(ActError::Stale);
    }
    let drafts = around::drafts(services, ctx, &view).await.map_err(without_refusal)?.drafts;
    let chosen: Vec<Line> = drafts.into_iter().map(|draft| draft.line).filter(|line| keys.contains(&line.key)).collect();
    let count = chosen.len();
    if count > 0 {
        view.body.lines.extend(chosen);
        save(services, ctx, (&view, &proof), revision, ("plan.take_in", "")).await?;
    }
    Ok(count)
}

/// Takes the lines of plans right under this one into it; lines that are there already stay as they are. Tells how many came.
///
/// # Errors
/// [`ActError::Stale`] when someone else saved first.
pub async fn take_in(services: &Services, ctx: &Ctx, plan: PlanId, revision: i32, children: &BTreeSet<PlanId>) -> Result<usize, Refused> {
    let (mut view, proof) = draft(services, ctx, plan).await?;
    let plans = read::plans(&services.db, &Wanted { under: Some(plan), ..Wanted::default() }, ctx.today).await?;
    let chosen = plans.iter().filter(|child| children.contains(&child.id));
    let chosen = chosen.filter_map(|child| Some((child, super::upward(child, true)?)));
    let chosen: Vec<(&PlanLine, &VersionLine)> = chosen.collect();
    let bodies = read::bodies(&services.db, &chosen.iter().map(|(_, version)| version.id).collect::<Vec<_>>()).await?;
    let mut count = 0;
    for ((child, _), body) in chosen.iter().zip(bodies) {
        for line in body.lines {
            let line = Line { key: 0, lead: line.lead.clone().or(Some(Agency::Unit(child.unit))), ..line };
            if !view.body.lines.iter().any(|own| Line { key: 0, ..own.clone() } == line) {
                let key = view.body.next_key();
                view.body.lines.push(Line { key, ..line });
                count += 1;
            }
        }
    }
    if count > 0 {
        save(services, ctx, (&view, &proof), revision, ("plan.take_in", "")).await?;
    }
    Ok(count)
}

/// Submits a draft: its paper goes on its way.
///
/// # Errors
/// [`PlanRefusal::NoLines`] and [`PlanRefusal::Faults`] when something is missing, [`PlanRefusal::Paper`] when no procedure carries it, [`ActError::Stale`] when someone else saved first.
pub async fn submit(services: &Services, ctx: &Ctx, plan: PlanId, revision: i32) -> Result<(), Refused> {
    let (view, _) = draft(services, ctx, plan).await?;
    if view.version.revision != revision {
        return Err(ActError::Stale);
    }
    if view.body.lines.is_empty() {
        return refuse(PlanRefusal::NoLines);
    }
    let faults = limits::faults_of(services, ctx, (&view.plan, view.above.as_ref()), &view.body).await.map_err(without_refusal)?;
    if !faults.is_empty() {
        return refuse(PlanRefusal::Faults(faults));
    }
    let tx = services.db.write().await?;
    turn(&tx, &view.version, PlanAct::Submit).await?;
    let paper = carried::paper_of(services, ctx, &view).await.map_err(without_refusal)?;
    let case = papers::submit(services, ctx, &tx, &paper).await.map_err(of_paper)?;
    write::travels_as(&tx, view.version.id, Some(case)).await?;
    note(&tx, ctx, "plan.submit", &subject(plan, view.version.number), "").await?;
    Ok(tx.commit().await?)
}

/// Moves a version by an act; what is not in the state any more is stale.
pub(super) async fn turn(tx: &WriteTx, version: &VersionLine, act: PlanAct) -> Result<(), Refused> {
    let Some(to) = version.state.after(act) else { return refuse(PlanRefusal::WrongState) };
    Ok(write::change_state(tx, version.id, version.revision, (version.state, to)).await?)
}

/// Takes a submitted version back to go on writing, as long as nobody has acted on its paper.
///
/// # Errors
/// [`PlanRefusal::WrongState`] when it is not submitted, [`PlanRefusal::Paper`] when its paper cannot be taken back any more.
pub async fn recall(services: &Services, ctx: &Ctx, plan: PlanId, reason: &str) -> Result<(), Refused> {
    let view = one(services, ctx, plan, None).await.map_err(without_refusal)?;
    let (_, tree) = tree(services, ctx).await.map_err(without_refusal)?;
    keeper(ctx, &tree, &view.plan)?;
    if !is_reason(reason) {
        return refuse(PlanRefusal::NoReason);
    }
    let Some(case) = view.version.case.filter(|_| view.version.state == PlanState::Submitted) else {
        return refuse(PlanRefusal::WrongState);
    };
    let revision = papers::seen(services, ctx, case).await?.revision;
    let doing = papers::Doing { revision, act: Move::TakeBack, words: reason, mandate: None };
    papers::act(services, ctx, case, &doing).await.map_err(of_paper)
}

/// Withdraws what is written, or ends following what is in force.
///
/// # Errors
/// [`PlanRefusal::NoReason`] without a reason, [`PlanRefusal::WrongState`] when it cannot be withdrawn, [`PlanRefusal::Paper`] when its paper
/// came back and was not stopped.
pub async fn withdraw(services: &Services, ctx: &Ctx, plan: PlanId, reason: &str) -> Result<(), Refused> {
    let view = one(services, ctx, plan, None).await.map_err(without_refusal)?;
    let (_, tree) = tree(services, ctx).await.map_err(without_refusal)?;
    keeper(ctx, &tree, &view.plan)?;
    if !is_reason(reason) {
        return refuse(PlanRefusal::NoReason);
    }
    // A paper that came back is still about this draft; it is stopped first.
    if view.version.state == PlanState::Draft && view.version.case.is_some() {
        return refuse(PlanRefusal::Paper(PaperRefusal::OnItsWay));
    }
    let tx = services.db.write().await?;
    turn(&tx, &view.version, PlanAct::Withdraw).await?;
    if view.version.state == PlanState::Issued {
        bump_facts(&tx).await?;
    }
    note(&tx, ctx, "plan.withdraw", &subject(plan, view.version.number), reason.trim()).await?;
    Ok(tx.commit().await?)
}

/// Begins the next version of a plan with the lines of the one in force. Tells its number.
///
/// # Errors
/// [`PlanRefusal::DraftExists`] when one is being written, [`PlanRefusal::WrongState`] when none is in force.
pub async fn amend(services: &Services, ctx: &Ctx, plan: PlanId, reason: &str) -> Result<i32, Refused> {
    let view = one(services, ctx, plan, None).await.map_err(without_refusal)?;
    let (_, tree) = tree(services, ctx).await.map_err(without_refusal)?;
    let proof = keeper(ctx, &tree, &view.plan)?;
    if !is_reason(reason) {
        return refuse(PlanRefusal::NoReason);
    }
    let tx = services.db.write().await?;
    let now = read::one_for_writing(&tx, plan, ctx.today).await?;
    if let Some(open) = now.open() {
        return refuse(PlanRefusal::DraftExists(open.number));
    }
    let Some(in_force) = now.in_force() else { return refuse(PlanRefusal::WrongState) };
    let body = read::body_for_writing(&tx, in_force.id).await?;
    let (_, number) = write::add_draft(&tx, By::Person(&proof), plan, &body, reason.trim(), ctx.now).await?;
    note(&tx, ctx, "plan.amend", &subject(plan, number), reason.trim()).await?;
    tx.commit().await?;
    Ok(number)
}

/// What keeps the paper of a version where it is.
fn of_paper(error: ActError<PaperRefusal>) -> Refused {
    without_refusal_of(error, |refusal| ActError::Refused(PlanRefusal::Paper(refusal)))
}
