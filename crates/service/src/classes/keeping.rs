//! Classes written and changed, drafted from a line of a plan, their shares and the seats kept for units.
//! Not for: opening and holding them (`acting`).

use domain::classes::sittings::SittingFault;
use domain::classes::{Hours, Terms, faults};
use domain::ids::PlanId;
use domain::notices::Event;
use domain::people::{LeaderGroup, StaffKind};
use domain::plans::{Agency, Line, Seats, Tree};
use domain::roles::Act;
use domain::time::Date;
use domain::training::{ClassStatus, TrainingKind};
use store::At;
use store::read::classes as read;
use store::read::nominations::{self as people, seated};
use store::write::bump_facts;
use store::write::classes as write;
use store::write::register::move_promise;

use super::acting::clock_start;
use super::{ClassRefusal, Refused, again, keeper, key, nobody_twice, refuse, seen, subject};
use crate::noting::note;
use crate::registry::{self, without_refusal};
use crate::reviews::{at_unit, why};
use crate::{ActError, Ctx, Services, nominations, notices, plans};

/// Draft terms by a line of a plan, as it is in force if it is, for the next of its classes that is not written yet.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such plan or line, or not for this asker.
pub async fn draft_of_line(services: &Services, ctx: &Ctx, (plan, line): (PlanId, u32)) -> Result<(Terms, Vec<Seats>), ActError> {
    let mut view = plans::one(services, ctx, plan, None).await?;
    // What is in force is carried out, not the amendment that is being written beside it.
    if let Some(number) = view.plan.in_force().map(|version| version.number).filter(|number| *number != view.version.number) {
        view = plans::one(services, ctx, plan, Some(number)).await?;
    }
    let found = view.body.line(line).ok_or(ActError::NotFound)?;
    let held = super::of_line(services, ctx, (plan, line)).await?;
    let is_live = |status: ClassStatus| status != ClassStatus::Cancelled;
    let written = held.iter().filter(|class| is_live(class.status)).count();
    let runs = found.runs();
    let run = runs.get(written).or_else(|| runs.last());
    let months = run.and_then(|run| run.months);
    let first = months.and_then(|months| months.first(found.year)).unwrap_or(ctx.today);
    let people = run.map_or(0, |run| i32::try_from(run.people()).unwrap_or(i32::MAX));
    let lead = match &found.lead {
        Some(Agency::Unit(unit)) => *unit,
        Some(Agency::Actor(actor)) => unit_of_actor(services, ctx, actor).await?.unwrap_or(view.plan.unit),
        None => view.plan.unit,
    };
    let terms = Terms { lead, ..terms_of(found, plan, first, people) };
    Ok((terms, run.map(|run| run.seats.clone()).unwrap_or_default()))
}

async fn unit_of_actor(services: &Services, ctx: &Ctx, actor: &str) -> Result<Option<domain::ids::UnitId>, ActError> {
    let agencies = store::read::quotas::agencies(&services.db, ctx.today).await?;
    Ok(agencies.into_iter().find(|agency| agency.actor == actor).map(|agency| agency.unit))
}

fn terms_of(line: &Line, plan: PlanId, first: Date, people: i32) -> Terms {
    let days = i32::try_from(line.days).unwrap_or(i32::MAX).max(1);
    let last = (1..days).fold(first, |day, _| day.next_day().unwrap_or(day));
    let most = i32::try_from(line.class_size).unwrap_or(0).max(people).max(1);
    let classes = i64::from(line.classes.max(1));
    Terms {
        name: line.words.clone(),
        form: line.form,
        kind: if line.degree.is_some() { TrainingKind::Education } else { TrainingKind::Training },
        content: line.content,
        degree: line.degree,
        field: line.field,
        programme: line.programme,
        named: line.named,
        topic: line.topic.clone(),
        line: Some((plan, line.key)),
        mode: line.mode,
        hours: Hours::Office,
        abroad: line.abroad,
        lead: domain::ids::UnitId(0),
        school: String::new(),
        place: line.place.clone(),
        starts_on: first,
        ends_on: last,
        days,
        periods: i32::try_from(line.periods).unwrap_or(0),
        most,
        least: 0,
        staff: all_of(&line.seats, |seats| seats.staff),
        groups: all_of(&line.seats, |seats| seats.group),
        level: None,
        names_until: None,
        cost: line.cost / classes,
        source: line.source,
        note: String::new(),
    }
}

/// What every place of a line asks for; nothing when one place takes anybody.
fn all_of<T: Ord>(seats: &[Seats], what: impl Fn(&Seats) -> Option<T>) -> Vec<T> {
    let asked: Option<Vec<T>> = seats.iter().map(what).collect();
    let mut asked = asked.unwrap_or_default();
    asked.sort();
    asked.dedup();
    asked
}

