//! Needs that somebody names: an official for herself, the officer of a unit for its people.
//! Not for: gaps, which fill the lists of reviews (`reviews`).

use domain::ids::{NeedId, OfficialId, ProgrammeId};
use domain::needs::{MOST_OPEN, NeedFault, NeedLevel, NeedSource, NeedState, Wanted, need_faults};
use domain::roles::{self, Act, Forbidden};
use domain::standards::Subject;
use domain::time::Date;
use store::read::needs::seats;
use store::write::needs::{self as write, NewNeed};

use crate::noting::note;
use crate::registry::{self, UnitView, view, view_of_id, without_refusal};
use crate::reviews::{at_unit, why};
use crate::{ActError, Ctx, Services};

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The official, by the staff code; none for so many people.
    pub official: Option<&'a str>,
    /// People.
    pub people: i32,
    /// What it is about.
    pub subject: Subject,
    /// A requirement in force, by its code.
    pub requirement: Option<&'a str>,
    /// A programme of the catalogue.
    pub programme: Option<ProgrammeId>,
    /// The topic of a scheme in force: scheme, topic.
    pub topic: Option<(&'a str, &'a str)>,
    /// In free words.
    pub words: &'a str,
    /// Year.
    pub year: i32,
    /// Whether it cannot wait.
    pub urgent: bool,
}

/// The topic of a scheme in force, if it is one.
pub(crate) async fn topic_of(services: &Services, ctx: &Ctx, topic: Option<(&str, &str)>) -> Result<Option<(String, String)>, ActError> {
    let Some((scheme, topic)) = topic else { return Ok(None) };
    let schemes = crate::schemes::followed(services, ctx).await?;
    let stored = schemes.iter().find(|stored| stored.scheme.code == scheme);
    let known = stored.is_some_and(|stored| stored.scheme.topics.iter().any(|t| t.code == topic));
    Ok(known.then(|| (scheme.to_owned(), topic.to_owned())))
}

/// The need that a wish makes of a unit, or everything that is wrong with it.
pub(crate) async fn made(
    services: &Services,
    ctx: &Ctx,
    unit: &UnitView,
    wish: &Wish<'_>,
) -> Result<Result<NewNeed, Vec<NeedFault>>, ActError> {
    let topic = topic_of(services, ctx, wish.topic).await?;
    let requirement = match wish.requirement {
        Some(code) => crate::gaps::in_force(services, ctx, code, ctx.today).await.ok().map(|_| code),
        None => None,
    };
    let programme = match wish.programme {
        Some(id) => crate::programmes::offered(services, ctx).await?.iter().map(|line| line.id).find(|known| *known == id),
        None => None,
    };
    let has_topic = topic.is_some() || requirement.is_some() || programme.is_some();
    let wanted = Wanted { is_named: wish.official.is_some(), people: wish.people, has_topic, words: wish.words, year: wish.year };
    let mut faults = need_faults(&wanted, ctx.today.year());
    let seat = match wish.official {
        None => None,
        Some(code) => {
            let seat = seat_within(services, ctx, code, unit).await?;
            faults.extend(seat.is_none().then_some(NeedFault::NoSuchOfficial));
            seat
        }
    };
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut new = NewNeed {
        unit: unit.unit.id,
        official: None,
        people: wish.people,
        subject: wish.subject,
        requirement: requirement.map(str::to_owned),
        programme,
        topic,
        words: wish.words.to_owned(),
        year: wish.year,
        urgent: wish.urgent,
        source: NeedSource::Unit,
        part_of: None,
        state: NeedState::Confirmed,
        level: NeedLevel::Unit,
        seat: None,
        since: None,
    };
    if let Some(seat) = seat {
        new.unit = seat.unit;
        new.official = Some(seat.official);
        new.seat = Some((seat.post, seat.staff, seat.group));
    }
    Ok(Ok(new))
}

/// The seat of an official who works in the unit or below it today.
async fn seat_within(services: &Services, ctx: &Ctx, code: &str, unit: &UnitView) -> Result<Option<store::read::needs::Seat>, ActError> {
    let official = match registry::person(services, ctx, code).await {
        Ok(official) => official.id,
        Err(ActError::NotFound | ActError::Forbidden(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let Some(seat) = seat(services, ctx.today, official).await? else { return Ok(None) };
    let there = view_of_id(services, ctx, seat.unit, ctx.today).await?;
    let is_within = there.path.iter().any(|above| above.id == unit.unit.id);
    Ok(is_within.then_some(seat))
}

async fn seat(services: &Services, on: Date, official: OfficialId) -> Result<Option<store::read::needs::Seat>, ActError> {
    Ok(seats(&services.db, on, Some(official)).await?.into_iter().next())
}

/// Asks for training for oneself; it goes to the officer of the unit, then to its head. Tells its key.
///
/// # Errors
/// Every [`NeedFault`] that applies; [`ActError::Forbidden`] without a record of one's own.
pub async fn ask(services: &Services, ctx: &Ctx, wish: &Wish<'_>) -> Result<NeedId, ActError<Vec<NeedFault>>> {
    let forbidden = || Forbidden { act: Act::AskTraining };
    let who = ctx.who.as_ref().ok_or_else(forbidden)?;
    let own = who.official.ok_or_else(forbidden)?;
    let proof = Some(roles::authorise_within(who, Act::AskTraining, |_| true)?);
    let Some(seat) = seat(services, ctx.today, own).await.map_err(without_refusal)? else {
        return Err(ActError::Refused(vec![NeedFault::NoSuchOfficial]));
    };
    let unit = view_of_id(services, ctx, seat.unit, ctx.today).await.map_err(without_refusal)?;
    let open = super::reading::own(services, ctx, own).await.map_err(without_refusal)?;
    let open = open.iter().filter(|line| line.source == NeedSource::Person && line.state == NeedState::Proposed).count();
    let wish = Wish { official: None, people: 1, urgent: false, ..*wish };
    let mut new = match made(services, ctx, &unit, &wish).await.map_err(without_refusal)? {
        Ok(_) if open >= MOST_OPEN => return Err(ActError::Refused(vec![NeedFault::TooMany])),
        made => made.map_err(ActError::Refused)?,
    };
    new.official = Some(own);
    new.seat = Some((seat.post, seat.staff, seat.group));
    (new.source, new.state, new.level) = (NeedSource::Person, NeedState::Proposed, NeedLevel::Person);
    let tx = services.db.write().await?;
    let id = write::add(&tx, &why(ctx, &proof, ""), new).await?;
    note(&tx, ctx, "need.ask", &format!("need/{id}"), "").await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a need of a unit outside of any review; it goes to the head. Tells its key.
///
/// # Errors
/// Every [`NeedFault`] that applies; [`ActError::Forbidden`] for those who do not answer for the unit.
pub async fn add(services: &Services, ctx: &Ctx, unit: &str, wish: &Wish<'_>) -> Result<NeedId, ActError<Vec<NeedFault>>> {
    let unit = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    let proof = at_unit(ctx, Act::AnswerReviews, &unit)?;
    let new = made(services, ctx, &unit, wish).await.map_err(without_refusal)?.map_err(ActError::Refused)?;
    let tx = services.db.write().await?;
    let id = write::add(&tx, &why(ctx, &proof, ""), new).await?;
    note(&tx, ctx, "need.add", &format!("need/{id}"), "").await?;
    tx.commit().await?;
    Ok(id)
}
