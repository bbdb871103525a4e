//! Who an official is: a new one, changes, and the masked part shown for a purpose.
//! Not for: rules of identities (`domain::register`).

use domain::ids::OfficialId;
use domain::register::{IdentityFault, identity_faults};
use store::read::people::{Person, scan_bytes};
use store::read::register::{self as read, ChangeLine, Masked};
use store::write::audit;
use store::write::register::{self as write, Identity};

use super::career::{CareerRefusal, Move};
use super::keeping::{self, Keeper};
use super::{person, sees_private};
use crate::{ActError, Ctx, Services};

/// Why an identity is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityRefusal {
    /// A rule of identities.
    Fault(IdentityFault),
    /// Another official has the staff code.
    CodeTaken,
    /// A change must say why.
    NoReason,
    /// A rule of the first posting.
    Career(CareerRefusal),
}

type Refused = ActError<Vec<IdentityRefusal>>;

fn faults(identity: &Identity, ctx: &Ctx, reason: &str) -> Vec<IdentityRefusal> {
    let mut refusals: Vec<_> =
        identity_faults(&super::merging::facts(identity), ctx.today).into_iter().map(IdentityRefusal::Fault).collect();
    refusals.extend((!keeping::is_reason(reason)).then_some(IdentityRefusal::NoReason));
    refusals
}

/// Writes a new official with the first posting.
///
/// # Errors
/// Every [`IdentityRefusal`] that applies.
pub async fn add(services: &Services, ctx: &Ctx, identity: &Identity, first: &Move<'_>, reason: &str) -> Result<OfficialId, Refused> {
    let keeper = Keeper::of_unit(services, ctx, first.unit).await?;
    let mut refusals = faults(identity, ctx, reason);
    let place = super::career::place(services, ctx, first).await?;
    let judged = super::career::judge(first, &place, &[], identity.birth_on, None);
    refusals.extend(judged.into_iter().map(IdentityRefusal::Career));
    refusals.extend(read::is_code_taken(&services.db, &identity.code).await?.then_some(IdentityRefusal::CodeTaken));
    let (Some(unit), true) = (place, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let why = keeper.why(ctx, reason);
    let tx = services.db.write().await?;
    let official = match write::add_official(&tx, &why, identity).await {
        Err(store::StoreError::Duplicate) => return Err(ActError::Refused(vec![IdentityRefusal::CodeTaken])),
        other => other?,
    };
    write::begin_posting(&tx, &why, &first.posting(official, &unit, true)).await?;
    keeper.commit(tx, ctx, "register.add", &identity.code, reason).await?;
    Ok(official)
}

/// Changes who an official is. `revision` is the one the form was made from.
///
/// # Errors
/// Every [`IdentityRefusal`] that applies, [`ActError::Stale`] when someone changed it since.
pub async fn amend(services: &Services, ctx: &Ctx, code: &str, revision: i32, identity: &Identity, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    amend_as(services, ctx, &keeper, &official, revision, identity, ("register.amend", reason)).await
}

/// Changes who an official is, by a keeper; the act is how the audit names it.
pub(super) async fn amend_as(
    services: &Services,
    ctx: &Ctx,
    keeper: &Keeper,
    official: &Person,
    revision: i32,
    identity: &Identity,
    (act, reason): (&str, &str),
) -> Result<(), Refused> {
    let mut refusals = faults(identity, ctx, reason);
    let is_other = identity.code != official.code;
    refusals.extend((is_other && read::is_code_taken(&services.db, &identity.code).await?).then_some(IdentityRefusal::CodeTaken));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::amend_official(&tx, &keeper.why(ctx, reason), official.id, revision, identity).await?;
    keeper.commit(tx, ctx, act, &official.code, reason).await?;
    Ok(())
}

/// A person's record as the asker sees it, for an act with rules.
pub(super) async fn found<R>(services: &Services, ctx: &Ctx, code: &str) -> Result<Person, ActError<R>> {
    person(services, ctx, code).await.map_err(keeping::without_refusal)
}

/// Shows the masked part of an identity to who keeps the record or to the person; everybody else's look is noted with its purpose.
///
/// # Errors
/// [`ActError::Forbidden`] for who may see the record but not what is masked, [`IdentityRefusal::NoReason`] without a purpose.
pub async fn reveal(services: &Services, ctx: &Ctx, code: &str, purpose: &str) -> Result<Masked, Refused> {
    let official = found(services, ctx, code).await?;
    let is_own = ctx.who.as_ref().is_some_and(|who| who.official == Some(official.id));
    if is_own {
        return Ok(read::masked(&services.db, official.id).await?);
    }
    if !sees_private(services, ctx, &official).await.map_err(keeping::without_refusal)? {
        return Err(ActError::Forbidden(domain::roles::Forbidden { act: domain::roles::Act::KeepRegister }));
    }
    look(services, ctx, &official, purpose).await?;
    Ok(read::masked(&services.db, official.id).await?)
}

/// Whether a person's birth and ethnic group go out to a program: to the person, and for a purpose that is noted to who keeps the record.
///
/// # Errors
/// [`IdentityRefusal::NoReason`] when the purpose is none.
pub async fn tells_private(services: &Services, ctx: &Ctx, official: &Person, purpose: Option<&str>) -> Result<bool, Refused> {
    if ctx.who.as_ref().is_some_and(|who| who.official == Some(official.id)) {
        return Ok(true);
    }
    let Some(purpose) = purpose else { return Ok(false) };
    if !sees_private(services, ctx, official).await.map_err(keeping::without_refusal)? {
        return Ok(false);
    }
    look(services, ctx, official, purpose).await?;
    Ok(true)
}

/// Notes a look at what is private, with its purpose.
async fn look(services: &Services, ctx: &Ctx, official: &Person, purpose: &str) -> Result<(), Refused> {
    if !keeping::is_reason(purpose) {
        return Err(ActError::Refused(vec![IdentityRefusal::NoReason]));
    }
    let subject = format!("official/{}", official.code);
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|w| w.user),
        act: "people.reveal",
        subject: &subject,
        before: None,
        after: None,
        reason: purpose.trim(),
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Everything that is kept about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// The record.
    pub person: Person,
    /// The masked part of the identity.
    pub masked: Masked,
    /// Changes of the record, newest first.
    pub changes: Vec<ChangeLine>,
    /// Scans by their place in an archive, the first that fit together into 60 MB; the record leads to the others.
    pub scans: Vec<(String, Vec<u8>)>,
}

