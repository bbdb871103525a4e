//! From a row of the outbox to a notice for each person, with the letter it goes out with: one transaction a row, so that whoever is killed
//! in the middle has told everybody or nobody, and two processes never tell the same.
//! Not for: handing letters over (`letters`).

use std::collections::BTreeSet;

use domain::ids::UnitId;
use domain::notices::hours::{OfficeHours, due};
use domain::notices::{Audience, Event};
use domain::orgs::Bloc;
use domain::roles::Role;
use domain::time::Instant;
use store::read::classes as halls;
use store::read::nominations as named;
use store::read::notices::Told;
use store::read::notices::people::{Recipient, Whom, recipients};
use store::write::notices::{self as write, What};
use store::{At, WriteTx};

use super::boxes::office_hours;
use crate::registry::view_of_id;
use crate::{ActError, Ctx, Services};

/// Whether letters are written at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// A server of mail is known.
    Letters,
    /// People are told in the program alone.
    None,
}

/// How long a letter waits for more to be told with it: whoever names forty people at once writes one letter to the head.
const GATHERING_MS: i64 = 20_000;

/// Tells everybody of everything that happened by now. Gives how many events, and how many notices.
///
/// # Errors
/// [`ActError::Internal`] when the database fails; what was told before stays told.
pub async fn dispatch(services: &Services, ctx: &Ctx, post: Post) -> Result<(usize, usize), ActError> {
    let (mut events, mut notices) = (0, 0);
    let office = office_hours(services).await?;
    while let Some(told) = Box::pin(one(services, ctx, post, office)).await? {
        events += 1;
        notices += told;
    }
    Ok((events, notices))
}

/// Tells of the oldest event that nobody was told of; none when there is none.
async fn one(services: &Services, ctx: &Ctx, post: Post, office: OfficeHours) -> Result<Option<usize>, ActError> {
    let tx = services.db.write().await?;
    let Some((outbox, event, told, at)) = write::next(&tx).await? else { return Ok(None) };
    let people = everybody(services, ctx, &tx, event, &told, at).await?;
    let gathered = ctx.now.plus_ms(GATHERING_MS);
    let wants = |one: &Recipient| if one.has_address { due(gathered, one.delivery, one.quiet, office) } else { None };
    let letters: Vec<_> = match post {
        Post::Letters => people.iter().filter_map(|(one, _)| Some((one.person, wants(one)?))).collect(),
        Post::None => Vec::new(),
    };
    let mails = write::letters(&tx, &letters, ctx.now).await?;
    let mail = |one: &Recipient| mails.get(&write::key(&one.person)).copied();
    let lines: Vec<_> = people.iter().map(|(one, audience)| (one.person, *audience, mail(one))).collect();
    let what = What { outbox, event, class: told.class(), nomination: told.nomination(), at };
    write::add(&tx, &what, &lines).await?;
    write::done(&tx, outbox, ctx.now).await?;
    tx.commit().await?;
    Ok(Some(lines.len()))
}

/// Everybody an event is for, each once and as the first of its audiences; not whoever did it.
async fn everybody(
    services: &Services,
    ctx: &Ctx,
    tx: &WriteTx,
    event: Event,
    told: &Told,
    at: Instant,
) -> Result<Vec<(Recipient, Audience)>, ActError> {
    let (mut officials, mut users) = (BTreeSet::new(), BTreeSet::new());
    let mut people = Vec::new();
    for audience in event.audiences() {
        for one in audience_of(services, ctx, tx, *audience, event, told, at).await? {
            let person = one.person;
            let did_it = person.user.is_some() && person.user == told.by();
            let is_new = person.official.is_none_or(|id| officials.insert(id)) & person.user.is_none_or(|id| users.insert(id));
            if is_new && !did_it {
                people.push((one, *audience));
            }
        }
    }
    Ok(people)
}

async fn audience_of(
    services: &Services,
    ctx: &Ctx,
    tx: &WriteTx,
    audience: Audience,
    event: Event,
    told: &Told,
    at: Instant,
) -> Result<Vec<Recipient>, ActError> {
    match (audience, told.nomination()) {
        (Audience::Learner, Some(nomination)) => look(tx, Whom::Learner(nomination)).await,
        (Audience::Learner, None) => look(tx, Whom::Learners(told.class(), at, event.is_for_the_confirmed())).await,
        (Audience::Namer, Some(nomination)) => look(tx, Whom::Namer(nomination)).await,
        (Audience::Namer, None) => look(tx, Whom::Namers(told.class())).await,
        (Audience::Head | Audience::Sender, Some(nomination)) => {
            let unit = named::one(At::Writer(tx), nomination, ctx.today).await?.working.unit;
            let view = view_of_id(services, ctx, unit, ctx.today).await?;
            let path: Vec<UnitId> = view.path.iter().map(|unit| unit.id).collect();
            if audience == Audience::Head {
                return look(tx, Whom::Holders(&[Role::UnitHead], Some(&path), ctx.today)).await;
            }
            let party = if view.unit.bloc == Bloc::State {
                Vec::new()
            } else {
                look(tx, Whom::Holders(&[Role::PartyAffairs], None, ctx.today)).await?
            };
            if party.is_empty() { look(tx, Whom::Holders(&[Role::HomeAffairs], None, ctx.today)).await } else { Ok(party) }
        }
        (Audience::Head | Audience::Sender, None) => Ok(Vec::new()),
        (Audience::Officer, _) => {
            let units = invited(services, ctx, tx, told).await?;
            look(tx, Whom::Holders(&[Role::UnitHr], (!units.is_empty()).then_some(&units), ctx.today)).await
        }
    }
}

async fn look(tx: &WriteTx, whom: Whom<'_>) -> Result<Vec<Recipient>, ActError> {
    Ok(recipients(At::Writer(tx), whom).await?)
}

/// The units for which a class has shares or keeps seats, with those above them; none when it is for everybody.
async fn invited(services: &Services, ctx: &Ctx, tx: &WriteTx, told: &Told) -> Result<Vec<UnitId>, ActError> {
    let shares = halls::shares(At::Writer(tx), told.class()).await?;
    let seats = halls::seats(At::Writer(tx), told.class()).await?;
    let meant: BTreeSet<UnitId> =
        shares.iter().filter_map(|share| share.unit).chain(seats.iter().filter_map(|seat| seat.kept_for)).collect();
    let mut all = BTreeSet::new();
    for unit in meant {
        all.extend(view_of_id(services, ctx, unit, ctx.today).await?.path.iter().map(|unit| unit.id));
    }
    Ok(all.into_iter().collect())
}
