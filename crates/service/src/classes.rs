//! Classes: listed, read, kept, and carried from the draft to the closing.
//! Not for: rules (`domain::classes`), or people named for them (`nominations`).

mod acting;
mod keeping;
mod load;
mod map;
mod results;
mod rules;
mod teaching;
mod venues;

use std::collections::BTreeMap;

use domain::classes::sittings::SittingFault;
use domain::classes::{ActFault, TermsFault};
use domain::ids::{ClassId, OfficialId, UnitId};
use domain::nominations::seating::Seat;
use domain::plans::Seats;
use domain::roles::{Act, Reach, Role};
use domain::text::fold;
use domain::time::Date;
use domain::training::{ClassForm, ClassStatus};
use store::At;
use store::read::classes::{self as read, EventLine, Meeting, Wanted};
use store::read::progress::Place;

use crate::registry::{self, UnitView, view_of_id};
use crate::reviews::at_unit;
use crate::{ActError, Ctx, Services, progress};

pub use acting::{Deed, act};
pub use keeping::{Share, amend, create, draft_of_line, keep_seats, put_shares};
pub use load::{UnitLoad, load};
pub use map::{Best, Catchment, ClassMap, Dot, Held, Sending, map, of_plan_line};
pub use results::{Learner, Mark, Reasons, learners, recognise, recognise_with};
pub(crate) use rules::rules;
pub use rules::{Rules, keep_rules, kept_rules};
pub use store::read::classes::{After, ClassLine, LecturerLine, RoomLine, SittingLine};
pub use store::read::venues::Sent;
pub use teaching::{Lecturer, Planned, Room, TeachingRefusal, lecturers, put_lecturer, put_room, put_sittings, rooms};
pub(crate) use venues::spots;
pub use venues::{Clue, Nowhere, Venue, venue};

/// A sitting that cannot be held: its place in the list, why, and code and name of the class in the way.
pub type SittingClash = (usize, SittingFault, Option<(String, String)>);

/// Why an act on a class is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassRefusal {
    /// The terms have faults.
    Terms(Vec<TermsFault>),
    /// The act has faults.
    Act(Vec<ActFault>),
    /// Sittings, by their place in the list, cannot be held; the class in the way, if one is.
    Sittings(Vec<SittingClash>),
    /// No such unit, or none that the asker opens classes for.
    UnknownUnit(String),
    /// No such room.
    UnknownRoom(String),
    /// No such lecturer.
    UnknownLecturer(String),
    /// More people sit in it than it would have seats.
    SeatsTaken(i32),
    /// So many people who hold a seat would be in two programmes at once, one of them in the class told by code and name.
    PeopleBusy {
        /// How many.
        people: i32,
        /// The other class of one of them.
        with: String,
    },
    /// There are not so many free seats; so many could be kept.
    TooFewSeats(i32),
    /// The state of the class does not allow it.
    NotNow,
    /// These people's outcome is another than attendance and grades propose, and it is not said why.
    NeedsReason(Vec<OfficialId>),
}

type Refused = ActError<ClassRefusal>;

const fn refuse<T>(refusal: ClassRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// Which classes are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// In one of these states; any when empty.
    pub statuses: Vec<ClassStatus>,
    /// With a day in this span, both included.
    pub during: Option<(Date, Date)>,
    /// In this form.
    pub form: Option<ClassForm>,
    /// With these words.
    pub words: String,
    /// Opened by this unit (by code) and everything below it.
    pub unit: Option<String>,
}

/// A page of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassesPage {
    /// The classes.
    pub lines: Vec<ClassLine>,
    /// Where the next page starts.
    pub next: Option<After>,
}

/// Whether the asker reads drafts of classes: whoever is of an office, not somebody who only learns.
fn reads_drafts(ctx: &Ctx) -> bool {
    ctx.who.as_ref().is_none_or(|who| who.grants.iter().any(|grant| grant.role != Role::Learner))
}

/// Classes, the latest first.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes; [`ActError::NotFound`] when the unit is unknown.
pub async fn list(services: &Services, ctx: &Ctx, ask: &Ask, after: Option<After>, limit: u32) -> Result<ClassesPage, ActError> {
    ctx.scope(Act::ViewClasses)?;
    let place = match &ask.unit {
        Some(code) => Some(Place::units(vec![registry::unit(services, ctx, code, ctx.today).await?.unit.id], ctx.today)),
        None => None,
    };
    let words = fold(&ask.words);
    let drafts: Vec<ClassStatus> = ClassStatus::ALL.iter().copied().filter(|status| *status != ClassStatus::Planned).collect();
    let wanted = Wanted {
        statuses: if ask.statuses.is_empty() && !reads_drafts(ctx) { &drafts } else { &ask.statuses },
        during: ask.during,
        form: ask.form,
        words: Some(words.trim()).filter(|words| !words.is_empty()),
        place: place.as_ref(),
        ..Wanted::default()
    };
    let mut lines = read::list(&services.db, &wanted, after, limit + 1, ctx.today).await?;
    lines.retain(|line| line.status != ClassStatus::Planned || reads_drafts(ctx));
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        lines.pop();
    }
    let next = if more { lines.last().map(|line| (line.terms.starts_on, line.id)) } else { None };
    Ok(ClassesPage { lines, next })
}

/// Classes that carry out lines of a plan.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes.
pub async fn of_line(services: &Services, ctx: &Ctx, line: (domain::ids::PlanId, u32)) -> Result<Vec<ClassLine>, ActError> {
    ctx.scope(Act::ViewClasses)?;
    let wanted = Wanted { line: Some(line), ..Wanted::default() };
    Ok(read::list(&services.db, &wanted, None, MOST_SHOWN, ctx.today).await?)
}

