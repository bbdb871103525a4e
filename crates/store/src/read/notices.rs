//! Who is to be told of an event, what somebody was told, and what became of letters.
//! Not for: writing any of it (`write::notices`), or deciding when a letter goes out (`domain::notices`).

pub mod log;
pub mod people;

use domain::ids::{ClassId, MailId, NominationId, NoticeId, OfficialId, UserId};
use domain::notices::{Audience, Event, MailState};
use domain::time::{Date, Instant};
use domain::training::ClassStatus;
use sea_orm::QueryResult;
use serde::{Deserialize, Serialize};

use crate::db::{At, Db, StoreError};
use crate::sql::{self, Sql};

/// Somebody who is told: an official, an account, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person {
    /// The record.
    pub official: Option<OfficialId>,
    /// The account.
    pub user: Option<UserId>,
}

impl Person {
    pub(crate) fn of(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            official: row.try_get::<Option<i64>>("", "official_id")?.map(OfficialId),
            user: row.try_get::<Option<i64>>("", "user_id")?.map(UserId),
        })
    }
}

/// What a row of the outbox tells: of which class, of whom named for it, by which account, and in which words. What is said of one person
/// stays beside the nomination; these words are the office's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    class: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nomination: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<i64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
}

impl Told {
    /// About a class.
    #[must_use]
    pub fn of_class(class: ClassId, by: Option<UserId>, words: &str) -> Self {
        Self { class: class.0, nomination: None, by: by.map(|id| id.0), words: words.trim().to_owned() }
    }

    /// About somebody named for a class.
    #[must_use]
    pub fn of_nomination(class: ClassId, nomination: NominationId, by: Option<UserId>) -> Self {
        Self { class: class.0, nomination: Some(nomination.0), by: by.map(|id| id.0), words: String::new() }
    }

    /// The class.
    #[must_use]
    pub const fn class(&self) -> ClassId {
        ClassId(self.class)
    }

    /// The nomination.
    #[must_use]
    pub fn nomination(&self) -> Option<NominationId> {
        self.nomination.map(NominationId)
    }

    /// Whoever did it; nobody is told of what they did themselves.
    #[must_use]
    pub fn by(&self) -> Option<UserId> {
        self.by.map(UserId)
    }

    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn read(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|_| StoreError::Unreadable(text.to_owned()))
    }
}

/// Something somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// Key.
    pub id: NoticeId,
    /// What happened.
    pub event: Event,
    /// As what it was told.
    pub audience: Audience,
    /// Code and name of the class.
    pub class: (String, String),
    /// Its first and last day by now.
    pub days: (Date, Date),
    /// Where it is held.
    pub place: String,
    /// Its state by now.
    pub status: ClassStatus,
    /// Who is named for it: key, staff code and name.
    pub named: Option<(NominationId, String, String)>,
    /// In words: why, or from what to what.
    pub words: String,
    /// When it happened.
    pub made_at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// How far its letter has come, if there is one.
    pub mail: Option<MailState>,
}

/// Which notices are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those of a reader, before a place in the list; only unread ones, or only those that ask something.
    Of {
        /// Whose.
        reader: Person,
        /// Only what was not read.
        unread: bool,
        /// Only what asks something.
        asked: bool,
        /// Older than this one.
        before: Option<i64>,
    },
    /// One of a reader.
    One(Person, i64),
    /// Those of a letter.
    Letter(MailId),
}

/// Words that were said of the person when it happened.
const WORDS: &str = "(SELECT e.words FROM nomination_event e WHERE e.nomination_id = n.nomination_id AND e.act = CASE n.event \
    WHEN 'refused' THEN 'refuse' WHEN 'withdrawn' THEN 'withdraw' WHEN 'leaving' THEN 'withdraw' WHEN 'let_go' THEN 'let_go' \
    WHEN 'kept' THEN 'keep' WHEN 'replaced' THEN 'replace' ELSE '' END ORDER BY e.id DESC LIMIT 1) AS said";

fn is_of(sql: &mut Sql, reader: &Person) {
    sql.push("(n.user_id = ").bind(reader.user.map(|id| id.0)).push(" OR n.official_id = ").bind(reader.official.map(|id| id.0)).push(")");
}

/// Notices, the newest first; those of a letter in their order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(at: At<'_>, which: Which, limit: u32) -> Result<Vec<NoticeLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT n.id, n.event, n.audience, n.nomination_id, n.made_at, n.read_at, x.payload, c.code, c.name, c.starts_on, c.ends_on, ",
    );
    sql.push("c.place, c.status, o.code AS official_code, o.name AS official_name, m.state, ").push(WORDS);
    sql.push(" FROM notice n JOIN outbox x ON x.id = n.outbox_id JOIN training_class c ON c.id = n.class_id ");
    sql.push("LEFT JOIN nomination k ON k.id = n.nomination_id LEFT JOIN official o ON o.id = k.official_id ");
    sql.push("LEFT JOIN mail m ON m.id = n.mail_id WHERE ");
    match which {
        Which::Of { reader, unread, asked, before } => {
            is_of(&mut sql, &reader);
            if unread {
                sql.push(" AND n.read_at IS NULL");
            }
            if asked {
                sql.and_in("n.audience", Audience::ALL.iter().filter(|audience| audience.is_asked()).map(|audience| audience.code()));
            }
            if let Some(before) = before {
                sql.push(" AND n.id < ").bind(before);
            }
            sql.push(" ORDER BY n.id DESC");
        }
        Which::One(reader, id) => {
            is_of(&mut sql, &reader);
            sql.push(" AND n.id = ").bind(id);
        }
        Which::Letter(mail) => {
            sql.push("n.mail_id = ").bind(mail.0).push(" ORDER BY n.id");
        }
    }
    sql.push(" LIMIT ").bind(i64::from(limit));
    at.all(sql).await?.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<NoticeLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let told = Told::read(&text("payload")?)?;
    let named = row.try_get::<Option<i64>>("", "nomination_id")?.zip(maybe("official_code")?.zip(maybe("official_name")?));
    Ok(NoticeLine {
        id: NoticeId(row.try_get("", "id")?),
        event: sql::code(&text("event")?, Event::from_code)?,
        audience: sql::code(&text("audience")?, Audience::from_code)?,
        class: (text("code")?, text("name")?),
        days: (sql::date(row.try_get("", "starts_on")?)?, sql::date(row.try_get("", "ends_on")?)?),
        place: text("place")?,
        status: sql::code(&text("status")?, ClassStatus::from_code)?,
        named: named.map(|(id, (code, name))| (NominationId(id), code, name)),
        words: maybe("said")?.unwrap_or(told.words),
        made_at: Instant(row.try_get("", "made_at")?),
        read_at: row.try_get::<Option<i64>>("", "read_at")?.map(Instant),
        mail: maybe("state")?.map(|code| sql::code(&code, MailState::from_code)).transpose()?,
    })
}

/// Whether events wait to be told, and letters to be handed over.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn pending(db: &Db, now: Instant, stale: Instant) -> Result<(bool, bool), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL) AS events, EXISTS (SELECT 1 FROM mail WHERE ");
    sql.push("(state = 'waiting' AND due_at <= ").bind(now.0).push(") OR (state = 'sending' AND claimed_at < ").bind(stale.0);
    sql.push(")) AS letters");
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok((row.try_get("", "events")?, row.try_get("", "letters")?))
}

/// How much somebody has not read.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn unread(db: &Db, reader: Person) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS n FROM notice n WHERE n.read_at IS NULL AND ");
    is_of(&mut sql, &reader);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "n")?)
}
