//! What the list of a unit is filled with when a review opens: every gap of an official whom no unit further down answers for.
//! Not for: finding gaps (`gaps`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::needs::{NeedLevel, NeedSource, NeedState};
use domain::standards::{Need, Requirement, Standing, Subject};
use domain::time::Date;
use store::WriteTx;
use store::read::gaps::{self as read, Question};
use store::read::needs::{Seat, seats};
use store::read::progress::Place;
use store::read::reviews::ReviewLine;
use store::write::needs::{self as write, NewNeed};
use store::write::register::Why;

use crate::gaps::{known, yearly};
use crate::standards::followed;
use crate::{ActError, Ctx, Services};

/// A gap with the seat of whose it is, and the unit that answers for it.
pub(super) struct Gap {
    requirement: String,
    subject: Subject,
    seat: Seat,
    since: Date,
    answers: UnitId,
}

/// The nearest unit that answers, from a unit upward.
pub(super) fn nearest(parents: &BTreeMap<UnitId, UnitId>, asked: &BTreeSet<UnitId>, unit: UnitId) -> Option<UnitId> {
    let mut at = unit;
    // A tree is never deeper than this; the bound keeps a circle in the data from turning for ever.
    for _ in 0..12 {
        if asked.contains(&at) {
            return Some(at);
        }
        at = *parents.get(&at)?;
    }
    None
}

/// Every gap that a unit is asked about, by requirement, then in name order.
pub(super) async fn gaps(
    services: &Services,
    ctx: &Ctx,
    review: &ReviewLine,
    parents: &BTreeMap<UnitId, UnitId>,
    asked: &BTreeSet<UnitId>,
) -> Result<Vec<Gap>, ActError> {
    let (on, place) = (review.as_of, Place::province(review.as_of));
    let amounts = known(&yearly(on)?);
    let seats = seats(&services.db, on, None).await?;
    let mut gaps = Vec::new();
    let shelf = followed(services, ctx).await?;
    for requirement in shelf.on(on).filter(|requirement| concerns(requirement, review)) {
        let question = Question { requirement, place: &place, on, yearly: &amounts, among: None };
        let short: BTreeMap<_, _> = read::all_short(&services.db, &question).await?.into_iter().collect();
        for seat in &seats {
            let Some(standing) = short.get(&seat.official) else { continue };
            let since = match standing {
                Standing::Missing(since) => *since,
                Standing::Due(due) if due.year() <= review.year => *due,
                Standing::Due(_) | Standing::Met => continue,
            };
            if let Some(answers) = nearest(parents, asked, seat.unit) {
                let (code, seat) = (requirement.code.clone(), seat.clone());
                gaps.push(Gap { requirement: code, subject: requirement.subject, seat, since, answers });
            }
        }
    }
    Ok(gaps)
}

/// The yearly amount begins anew with each year, so that what is missing of this one says nothing of the next.
fn concerns(requirement: &Requirement, review: &ReviewLine) -> bool {
    requirement.need != Need::YearlyAmount || review.year == review.as_of.year()
}

/// Writes the lists.
pub(super) async fn fill(
    tx: &WriteTx,
    why: &Why<'_>,
    review: &ReviewLine,
    gaps: Vec<Gap>,
    answers: &BTreeMap<UnitId, i64>,
) -> Result<(), store::StoreError> {
    let need = |gap: Gap| {
        let answer = answers.get(&gap.answers)?;
        Some(NewNeed {
            unit: gap.seat.unit,
            official: Some(gap.seat.official),
            people: 1,
            subject: gap.subject,
            requirement: Some(gap.requirement),
            programme: None,
            topic: None,
            words: String::new(),
            year: review.year,
            urgent: false,
            source: NeedSource::Gap,
            part_of: Some((review.id, *answer)),
            state: NeedState::Proposed,
            level: NeedLevel::Unit,
            seat: Some((gap.seat.post, gap.seat.staff, gap.seat.group)),
            since: Some(gap.since),
        })
    };
    write::fill(tx, why, gaps.into_iter().filter_map(need).collect()).await
}
