//! Notices: kept beside each change that people are to be told of, told to each of them once, read, and sent as letters.
//! Not for: who is told of what (`domain::notices`), the words of letters (`web`), or a server of mail (`app`).

mod boxes;
mod dispatch;
mod letters;
mod log;

use domain::ids::{ClassId, NominationId, NoticeId};
use domain::notices::Event;
use store::read::notices::{self as read, Person, Told, Which};
use store::write::notices as write;
use store::{At, StoreError, WriteTx};

use crate::{ActError, Ctx, Services};

pub use boxes::{Box as Letterbox, BoxRefusal, hours, keep_hours, keep_of, keep_own, of_official, own};
pub use dispatch::{Post, dispatch};
pub use letters::{Carrier, Delivered, Fault, Parcel, deliver};
pub use log::{Ask as MailsAsk, MailsPage, again, mails, told, told_people};
pub use store::read::notices::NoticeLine;
pub use store::read::notices::log::{MailLine, ToldLine, ToldPerson};
pub use store::read::notices::people::Letterbox as Kept;

/// Keeps that people are to be told of what happened to a class, in the transaction in which it happens.
pub(crate) async fn tell(tx: &WriteTx, ctx: &Ctx, event: Event, class: ClassId, words: &str) -> Result<(), StoreError> {
    write::tell(tx, event, &Told::of_class(class, by(ctx), words), ctx.now).await
}

/// Keeps that people are to be told of what happened to somebody named for a class, in the transaction in which it happens.
pub(crate) async fn tell_of(tx: &WriteTx, ctx: &Ctx, event: Event, (class, nomination): (ClassId, NominationId)) -> Result<(), StoreError> {
    write::tell(tx, event, &Told::of_nomination(class, nomination, by(ctx)), ctx.now).await
}

fn by(ctx: &Ctx) -> Option<domain::ids::UserId> {
    ctx.who.as_ref().map(|who| who.user)
}

/// The asker as somebody who is told.
fn reader(ctx: &Ctx) -> Result<Person, ActError> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(Person { official: who.official, user: Some(who.user) })
}

/// What waits to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// Events that nobody was told of.
    pub events: bool,
    /// Letters that are due.
    pub letters: bool,
}

/// Whether anything waits to be told or handed over; a look that costs next to nothing.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn pending(services: &Services, ctx: &Ctx) -> Result<Pending, ActError> {
    let (events, letters) = read::pending(&services.db, ctx.now, ctx.now.plus_ms(-letters::LEASE_MS)).await?;
    Ok(Pending { events, letters })
}

/// Which of the own notices are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ask {
    /// Only what was not read.
    pub unread: bool,
    /// Only what asks something.
    pub asked: bool,
    /// Older than this one.
    pub before: Option<i64>,
}

/// The asker's notices, the newest first, and whether there are older ones.
///
/// # Errors
/// [`ActError::NotFound`] for the system, whom nobody tells anything.
pub async fn list(services: &Services, ctx: &Ctx, ask: &Ask, limit: u32) -> Result<(Vec<NoticeLine>, bool), ActError> {
    let which = Which::Of { reader: reader(ctx)?, unread: ask.unread, asked: ask.asked, before: ask.before };
    let mut lines = read::list(At::Reader(&services.db), which, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    Ok((lines, more))
}

/// How many notices the asker has not read.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn unread(services: &Services, ctx: &Ctx) -> Result<i64, ActError> {
    match reader(ctx) {
        Ok(reader) => Ok(read::unread(&services.db, reader).await?),
        Err(_) => Ok(0),
    }
}

/// One of the asker's notices, which is read by that.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or it is somebody else's.
pub async fn open(services: &Services, ctx: &Ctx, id: NoticeId) -> Result<NoticeLine, ActError> {
    let reader = reader(ctx)?;
    let found = read::list(At::Reader(&services.db), Which::One(reader, id.0), 1).await?.pop().ok_or(ActError::NotFound)?;
    if found.read_at.is_none() {
        let tx = services.db.write().await?;
        write::read(&tx, &reader, Some(id.0), ctx.now).await?;
        tx.commit().await?;
    }
    Ok(found)
}

/// Says that the asker has read everything. Tells how much it was.
///
/// # Errors
/// [`ActError::NotFound`] for the system.
pub async fn read_all(services: &Services, ctx: &Ctx) -> Result<u64, ActError> {
    let reader = reader(ctx)?;
    let tx = services.db.write().await?;
    let read = write::read(&tx, &reader, None, ctx.now).await?;
    tx.commit().await?;
    Ok(read)
}
