//! People who go with their units: what ends, what begins, and that nobody is left behind.
//! Not for: deciding where they go.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::orgs::reorganise::{Going, Plan};
use domain::register::Ending;
use domain::time::number;

use super::{Carried, NewKeys, change_many, insert_many, key, reserve, rows_of};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::register::Why;

/// A posting ends with the day before, and one with the same particulars begins at the successor. What began later was there from its
/// first day.
pub(super) async fn postings(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>, new: &NewKeys) -> Result<(), StoreError> {
    let on = number(carried.plan.on);
    let going: BTreeMap<i64, Going> = carried.postings.iter().copied().collect();
    let targets: BTreeSet<i64> = going.values().map(|g| key(new, g.to)).collect();
    let units = rows_of::<entity::unit::Entity>(tx, targets.into_iter().collect()).await?;
    let units: BTreeMap<i64, entity::unit::Model> = units.into_iter().map(|unit| (unit.id, unit)).collect();
    let rows = rows_of::<entity::posting::Entity>(tx, going.keys().copied().collect()).await?;
    if rows.len() != going.len() || rows.iter().any(|row| row.ends_on.is_some_and(|end| end <= on)) {
        return Err(StoreError::Stale);
    }
    let (mut changed, mut begun) = (Vec::new(), Vec::new());
    for row in rows {
        let to = going.get(&row.id).ok_or(StoreError::Stale)?;
        let unit = units.get(&key(new, to.to)).ok_or(StoreError::Stale)?;
        let there = entity::posting::Model { unit_id: unit.id, level: unit.level.clone(), bloc: unit.bloc.clone(), ..row.clone() };
        if to.anew {
            changed.push((row, there));
            continue;
        }
        let decision_number = carried.decision.map(str::to_owned);
        // It is no appointment: what must be fulfilled before one is not asked again.
        begun.push(entity::posting::Model { starts_on: on, appointment: None, decision_number, ..there });
        let ended_by = Some(Ending::Reorganised.to_string());
        changed.push((row.clone(), entity::posting::Model { ends_on: Some(on), ended_by, ..row }));
    }
    change_many::<entity::posting::Entity>(tx, why, changed).await?;
    for (row, id) in begun.iter_mut().zip(reserve(tx, "posting", carried.postings.len()).await?) {
        row.id = id;
    }
    insert_many::<entity::posting::Entity>(tx, why, begun).await
}

/// Work for a time goes on at the successor.
pub(super) async fn secondments(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>, new: &NewKeys) -> Result<(), StoreError> {
    let on = number(carried.plan.on);
    let going: BTreeMap<i64, Going> = carried.secondments.iter().copied().collect();
    let (mut changed, mut begun) = (Vec::new(), Vec::new());
    for row in rows_of::<entity::secondment::Entity>(tx, going.keys().copied().collect()).await? {
        let to = going.get(&row.id).ok_or(StoreError::Stale)?;
        let there = entity::secondment::Model { unit_id: key(new, to.to), ..row.clone() };
        if to.anew {
            changed.push((row, there));
            continue;
        }
        begun.push(entity::secondment::Model { starts_on: on, ..there });
        changed.push((row.clone(), entity::secondment::Model { ends_on: Some(on), ..row }));
    }
    change_many::<entity::secondment::Entity>(tx, why, changed).await?;
    for (row, id) in begun.iter_mut().zip(reserve(tx, "secondment", carried.secondments.len()).await?) {
        row.id = id;
    }
    insert_many::<entity::secondment::Entity>(tx, why, begun).await
}

/// Somebody who came into a unit between the preview and the act would be left in a unit that is gone.
pub(super) async fn nobody_is_left(tx: &WriteTx, plan: &Plan) -> Result<(), StoreError> {
    for table in ["posting", "secondment"] {
        for chunk in plan.ends.chunks(500) {
            let mut sql = Sql::new();
            sql.push(&format!("SELECT id FROM {table} WHERE (ends_on IS NULL OR ends_on > ")).bind(number(plan.on)).push(")");
            sql.and_in("unit_id", chunk.iter().map(|unit: &UnitId| unit.0)).push(" LIMIT 1");
            if sql.first(tx.connection()).await?.is_some() {
                return Err(StoreError::Stale);
            }
        }
    }
    Ok(())
}
