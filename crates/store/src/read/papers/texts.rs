//! Texts: versions of procedures, and submissions.
//! Not for: reading a procedure (`schemefile`).

use domain::ids::UnitId;
use domain::papers::CaseState;
use domain::time::{Date, Instant};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

/// One version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureText {
    /// Code.
    pub code: String,
    /// 1, 2, 3 …
    pub number: i32,
    /// The text.
    pub body: String,
    /// Why it was made.
    pub note: String,
    /// By whom.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Instant,
}

/// Every version of every procedure, or of one, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn procedure_versions(db: &Db, code: Option<&str>) -> Result<Vec<ProcedureText>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.code, p.number, p.body, p.note, a.name AS saved_by, p.saved_at FROM procedure_version p ");
    sql.push("LEFT JOIN user_account a ON a.id = p.saved_by WHERE 1 = 1").and_in("p.code", code).push(" ORDER BY p.code, p.number DESC");
    let line = |row: &QueryResult| {
        Ok(ProcedureText {
            code: row.try_get("", "code")?,
            number: row.try_get("", "number")?,
            body: row.try_get("", "body")?,
            note: row.try_get("", "note")?,
            saved_by: row.try_get("", "saved_by")?,
            saved_at: Instant(row.try_get("", "saved_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// A submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionLine {
    /// Key.
    pub id: i64,
    /// The unit that writes it.
    pub unit: UnitId,
    /// What it says, in one line.
    pub title: String,
    /// Its words.
    pub words: String,
    /// How far it has come; nothing while its unit has it.
    pub state: Option<CaseState>,
    /// Counts changes.
    pub revision: i32,
    /// Number and symbol.
    pub number: Option<String>,
    /// Day of the paper.
    pub issued_on: Option<Date>,
}

/// A submission.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn submission(db: &Db, id: i64) -> Result<SubmissionLine, StoreError> {
    found(db.reader(), id).await
}

/// A submission as a transaction sees it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn submission_in(tx: &WriteTx, id: i64) -> Result<SubmissionLine, StoreError> {
    found(tx.connection(), id).await
}

async fn found(on: &impl ConnectionTrait, id: i64) -> Result<SubmissionLine, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, unit_id, title, words, state, revision, paper_number, issued_on FROM submission WHERE id = ").bind(id);
    let row = sql.first(on).await?.ok_or(StoreError::NotFound)?;
    Ok(SubmissionLine {
        id,
        unit: UnitId(row.try_get("", "unit_id")?),
        title: row.try_get("", "title")?,
        words: row.try_get("", "words")?,
        state: CaseState::from_code(&row.try_get::<String>("", "state")?),
        revision: row.try_get("", "revision")?,
        number: row.try_get("", "paper_number")?,
        issued_on: row.try_get::<Option<i32>>("", "issued_on")?.map(sql::date).transpose()?,
    })
}
