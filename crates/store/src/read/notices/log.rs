//! What was sent to whom: the log of letters, and who was told of what happened to a class.
//! Not for: what somebody has to read (`notices`).

use domain::ids::{ClassId, MailId, OfficialId};
use domain::notices::{Audience, Event, MailState};
use domain::time::Instant;
use sea_orm::QueryResult;

use super::Told;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A letter of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLine {
    /// Key.
    pub id: MailId,
    /// How far it has come.
    pub state: MailState,
    /// Where it went, or was to go, when it was last tried.
    pub address: Option<String>,
    /// Staff code or login, and name of the person.
    pub who: (String, String),
    /// How often it was tried.
    pub tries: i32,
    /// When it was made.
    pub made_at: Instant,
    /// When it goes out.
    pub due_at: Instant,
    /// When the server took it.
    pub sent_at: Option<Instant>,
    /// What went wrong.
    pub error: Option<String>,
    /// What it tells: events, with code and name of the class.
    pub tells: Vec<(Event, String, String)>,
}

/// Which letters are looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct MailsWanted<'a> {
    /// In this state.
    pub state: Option<MailState>,
    /// About this class.
    pub class: Option<&'a str>,
    /// Older than this one.
    pub before: Option<i64>,
}

/// Letters, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn mails(db: &Db, wanted: &MailsWanted<'_>, limit: u32) -> Result<Vec<MailLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT m.*, COALESCE(o.code, a.login, '') AS code, COALESCE(o.name, a.name, '') AS name FROM mail m ");
    sql.push("LEFT JOIN official o ON o.id = m.official_id LEFT JOIN user_account a ON a.id = m.user_id WHERE 1 = 1");
    sql.and_in("m.state", wanted.state.map(MailState::code));
    if let Some(class) = wanted.class {
        sql.push(" AND EXISTS (SELECT 1 FROM notice n JOIN training_class c ON c.id = n.class_id WHERE n.mail_id = m.id AND c.code = ");
        sql.bind(class).push(")");
    }
    if let Some(before) = wanted.before {
        sql.push(" AND m.id < ").bind(before);
    }
    sql.push(" ORDER BY m.id DESC LIMIT ").bind(i64::from(limit));
    let mut lines: Vec<MailLine> = sql.all(db.reader()).await?.iter().map(mail).collect::<Result<_, _>>()?;
    if lines.is_empty() {
        return Ok(lines);
    }
    let mut sql = Sql::new();
    sql.push("SELECT n.mail_id, n.event, c.code, c.name FROM notice n JOIN training_class c ON c.id = n.class_id WHERE 1 = 1");
    sql.and_in("n.mail_id", lines.iter().map(|line| line.id.0)).push(" ORDER BY n.id");
    for row in sql.all(db.reader()).await? {
        let id: i64 = row.try_get("", "mail_id")?;
        let tells =
            (sql::code(&row.try_get::<String>("", "event")?, Event::from_code)?, row.try_get("", "code")?, row.try_get("", "name")?);
        lines.iter_mut().filter(|line| line.id.0 == id).for_each(|line| line.tells.push(tells.clone()));
    }
    Ok(lines)
}

fn mail(row: &QueryResult) -> Result<MailLine, StoreError> {
    Ok(MailLine {
        id: MailId(row.try_get("", "id")?),
        state: sql::code(&row.try_get::<String>("", "state")?, MailState::from_code)?,
        address: row.try_get("", "address")?,
        who: (row.try_get("", "code")?, row.try_get("", "name")?),
        tries: row.try_get("", "tries")?,
        made_at: Instant(row.try_get("", "made_at")?),
        due_at: Instant(row.try_get("", "due_at")?),
        sent_at: row.try_get::<Option<i64>>("", "sent_at")?.map(Instant),
        error: row.try_get("", "error")?,
        tells: Vec::new(),
    })
}

