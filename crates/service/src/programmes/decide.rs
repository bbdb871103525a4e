//! The decision that approves a text, by hand or by a paper that was issued, and the end of a programme.
//! Not for: how the paper gets its number (procedures).

use domain::ids::{ProgrammeId, UserId};
use domain::programmes::Lack;
use domain::programmes::life::{State, Step};
use domain::time::Date;
use store::read::programmes as read;
use store::write::programmes as write;
use store::write::{bump_facts, programmes::OpenText};
use store::{StoreError, WriteTx};

use super::keep::{stepping, text_lacks};
use super::{ProgrammeRefusal, Refused, decider, doer, keeper, note};
use crate::registry::is_reason;
use crate::{ActError, Ctx, Services};

/// Most letters of a number.
const MOST_NUMBER: usize = 60;

/// A paper that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its number.
    pub number: String,
    /// Its day.
    pub dated_on: Date,
    /// Who signed it.
    pub signer_user: UserId,
    /// How the signature reads.
    pub signature_line: Vec<String>,
}

/// Approves the appraised text by a decision; the text in force before it is replaced from that day.
///
/// # Errors
/// [`ProgrammeRefusal`]: not appraised, no number, a day that cannot be.
pub async fn approve(services: &Services, ctx: &Ctx, code: &str, number: &str, on: Option<Date>) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let proof = decider(ctx, line.owner_bloc)?;
    let number = number.trim();
    let tx = services.db.write().await?;
    let (open, _) = stepping(write::open_text(&tx, line.id).await?, line.state, Step::Approve)?;
    let is_possible = |on: &Date| *on <= ctx.today && line.valid_from.is_none_or(|from| from < *on);
    let day = on.filter(is_possible);
    let mut refusals = Vec::new();
    refusals.extend((!(1..=MOST_NUMBER).contains(&number.chars().count())).then_some(ProgrammeRefusal::NoNumber));
    refusals.extend(day.is_none().then_some(ProgrammeRefusal::BadDecisionDay));
    if let Some(day) = day {
        refusals.extend(text_lacks(&open.text, day)?.into_iter().map(ProgrammeRefusal::Lack));
    }
    let (Some(day), true) = (day, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    write::approve(&tx, doer(ctx, proof.as_ref()), line.id, open.id, (number, day)).await?;
    note(&tx, ctx, "programme.approve", &format!("programme/{code}/{}", open.number), number).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Ends a programme that is in force, or gives up the text that is worked on.
///
/// # Errors
/// [`ProgrammeRefusal::OpenText`] when a text is worked on beside the one in force, [`ProgrammeRefusal::WrongState`].
pub async fn retire(services: &Services, ctx: &Ctx, code: &str, number: i32, reason: &str) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let text = read::text(&services.db, line.id, number).await?.line;
    // Whoever writes a draft gives it up; only who approves takes out of force.
    let proof = match text.state {
        State::Approved => decider(ctx, line.owner_bloc)?,
        _ => keeper(services, ctx, &line.owner_code, line.owner_bloc).await?,
    };
    let mut refusals = Vec::new();
    refusals.extend(text.state.after(Step::Retire).is_none().then_some(ProgrammeRefusal::WrongState(text.state)));
    refusals.extend((text.state == State::Approved && line.next.is_some()).then_some(ProgrammeRefusal::OpenText));
    refusals.extend((!is_reason(reason)).then_some(ProgrammeRefusal::NoReason));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    // A text that came into force today is still valid today, so that its time is never empty.
    let end = match text.valid_from {
        Some(from) if from >= ctx.today => from.next_day().unwrap_or(from),
        _ => ctx.today,
    };
    let tx = services.db.write().await?;
    write::retire(&tx, doer(ctx, proof.as_ref()), line.id, text.id, text.state, end).await?;
    note(&tx, ctx, "programme.retire", &format!("programme/{code}/{number}"), reason).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// What the text of a programme lacks before its paper may go on.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody works on a text of it.
pub async fn lacks_of(_services: &Services, tx: &WriteTx, subject: i64, ctx: &Ctx) -> Result<Vec<Lack>, StoreError> {
    let open = open(tx, subject).await?;
    let mut lacks = text_lacks(&open.text, ctx.today)?;
    lacks.extend((open.state != State::Appraised).then_some(Lack::Appraisal));
    Ok(lacks)
}

/// The paper came back: the text is a draft again, and goes through the council anew.
///
/// # Errors
/// [`StoreError::Stale`] when the text is not appraised any more.
pub async fn returned_to_draft(_services: &Services, tx: &WriteTx, subject: i64, ctx: &Ctx, reason: &str) -> Result<(), StoreError> {
    let open = open(tx, subject).await?;
    let next = open.state.after(Step::Return).ok_or(StoreError::Stale)?;
    write::change_state(tx, doer(ctx, None), ProgrammeId(subject), open.id, (open.state, next)).await?;
    note(tx, ctx, "programme.return", &format!("programme/{subject}/{}", open.number), reason).await
}

/// The paper was issued: the text is in force from its day.
///
/// # Errors
/// [`StoreError::Stale`] when the text is not appraised any more.
pub async fn issued_by_paper(_services: &Services, tx: &WriteTx, subject: i64, ctx: &Ctx, issued: &Issued) -> Result<(), StoreError> {
    let open = open(tx, subject).await?;
    write::approve(tx, doer(ctx, None), ProgrammeId(subject), open.id, (&issued.number, issued.dated_on)).await?;
    note(tx, ctx, "programme.approve", &format!("programme/{subject}/{}", open.number), &issued.number).await?;
    bump_facts(tx).await
}

async fn open(tx: &WriteTx, subject: i64) -> Result<OpenText, StoreError> {
    write::open_text(tx, ProgrammeId(subject)).await?.ok_or(StoreError::NotFound)
}
