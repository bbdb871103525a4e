//! Where units stand: said from a day on, set right, taken back when it was wrong.
//! Not for: whether a place may be said (`service::registry`).

use domain::geography::Spot;
use domain::ids::UnitId;
use domain::time::{Date, number};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Why, change, insert, remove_of_nobody};
use crate::db::{StoreError, WriteTx};

async fn of_unit(tx: &WriteTx, unit: UnitId) -> Result<Vec<entity::unit_spot::Model>, StoreError> {
    let rows = entity::unit_spot::Entity::find().filter(entity::unit_spot::Column::UnitId.eq(unit.0));
    Ok(rows.order_by_asc(entity::unit_spot::Column::StartsOn).all(tx.connection()).await?)
}

/// Says where a unit stands from a day on. What was said from that same day on is set right; what was said before ends on it.
///
/// # Errors
/// [`StoreError::Stale`] when something was said from a later day on.
pub async fn put_spot(tx: &WriteTx, why: &Why<'_>, (unit, spot): (UnitId, Spot), from: Date) -> Result<(), StoreError> {
    let starts_on = number(from);
    let (latitude, longitude) = (spot.latitude, spot.longitude);
    let rows = of_unit(tx, unit).await?;
    match rows.last() {
        Some(last) if last.starts_on > starts_on => return Err(StoreError::Stale),
        Some(last) if last.starts_on == starts_on => {
            return change::<entity::unit_spot::Entity>(tx, why, last.id, |row| {
                row.latitude = latitude;
                row.longitude = longitude;
            })
            .await;
        }
        Some(last) => change::<entity::unit_spot::Entity>(tx, why, last.id, |row| row.ends_on = Some(starts_on)).await?,
        None => {}
    }
    let row = entity::unit_spot::Model { id: 0, unit_id: unit.0, latitude, longitude, starts_on, ends_on: None };
    insert::<entity::unit_spot::Entity>(tx, why, row).await.map(|_| ())
}

/// Takes back what was said of a unit; what was said before it goes on.
///
/// # Errors
/// [`StoreError::NotFound`] when the unit has no such row, [`StoreError::Stale`] when it is not the last.
pub async fn remove_spot(tx: &WriteTx, why: &Why<'_>, unit: UnitId, row: i64) -> Result<(), StoreError> {
    let rows = of_unit(tx, unit).await?;
    let gone = rows.iter().find(|spot| spot.id == row).ok_or(StoreError::NotFound)?;
    if rows.last().is_some_and(|last| last.id != row) {
        return Err(StoreError::Stale);
    }
    let before = rows.iter().find(|spot| spot.ends_on == Some(gone.starts_on)).map(|spot| spot.id);
    remove_of_nobody::<entity::unit_spot::Entity>(tx, why, row).await?;
    match before {
        Some(before) => change::<entity::unit_spot::Entity>(tx, why, before, |spot| spot.ends_on = None).await,
        None => Ok(()),
    }
}
