//! Certificates issued to everybody of a class who finished, in portions: each portion is one transaction, so a process that ends in the
//! middle leaves whole portions, and the run goes on where it stopped.
//! Not for: a single paper (`acting`).

use std::sync::Arc;

use domain::certificates::code::Code;
use domain::certificates::{CertificateFault, CertificateKind, symbol};
use domain::ids::ClassId;
use domain::time::Date;
use domain::training::ClassStatus;
use law::CourseEnd;
use store::At;
use store::read::certificates::{self as read, Due, Printed, RunLine};
use store::read::classes::{self as classes, ClassLine};
use store::write::certificates::{self as write, NewCertificate, NewRun};
use store::write::put_setting;
use store::write::schemes::By;

use super::seal::{Sealed, Sealer};
use super::{CertificateRefusal, Refused, SITE, is_running, is_site, kept, plain, recognised, refuse, subject};
use crate::lawbook::law;
use crate::noting::note;
use crate::work::{self, End, Task, Watch};
use crate::{ActError, Ctx, Services};

/// What stands on every paper of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms<'a> {
    /// The day.
    pub issued_on: Date,
    /// Who grants them.
    pub issuer: &'a str,
    /// Where.
    pub place: &'a str,
    /// Post of who signs.
    pub signer_post: &'a str,
    /// Name of who signs.
    pub signer_name: &'a str,
    /// Address of this site for the code: `https://dao-tao.tinh.gov.vn`.
    pub site: &'a str,
}

/// Papers of one transaction: others who write wait no longer than that, and no more is done twice after a kill.
const PORTION: u32 = 200;

fn faults(line: &ClassLine, terms: &Terms<'_>, today: Date, last: Option<Date>) -> Result<(), Refused> {
    let fields = [("issuer", terms.issuer), ("place", terms.place), ("signer_post", terms.signer_post)];
    if let Some((field, _)) = fields.into_iter().find(|(_, text)| text.trim().is_empty()) {
        return refuse(CertificateRefusal::Empty(field));
    }
    if !is_site(terms.site.trim().trim_end_matches('/')) {
        return refuse(CertificateRefusal::BadSite);
    }
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: CertificateFault| faults.extend(is_wrong.then_some(fault));
    fault(!matches!(line.status, ClassStatus::Recognised | ClassStatus::Closed), CertificateFault::NotRecognised);
    fault(terms.signer_name.trim().is_empty(), CertificateFault::NoSigner);
    // Days follow the numbers: a later number never has an earlier day.
    let is_odd = recognised(line).is_some_and(|(_, day)| terms.issued_on < day)
        || terms.issued_on > today
        || last.is_some_and(|last| terms.issued_on < last);
    fault(is_odd, CertificateFault::OddDay);
    if faults.is_empty() { Ok(()) } else { refuse(CertificateRefusal::Faults(faults)) }
}

/// Writes down that certificates of a class are issued, with what stands on each; a run that stopped before ends. Gives the key of the run.
///
/// # Errors
/// [`CertificateRefusal`].
pub async fn start(services: &Services, ctx: &Ctx, code: &str, terms: &Terms<'_>) -> Result<i64, Refused> {
    let (line, proof) = kept(services, ctx, code).await.map_err(plain)?;
    let last = read::last_day(At::Reader(&services.db), line.terms.lead, terms.issued_on).await?;
    faults(&line, terms, ctx.today, last)?;
    let wanted = read::count_due(At::Reader(&services.db), line.id).await?;
    if wanted == 0 {
        return refuse(CertificateRefusal::NobodyLeft);
    }
    Sealer::in_use(services, ctx).await.map_err(plain)?;
    let by = proof.as_ref().map_or(By::System, By::Person);
    let tx = services.db.write().await?;
    for open in read::runs(At::Writer(&tx), line.id).await?.iter().filter(|run| run.ended_at.is_none()) {
        write::count_run(&tx, open.id, 0, Some(ctx.now)).await?;
    }
    let new = NewRun {
        class: line.id,
        issued_on: terms.issued_on,
        issuer: terms.issuer,
        place: terms.place,
        signer: (terms.signer_post, terms.signer_name),
        wanted,
    };
    let run = write::add_run(&tx, by, &new, ctx.now).await?;
    put_setting(&tx, SITE, terms.site.trim().trim_end_matches('/')).await?;
    note(&tx, ctx, "certificate.issue", &subject(code), &format!("{wanted}; {}", terms.signer_name.trim())).await?;
    tx.commit().await?;
    Ok(run)
}

/// Issues what is left of the open run of a class, portion by portion; tells whether everything is done. It stops between two portions
/// when the watch says so, and goes on with the next call.
///
/// # Errors
/// [`ActError::NotFound`] when no run is open; [`ActError::Stale`] when somebody else issued at the same time: nothing is done twice.
pub async fn carry(services: &Services, ctx: &Ctx, code: &str, watch: &Watch) -> Result<bool, Refused> {
    let (line, proof) = kept(services, ctx, code).await.map_err(plain)?;
    let sealer = Sealer::in_use(services, ctx).await.map_err(plain)?;
    let by = proof.as_ref().map_or(By::System, By::Person);
    loop {
        let (run, is_over) = portion(services, ctx, (line.id, code), by, &sealer).await?;
        let many = |n: i32| usize::try_from(n).unwrap_or(0);
        let goes_on = watch.tell(many(run.made), many(run.wanted));
        if is_over || !goes_on {
            return Ok(is_over);
        }
    }
}

