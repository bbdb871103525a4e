//! Keys of requests: claimed before the work in a step of their own, answered in the step of the work, given back when nothing was written.
//! Not for: what is answered.

use domain::ids::UserId;
use store::WriteTx;
use store::write::exchange::{self as store_exchange, Answer, Claim, Key, Standing};

use crate::{ActError, Ctx, Services};

/// Answers are kept so long: two days.
pub const FORGET_MS: i64 = 48 * 60 * 60 * 1_000;
/// A request without an answer is given up after so long; requests themselves are cut off much earlier.
pub const GIVE_UP_MS: i64 = 2 * 60 * 1_000;

/// How an act leaves its answer under the key of its request.
#[derive(Clone, Copy)]
pub struct Receipt<'a, T: ?Sized> {
    /// The claim; `None` for a request without a key.
    pub claim: Option<Claim>,
    /// The answer to what was done.
    pub answer: &'a (dyn Fn(&T) -> Answer + Send + Sync),
}

impl<T: ?Sized> std::fmt::Debug for Receipt<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receipt").field("claim", &self.claim).finish_non_exhaustive()
    }
}

impl<T: ?Sized> Receipt<'_, T> {
    /// Keeps the answer in the transaction of the act.
    pub(crate) async fn keep(&self, tx: &WriteTx, done: &T) -> Result<(), store::StoreError> {
        match self.claim {
            Some(claim) => store_exchange::answer(tx, claim, &(self.answer)(done)).await,
            None => Ok(()),
        }
    }
}

/// Claims a key of an account for a request.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn claim(services: &Services, ctx: &Ctx, user: UserId, key: &str, fingerprint: &str) -> Result<Standing, ActError> {
    let (forget, given_up) = (ctx.now.plus_ms(-FORGET_MS), ctx.now.plus_ms(-GIVE_UP_MS));
    let tx = services.db.write().await?;
    let standing = store_exchange::claim(&tx, &Key { user, key, fingerprint, now: ctx.now, forget, given_up }).await?;
    tx.commit().await?;
    Ok(standing)
}

/// Gives a key back whose request wrote nothing: sent again it is worked on again.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn release(services: &Services, claim: Claim) -> Result<(), ActError> {
    let tx = services.db.write().await?;
    store_exchange::release(&tx, claim).await?;
    Ok(tx.commit().await?)
}