/// Lines shown at once where there is no next page.
const MOST_SHOWN: u32 = 500;

/// Sittings of all classes between two days, for a calendar.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes.
pub async fn calendar(services: &Services, ctx: &Ctx, (from, to): (Date, Date)) -> Result<(Vec<ClassLine>, Vec<SittingLine>), ActError> {
    ctx.scope(Act::ViewClasses)?;
    let wanted = Wanted { during: Some((from, to)), ..Wanted::default() };
    let mut lines = read::list(&services.db, &wanted, None, MOST_SHOWN, ctx.today).await?;
    lines.retain(|line| line.status != ClassStatus::Cancelled && (line.status != ClassStatus::Planned || reads_drafts(ctx)));
    lines.reverse();
    Ok((lines, read::sittings(At::Reader(&services.db), Meeting::During(from, to)).await?))
}

/// A class as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassView {
    /// The class.
    pub line: ClassLine,
    /// When it meets.
    pub sittings: Vec<SittingLine>,
    /// Its shares.
    pub shares: Vec<Seats>,
    /// Seats kept for units: code, name, how many, how many of them are taken.
    pub kept: Vec<(String, String, i32, i32)>,
    /// What happened to it, newest first.
    pub events: Vec<EventLine>,
    /// Whether the asker keeps it.
    pub keeps: bool,
    /// Whether the asker may name people for it.
    pub names: bool,
}

/// One class by its code.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or only a draft that the asker may not read.
pub async fn one(services: &Services, ctx: &Ctx, code: &str) -> Result<ClassView, ActError> {
    let line = seen(services, ctx, code).await?;
    let sittings = read::sittings(At::Reader(&services.db), Meeting::Of(line.id)).await?;
    let shares = read::shares(At::Reader(&services.db), line.id).await?;
    let seats = read::seats(At::Reader(&services.db), line.id).await?;
    // Who only learns sees no units, and needs none here.
    let kept = if ctx.may(Act::ViewUnits) { kept(services, ctx, &seats).await? } else { Vec::new() };
    let events = read::events(&services.db, line.id, MOST_SHOWN).await?;
    let keeps = keeper(services, ctx, line.terms.lead).await.is_ok();
    let names = ctx.may(Act::Nominate) && line.status == ClassStatus::Enrolling;
    Ok(ClassView { line, sittings, shares, kept, events, keeps, names })
}

pub(crate) async fn seen(services: &Services, ctx: &Ctx, code: &str) -> Result<ClassLine, ActError> {
    ctx.scope(Act::ViewClasses)?;
    let line = read::one(At::Reader(&services.db), code, ctx.today).await?;
    if line.status == ClassStatus::Planned && !reads_drafts(ctx) { Err(ActError::NotFound) } else { Ok(line) }
}

async fn kept(services: &Services, ctx: &Ctx, seats: &[Seat]) -> Result<Vec<(String, String, i32, i32)>, ActError> {
    let mut by_unit: BTreeMap<UnitId, (i32, i32)> = BTreeMap::new();
    for seat in seats {
        if let Some(unit) = seat.kept_for {
            let counts = by_unit.entry(unit).or_default();
            counts.0 += 1;
            counts.1 += i32::from(seat.held_by.is_some());
        }
    }
    let names = registry::unit_names(services, ctx).await?;
    let line = |(unit, (seats, taken)): (UnitId, (i32, i32))| {
        let code = names.unit(unit).map_or_else(String::new, |unit| unit.code.clone());
        (code, names.name_on(unit, ctx.today).to_owned(), seats, taken)
    };
    Ok(by_unit.into_iter().map(line).collect())
}

/// Proof that the asker keeps classes of a unit.
pub(crate) async fn keeper(services: &Services, ctx: &Ctx, unit: UnitId) -> Result<crate::reviews::Proof, ActError> {
    let view = view_of_id(services, ctx, unit, ctx.today).await?;
    Ok(at_unit(ctx, Act::KeepClasses, &view)?)
}

/// Units that the asker may open classes for: those of the own grants, or every one for who keeps classes of the province.
pub async fn home(services: &Services, ctx: &Ctx) -> Result<Option<std::sync::Arc<UnitView>>, ActError> {
    match ctx.scope(Act::KeepClasses)?.reach() {
        Reach::Units(units) => match units.first() {
            Some(unit) => Ok(Some(view_of_id(services, ctx, *unit, ctx.today).await?)),
            None => Ok(None),
        },
        Reach::Province | Reach::Own(_) => Ok(None),
    }
}

pub(crate) fn subject(class: &str) -> String {
    format!("class/{class}")
}

/// Everybody of a place whom the asker may see.
pub(crate) async fn people_place(services: &Services, ctx: &Ctx, unit: Option<&str>, on: Date) -> Result<Place, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    progress::place(services, ctx, &scope, &progress::Ask { unit: unit.map(str::to_owned), ..progress::Ask::on(on) }).await
}

/// A class read again inside the transaction that changes it.
pub(crate) async fn again(tx: &store::WriteTx, code: &str, on: Date) -> Result<ClassLine, ActError> {
    Ok(read::one(At::Writer(tx), code, on).await?)
}

/// Refuses what would put somebody who holds a seat into two programmes at once.
async fn nobody_twice(services: &Services, tx: &store::WriteTx, ctx: &Ctx, code: &str) -> Result<(), Refused> {
    match crate::nominations::busy(services, tx, ctx, code).await.map_err(registry::without_refusal)? {
        Some((people, with)) => refuse(ClassRefusal::PeopleBusy { people, with }),
        None => Ok(()),
    }
}

/// The key of a class and its revision.
pub(crate) const fn key(line: &ClassLine) -> (ClassId, i32) {
    (line.id, line.revision)
}
