//! What papers made of figures say.
//! Not for: understanding it (`service`).

use domain::ids::{CaseId, ReviewId};
use domain::papers::CaseState;
use domain::time::Date;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// What a paper says, as it was when it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The review that it opens.
    pub review: Option<ReviewId>,
    /// Of what it was made.
    pub about: String,
    /// What it says.
    pub body: String,
    /// The day of its figures.
    pub made_on: Date,
}

/// What a paper says.
///
/// # Errors
/// [`StoreError::NotFound`] when nothing is kept under the key.
pub async fn content(db: &Db, id: i64) -> Result<Content, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT review_id, about, body, made_on FROM paper_content WHERE id = ").bind(id);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(Content {
        review: row.try_get::<Option<i64>>("", "review_id")?.map(ReviewId),
        about: row.try_get("", "about")?,
        body: row.try_get("", "body")?,
        made_on: sql::date(row.try_get("", "made_on")?)?,
    })
}

/// The notice of a review as a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// The paper.
    pub case: CaseId,
    /// What it says, under its key.
    pub content: i64,
    /// How far it has come.
    pub state: CaseState,
    /// Number and symbol, when it has them.
    pub symbol: Option<String>,
}

/// The notices of a review, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn notices_of(db: &Db, review: ReviewId) -> Result<Vec<NoticeLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT c.id, c.subject_id, c.state, n.symbol FROM paper_content p JOIN paper_case c ON c.kind = p.kind AND c.subject_id = p.id ",
    );
    sql.push("LEFT JOIN paper_number n ON n.id = c.number_id WHERE p.review_id = ").bind(review.0).push(" ORDER BY c.id DESC");
    let line = |row: &sea_orm::QueryResult| {
        Ok(NoticeLine {
            case: CaseId(row.try_get("", "id")?),
            content: row.try_get("", "subject_id")?,
            state: sql::code(&row.try_get::<String>("", "state")?, CaseState::from_code)?,
            symbol: row.try_get("", "symbol")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}
