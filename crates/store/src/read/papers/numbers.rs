//! Bodies that issue papers, their registers, and the numbers taken.
//! Not for: taking numbers.

use domain::ids::{CaseId, PaperNumberId};
use domain::papers::Family;
use domain::papers::mandates::{Body, Led};
use domain::papers::numbers::NumberState;
use domain::text::fold;
use domain::time::{Date, Instant};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

/// A body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLine {
    /// Key.
    pub id: i64,
    /// Code.
    pub code: String,
    /// The body.
    pub body: Body,
}

/// A register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// Key.
    pub id: i64,
    /// Code.
    pub code: String,
    /// Key of its body.
    pub body: i64,
    /// Name of its body.
    pub body_name: String,
    /// Name.
    pub title: String,
    /// How a symbol is made.
    pub pattern: String,
    /// Sign of the kind of paper.
    pub kind_sign: String,
    /// Sign of the body.
    pub unit_sign: String,
    /// Year and number of its start.
    pub start: (i32, i32),
    /// No more numbers are given.
    pub closed: bool,
    /// Counts changes.
    pub revision: i32,
}

/// A number taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLine {
    /// Key.
    pub id: PaperNumberId,
    /// The year it was taken in.
    pub year: i32,
    /// The number alone.
    pub number: i32,
    /// Number and symbol.
    pub symbol: String,
    /// Day of the paper.
    pub dated_on: Date,
    /// The paper, when it went its way here.
    pub case: Option<CaseId>,
    /// What the paper says.
    pub title: String,
    /// Post and name of who signed.
    pub signer: String,
    /// What became of it.
    pub state: NumberState,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// Who took it.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: Instant,
}

/// Which numbers are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberAsk<'a> {
    /// Key of the register.
    pub register: i64,
    /// Of which year.
    pub year: i32,
    /// Words of the title, the symbol or the signer.
    pub words: Option<&'a str>,
    /// What became of it.
    pub state: Option<NumberState>,
    /// Below which number.
    pub below: Option<i32>,
    /// Most numbers.
    pub limit: u32,
}

/// Bodies by code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn bodies(db: &Db) -> Result<Vec<BodyLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, code, name, family, led, head_post FROM paper_body ORDER BY code");
    sql.all(db.reader()).await?.iter().map(body).collect()
}

fn body(row: &QueryResult) -> Result<BodyLine, StoreError> {
    let body = Body {
        name: row.try_get("", "name")?,
        family: sql::code(&row.try_get::<String>("", "family")?, Family::from_code)?,
        led: sql::code(&row.try_get::<String>("", "led")?, Led::from_code)?,
        head_post: row.try_get("", "head_post")?,
    };
    Ok(BodyLine { id: row.try_get("", "id")?, code: row.try_get("", "code")?, body })
}

const REGISTERS: &str = "SELECT r.id, r.code, r.body_id, b.name AS body_name, r.title, r.pattern, r.kind_sign, r.unit_sign, r.starts_year, \
     r.starts_at, r.closed, r.revision FROM paper_register r JOIN paper_body b ON b.id = r.body_id";

/// Registers by code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn registers(db: &Db) -> Result<Vec<RegisterLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(REGISTERS).push(" ORDER BY r.code");
    sql.all(db.reader()).await?.iter().map(register_line).collect()
}

/// One register by its code.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn register(db: &Db, code: &str) -> Result<RegisterLine, StoreError> {
    one_register(db.reader(), code).await
}

/// One register by its code, as a transaction sees it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn register_in(tx: &WriteTx, code: &str) -> Result<RegisterLine, StoreError> {
    one_register(tx.connection(), code).await
}

async fn one_register(on: &impl ConnectionTrait, code: &str) -> Result<RegisterLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(REGISTERS).push(" WHERE r.code = ").bind(code);
    register_line(&sql.first(on).await?.ok_or(StoreError::NotFound)?)
}

