//! Many rows of the register at once, each still told: a file of a whole province is a few statements a thousand people, not a million.
//! Not for: deciding what is written; a single act of a person writes row by row (`insert`, `change`).

use domain::ids::OfficialId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, IntoActiveModel, Iterable, PrimaryKeyTrait, QueryFilter};
use serde::Serialize;

use super::kept::append;
use super::{Kept, Why, as_text};
use crate::db::{StoreError, WriteTx};
use crate::seed::put;
use crate::sql::Sql;

/// Rows of one statement.
const CHUNK: usize = 1_000;

/// Keys for new rows of a table, in order; nobody else gets them.
pub(super) async fn reserve(tx: &WriteTx, table: &str, how_many: usize) -> Result<std::vec::IntoIter<i64>, StoreError> {
    if how_many == 0 {
        return Ok(Vec::new().into_iter());
    }
    let many = i64::try_from(how_many).unwrap_or(i64::MAX);
    let mut sql = Sql::new();
    if tx.connection().get_database_backend() == DbBackend::Sqlite {
        // One transaction writes at a time, and keys of rows that were removed are not given again.
        sql.push(&format!("SELECT MAX((SELECT COALESCE(MAX(id), 0) FROM {table}), "));
        sql.push("COALESCE((SELECT seq FROM sqlite_sequence WHERE name = ").bind(table).push("), 0)) AS last");
        let last: i64 = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?.try_get("", "last")?;
        return Ok((last + 1..=last + many).collect::<Vec<_>>().into_iter());
    }
    sql.push(&format!("SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id FROM generate_series(1, "));
    sql.bind(many).push(")");
    let keys: Vec<i64> = sql.all(tx.connection()).await?.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    Ok(keys.into_iter())
}

/// Writes new rows that have their keys, and tells of them.
pub(super) async fn insert_many<E: Kept>(tx: &WriteTx, why: &Why<'_>, rows: Vec<E::Model>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize + Send,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let told = rows.iter().map(|row| line::<E>(why, None, Some(row))).collect::<Result<Vec<_>, _>>()?;
    put::<E, _>(tx, rows).await?;
    append(tx, told).await
}

/// Writes changed rows, each with what it was, and tells of them.
pub(super) async fn change_many<E: Kept>(tx: &WriteTx, why: &Why<'_>, rows: Vec<(E::Model, E::Model)>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize + PartialEq + Send,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let rows: Vec<_> = rows.into_iter().filter(|(before, after)| before != after).collect();
    let told = rows.iter().map(|(before, after)| line::<E>(why, Some(before), Some(after))).collect::<Result<Vec<_>, _>>()?;
    let key = E::KEY;
    let others: Vec<E::Column> =
        E::Column::iter().filter(|column| sea_orm::IdenStatic::as_str(column) != sea_orm::IdenStatic::as_str(&key)).collect();
    let mut after = rows.into_iter().map(|(_, after)| after.into_active_model());
    loop {
        let chunk: Vec<E::ActiveModel> = after.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        let over = OnConflict::column(key).update_columns(others.clone()).to_owned();
        E::insert_many(chunk).on_conflict(over).exec_without_returning(tx.connection()).await?;
    }
    append(tx, told).await
}

/// The rows of these keys.
pub(super) async fn rows_of<E: Kept>(tx: &WriteTx, keys: Vec<i64>) -> Result<Vec<E::Model>, StoreError>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let mut rows = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(CHUNK) {
        rows.extend(E::find().filter(E::KEY.is_in(chunk.iter().copied())).all(tx.connection()).await?);
    }
    Ok(rows)
}

fn line<E: Kept>(why: &Why<'_>, before: Option<&E::Model>, after: Option<&E::Model>) -> Result<entity::register_change::Model, StoreError>
where
    E::Model: Serialize,
{
    let row = after.or(before).ok_or(StoreError::NotFound)?;
    Ok(entity::register_change::Model {
        id: 0,
        kind: E::KIND.to_owned(),
        row_id: E::key(row),
        official_id: E::owner(row),
        before: before.map(as_text).transpose()?,
        after: after.map(as_text).transpose()?,
        happened_at: why.at.0,
        user_id: why.by.user(),
        reason: why.words.to_owned(),
        operation: why.operation.to_owned(),
        undoes: None,
    })
}

/// The person of a line that is written for somebody who is not in the register yet.
pub const NOBODY_YET: OfficialId = OfficialId(0);
