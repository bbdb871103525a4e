//! How much waits on an account: papers, answers to reviews with single needs, sessions of councils. Said beside the places of every page,
//! so it is kept until something is written.
//! Not for: the things themselves; each has its own list.

use domain::ids::UserId;
use domain::roles::Act;
use domain::time::Date;

use crate::kept::Kept;
use crate::{ActError, Ctx, Services, needs, notices, papers, programmes, reviews};

/// What waits on accounts on a day.
pub(crate) type KeptWaits = Kept<(UserId, Date), Waits>;

/// How much waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// Papers.
    pub papers: i64,
    /// Answers to reviews, and needs outside of any.
    pub needs: usize,
    /// Open sessions of councils.
    pub sessions: usize,
    /// Notices that were not read.
    pub notices: i64,
}

/// How much waits on the asker; nothing waits on the system.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn waits(services: &Services, ctx: &Ctx) -> Result<Waits, ActError> {
    let waited_for = [Act::HandlePapers, Act::AnswerReviews, Act::ApproveNeeds, Act::RunReviews, Act::Appraise];
    let Some(who) = ctx.who.as_ref() else { return Ok(Waits::default()) };
    // Under the pulse, like sessions: whatever is written, by whomever, it is counted anew.
    let pulse = i64::try_from(services.db.pulse().await?).unwrap_or(i64::MAX);
    let make = async {
        let notices = notices::unread(services, ctx).await?;
        if !waited_for.into_iter().any(|act| ctx.may(act)) {
            return Ok(Waits { notices, ..Waits::default() });
        }
        let answers = if ctx.may(Act::ViewNeeds) { reviews::going_count(services, ctx).await? } else { 0 };
        Ok(Waits {
            papers: papers::waiting(services, ctx).await?,
            needs: answers + needs::waiting(services, ctx).await?.len(),
            sessions: programmes::waiting(services, ctx).await?.len(),
            notices,
        })
    };
    // Every page carries this future, so it is kept small.
    Ok(*services.waits.get(pulse, (who.user, ctx.today), Box::pin(make)).await?)
}
