//! Writing a programme: begun, saved by one officer at a time, sent to a council, taken back.
//! Not for: what the council does (`sessions`), or the decision (`decide`).

use domain::programmes::life::{State, Step};
use domain::programmes::{Lack, Text, faults, is_code, lacks};
use domain::roles::Act;
use domain::time::Date;
use store::StoreError;
use store::read::programmes as read;
use store::read::programmes::councils::council;
use store::write::programmes as write;
use store::write::programmes::OpenText;
use store::write::programmes::councils as sessions;

use super::lengths::{Length, lengths};
use super::{ProgrammeRefusal, Refused, doer, keeper, note};
use crate::registry::{Found, is_reason, resolve_unit, unit, without_refusal};
use crate::{ActError, Ctx, Services};

/// A programme to be begun.
#[derive(Debug, Clone, Copy)]
pub struct NewProgramme<'a> {
    /// Its code.
    pub code: &'a str,
    /// Code or name of the unit that keeps it.
    pub owner: &'a str,
    /// What it says.
    pub text: &'a Text,
}

/// Begins a programme with its first text.
///
/// # Errors
/// Every [`ProgrammeRefusal`] that applies.
pub async fn create(services: &Services, ctx: &Ctx, new: &NewProgramme<'_>) -> Result<(), Refused> {
    let Found::One(owner, _) = resolve_unit(services, ctx, new.owner, ctx.today).await.map_err(without_refusal)? else {
        let mut refusals = text_refusals(new.text);
        refusals.insert(0, ProgrammeRefusal::NoUnit);
        return Err(ActError::Refused(refusals));
    };
    let names = crate::registry::unit_names(services, ctx).await.map_err(without_refusal)?;
    let code = names.unit(owner).map(|unit| unit.code.clone()).ok_or(ActError::NotFound)?;
    let owner_view = unit(services, ctx, &code, ctx.today).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, &code, owner_view.unit.bloc).await?;
    let mut refusals = text_refusals(new.text);
    refusals.extend((!is_code(new.code)).then_some(ProgrammeRefusal::BadCode));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    match write::create(&tx, doer(ctx, proof.as_ref()), new.code, owner, new.text, "").await {
        Err(StoreError::Duplicate) => return Err(ActError::Refused(vec![ProgrammeRefusal::CodeTaken])),
        other => other?,
    };
    note(&tx, ctx, "programme.create", &format!("programme/{}/1", new.code), "").await?;
    Ok(tx.commit().await?)
}

/// Begins the next text of a programme in force, with the words of the last.
///
/// # Errors
/// [`ProgrammeRefusal::OpenText`] when one is open, [`ProgrammeRefusal::WrongState`] when none is in force.
pub async fn begin(services: &Services, ctx: &Ctx, code: &str, reason: &str) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let mut refusals = Vec::new();
    refusals.extend((line.state != State::Approved).then_some(ProgrammeRefusal::WrongState(line.state)));
    refusals.extend(line.next.is_some().then_some(ProgrammeRefusal::OpenText));
    refusals.extend((!is_reason(reason)).then_some(ProgrammeRefusal::NoReason));
    let texts = read::texts(&services.db, line.id).await?;
    let in_force = texts.iter().find(|text| text.line.state == State::Approved);
    let (Some(in_force), true) = (in_force, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let next = texts.first().map_or(1, |text| text.line.number + 1);
    let tx = services.db.write().await?;
    write::begin_text(&tx, doer(ctx, proof.as_ref()), line.id, next, &in_force.text, reason.trim()).await?;
    note(&tx, ctx, "programme.begin", &format!("programme/{code}/{next}"), reason).await?;
    Ok(tx.commit().await?)
}

/// Saves the text that is worked on; two officers cannot overwrite each other.
///
/// # Errors
/// [`ProgrammeRefusal`] when the text cannot be kept, [`ActError::Stale`] when someone else saved first.
pub async fn save(services: &Services, ctx: &Ctx, code: &str, revision: i32, text: &Text) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let refusals = text_refusals(text);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let open = stepping(write::open_text(&tx, line.id).await?, line.state, Step::Save)?.0;
    write::save_text(&tx, doer(ctx, proof.as_ref()), line.id, open.id, revision, text).await?;
    note(&tx, ctx, "programme.save", &format!("programme/{code}/{}", open.number), "").await?;
    Ok(tx.commit().await?)
}

/// Sends the text to a council, which meets on a day.
///
/// # Errors
/// Everything that the text lacks; a council that does not exist on the day.
pub async fn send(services: &Services, ctx: &Ctx, code: &str, to: i64, held_on: Date) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let council = match council(&services.db, to).await {
        Err(StoreError::NotFound) => return Err(ActError::Refused(vec![ProgrammeRefusal::NoCouncil])),
        other => other?,
    };
    let tx = services.db.write().await?;
    let (open, next) = stepping(write::open_text(&tx, line.id).await?, line.state, Step::Send)?;
    let mut refusals: Vec<ProgrammeRefusal> = text_lacks(&open.text, held_on)?.into_iter().map(ProgrammeRefusal::Lack).collect();
    refusals.extend((!council.during.contains(held_on)).then_some(ProgrammeRefusal::NoCouncil));
    refusals.extend((held_on < ctx.today).then_some(ProgrammeRefusal::BadDay));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let doer = doer(ctx, proof.as_ref());
    write::change_state(&tx, doer, line.id, open.id, (open.state, next)).await?;
    sessions::open(&tx, doer, council.id, open.id, held_on).await?;
    note(&tx, ctx, "programme.send", &format!("programme/{code}/{}", open.number), &council.name).await?;
    Ok(tx.commit().await?)
}

/// Takes the text back from the council, which then decides nothing.
///
/// # Errors
/// [`ProgrammeRefusal::WrongState`] when no council has it.
pub async fn recall(services: &Services, ctx: &Ctx, code: &str, reason: &str) -> Result<(), Refused> {
    let line = read::one(&services.db, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![ProgrammeRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    let (open, next) = stepping(write::open_text(&tx, line.id).await?, line.state, Step::Recall)?;
    let doer = doer(ctx, proof.as_ref());
    sessions::recall(&tx, doer, open.id).await?;
    write::change_state(&tx, doer, line.id, open.id, (open.state, next)).await?;
    note(&tx, ctx, "programme.recall", &format!("programme/{code}/{}", open.number), reason).await?;
    Ok(tx.commit().await?)
}

/// The open text and the state after a step, or the refusal of the step.
pub(super) fn stepping(open: Option<OpenText>, else_in: State, step: Step) -> Result<(OpenText, State), Refused> {
    let wrong = |state| ActError::Refused(vec![ProgrammeRefusal::WrongState(state)]);
    let open = open.ok_or_else(|| wrong(else_in))?;
    let next = open.state.after(step).ok_or_else(|| wrong(open.state))?;
    Ok((open, next))
}

/// Everything that a text lacks, with the length that verified law of a day forbids.
pub(super) fn text_lacks(text: &Text, on: Date) -> Result<Vec<Lack>, StoreError> {
    let mut all = lacks(text);
    all.extend(lengths(text, on)?.iter().any(Length::forbids).then_some(Lack::LegalLength));
    Ok(all)
}

fn text_refusals(text: &Text) -> Vec<ProgrammeRefusal> {
    faults(text).into_iter().map(ProgrammeRefusal::Text).collect()
}

/// Whether the asker may begin a programme somewhere.
#[must_use]
pub fn may_create(ctx: &Ctx) -> bool {
    ctx.may(Act::KeepProgrammes)
}
