//! Nominations: who may be sent to a class and why not, naming, deciding, moving up in the line.
//! Not for: rules (`domain::nominations`, `law::sending`), or the class itself (`classes`).

mod deciding;
mod judging;
mod naming;
mod reading;
pub mod report;

use domain::nominations::seating::{Hall, InLine, promotions};
use domain::nominations::{NominationAct, NominationState};
use domain::plans::Tree;
use domain::time::Date;
use store::read::classes as halls;
use store::read::nominations::{self as read, Of};
use store::write::nominations as write;
use store::write::register::Why;
use store::{At, WriteTx};

use crate::{ActError, Ctx, Services, registry};

pub use deciding::{Decision, DecisionRefusal, decide, decide_many};
pub use judging::{Assessed, Because, Detail, Judging, assess_place};
pub use naming::{Entry, Named, name};
pub use reading::{Roster, RosterLine, mine, one, roster, waiting, with_steps};
pub use store::read::nominations::{NominationLine, StepLine};

/// Most nominations of one class that are read at once.
const MOST: u32 = 10_000;

/// Moves whoever waits for a class up into its free seats, in the order of the line. Runs under the lock of the seats.
pub(crate) async fn promote(services: &Services, tx: &WriteTx, ctx: &Ctx, why: &Why<'_>, code: &str) -> Result<usize, ActError> {
    let class = halls::one(At::Writer(tx), code, ctx.today).await?;
    if class.waiting == 0 || !class.status.is_open_to_change() {
        return Ok(0);
    }
    let seats = halls::seats(At::Writer(tx), class.id).await?;
    let shares = halls::shares(At::Writer(tx), class.id).await?;
    let seated = read::seated(At::Writer(tx), class.id).await?;
    let tree = tree(services, ctx, class.terms.starts_on).await?;
    let named = read::list(At::Writer(tx), Of::Class(class.id), ctx.today, MOST).await?;
    let line: Vec<InLine> = named.iter().filter_map(in_line).collect();
    let hall = Hall { seats: &seats, shares: &shares, seated: &seated, tree: &tree, keeping_is_over: keeping_is_over(&class, ctx.today) };
    let moved = promotions(&hall, &line);
    for (nomination, seat) in &moved {
        let Some(waiting) = named.iter().find(|waiting| waiting.id == *nomination) else { continue };
        write::step(tx, (*nomination, waiting.revision), NominationState::Named).await?;
        write::take_seat(tx, *seat, *nomination).await?;
        write::note(tx, why, *nomination, Some(NominationAct::Promote), "").await?;
    }
    Ok(moved.len())
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

async fn tree(services: &Services, ctx: &Ctx, on: Date) -> Result<Tree, ActError> {
    Ok(Tree::on(&registry::unit_names(services, ctx).await?.map, on))
}