/// Writes a class as a draft. Tells its code: `LOP-2027-012`.
///
/// # Errors
/// [`ClassRefusal::Terms`] with every fault; [`ActError::Forbidden`] for who keeps no classes of the unit.
pub async fn create(services: &Services, ctx: &Ctx, terms: &Terms, shares: &[Seats]) -> Result<String, Refused> {
    let unit = registry::view_of_id(services, ctx, terms.lead, ctx.today).await.map_err(without_refusal)?;
    let proof = at_unit(ctx, Act::KeepClasses, &unit)?;
    let found = faults(terms);
    if !found.is_empty() {
        return refuse(ClassRefusal::Terms(found));
    }
    let prefix = format!("LOP-{}-", terms.starts_on.year());
    // Two officers who write at once would find the same number.
    let tx = services.seating().await?;
    let code = format!("{prefix}{:03}", read::next_number(At::Writer(&tx), &prefix).await?);
    let id = write::create(&tx, &code, terms).await?;
    write::put_shares(&tx, id, shares).await?;
    write::note(&tx, &why(ctx, &proof, ""), id, "create", "").await?;
    note(&tx, ctx, "class.create", &subject(&code), &terms.name).await?;
    tx.commit().await?;
    Ok(code)
}

/// Changes a class that is as it was read; whoever waits moves up when it grows.
///
/// # Errors
/// [`ClassRefusal::Terms`] with every fault, [`ClassRefusal::SeatsTaken`] when it would have fewer seats than people,
/// [`ClassRefusal::Sittings`] when it would meet outside of its days, [`ClassRefusal::PeopleBusy`] when somebody would be in two
/// programmes at once, [`ClassRefusal::NotNow`] once it is over, or for another study once it runs; [`ActError::Stale`] when somebody
/// else changed it first.
pub async fn amend(services: &Services, ctx: &Ctx, code: &str, revision: i32, terms: &Terms) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    if terms.lead != line.terms.lead {
        keeper(services, ctx, terms.lead).await.map_err(without_refusal)?;
    }
    let found = faults(terms);
    if !found.is_empty() {
        return refuse(ClassRefusal::Terms(found));
    }
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    if !line.status.is_open_to_change() {
        return refuse(ClassRefusal::NotNow);
    }
    let seated = line.confirmed + line.unconfirmed;
    if terms.most < seated {
        return refuse(ClassRefusal::SeatsTaken(seated));
    }
    if line.status == ClassStatus::Running && !is_same_study(&line.terms, terms) {
        return refuse(ClassRefusal::NotNow);
    }
    let meetings = read::sittings(At::Writer(&tx), read::Meeting::Of(line.id)).await?;
    let is_outside = |on: Date| on < terms.starts_on || on > terms.ends_on;
    let outside: Vec<_> = meetings.iter().enumerate().filter(|(_, meeting)| is_outside(meeting.sitting.on)).collect();
    if !outside.is_empty() {
        return refuse(ClassRefusal::Sittings(outside.into_iter().map(|(at, _)| (at, SittingFault::OutsideClass, None)).collect()));
    }
    write::amend(&tx, key(&line), terms).await?;
    let why = why(ctx, &proof, "");
    nobody_twice(services, &tx, ctx, code).await?;
    if terms.ends_on != line.terms.ends_on {
        for (commitment, _) in people::promises(At::Writer(&tx), line.id).await? {
            move_promise(&tx, &why, commitment, clock_start(terms.ends_on)).await?;
        }
    }
    write::note(&tx, &why, line.id, "amend", &changed(&line.terms, terms)).await?;
    let is_elsewhere =
        (line.terms.starts_on, line.terms.ends_on, line.terms.place.trim()) != (terms.starts_on, terms.ends_on, terms.place.trim());
    if is_elsewhere && line.status != ClassStatus::Planned {
        notices::tell(&tx, ctx, Event::Changed, line.id, &changed(&line.terms, terms)).await?;
    }
    nominations::promote(services, &tx, ctx, &why).await.map_err(without_refusal)?;
    note(&tx, ctx, "class.amend", &subject(code), &terms.name).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Whether what the attendances of a class that runs were written with stays as it is.
fn is_same_study(before: &Terms, after: &Terms) -> bool {
    let study = |terms: &Terms| {
        let what = (terms.kind, terms.content, terms.degree, terms.field, terms.named, terms.topic.clone(), terms.programme);
        (what, (terms.form, terms.mode, terms.abroad, terms.periods, terms.starts_on))
    };
    study(before) == study(after)
}

