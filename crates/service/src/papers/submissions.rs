//! Submissions (tờ trình): a title and words that an officer writes and sends through a procedure.
//! Not for: moving the paper.

use domain::ids::CaseId;
use domain::orgs::UnitKind;
use domain::papers::{CaseState, Issued, Lack, New, PaperKind};
use domain::roles::{Act, Reach};
use store::WriteTx;
use store::read::papers::{self as read, SubmissionLine};
use store::read::units::UnitLine;
use store::write::papers::{self as write, SubmissionText};

use super::moving::{may_act, seen};
use super::{PaperRefusal, Refused, by, note, procedures, proof, submit};
use crate::registry::view;
use crate::{ActError, Ctx, Services};

/// Most letters of a title and of the words.
const MOST: (usize, usize) = (300, 20_000);

/// What somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmissionForm<'a> {
    /// Code of the unit that writes.
    pub unit: &'a str,
    /// In one line.
    pub title: &'a str,
    /// At length.
    pub words: &'a str,
    /// The training council has to appraise it.
    pub council: bool,
    /// It sends cadres whom the standing committee manages.
    pub standing_committee: bool,
}

/// A submission with its paper.
pub type Submitted = (SubmissionLine, CaseId);

fn refuse_empty(form: &SubmissionForm<'_>) -> Result<(), Refused> {
    let (title, words) = (form.title.trim(), form.words.trim());
    if title.is_empty() || words.is_empty() {
        return Err(ActError::Refused(PaperRefusal::NoTitle));
    }
    let is_long = title.chars().count() > MOST.0 || words.chars().count() > MOST.1;
    if is_long { Err(ActError::Refused(PaperRefusal::TooLong)) } else { Ok(()) }
}

/// Units for which the asker writes: those of the grants, or everybody right below the province.
///
/// # Errors
/// [`ActError::Forbidden`] for those who handle no papers.
pub async fn own_units(services: &Services, ctx: &Ctx) -> Result<Vec<UnitLine>, ActError> {
    let scope = ctx.scope(Act::HandlePapers)?;
    let mut units = Vec::new();
    if let Reach::Units(roots) = scope.reach() {
        for root in roots {
            units.push(store::read::units::one(&services.db, *root, ctx.today).await?);
        }
        return Ok(units);
    }
    let all = store::read::units::codes(&services.db).await?;
    match all.into_iter().find(|(.., kind)| *kind == UnitKind::Province) {
        Some((root, ..)) => Ok(store::read::units::children(&services.db, root, ctx.today).await?),
        None => Ok(Vec::new()),
    }
}

/// Writes a submission and sends it.
///
/// # Errors
/// [`PaperRefusal`], [`ActError::Forbidden`] for a unit that is not the asker's.
pub async fn write_submission(services: &Services, ctx: &Ctx, form: &SubmissionForm<'_>) -> Result<CaseId, Refused> {
    let proof = proof(ctx)?;
    let unit = view(services, ctx, form.unit, ctx.today).await.map_err(crate::registry::without_refusal)?;
    let scope = ctx.scope(Act::HandlePapers)?;
    if !unit.lies_within(&scope) {
        return Err(ActError::NotFound);
    }
    refuse_empty(form)?;
    let tx = services.db.write().await?;
    let text = SubmissionText { title: form.title, words: form.words };
    let id = write::add_submission(&tx, by(proof.as_ref()), unit.unit.id, text, ctx.now).await?;
    let case = submit(services, ctx, &tx, &new(form, id, &unit.unit)).await?;
    write::submission_state(&tx, id, Some(CaseState::Open), None).await?;
    tx.commit().await?;
    Ok(case)
}

fn new(form: &SubmissionForm<'_>, subject: i64, unit: &UnitLine) -> New {
    New {
        kind: PaperKind::Submission,
        subject,
        unit: unit.id,
        bloc: unit.bloc,
        title: form.title.trim().to_owned(),
        needs_council: form.council,
        cadres_of_standing_committee: form.standing_committee,
    }
}

/// A submission of a paper that the asker sees.
///
/// # Errors
/// [`ActError::NotFound`] when the paper is none or not the asker's to see.
pub async fn submission(services: &Services, ctx: &Ctx, id: CaseId) -> Result<SubmissionLine, ActError> {
    let case = seen(services, ctx, id).await?;
    if case.kind != PaperKind::Submission {
        return Err(ActError::NotFound);
    }
    Ok(read::submission(&services.db, case.subject).await?)
}

/// Changes a submission that came back, and sends it again.
///
/// # Errors
/// [`PaperRefusal`], [`ActError::Stale`] when somebody changed or sent it first.
pub async fn change_submission(
    services: &Services,
    ctx: &Ctx,
    id: CaseId,
    revision: i32,
    form: &SubmissionForm<'_>,
) -> Result<(), Refused> {
    proof::<PaperRefusal>(ctx)?;
    let case = seen(services, ctx, id).await?;
    if case.kind != PaperKind::Submission {
        return Err(ActError::NotFound);
    }
    let procedure = procedures::stored(services, &case.route).await?;
    let step = procedure.step(&case.step).ok_or(ActError::NotFound)?;
    let holds = case.state == CaseState::Open && may_act(services, ctx, &case, step).await.map_err(crate::registry::without_refusal)?;
    if !holds {
        return Err(ActError::Refused(PaperRefusal::NotHolder));
    }
    refuse_empty(form)?;
    let unit = view(services, ctx, &case.unit.1, ctx.today).await.map_err(crate::registry::without_refusal)?;
    let tx = services.db.write().await?;
    write::change_submission(&tx, case.subject, revision, SubmissionText { title: form.title, words: form.words }).await?;
    submit(services, ctx, &tx, &new(form, case.subject, &unit.unit)).await?;
    write::submission_state(&tx, case.subject, Some(CaseState::Open), None).await?;
    note(&tx, ctx, "paper.rewrite", id, "").await?;
    Ok(tx.commit().await?)
}

/// A submission without words lacks them.
pub(super) async fn lacks_of(tx: &WriteTx, subject: i64) -> Result<Vec<Lack>, store::StoreError> {
    Ok(lacks_in(&read::submission_in(tx, subject).await?))
}

/// The same outside of a change, to be looked at.
pub(super) async fn lacks_now(services: &Services, subject: i64) -> Result<Vec<Lack>, store::StoreError> {
    Ok(lacks_in(&read::submission(&services.db, subject).await?))
}

fn lacks_in(line: &SubmissionLine) -> Vec<Lack> {
    let is_empty = line.words.trim().is_empty();
    is_empty.then(|| Lack { code: "no_words", detail: String::new() }).into_iter().collect()
}

/// Its unit has it again.
pub(super) async fn returned_to_draft(tx: &WriteTx, subject: i64) -> Result<(), store::StoreError> {
    write::submission_state(tx, subject, None, None).await
}

/// It is over without a paper.
pub(super) async fn stopped(tx: &WriteTx, subject: i64) -> Result<(), store::StoreError> {
    write::submission_state(tx, subject, Some(CaseState::Stopped), None).await
}

/// It has a number and went out.
pub(super) async fn issued_by_paper(tx: &WriteTx, subject: i64, issued: &Issued) -> Result<(), store::StoreError> {
    write::submission_state(tx, subject, Some(CaseState::Issued), Some(issued)).await
}
