//! Steps by which people are told: the row of the outbox beside the change, notices of it, letters on their way, where letters go.
//! Not for: who is told (`read::notices`), or deciding when (`domain::notices`).

use std::collections::HashMap;

use domain::ids::{ClassId, MailId, NominationId, OfficialId, UserId};
use domain::notices::hours::Quiet;
use domain::notices::{Audience, Delivery, Event, MailState};
use domain::time::Instant;
use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DbBackend};

use super::insert;
use crate::db::{StoreError, WriteTx};
use crate::read::notices::{Person, Told};
use crate::sql::Sql;

/// Rows of one statement.
const TOGETHER: usize = 200;

/// Keeps in the transaction of a change that people are to be told of it: one row, however many they are.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn tell(tx: &WriteTx, event: Event, told: &Told, now: Instant) -> Result<(), StoreError> {
    insert(tx, "outbox", &["kind", "payload", "created_at"], vec![event.code().into(), told.text().into(), now.0.into()]).await?;
    Ok(())
}

/// Says that a row of the outbox is done with.
///
/// # Errors
/// [`StoreError::Stale`] when it was before.
pub async fn done(tx: &WriteTx, outbox: i64, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE outbox SET done_at = ").bind(now.0).push(" WHERE done_at IS NULL AND id = ").bind(outbox);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// What everybody of a row of the outbox is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct What {
    /// The row.
    pub outbox: i64,
    /// What happened.
    pub event: Event,
    /// To which class.
    pub class: ClassId,
    /// To whom named for it.
    pub nomination: Option<NominationId>,
    /// When.
    pub at: Instant,
}

/// Writes a notice for each, with the letter that it goes out with.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody was told before.
pub async fn add(tx: &WriteTx, what: &What, people: &[(Person, Audience, Option<MailId>)]) -> Result<(), StoreError> {
    for some in people.chunks(TOGETHER) {
        let mut sql = Sql::new();
        sql.push(
            "INSERT INTO notice (outbox_id, event, audience, class_id, nomination_id, user_id, official_id, mail_id, made_at) VALUES ",
        );
        for (place, (person, audience, mail)) in some.iter().enumerate() {
            let values: [Value; 9] = [
                what.outbox.into(),
                what.event.code().into(),
                audience.code().into(),
                what.class.0.into(),
                what.nomination.map(|id| id.0).into(),
                person.user.map(|id| id.0).into(),
                person.official.map(|id| id.0).into(),
                mail.map(|id| id.0).into(),
                what.at.0.into(),
            ];
            row(&mut sql, place, values);
        }
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

fn row(sql: &mut Sql, place: usize, values: impl IntoIterator<Item = Value>) {
    sql.push(if place == 0 { "(" } else { ", (" });
    for (column, value) in values.into_iter().enumerate() {
        if column > 0 {
            sql.push(", ");
        }
        sql.bind(value);
    }
    sql.push(")");
}

/// Whose letter it is: of an official, or else of an account.
pub type Key = (Option<OfficialId>, Option<UserId>);

/// Whose letters they are.
#[must_use]
pub const fn key(person: &Person) -> Key {
    match person.official {
        Some(official) => (Some(official), None),
        None => (None, person.user),
    }
}

/// The letters by which these people are told, each at its time: one that waits already and was never tried takes the notice along.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn letters(tx: &WriteTx, people: &[(Person, Instant)], now: Instant) -> Result<HashMap<Key, MailId>, StoreError> {
    let mut found = HashMap::new();
    for some in people.chunks(TOGETHER) {
        let waiting = waiting(tx, some).await?;
        let mut missing = Vec::new();
        for (person, due) in some {
            match waiting.get(&key(person)) {
                Some((mail, was)) => {
                    if due < was {
                        sooner(tx, *mail, *due).await?;
                    }
                    found.insert(key(person), *mail);
                }
                None => missing.push((person, *due)),
            }
        }
        if missing.is_empty() {
            continue;
        }
        let mut sql = Sql::new();
        sql.push("INSERT INTO mail (user_id, official_id, state, tries, made_at, due_at) VALUES ");
        for (place, (person, due)) in missing.iter().enumerate() {
            let values: [Value; 6] = [
                person.user.map(|id| id.0).into(),
                person.official.map(|id| id.0).into(),
                MailState::Waiting.code().into(),
                0.into(),
                now.0.into(),
                due.0.into(),
            ];
            row(&mut sql, place, values);
        }
        sql.push(" RETURNING id, user_id, official_id");
        for line in sql.all(tx.connection()).await? {
            let person = Person::of(&line)?;
            found.insert(key(&person), MailId(line.try_get("", "id")?));
        }
    }
    Ok(found)
}

async fn sooner(tx: &WriteTx, mail: MailId, due: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE mail SET due_at = ").bind(due.0).push(" WHERE id = ").bind(mail.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Letters that nobody has tried to hand over, locked so that nobody does before the notice stands in them.
async fn waiting(tx: &WriteTx, people: &[(Person, Instant)]) -> Result<HashMap<Key, (MailId, Instant)>, StoreError> {
    let mut found = HashMap::new();
    let officials: Vec<i64> = people.iter().filter_map(|(person, _)| key(person).0.map(|id| id.0)).collect();
    let users: Vec<i64> = people.iter().filter_map(|(person, _)| key(person).1.map(|id| id.0)).collect();
    for (column, ids) in [("official_id", officials), ("user_id", users)] {
        if ids.is_empty() {
            continue;
        }
        let mut sql = Sql::new();
        sql.push("SELECT id, user_id, official_id, due_at FROM mail WHERE state = 'waiting' AND tries = 0").and_in(column, ids);
        if column == "user_id" {
            sql.push(" AND official_id IS NULL");
        }
        sql.push(" ORDER BY id");
        if is_postgres(tx) {
            sql.push(" FOR UPDATE");
        }
        for line in sql.all(tx.connection()).await? {
            let person = Person::of(&line)?;
            found.entry(key(&person)).or_insert((MailId(line.try_get("", "id")?), Instant(line.try_get("", "due_at")?)));
        }
    }
    Ok(found)
}

fn is_postgres(tx: &WriteTx) -> bool {
    tx.connection().get_database_backend() == DbBackend::Postgres
}

/// The oldest row of the outbox that nobody is at, locked until the transaction ends: another process takes the next one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn next(tx: &WriteTx) -> Result<Option<(i64, Event, Told, Instant)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, kind, payload, created_at FROM outbox WHERE done_at IS NULL ORDER BY id LIMIT 1");
    if is_postgres(tx) {
        sql.push(" FOR UPDATE SKIP LOCKED");
    }
    let Some(line) = sql.first(tx.connection()).await? else { return Ok(None) };
    let event = crate::sql::code(&line.try_get::<String>("", "kind")?, Event::from_code)?;
    let told = Told::read(&line.try_get::<String>("", "payload")?)?;
    Ok(Some((line.try_get("", "id")?, event, told, Instant(line.try_get("", "created_at")?))))
}

/// Takes the letter that has been due longest for handing over: one that waits, or one that somebody took before `stale` and never told
/// of again, because the process was killed. Tells which, how often it was tried before, and when it was made.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn claim(tx: &WriteTx, now: Instant, stale: Instant) -> Result<Option<(MailId, i32, Instant)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, tries, made_at FROM mail WHERE (state = 'waiting' AND due_at <= ").bind(now.0);
    sql.push(") OR (state = 'sending' AND claimed_at < ").bind(stale.0).push(") ORDER BY due_at, id LIMIT 1");
    if is_postgres(tx) {
        sql.push(" FOR UPDATE SKIP LOCKED");
    }
    let Some(line) = sql.first(tx.connection()).await? else { return Ok(None) };
    let (mail, tries): (i64, i32) = (line.try_get("", "id")?, line.try_get("", "tries")?);
    let mut sql = Sql::new();
    sql.push("UPDATE mail SET state = 'sending', tries = tries + 1, claimed_at = ").bind(now.0).push(" WHERE id = ").bind(mail);
    sql.run(tx.connection()).await?;
    Ok(Some((MailId(mail), tries, Instant(line.try_get("", "made_at")?))))
}

