//! Corrections: an official proposes one to the own record; who keeps the record accepts it, which makes it, or refuses it with a reason.
//! Not for: rules of proposals (`domain::register::corrections`), making one (`fixing` and the other acts of keeping).

use domain::register::corrections::{About, CorrectionState, MOST_OPEN, Proposal, ProposalFault, Wish, proposal_faults};
use domain::roles::{Act, Forbidden};
use store::read::corrections::{self as read, CorrectionLine, Wanted};
use store::read::people::Person;
use store::read::register as masking;
use store::write::audit;
use store::write::register::{self as write, NewCorrection, Why};
use store::write::schemes::By;

use super::identity::found;
use super::keeping::{self, Keeper};
use super::{CareerRefusal, IdentityRefusal, PaperRefusal, fixing};
use crate::{ActError, Ctx, Services};

/// Why a proposal is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalRefusal {
    /// A rule of proposals.
    Fault(ProposalFault),
    /// A value cannot be read: neither a day nor a number, as its column is.
    BadValue(&'static str),
}

/// Why a decision is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionRefusal {
    /// A refusal must say why.
    NoAnswer,
    /// The correction breaks a rule of identities.
    Identity(IdentityRefusal),
    /// The correction breaks a rule of postings.
    Career(CareerRefusal),
    /// The correction breaks a rule of papers.
    Paper(PaperRefusal),
    /// The line is not there any more.
    Gone,
}

/// What is proposed.
#[derive(Debug, Clone, Copy)]
pub struct Proposed<'a> {
    /// About what.
    pub about: About,
    /// Which line of the record, if one.
    pub row: Option<i64>,
    /// What is wrong.
    pub wish: Wish,
    /// Values as they should be: column, value as it is stored in text (days as 2026-12-31).
    pub values: &'a [(&'static str, String)],
    /// In the official's words.
    pub words: &'a str,
}

/// Proposals shown at once.
const MOST_SHOWN: u32 = 100;

fn own(ctx: &Ctx, official: &Person) -> Result<(), Forbidden> {
    let is_own = ctx.who.as_ref().is_some_and(|who| who.official == Some(official.id));
    if is_own && ctx.may(Act::ViewSelf) { Ok(()) } else { Err(Forbidden { act: Act::ViewSelf }) }
}

/// What stands in the own record about something: column and value in text; nothing for a line that is not there.
///
/// # Errors
/// [`ActError::Forbidden`] for another person's record, [`ActError::NotFound`] for a line that is not in it.
pub async fn proposable(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    about: About,
    row: Option<i64>,
) -> Result<Vec<(&'static str, String)>, ActError> {
    let official = super::person(services, ctx, code).await?;
    own(ctx, &official)?;
    let masked = masking::masked(&services.db, official.id).await?;
    fixing::values(&official, &masked, about, row).ok_or(ActError::NotFound)
}

/// Proposes a correction of the own record. Tells its key.
///
/// # Errors
/// Every [`ProposalRefusal`] that applies, [`ActError::Forbidden`] for another person's record.
pub async fn propose(services: &Services, ctx: &Ctx, code: &str, new: &Proposed<'_>) -> Result<i64, ActError<Vec<ProposalRefusal>>> {
    let official = found(services, ctx, code).await?;
    own(ctx, &official)?;
    let now = proposable(services, ctx, code, new.about, new.row).await.map_err(keeping::without_refusal)?;
    let wanted = differences(&now, new);
    let open = read::of_official(&services.db, official.id, MOST_SHOWN).await?;
    let open = open.iter().filter(|line| line.state == CorrectionState::Open).count();
    let values: Vec<_> = wanted.iter().map(|w| (w.field.as_str(), w.now.as_str(), w.wanted.as_str())).collect();
    let words = if keeping::is_reason(new.words) { new.words.trim() } else { "" };
    let proposal = Proposal { about: new.about, wish: new.wish, values: &values, words, open: open.min(MOST_OPEN) };
    let mut refusals: Vec<_> = proposal_faults(&proposal).into_iter().map(ProposalRefusal::Fault).collect();
    let unread = new.values.iter().filter(|(field, value)| !fixing::is_readable(field, value));
    refusals.extend(unread.map(|(field, _)| ProposalRefusal::BadValue(field)));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let row = NewCorrection { official: official.id, about: new.about, row: new.row, wish: new.wish, values: &wanted, words, at: ctx.now };
    let id = write::propose(&tx, &row).await?;
    note(&tx, ctx, "correction.propose", &official.code, words).await?;
    tx.commit().await?;
    Ok(id)
}

