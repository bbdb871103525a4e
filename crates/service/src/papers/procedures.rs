//! Procedures: the ones followed now, their versions, and saving a new one. What ships with the product is version 1 of its code; it is
//! written down when the first paper goes that way, so that a newer program does not change a paper on its way.
//! Not for: reading the text (`schemefile`).

use std::collections::BTreeMap;

use domain::orgs::Bloc;
use domain::papers::PaperKind;
use domain::papers::procedure::Procedure;
use domain::roles::{self, Act};
use domain::time::Instant;
use schemefile::Fault;
use store::WriteTx;
use store::read::papers::{self as read, ProcedureText};
use store::write::papers as write;
use store::write::schemes::By;

use super::note_of;
use crate::{ActError, Ctx, Services};

/// Why a procedure is not saved.
#[derive(Debug, Clone, PartialEq)]
pub enum ProcedureRefusal {
    /// The text has mistakes.
    Faults(Vec<Fault>),
    /// Another procedure governs a kind of paper in a bloc.
    Taken {
        /// The kind.
        kind: PaperKind,
        /// The bloc.
        bloc: Bloc,
        /// The other procedure.
        by: String,
    },
    /// The code inside the text is another one.
    OtherCode,
    /// It does not say why.
    NoNote,
}

/// A procedure with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The procedure.
    pub procedure: Procedure,
    /// Its version.
    pub version: i32,
}

/// The texts followed now by code: what the province wrote, and what ships with the product where it wrote nothing.
async fn texts(services: &Services) -> Result<BTreeMap<String, (i32, String)>, store::StoreError> {
    let shipped = schemefile::builtin_procedures().iter().map(|shipped| (shipped.code.to_owned(), (1, shipped.text.to_owned())));
    let mut texts: BTreeMap<_, _> = shipped.collect();
    // Newest first, so that the newest is written over last.
    for text in read::procedure_versions(&services.db, None).await?.into_iter().rev() {
        texts.insert(text.code, (text.number, text.body));
    }
    Ok(texts)
}

fn parsed(text: &str) -> Result<Procedure, store::StoreError> {
    schemefile::parse_procedure(text).map_err(|faults| store::StoreError::Unreadable(format!("procedure: {faults:?}")))
}

async fn followed(services: &Services) -> Result<Vec<Followed>, store::StoreError> {
    let texts = texts(services).await?;
    texts.into_values().map(|(version, text)| Ok(Followed { procedure: parsed(&text)?, version })).collect()
}

/// The procedure of a kind of paper in a bloc.
pub(super) async fn governing(services: &Services, kind: PaperKind, bloc: Bloc) -> Result<Option<(Procedure, i32)>, store::StoreError> {
    let found = followed(services).await?.into_iter().find(|one| one.procedure.governs(kind, bloc));
    Ok(found.map(|one| (one.procedure, one.version)))
}

/// Writes down what ships with the product when a paper begins to go that way.
pub(super) async fn keep(services: &Services, tx: &WriteTx, code: &str, version: i32, now: Instant) -> Result<(), store::StoreError> {
    let is_kept = read::procedure_versions(&services.db, Some(code)).await?.iter().any(|text| text.number == version);
    let shipped = schemefile::builtin_procedures().iter().find(|shipped| shipped.code == code);
    match shipped {
        Some(shipped) if !is_kept => write::keep_procedure(tx, (code, version), shipped.text, now).await,
        _ => Ok(()),
    }
}

/// The version of a procedure that a paper began with.
pub(super) async fn stored(services: &Services, (code, version): &(String, i32)) -> Result<Procedure, store::StoreError> {
    let written = read::procedure_versions(&services.db, Some(code)).await?.into_iter().find(|text| text.number == *version);
    let shipped = schemefile::builtin_procedures().iter().find(|shipped| shipped.code == code && *version == 1);
    match (&written, shipped) {
        (Some(text), _) => parsed(&text.body),
        (None, Some(shipped)) => parsed(shipped.text),
        (None, None) => Err(store::StoreError::NotFound),
    }
}

/// Reads a procedure and explains every mistake, without saving.
///
/// # Errors
/// The mistakes, each with line and field.
pub fn read_procedure(text: &str) -> Result<Procedure, Vec<Fault>> {
    schemefile::parse_procedure(text)
}

/// Procedures followed now, by code.
///
/// # Errors
/// [`ActError::Forbidden`] for those who see no papers.
pub async fn procedures(services: &Services, ctx: &Ctx) -> Result<Vec<Followed>, ActError> {
    ctx.scope(Act::ViewPapers)?;
    Ok(followed(services).await?)
}

/// One procedure as it is followed now, with its text and its versions, newest first.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code.
pub async fn procedure(services: &Services, ctx: &Ctx, code: &str) -> Result<(Followed, String, Vec<ProcedureText>), ActError> {
    ctx.scope(Act::ViewPapers)?;
    let (version, text) = texts(services).await?.remove(code).ok_or(ActError::NotFound)?;
    let versions = read::procedure_versions(&services.db, Some(code)).await?;
    Ok((Followed { procedure: parsed(&text)?, version }, text, versions))
}

/// The text of an older version.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn procedure_text(services: &Services, ctx: &Ctx, code: &str, version: i32) -> Result<Followed, ActError> {
    ctx.scope(Act::ViewPapers)?;
    let procedure = stored(services, &(code.to_owned(), version)).await?;
    Ok(Followed { procedure, version })
}

/// Saves a procedure as the version after the one that was edited; papers on their way stay with theirs.
///
/// # Errors
/// [`ProcedureRefusal`], [`ActError::Stale`] when somebody saved first.
pub async fn save_procedure(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    edited: i32,
    text: &str,
    note: &str,
) -> Result<i32, ActError<ProcedureRefusal>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    let new = schemefile::parse_procedure(text).map_err(|faults| ActError::Refused(ProcedureRefusal::Faults(faults)))?;
    if new.code != code {
        return Err(ActError::Refused(ProcedureRefusal::OtherCode));
    }
    if !crate::registry::is_reason(note) {
        return Err(ActError::Refused(ProcedureRefusal::NoNote));
    }
    let all = followed(services).await?;
    refuse_taken(&all, &new)?;
    let now = all.iter().find(|one| one.procedure.code == code).map_or(0, |one| one.version);
    if now != edited {
        return Err(ActError::Stale);
    }
    let tx = services.db.write().await?;
    keep(services, &tx, code, edited, ctx.now).await?;
    let by = proof.as_ref().map_or(By::System, By::Person);
    write::add_procedure(&tx, by, (code, edited + 1), (text, note), ctx.now).await?;
    note_of(&tx, ctx, "procedure.save", &format!("procedure/{code}/{}", edited + 1), note).await?;
    tx.commit().await?;
    Ok(edited + 1)
}

fn refuse_taken(all: &[Followed], new: &Procedure) -> Result<(), ActError<ProcedureRefusal>> {
    let pairs = new.kinds.iter().flat_map(|kind| new.blocs.iter().map(move |bloc| (*kind, *bloc)));
    for (kind, bloc) in pairs {
        let other = all.iter().find(|one| one.procedure.code != new.code && one.procedure.governs(kind, bloc));
        if let Some(other) = other {
            return Err(ActError::Refused(ProcedureRefusal::Taken { kind, bloc, by: other.procedure.code.clone() }));
        }
    }
    Ok(())
}
