//! The inbox: papers that wait on the asker, late ones, the asker's own, and all within reach.
//! Not for: one paper (`moving`).

use domain::papers::PaperKind;
use domain::roles::Act;
use store::read::papers::{self as read, Asked, Case, Which};

use super::holding;
use crate::{ActError, Ctx, Services};

/// Which papers are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxAsk {
    /// Which.
    pub which: Which,
    /// Of which kind.
    pub kind: Option<PaperKind>,
    /// Papers before these.
    pub skip: u32,
    /// Most papers.
    pub limit: u32,
}

/// Papers, and whether more follow.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// Papers.
    pub lines: Vec<Case>,
    /// More follow.
    pub has_more: bool,
    /// How many wait on the asker.
    pub waiting: i64,
}

/// Papers of the asker's inbox.
///
/// # Errors
/// [`ActError::Forbidden`] for those who see no papers.
pub async fn inbox(services: &Services, ctx: &Ctx, ask: &InboxAsk) -> Result<Inbox, ActError> {
    let scope = ctx.scope(Act::ViewPapers)?;
    let mine = holding::mine(services, ctx).await?;
    let asked = Asked {
        scope: &scope,
        mine: &mine,
        which: ask.which,
        kind: ask.kind,
        today: ctx.today,
        skip: ask.skip,
        limit: ask.limit.saturating_add(1),
    };
    let mut lines = read::list(&services.db, &asked).await?;
    let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let has_more = lines.len() > most;
    lines.truncate(most);
    Ok(Inbox { lines, has_more, waiting: read::waiting(&services.db, &mine, ctx.today).await? })
}

/// How many papers wait on the asker; nobody else has any.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn waiting(services: &Services, ctx: &Ctx) -> Result<i64, ActError> {
    if ctx.who.is_none() || !ctx.may(Act::HandlePapers) {
        return Ok(0);
    }
    let mine = holding::mine(services, ctx).await?;
    Ok(read::waiting(&services.db, &mine, ctx.today).await?)
}
