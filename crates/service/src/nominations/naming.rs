//! Naming people for a class: judged, given a seat or a place in the line, each in a transaction of its own, so that one refusal keeps
//! nobody else out and a crash in the middle loses and doubles nothing.
//! Not for: what the head or Home Affairs decide (`deciding`).

use domain::ids::{NominationId, OfficialId, SeatId};
use domain::nominations::hindrances::Hindrance;
use domain::nominations::seating::seat_for;
use domain::nominations::{NominationAct, NominationState};
use domain::notices::Event;
use domain::roles::{Act, Reach};
use store::read::classes as halls;
use store::read::nominations as read;
use store::read::nominations::facts::{Who, people};
use store::write::nominations::{self as write, NewNomination};
use store::{At, StoreError, WriteTx};

use super::judging::{Assessed, Because, Detail, Judging, Said, event};
use super::{keeping_is_over, promote};
use crate::classes::seen;
use crate::noting::note;
use crate::registry::{is_reason, view_of_id};
use crate::reviews::{Proof, at_unit, why};
use crate::{ActError, Ctx, Services, notices};

/// Somebody who is to be named, and what the unit says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Staff code.
    pub official: String,
    /// Why, in spite of what speaks against it.
    pub reason: String,
    /// Months of service that the signed promise names, for a degree.
    pub promised_months: u32,
    /// Whether the standing committee has given its opinion.
    pub opinion_given: bool,
    /// Whether the unit confirms that the field fits the post.
    pub field_fits: bool,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A seat is held.
    Seated(NominationId),
    /// A place in the line is taken.
    Waiting(NominationId),
    /// It cannot be.
    Refused(Vec<Because>),
    /// It can be with a reason in writing.
    NeedsReason(Vec<Because>),
    /// There is no such official, or not for this asker.
    Unknown,
}

/// Names people for a class; each entry is told what became of it. With `replaces`, the first takes the seat of somebody who is named.
///
/// # Errors
/// [`ActError::Forbidden`] for who names nobody; [`ActError::NotFound`] without such a class.
pub async fn name(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    entries: &[Entry],
    replaces: Option<(NominationId, i32)>,
) -> Result<Vec<(String, Named)>, ActError> {
    ctx.scope(Act::Nominate)?;
    seen(services, ctx, code).await?;
    let codes: Vec<String> = entries.iter().map(|entry| entry.official.trim().to_owned()).collect();
    let known = store::read::plans::by_codes(&services.db, &codes).await?;
    let mut told = Vec::with_capacity(entries.len());
    let mut replaces = replaces;
    for (entry, official) in entries.iter().zip(&codes) {
        let id = known.iter().find(|(code, _)| code == official).map(|(_, id)| *id);
        let named = match id {
            Some(id) => one(services, ctx, code, (entry, id), replaces.take()).await?,
            None => Named::Unknown,
        };
        told.push((official.clone(), named));
    }
    Ok(told)
}

async fn one(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    (entry, official): (&Entry, OfficialId),
    replaces: Option<(NominationId, i32)>,
) -> Result<Named, ActError> {
    let tx = services.seating().await?;
    let class = halls::one(At::Writer(&tx), code, ctx.today).await?;
    // Whoever is replaced goes first, and is out of the way of whoever comes, in share, office and places; what is refused leaves no trace.
    let vacated = match replaces {
        Some(replaced) => Some(leave(services, ctx, &tx, &class, replaced).await?),
        None => None,
    };
    let event = event(&class.terms, ctx.today);
    let mut judging = Judging::of(services, ctx, At::Writer(&tx), (&class, &event), Who::People(&[official])).await?;
    let Some(person) = judging.people().first().cloned() else { return gone(services, ctx, &class, official).await };
    let unit = view_of_id(services, ctx, person.working.unit, ctx.today).await?;
    let Ok(proof) = at_unit(ctx, Act::Nominate, &unit) else { return Ok(Named::Unknown) };
    // Seats may have become free by the day alone; they are of whoever waits.
    let is_freed = vacated.is_none() && keeping_is_over(&class, ctx.today);
    if is_freed && promote(services, &tx, ctx, &why(ctx, &proof, "")).await? > 0 {
        judging = Judging::of(services, ctx, At::Writer(&tx), (&class, &event), Who::People(&[official])).await?;
    }
    let said = Said { promised_months: Some(entry.promised_months), opinion_given: entry.opinion_given, field_fits: entry.field_fits };
    let mut assessed = judging.assess(&person, said);
    assessed.because.splice(0..0, judging.of_class());
    if !assessed.may_go() {
        return Ok(Named::Refused(assessed.because));
    }
    if !assessed.because.is_empty() && !is_reason(&entry.reason) {
        return Ok(Named::NeedsReason(assessed.because));
    }
    let seat = match vacated {
        Some(seat) => Some(seat),
        None => {
            let seats = halls::seats(At::Writer(&tx), class.id).await?;
            seat_for(&seats, person.working.unit, judging.hall().2, keeping_is_over(&class, ctx.today))
        }
    };
    let named = match write_one(&tx, ctx, &proof, &class, (&assessed, entry, replaces), seat).await {
        Err(ActError::Stale) => return Ok(Named::Refused(vec![Because::Rule(Hindrance::AlreadyNamed, Detail::None)])),
        named => named?,
    };
    if vacated.is_some() {
        promote(services, &tx, ctx, &why(ctx, &proof, "")).await?;
    }
    note(&tx, ctx, "nomination.name", &format!("class/{code}/{}", assessed.person.code), &entry.reason).await?;
    tx.commit().await?;
    Ok(named)
}

