//! What was sent to whom, for administrators; who was told of what happened to a class, for whoever keeps it.
//! Not for: one's own notices (`notices`).

use std::collections::BTreeSet;

use domain::ids::{MailId, OfficialId};
use domain::notices::{MailState, masked};
use domain::roles::{Act, Forbidden};
use store::read::notices::log::{self as read, MailLine, MailsWanted, ToldLine, ToldPerson};
use store::write::notices as write;

use crate::accounts::manager;
use crate::classes::{keeper, seen};
use crate::noting::note;
use crate::{ActError, Ctx, Services, nominations};

/// Which letters are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// In this state.
    pub state: Option<MailState>,
    /// About the class of this code.
    pub class: Option<String>,
    /// Older than this one.
    pub before: Option<i64>,
}

/// A page of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailsPage {
    /// The newest first; addresses are masked.
    pub lines: Vec<MailLine>,
    /// There are older ones.
    pub more: bool,
    /// How many are in each state.
    pub states: Vec<(MailState, i64)>,
}

/// Letters, the newest first. Looking at them is noted: they tell who is sent where.
///
/// # Errors
/// [`ActError::Forbidden`] for who manages no accounts.
pub async fn mails(services: &Services, ctx: &Ctx, ask: &Ask, limit: u32) -> Result<MailsPage, ActError> {
    manager(ctx)?;
    let wanted = MailsWanted { state: ask.state, class: ask.class.as_deref(), before: ask.before };
    let mut lines = read::mails(&services.db, &wanted, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    for line in &mut lines {
        // What a server answers may repeat the address.
        if let Some(address) = line.address.take() {
            line.error = line.error.take().map(|error| error.replace(&address, &masked(&address)));
            line.address = Some(masked(&address));
        }
    }
    let states = read::states(&services.db).await?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "notice.log", "notice/log", ask.class.as_deref().unwrap_or_default()).await?;
    tx.commit().await?;
    Ok(MailsPage { lines, more, states })
}

/// Puts a letter that failed in line again.
///
/// # Errors
/// [`ActError::Forbidden`] for who manages no accounts; [`ActError::Stale`] when it did not fail.
pub async fn again(services: &Services, ctx: &Ctx, mail: MailId) -> Result<(), ActError> {
    manager(ctx)?;
    let tx = services.db.write().await?;
    write::again(&tx, mail, ctx.now).await?;
    note(&tx, ctx, "notice.again", &format!("notice/mail/{mail}"), "").await?;
    Ok(tx.commit().await?)
}

/// Most events and people shown of one class.
const MOST: u32 = 2_000;

/// What happened to a class and how many were told of it, for whoever keeps it. Names of people of other units are left out.
///
/// # Errors
/// [`ActError::NotFound`] without such a class; [`ActError::Forbidden`] for who does not keep it.
pub async fn told(services: &Services, ctx: &Ctx, code: &str) -> Result<Vec<ToldLine>, ActError> {
    let class = seen(services, ctx, code).await?;
    keeper(services, ctx, class.terms.lead).await?;
    let visible = visible(services, ctx, code).await?;
    let mut lines = read::told(&services.db, class.id, MOST).await?;
    for line in &mut lines {
        line.about = line.about.take().filter(|(official, _)| visible.contains(official));
    }
    Ok(lines)
}

/// Who was told of one event: those whom the asker may see, and how many others.
///
/// # Errors
/// As [`told`].
pub async fn told_people(services: &Services, ctx: &Ctx, code: &str, outbox: i64) -> Result<(Vec<ToldPerson>, usize), ActError> {
    let class = seen(services, ctx, code).await?;
    keeper(services, ctx, class.terms.lead).await?;
    if !ctx.may(Act::ViewPeople) {
        return Err(Forbidden { act: Act::ViewPeople }.into());
    }
    let visible = visible(services, ctx, code).await?;
    let people = read::told_people(&services.db, class.id, outbox, MOST).await?;
    // An account of an office is nobody's private matter.
    let (shown, others): (Vec<_>, Vec<_>) =
        people.into_iter().partition(|one| one.official.is_none_or(|official| visible.contains(&official)));
    Ok((shown, others.len()))
}

async fn visible(services: &Services, ctx: &Ctx, code: &str) -> Result<BTreeSet<OfficialId>, ActError> {
    let roster = nominations::roster(services, ctx, code).await?;
    Ok(roster.lines.into_iter().map(|entry| entry.line.official.0).collect())
}
