//! What became of everybody in a class, recognised by a decision: the person's record, gaps and targets follow in the same transaction.
//! Not for: grades and certificates.

use std::collections::BTreeMap;

use domain::classes::ClassAct;
use domain::classes::papers::ClassPaper;
use domain::ids::OfficialId;
use domain::notices::Event;
use domain::training::{ClassStatus, Outcome};
use store::At;
use store::read::classes::ClassLine;
use store::read::nominations as people;
use store::write::bump_facts;
use store::write::classes::{self as write, Step};
use store::write::grades::put_result;
use store::write::register::end_class_record;

use super::{ClassRefusal, Refused, again, keeper, key, refuse, seen, subject};
use crate::attendance;
use crate::documents::decided_on;
use crate::grades::{self, Standing, Standings};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::{ActError, Ctx, Services, notices};

/// Somebody of a class with what became of the attendance so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// Who: key, staff code, name.
    pub official: (OfficialId, String, String),
    /// Name of the unit on the first day.
    pub unit: String,
    /// Outcome.
    pub outcome: Outcome,
}

/// Everybody of a class, in name order, for who keeps it.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep it.
pub async fn learners(services: &Services, ctx: &Ctx, line: &ClassLine) -> Result<Vec<Learner>, ActError> {
    keeper(services, ctx, line.terms.lead).await?;
    let lines = people::learners(At::Reader(&services.db), line.id, ctx.today).await?;
    Ok(lines.into_iter().map(|(official, unit, outcome)| Learner { official, unit, outcome }).collect())
}

/// What is said of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Who.
    pub official: OfficialId,
    /// What became of it.
    pub outcome: Outcome,
}

/// Why somebody's outcome is another than the proposed one.
pub type Reasons = BTreeMap<OfficialId, String>;

/// Recognises the results of a class that is as it was read, as [`recognise_with`] does without reasons.
///
/// # Errors
/// As [`recognise_with`].
pub async fn recognise(services: &Services, ctx: &Ctx, key: (&str, i32), decision: &str, marks: &[Mark]) -> Result<(), Refused> {
    recognise_with(services, ctx, key, decision, marks, &Reasons::new()).await
}

/// Recognises the results of a class that is as it was read; whoever nothing is said of has what attendance and grades propose, or has
/// finished where they propose nothing. What is said against a proposal wants a reason in writing, which is kept.
///
/// # Errors
/// [`ClassRefusal::Act`] without the number of the decision or before the class is finished; [`ClassRefusal::NeedsReason`];
/// [`ActError::Stale`] when somebody else changed the class first.
pub async fn recognise_with(
    services: &Services,
    ctx: &Ctx,
    (code, revision): (&str, i32),
    decision: &str,
    marks: &[Mark],
    reasons: &Reasons,
) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    let late = attendance::rules(services).await.map_err(without_refusal)?.late;
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    let Some(to) = line.status.after(ClassAct::Recognise) else { return refuse(ClassRefusal::NotNow) };
    if decision.trim().is_empty() {
        return refuse(ClassRefusal::Act(vec![domain::classes::ActFault::NoDecision]));
    }
    debug_assert_eq!(to, ClassStatus::Recognised, "recognising leads nowhere else");
    let sheet = grades::standings(At::Writer(&tx), ctx, &line, late).await.map_err(without_refusal)?;
    let said = decided(&sheet, marks);
    let is_bare = |result: &(&Standing, Outcome)| {
        let (standing, outcome) = result;
        let has_reason = reasons.get(&standing.attendee.official.0).is_some_and(|reason| !reason.trim().is_empty());
        standing.proposal.outcome.is_some_and(|proposed| proposed != *outcome) && !has_reason
    };
    let bare: Vec<OfficialId> = said.iter().filter(|result| is_bare(result)).map(|(one, _)| one.attendee.official.0).collect();
    if !bare.is_empty() {
        return refuse(ClassRefusal::NeedsReason(bare));
    }
    let why = why(ctx, &proof, decision);
    for (standing, outcome) in &said {
        let reason = reasons.get(&standing.attendee.official.0).map(String::as_str).unwrap_or_default();
        end_class_record(&tx, &why, standing.attendee.record, *outcome, Some(line.terms.ends_on)).await?;
        put_result(&tx, line.id, &grades::result_line(standing, *outcome, reason)).await?;
    }
    let day = decided_on(&tx, line.id, ClassPaper::Recognition, decision, ctx.today).await?;
    let step = Step { act: ClassAct::Recognise, to, decision: Some((decision, day)), days: None };
    write::step(&tx, key(&line), &step).await?;
    write::note(&tx, &why, line.id, ClassAct::Recognise.code(), decision).await?;
    note(&tx, ctx, "class.recognise", &subject(code), decision).await?;
    notices::tell(&tx, ctx, Event::Recognised, line.id, decision).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// What becomes of everybody whose attendance still goes on.
fn decided<'s>(sheet: &'s Standings, marks: &[Mark]) -> Vec<(&'s Standing, Outcome)> {
    let said: BTreeMap<OfficialId, Outcome> = marks.iter().map(|mark| (mark.official, mark.outcome)).collect();
    let studies = sheet.people.iter().filter(|one| one.attendee.outcome == Outcome::Studying);
    let outcome = |one: &Standing| {
        let said = said.get(&one.attendee.official.0).copied().filter(|outcome| *outcome != Outcome::Studying);
        said.or(one.proposal.outcome).unwrap_or(Outcome::Finished)
    };
    studies.map(|one| (one, outcome(one))).collect()
}
