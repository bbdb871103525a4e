//! Calendars that other programs read by a secret address: made and taken back by whoever is signed in, read by whoever has the address.
//! Not for: how a calendar is written (`web`).

use std::collections::{BTreeMap, BTreeSet};

use domain::feeds::FeedKind;
use domain::geography::Spot;
use domain::ids::ClassId;
use domain::roles::{Act, Forbidden, Role};
use domain::time::{Date, Instant};
use store::At;
use store::read::classes as halls;
use store::read::feeds::{self as read, Subject};
use store::write::feeds as write;

use crate::classes::{self, seen};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::sessions::{digest, random};
use crate::{ActError, Ctx, Services};

pub use store::read::feeds::{Entry, FeedLine};

/// Why a calendar is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedRefusal {
    /// The account is nobody's record.
    NoRecord,
    /// There is no such class, room or lecturer.
    NoSuch,
    /// There are too many already.
    TooMany,
}

/// Most live calendars of one account.
const MOST: usize = 20;
/// Days that a calendar looks back: who opens it sees the last half year.
const BACK: i64 = 183;
/// Reads within this time are not noted again.
const TOUCH_MS: i64 = 60 * 60_000;

/// A calendar with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whose time it tells.
    pub kind: FeedKind,
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub entries: Vec<Entry>,
    /// Where its classes stand, by code, as far as it is known.
    pub spots: BTreeMap<String, Spot>,
}

/// The asker's calendars.
///
/// # Errors
/// [`ActError::NotFound`] for the system.
pub async fn list(services: &Services, ctx: &Ctx) -> Result<Vec<FeedLine>, ActError> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(read::of_user(&services.db, who.user).await?)
}

/// Makes a calendar and gives its secret, which is kept nowhere; a class, room or lecturer is told by its code.
///
/// # Errors
/// [`FeedRefusal`]; [`ActError::Forbidden`] for roles that see no classes, and for learners who ask for a room or a lecturer.
pub async fn create(services: &Services, ctx: &Ctx, kind: FeedKind, code: &str) -> Result<String, ActError<FeedRefusal>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let subject = subject(services, ctx, kind, code.trim()).await?;
    if read::of_user(&services.db, who.user).await?.len() >= MOST {
        return Err(ActError::Refused(FeedRefusal::TooMany));
    }
    let token = random();
    let tx = services.db.write().await?;
    let id = write::create(&tx, who.user, subject, &digest(&token), ctx.now).await?;
    note(&tx, ctx, "feed.create", &format!("feed/{id}"), kind.code()).await?;
    tx.commit().await?;
    Ok(token)
}

async fn subject(services: &Services, ctx: &Ctx, kind: FeedKind, code: &str) -> Result<Subject, ActError<FeedRefusal>> {
    let none = || ActError::Refused(FeedRefusal::NoSuch);
    match kind {
        FeedKind::Person => {
            ctx.scope(Act::ViewSelf).map_err(|_| ActError::Refused(FeedRefusal::NoRecord))?;
            let own = ctx.who.as_ref().and_then(|who| who.official);
            own.map(Subject::Person).ok_or(ActError::Refused(FeedRefusal::NoRecord))
        }
        FeedKind::Class => match seen(services, ctx, code).await {
            Ok(class) => Ok(Subject::Class(class.id)),
            Err(ActError::NotFound) => Err(none()),
            Err(other) => Err(without_refusal(other)),
        },
        FeedKind::Room => {
            of_the_office(ctx)?;
            let rooms = halls::rooms(At::Reader(&services.db)).await?;
            rooms.iter().find(|room| room.code == code).map(|room| Subject::Room(room.id)).ok_or_else(none)
        }
        FeedKind::Lecturer => {
            of_the_office(ctx)?;
            let lecturers = halls::lecturers(At::Reader(&services.db)).await?;
            lecturers.iter().find(|one| one.code == code).map(|one| Subject::Lecturer(one.id)).ok_or_else(none)
        }
    }
}

/// Rooms and lecturers are the office's; somebody who only learns has the own calendar.
fn of_the_office(ctx: &Ctx) -> Result<(), Forbidden> {
    ctx.scope(Act::ViewClasses)?;
    let works = ctx.who.as_ref().is_none_or(|who| who.grants.iter().any(|grant| grant.role != Role::Learner));
    if works { Ok(()) } else { Err(Forbidden { act: Act::ViewClasses }) }
}

/// Takes one of the asker's calendars back: its address answers no more.
///
/// # Errors
/// [`ActError::NotFound`] when the asker has no such live one.
pub async fn revoke(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let tx = services.db.write().await?;
    if !write::revoke(&tx, who.user, id, ctx.now).await? {
        return Err(ActError::NotFound);
    }
    note(&tx, ctx, "feed.revoke", &format!("feed/{id}"), "").await?;
    Ok(tx.commit().await?)
}

/// What stands behind a secret; its use is noted now and then.
///
/// # Errors
/// [`ActError::NotFound`] when it was never given, was taken back, or belongs to an account that may not sign in.
pub async fn read(services: &Services, token: &str, now: Instant, today: Date) -> Result<Feed, ActError> {
    let feed = read::by_token(&services.db, &digest(token)).await?;
    if feed.used_at.is_none_or(|used| now.0 - used.0 > TOUCH_MS) {
        write::touch(&services.db, feed.id, now).await?;
    }
    of(services, &Ctx::system(now, today), feed.subject, feed.name).await
}

/// The meetings of the asker's own classes from today on, in their order; cancelled classes stay to be told as such.
///
/// # Errors
/// [`ActError::NotFound`] without a record of one's own.
pub async fn mine(services: &Services, ctx: &Ctx) -> Result<Vec<Entry>, ActError> {
    let official = ctx.who.as_ref().and_then(|who| who.official).ok_or(ActError::NotFound)?;
    Ok(read::entries(&services.db, Subject::Person(official), ctx.today).await?)
}

/// The calendar of a class, for who sees the class.
///
/// # Errors
/// [`ActError::NotFound`] without such a class.
pub async fn of_class(services: &Services, ctx: &Ctx, code: &str) -> Result<Feed, ActError> {
    let class = seen(services, ctx, code).await?;
    let id: ClassId = class.id;
    // A class of the past is told whole.
    let ctx = Ctx { today: class.terms.starts_on, ..ctx.clone() };
    of(services, &ctx, Subject::Class(id), class.terms.name).await
}

async fn of(services: &Services, ctx: &Ctx, subject: Subject, name: String) -> Result<Feed, ActError> {
    let from = ctx.today.checked_sub(time::Duration::days(BACK)).unwrap_or(ctx.today);
    let entries = read::entries(&services.db, subject, from).await?;
    let spots = spots(services, ctx, &entries).await?;
    Ok(Feed { kind: subject.kind(), name, entries, spots })
}

/// Where the classes of a calendar stand, by code, as far as it is known.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn spots(services: &Services, ctx: &Ctx, entries: &[Entry]) -> Result<BTreeMap<String, Spot>, ActError> {
    let codes: BTreeSet<&str> = entries.iter().map(|entry| entry.class.0.as_str()).collect();
    classes::spots(services, ctx, &codes.into_iter().collect::<Vec<_>>()).await
}

/// A mark of what a calendar says, by which a program knows that nothing changed.
#[must_use]
pub fn mark(text: &str) -> String {
    digest(text).chars().take(32).collect()
}
