//! The catalogue of posts (vị trí việc làm): which there are, for which kinds of units, since when.
//! Not for: who has them (`career`).

use std::sync::Arc;

use domain::orgs::UnitKind;
use domain::roles::{self, Act};
use domain::time::{Date, Interval};
use store::read::posts as read;
use store::write::register::{self as write, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::keeping::is_reason;
use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

pub use domain::people::PostGroup;
pub use store::read::posts::PostLine;
pub use store::write::register::PostCard;

/// The catalogue kept in memory.
pub(crate) type KeptPosts = Kept<Date, Vec<PostLine>>;

/// Why a post is not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostRefusal {
    /// It has no title.
    NoTitle,
    /// Another post has the title.
    TitleTaken,
    /// Another post has the code.
    CodeTaken,
    /// It ends before it begins.
    EndsBeforeStart,
    /// It must say why.
    NoReason,
}

/// The catalogue by title, with the people who have each post on a day.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn posts(services: &Services, ctx: &Ctx, on: Date) -> Result<Arc<Vec<PostLine>>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let make = async { Ok(read::all(&services.db, on).await?) };
    services.posts.get(services.facts(ctx).await?, on, make).await
}

/// One post.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, [`ActError::Forbidden`] for those who do not keep the catalogue.
pub async fn post(services: &Services, ctx: &Ctx, id: i64) -> Result<PostLine, ActError> {
    ctx.scope(Act::KeepUnits)?;
    posts(services, ctx, ctx.today).await?.iter().find(|post| post.id == id).cloned().ok_or(ActError::NotFound)
}

/// Titles to offer for a unit of a kind: those made for the kind first, then those that are for all and in use.
///
/// # Errors
/// As [`posts`].
pub async fn post_titles(services: &Services, ctx: &Ctx, kind: Option<UnitKind>) -> Result<Vec<String>, ActError> {
    const MOST: usize = 200;
    let all = posts(services, ctx, ctx.today).await?;
    let holds = |post: &&PostLine| post.from.is_none_or(|from| from <= ctx.today) && post.to.is_none_or(|to| ctx.today < to);
    let of_kind = all.iter().filter(holds).filter(|post| kind.is_some_and(|kind| post.kinds.contains(&kind)));
    let mut rest: Vec<&PostLine> = all.iter().filter(holds).filter(|post| post.kinds.is_empty()).collect();
    rest.sort_by_key(|post| std::cmp::Reverse(post.people));
    Ok(of_kind.chain(rest).take(MOST).map(|post| post.title.clone()).collect())
}

/// Writes a post of the catalogue, new or known.
///
/// # Errors
/// Every [`PostRefusal`] that applies.
pub async fn keep_post(
    services: &Services,
    ctx: &Ctx,
    id: Option<i64>,
    card: &PostCard<'_>,
    reason: &str,
) -> Result<(), ActError<Vec<PostRefusal>>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepUnits)).transpose()?;
    let all = read::all(&services.db, ctx.today).await?;
    if id.is_some_and(|id| all.iter().all(|post| post.id != id)) {
        return Err(ActError::NotFound);
    }
    let refusals = judge(&all, id, card, reason);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let words = reason.trim();
    let why = Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words, operation: &ctx.operation };
    let tx = services.db.write().await?;
    let key = write::keep_post(&tx, &why, id, &PostCard { title: card.title.trim(), ..*card }).await?;
    let subject = format!("post/{key}");
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "post.keep",
        subject: &subject,
        before: None,
        after: Some(card.title.trim()),
        reason: words,
        operation: &ctx.operation,
    };
    audit::record(&tx, &entry).await?;
    bump_facts(&tx).await?;
    tx.commit().await?;
    Ok(())
}

fn judge(all: &[PostLine], id: Option<i64>, card: &PostCard<'_>, reason: &str) -> Vec<PostRefusal> {
    let mut refusals = post_faults(all, id, card);
    refusals.extend((!is_reason(reason)).then_some(PostRefusal::NoReason));
    refusals
}

/// What is wrong with a post itself.
pub(crate) fn post_faults(all: &[PostLine], id: Option<i64>, card: &PostCard<'_>) -> Vec<PostRefusal> {
    let mut refusals = Vec::new();
    let is_others = |is_same: &dyn Fn(&read::PostLine) -> bool| all.iter().any(|post| Some(post.id) != id && is_same(post));
    refusals.extend(card.title.trim().is_empty().then_some(PostRefusal::NoTitle));
    refusals.extend(is_others(&|post| post.title == card.title.trim()).then_some(PostRefusal::TitleTaken));
    refusals.extend((card.code.is_some() && is_others(&|post| post.code.as_deref() == card.code)).then_some(PostRefusal::CodeTaken));
    refusals.extend(card.from.is_some_and(|from| Interval::new(from, card.to).is_err()).then_some(PostRefusal::EndsBeforeStart));
    refusals
}
