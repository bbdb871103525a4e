//! Sittings with their rooms and lecturers, and the lists of both.
//! Not for: whether two sittings clash (`domain::classes::sittings`).

use std::collections::BTreeMap;

use domain::classes::sittings::{LecturerKind, Shift, Sitting, SittingFault, clashes};
use domain::geography::Spot;
use domain::ids::{ClassId, LecturerId, RoomId};
use domain::notices::Event;
use domain::roles::{self, Act};
use domain::time::Date;
use domain::training::ClassStatus;
use store::read::classes::{self as read, LecturerLine, Meeting, RoomLine};
use store::read::plans::by_codes;
use store::write::classes::{self as write, NewLecturer, NewRoom};
use store::{At, StoreError};

use super::{ClassRefusal, Refused, again, keeper, nobody_twice, refuse, seen, subject};
use crate::noting::note;
use crate::registry::{Found, resolve_unit, without_refusal};
use crate::reviews::why;
use crate::{ActError, Ctx, Services, notices};

/// A sitting as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The day.
    pub on: Date,
    /// Part of the day.
    pub shift: Shift,
    /// Periods.
    pub periods: i32,
    /// Room by code; empty for none of those kept here.
    pub room: String,
    /// Lecturer by code; empty when not known.
    pub lecturer: String,
    /// What is taught.
    pub words: String,
}

/// Puts the sittings of a class in place of those before.
///
/// # Errors
/// [`ClassRefusal::Sittings`] with every clash, [`ClassRefusal::UnknownRoom`], [`ClassRefusal::UnknownLecturer`],
/// [`ClassRefusal::PeopleBusy`] when somebody would be in two at one time, [`ClassRefusal::NotNow`] once the class is over; [`ActError::Stale`] when somebody else changed the class first.
pub async fn put_sittings(services: &Services, ctx: &Ctx, code: &str, revision: i32, typed: &[Planned]) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    // Two classes that take the same room at once must see each other.
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    if !line.status.is_open_to_change() {
        return refuse(ClassRefusal::NotNow);
    }
    let list = known(&read::rooms(At::Writer(&tx)).await?, &read::lecturers(At::Writer(&tx)).await?, line.id, typed)?;
    let days = (line.terms.starts_on, line.terms.ends_on);
    let beside = read::sittings(At::Writer(&tx), Meeting::Beside(line.id, days.0, days.1)).await?;
    let others: Vec<Sitting> = beside.iter().map(|other| other.sitting.clone()).collect();
    let found = clashes(&list, days, &others);
    if !found.is_empty() {
        let names: BTreeMap<ClassId, (String, String)> = beside.into_iter().map(|other| (other.sitting.class, other.class)).collect();
        let told = found.into_iter().map(|clash| (clash.at, clash.fault, clash.with.and_then(|class| names.get(&class).cloned())));
        return refuse(ClassRefusal::Sittings(told.collect()));
    }
    let before = read::sittings(At::Writer(&tx), Meeting::Of(line.id)).await?;
    match write::put_sittings(&tx, line.id, &list).await {
        Err(StoreError::Stale) => return refuse(ClassRefusal::Sittings(vec![(0, SittingFault::HasRoll, None)])),
        done => done?,
    }
    nobody_twice(services, &tx, ctx, code).await?;
    write::note(&tx, &why(ctx, &proof, ""), line.id, "sittings", &list.len().to_string()).await?;
    note(&tx, ctx, "class.sittings", &subject(code), &list.len().to_string()).await?;
    if line.status != ClassStatus::Planned && differs(&list, &before) {
        notices::tell(&tx, ctx, Event::Sittings, line.id, &told(&list)).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether people would come at another time or to another room, or meet somebody else.
fn differs(after: &[Sitting], before: &[read::SittingLine]) -> bool {
    let key = |sitting: &Sitting| (sitting.on, sitting.shift, sitting.room, sitting.lecturer);
    let sorted = |mut keys: Vec<_>| {
        keys.sort();
        keys
    };
    sorted(after.iter().map(key).collect()) != sorted(before.iter().map(|line| key(&line.sitting)).collect())
}

/// How many sittings, and on which days.
fn told(list: &[Sitting]) -> String {
    let days = list.iter().map(|sitting| sitting.on);
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) => format!("{} – {} ({})", domain::time::dmy(first), domain::time::dmy(last), list.len()),
        _ => String::new(),
    }
}

fn known(rooms: &[RoomLine], lecturers: &[LecturerLine], class: ClassId, typed: &[Planned]) -> Result<Vec<Sitting>, Refused> {
    let room = |code: &str| match code.trim() {
        "" => Ok(None),
        code => match rooms.iter().find(|room| room.code == code) {
            Some(room) => Ok(Some(room.id)),
            None => refuse(ClassRefusal::UnknownRoom(code.to_owned())),
        },
    };
    let lecturer = |code: &str| match code.trim() {
        "" => Ok(None),
        code => match lecturers.iter().find(|lecturer| lecturer.code == code) {
            Some(lecturer) => Ok(Some(lecturer.id)),
            None => refuse(ClassRefusal::UnknownLecturer(code.to_owned())),
        },
    };
    let sitting = |planned: &Planned| {
        Ok(Sitting {
            class,
            on: planned.on,
            shift: planned.shift,
            periods: planned.periods,
            room: room(&planned.room)?,
            lecturer: lecturer(&planned.lecturer)?,
            words: planned.words.trim().to_owned(),
        })
    };
    typed.iter().map(sitting).collect()
}

