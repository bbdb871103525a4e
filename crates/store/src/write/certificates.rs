//! Certificates: numbers taken in a row of their body, papers written, ended, runs, and the keys that seal them.
//! Not for: deciding what may be granted (`domain::certificates`).

use domain::certificates::{CertificateKind, CertificateState};
use domain::ids::{CertificateId, ClassId, RecordId, UnitId};
use domain::time::{Date, Instant, number};
use sea_orm::sea_query::Value;

use super::insert;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::read::certificates::Printed;
use crate::sql::Sql;

/// Makes whoever else takes numbers of a body in a year wait until the transaction ends, and tells the last one given.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn lock_numbers(tx: &WriteTx, body: UnitId, year: i32) -> Result<i32, StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO certificate_register (unit_id, year, last_number) VALUES (").bind(body.0).push(", ").bind(year);
    sql.push(", 0) ON CONFLICT (unit_id, year) DO UPDATE SET last_number = certificate_register.last_number RETURNING last_number");
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    Ok(row.try_get("", "last_number")?)
}

/// Notes the last number given.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_last_number(tx: &WriteTx, body: UnitId, year: i32, last: i32) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE certificate_register SET last_number = ").bind(last).push(" WHERE unit_id = ").bind(body.0);
    sql.push(" AND year = ").bind(year);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// A paper to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCertificate {
    /// The attendance.
    pub record: RecordId,
    /// The class.
    pub class: ClassId,
    /// Who counts the numbers.
    pub body: UnitId,
    /// Number within the year of the issue.
    pub number: i32,
    /// Number and sign.
    pub symbol: String,
    /// Kind.
    pub kind: CertificateKind,
    /// The code by which it is found.
    pub code: String,
    /// What is printed.
    pub printed: Printed,
    /// The sealed text.
    pub seal: String,
    /// The paper in whose place it stands.
    pub replaces: Option<CertificateId>,
    /// The certificate that it confirms.
    pub confirms: Option<CertificateId>,
    /// Why it is made, when not for the first time.
    pub reason: Option<String>,
}

const COLUMNS: [&str; 27] = [
    "record_id",
    "class_id",
    "unit_id",
    "year",
    "number",
    "symbol",
    "kind",
    "state",
    "code",
    "name",
    "birth_on",
    "course",
    "starts_on",
    "ends_on",
    "periods",
    "band",
    "decision_number",
    "decided_on",
    "issuer",
    "place",
    "issued_on",
    "signer_post",
    "signer_name",
    "seal",
    "replaces_id",
    "confirms_id",
    "reason",
];

fn values(new: NewCertificate) -> Vec<Value> {
    let printed = new.printed;
    vec![
        new.record.0.into(),
        new.class.0.into(),
        new.body.0.into(),
        printed.issued_on.year().into(),
        new.number.into(),
        new.symbol.into(),
        new.kind.code().into(),
        CertificateState::Valid.code().into(),
        new.code.into(),
        printed.name.into(),
        number(printed.birth_on).into(),
        printed.course.into(),
        number(printed.days.0).into(),
        number(printed.days.1).into(),
        printed.periods.into(),
        printed.band.into(),
        printed.decision.0.into(),
        number(printed.decision.1).into(),
        printed.issuer.into(),
        printed.place.into(),
        number(printed.issued_on).into(),
        printed.signer.0.into(),
        printed.signer.1.into(),
        new.seal.into(),
        new.replaces.map(|id| id.0).into(),
        new.confirms.map(|id| id.0).into(),
        new.reason.into(),
    ]
}

/// Writes papers, in their order.
///
/// # Errors
/// [`StoreError::Duplicate`] when one was granted already, or its number was given.
pub async fn add(tx: &WriteTx, by: By<'_>, papers: Vec<NewCertificate>, now: Instant) -> Result<(), StoreError> {
    if papers.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new();
    sql.push(&format!("INSERT INTO certificate ({}, made_by, made_at) VALUES ", COLUMNS.join(", ")));
    for (place, new) in papers.into_iter().enumerate() {
        sql.push(if place == 0 { "(" } else { ", (" });
        for value in values(new) {
            sql.bind(value).push(", ");
        }
        sql.bind(by.user()).push(", ").bind(now.0).push(")");
    }
    sql.run(tx.connection()).await?;
    Ok(())
}

/// What ends a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'a> {
    /// What becomes of it.
    pub state: CertificateState,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: &'a str,
    /// Number of the decision.
    pub decision: Option<&'a str>,
}

/// Ends a paper that is valid.
///
/// # Errors
/// [`StoreError::Stale`] when it is not valid any more.
pub async fn end(tx: &WriteTx, id: CertificateId, ending: &Ending<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    ended(&mut sql, ending);
    sql.push(" AND id = ").bind(id.0);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Ends the valid paper of a kind of an attendance; whether there was one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn end_kind(tx: &WriteTx, record: RecordId, kind: CertificateKind, ending: &Ending<'_>) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    ended(&mut sql, ending);
    sql.push(" AND record_id = ").bind(record.0).push(" AND kind = ").bind(kind.code());
    Ok(sql.run(tx.connection()).await? > 0)
}

fn ended(sql: &mut Sql, ending: &Ending<'_>) {
    sql.push("UPDATE certificate SET state = ").bind(ending.state.code()).push(", ended_on = ").bind(number(ending.on));
    sql.push(", reason = ").bind(ending.reason.trim()).push(", end_decision = ").bind(ending.decision.map(str::trim));
    sql.push(" WHERE state = 'valid'");
}

/// A run to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRun<'a> {
    /// The class.
    pub class: ClassId,
    /// The day on each paper.
    pub issued_on: Date,
    /// Who grants them.
    pub issuer: &'a str,
    /// Where.
    pub place: &'a str,
    /// Post and name of who signs.
    pub signer: (&'a str, &'a str),
    /// How many are to be made.
    pub wanted: i32,
}

/// Writes a run, so that it can go on after the process ended.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_run(tx: &WriteTx, by: By<'_>, new: &NewRun<'_>, now: Instant) -> Result<i64, StoreError> {
    let columns = ["class_id", "issued_on", "issuer", "place", "signer_post", "signer_name", "wanted", "made", "started_by", "started_at"];
    let values = vec![
        new.class.0.into(),
        number(new.issued_on).into(),
        new.issuer.trim().into(),
        new.place.trim().into(),
        new.signer.0.trim().into(),
        new.signer.1.trim().into(),
        new.wanted.into(),
        0.into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "certificate_run", &columns, values).await
}

/// Counts what a run has made, and ends it when nothing is left.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count_run(tx: &WriteTx, id: i64, made: i32, ended_at: Option<Instant>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE certificate_run SET made = made + ").bind(made).push(", ended_at = ").bind(ended_at.map(|at| at.0));
    sql.push(" WHERE id = ").bind(id);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Puts a new key into use; the one before keeps its public half only.
///
/// # Errors
/// [`StoreError::Duplicate`] when another process put one into use at the same time.
pub async fn add_key(tx: &WriteTx, kid: &str, public: &str, secret: &str, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE signing_key SET retired_at = ").bind(now.0).push(", secret_key = NULL WHERE retired_at IS NULL");
    sql.run(tx.connection()).await?;
    let columns = ["kid", "public_key", "secret_key", "made_at"];
    insert(tx, "signing_key", &columns, vec![kid.into(), public.into(), secret.into(), now.0.into()]).await.map(|_| ())
}
