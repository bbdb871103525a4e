//! Scans that prove lines of a record: added and taken away by who keeps it, read by who may see what is masked; each reading of
//! another person's scan is noted.
//! Not for: which files are taken (`domain::register::scans`).

use domain::register::scans::{MOST_SCANS, Media, Proven, ScanFault, judge, plain_name};
use domain::roles::{Act, Forbidden};
use store::read::people::{Person, ScanLine, scan_bytes};
use store::write::audit;
use store::write::register::{self as write, NewScan};

use super::identity::found;
use super::keeping::{self, Keeper};
use super::{person, sees_private};
use crate::{ActError, Ctx, Services};

/// Why a scan is not taken or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanRefusal {
    /// A rule of scans.
    Fault(ScanFault),
    /// A change must say why.
    NoReason,
}

type Refused = ActError<Vec<ScanRefusal>>;

/// A scan with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whether a record has such a line.
#[must_use]
pub fn has_line(official: &Person, line: Proven, row: i64) -> bool {
    match line {
        Proven::Posting => official.postings.iter().any(|l| l.id == row),
        Proven::Secondment => official.secondments.iter().any(|l| l.id == row),
        Proven::Qualification => official.qualifications.iter().any(|l| l.id == row),
        Proven::Rating => official.ratings.iter().any(|l| l.id == row),
        Proven::TrainingRecord => official.records.iter().any(|l| l.id == row),
        Proven::PlannedPost => official.planned.iter().any(|l| l.id == row),
        Proven::Commitment => official.commitments.iter().any(|l| l.id == row),
    }
}

/// Adds a scan to a line.
///
/// # Errors
/// [`ActError::NotFound`] when the line is not this person's; every [`ScanRefusal`] that applies.
pub async fn add_scan(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    (line, row): (Proven, i64),
    (name, bytes): (&str, &[u8]),
    reason: &str,
) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    if !has_line(&official, line, row) {
        return Err(ActError::NotFound);
    }
    let digest = crate::sessions::digest_of(&[bytes]);
    let media = judge(bytes);
    let is_again = official.scans.iter().any(|scan| (scan.line, scan.row) == (line, row) && scan.digest == digest);
    let mut refusals = Vec::new();
    refusals.extend(media.err().map(ScanRefusal::Fault));
    refusals.extend((official.scans.len() >= MOST_SCANS).then_some(ScanRefusal::Fault(ScanFault::TooMany)));
    refusals.extend(is_again.then_some(ScanRefusal::Fault(ScanFault::Again)));
    refusals.extend((!keeping::is_reason(reason)).then_some(ScanRefusal::NoReason));
    let (Ok(media), true) = (media, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let new = NewScan { official: official.id, line, row, name: &plain_name(name), media, bytes, digest: &digest };
    let tx = services.db.write().await?;
    write::add_scan(&tx, &keeper.why(ctx, reason), &new).await?;
    keeper.commit(tx, ctx, "register.scan", &official.code, reason).await?;
    Ok(())
}

/// Takes a scan away; the change keeps that it was there, and taking that back brings it again.
///
/// # Errors
/// [`ActError::NotFound`] when it is not this person's; [`ScanRefusal::NoReason`].
pub async fn remove_scan(services: &Services, ctx: &Ctx, code: &str, scan: i64, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    of(&official, scan).ok_or(ActError::NotFound)?;
    if !keeping::is_reason(reason) {
        return Err(ActError::Refused(vec![ScanRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    write::remove_scan(&tx, &keeper.why(ctx, reason), official.id, scan).await?;
    keeper.commit(tx, ctx, "register.scan_gone", &official.code, reason).await?;
    Ok(())
}

fn of(official: &Person, scan: i64) -> Option<&ScanLine> {
    official.scans.iter().find(|line| line.id == scan)
}

/// A scan to look at: one's own, or that of a person whose masked facts the asker may see; the latter is noted in the audit.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such scan, [`ActError::Forbidden`] when the asker may see the record but not what is masked.
pub async fn scan(services: &Services, ctx: &Ctx, code: &str, scan: i64) -> Result<Scan, ActError> {
    let official = person(services, ctx, code).await?;
    let line = of(&official, scan).ok_or(ActError::NotFound)?;
    let is_own = ctx.who.as_ref().is_some_and(|who| who.official == Some(official.id));
    if !is_own {
        if !sees_private(services, ctx, &official).await? {
            return Err(Forbidden { act: Act::ExportPeople }.into());
        }
        note(services, ctx, &official, scan).await?;
    }
    let bytes = scan_bytes(&services.db, &line.digest).await?;
    Ok(Scan { name: line.name.clone(), media: line.media, bytes })
}

async fn note(services: &Services, ctx: &Ctx, official: &Person, scan: i64) -> Result<(), ActError> {
    let subject = format!("official/{}/scan/{scan}", official.code);
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "people.scan",
        subject: &subject,
        before: None,
        after: None,
        reason: "",
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}
