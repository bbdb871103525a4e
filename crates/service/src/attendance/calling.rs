//! The roll called: on the page, all or nothing; or without network and sent later, once under its key, each mark on its own.
//! Not for: reading it (`super`).

use std::collections::BTreeMap;

use domain::attendance::{Mark, MarkFault, Said, Source, Wish, mark_faults};
use domain::ids::{OfficialId, SittingId};
use domain::training::Outcome;
use serde::{Deserialize, Serialize};
use store::read::attendance::{self as read, MarkLine, Marks};
use store::read::classes::{ClassLine, SittingLine};
use store::write::attendance::{self as write, NewMark};
use store::write::register::Why;
use store::{At, StoreError, WriteTx};

use super::{Refused, RollRefusal, caller, is_open, sitting_of, subject};
use crate::classes::seen;
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::{Proof, why};
use crate::{ActError, Ctx, Services};

/// A mark as it is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub official: OfficialId,
    /// What is said.
    pub said: Said,
    /// Reason of an absence.
    pub note: String,
    /// The revision of the mark that was seen; 0 where none stood.
    pub revision: i32,
}

/// Somebody else's mark in the way of one that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theirs {
    /// Whose.
    pub official: i64,
    /// Code of the mark that stands.
    pub mark: String,
    /// Its minutes.
    pub minutes: i32,
    /// Its revision.
    pub revision: i32,
}

/// What became of a roll that was sent later.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Synced {
    /// Marks that were put or stood so already.
    pub kept: usize,
    /// Marks that were changed meanwhile.
    pub conflicts: Vec<Theirs>,
    /// Marks with faults: whose, and the code of the fault.
    pub faults: Vec<(i64, String)>,
}

/// Longest key of a roll that is sent later.
const MOST_KEY: usize = 80;

/// Calls or corrects the roll of a sitting. Tells how many marks were put.
///
/// # Errors
/// [`RollRefusal`]: nothing is put then.
pub async fn call(
    services: &Services,
    ctx: &Ctx,
    (code, sitting): (&str, SittingId),
    entries: &[Entry],
    reason: &str,
    source: Source,
) -> Result<usize, Refused> {
    let (class, sitting, proof) = opened(services, ctx, code, sitting).await?;
    let tx = services.db.write().await?;
    let sheet = Sheet::of(&tx, ctx, &class, &sitting).await?;
    let put = sheet.put_all(&tx, &why(ctx, &proof, reason), entries, source).await?;
    note(&tx, ctx, "class.roll", &subject(code, sitting.id), &put.to_string()).await?;
    tx.commit().await?;
    Ok(put)
}

async fn opened(services: &Services, ctx: &Ctx, code: &str, sitting: SittingId) -> Result<(ClassLine, SittingLine, Proof), Refused> {
    let class = seen(services, ctx, code).await.map_err(without_refusal)?;
    let sitting = sitting_of(services, &class, sitting).await.map_err(without_refusal)?;
    let proof = caller(services, ctx, &class, &sitting).await.map_err(without_refusal)?;
    match not_now(ctx, &class, &sitting) {
        Some(refusal) => Err(ActError::Refused(refusal)),
        None => Ok((class, sitting, proof)),
    }
}

/// Why no mark of a sitting can be put now.
pub(super) fn not_now(ctx: &Ctx, class: &ClassLine, sitting: &SittingLine) -> Option<RollRefusal> {
    if !is_open(class) {
        return Some(RollRefusal::NotNow);
    }
    (sitting.sitting.on > ctx.today).then_some(RollRefusal::TooEarly)
}

