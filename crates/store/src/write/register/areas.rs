//! The areas in which units lie: a mark is added, ended, removed when it was wrong.
//! Not for: what an area is worth (`service::gaps`).

use domain::ids::UnitId;
use domain::orgs::Area;
use domain::time::{Date, number};
use sea_orm::EntityTrait;

use super::{Why, insert, remove_of_nobody};
use crate::db::{StoreError, WriteTx};

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewArea<'a> {
    /// The unit.
    pub unit: UnitId,
    /// In what it lies.
    pub area: Area,
    /// First day.
    pub from: Date,
    /// First day after its end.
    pub to: Option<Date>,
    /// Number of the decision that says so.
    pub decision: &'a str,
}

/// Marks a unit.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_area(tx: &WriteTx, why: &Why<'_>, new: &NewArea<'_>) -> Result<(), StoreError> {
    let row = entity::unit_area::Model {
        id: 0,
        unit_id: new.unit.0,
        area: new.area.to_string(),
        starts_on: number(new.from),
        ends_on: new.to.map(number),
        decision: new.decision.to_owned(),
    };
    insert::<entity::unit_area::Entity>(tx, why, row).await.map(|_| ())
}

/// Removes a mark of a unit.
///
/// # Errors
/// [`StoreError::NotFound`] when the unit has no such mark.
pub async fn remove_area(tx: &WriteTx, why: &Why<'_>, unit: UnitId, mark: i64) -> Result<(), StoreError> {
    let row = entity::unit_area::Entity::find_by_id(mark).one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    if row.unit_id != unit.0 {
        return Err(StoreError::NotFound);
    }
    remove_of_nobody::<entity::unit_area::Entity>(tx, why, mark).await
}
