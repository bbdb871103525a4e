//! The life of a version of a standard: draft, edited by one officer at a time, published in place of the last, retired.
//! Not for: screens; whatever edits a draft sends the whole text.

use domain::roles::{self, Act, Authorised};
use domain::standards::Standard;
use schemefile::Fault;
use store::StoreError;
use store::read::schemes::VersionState;
use store::read::standards::{StandardText, version, versions};
use store::write::schemes::By;
use store::write::standards::{self as write, Saving};
use store::write::{audit, bump_facts};

use super::followed;
use crate::{ActError, Ctx, Services};

/// Why an edit is refused.
#[derive(Debug, Clone, PartialEq)]
pub enum EditRefusal {
    /// The document has mistakes.
    Faults(Vec<Fault>),
    /// The code inside the document is not the standard's.
    OtherCode {
        /// The standard's code.
        expected: String,
        /// The code found.
        found: String,
    },
    /// A standard of this code exists already.
    CodeTaken,
    /// The code of a requirement is used by another standard in force.
    RequirementTaken {
        /// The code of the requirement.
        requirement: String,
        /// The other standard.
        standard: String,
    },
    /// A draft exists already; edit that one.
    DraftExists {
        /// Its number.
        number: i32,
    },
    /// The act does not fit the state of the version.
    WrongState,
}

/// A draft as it is edited.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Code of the standard.
    pub code: &'a str,
    /// Version number.
    pub number: i32,
    /// The revision that was edited.
    pub revision: i32,
    /// The whole document.
    pub body: &'a str,
    /// Why it was changed.
    pub note: &'a str,
}

type Refused = ActError<EditRefusal>;

fn proof(ctx: &Ctx) -> Result<Authorised, Refused> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(roles::authorise(who, Act::KeepStandards)?)
}

fn parsed(text: &str) -> Result<Standard, Refused> {
    schemefile::parse_standard(text).map_err(|faults| ActError::Refused(EditRefusal::Faults(faults)))
}

/// Creates a standard with its first draft.
///
/// # Errors
/// [`EditRefusal`] when the document has mistakes or its code is taken.
pub async fn create(services: &Services, ctx: &Ctx, body: &str, note: &str) -> Result<String, Refused> {
    let proof = proof(ctx)?;
    let standard = parsed(body)?;
    if versions(&services.db).await?.iter().any(|line| line.code == standard.code) {
        return Err(ActError::Refused(EditRefusal::CodeTaken));
    }
    let tx = services.db.write().await?;
    let saving = Saving { by: By::Person(&proof), body, note, now: ctx.now };
    match write::add_version(&tx, &standard.code, VersionState::Draft, &saving).await {
        Err(StoreError::Duplicate) => return Err(ActError::Refused(EditRefusal::CodeTaken)),
        other => other?,
    };
    audit::record(&tx, &entry(ctx, &proof, "standard.create", &format!("standard/{}/1", standard.code), note)).await?;
    tx.commit().await?;
    Ok(standard.code)
}

/// Opens a draft with the text of a version.
///
/// # Errors
/// [`EditRefusal::DraftExists`] when one is open.
pub async fn start_draft(services: &Services, ctx: &Ctx, code: &str, from: i32, note: &str) -> Result<i32, Refused> {
    let proof = proof(ctx)?;
    let open = |lines: &[super::StandardLine]| lines.iter().find(|l| l.code == code && l.state == VersionState::Draft).map(|l| l.number);
    if let Some(number) = open(&versions(&services.db).await?) {
        return Err(ActError::Refused(EditRefusal::DraftExists { number }));
    }
    let source = version(&services.db, code, from).await?;
    let tx = services.db.write().await?;
    let saving = Saving { by: By::Person(&proof), body: &source.body, note, now: ctx.now };
    let number = match write::add_version(&tx, code, VersionState::Draft, &saving).await {
        Ok((_, number)) => number,
        // Another officer opened one at the same moment.
        Err(StoreError::Duplicate) => return Err(ActError::Stale),
        Err(other) => return Err(other.into()),
    };
    audit::record(&tx, &entry(ctx, &proof, "standard.start_draft", &format!("standard/{code}/{number}"), note)).await?;
    tx.commit().await?;
    Ok(number)
}

