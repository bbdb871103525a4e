//! Works of a class, grades, recognised results and their amendments.
//! Not for: what they propose (`domain::results`).

use domain::ids::{ClassId, OfficialId, WorkId};
use domain::results::{Points, Work, WorkKind};
use domain::time::{Date, Instant};
use domain::training::Outcome;
use sea_orm::QueryResult;

use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// A piece of work with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkLine {
    /// Key.
    pub id: WorkId,
    /// What it is.
    pub work: Work,
}

/// The works of a class in their order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn works(at: At<'_>, class: ClassId) -> Result<Vec<WorkLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, name, kind, weight FROM class_work WHERE class_id = ").bind(class.0).push(" ORDER BY place, id");
    let one = |row: &QueryResult| {
        let kind = sql::code(&row.try_get::<String>("", "kind")?, WorkKind::from_code)?;
        let work = Work { name: row.try_get("", "name")?, kind, weight: row.try_get("", "weight")? };
        Ok(WorkLine { id: WorkId(row.try_get("", "id")?), work })
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// A grade as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeLine {
    /// For which work.
    pub work: WorkId,
    /// Whose.
    pub official: OfficialId,
    /// 0 for the first attempt, 1 for the one after it.
    pub attempt: usize,
    /// The grade.
    pub points: Points,
}

/// The grades of a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn grades(at: At<'_>, class: ClassId) -> Result<Vec<GradeLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT g.work_id, g.official_id, g.attempt, g.points FROM class_grade g JOIN class_work w ON w.id = g.work_id ");
    sql.push("WHERE w.class_id = ").bind(class.0).push(" ORDER BY g.id");
    let one = |row: &QueryResult| {
        Ok(GradeLine {
            work: WorkId(row.try_get("", "work_id")?),
            official: OfficialId(row.try_get("", "official_id")?),
            attempt: usize::try_from(row.try_get::<i32>("", "attempt")? - 1).unwrap_or(0),
            points: points(row.try_get("", "points")?)?,
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}

fn points(hundredths: i32) -> Result<Points, StoreError> {
    Points::of_hundredths(hundredths.into()).ok_or_else(|| StoreError::Unreadable(hundredths.to_string()))
}

/// A result as it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    /// Whose.
    pub official: OfficialId,
    /// What became of it.
    pub outcome: Outcome,
    /// What attendance and grades proposed.
    pub proposed: Option<Outcome>,
    /// Periods attended and held.
    pub share: (i32, i32),
    /// The mean.
    pub overall: Option<Points>,
    /// Code of its band.
    pub band: Option<String>,
    /// Why the outcome is another than the proposed one.
    pub reason: String,
}

/// Recognised results of a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn results(at: At<'_>, class: ClassId) -> Result<Vec<ResultLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT official_id, outcome, proposed, attended, held, overall, band, reason FROM class_result WHERE class_id = ");
    sql.bind(class.0).push(" ORDER BY id");
    let one = |row: &QueryResult| {
        let proposed: Option<String> = row.try_get("", "proposed")?;
        Ok(ResultLine {
            official: OfficialId(row.try_get("", "official_id")?),
            outcome: sql::code(&row.try_get::<String>("", "outcome")?, Outcome::from_code)?,
            proposed: proposed.map(|code| sql::code(&code, Outcome::from_code)).transpose()?,
            share: (row.try_get("", "attended")?, row.try_get("", "held")?),
            overall: row.try_get::<Option<i32>>("", "overall")?.map(points).transpose()?,
            band: row.try_get("", "band")?,
            reason: row.try_get("", "reason")?,
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// A result changed after it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendmentLine {
    /// Whose: key and name.
    pub official: (OfficialId, String),
    /// Number and day of the decision.
    pub decision: (String, Date),
    /// Why.
    pub reason: String,
    /// What stood before, as lines of codes.
    pub before: String,
    /// What stands since.
    pub after: String,
    /// Name of the account.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// Amendments of a class, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn amendments(at: At<'_>, class: ClassId) -> Result<Vec<AmendmentLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT m.*, o.name AS official_name, a.name AS by_name FROM class_amendment m JOIN official o ON o.id = m.official_id ");
    sql.push("LEFT JOIN user_account a ON a.id = m.user_id WHERE m.class_id = ").bind(class.0).push(" ORDER BY m.id DESC");
    let one = |row: &QueryResult| {
        Ok(AmendmentLine {
            official: (OfficialId(row.try_get("", "official_id")?), row.try_get("", "official_name")?),
            decision: (row.try_get("", "decision_number")?, sql::date(row.try_get("", "decided_on")?)?),
            reason: row.try_get("", "reason")?,
            before: row.try_get("", "before")?,
            after: row.try_get("", "after")?,
            by: row.try_get("", "by_name")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    at.all(sql).await?.iter().map(one).collect()
}
