//! The life of a scheme version: draft, edited by one officer at a time, published in place of the last, retired.
//! Not for: screens; a draft is the same document as a scheme file, so whatever edits it sends the whole text.

use domain::roles::{self, Act, Authorised};
use domain::schemes::Scheme;
use schemefile::Fault;
use store::read::schemes::{Version, VersionState, version, versions};
use store::write::schemes::{self as write, By};
use store::write::{audit, bump_facts};

use crate::{ActError, Ctx, Services};

/// Why an edit is refused.
#[derive(Debug, Clone, PartialEq)]
pub enum EditRefusal {
    /// The document has mistakes.
    Faults(Vec<Fault>),
    /// The code inside the document is not the scheme's.
    OtherCode {
        /// The scheme's code.
        expected: String,
        /// The code found.
        found: String,
    },
    /// A scheme of this code exists already.
    CodeTaken,
    /// A target code is used by another scheme in force.
    TargetTaken {
        /// The target code.
        target: String,
        /// The other scheme.
        scheme: String,
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
    /// Scheme code.
    pub scheme: &'a str,
    /// Version number.
    pub number: i32,
    /// The revision that was edited.
    pub revision: i32,
    /// The whole document.
    pub body: &'a str,
    /// Why it was changed.
    pub note: &'a str,
}

/// Reads a document and explains every mistake, without saving.
///
/// # Errors
/// The mistakes, each with line and field.
pub fn check(text: &str) -> Result<Scheme, Vec<Fault>> {
    schemefile::parse(text)
}

type Refused = ActError<EditRefusal>;

fn proof(ctx: &Ctx, act: Act) -> Result<Authorised, Refused> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(roles::authorise(who, act)?)
}

fn parsed(text: &str) -> Result<Scheme, Refused> {
    schemefile::parse(text).map_err(|faults| ActError::Refused(EditRefusal::Faults(faults)))
}

/// Creates a scheme with its first draft.
///
/// # Errors
/// [`EditRefusal`] when the document has mistakes or its code is taken.
pub async fn create(services: &Services, ctx: &Ctx, body: &str, note: &str) -> Result<String, Refused> {
    let proof = proof(ctx, Act::EditScheme)?;
    let scheme = parsed(body)?;
    if !versions(&services.db, Some(&scheme.code)).await?.is_empty() {
        return Err(ActError::Refused(EditRefusal::CodeTaken));
    }
    let tx = services.db.write().await?;
    write::add_version(&tx, By::Person(&proof), &scheme.code, VersionState::Draft, body, note, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "scheme.create", &format!("scheme/{}/1", scheme.code), note)).await?;
    tx.commit().await?;
    Ok(scheme.code)
}

/// Opens a draft with the text of a version.
///
/// # Errors
/// [`EditRefusal::DraftExists`] when one is open.
pub async fn start_draft(services: &Services, ctx: &Ctx, scheme: &str, from: i32, note: &str) -> Result<i32, Refused> {
    let proof = proof(ctx, Act::EditScheme)?;
    let lines = versions(&services.db, Some(scheme)).await?;
    if let Some(open) = lines.iter().find(|l| l.state == VersionState::Draft) {
        return Err(ActError::Refused(EditRefusal::DraftExists { number: open.number }));
    }
    let source = version(&services.db, scheme, from).await?;
    let tx = services.db.write().await?;
    let (_, number) = write::add_version(&tx, By::Person(&proof), scheme, VersionState::Draft, &source.body, note, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "scheme.start_draft", &format!("scheme/{scheme}/{number}"), note)).await?;
    tx.commit().await?;
    Ok(number)
}

/// Saves a draft; two officers cannot overwrite each other.
///
/// # Errors
/// [`EditRefusal`] when the document has mistakes, [`ActError::Stale`] when someone else saved first.
pub async fn save_draft(services: &Services, ctx: &Ctx, draft: &Draft<'_>) -> Result<(), Refused> {
    let proof = proof(ctx, Act::EditScheme)?;
    let scheme = parsed(draft.body)?;
    if scheme.code != draft.scheme {
        return Err(ActError::Refused(EditRefusal::OtherCode { expected: draft.scheme.to_owned(), found: scheme.code }));
    }
    let old = version(&services.db, draft.scheme, draft.number).await?;
    if old.line.state != VersionState::Draft {
        return Err(ActError::Refused(EditRefusal::WrongState));
    }
    let tx = services.db.write().await?;
    write::save_draft(&tx, By::Person(&proof), old.line.id, draft.revision, draft.body, draft.note, ctx.now).await?;
    let subject = subject(&old);
    let mut line = entry(ctx, &proof, "scheme.save_draft", &subject, draft.note);
    line.before = Some(&old.body);
    line.after = Some(draft.body);
    audit::record(&tx, &line).await?;
    Ok(tx.commit().await?)
}

/// Puts a draft in force in place of the version before it.
///
/// # Errors
/// [`EditRefusal`] when it is no draft or a target code belongs to another scheme in force.
pub async fn publish(services: &Services, ctx: &Ctx, scheme: &str, number: i32, revision: i32, reason: &str) -> Result<(), Refused> {
    let proof = proof(ctx, Act::PublishScheme)?;
    let draft = version(&services.db, scheme, number).await?;
    if draft.line.state != VersionState::Draft {
        return Err(ActError::Refused(EditRefusal::WrongState));
    }
    refuse_taken_targets(services, ctx, &parsed(&draft.body)?).await?;
    let tx = services.db.write().await?;
    write::retire_published(&tx, scheme).await?;
    let by = By::Person(&proof);
    write::change_state(&tx, by, draft.line.id, revision, VersionState::Draft, VersionState::Published, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "scheme.publish", &subject(&draft), reason)).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Ends following a published version.
///
/// # Errors
/// [`EditRefusal::WrongState`] when it is not in force.
pub async fn retire(services: &Services, ctx: &Ctx, scheme: &str, number: i32, revision: i32, reason: &str) -> Result<(), Refused> {
    let proof = proof(ctx, Act::PublishScheme)?;
    let current = version(&services.db, scheme, number).await?;
    if current.line.state != VersionState::Published {
        return Err(ActError::Refused(EditRefusal::WrongState));
    }
    let tx = services.db.write().await?;
    let by = By::Person(&proof);
    write::change_state(&tx, by, current.line.id, revision, VersionState::Published, VersionState::Retired, ctx.now).await?;
    audit::record(&tx, &entry(ctx, &proof, "scheme.retire", &subject(&current), reason)).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

async fn refuse_taken_targets(services: &Services, ctx: &Ctx, scheme: &Scheme) -> Result<(), Refused> {
    let others = super::followed(services, ctx).await.map_err(|e| match e {
        ActError::Internal(inner) => ActError::Internal(inner),
        _ => ActError::NotFound,
    })?;
    for other in others.iter().filter(|o| o.scheme.code != scheme.code) {
        if let Some(taken) = scheme.targets.iter().find(|t| other.target(&t.code).is_some()) {
            let refusal = EditRefusal::TargetTaken { target: taken.code.clone(), scheme: other.scheme.code.clone() };
            return Err(ActError::Refused(refusal));
        }
    }
    Ok(())
}

fn subject(version: &Version) -> String {
    format!("scheme/{}/{}", version.line.scheme, version.line.number)
}

fn entry<'a>(ctx: &'a Ctx, proof: &Authorised, act: &'a str, subject: &'a str, reason: &'a str) -> audit::Entry<'a> {
    audit::Entry { at: ctx.now, user: Some(proof.user()), act, subject, before: None, after: None, reason, operation: &ctx.operation }
}