/// Saves a draft; two officers cannot overwrite each other.
///
/// # Errors
/// [`EditRefusal`] when the document has mistakes, [`ActError::Stale`] when someone else saved first.
pub async fn save_draft(services: &Services, ctx: &Ctx, draft: &Draft<'_>) -> Result<(), Refused> {
    let proof = proof(ctx)?;
    let standard = parsed(draft.body)?;
    if standard.code != draft.code {
        return Err(ActError::Refused(EditRefusal::OtherCode { expected: draft.code.to_owned(), found: standard.code }));
    }
    let old = in_state(services, draft.code, draft.number, VersionState::Draft).await?;
    let tx = services.db.write().await?;
    let saving = Saving { by: By::Person(&proof), body: draft.body, note: draft.note, now: ctx.now };
    write::save_draft(&tx, old.line.id, draft.revision, &saving).await?;
    let subject = subject(&old);
    let mut line = entry(ctx, &proof, "standard.save_draft", &subject, draft.note);
    line.before = Some(&old.body);
    line.after = Some(draft.body);
    audit::record(&tx, &line).await?;
    Ok(tx.commit().await?)
}

/// Puts a draft in force in place of the version before it.
///
/// # Errors
/// [`EditRefusal`] when it is no draft or the code of a requirement belongs to another standard in force.
pub async fn publish(services: &Services, ctx: &Ctx, code: &str, number: i32, revision: i32, reason: &str) -> Result<(), Refused> {
    let proof = proof(ctx)?;
    let draft = in_state(services, code, number, VersionState::Draft).await?;
    refuse_taken_codes(services, ctx, &parsed(&draft.body)?).await?;
    let tx = services.db.write().await?;
    write::retire_published(&tx, code).await?;
    let by = By::Person(&proof);
    let states = (VersionState::Draft, VersionState::Published);
    write::change_state(&tx, by, (draft.line.id, revision), states, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "standard.publish", &subject(&draft), reason)).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Ends a published version; while nothing else is published, the standard of the product holds.
///
/// # Errors
/// [`EditRefusal::WrongState`] when it is not in force.
pub async fn retire(services: &Services, ctx: &Ctx, code: &str, number: i32, revision: i32, reason: &str) -> Result<(), Refused> {
    let proof = proof(ctx)?;
    let current = in_state(services, code, number, VersionState::Published).await?;
    let tx = services.db.write().await?;
    let by = By::Person(&proof);
    let states = (VersionState::Published, VersionState::Retired);
    write::change_state(&tx, by, (current.line.id, revision), states, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "standard.retire", &subject(&current), reason)).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

async fn in_state(services: &Services, code: &str, number: i32, state: VersionState) -> Result<StandardText, Refused> {
    let found = version(&services.db, code, number).await?;
    if found.line.state == state { Ok(found) } else { Err(ActError::Refused(EditRefusal::WrongState)) }
}

async fn refuse_taken_codes(services: &Services, ctx: &Ctx, standard: &Standard) -> Result<(), Refused> {
    let shelf = followed(services, ctx).await.map_err(|error| match error {
        ActError::Internal(inner) => ActError::Internal(inner),
        _ => ActError::NotFound,
    })?;
    // The standard of the product gives way to whatever is published.
    let others = shelf.standards.iter().filter(|other| other.version.is_some() && other.standard.code != standard.code);
    for other in others {
        if let Some(taken) = standard.requirements.iter().find(|own| other.standard.requirement(&own.code).is_some()) {
            let refusal = EditRefusal::RequirementTaken { requirement: taken.code.clone(), standard: other.standard.code.clone() };
            return Err(ActError::Refused(refusal));
        }
    }
    Ok(())
}

fn subject(version: &StandardText) -> String {
    format!("standard/{}/{}", version.line.code, version.line.number)
}

fn entry<'a>(ctx: &'a Ctx, proof: &Authorised, act: &'a str, subject: &'a str, reason: &'a str) -> audit::Entry<'a> {
    audit::Entry { at: ctx.now, user: Some(proof.user()), act, subject, before: None, after: None, reason, operation: &ctx.operation }
}
