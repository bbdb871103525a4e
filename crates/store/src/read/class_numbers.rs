//! Numbers that papers of classes have.
//! Not for: registers (`papers`).

use domain::classes::papers::ClassPaper;
use domain::ids::{ClassId, PaperNumberId};
use domain::time::{Date, Instant};
use sea_orm::QueryResult;

use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// The number of a paper of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassNumber {
    /// Of which paper.
    pub paper: ClassPaper,
    /// Code of the unit that it is for; empty when it is for everybody.
    pub unit: String,
    /// Number and symbol.
    pub symbol: String,
    /// Day of the paper.
    pub dated_on: Date,
    /// The number in a register here; none when it was given elsewhere.
    pub number: Option<PaperNumberId>,
    /// Name of that register.
    pub register: Option<String>,
    /// Name of who took it.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: Instant,
}

/// Numbers of the papers of a class, in the order in which they were taken.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_class(at: At<'_>, class: ClassId) -> Result<Vec<ClassNumber>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT n.*, r.title AS register_title, a.name AS user_name FROM class_number n LEFT JOIN paper_number p ON p.id = n.number_id ",
    );
    sql.push("LEFT JOIN paper_register r ON r.id = p.register_id LEFT JOIN user_account a ON a.id = n.taken_by WHERE n.class_id = ");
    sql.bind(class.0).push(" ORDER BY n.id");
    at.all(sql).await?.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<ClassNumber, StoreError> {
    Ok(ClassNumber {
        paper: sql::code(&row.try_get::<String>("", "paper")?, ClassPaper::from_code)?,
        unit: row.try_get("", "unit_code")?,
        symbol: row.try_get("", "symbol")?,
        dated_on: sql::date(row.try_get("", "dated_on")?)?,
        number: row.try_get::<Option<i64>>("", "number_id")?.map(PaperNumberId),
        register: row.try_get("", "register_title")?,
        taken_by: row.try_get("", "user_name")?,
        taken_at: Instant(row.try_get("", "taken_at")?),
    })
}

/// Whether a number of a register belongs to a paper of a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn has(at: At<'_>, number: PaperNumberId) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT 1 AS one FROM class_number WHERE number_id = ").bind(number.0);
    Ok(!at.all(sql).await?.is_empty())
}