/// Somebody who holds no post on the first day of the class; that is nothing for units where the person does not work now.
async fn gone(services: &Services, ctx: &Ctx, class: &halls::ClassLine, official: OfficialId) -> Result<Named, ActError> {
    let now = people(At::Reader(&services.db), Who::People(&[official]), ctx.today).await?;
    let is_own = match now.first() {
        Some(person) => at_unit(ctx, Act::Nominate, &*view_of_id(services, ctx, person.working.unit, ctx.today).await?).is_ok(),
        None => *ctx.scope(Act::Nominate)?.reach() == Reach::Province,
    };
    let because = Because::Rule(Hindrance::NotInService, Detail::Day(class.terms.starts_on));
    Ok(if is_own { Named::Refused(vec![because]) } else { Named::Unknown })
}

/// Takes the seat of whoever is replaced, whom the asker must be able to name.
async fn leave(
    services: &Services,
    ctx: &Ctx,
    tx: &WriteTx,
    class: &halls::ClassLine,
    (replaced, revision): (NominationId, i32),
) -> Result<SeatId, ActError> {
    let leaver = read::one(At::Writer(tx), replaced, ctx.today).await?;
    let unit = view_of_id(services, ctx, leaver.working.unit, ctx.today).await?;
    let Ok(_) = at_unit(ctx, Act::Nominate, &unit) else { return Err(ActError::NotFound) };
    let to = leaver.state.after(NominationAct::Replace).filter(|_| leaver.class.id == class.id).ok_or(ActError::Stale)?;
    write::step(tx, (replaced, revision), to).await?;
    write::leave_seat(tx, replaced).await?.ok_or(ActError::Stale)
}

async fn write_one(
    tx: &WriteTx,
    ctx: &Ctx,
    proof: &Proof,
    class: &halls::ClassLine,
    (assessed, entry, replaces): (&Assessed, &Entry, Option<(NominationId, i32)>),
    seat: Option<SeatId>,
) -> Result<Named, ActError> {
    let state = if seat.is_some() { NominationState::Named } else { NominationState::Waiting };
    let findings = assessed.because.iter().map(Because::code).collect::<Vec<_>>().join(" ");
    let new = NewNomination {
        class: class.id,
        official: assessed.person.id,
        working: assessed.person.working,
        state,
        points: assessed.points(),
        judged_on: ctx.today,
        findings: &findings,
        reason: &entry.reason,
        promised_months: i32::try_from(entry.promised_months).unwrap_or(i32::MAX),
        opinion_given: entry.opinion_given,
        replaces: replaces.map(|(replaced, _)| replaced),
    };
    let why = why(ctx, proof, &entry.reason);
    let id = match write::add(tx, &why, &new).await {
        Err(StoreError::Duplicate) => return Err(ActError::Stale),
        id => id?,
    };
    if let Some((replaced, _)) = replaces {
        write::note(tx, &why, replaced, Some(NominationAct::Replace), &entry.reason).await?;
        notices::tell_of(tx, ctx, Event::Replaced, (class.id, replaced)).await?;
    }
    write::note(tx, &why, id, None, &entry.reason).await?;
    let event = if seat.is_some() { Event::Named } else { Event::Waiting };
    notices::tell_of(tx, ctx, event, (class.id, id)).await?;
    match seat {
        Some(seat) => {
            write::take_seat(tx, seat, id).await?;
            Ok(Named::Seated(id))
        }
        None => Ok(Named::Waiting(id)),
    }
}
