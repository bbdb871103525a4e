//! Nominations: who may be sent to a class and why not, naming, deciding, moving up in the line.
//! Not for: rules (`domain::nominations`, `law::sending`), or the class itself (`classes`).

mod deciding;
mod judging;
mod naming;
mod places;
mod reading;
pub mod report;

use domain::ids::OfficialId;
use domain::nominations::seating::{Hall, InLine, promotions};
use domain::nominations::{NominationAct, NominationState};
use domain::notices::Event;
use domain::plans::Tree;
use domain::time::Date;
use store::read::classes as halls;
use store::read::nominations::facts::Who;
use store::read::nominations::{self as read, Of};
use store::write::nominations as write;
use store::write::register::Why;
use store::write::schemes::By;
use store::{At, WriteTx};

use crate::noting::note;
use crate::{ActError, Ctx, Services, notices, registry};

pub use deciding::{Decision, DecisionRefusal, decide, decide_many};
pub(crate) use judging::study_months;
pub use judging::{Assessed, Because, Detail, Judging, assess_place};
pub use naming::{Entry, Named, name};
pub use reading::{Roster, RosterLine, mine, one, roster, waiting, with_steps};
pub use store::read::nominations::{NominationLine, StepLine};

/// Most nominations of one class that are read at once.
const MOST: u32 = 10_000;

/// Moves whoever waits up into free seats, of all classes: who leaves one makes room in another for somebody who sat in the first, or
/// who had to stay in the office. Runs under the lock of the seats.
pub(crate) async fn promote(services: &Services, tx: &WriteTx, ctx: &Ctx, why: &Why<'_>) -> Result<usize, ActError> {
    let mut moved = 0;
    for code in halls::with_line_and_seats(At::Writer(tx)).await? {
        moved += promote_in(services, tx, ctx, why, &code).await?;
    }
    Ok(moved)
}

/// Moves whoever waits up into seats that the day alone made free: the time for which units kept them is over. What the server does by
/// itself when a day begins. Tells how many moved.
///
/// # Errors
/// [`ActError::Internal`] when the engine fails.
pub async fn move_up(services: &Services, ctx: &Ctx) -> Result<usize, ActError> {
    if halls::with_line_and_seats(At::Reader(&services.db)).await?.is_empty() {
        return Ok(0);
    }
    let tx = services.seating().await?;
    let why = Why { by: By::System, at: ctx.now, words: "", operation: &ctx.operation };
    let moved = promote(services, &tx, ctx, &why).await?;
    if moved > 0 {
        note(&tx, ctx, "nomination.move_up", "class", &moved.to_string()).await?;
        tx.commit().await?;
    }
    Ok(moved)
}

/// Moves whoever waits for one class up in the order of the line, as long as nothing forbids it by now: whoever sits elsewhere at that
/// time, or is needed in the office, is passed over and keeps the place.
async fn promote_in(services: &Services, tx: &WriteTx, ctx: &Ctx, why: &Why<'_>, code: &str) -> Result<usize, ActError> {
    let class = halls::one(At::Writer(tx), code, ctx.today).await?;
    let named = read::list(At::Writer(tx), Of::Class(class.id), ctx.today, MOST).await?;
    let mut line: Vec<(InLine, &NominationLine)> = named.iter().filter_map(|named| Some((in_line(named)?, named))).collect();
    let event = judging::event(&class.terms, ctx.today);
    let mut moved = 0;
    loop {
        let free = halls::seats(At::Writer(tx), class.id).await?;
        if line.is_empty() || free.iter().all(|seat| seat.held_by.is_some()) {
            return Ok(moved);
        }
        // Whoever moved up changed what the next ones are judged by.
        let people: Vec<OfficialId> = line.iter().map(|(_, named)| named.official.0).collect();
        let judging = Judging::of(services, ctx, At::Writer(tx), (&class, &event), Who::People(&people)).await?;
        let fit: Vec<InLine> = line.iter().filter(|(_, named)| judging.against(named).is_empty()).map(|(waiting, _)| *waiting).collect();
        let (shares, seated, tree) = judging.hall();
        let hall = Hall { seats: &free, shares, seated, tree, keeping_is_over: keeping_is_over(&class, ctx.today) };
        let Some((nomination, seat)) = promotions(&hall, &fit).into_iter().next() else { return Ok(moved) };
        let Some(place) = line.iter().position(|(waiting, _)| waiting.nomination == nomination) else { return Ok(moved) };
        let (_, waiting) = line.swap_remove(place);
        write::step(tx, (nomination, waiting.revision), NominationState::Named).await?;
        write::take_seat(tx, seat, nomination).await?;
        write::note(tx, why, nomination, Some(NominationAct::Promote), "").await?;
        notices::tell_of(tx, ctx, Event::Promoted, (class.id, nomination)).await?;
        moved += 1;
    }
}

/// How many people who hold a seat of a class would be in two programmes at once as it is now, and the other class of one of them.
/// Runs under the lock of the seats, after the class was given other days or meetings.
pub(crate) async fn busy(services: &Services, tx: &WriteTx, ctx: &Ctx, code: &str) -> Result<Option<(i32, String)>, ActError> {
    let class = halls::one(At::Writer(tx), code, ctx.today).await?;
    if class.confirmed + class.unconfirmed == 0 {
        return Ok(None);
    }
    let named = read::list(At::Writer(tx), Of::Class(class.id), ctx.today, MOST).await?;
    let seated: Vec<OfficialId> = named.iter().filter(|line| line.state.holds_a_seat()).map(|line| line.official.0).collect();
    let event = judging::event(&class.terms, ctx.today);
    let judging = Judging::of(services, ctx, At::Writer(tx), (&class, &event), Who::People(&seated)).await?;
    let others: Vec<&str> = judging.people().iter().filter_map(|person| judging.elsewhere(person)).collect();
    let people = i32::try_from(others.len()).unwrap_or(i32::MAX);
    Ok(others.first().map(|other| (people, (*other).to_owned())))
}

fn in_line(line: &NominationLine) -> Option<InLine> {
    let since = line.waits_since?;
    Some(InLine { nomination: line.id, who: line.working, points: line.points, since })
}

/// Whether seats that are kept for a unit are for everybody by now: once the time for names is over.
fn keeping_is_over(class: &halls::ClassLine, today: Date) -> bool {
    today > last_day_for_names(class)
}

/// The last day on which units name people.
fn last_day_for_names(class: &halls::ClassLine) -> Date {
    class.terms.names_until.unwrap_or(class.terms.starts_on)
}

pub(crate) async fn tree(services: &Services, ctx: &Ctx, on: Date) -> Result<Tree, ActError> {
    Ok(Tree::on(&registry::unit_names(services, ctx).await?.map, on))
}
