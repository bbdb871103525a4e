//! What every change of the register shares: who may keep a record, the transaction with its reason, and the history.
//! Not for: the changes themselves (`identity`, `career`, `papers`).

use domain::register::corrections::CorrectionState;
use domain::roles::{self, Act, Authorised, Forbidden, Reach, Scope};
use store::WriteTx;
use store::read::people::Person;
use store::read::register::{self as read, ChangeLine};
use store::write::register::{Why, settle};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::{person, view};
use crate::{ActError, Ctx, Services};

/// Most letters of a reason.
const MOST_REASON: usize = 500;

/// Who keeps a record: a person with the act where the official works today, the whole province's keeper, or the terminal.
pub(super) struct Keeper {
    proof: Option<Authorised>,
    /// The proposal that the change accepts, and what is answered.
    settles: Option<(i64, String)>,
}

impl Keeper {
    /// The keeper of a person's record.
    pub(super) async fn of<R>(services: &Services, ctx: &Ctx, official: &Person) -> Result<Self, ActError<R>> {
        let Some(who) = &ctx.who else { return Ok(Self::with(None)) };
        let scope = roles::scope(who, Act::KeepRegister)?;
        // Nobody keeps the own record, but for the province's keeper, whom nobody stands above.
        if who.official == Some(official.id) && *scope.reach() != Reach::Province {
            return Err(Forbidden { act: Act::KeepRegister }.into());
        }
        let lies_within = lies_within(services, ctx, official, &scope).await.map_err(without_refusal)?;
        Ok(Self::with(Some(roles::authorise_within(who, Act::KeepRegister, |_| lies_within)?)))
    }

    /// The keeper of a unit, for people who come into it.
    pub(super) async fn of_unit<R>(services: &Services, ctx: &Ctx, code: &str) -> Result<Self, ActError<R>> {
        let Some(who) = &ctx.who else { return Ok(Self::with(None)) };
        let unit = view(services, ctx, code, ctx.today).await.map_err(without_refusal)?;
        Ok(Self::with(Some(roles::authorise_within(who, Act::KeepRegister, |scope| unit.lies_within(scope))?)))
    }

    fn with(proof: Option<Authorised>) -> Self {
        Self { proof, settles: None }
    }

    /// The same, whose change accepts a proposal in the same step.
    pub(super) fn settling(self, proposal: i64, answer: &str) -> Self {
        Self { settles: Some((proposal, answer.to_owned())), ..self }
    }

    /// The reason that is written beside every change.
    pub(super) fn why<'a>(&'a self, ctx: &'a Ctx, words: &'a str) -> Why<'a> {
        let by = self.proof.as_ref().map_or(By::System, By::Person);
        Why { by, at: ctx.now, words: words.trim(), operation: &ctx.operation }
    }

    /// Notes the act in the audit, lets figures be counted anew, and commits.
    pub(super) async fn commit(&self, tx: WriteTx, ctx: &Ctx, act: &str, code: &str, words: &str) -> Result<(), store::StoreError> {
        self.note(&tx, ctx, act, code, words).await?;
        if let Some((proposal, answer)) = &self.settles {
            settle(&tx, &self.why(ctx, words), *proposal, CorrectionState::Accepted, answer).await?;
        }
        bump_facts(&tx).await?;
        tx.commit().await
    }

    /// Notes the act in the audit.
    pub(super) async fn note(&self, tx: &WriteTx, ctx: &Ctx, act: &str, code: &str, words: &str) -> Result<(), store::StoreError> {
        let subject = format!("official/{code}");
        let entry = audit::Entry {
            at: ctx.now,
            user: self.proof.as_ref().map(Authorised::user),
            act,
            subject: &subject,
            before: None,
            after: None,
            reason: words.trim(),
            operation: &ctx.operation,
        };
        audit::record(tx, &entry).await
    }
}

async fn lies_within(services: &Services, ctx: &Ctx, official: &Person, scope: &Scope) -> Result<bool, ActError> {
    if *scope.reach() == Reach::Province {
        return Ok(true);
    }
    for posting in official.postings.iter().filter(|p| p.during.contains(ctx.today)) {
        if view(services, ctx, &posting.unit.0, ctx.today).await?.lies_within(scope) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the asker may change a person's record; never oneself, except for who keeps the whole province.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn may_keep(services: &Services, ctx: &Ctx, official: &Person) -> Result<bool, ActError> {
    match Keeper::of::<crate::Never>(services, ctx, official).await {
        Ok(_) => Ok(true),
        Err(ActError::Internal(error)) => Err(ActError::Internal(error)),
        Err(_) => Ok(false),
    }
}

/// A reason must be named and not be a treatise.
pub(crate) fn is_reason(words: &str) -> bool {
    let letters = words.trim().chars().count();
    (1..=MOST_REASON).contains(&letters)
}

/// An answer that no rule refused, as one of an act that has rules.
pub(crate) fn without_refusal<R>(error: ActError) -> ActError<R> {
    without_refusal_of(error, |_| ActError::NotFound)
}

/// An answer of one act as one of another, which says in its own way what was refused there.
pub(crate) fn without_refusal_of<A, R>(error: ActError<A>, refused: impl FnOnce(A) -> ActError<R>) -> ActError<R> {
    match error {
        ActError::Forbidden(f) => ActError::Forbidden(f),
        ActError::Internal(e) => ActError::Internal(e),
        ActError::Stale => ActError::Stale,
        ActError::NotFound => ActError::NotFound,
        ActError::Refused(refusal) => refused(refusal),
    }
}

/// The changes of a person's record, newest first, to whoever keeps it and to the person.
///
/// # Errors
/// [`ActError::NotFound`] when the asker may not see the record, [`ActError::Forbidden`] when not its history.
pub async fn history(services: &Services, ctx: &Ctx, code: &str, before: Option<i64>, limit: u32) -> Result<Vec<ChangeLine>, ActError> {
    let official = person(services, ctx, code).await?;
    let is_own = ctx.who.as_ref().is_some_and(|who| who.official == Some(official.id));
    if !is_own {
        Keeper::of::<crate::Never>(services, ctx, &official).await?;
    }
    Ok(read::history(&services.db, official.id, before, limit).await?)
}
