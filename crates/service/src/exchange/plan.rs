//! What a request would write, worked out without writing: each thing judged, faults by their place in the request.
//! Not for: the rules themselves (`intake::entries`, `catalogue`).

use store::read::changes;
use store::write::register::{NewRecord, Newcomer, Update};

use super::catalogue::{self, PostWish};
use super::write::{Ask, Done, OpDone, OpState, Subject, WriteRefusal, official_tag};
use crate::intake::{Entry, Lesson, Taught, Verdict, judged, taught};
use crate::registry::without_refusal;
use crate::{ActError, Ctx, Services};

/// A thing as it would become.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) done: OpDone,
    /// The state it is in now, if it is there.
    pub(super) tag: Option<String>,
}

/// What would be written.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) new: Vec<Newcomer>,
    pub(super) changed: Vec<Update>,
    pub(super) posts: Vec<(usize, PostWish)>,
    /// Trainings that are new, by their places in the request.
    pub(super) trainings: Vec<(usize, NewRecord)>,
    /// Trainings that become otherwise, with their rows.
    pub(super) amended: Vec<(usize, i64, NewRecord)>,
    pub(super) ops: Vec<Planned>,
}

impl Plan {
    /// What would be done.
    pub(super) fn preview(self) -> Done {
        Done { operation: None, results: self.ops.into_iter().map(|op| op.done).collect() }
    }
}

type Slots = Vec<Option<Planned>>;

/// Works a request out.
pub(super) async fn plan(services: &Services, ctx: &Ctx, ask: &Ask<'_>) -> Result<Plan, ActError<WriteRefusal>> {
    let mut plan = Plan::default();
    let mut slots: Slots = ask.ops.iter().map(|_| None).collect();
    let mut faults = Vec::new();
    officials(services, ctx, ask, &mut plan, &mut slots, &mut faults).await.map_err(without_refusal)?;
    trainings(services, ctx, ask, &mut plan, &mut slots, &mut faults).await.map_err(without_refusal)?;
    catalogue::posts(services, ctx, ask, &mut plan, &mut slots, &mut faults).await.map_err(without_refusal)?;
    if slots.iter().flatten().any(|op| !ask.matching.holds(op.tag.as_deref())) {
        return Err(ActError::Refused(WriteRefusal::Unmatched));
    }
    if !faults.is_empty() {
        faults.sort_by_key(|(place, _)| *place);
        return Err(ActError::Refused(WriteRefusal::Faulty(faults)));
    }
    plan.ops = slots.into_iter().flatten().collect();
    Ok(plan)
}

async fn officials(
    services: &Services,
    ctx: &Ctx,
    ask: &Ask<'_>,
    plan: &mut Plan,
    slots: &mut Slots,
    faults: &mut Vec<(usize, crate::intake::Fault)>,
) -> Result<(), ActError> {
    let (places, entries) = entries(ask, Subject::Official);
    if places.is_empty() {
        return Ok(());
    }
    let judged = judged(services, ctx, &entries).await?;
    let known: Vec<i64> = judged.iter().filter_map(|one| one.known).map(|id| id.0).collect();
    let newest: std::collections::HashMap<i64, i64> = changes::newest_of_many(&services.db, &known).await?.into_iter().collect();
    for (place, one) in places.into_iter().zip(judged) {
        let tag = one.known.map(|id| official_tag(id.0, newest.get(&id.0).copied().unwrap_or(0)));
        let (state, told) = match one.verdict {
            Verdict::New(new) => {
                plan.new.push(*new);
                (OpState::Created, Vec::new())
            }
            Verdict::Changed(update, told) => {
                plan.changed.push(*update);
                (OpState::Changed, told)
            }
            Verdict::Same => (OpState::Same, Vec::new()),
            Verdict::Faulty(found) => {
                faults.extend(found.into_iter().map(|fault| (place, fault)));
                (OpState::Same, Vec::new())
            }
        };
        let done = OpDone { subject: Subject::Official, code: one.code, state, changes: Vec::new(), told, notes: one.notes, tag: None };
        if let Some(slot) = slots.get_mut(place) {
            *slot = Some(Planned { done, tag });
        }
    }
    Ok(())
}

/// The places and entries of what a request tells of a subject.
fn entries<'a>(ask: &Ask<'a>, subject: Subject) -> (Vec<usize>, Vec<Entry<'a>>) {
    let ops = ask.ops.iter().enumerate().filter(|(_, op)| op.subject == subject);
    ops.map(|(place, op)| (place, Entry { place: u32::try_from(place).unwrap_or(u32::MAX), code: op.code, fields: op.fields })).unzip()
}

async fn trainings(
    services: &Services,
    ctx: &Ctx,
    ask: &Ask<'_>,
    plan: &mut Plan,
    slots: &mut Slots,
    faults: &mut Vec<(usize, crate::intake::Fault)>,
) -> Result<(), ActError> {
    let (places, entries) = entries(ask, Subject::Training);
    if places.is_empty() {
        return Ok(());
    }
    for (place, Taught { code, lesson, notes }) in places.into_iter().zip(taught(services, ctx, &entries).await?) {
        let (state, told) = match lesson {
            Lesson::New(new) => {
                plan.trainings.push((place, *new));
                (OpState::Created, Vec::new())
            }
            Lesson::Changed(key, is, told) => {
                plan.amended.push((place, key, *is));
                (OpState::Changed, told)
            }
            Lesson::Same => (OpState::Same, Vec::new()),
            Lesson::Faulty(found) => {
                faults.extend(found.into_iter().map(|fault| (place, fault)));
                (OpState::Same, Vec::new())
            }
        };
        let done = OpDone { subject: Subject::Training, code, state, changes: Vec::new(), told, notes, tag: None };
        if let Some(slot) = slots.get_mut(place) {
            *slot = Some(Planned { done, tag: None });
        }
    }
    Ok(())
}
