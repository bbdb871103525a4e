//! What the search box finds in the database: people and units, by folded words.
//! Not for: schemes and targets; those are in memory in `service`.

use domain::roles::Scope;
use domain::text::fold;
use domain::time::Date;

use super::people::{OfficialLine, Wanted, list};
use super::units::{self, UnitLine};
use crate::db::{Db, StoreError};

/// People in the scope whose name or code has every word.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(db: &Db, scope: &Scope, text: &str, on: Date, limit: u32) -> Result<Vec<OfficialLine>, StoreError> {
    let wanted = Wanted { text: fold(text), ..Wanted::default() };
    list(db, scope, &wanted, on, None, limit).await
}

/// Units living on a day whose name has the words in this order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn find_units(db: &Db, text: &str, on: Date, limit: u32) -> Result<Vec<UnitLine>, StoreError> {
    units::list(db, on, &fold(text), "", limit).await
}