fn differences(now: &[(&'static str, String)], new: &Proposed<'_>) -> Vec<Wanted> {
    let stands = |field: &str| now.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone()).unwrap_or_default();
    let wanted = |(field, value): &(&'static str, String)| Wanted {
        field: (*field).to_owned(),
        now: stands(field),
        wanted: value.trim().to_owned(),
    };
    let values = if new.wish == Wish::Changed { new.values } else { &[] };
    values.iter().map(wanted).filter(|w| w.now != w.wanted).collect()
}

async fn note(tx: &store::WriteTx, ctx: &Ctx, act: &str, code: &str, words: &str) -> Result<(), store::StoreError> {
    let subject = format!("official/{code}");
    let user = ctx.who.as_ref().map(|who| who.user);
    let entry = audit::Entry {
        at: ctx.now,
        user,
        act,
        subject: &subject,
        before: None,
        after: None,
        reason: words.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}

/// The own proposals, newest first.
///
/// # Errors
/// [`ActError::Forbidden`] for another person's record.
pub async fn own_corrections(services: &Services, ctx: &Ctx, code: &str) -> Result<Vec<CorrectionLine>, ActError> {
    let official = super::person(services, ctx, code).await?;
    own(ctx, &official)?;
    Ok(read::of_official(&services.db, official.id, MOST_SHOWN).await?)
}

/// Takes back an own proposal that is open.
///
/// # Errors
/// [`ActError::Stale`] when it was decided meanwhile.
pub async fn withdraw(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let line = read::one(&services.db, id).await?;
    let who = ctx.who.as_ref().filter(|who| who.official == Some(line.official)).ok_or(ActError::NotFound)?;
    let proof = domain::roles::authorise_within(who, Act::ViewSelf, |_| true)?;
    let why = Why { by: By::Person(&proof), at: ctx.now, words: "", operation: &ctx.operation };
    let tx = services.db.write().await?;
    write::settle(&tx, &why, id, CorrectionState::Withdrawn, "").await?;
    note(&tx, ctx, "correction.withdraw", &line.code, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Open proposals of the people whom the asker keeps, oldest first, and how many there are.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep nobody.
pub async fn open_corrections(services: &Services, ctx: &Ctx) -> Result<(Vec<CorrectionLine>, i64), ActError> {
    let scope = ctx.scope(Act::KeepRegister)?;
    Ok(read::open(&services.db, &scope, ctx.today, MOST_SHOWN).await?)
}

/// One proposal, to who decides it.
///
/// # Errors
/// [`ActError::NotFound`] when the asker does not keep the record.
pub async fn correction(services: &Services, ctx: &Ctx, id: i64) -> Result<CorrectionLine, ActError> {
    Ok(decided_by(services, ctx, id).await?.2)
}

async fn decided_by<R>(services: &Services, ctx: &Ctx, id: i64) -> Result<(Keeper, Person, CorrectionLine), ActError<R>> {
    ctx.scope(Act::KeepRegister)?;
    let line = read::one(&services.db, id).await?;
    let official = found(services, ctx, &line.code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    Ok((keeper, official, line))
}

/// Refuses a proposal; the official reads why.
///
/// # Errors
/// [`DecisionRefusal::NoAnswer`] without a reason, [`ActError::Stale`] when somebody else decided first.
pub async fn refuse(services: &Services, ctx: &Ctx, id: i64, answer: &str) -> Result<(), ActError<Vec<DecisionRefusal>>> {
    let (keeper, official, _) = decided_by(services, ctx, id).await?;
    if !keeping::is_reason(answer) {
        return Err(ActError::Refused(vec![DecisionRefusal::NoAnswer]));
    }
    let tx = services.db.write().await?;
    write::settle(&tx, &keeper.why(ctx, answer), id, CorrectionState::Refused, answer).await?;
    keeper.note(&tx, ctx, "correction.refuse", &official.code, answer).await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts a proposal: the correction is made by the act that anybody who keeps the record would use, with its rules, and the proposal
/// is decided in the same step. What is missing is only noted as added: the line itself is entered with its own form.
///
/// # Errors
/// Every [`DecisionRefusal`] that applies, [`ActError::Stale`] when somebody else decided first.
pub async fn accept(services: &Services, ctx: &Ctx, id: i64, answer: &str) -> Result<(), ActError<Vec<DecisionRefusal>>> {
    let (keeper, official, line) = decided_by::<Vec<DecisionRefusal>>(services, ctx, id).await?;
    if line.state != CorrectionState::Open {
        return Err(ActError::Stale);
    }
    let keeper = keeper.settling(id, answer);
    let fix = fixing::Fix { services, ctx, keeper: &keeper, official: &official, values: &line.values, reason: &line.words };
    match (line.wish, line.row) {
        (Wish::Missing, _) => {
            let tx = services.db.write().await?;
            keeper.commit(tx, ctx, "correction.accept", &official.code, &line.words).await?;
            Ok(())
        }
        (Wish::Wrong, Some(row)) => {
            let struck = super::papers::strike_as(&fix, "correction.accept", (line.about.code(), row)).await;
            struck.map_err(|error| as_decision(error, DecisionRefusal::Paper))
        }
        (Wish::Changed, row) => change(&fix, line.about, row).await,
        (Wish::Wrong, None) => Err(ActError::Refused(vec![DecisionRefusal::Gone])),
    }
}

async fn change(fix: &fixing::Fix<'_>, about: About, row: Option<i64>) -> Result<(), ActError<Vec<DecisionRefusal>>> {
    match (about, row) {
        (About::Official, _) => fixing::identity(fix).await.map_err(|error| as_decision(error, DecisionRefusal::Identity)),
        (About::Posting, Some(row)) => fixing::posting(fix, row).await.map_err(|error| as_decision(error, DecisionRefusal::Career)),
        (About::Qualification, Some(row)) => {
            fixing::qualification(fix, row).await.map_err(|error| as_decision(error, DecisionRefusal::Paper))
        }
        (About::TrainingRecord, Some(row)) => fixing::record(fix, row).await.map_err(|error| as_decision(error, DecisionRefusal::Paper)),
        (_, None) => Err(ActError::Refused(vec![DecisionRefusal::Gone])),
    }
}

/// A refusal of the act that makes the correction, as one of the decision; a line that is not there any more is one too.
fn as_decision<R>(error: ActError<Vec<R>>, of: fn(R) -> DecisionRefusal) -> ActError<Vec<DecisionRefusal>> {
    match error {
        ActError::Refused(refusals) => ActError::Refused(refusals.into_iter().map(of).collect()),
        ActError::NotFound => ActError::Refused(vec![DecisionRefusal::Gone]),
        ActError::Forbidden(forbidden) => ActError::Forbidden(forbidden),
        ActError::Stale => ActError::Stale,
        ActError::Internal(error) => ActError::Internal(error),
    }
}
