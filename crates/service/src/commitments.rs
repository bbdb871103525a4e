//! Promises of service of the people whom the asker sees: how many stand how, a page of them, all of them for a file.
//! Not for: writing or closing one (`registry`), or what is paid back (`law::recovery`).

use domain::register::commitments::Watch;
use domain::roles::Act;
use domain::time::Date;
use law::{SendingDate, Words};
use store::read::commitments::{self as read, Wanted};
use store::read::progress::Place;

use crate::classes::people_place;
use crate::lawbook::law;
use crate::noting::note;
use crate::{ActError, Ctx, Services};

pub use store::read::commitments::CommitmentLine;

/// Which promises are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Of this unit (by code) and everything below it.
    pub unit: Option<String>,
    /// Standing so.
    pub watch: Option<Watch>,
    /// After this one: last day and key.
    pub after: Option<(Date, i64)>,
}

/// A page of promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentsPage {
    /// Those that end first first.
    pub lines: Vec<CommitmentLine>,
    /// There are more.
    pub more: bool,
    /// How many stand how, of the place.
    pub counts: Vec<(Watch, i64)>,
}

/// Most promises of one file.
const MOST: u32 = 100_000;

/// A page of the promises of people whom the asker sees.
///
/// # Errors
/// [`ActError::Forbidden`] for who sees nobody, [`ActError::NotFound`] for a unit that the asker does not see.
pub async fn list(services: &Services, ctx: &Ctx, on: Date, ask: &Ask, limit: u32) -> Result<CommitmentsPage, ActError> {
    let place = place(services, ctx, ask, on).await?;
    let wanted = Wanted { place: &place, on, watch: ask.watch, after: ask.after };
    let mut lines = read::list(&services.db, &wanted, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    let counts = read::counts(&services.db, &place, on).await?;
    Ok(CommitmentsPage { lines, more, counts })
}

async fn place(services: &Services, ctx: &Ctx, ask: &Ask, on: Date) -> Result<Place, ActError> {
    people_place(services, ctx, ask.unit.as_deref(), on).await
}

/// All of them for a file, which is noted.
///
/// # Errors
/// As [`list`], and [`ActError::Forbidden`] for who takes no lists out.
pub async fn export(services: &Services, ctx: &Ctx, on: Date, ask: &Ask) -> Result<Vec<CommitmentLine>, ActError> {
    ctx.scope(Act::ExportPeople)?;
    let place = place(services, ctx, ask, on).await?;
    let lines = read::list(&services.db, &Wanted { place: &place, on, watch: ask.watch, after: None }, MOST).await?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "people.export", "commitments", &format!("{} rows", lines.len())).await?;
    tx.commit().await?;
    Ok(lines)
}

/// The article of the law of the case by which so much is promised; nothing where that law is not known for the staff and day.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn cited(line: &CommitmentLine) -> Result<Option<Words>, ActError> {
    let law = law()?;
    let (Some(staff), Ok(study)) = (line.staff, u16::try_from(line.months.0)) else { return Ok(None) };
    let Ok(needed) = law::commitment::commitment_months(law, staff, SendingDate(line.sent.0), study) else { return Ok(None) };
    Ok(needed.used.iter().flat_map(|used| &used.cites).last().map(|cite| law.cited(cite)))
}
