//! What became of everybody in a class, recognised by a decision: the person's record, gaps and targets follow in the same transaction.
//! Not for: grades and certificates.

use std::collections::BTreeMap;

use domain::classes::ClassAct;
use domain::ids::OfficialId;
use domain::notices::Event;
use domain::training::{ClassStatus, Outcome};
use store::At;
use store::read::classes::ClassLine;
use store::read::nominations as people;
use store::write::bump_facts;
use store::write::classes::{self as write, Step};
use store::write::register::end_class_record;

use super::{ClassRefusal, Refused, again, keeper, key, refuse, seen, subject};
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

/// Recognises the results of a class that is as it was read; whoever nothing is said of has finished.
///
/// # Errors
/// [`ClassRefusal::Act`] without the number of the decision or before the class is finished; [`ActError::Stale`] when somebody else
/// changed the class first.
pub async fn recognise(
    services: &Services,
    ctx: &Ctx,
    (code, revision): (&str, i32),
    decision: &str,
    marks: &[Mark],
) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
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
    let said: BTreeMap<OfficialId, Outcome> = marks.iter().map(|mark| (mark.official, mark.outcome)).collect();
    let why = why(ctx, &proof, decision);
    for (record, official) in people::records(At::Writer(&tx), line.id).await? {
        let outcome = said.get(&official).copied().filter(|outcome| *outcome != Outcome::Studying).unwrap_or(Outcome::Finished);
        end_class_record(&tx, &why, record, outcome, Some(line.terms.ends_on)).await?;
    }
    let step = Step { act: ClassAct::Recognise, to, decision: Some((decision, ctx.today)), days: None };
    write::step(&tx, key(&line), &step).await?;
    write::note(&tx, &why, line.id, ClassAct::Recognise.code(), decision).await?;
    note(&tx, ctx, "class.recognise", &subject(code), decision).await?;
    notices::tell(&tx, ctx, Event::Recognised, line.id, decision).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}
