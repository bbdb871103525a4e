//! The decision that approves a text, by hand or by a paper that was issued, and the end of a programme.
//! Not for: how the paper gets its number (`papers`).

use domain::ids::{CaseId, ProgrammeId};
use domain::papers::{Issued, Lack as Missing, New, PaperKind};
use domain::programmes::life::{State, Step};
use domain::programmes::{Lack, Text};
use domain::time::Date;
use store::read::programmes as read;
use store::write::programmes as write;
use store::write::{bump_facts, programmes::OpenText};
use store::{StoreError, WriteTx};

use super::keep::{stepping, text_lacks};
use super::{ProgrammeRefusal, Refused, decider, doer, keeper, note};
use crate::papers::{self, PaperRefusal};
use crate::registry::is_reason;
use crate::{ActError, Ctx, Services};

/// Most letters of a number.
const MOST_NUMBER: usize = 60;

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
    let mut refusals = on_its_way(&tx, line.id).await?;
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

/// A programme whose paper is on its way is neither approved by hand nor given up.
async fn on_its_way(tx: &WriteTx, id: ProgrammeId) -> Result<Vec<ProgrammeRefusal>, StoreError> {
    let open = store::read::papers::open_of(tx, PaperKind::Programme, id.0).await?;
    Ok(open.map(|_| ProgrammeRefusal::OnItsWay).into_iter().collect())
}

/// Sends the appraised text for a decision: its paper goes on its way.
///
/// # Errors
/// [`ProgrammeRefusal`]: not appraised, something is missing, on its way already, or no procedure carries it.
pub async fn present(services: &Services, ctx: &Ctx, code: &str) -> Result<CaseId, Refused> {
    let line = read::one(&services.db, code).await?;
    keeper::<Vec<ProgrammeRefusal>>(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let tx = services.db.write().await?;
    let (open, _) = stepping(write::open_text(&tx, line.id).await?, line.state, Step::Approve)?;
    let lacks = text_lacks(&open.text, ctx.today)?;
    if !lacks.is_empty() {
        return Err(ActError::Refused(lacks.into_iter().map(ProgrammeRefusal::Lack).collect()));
    }
    let paper = New {
        kind: PaperKind::Programme,
        subject: line.id.0,
        unit: line.owner,
        bloc: line.owner_bloc,
        title: open.text.title.clone(),
        needs_council: false,
        cadres_of_standing_committee: false,
    };
    let case = papers::submit(services, ctx, &tx, &paper).await.map_err(of_paper)?;
    note(&tx, ctx, "programme.present", &format!("programme/{code}/{}", open.number), "").await?;
    tx.commit().await?;
    Ok(case)
}

/// What keeps the paper where it is. What a text lacks was asked before.
fn of_paper(error: ActError<PaperRefusal>) -> Refused {
    match error {
        ActError::Refused(PaperRefusal::NoProcedure) => ActError::Refused(vec![ProgrammeRefusal::NoProcedure]),
        ActError::Refused(_) => ActError::Refused(vec![ProgrammeRefusal::OnItsWay]),
        ActError::Internal(error) => ActError::Internal(error),
        ActError::NotFound => ActError::NotFound,
        ActError::Forbidden(forbidden) => ActError::Forbidden(forbidden),
        ActError::Stale => ActError::Stale,
    }
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
    let tx = services.db.write().await?;
    let mut refusals = if text.state.is_open() { on_its_way(&tx, line.id).await? } else { Vec::new() };
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
    write::retire(&tx, doer(ctx, proof.as_ref()), line.id, text.id, text.state, end).await?;
    note(&tx, ctx, "programme.retire", &format!("programme/{code}/{number}"), reason).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// What the text of a programme lacks before its paper may go on.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody works on a text of it.
pub async fn lacks_of(tx: &WriteTx, ctx: &Ctx, subject: i64) -> Result<Vec<Missing>, StoreError> {
    let open = open(tx, subject).await?;
    lacks_in(&open.text, open.state, ctx.today)
}

/// The same outside of a change, to be looked at.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody works on a text of it.
pub(crate) async fn lacks_now(services: &Services, ctx: &Ctx, subject: i64) -> Result<Vec<Missing>, StoreError> {
    let texts = read::texts(&services.db, ProgrammeId(subject)).await?;
    let open = texts.into_iter().find(|text| text.line.state.is_open()).ok_or(StoreError::NotFound)?;
    lacks_in(&open.text, open.line.state, ctx.today)
}

fn lacks_in(text: &Text, state: State, on: Date) -> Result<Vec<Missing>, StoreError> {
    let mut lacks = text_lacks(text, on)?;
    lacks.extend((state != State::Appraised).then_some(Lack::Appraisal));
    Ok(lacks.into_iter().map(|lack| Missing { code: lack.code(), detail: text.title.clone() }).collect())
}

/// The paper came back: the text is a draft again, and goes through the council anew.
///
/// # Errors
/// [`StoreError::Stale`] when the text is not appraised any more.
pub async fn returned_to_draft(tx: &WriteTx, ctx: &Ctx, subject: i64, reason: &str) -> Result<(), StoreError> {
    let open = open(tx, subject).await?;
    let next = open.state.after(Step::Return).ok_or(StoreError::Stale)?;
    write::change_state(tx, doer(ctx, None), ProgrammeId(subject), open.id, (open.state, next)).await?;
    note(tx, ctx, "programme.return", &format!("programme/{subject}/{}", open.number), reason).await
}

/// The paper was stopped: a text that was on its way is a draft again; one that had come back stays what it is.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody works on a text of it.
pub async fn stopped(tx: &WriteTx, ctx: &Ctx, subject: i64, reason: &str) -> Result<(), StoreError> {
    if open(tx, subject).await?.state == State::Appraised { returned_to_draft(tx, ctx, subject, reason).await } else { Ok(()) }
}

/// The page of a programme.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub(crate) async fn path(services: &Services, subject: i64) -> Result<String, StoreError> {
    Ok(format!("/chuong-trinh/{}", read::code_of(&services.db, ProgrammeId(subject)).await?))
}

/// The paper was issued: the text is in force from its day.
///
/// # Errors
/// [`StoreError::Stale`] when the text is not appraised any more.
pub async fn issued_by_paper(tx: &WriteTx, ctx: &Ctx, subject: i64, issued: &Issued) -> Result<(), StoreError> {
    let open = open(tx, subject).await?;
    write::approve(tx, doer(ctx, None), ProgrammeId(subject), open.id, (&issued.number, issued.dated_on)).await?;
    note(tx, ctx, "programme.approve", &format!("programme/{subject}/{}", open.number), &issued.number).await?;
    bump_facts(tx).await
}

async fn open(tx: &WriteTx, subject: i64) -> Result<OpenText, StoreError> {
    write::open_text(tx, ProgrammeId(subject)).await?.ok_or(StoreError::NotFound)
}