/// One portion; the run as it is after it, and whether nobody is left.
async fn portion(
    services: &Services,
    ctx: &Ctx,
    (class, code): (ClassId, &str),
    by: By<'_>,
    sealer: &Sealer,
) -> Result<(RunLine, bool), Refused> {
    let tx = services.db.write().await?;
    let at = At::Writer(&tx);
    let line = classes::one(at, code, ctx.today).await?;
    let Some(mut run) = read::runs(at, class).await?.into_iter().find(|run| run.ended_at.is_none()) else {
        return Err(ActError::NotFound);
    };
    let (Some((decision, decided_on)), true) = (recognised(&line), matches!(line.status, ClassStatus::Recognised | ClassStatus::Closed))
    else {
        return refuse(CertificateRefusal::Faults(vec![CertificateFault::NotRecognised]));
    };
    // From here on nobody else takes numbers of this body, nor issues for this class.
    let last = write::lock_numbers(&tx, line.terms.lead, run.issued_on.year()).await?;
    let due = read::due(at, class, PORTION).await?;
    let made = i32::try_from(due.len()).unwrap_or(i32::MAX);
    let papers = (last + 1..)
        .zip(due)
        .map(|(number, due)| {
            let again = due.again;
            let (record, printed) = printed(&line, &run, (decision, decided_on), due);
            NewCertificate { replaces: again, ..paper(sealer, (&line, record), number, printed) }
        })
        .collect();
    write::add(&tx, by, papers, ctx.now).await?;
    write::put_last_number(&tx, line.terms.lead, run.issued_on.year(), last + made).await?;
    let is_over = made < i32::try_from(PORTION).unwrap_or(i32::MAX);
    write::count_run(&tx, run.id, made, is_over.then_some(ctx.now)).await?;
    tx.commit().await?;
    run.made += made;
    Ok((run, is_over))
}

type OfRecord = domain::ids::RecordId;

/// What the law of the last day calls the mean that was recognised; nothing where it calls it nothing.
pub(super) fn band_of(line: &ClassLine, due: &Due) -> Option<String> {
    let (staff, mean) = due.graded?;
    let step = law::results::band(law().ok()?, staff, CourseEnd(line.terms.ends_on), mean)?;
    Some(step.name.vi.clone())
}

fn printed(line: &ClassLine, run: &RunLine, (decision, decided_on): (&str, Date), due: Due) -> (OfRecord, Printed) {
    let band = band_of(line, &due);
    let printed = Printed {
        name: due.name,
        birth_on: due.birth_on,
        course: line.terms.name.clone(),
        days: (line.terms.starts_on, line.terms.ends_on),
        periods: due.periods,
        band,
        decision: (decision.to_owned(), decided_on),
        issuer: run.issuer.clone(),
        place: run.place.clone(),
        issued_on: run.issued_on,
        signer: run.signer.clone(),
    };
    (due.record, printed)
}

fn paper(sealer: &Sealer, (line, record): (&ClassLine, OfRecord), number: i32, printed: Printed) -> NewCertificate {
    let kind = CertificateKind::Certificate;
    let symbol = symbol(kind, number, printed.issued_on.year(), &line.lead.0);
    let code = fresh_code().as_str().to_owned();
    let seal = sealer.seal(&Sealed::of(&code, &symbol, kind, &printed));
    let (class, body) = (line.id, line.terms.lead);
    NewCertificate { record, class, body, number, symbol, kind, code, printed, seal, replaces: None, confirms: None, reason: None }
}

/// A code that nobody guesses.
pub(super) fn fresh_code() -> Code {
    loop {
        let mut bytes = [0_u8; 64];
        // Without randomness no code may exist.
        if getrandom::fill(&mut bytes).is_err() {
            std::process::abort();
        }
        if let Some(code) = Code::of(&bytes) {
            return code;
        }
    }
}

/// Begins the open run of a class beside the request; nothing happens when it runs already.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep the class; [`ActError::NotFound`] when no run is open.
pub async fn go_on(services: &Arc<Services>, ctx: &Ctx, code: &str) -> Result<(), ActError> {
    let (line, _) = kept(services, ctx, code).await?;
    let runs = read::runs(At::Reader(&services.db), line.id).await?;
    let run = runs.into_iter().find(|run| run.ended_at.is_none()).ok_or(ActError::NotFound)?;
    let (ctx, code) = (ctx.clone(), code.to_owned());
    let of = usize::try_from(run.wanted).unwrap_or(0);
    let work = async move |services: Arc<Services>, watch: Arc<Watch>| match carry(&services, &ctx, &code, &watch).await {
        Ok(true) => End::Done(None),
        Ok(false) => End::Stopped,
        Err(error) => End::from(error),
    };
    work::begin(services, (Task::Certificates, line.id.0), of, work);
    Ok(())
}

/// Starts a run and begins it beside the request.
///
/// # Errors
/// As [`start`]; [`ActError::Stale`] while another one runs.
pub async fn begin(services: &Arc<Services>, ctx: &Ctx, code: &str, terms: &Terms<'_>) -> Result<(), Refused> {
    let (line, _) = kept(services, ctx, code).await.map_err(plain)?;
    if is_running(services, (Task::Certificates, line.id.0)) {
        return Err(ActError::Stale);
    }
    start(services, ctx, code, terms).await?;
    go_on(services, ctx, code).await.map_err(plain)
}