/// What the history tells of a change: days and seats, whatever people were told of before.
fn changed(before: &Terms, after: &Terms) -> String {
    let days = |terms: &Terms| format!("{} – {}", domain::time::dmy(terms.starts_on), domain::time::dmy(terms.ends_on));
    let mut told = Vec::new();
    if days(before) != days(after) {
        told.push(format!("{} → {}", days(before), days(after)));
    }
    if before.most != after.most {
        told.push(format!("{} → {}", before.most, after.most));
    }
    if before.place != after.place {
        told.push(format!("{} → {}", before.place, after.place));
    }
    told.join("; ")
}

/// A share as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Unit by code; empty for any.
    pub unit: String,
    /// Kind of staff.
    pub staff: Option<StaffKind>,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
    /// How many.
    pub people: u32,
}

/// Puts the shares of a class in place of those before; whoever waits moves up where they grew.
///
/// # Errors
/// [`ClassRefusal::UnknownUnit`]; [`ClassRefusal::SeatsTaken`] when one would be smaller than the people who sit in it;
/// [`ClassRefusal::NotNow`] once the class is over.
pub async fn put_shares(services: &Services, ctx: &Ctx, code: &str, revision: i32, typed: &[Share]) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    let mut shares = Vec::new();
    for share in typed.iter().filter(|share| share.people > 0) {
        let unit = match share.unit.trim() {
            "" => None,
            code => Some(unit_called(services, ctx, code).await?),
        };
        shares.push(Seats { unit, staff: share.staff, group: share.group, people: share.people });
    }
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    if !line.status.is_open_to_change() {
        return refuse(ClassRefusal::NotNow);
    }
    let seated = seated(At::Writer(&tx), line.id).await?;
    let tree = Tree::on(&registry::unit_names(services, ctx).await.map_err(without_refusal)?.map, line.terms.starts_on);
    let over = shares.iter().map(|share| (share, seated.iter().filter(|who| share.take(who, &tree)).count()));
    if let Some((_, seated)) = over.into_iter().find(|(share, seated)| *seated > usize::try_from(share.people).unwrap_or(usize::MAX)) {
        return refuse(ClassRefusal::SeatsTaken(i32::try_from(seated).unwrap_or(i32::MAX)));
    }
    write::put_shares(&tx, line.id, &shares).await?;
    let why = why(ctx, &proof, "");
    write::note(&tx, &why, line.id, "shares", "").await?;
    nominations::promote(services, &tx, ctx, &why).await.map_err(without_refusal)?;
    note(&tx, ctx, "class.shares", &subject(code), "").await?;
    Ok(tx.commit().await?)
}

async fn unit_called(services: &Services, ctx: &Ctx, text: &str) -> Result<domain::ids::UnitId, Refused> {
    match registry::resolve_unit(services, ctx, text, ctx.today).await.map_err(without_refusal)? {
        registry::Found::One(unit, _) => Ok(unit),
        _ => refuse(ClassRefusal::UnknownUnit(text.to_owned())),
    }
}

/// Keeps seats of a class for the people of a unit, or gives them back with 0; whoever waits moves up when some become free.
///
/// # Errors
/// [`ClassRefusal::TooFewSeats`] when not so many are free; [`ActError::Forbidden`] for who neither keeps the class nor names people of
/// the unit.
pub async fn keep_seats(services: &Services, ctx: &Ctx, code: &str, unit: &str, how_many: i32) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let unit = unit_called(services, ctx, unit).await?;
    let proof = match keeper(services, ctx, line.terms.lead).await {
        Ok(proof) => proof,
        Err(_) => {
            let view = registry::view_of_id(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
            at_unit(ctx, Act::Nominate, &view)?
        }
    };
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if !matches!(line.status, ClassStatus::Planned | ClassStatus::Enrolling) || how_many < 0 {
        return refuse(ClassRefusal::NotNow);
    }
    let kept = write::keep_seats(&tx, line.id, unit, how_many).await?;
    if kept < how_many {
        return refuse(ClassRefusal::TooFewSeats(kept));
    }
    let names = registry::unit_names(services, ctx).await.map_err(without_refusal)?;
    let told = format!("{}: {how_many}", names.told(unit, ctx.today));
    let why = why(ctx, &proof, "");
    write::note(&tx, &why, line.id, "keep_seats", &told).await?;
    nominations::promote(services, &tx, ctx, &why).await.map_err(without_refusal)?;
    note(&tx, ctx, "class.keep_seats", &subject(code), &told).await?;
    Ok(tx.commit().await?)
}
