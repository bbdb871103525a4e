//! Scans of signed papers: added by who acts for the holder or keeps procedures, looked at by whoever sees the paper. The code at the foot
//! says which paper a scan is of: it is filed there, and refused elsewhere.
//! Not for: which files are taken (`domain::register::scans`).

use domain::ids::CaseId;
use domain::papers::CaseState;
use domain::register::scans::{Media, ScanFault, judge, plain_name};
use domain::roles::Act;
use store::read::papers as read;
use store::read::people::scan_bytes;
use store::write::papers::{self as write, NewEvent, NewPaperScan};

use super::moving::{may_act, seen};
use super::{by, note, procedures, proof};
use crate::documents::{Code, read_code};
use crate::sessions::digest_of;
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

/// Why a scan is not filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanRefusal {
    /// The file is not taken.
    File(ScanFault),
    /// Its code names another paper: key and title, as far as the asker may see it.
    OtherPaper(Option<(CaseId, String)>),
    /// Its code names no paper of this province.
    Foreign,
    /// No code can be read on it.
    NoCode,
}

impl ScanRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(fault) => fault.code(),
            Self::OtherPaper(_) => "other_paper",
            Self::Foreign => "foreign",
            Self::NoCode => "no_code",
        }
    }
}

/// The paper that the code on a scan names; none when no code can be read on it.
async fn named(services: &Services, bytes: &[u8]) -> Result<Option<CaseId>, ActError<ScanRefusal>> {
    // A file that the reader does not understand is looked at by people, as one without a code.
    let Ok(Some(code)) = read_code(bytes.to_vec()).await else { return Ok(None) };
    match read::case(&services.db, code.case).await {
        Ok(case) if Code::of(&case) == code => Ok(Some(case.id)),
        Ok(_) | Err(store::StoreError::NotFound) => Err(ActError::Refused(ScanRefusal::Foreign)),
        Err(error) => Err(error.into()),
    }
}

/// Files a scan at the paper that its code names. Tells which.
///
/// # Errors
/// [`ScanRefusal::NoCode`] when none can be read; else as [`add_scan`].
pub async fn file_scan(services: &Services, ctx: &Ctx, name: &str, bytes: &[u8]) -> Result<CaseId, ActError<ScanRefusal>> {
    proof::<ScanRefusal>(ctx)?;
    judge(bytes).map_err(|fault| ActError::Refused(ScanRefusal::File(fault)))?;
    let id = named(services, bytes).await?.ok_or(ActError::Refused(ScanRefusal::NoCode))?;
    add(services, ctx, id, name, bytes).await?;
    Ok(id)
}

/// Adds a scan to a paper that is signed.
///
/// # Errors
/// [`ScanRefusal`], [`ActError::Forbidden`] for those who neither hold the paper nor keep procedures.
pub async fn add_scan(services: &Services, ctx: &Ctx, id: CaseId, name: &str, bytes: &[u8]) -> Result<(), ActError<ScanRefusal>> {
    seen::<ScanRefusal>(services, ctx, id).await?;
    let other = named(services, bytes).await?.filter(|other| *other != id);
    if let Some(other) = other {
        let told = match seen::<ScanRefusal>(services, ctx, other).await {
            Ok(case) => Some((case.id, case.title)),
            Err(ActError::NotFound) => None,
            Err(error) => return Err(error),
        };
        return Err(ActError::Refused(ScanRefusal::OtherPaper(told)));
    }
    add(services, ctx, id, name, bytes).await
}

async fn add(services: &Services, ctx: &Ctx, id: CaseId, name: &str, bytes: &[u8]) -> Result<(), ActError<ScanRefusal>> {
    let refuse = |fault: ScanFault| ActError::Refused(ScanRefusal::File(fault));
    let proof = proof(ctx)?;
    let case = seen(services, ctx, id).await?;
    let procedure = procedures::stored(services, &case.route).await?;
    let step = procedure.step(&case.step).ok_or(ActError::NotFound)?;
    let holds = case.state == CaseState::Open && may_act(services, ctx, &case, step).await.map_err(crate::registry::without_refusal)?;
    if case.signed.is_none() || (!holds && !ctx.may(Act::KeepProcedures)) {
        return Err(domain::roles::Forbidden { act: Act::HandlePapers }.into());
    }
    let media = judge(bytes).map_err(refuse)?;
    let scans = read::scans(&services.db, id).await?;
    let digest = digest_of(&[bytes]);
    if scans.len() >= MOST {
        return Err(refuse(ScanFault::TooMany));
    }
    if scans.iter().any(|scan| scan.digest == digest) {
        return Err(refuse(ScanFault::Again));
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
