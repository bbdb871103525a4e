//! Many rows of the register at once, each still told: a file of a whole province is a few statements a thousand people, not a million.
//! Not for: deciding what is written; a single act of a person writes row by row (`insert`, `change`).

use domain::ids::OfficialId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, IntoActiveModel, Iterable, PrimaryKeyTrait, QueryFilter};
use serde::Serialize;

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
    // The sequence is looked up once, not for each of hundreds of thousands of keys; `OFFSET` keeps PostgreSQL from drawing the two together.
    sql.push(&format!("SELECT nextval(s.keys) AS id FROM (SELECT pg_get_serial_sequence('{table}', 'id')::regclass AS keys OFFSET 0) s "));
    sql.push("CROSS JOIN generate_series(1, ").bind(many).push(")");
    let keys: Vec<i64> = sql.all(tx.connection()).await?.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    Ok(keys.into_iter())
}

/// Writes new rows that have their keys, and tells of them.
pub(super) async fn insert_many<E: Kept>(tx: &WriteTx, why: &Why<'_>, rows: Vec<E::Model>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize + Clone + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    put::<E, _>(tx, rows.iter().cloned()).await?;
    tell_many(tx, why, E::KIND, rows.iter().map(|row| telling::<E>(None, row))).await
}

/// Who changes, when and why, for the statements of a whole act.
pub(super) struct Signature {
    at: i64,
    user: Option<i64>,
    words: String,
    operation: String,
}

impl From<&Why<'_>> for Signature {
    fn from(why: &Why<'_>) -> Self {
        Self { at: why.at.0, user: why.by.user(), words: why.words.to_owned(), operation: why.operation.to_owned() }
    }
}

/// One change, before it is written.
pub(super) struct Telling {
    /// The row.
    pub(super) row: i64,
    /// Its person.
    pub(super) owner: Option<i64>,
    /// What was.
    pub(super) before: Option<String>,
    /// What is.
    pub(super) after: Option<String>,
}

fn telling<E: Kept>(before: Option<&E::Model>, after: &E::Model) -> Result<Telling, StoreError>
where
    E::Model: Serialize,
{
    let text = before.map(as_text).transpose()?;
    Ok(Telling { row: E::key(after), owner: E::owner(after), before: text, after: Some(as_text(after)?) })
}

/// Tells of rows of one kind that one act wrote: what is the same for all of them goes over once a statement.
async fn tell_many(
    tx: &WriteTx,
    why: &Why<'_>,
    kind: &str,
    rows: impl Iterator<Item = Result<Telling, StoreError>> + Send,
) -> Result<(), StoreError> {
    let (mut rows, why) = (rows, &Signature::from(why));
    let mut next = told(why, kind, &mut rows)?;
    while let Some(ready) = next {
        // The next statement is written while the engine works on this one.
        let coming = async { told(why, kind, &mut rows) };
        let (done, written) = futures_util::join!(ready.run(tx.connection()), coming);
        done?;
        next = written?;
    }
    Ok(())
}

/// The statement that tells of the next rows; `None` when there are no more.
pub(super) fn told(
    why: &Signature,
    kind: &str,
    rows: &mut impl Iterator<Item = Result<Telling, StoreError>>,
) -> Result<Option<Sql>, StoreError> {
    let mut rows = rows.take(CHUNK).peekable();
    if rows.peek().is_none() {
        return Ok(None);
    }
    let mut sql = Sql::new();
    sql.push("INSERT INTO register_change (kind, row_id, official_id, before, after, happened_at, user_id, reason, operation) SELECT ");
    sql.bind(kind).push(", column1, column2, column3, column4, ").bind(why.at).push(", ").bind(why.user);
    sql.push(", ").bind(why.words.as_str()).push(", ").bind(why.operation.as_str()).push(" FROM (VALUES ");
    for (place, telling) in rows.enumerate() {
        let Telling { row, owner, before, after } = telling?;
        sql.push(if place == 0 { "(" } else { ", (" }).bind(row).push(", ").bind(owner).push(", ");
        sql.bind(before).push(", ").bind(after).push(")");
    }
    sql.push(") AS told");
    Ok(Some(sql))
}

/// Writes changed rows, each with what it was, and tells of them.
pub(super) async fn change_many<E: Kept>(tx: &WriteTx, why: &Why<'_>, rows: Vec<(E::Model, E::Model)>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize + Clone + PartialEq + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let rows: Vec<_> = rows.into_iter().filter(|(before, after)| before != after).collect();
    let key = E::KEY;
    let others: Vec<E::Column> =
        E::Column::iter().filter(|column| sea_orm::IdenStatic::as_str(column) != sea_orm::IdenStatic::as_str(&key)).collect();
    let mut after = rows.iter().map(|(_, after)| after.clone().into_active_model());
    loop {
        let chunk: Vec<E::ActiveModel> = after.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        let over = OnConflict::column(key).update_columns(others.clone()).to_owned();
        E::insert_many(chunk).on_conflict(over).exec_without_returning(tx.connection()).await?;
    }
    tell_many(tx, why, E::KIND, rows.iter().map(|(before, after)| telling::<E>(Some(before), after))).await
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

/// The person of a line that is written for somebody who is not in the register yet.
pub const NOBODY_YET: OfficialId = OfficialId(0);
