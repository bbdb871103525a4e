//! What an official did in classes and teaches, handed over when two become one.
//! Not for: records of trainings, which the register keeps itself.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Merged, Merging};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::register::kept::{amended, attended, graded, regraded, resulted, teaching};
use crate::write::register::{Why, change};

/// Each table with the columns that make a line of somebody the same as a line of somebody else.
const ONCE: &[(&str, &[&str])] =
    &[("presence", &["sitting_id"]), ("class_grade", &["work_id", "attempt"]), ("class_result", &["class_id"])];

macro_rules! hand_over {
    ($tx:expr, $why:expr, $table:ident, $merging:expr, $merged:expr) => {
        for row in $table::Entity::find().filter($table::Column::OfficialId.eq($merging.other.0.0)).all($tx.connection()).await? {
            change::<$table::Entity>($tx, $why, row.id, |row| row.official_id = $merging.kept.0.0.into()).await?;
            $merged.moved += 1;
        }
    };
}

/// Hands everything over; what both have of the same sitting, work or class stays as the kept one has it.
pub(super) async fn handed(tx: &WriteTx, why: &Why<'_>, merging: &Merging<'_>, merged: &mut Merged) -> Result<(), StoreError> {
    for (table, columns) in ONCE {
        once(tx, table, columns, merging).await?;
    }
    hand_over!(tx, why, teaching, merging, merged);
    hand_over!(tx, why, attended, merging, merged);
    hand_over!(tx, why, graded, merging, merged);
    hand_over!(tx, why, regraded, merging, merged);
    hand_over!(tx, why, resulted, merging, merged);
    hand_over!(tx, why, amended, merging, merged);
    Ok(())
}

async fn once(tx: &WriteTx, table: &str, columns: &[&str], merging: &Merging<'_>) -> Result<(), StoreError> {
    let (from, to) = (merging.other.0.0, merging.kept.0.0);
    let same = columns.iter().map(|column| format!("k.{column} = {table}.{column}")).collect::<Vec<_>>().join(" AND ");
    let twice = |sql: &mut Sql| {
        sql.push("official_id = ").bind(from);
        sql.push(&format!(" AND EXISTS (SELECT 1 FROM {table} k WHERE {same} AND k.official_id = ")).bind(to).push(")");
    };
    if table == "presence" {
        let mut sql = Sql::new();
        sql.push("DELETE FROM presence_change WHERE presence_id IN (SELECT id FROM presence WHERE ");
        twice(&mut sql);
        sql.push(")");
        sql.run(tx.connection()).await?;
    }
    let mut sql = Sql::new();
    sql.push(&format!("DELETE FROM {table} WHERE "));
    twice(&mut sql);
    sql.run(tx.connection()).await?;
    Ok(())
}
