//! Certificates as PDF: one of them, or all of a class in portions beside a request, in one file or an archive.
//! Not for: looks (`documents::papers::certificate`).

use std::sync::Arc;

use ::documents::papers::Fonts;
use ::documents::papers::certificate::{Certificate, certificates};
use domain::certificates::code::Code;
use domain::ids::{CertificateId, ClassId};
use futures_util::future::try_join_all;
use store::StoreError;
use store::read::certificates::{self as read, CertificateLine};

use super::{address, kept, of_class, one, site};
use crate::noting::note;
use crate::work::{self, End, Made, Pack, Task, Watch};
use crate::{ActError, Ctx, Services};

/// Certificates of one PDF of an archive: how long nobody hears of progress, and how much is in memory at once.
const PORTION: u32 = 250;
/// Portions that are set at the same time: each keeps a core busy.
const LANES: usize = 2;
/// Pages of a file that is not an archive.
const MOST_ALONE: usize = 500;

/// What stands on the sheet.
fn sheet(paper: &CertificateLine, site: &str, confirmed: Option<&CertificateLine>) -> Certificate {
    let printed = &paper.printed;
    let code = Code::parse(&paper.code).map_or_else(|| paper.code.clone(), |code| code.printed());
    Certificate {
        kind: paper.kind,
        superior: None,
        issuer: printed.issuer.clone(),
        name: printed.name.clone(),
        birth_on: printed.birth_on,
        course: printed.course.clone(),
        days: printed.days,
        periods: printed.periods,
        band: printed.band.clone(),
        decision: printed.decision.clone(),
        confirms: confirmed.map(|old| (old.symbol.clone(), old.printed.issued_on)),
        place: printed.place.clone(),
        issued_on: printed.issued_on,
        signer: printed.signer.clone(),
        symbol: paper.symbol.clone(),
        site: format!("{}/verify", site.trim_start_matches("https://").trim_start_matches("http://")),
        // What follows the sign is never sent to a server; it proves the paper where there is no network.
        link: format!("{}#{}", address(site, &paper.code), paper.seal),
        code,
    }
}

fn sheets(papers: &[CertificateLine], all: &[CertificateLine], site: &str) -> Vec<Certificate> {
    let confirmed = |paper: &CertificateLine| paper.confirms.and_then(|id| all.iter().find(|other| other.id == id));
    papers.iter().map(|paper| sheet(paper, site, confirmed(paper))).collect()
}

fn surprise(error: &dyn std::error::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

async fn set(list: Vec<Certificate>, fonts: &'static Fonts) -> Result<Vec<u8>, StoreError> {
    let made = tokio::task::spawn_blocking(move || certificates(&list, fonts)).await;
    made.map_err(|error| surprise(&error))?.map_err(|error| surprise(&error))
}

/// One certificate as PDF, for who may see it; noted in the audit when it is somebody else's.
///
/// # Errors
/// [`ActError::NotFound`] for who may not.
pub async fn pdf(services: &Services, ctx: &Ctx, id: CertificateId, fonts: &'static Fonts) -> Result<Vec<u8>, ActError> {
    let view = one(services, ctx, id).await?;
    let is_own = ctx.who.as_ref().is_some_and(|who| who.official == Some(view.paper.official.0));
    let list = sheets(std::slice::from_ref(&view.paper), &view.others, &view.site);
    let bytes = set(list, fonts).await?;
    if !is_own {
        let tx = services.db.write().await?;
        note(&tx, ctx, "certificate.print", &format!("certificate/{}", view.paper.symbol), "").await?;
        tx.commit().await?;
    }
    Ok(bytes)
}

/// Name of the file of one certificate.
#[must_use]
pub fn own_pdf(paper: &CertificateLine) -> String {
    format!("chung-nhan-{}", paper.symbol.replace(['/', '.'], "-").to_lowercase())
}

/// Begins to set every valid certificate of a class beside the request.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep the class.
pub async fn begin_file(services: &Arc<Services>, ctx: &Ctx, code: &str, fonts: &'static Fonts) -> Result<(), ActError> {
    let (line, _) = kept(services, ctx, code).await?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "certificate.print", &super::subject(code), "").await?;
    tx.commit().await?;
    let view = of_class(services, ctx, code).await?;
    let of = view.papers.len();
    let name = format!("chung-nhan-{}", code.to_lowercase());
    let work = async move |services: Arc<Services>, watch: Arc<Watch>| match Box::pin(file(&services, line.id, (&name, of), fonts, &watch))
        .await
    {
        Ok(Some(made)) => End::Done(Some(Arc::new(made))),
        Ok(None) => End::Stopped,
        Err(error) => End::Broken(error.to_string()),
    };
    work::begin(services, (Task::CertificateFile, line.id.0), of, work);
    Ok(())
}

/// All certificates of a class: one PDF, or an archive of some when they are many; none when it was stopped.
async fn file(
    services: &Services,
    class: ClassId,
    (name, of): (&str, usize),
    fonts: &'static Fonts,
    watch: &Watch,
) -> Result<Option<Made>, StoreError> {
    let site = site(services).await.map_err(|error| surprise(&error))?.unwrap_or_default();
    let all = read::of_class(store::At::Reader(&services.db), class).await?;
    let portion = if of > MOST_ALONE { PORTION } else { u32::try_from(MOST_ALONE).unwrap_or(PORTION) };
    let (mut parts, mut after, mut done) = (Vec::new(), CertificateId(0), 0);
    loop {
        let mut lanes = Vec::with_capacity(LANES);
        for _ in 0..LANES {
            let papers = read::portion(&services.db, class, after, portion).await?;
            let Some(last) = papers.last() else { break };
            after = last.id;
            done += papers.len();
            lanes.push(set(sheets(&papers, &all, &site), fonts));
        }
        if lanes.is_empty() {
            break;
        }
        parts.extend(try_join_all(lanes).await?);
        if !watch.tell(done, of.max(done)) {
            return Ok(None);
        }
    }
    if parts.len() == 1 {
        let bytes = parts.pop().unwrap_or_default();
        return Ok(Some(Made::of(format!("{name}.pdf"), "application/pdf", done, &bytes)?));
    }
    let named = (1..).zip(parts).map(|(part, bytes): (usize, Vec<u8>)| (format!("{name}-{part:03}.pdf"), bytes)).collect();
    Ok(Some(Pack::begin()?.add(named).await?.finish(format!("{name}.zip"), Some(done))?))
}
