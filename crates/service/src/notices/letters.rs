//! Letters handed over one by one: claimed, carried, and kept what became of it. Whoever is killed between the server's word and our note of
//! it leaves a letter that is claimed; it is handed over again under the same number, by which the receiver keeps it once.
//! Not for: what carries them; that is given.

use std::future::Future;

use domain::ids::MailId;
use domain::notices::{PATIENCE_DAYS, back_off};
use domain::time::Instant;
use store::At;
use store::read::notices::people::{letterbox, whose};
use store::read::notices::{self as read, NoticeLine, Which};
use store::write::notices::{self as write, Outcome};

use crate::{ActError, Ctx, Services};

/// A letter to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its number; the same at every try.
    pub id: MailId,
    /// Where to.
    pub address: String,
    /// Name of the person.
    pub name: String,
    /// Code of the language the person reads.
    pub language: String,
    /// What it tells.
    pub notices: Vec<NoticeLine>,
}

/// Why a letter was not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody answers; no other letter will come through now either.
    Unreachable(String),
    /// The server does not take this one now.
    NotNow(String),
    /// The server will never take it.
    Never(String),
}

/// Hands letters over.
pub trait Carrier: Sync {
    /// Hands one over.
    fn carry(&self, parcel: &Parcel) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// What became of the letters that were due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The server took so many.
    pub sent: usize,
    /// So many are tried again later.
    pub later: usize,
    /// So many never go out.
    pub failed: usize,
}

/// A letter that was claimed so long ago and not told of again was lost by a process that was killed.
pub(super) const LEASE_MS: i64 = 3 * 60_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MINUTE_MS: i64 = 60_000;
/// Most notices of one letter; the rest is read in the program.
const MOST: u32 = 200;
/// What stands beside a letter that nobody can be reached by.
const NO_ADDRESS: &str = "no address";

/// Hands over the letters that are due, at most so many, until all are or nobody answers.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn deliver(services: &Services, ctx: &Ctx, carrier: &impl Carrier, most: usize) -> Result<Delivered, ActError> {
    let mut done = Delivered::default();
    for _ in 0..most {
        let tx = services.db.write().await?;
        let Some((mail, tries, made_at)) = write::claim(&tx, ctx.now, ctx.now.plus_ms(-LEASE_MS)).await? else { break };
        tx.commit().await?;
        let parcel = parcel(services, mail).await?;
        let carried = match &parcel {
            Some(parcel) => carrier.carry(parcel).await,
            None => Err(Fault::Never(NO_ADDRESS.to_owned())),
        };
        let again = next_try(ctx.now, made_at, tries + 1);
        let outcome = match (&carried, again) {
            (Ok(()), _) => Outcome::Sent,
            (Err(Fault::Unreachable(why) | Fault::NotNow(why)), Some(then)) => Outcome::Later(then, why),
            (Err(Fault::Unreachable(why) | Fault::NotNow(why) | Fault::Never(why)), _) => Outcome::Failed(why),
        };
        match outcome {
            Outcome::Sent => done.sent += 1,
            Outcome::Later(..) => done.later += 1,
            Outcome::Failed(_) => done.failed += 1,
        }
        let tx = services.db.write().await?;
        write::settle(&tx, mail, parcel.as_ref().map(|parcel| parcel.address.as_str()), outcome, ctx.now).await?;
        tx.commit().await?;
        if matches!(carried, Err(Fault::Unreachable(_))) {
            break;
        }
    }
    Ok(done)
}

/// When a letter is tried again; never once it is old.
fn next_try(now: Instant, made_at: Instant, tries: i32) -> Option<Instant> {
    let then = now.plus_ms(back_off(tries) * MINUTE_MS);
    (then.0 - made_at.0 < PATIENCE_DAYS * DAY_MS).then_some(then)
}

/// The letter as it stands by now: a mended address counts, and a language chosen since.
async fn parcel(services: &Services, id: MailId) -> Result<Option<Parcel>, ActError> {
    let person = whose(At::Reader(&services.db), id).await?;
    let kept = letterbox(At::Reader(&services.db), person).await?;
    let Some(address) = kept.address else { return Ok(None) };
    let notices = read::list(At::Reader(&services.db), Which::Letter(id), MOST).await?;
    Ok(Some(Parcel { id, address, name: kept.name, language: kept.language.unwrap_or_else(|| "vi".to_owned()), notices }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_given_up_after_its_days() {
        let made = Instant(0);
        assert_eq!(next_try(Instant(1_000), made, 1), Some(Instant(61_000)));
        let last = PATIENCE_DAYS * DAY_MS - 240 * MINUTE_MS;
        assert!(next_try(Instant(last - 1), made, 9).is_some() && next_try(Instant(last), made, 9).is_none());
    }
}
