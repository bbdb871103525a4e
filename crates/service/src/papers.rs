//! Papers on their way from draft to issue: submitted by whoever owns the subject, moved step by step along a procedure, signed by who
//! may, numbered from a register, issued.
//! Not for: the rules of it (`domain::papers`), or what papers are about (`subjects` asks their owners).

mod calendar;
mod defaults;
mod holding;
mod inbox;
mod mandates;
mod moving;
mod procedures;
mod refusal;
mod registers;
mod scans;
mod subjects;
mod submissions;

use domain::ids::CaseId;
use domain::papers::moves::{At, Move, apply};
use domain::papers::procedure::{Procedure, Requirement, Step};
use domain::papers::{CaseState, PaperKind};
use domain::roles::{self, Act, Authorised, Reach, Role};
use store::WriteTx;
use store::read::papers as read;
use store::write::audit;
use store::write::papers::{self as write, NewEvent, Stand};
use store::write::schemes::By;

use crate::registry::without_refusal;
use crate::{ActError, Ctx, Services};

pub use calendar::cited;
pub use defaults::lay_out;
pub(crate) use defaults::put_demo;
pub use domain::papers::{Issued, Lack, New};
pub use holding::late_for;
pub use inbox::{Inbox, InboxAsk, inbox, waiting};
pub(crate) use mandates::managed_groups;
pub use mandates::{MandateForm, MandateRefusal, above_name, end_mandate, give_mandate, managed_by, mandates, mine_to_sign, signers};
pub(crate) use moving::seen;
pub use moving::{CaseView, Doing, act, case};
pub use procedures::{Followed, ProcedureRefusal, procedure, procedure_text, procedures, read_procedure, save_procedure};
pub use read::{BodyLine, Case, EventLine, MandateLine, NumberLine, PaperScan, ProcedureText, RegisterLine, SubmissionLine, Which};
pub use refusal::PaperRefusal;
pub use registers::{
    BodyForm, NumberForm, NumbersAsk, RegisterForm, RegisterRefusal, RegisterView, bodies, cancel, numbers, registers, save_body,
    save_register, take,
};
pub(crate) use registers::{Taking, next_of};
pub use scans::{Scan, ScanRefusal, add_scan, file_scan, scan};
pub use submissions::{SubmissionForm, Submitted, change_submission, own_units, submission, write_submission};

/// Whether the asker sees the papers of the whole province, and so its lists of numbers and of rights to sign.
#[must_use]
pub fn sees_all(ctx: &Ctx) -> bool {
    of_the_province(ctx).is_ok()
}

/// Lists of numbers and rights to sign name papers and signers of the whole province, so they are for those who see all of it.
pub(crate) fn of_the_province(ctx: &Ctx) -> Result<(), ActError> {
    let act = Act::ViewPapers;
    if *ctx.scope(act)?.reach() == Reach::Province { Ok(()) } else { Err(roles::Forbidden { act }.into()) }
}

type Refused = ActError<PaperRefusal>;

/// Sends a paper on its way, inside the transaction of its owner's own act. A paper that was sent back goes on from where it is drafted.
///
/// # Errors
/// [`PaperRefusal`]: no procedure governs it, it is on its way already, or something is missing.
pub async fn submit(services: &Services, ctx: &Ctx, tx: &WriteTx, new: &New) -> Result<CaseId, Refused> {
    let proof = proof(ctx)?;
    let by = by(proof.as_ref());
    let (id, procedure) = match read::open_of(tx, new.kind, new.subject).await? {
        Some(open) => {
            let procedure = procedures::stored(services, &open.route).await?;
            if procedure.place(&open.step) != Some(0) {
                return Err(ActError::Refused(PaperRefusal::OnItsWay));
            }
            write::retitle(tx, open.id, new).await?;
            (open.id, procedure)
        }
        None => begin(services, ctx, tx, by, new).await?,
    };
    let case = read::case_in(tx, id).await?;
    let step = procedure.step(&case.step).ok_or(ActError::NotFound)?;
    refuse_lacks(services, ctx, tx, &case, step).await?;
    let next =
        apply(&procedure, case.facts, &case.at(), &Move::Forward).map_err(|refusal| ActError::Refused(PaperRefusal::Move(refusal)))?;
    step_to(ctx, tx, by, &case, &procedure, &next).await?;
    write::event(tx, by, id, &event(&case, Move::Forward.code(), &next, ""), ctx.now).await?;
    note(tx, ctx, "paper.submit", id, "").await?;
    Ok(id)
}