/// Rooms.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes.
pub async fn rooms(services: &Services, ctx: &Ctx) -> Result<Vec<RoomLine>, ActError> {
    ctx.scope(Act::ViewClasses)?;
    Ok(read::rooms(At::Reader(&services.db)).await?)
}

/// Lecturers.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes.
pub async fn lecturers(services: &Services, ctx: &Ctx) -> Result<Vec<LecturerLine>, ActError> {
    ctx.scope(Act::ViewClasses)?;
    Ok(read::lecturers(At::Reader(&services.db)).await?)
}

/// Why a room or a lecturer is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeachingRefusal {
    /// It has no code, or one with signs that no code has.
    BadCode,
    /// It has no name, or one that nobody reads.
    BadName,
    /// Seats below one or beyond reason.
    OddSeats,
    /// Another has the code.
    CodeTaken,
    /// Nobody has the staff code.
    UnknownOfficial,
    /// No unit of today is called so, or several are.
    UnknownUnit,
}

/// A room as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Where.
    pub place: &'a str,
    /// How many sit in it.
    pub seats: i32,
    /// Whether it is used no more.
    pub is_over: bool,
    /// Code or name of the unit whose house it is in; empty for none.
    pub unit: &'a str,
    /// Where it stands, when it is in no house of a unit.
    pub spot: Option<Spot>,
}

/// A lecturer as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lecturer<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// How the person belongs to the teaching.
    pub kind: LecturerKind,
    /// School or office.
    pub home: &'a str,
    /// What the person teaches.
    pub subjects: &'a str,
    /// Staff code of the person, whose account then calls the rolls; empty for somebody without a staff file here.
    pub official: &'a str,
    /// Whether the person teaches no more.
    pub is_over: bool,
}

fn faults(code: &str, name: &str) -> Option<TeachingRefusal> {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.');
    if code.trim().is_empty() || code.len() > 24 || !code.trim().chars().all(is_plain) {
        return Some(TeachingRefusal::BadCode);
    }
    (name.trim().is_empty() || name.chars().count() > 200).then_some(TeachingRefusal::BadName)
}

/// Writes a room, or changes one.
///
/// # Errors
/// [`TeachingRefusal`]; [`ActError::Forbidden`] for who keeps no classes of the whole province.
pub async fn put_room(services: &Services, ctx: &Ctx, id: Option<RoomId>, room: &Room<'_>) -> Result<(), ActError<TeachingRefusal>> {
    ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepClasses)).transpose()?;
    if let Some(fault) = faults(room.code, room.name) {
        return Err(ActError::Refused(fault));
    }
    if !(1..=10_000).contains(&room.seats) {
        return Err(ActError::Refused(TeachingRefusal::OddSeats));
    }
    let unit = match room.unit.trim() {
        "" => None,
        text => match resolve_unit(services, ctx, text, ctx.today).await.map_err(without_refusal)? {
            Found::One(unit, _) => Some(unit),
            Found::Several(_) | Found::None => return Err(ActError::Refused(TeachingRefusal::UnknownUnit)),
        },
    };
    let new = NewRoom {
        code: room.code,
        name: room.name,
        place: room.place,
        seats: room.seats,
        ended_on: room.is_over.then_some(ctx.today),
        unit,
        spot: room.spot,
    };
    let tx = services.db.write().await?;
    match write::put_room(&tx, id, &new).await {
        Err(StoreError::Duplicate) => return Err(ActError::Refused(TeachingRefusal::CodeTaken)),
        done => done?,
    }
    note(&tx, ctx, "class.room", &format!("room/{}", room.code), room.name).await?;
    Ok(tx.commit().await?)
}

/// Writes a lecturer, or changes one.
///
/// # Errors
/// As [`put_room`].
pub async fn put_lecturer(
    services: &Services,
    ctx: &Ctx,
    id: Option<LecturerId>,
    lecturer: &Lecturer<'_>,
) -> Result<(), ActError<TeachingRefusal>> {
    ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepClasses)).transpose()?;
    if let Some(fault) = faults(lecturer.code, lecturer.name) {
        return Err(ActError::Refused(fault));
    }
    let official = match lecturer.official.trim() {
        "" => None,
        code => match by_codes(&services.db, &[code.to_owned()]).await?.pop() {
            Some((_, official)) => Some(official),
            None => return Err(ActError::Refused(TeachingRefusal::UnknownOfficial)),
        },
    };
    let new = NewLecturer {
        official,
        code: lecturer.code,
        name: lecturer.name,
        kind: lecturer.kind,
        home: lecturer.home,
        subjects: lecturer.subjects,
        ended_on: lecturer.is_over.then_some(ctx.today),
    };
    let tx = services.db.write().await?;
    match write::put_lecturer(&tx, id, &new).await {
        Err(StoreError::Duplicate) => return Err(ActError::Refused(TeachingRefusal::CodeTaken)),
        done => done?,
    }
    // The name of a person does not go into the audit.
    note(&tx, ctx, "class.lecturer", &format!("lecturer/{}", lecturer.code), "").await?;
    Ok(tx.commit().await?)
}
