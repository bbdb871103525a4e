//! What a person confirmed becomes marks: all sittings of a scan in one transaction, by the rules of a called roll.
//! Not for: what is proposed (`weighing`).

use std::collections::BTreeMap;

use domain::attendance::Source;
use domain::attendance::sheets::Choice;
use domain::ids::{OfficialId, SittingId};
use store::At;
use store::read::signed::{self as read, Pages};
use store::write::signed as write;

use super::super::calling::{Entry, Sheet};
use super::super::{RollRefusal, subject};
use super::weighing::{OfSitting, weighed};
use super::{Reader, scan_of};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::{ActError, Ctx, Services};

/// What a person says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The sitting.
    pub sitting: SittingId,
    /// Whose cell.
    pub official: OfficialId,
    /// What it says.
    pub choice: Option<Choice>,
    /// The revision of the mark that was seen; 0 where none stood.
    pub revision: i32,
}

/// Why nothing is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettleRefusal {
    /// These cells have to be decided.
    Undecided(Vec<(SittingId, OfficialId)>),
    /// The roll of a sitting does not take its marks.
    Roll(SittingId, RollRefusal),
    /// Every sitting of it was confirmed already, or none can be now.
    Settled,
}

type Refused = ActError<SettleRefusal>;

/// Puts the marks of every sitting of a scan that is open and whose roll the asker calls; all or none. Tells how many were put.
///
/// # Errors
/// [`SettleRefusal`]; [`ActError::Forbidden`] and [`ActError::NotFound`] as for looking at it.
pub async fn settle(
    services: &Services,
    ctx: &Ctx,
    (code, scan): (&str, i64),
    decisions: &[Decision],
    reason: &str,
) -> Result<usize, Refused> {
    let reader = Reader::of(services, ctx, code).await.map_err(without_refusal)?;
    let (line, _) = scan_of(services, ctx, &reader, scan).await.map_err(without_refusal)?;
    let decisions: BTreeMap<(SittingId, OfficialId), Decision> =
        decisions.iter().map(|decision| ((decision.sitting, decision.official), *decision)).collect();
    let tx = services.db.write().await?;
    // What is put is judged by what stands inside the transaction.
    let pages = read::pages(At::Writer(&tx), Pages::Of(scan)).await?;
    let review = weighed(At::Writer(&tx), ctx, &reader, line, pages).await.map_err(without_refusal)?;
    let open: Vec<&OfSitting> = review.open().collect();
    if open.is_empty() {
        return Err(ActError::Refused(SettleRefusal::Settled));
    }
    let undecided: Vec<_> = open.iter().flat_map(|of| undecided(of, &decisions)).collect();
    if !undecided.is_empty() {
        return Err(ActError::Refused(SettleRefusal::Undecided(undecided)));
    }
    let why = why(ctx, &reader.proof, reason);
    let mut all = 0;
    for of in open {
        let sitting = of.sitting.id;
        let sheet = Sheet::of(&tx, ctx, &reader.class, &of.sitting).await?;
        let put = sheet.put_all(&tx, &why, &entries(of, &decisions), Source::Paper).await.map_err(|refused| of_roll(sitting, refused))?;
        if write::settle(&tx, &why, scan, sitting).await? == 0 {
            return Err(ActError::Stale);
        }
        note(&tx, ctx, "class.sheet_roll", &subject(code, sitting), &format!("scan {scan}: {put}")).await?;
        all += put;
    }
    tx.commit().await?;
    Ok(all)
}

fn of_roll(sitting: SittingId, refused: ActError<RollRefusal>) -> Refused {
    match refused {
        ActError::Refused(refusal) => ActError::Refused(SettleRefusal::Roll(sitting, refusal)),
        ActError::Forbidden(forbidden) => ActError::Forbidden(forbidden),
        ActError::NotFound => ActError::NotFound,
        ActError::Stale => ActError::Stale,
        ActError::Internal(error) => ActError::Internal(error),
    }
}

type Decisions = BTreeMap<(SittingId, OfficialId), Decision>;

/// What is chosen for a cell: what the person said, else what it says beyond doubt.
fn chosen(of: &OfSitting, cell: &super::Cell, decisions: &Decisions) -> Option<Choice> {
    let said = decisions.get(&(of.sitting.id, cell.attendee.official.0)).and_then(|decision| decision.choice);
    said.or_else(|| Choice::proposed(cell.ink.0, cell.stands.as_ref().map(|mark| mark.said)))
}

fn undecided(of: &OfSitting, decisions: &Decisions) -> Vec<(SittingId, OfficialId)> {
    let open = of.cells.iter().filter(|cell| chosen(of, cell, decisions).is_none());
    open.map(|cell| (of.sitting.id, cell.attendee.official.0)).collect()
}

fn entries(of: &OfSitting, decisions: &Decisions) -> Vec<Entry> {
    let entry = |cell: &super::Cell| {
        let official = cell.attendee.official.0;
        let said = chosen(of, cell, decisions)?.puts(cell.stands.as_ref().map(|mark| mark.said))?;
        let revision = decisions.get(&(of.sitting.id, official)).map_or(0, |decision| decision.revision);
        Some(Entry { official, said, note: String::new(), revision })
    };
    of.cells.iter().filter_map(entry).collect()
}

/// Takes a scan away of which no mark was put, for who brought it or keeps the class. Tells whether it went.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or it is not for the asker.
pub async fn drop_scan(services: &Services, ctx: &Ctx, code: &str, scan: i64) -> Result<bool, ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let (line, _) = scan_of(services, ctx, &reader, scan).await?;
    if !reader.keeps && !reader.brought(ctx, &line) {
        return Err(ActError::NotFound);
    }
    let tx = services.db.write().await?;
    if !write::drop_scan(&tx, scan).await? {
        return Ok(false);
    }
    store::write::register::sweep_scans(&tx).await?;
    note(&tx, ctx, "class.sheet_gone", &format!("class/{code}/scan/{scan}"), &line.name).await?;
    tx.commit().await?;
    Ok(true)
}
