//! Bodies, registers, numbers and mandates.
//! Not for: which number is next or whether somebody may sign (`domain::papers`).

use domain::ids::{CaseId, PaperNumberId, UserId};
use domain::papers::mandates::{Body, SignAs, Standing};
use domain::time::{Date, Instant, number};

use super::super::insert;
use super::super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// Adds a body.
///
/// # Errors
/// [`StoreError::Duplicate`] when its code is taken.
pub async fn add_body(tx: &WriteTx, code: &str, body: &Body) -> Result<i64, StoreError> {
    let values =
        vec![code.into(), body.name.as_str().into(), body.family.code().into(), body.led.code().into(), body.head_post.as_str().into()];
    insert(tx, "paper_body", &["code", "name", "family", "led", "head_post"], values).await
}

/// A register to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRegister<'a> {
    /// Code.
    pub code: &'a str,
    /// Key of its body.
    pub body: i64,
    /// Name.
    pub title: &'a str,
    /// How a symbol is made.
    pub pattern: &'a str,
    /// Sign of the kind of paper.
    pub kind_sign: &'a str,
    /// Sign of the body.
    pub unit_sign: &'a str,
    /// Year and number of its start.
    pub start: (i32, i32),
    /// No more numbers are given.
    pub closed: bool,
}

/// Adds a register.
///
/// # Errors
/// [`StoreError::Duplicate`] when its code is taken.
pub async fn add_register(tx: &WriteTx, new: &NewRegister<'_>) -> Result<i64, StoreError> {
    let columns = ["code", "body_id", "title", "pattern", "kind_sign", "unit_sign", "starts_year", "starts_at", "closed", "revision"];
    let values = vec![
        new.code.into(),
        new.body.into(),
        new.title.into(),
        new.pattern.into(),
        new.kind_sign.into(),
        new.unit_sign.into(),
        new.start.0.into(),
        new.start.1.into(),
        new.closed.into(),
        1.into(),
    ];
    insert(tx, "paper_register", &columns, values).await
}

/// Changes a register that is still of the revision that was looked at; its code and body stay.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it first.
pub async fn change_register(tx: &WriteTx, id: i64, revision: i32, new: &NewRegister<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_register SET title = ").bind(new.title).push(", pattern = ").bind(new.pattern);
    sql.push(", kind_sign = ").bind(new.kind_sign).push(", unit_sign = ").bind(new.unit_sign);
    sql.push(", starts_year = ").bind(new.start.0).push(", starts_at = ").bind(new.start.1).push(", closed = ").bind(new.closed);
    sql.push(", revision = revision + 1 WHERE id = ").bind(id).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Makes whoever else takes a number of this register wait until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such register.
pub async fn lock_register(tx: &WriteTx, code: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_register SET closed = closed WHERE code = ").bind(code);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// A number to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNumber<'a> {
    /// Key of the register.
    pub register: i64,
    /// The number.
    pub number: i32,
    /// With its symbol.
    pub symbol: &'a str,
    /// Day of the paper.
    pub dated_on: Date,
    /// The paper, when it goes its way here.
    pub case: Option<CaseId>,
    /// What it says.
    pub title: &'a str,
    /// Post and name of who signed.
    pub signer: &'a str,
}

/// Takes a number.
///
/// # Errors
/// [`StoreError::Duplicate`] when another paper has it.
pub async fn take_number(tx: &WriteTx, by: By<'_>, new: &NewNumber<'_>, now: Instant) -> Result<PaperNumberId, StoreError> {
    let columns = ["register_id", "year", "number", "symbol", "dated_on", "case_id", "title", "signer", "state", "taken_by", "taken_at"];
    let values = vec![
        new.register.into(),
        new.dated_on.year().into(),
        new.number.into(),
        new.symbol.into(),
        number(new.dated_on).into(),
        new.case.map(|case| case.0).into(),
        new.title.trim().into(),
        new.signer.trim().into(),
        "taken".into(),
        by.user().into(),
        now.0.into(),
    ];
    Ok(PaperNumberId(insert(tx, "paper_number", &columns, values).await?))
}

/// Cancels a number; nobody gets it again.
///
/// # Errors
/// [`StoreError::Stale`] when it is cancelled already.
pub async fn cancel_number(tx: &WriteTx, id: PaperNumberId, reason: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_number SET state = 'cancelled', reason = ").bind(reason.trim());
    sql.push(" WHERE state = 'taken' AND id = ").bind(id.0);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A mandate to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMandate<'a> {
    /// Key of the body.
    pub body: i64,
    /// Account of the signer.
    pub user: UserId,
    /// In which way.
    pub sign_as: SignAs,
    /// What the signer is.
    pub standing: Standing,
    /// Post of the signer.
    pub post: &'a str,
    /// Number of the paper that gives the right.
    pub decision: Option<&'a str>,
    /// Key of the mandate it is under.
    pub under: Option<i64>,
    /// First day.
    pub from: Date,
    /// First day after it.
    pub to: Option<Date>,
}

/// Adds a mandate.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_mandate(tx: &WriteTx, by: By<'_>, new: &NewMandate<'_>, now: Instant) -> Result<i64, StoreError> {
    let columns = [
        "body_id",
        "user_id",
        "sign_as",
        "standing",
        "post",
        "decision_number",
        "under_id",
        "starts_on",
        "ends_on",
        "revision",
        "saved_by",
        "saved_at",
    ];
    let values = vec![
        new.body.into(),
        new.user.0.into(),
        new.sign_as.code().into(),
        new.standing.code().into(),
        new.post.trim().into(),
        new.decision.map(str::trim).into(),
        new.under.into(),
        number(new.from).into(),
        new.to.map(number).into(),
        1.into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "mandate", &columns, values).await
}

/// Ends a mandate before a day.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it first.
pub async fn end_mandate(tx: &WriteTx, by: By<'_>, id: i64, revision: i32, before: Date, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE mandate SET ends_on = ").bind(number(before)).push(", saved_by = ").bind(by.user());
    sql.push(", saved_at = ").bind(now.0).push(", revision = revision + 1 WHERE id = ").bind(id).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