/// Opens a case where it is drafted.
async fn begin(services: &Services, ctx: &Ctx, tx: &WriteTx, by: By<'_>, new: &New) -> Result<(CaseId, Procedure), Refused> {
    let (procedure, version) =
        procedures::governing(services, new.kind, new.bloc).await?.ok_or(ActError::Refused(PaperRefusal::NoProcedure))?;
    procedures::keep(services, tx, &procedure.code, version, ctx.now).await?;
    let first = procedure.steps.first().ok_or(ActError::Refused(PaperRefusal::NoProcedure))?;
    let stand = Stand {
        state: CaseState::Open,
        step: &first.code,
        from: None,
        holder: first.holder,
        body: None,
        due_on: calendar::due(ctx.today, first.days)?,
    };
    let id = write::open(tx, by, new, (&procedure.code, version), opened_as(ctx), &stand, ctx.now).await?;
    let opened = NewEvent { act: "open", step: &first.code, to_step: None, opinion: None, words: "" };
    write::event(tx, by, id, &opened, ctx.now).await?;
    Ok((id, procedure))
}

/// The role in which somebody begins a paper: one held at a unit before one for the province.
fn opened_as(ctx: &Ctx) -> Role {
    let grants = ctx.who.iter().flat_map(|who| &who.grants).filter(|grant| roles::may(grant.role, Act::HandlePapers));
    grants.min_by_key(|grant| grant.unit.is_none()).map_or(Role::HomeAffairs, |grant| grant.role)
}

/// Who acts, as papers are handled; nobody on the terminal of the server.
pub(crate) fn proof<R>(ctx: &Ctx) -> Result<Option<Authorised>, ActError<R>> {
    Ok(ctx.who.as_ref().map(|who| roles::authorise_within(who, Act::HandlePapers, |_| true)).transpose()?)
}

pub(crate) fn by(proof: Option<&Authorised>) -> By<'_> {
    proof.map_or(By::System, By::Person)
}

/// Something that its subject lacks keeps a paper where it is.
async fn refuse_lacks(services: &Services, ctx: &Ctx, tx: &WriteTx, case: &Case, step: &Step) -> Result<(), Refused> {
    if !step.needs.contains(&Requirement::Complete) {
        return Ok(());
    }
    let lacks = subjects::lacks(services, ctx, tx, case.kind, case.subject).await.map_err(without_refusal)?;
    if lacks.is_empty() { Ok(()) } else { Err(ActError::Refused(PaperRefusal::Lacks(lacks))) }
}

/// Writes where a paper stands after a move; who moved first wins.
async fn step_to(ctx: &Ctx, tx: &WriteTx, by: By<'_>, case: &Case, procedure: &Procedure, next: &At) -> Result<(), Refused> {
    let closed = |state: CaseState| Stand { state, step: &case.step, from: None, holder: case.holder, body: None, due_on: None };
    let stand = match next {
        At::Issued => closed(CaseState::Issued),
        At::Stopped => closed(CaseState::Stopped),
        At::Step { step, from } => {
            let step = procedure.step(step).ok_or(ActError::NotFound)?;
            let due_on = calendar::due(ctx.today, step.days)?;
            let body = step.body.as_deref();
            Stand { state: CaseState::Open, step: &step.code, from: from.as_deref(), holder: step.holder, body, due_on }
        }
    };
    Ok(write::stand(tx, by, case.id, case.revision, &stand, ctx.now).await?)
}

/// What is written down of a move.
fn event<'a>(case: &'a Case, act: &'a str, next: &'a At, words: &'a str) -> NewEvent<'a> {
    let to_step = match next {
        At::Step { step, .. } => Some(step.as_str()),
        At::Issued | At::Stopped => None,
    };
    NewEvent { act, step: &case.step, to_step, opinion: None, words }
}

/// Notes an act on a paper in the audit.
async fn note(tx: &WriteTx, ctx: &Ctx, act: &str, id: CaseId, words: &str) -> Result<(), store::StoreError> {
    note_of(tx, ctx, act, &format!("paper/{id}"), words).await
}

async fn note_of(tx: &WriteTx, ctx: &Ctx, act: &str, subject: &str, words: &str) -> Result<(), store::StoreError> {
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act,
        subject,
        before: None,
        after: None,
        reason: words.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}

/// The procedure that a paper follows.
pub(crate) async fn procedure_of(services: &Services, case: &Case) -> Result<Procedure, store::StoreError> {
    procedures::stored(services, &case.route).await
}

/// The procedure that a paper of a kind would follow.
pub(crate) async fn procedure_for(
    services: &Services,
    kind: PaperKind,
    bloc: domain::orgs::Bloc,
) -> Result<Option<Procedure>, store::StoreError> {
    Ok(procedures::governing(services, kind, bloc).await?.map(|(procedure, _)| procedure))
}

/// The page of what a paper is about, where one can look at it and send it again.
///
/// # Errors
/// [`ActError::NotFound`] when the subject is none.
pub async fn subject_path(services: &Services, kind: PaperKind, subject: i64) -> Result<Option<String>, ActError> {
    Ok(subjects::path(services, kind, subject).await?)
}
