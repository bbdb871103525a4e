//! Scans of signed papers: added by who acts for the holder or keeps procedures, looked at by whoever sees the paper.
//! Not for: which files are taken (`domain::register::scans`).

use domain::ids::CaseId;
use domain::papers::CaseState;
use domain::register::scans::{Media, ScanFault, judge, plain_name};
use domain::roles::Act;
use sha2::{Digest, Sha256};
use store::read::papers as read;
use store::read::people::scan_bytes;
use store::write::papers::{self as write, NewEvent, NewPaperScan};

use super::moving::{may_act, seen};
use super::{by, note, procedures, proof};
use crate::{ActError, Ctx, Services};

/// Most scans of one paper.
const MOST: usize = 20;

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

/// Adds a scan to a paper that is signed.
///
/// # Errors
/// [`ScanFault`], [`ActError::Forbidden`] for those who neither hold the paper nor keep procedures.
pub async fn add_scan(services: &Services, ctx: &Ctx, id: CaseId, name: &str, bytes: &[u8]) -> Result<(), ActError<ScanFault>> {
    let proof = proof(ctx)?;
    let case = seen(services, ctx, id).await?;
    let (procedure, _) = procedures::stored(services, &case.route).await?;
    let step = procedure.step(&case.step).ok_or(ActError::NotFound)?;
    let holds = case.state == CaseState::Open && may_act(services, ctx, &case, step).await.map_err(crate::registry::without_refusal)?;
    if case.signed.is_none() || (!holds && !ctx.may(Act::KeepProcedures)) {
        return Err(domain::roles::Forbidden { act: Act::HandlePapers }.into());
    }
    let media = judge(bytes).map_err(ActError::Refused)?;
    let scans = read::scans(&services.db, id).await?;
    let digest = Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    if scans.len() >= MOST {
        return Err(ActError::Refused(ScanFault::TooMany));
    }
    if scans.iter().any(|scan| scan.digest == digest) {
        return Err(ActError::Refused(ScanFault::Again));
    }
    let tx = services.db.write().await?;
    let by = by(proof.as_ref());
    let name = plain_name(name);
    write::add_paper_scan(&tx, by, id, &NewPaperScan { name: &name, media, bytes, digest: &digest }, ctx.now).await?;
    let event = NewEvent { act: "scan", step: &case.step, to_step: None, opinion: None, words: "" };
    write::event(&tx, by, id, &event, ctx.now).await?;
    note(&tx, ctx, "paper.scan", id, "").await?;
    Ok(tx.commit().await?)
}

/// A scan of a paper.
///
/// # Errors
/// [`ActError::NotFound`] when the asker may not see the paper, or it has no such scan.
pub async fn scan(services: &Services, ctx: &Ctx, id: CaseId, scan: i64) -> Result<Scan, ActError> {
    seen(services, ctx, id).await?;
    let line = read::scans(&services.db, id).await?.into_iter().find(|line| line.id == scan).ok_or(ActError::NotFound)?;
    let bytes = scan_bytes(&services.db, &line.digest).await?;
    Ok(Scan { name: line.name, media: line.media, bytes })
}
