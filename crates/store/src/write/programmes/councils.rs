//! Councils and their sessions. Every step of a session first counts its revision up while it is open, so that steps come one after
//! the other and none after its end.
//! Not for: who may vote or close (`service`).

use domain::ids::UserId;
use domain::programmes::appraisal::{Choice, Seat, SessionState, Verdict};
use domain::register::scans::Media;
use domain::time::{Date, Instant, Interval, number};

use super::{Doer, one};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::insert;
use crate::write::register::put_bytes;

/// A council as it is to be written.
#[derive(Debug, Clone, Copy)]
pub struct CouncilRow<'a> {
    /// Name.
    pub name: &'a str,
    /// Number of the decision.
    pub decision: &'a str,
    /// Days on which it exists.
    pub during: Interval,
    /// Who sits where.
    pub members: &'a [(UserId, Seat)],
}

/// Writes a new council.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn create(tx: &WriteTx, row: &CouncilRow<'_>, at: Instant) -> Result<i64, StoreError> {
    let values = vec![
        row.name.into(),
        row.decision.into(),
        number(row.during.from()).into(),
        row.during.to().map(number).into(),
        1.into(),
        at.0.into(),
    ];
    let id = insert(tx, "council", &["name", "decision_number", "starts_on", "ends_on", "revision", "created_at"], values).await?;
    seat(tx, id, row.members).await?;
    Ok(id)
}

/// Writes a known council anew, when it is still the revision that was edited.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change(tx: &WriteTx, id: i64, revision: i32, row: &CouncilRow<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE council SET name = ").bind(row.name).push(", decision_number = ").bind(row.decision);
    sql.push(", starts_on = ").bind(number(row.during.from())).push(", ends_on = ").bind(row.during.to().map(number));
    sql.push(", revision = revision + 1 WHERE id = ").bind(id).push(" AND revision = ").bind(revision);
    one(sql.run(tx.connection()).await?)?;
    let mut gone = Sql::new();
    gone.push("DELETE FROM council_member WHERE council_id = ").bind(id);
    gone.run(tx.connection()).await?;
    seat(tx, id, row.members).await
}

async fn seat(tx: &WriteTx, council: i64, members: &[(UserId, Seat)]) -> Result<(), StoreError> {
    for (user, seat) in members {
        let values = vec![council.into(), user.0.into(), seat.code().into()];
        insert(tx, "council_member", &["council_id", "user_id", "seat"], values).await?;
    }
    Ok(())
}

/// Opens a session over a text.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open(tx: &WriteTx, doer: Doer<'_>, council: i64, text: i64, held_on: Date) -> Result<i64, StoreError> {
    let columns = ["council_id", "version_id", "held_on", "state", "minutes", "revision", "opened_by", "opened_at"];
    let values = vec![
        council.into(),
        text.into(),
        number(held_on).into(),
        SessionState::Open.code().into(),
        "".into(),
        1.into(),
        doer.by.user().into(),
        doer.at.0.into(),
    ];
    insert(tx, "appraisal", &columns, values).await
}

/// Takes the next turn in an open session.
///
/// # Errors
/// [`StoreError::Stale`] when it is closed by now.
pub async fn turn(tx: &WriteTx, session: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE appraisal SET revision = revision + 1 WHERE state = 'open' AND id = ").bind(session);
    one(sql.run(tx.connection()).await?)
}

/// Writes how a member votes, in place of an earlier vote.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn vote(tx: &WriteTx, session: i64, user: UserId, (choice, opinion): (Choice, &str), at: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO appraisal_vote (appraisal_id, user_id, choice, opinion, cast_at) VALUES (").bind(session).push(", ").bind(user.0);
    sql.push(", ").bind(choice.code()).push(", ").bind(opinion).push(", ").bind(at.0);
    sql.push(") ON CONFLICT (appraisal_id, user_id) DO UPDATE SET choice = excluded.choice, opinion = excluded.opinion, ");
    sql.push("cast_at = excluded.cast_at");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Closes a session with what came out.
///
/// # Errors
/// [`StoreError::Stale`] when it is closed by now.
pub async fn close(tx: &WriteTx, doer: Doer<'_>, session: i64, verdict: Verdict, minutes: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE appraisal SET state = 'closed', verdict = ").bind(verdict.code()).push(", minutes = ").bind(minutes);
    sql.push(", closed_by = ").bind(doer.by.user()).push(", closed_at = ").bind(doer.at.0);
    sql.push(", revision = revision + 1 WHERE state = 'open' AND id = ").bind(session);
    one(sql.run(tx.connection()).await?)
}

/// Ends the open session over a text without a result.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn recall(tx: &WriteTx, doer: Doer<'_>, text: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE appraisal SET state = 'recalled', revision = revision + 1, closed_by = ").bind(doer.by.user());
    sql.push(", closed_at = ").bind(doer.at.0).push(" WHERE state = 'open' AND version_id = ").bind(text);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Keeps a scan of the minutes of a closed session.
///
/// # Errors
/// [`StoreError::Stale`] when the session is not closed.
pub async fn keep_scan(tx: &WriteTx, session: i64, (name, media): (&str, Media), digest: &str, bytes: &[u8]) -> Result<(), StoreError> {
    put_bytes(tx, digest, bytes).await?;
    let mut sql = Sql::new();
    sql.push("UPDATE appraisal SET revision = revision + 1, scan_name = ").bind(name).push(", scan_media = ").bind(media.code());
    sql.push(", scan_digest = ").bind(digest).push(" WHERE state = 'closed' AND id = ").bind(session);
    one(sql.run(tx.connection()).await?)
}