/// What became of handing a letter over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// The server took it.
    Sent,
    /// Not now; once more then.
    Later(Instant, &'a str),
    /// Never.
    Failed(&'a str),
}

/// Keeps what became of a letter that was claimed.
///
/// # Errors
/// [`StoreError::Stale`] when it is claimed no more.
pub async fn settle(tx: &WriteTx, mail: MailId, address: Option<&str>, outcome: Outcome<'_>, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE mail SET claimed_at = NULL, address = ").bind(address.map(str::to_owned));
    match outcome {
        Outcome::Sent => sql.push(", state = 'sent', error = NULL, sent_at = ").bind(now.0),
        Outcome::Later(due, error) => sql.push(", state = 'waiting', due_at = ").bind(due.0).push(", error = ").bind(error),
        Outcome::Failed(error) => sql.push(", state = 'failed', error = ").bind(error),
    };
    sql.push(" WHERE state = 'sending' AND id = ").bind(mail.0);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Puts a letter that failed in line again.
///
/// # Errors
/// [`StoreError::Stale`] when it did not fail.
pub async fn again(tx: &WriteTx, mail: MailId, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE mail SET state = 'waiting', error = NULL, made_at = ").bind(now.0).push(", due_at = ").bind(now.0);
    sql.push(" WHERE state = 'failed' AND id = ").bind(mail.0);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Says that somebody has read a notice, or all of them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn read(tx: &WriteTx, reader: &Person, notice: Option<i64>, now: Instant) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE notice SET read_at = ").bind(now.0).push(" WHERE read_at IS NULL AND (user_id = ").bind(reader.user.map(|id| id.0));
    sql.push(" OR official_id = ").bind(reader.official.map(|id| id.0)).push(")").and_in("id", notice);
    sql.run(tx.connection()).await
}

/// Where and when somebody wants letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The address.
    pub email: Option<String>,
    /// Code of the language of letters.
    pub language: String,
    /// When.
    pub delivery: Delivery,
    /// Hours of quiet of the person's own.
    pub quiet: Option<Quiet>,
}

/// Keeps where somebody wants letters: of the official when there is one, else of the account.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_contact(tx: &WriteTx, person: &Person, contact: &Contact, now: Instant) -> Result<(), StoreError> {
    let (official, user) = key(person);
    let quiet = contact.quiet.map(Quiet::minutes).unzip();
    let mut sql = Sql::new();
    sql.push("INSERT INTO contact (user_id, official_id, email, language, delivery, quiet_from, quiet_to, changed_at) VALUES ");
    let values: [Value; 8] = [
        user.map(|id| id.0).into(),
        official.map(|id| id.0).into(),
        contact.email.clone().into(),
        contact.language.clone().into(),
        contact.delivery.code().into(),
        quiet.0.into(),
        quiet.1.into(),
        now.0.into(),
    ];
    row(&mut sql, 0, values);
    sql.push(if official.is_some() { " ON CONFLICT (official_id)" } else { " ON CONFLICT (user_id)" });
    sql.push(" DO UPDATE SET email = excluded.email, language = excluded.language, delivery = excluded.delivery, ");
    sql.push("quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, changed_at = excluded.changed_at");
    sql.run(tx.connection()).await?;
    Ok(())
}