fn register_line(row: &QueryResult) -> Result<RegisterLine, StoreError> {
    Ok(RegisterLine {
        id: row.try_get("", "id")?,
        code: row.try_get("", "code")?,
        body: row.try_get("", "body_id")?,
        body_name: row.try_get("", "body_name")?,
        title: row.try_get("", "title")?,
        pattern: row.try_get("", "pattern")?,
        kind_sign: row.try_get("", "kind_sign")?,
        unit_sign: row.try_get("", "unit_sign")?,
        start: (row.try_get("", "starts_year")?, row.try_get("", "starts_at")?),
        closed: row.try_get("", "closed")?,
        revision: row.try_get("", "revision")?,
    })
}

/// The last number of a year and its day, as a transaction sees them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn last_number(tx: &WriteTx, register: i64, year: i32) -> Result<Option<(i32, Date)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT number, dated_on FROM paper_number WHERE register_id = ").bind(register).push(" AND year = ").bind(year);
    sql.push(" ORDER BY number DESC LIMIT 1");
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(None) };
    Ok(Some((row.try_get("", "number")?, sql::date(row.try_get("", "dated_on")?)?)))
}

/// Years in which a register gave numbers, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn number_years(db: &Db, register: i64) -> Result<Vec<i32>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT year FROM paper_number WHERE register_id = ").bind(register).push(" ORDER BY year DESC");
    sql.all(db.reader()).await?.iter().map(|row| Ok(row.try_get("", "year")?)).collect()
}

const NUMBERS: &str = "SELECT n.id, n.year, n.number, n.symbol, n.dated_on, n.case_id, n.title, n.signer, n.state, n.reason, \
     a.name AS taken_by, n.taken_at FROM paper_number n LEFT JOIN user_account a ON a.id = n.taken_by WHERE n.register_id = ";

/// One number of a register.
///
/// # Errors
/// [`StoreError::NotFound`] when the register has none of that key.
pub async fn number(db: &Db, register: i64, id: PaperNumberId) -> Result<NumberLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(NUMBERS).bind(register).push(" AND n.id = ").bind(id.0);
    number_line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// Numbers of a year, the highest first. Words are compared without marks here: a year of a register is a few thousand lines.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn numbers(db: &Db, ask: &NumberAsk<'_>) -> Result<Vec<NumberLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(NUMBERS).bind(ask.register);
    sql.push(" AND n.year = ").bind(ask.year);
    if let Some(state) = ask.state {
        sql.push(" AND n.state = ").bind(state.code());
    }
    if let Some(below) = ask.below {
        sql.push(" AND n.number < ").bind(below);
    }
    sql.push(" ORDER BY n.number DESC");
    let words = ask.words.map(fold).filter(|words| !words.is_empty());
    if words.is_none() {
        sql.push(" LIMIT ").bind(i64::from(ask.limit));
    }
    let limit = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let is_asked = |line: &NumberLine| {
        let text = fold(&format!("{} {} {}", line.symbol, line.title, line.signer));
        words.as_ref().is_none_or(|words| text.contains(words.as_str()))
    };
    let lines = sql.all(db.reader()).await?;
    let lines = lines.iter().map(number_line).filter(|line| line.as_ref().map_or(true, is_asked));
    lines.take(limit).collect()
}

fn number_line(row: &QueryResult) -> Result<NumberLine, StoreError> {
    Ok(NumberLine {
        id: PaperNumberId(row.try_get("", "id")?),
        year: row.try_get("", "year")?,
        number: row.try_get("", "number")?,
        symbol: row.try_get("", "symbol")?,
        dated_on: sql::date(row.try_get("", "dated_on")?)?,
        case: row.try_get::<Option<i64>>("", "case_id")?.map(CaseId),
        title: row.try_get("", "title")?,
        signer: row.try_get("", "signer")?,
        state: sql::code(&row.try_get::<String>("", "state")?, NumberState::from_code)?,
        reason: row.try_get("", "reason")?,
        taken_by: row.try_get("", "taken_by")?,
        taken_at: Instant(row.try_get("", "taken_at")?),
    })
}