/// Puts marks of a roll that was called without network. It is done once under its key: sent again, it gives the same answer. A mark that
/// somebody else changed meanwhile stays as it is and is told; so is one with a fault.
///
/// # Errors
/// [`RollRefusal::NotNow`] and [`RollRefusal::TooEarly`]; [`ActError::Stale`] when the same key is being done at the same time.
pub async fn sync(
    services: &Services,
    ctx: &Ctx,
    (code, sitting): (&str, SittingId),
    key: &str,
    entries: &[Entry],
    (reason, source): (&str, Source),
) -> Result<Synced, Refused> {
    let (class, sitting, proof) = opened(services, ctx, code, sitting).await?;
    if key.is_empty() || key.len() > MOST_KEY {
        return Err(ActError::NotFound);
    }
    let tx = services.db.write().await?;
    if let Some(before) = read::answered(At::Writer(&tx), sitting.id, key).await? {
        return serde_json::from_str(&before).map_err(|_| StoreError::Unreadable(before).into());
    }
    let sheet = Sheet::of(&tx, ctx, &class, &sitting).await?;
    let why = why(ctx, &proof, reason);
    let mut synced = Synced::default();
    for entry in entries {
        let faults = sheet.faults(entry, reason);
        if let Some((official, fault)) = faults.first() {
            synced.faults.push((official.0, fault.code().to_owned()));
        } else if let Some(theirs) = sheet.in_the_way(entry) {
            let (mark, minutes) = (theirs.said.mark.code().to_owned(), theirs.said.minutes);
            synced.conflicts.push(Theirs { official: entry.official.0, mark, minutes, revision: theirs.revision });
        } else {
            sheet.put(&tx, &why, entry, source).await?;
            synced.kept += 1;
        }
    }
    let answer = serde_json::to_string(&synced).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    write::answer(&tx, &why, sitting.id, key, &answer).await?;
    note(&tx, ctx, "class.roll_sync", &subject(code, sitting.id), &synced.kept.to_string()).await?;
    tx.commit().await?;
    Ok(synced)
}

/// The roll as it stands inside the transaction.
pub(super) struct Sheet {
    sitting: SittingId,
    is_past: bool,
    learners: Vec<OfficialId>,
    marks: BTreeMap<OfficialId, MarkLine>,
}

impl Sheet {
    pub(super) async fn of(tx: &WriteTx, ctx: &Ctx, class: &ClassLine, sitting: &SittingLine) -> Result<Self, StoreError> {
        let at = At::Writer(tx);
        let learners = read::attendees(at, class.id, ctx.today).await?;
        let marks = read::marks(at, Marks::Of(sitting.id)).await?;
        Ok(Self {
            sitting: sitting.id,
            is_past: sitting.sitting.on < ctx.today,
            learners: learners.into_iter().filter(|one| one.outcome != Outcome::Withdrawn).map(|one| one.official.0).collect(),
            marks: marks.into_iter().map(|mark| (mark.official, mark)).collect(),
        })
    }

    /// Puts all marks or none; tells how many were put.
    pub(super) async fn put_all(&self, tx: &WriteTx, why: &Why<'_>, entries: &[Entry], source: Source) -> Result<usize, Refused> {
        let faults: Vec<(OfficialId, MarkFault)> = entries.iter().flat_map(|entry| self.faults(entry, why.words)).collect();
        if !faults.is_empty() {
            return Err(ActError::Refused(RollRefusal::Marks(faults)));
        }
        let changed: Vec<(OfficialId, Said)> =
            entries.iter().filter_map(|entry| Some((entry.official, self.in_the_way(entry)?.said))).collect();
        if !changed.is_empty() {
            return Err(ActError::Refused(RollRefusal::Changed(changed)));
        }
        let mut put = 0;
        for entry in entries {
            put += usize::from(self.put(tx, why, entry, source).await?);
        }
        Ok(put)
    }

    fn stands(&self, entry: &Entry) -> Option<&MarkLine> {
        self.marks.get(&entry.official)
    }

    fn faults(&self, entry: &Entry, reason: &str) -> Vec<(OfficialId, MarkFault)> {
        let stands = self.stands(entry).map(|mark| mark.said);
        if !self.learners.contains(&entry.official) && stands.is_none() {
            return vec![(entry.official, MarkFault::NotLearner)];
        }
        let wish = Wish { said: entry.said, note: &entry.note, stands, is_past: self.is_past, why: reason };
        mark_faults(&wish).into_iter().map(|fault| (entry.official, fault)).collect()
    }

    /// The mark that somebody else put since it was seen, unless it says the same.
    fn in_the_way(&self, entry: &Entry) -> Option<&MarkLine> {
        let stands = self.stands(entry)?;
        (stands.revision != entry.revision && stands.said != entry.said).then_some(stands)
    }

    async fn put(&self, tx: &WriteTx, why: &Why<'_>, entry: &Entry, source: Source) -> Result<bool, StoreError> {
        let minutes = if entry.said.mark == Mark::Late { entry.said.minutes } else { 0 };
        let said = Said { minutes, ..entry.said };
        let note = if matches!(said.mark, Mark::Present) { "" } else { entry.note.trim() };
        let stands = self.stands(entry);
        if stands.is_some_and(|mark| mark.said == said && mark.note == note) {
            return Ok(false);
        }
        let new = NewMark { sitting: self.sitting, official: entry.official, said, source, note, device: None };
        write::put(tx, why, &new, stands).await?;
        Ok(true)
    }
}
