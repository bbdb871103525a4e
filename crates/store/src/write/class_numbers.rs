//! Numbers of papers of classes written and taken back.
//! Not for: registers (`papers`), or deciding (`service::documents`).

use domain::classes::papers::ClassPaper;
use domain::ids::{ClassId, PaperNumberId};
use domain::time::{Date, Instant, number};

use super::insert;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// The number of a paper of a class, to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewClassNumber<'a> {
    /// Of which paper.
    pub paper: ClassPaper,
    /// Code of the unit that it is for; empty for everybody.
    pub unit: &'a str,
    /// Number and symbol.
    pub symbol: &'a str,
    /// Day of the paper.
    pub dated_on: Date,
    /// The number in a register here.
    pub number: Option<PaperNumberId>,
}

/// Writes the number of a paper.
///
/// # Errors
/// [`StoreError::Duplicate`] when the paper has one.
pub async fn put(tx: &WriteTx, by: By<'_>, class: ClassId, new: &NewClassNumber<'_>, now: Instant) -> Result<(), StoreError> {
    let columns = ["class_id", "paper", "unit_code", "symbol", "dated_on", "number_id", "taken_by", "taken_at"];
    let values = vec![
        class.0.into(),
        new.paper.code().into(),
        new.unit.into(),
        new.symbol.into(),
        number(new.dated_on).into(),
        new.number.map(|id| id.0).into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "class_number", &columns, values).await.map(|_| ())
}

/// Takes the numbers of a paper back, which counts as a change of the class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn take_back(tx: &WriteTx, class: ClassId, paper: ClassPaper) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE training_class SET revision = revision + 1 WHERE id = ").bind(class.0);
    sql.run(tx.connection()).await?;
    let mut sql = Sql::new();
    sql.push("DELETE FROM class_number WHERE class_id = ").bind(class.0).push(" AND paper = ").bind(paper.code());
    sql.run(tx.connection()).await.map(|_| ())
}