/// How many letters are in each state.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn states(db: &Db) -> Result<Vec<(MailState, i64)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT state, COUNT(*) AS n FROM mail GROUP BY state");
    let one = |row: &QueryResult| Ok((sql::code(&row.try_get::<String>("", "state")?, MailState::from_code)?, row.try_get("", "n")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// What happened to a class and how many were told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldLine {
    /// The row of the outbox.
    pub outbox: i64,
    /// What happened.
    pub event: Event,
    /// In which words.
    pub words: String,
    /// Whose nomination it was about.
    pub about: Option<(OfficialId, String)>,
    /// When.
    pub at: Instant,
    /// How many were told, have read it, were sent a letter, wait for one, and could not be reached by one.
    pub told: i64,
    /// Of them have read it.
    pub read: i64,
    /// Of them were sent a letter.
    pub sent: i64,
    /// Of them wait for a letter.
    pub waiting: i64,
    /// To so many a letter could not be sent.
    pub failed: i64,
}

/// Who was told of what happened to a class, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn told(db: &Db, class: ClassId, limit: u32) -> Result<Vec<ToldLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT x.id, x.kind, x.payload, x.created_at, k.official_id, o.name, COUNT(*) AS told, ");
    sql.push("COUNT(n.read_at) AS seen, COUNT(CASE WHEN m.state = 'sent' THEN 1 END) AS sent, ");
    sql.push("COUNT(CASE WHEN m.state IN ('waiting', 'sending') THEN 1 END) AS waiting, COUNT(CASE WHEN m.state = 'failed' THEN 1 END) AS failed ");
    sql.push("FROM notice n JOIN outbox x ON x.id = n.outbox_id LEFT JOIN mail m ON m.id = n.mail_id ");
    sql.push("LEFT JOIN nomination k ON k.id = n.nomination_id LEFT JOIN official o ON o.id = k.official_id WHERE n.class_id = ");
    sql.bind(class.0).push(" GROUP BY x.id, x.kind, x.payload, x.created_at, k.official_id, o.name ORDER BY x.id DESC LIMIT ");
    sql.bind(i64::from(limit));
    let one = |row: &QueryResult| {
        let text = |name: &str| row.try_get::<String>("", name);
        let about = row.try_get::<Option<i64>>("", "official_id")?.map(OfficialId).zip(row.try_get::<Option<String>>("", "name")?);
        Ok(ToldLine {
            outbox: row.try_get("", "id")?,
            event: sql::code(&text("kind")?, Event::from_code)?,
            words: Told::read(&text("payload")?)?.words,
            about,
            at: Instant(row.try_get("", "created_at")?),
            told: row.try_get("", "told")?,
            read: row.try_get("", "seen")?,
            sent: row.try_get("", "sent")?,
            waiting: row.try_get("", "waiting")?,
            failed: row.try_get("", "failed")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// Somebody who was told of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldPerson {
    /// The record, if it is an official.
    pub official: Option<OfficialId>,
    /// Staff code or login, and name.
    pub who: (String, String),
    /// As what.
    pub audience: Audience,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// How far the letter has come.
    pub mail: Option<MailState>,
}

/// Who was told of one event of a class, in name order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn told_people(db: &Db, class: ClassId, outbox: i64, limit: u32) -> Result<Vec<ToldPerson>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT n.official_id, n.audience, n.read_at, m.state, COALESCE(o.code, a.login, '') AS code, COALESCE(o.name, a.name, '') AS name ");
    sql.push("FROM notice n LEFT JOIN mail m ON m.id = n.mail_id LEFT JOIN official o ON o.id = n.official_id ");
    sql.push("LEFT JOIN user_account a ON a.id = n.user_id WHERE n.class_id = ").bind(class.0).push(" AND n.outbox_id = ").bind(outbox);
    sql.push(" ORDER BY o.sort_key, n.id LIMIT ").bind(i64::from(limit));
    let one = |row: &QueryResult| {
        Ok(ToldPerson {
            official: row.try_get::<Option<i64>>("", "official_id")?.map(OfficialId),
            who: (row.try_get("", "code")?, row.try_get("", "name")?),
            audience: sql::code(&row.try_get::<String>("", "audience")?, Audience::from_code)?,
            read_at: row.try_get::<Option<i64>>("", "read_at")?.map(Instant),
            mail: row.try_get::<Option<String>>("", "state")?.map(|code| sql::code(&code, MailState::from_code)).transpose()?,
        })
    };
    sql.all(db.reader()).await?.iter().map(one).collect()
}
