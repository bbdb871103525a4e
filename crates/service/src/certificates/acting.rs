//! What is done about one paper: mended when the school made a mistake, confirmed when it was lost or damaged, taken back.
//! Not for: issuing (`issuing`).

use domain::certificates::{
    CertificateAct, CertificateFault, CertificateKind, CertificateState, Deed as Asked, Standing, consequence, faults, symbol,
};
use domain::ids::CertificateId;
use domain::roles::Authorised;
use domain::time::Date;
use store::read::certificates::{self as read, CertificateLine, Printed};
use store::read::classes;
use store::write::certificates::{self as write, Ending, NewCertificate};
use store::write::schemes::By;
use store::{At, WriteTx};

use super::issuing::{band_of, fresh_code};
use super::seal::{Sealed, Sealer};
use super::{CertificateRefusal, Refused, kept, plain, recognised, refuse};
use crate::noting::note;
use crate::{ActError, Ctx, Services};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed<'a> {
    /// The act.
    pub act: CertificateAct,
    /// Why.
    pub reason: &'a str,
    /// Number of the decision, for taking back.
    pub decision: &'a str,
    /// Day of the new paper.
    pub issued_on: Date,
    /// Post and name of who signs the new paper.
    pub signer: (&'a str, &'a str),
}

const fn audited(act: CertificateAct) -> &'static str {
    match act {
        CertificateAct::Issue => "certificate.issue",
        CertificateAct::Correct => "certificate.correct",
        CertificateAct::Confirm => "certificate.confirm",
        CertificateAct::Revoke => "certificate.revoke",
    }
}

/// Does something about a paper. Gives the key of the new paper, if there is one. A mended paper says what the register and the class say
/// now: name, day of birth, course.
///
/// # Errors
/// [`CertificateRefusal`]; [`ActError::NotFound`] for who does not keep the class; [`ActError::Stale`] when somebody else was quicker.
pub async fn act(services: &Services, ctx: &Ctx, id: CertificateId, deed: &Deed<'_>) -> Result<Option<CertificateId>, Refused> {
    let seen = read::one(At::Reader(&services.db), id).await?;
    let (_, proof) = kept(services, ctx, &seen.class.1).await.map_err(plain)?;
    let sealer = Sealer::in_use(services, ctx).await.map_err(plain)?;
    let tx = services.db.write().await?;
    let last = write::lock_numbers(&tx, seen.body, deed.issued_on.year()).await?;
    let paper = read::one(At::Writer(&tx), id).await?;
    let new = judged(&tx, ctx, &paper, deed).await?;
    let Some(follows) = consequence(deed.act, paper.kind) else {
        return refuse(CertificateRefusal::Faults(vec![CertificateFault::NotValid]));
    };
    let decision = (deed.act == CertificateAct::Revoke).then_some(deed.decision);
    if follows.paper != CertificateState::Valid {
        write::end(&tx, id, &Ending { state: follows.paper, on: ctx.today, reason: deed.reason, decision }).await?;
    }
    if follows.confirmation != CertificateState::Valid {
        let ending = Ending { state: follows.confirmation, on: ctx.today, reason: deed.reason, decision };
        write::end_kind(&tx, paper.record, CertificateKind::Completion, &ending).await?;
    }
    let made = match (follows.new, new) {
        (Some(kind), Some(printed)) => Some(renew(&tx, ctx, proof.as_ref(), (&sealer, last + 1), &paper, (kind, printed), deed).await?),
        _ => None,
    };
    note(&tx, ctx, audited(deed.act), &format!("certificate/{}", paper.symbol), deed.reason).await?;
    tx.commit().await?;
    Ok(made)
}

/// What is to be printed on the new paper, when the act may be done.
async fn judged(tx: &WriteTx, ctx: &Ctx, paper: &CertificateLine, deed: &Deed<'_>) -> Result<Option<Printed>, Refused> {
    let at = At::Writer(tx);
    let (class, outcome, due) = read::attended(at, paper.record).await?;
    let standing = Standing { class, outcome, paper: Some((paper.kind, paper.state)) };
    let mut found = faults(&standing, &Asked { act: deed.act, reason: deed.reason, decision: deed.decision });
    let makes_a_paper = deed.act != CertificateAct::Revoke;
    if makes_a_paper {
        let last = read::last_day(at, paper.body, deed.issued_on).await?;
        let is_odd =
            deed.issued_on > ctx.today || deed.issued_on < paper.printed.decision.1 || last.is_some_and(|last| deed.issued_on < last);
        found.extend(is_odd.then_some(CertificateFault::OddDay));
        let is_signed = !deed.signer.0.trim().is_empty() && !deed.signer.1.trim().is_empty();
        found.extend((!is_signed).then_some(CertificateFault::NoSigner));
    }
    if !found.is_empty() {
        return refuse(CertificateRefusal::Faults(found));
    }
    if !makes_a_paper {
        return Ok(None);
    }
    let line = classes::one(at, &paper.class.1, ctx.today).await?;
    let old = &paper.printed;
    let decision = recognised(&line).map_or_else(|| old.decision.clone(), |(number, day)| (number.to_owned(), day));
    let mut printed =
        Printed { issued_on: deed.issued_on, signer: (deed.signer.0.trim().to_owned(), deed.signer.1.trim().to_owned()), ..old.clone() };
    if deed.act == CertificateAct::Correct {
        printed = Printed {
            band: band_of(&line, &due),
            name: due.name,
            birth_on: due.birth_on,
            course: line.terms.name.clone(),
            days: (line.terms.starts_on, line.terms.ends_on),
            periods: due.periods,
            decision,
            ..printed
        };
    }
    Ok(Some(printed))
}

async fn renew(
    tx: &WriteTx,
    ctx: &Ctx,
    proof: Option<&Authorised>,
    (sealer, number): (&Sealer, i32),
    old: &CertificateLine,
    (kind, printed): (CertificateKind, Printed),
    deed: &Deed<'_>,
) -> Result<CertificateId, Refused> {
    let line = classes::one(At::Writer(tx), &old.class.1, ctx.today).await?;
    let year = printed.issued_on.year();
    let symbol = symbol(kind, number, year, &line.lead.0);
    let code = fresh_code().as_str().to_owned();
    let seal = sealer.seal(&Sealed::of(&code, &symbol, kind, &printed));
    let is_mended = deed.act == CertificateAct::Correct;
    let new = NewCertificate {
        record: old.record,
        class: old.class.0,
        body: old.body,
        number,
        symbol,
        kind,
        code: code.clone(),
        printed,
        seal,
        replaces: is_mended.then_some(old.id),
        confirms: if is_mended { old.confirms } else { Some(old.id) },
        reason: Some(deed.reason.trim().to_owned()),
    };
    write::add(tx, proof.map_or(By::System, By::Person), vec![new], ctx.now).await?;
    write::put_last_number(tx, old.body, year, number).await?;
    let papers = read::of_class(At::Writer(tx), old.class.0).await?;
    papers.into_iter().find(|paper| paper.code == code).map(|paper| paper.id).ok_or(ActError::NotFound)
}