/// Bytes of scans in one archive: 60 MB.
const MOST_SCANNED: i64 = 60 * 1024 * 1024;

/// Changes told in a file; nobody's record has so many.
const ALL_CHANGES: u32 = 10_000;

/// Everything that is kept about the asker; noted in the audit.
///
/// # Errors
/// [`ActError::NotFound`] for everybody else's record.
pub async fn own_file(services: &Services, ctx: &Ctx, code: &str) -> Result<OwnFile, ActError> {
    let official = person(services, ctx, code).await?;
    let Some(who) = ctx.who.as_ref().filter(|who| who.official == Some(official.id)) else { return Err(ActError::NotFound) };
    let subject = format!("official/{}", official.code);
    let entry = audit::Entry {
        at: ctx.now,
        user: Some(who.user),
        act: "people.own_file",
        subject: &subject,
        before: None,
        after: None,
        reason: "",
        operation: &ctx.operation,
    };
    let masked = read::masked(&services.db, official.id).await?;
    let changes = read::history(&services.db, official.id, None, ALL_CHANGES).await?;
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    let scans = scans(services, &official).await?;
    Ok(OwnFile { person: official, masked, changes, scans })
}

async fn scans(services: &Services, official: &Person) -> Result<Vec<(String, Vec<u8>)>, ActError> {
    let (mut scans, mut total) = (Vec::new(), 0);
    for line in &official.scans {
        total += line.size;
        if total > MOST_SCANNED {
            break;
        }
        scans.push((format!("ban-quet/{}-{}", line.id, line.name), scan_bytes(&services.db, &line.digest).await?));
    }
    Ok(scans)
}
