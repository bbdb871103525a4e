//! What papers made of figures say: kept when they are sent, and made anew while they are drafts.
//! Not for: making them (`service`).

use domain::ids::ReviewId;
use domain::papers::PaperKind;
use domain::time::{Date, Instant, number};

use super::{By, insert};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// What a paper says.
#[derive(Debug, Clone, Copy)]
pub struct NewContent<'a> {
    /// What it is.
    pub kind: PaperKind,
    /// The review that it opens.
    pub review: Option<ReviewId>,
    /// Of what it was made.
    pub about: &'a str,
    /// What it says.
    pub body: &'a str,
    /// The day of its figures.
    pub made_on: Date,
}

/// Keeps what a paper says; tells its key.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_content(tx: &WriteTx, by: By<'_>, new: &NewContent<'_>, now: Instant) -> Result<i64, StoreError> {
    let columns = ["kind", "review_id", "about", "body", "made_on", "made_by", "made_at"];
    let values = vec![
        new.kind.code().into(),
        new.review.map(|id| id.0).into(),
        new.about.into(),
        new.body.into(),
        number(new.made_on).into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "paper_content", &columns, values).await
}

/// Writes anew what a paper says.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn renew_content(tx: &WriteTx, by: By<'_>, id: i64, new: &NewContent<'_>, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_content SET about = ").bind(new.about).push(", body = ").bind(new.body);
    sql.push(", made_on = ").bind(number(new.made_on)).push(", made_by = ").bind(by.user());
    sql.push(", made_at = ").bind(now.0).push(" WHERE id = ").bind(id);
    sql.run(tx.connection()).await?;
    Ok(())
}
