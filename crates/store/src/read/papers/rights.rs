//! Mandates to sign.
//! Not for: whether one holds (`domain::papers::mandates`).

use domain::ids::UserId;
use domain::papers::mandates::{Mandate, SignAs, Standing};
use domain::time::Interval;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A mandate with its signer and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateLine {
    /// Key.
    pub id: i64,
    /// Key of the body.
    pub body: i64,
    /// Code of the body.
    pub body_code: String,
    /// Account of the signer.
    pub user: UserId,
    /// Name of the signer.
    pub name: String,
    /// The right.
    pub mandate: Mandate,
    /// Key of the mandate it is under.
    pub under: Option<i64>,
    /// Counts changes.
    pub revision: i32,
}

const SELECT: &str = "SELECT m.id, m.body_id, b.code AS body_code, m.user_id, a.name, m.sign_as, m.standing, m.post, m.decision_number, \
     m.under_id, m.starts_on, m.ends_on, m.revision FROM mandate m JOIN paper_body b ON b.id = m.body_id \
     JOIN user_account a ON a.id = m.user_id WHERE ";

/// Every mandate, by body and first day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn mandates(db: &Db) -> Result<Vec<MandateLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("1 = 1 ORDER BY b.code, m.starts_on, m.id");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// One mandate.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn mandate(db: &Db, id: i64) -> Result<MandateLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("m.id = ").bind(id);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

fn line(row: &QueryResult) -> Result<MandateLine, StoreError> {
    let from = sql::date(row.try_get("", "starts_on")?)?;
    let to = row.try_get::<Option<i32>>("", "ends_on")?.map(sql::date).transpose()?;
    Ok(MandateLine {
        id: row.try_get("", "id")?,
        body: row.try_get("", "body_id")?,
        body_code: row.try_get("", "body_code")?,
        user: UserId(row.try_get("", "user_id")?),
        name: row.try_get("", "name")?,
        mandate: Mandate {
            sign_as: sql::code(&row.try_get::<String>("", "sign_as")?, SignAs::from_code)?,
            standing: sql::code(&row.try_get::<String>("", "standing")?, Standing::from_code)?,
            post: row.try_get("", "post")?,
            decision: row.try_get("", "decision_number")?,
            during: Interval::new(from, to).ok(),
        },
        under: row.try_get("", "under_id")?,
        revision: row.try_get("", "revision")?,
    })
}
