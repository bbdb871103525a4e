//! Which tables the register keeps with their history, how a row of each names itself and its person, and the same steps for rows of
//! any of them: read as they are now, put back, taken away.
//! Not for: deciding what is put back (`undo`).

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IdenStatic, IntoActiveModel, Iterable, PrimaryKeyTrait, QueryFilter, QuerySelect,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::db::{StoreError, WriteTx};

/// A table whose every change is told.
pub(crate) trait Kept: EntityTrait {
    /// The table, as changes name it.
    const KIND: &'static str;
    /// The column of the key.
    const KEY: Self::Column;
    /// Key of a row.
    fn key(row: &Self::Model) -> i64;
    /// The person a row belongs to.
    fn owner(row: &Self::Model) -> Option<i64>;
}

/// A row as text tells it: column → value.
pub(super) type Columns = serde_json::Map<String, Value>;

/// Rows of one statement: far below the bind limit of both engines for the widest table.
pub(super) const CHUNK: usize = 1_000;

macro_rules! owner {
    ($row:ident nobody) => {{
        let _ = $row;
        None
    }};
    ($row:ident $owner:ident) => {
        $row.$owner.into()
    };
}

macro_rules! kept {
    ($($table:ident $owner:ident),+ $(,)?) => {
        $(
            impl Kept for entity::$table::Entity {
                const KIND: &'static str = stringify!($table);
                const KEY: Self::Column = entity::$table::Column::Id;
                fn key(row: &Self::Model) -> i64 {
                    row.id
                }
                fn owner(row: &Self::Model) -> Option<i64> {
                    owner!(row $owner)
                }
            }
        )+

        /// The kept tables, parents before children.
        pub(super) const KINDS: &[&str] = &[$(stringify!($table)),+, <account::Entity as Kept>::KIND, <proposal::Entity as Kept>::KIND,
            <wanted::Entity as Kept>::KIND, <nominated::Entity as Kept>::KIND, <teaching::Entity as Kept>::KIND, <attended::Entity as Kept>::KIND, <graded::Entity as Kept>::KIND, <regraded::Entity as Kept>::KIND, <resulted::Entity as Kept>::KIND, <amended::Entity as Kept>::KIND];

        /// The rows with these keys as they are now, held until the end of the transaction.
        ///
        /// # Errors
        /// [`StoreError::Unreadable`] for a table that is not kept.
        pub(super) async fn rows_now(tx: &WriteTx, kind: &str, keys: &[i64]) -> Result<Vec<(i64, Columns)>, StoreError> {
            match kind {
                $(stringify!($table) => now::<entity::$table::Entity>(tx, keys).await,)+
                <account::Entity as Kept>::KIND => now::<account::Entity>(tx, keys).await,
                <proposal::Entity as Kept>::KIND => now::<proposal::Entity>(tx, keys).await,
                <wanted::Entity as Kept>::KIND => now::<wanted::Entity>(tx, keys).await,
                <nominated::Entity as Kept>::KIND => now::<nominated::Entity>(tx, keys).await,
                <teaching::Entity as Kept>::KIND => now::<teaching::Entity>(tx, keys).await,
                <attended::Entity as Kept>::KIND => now::<attended::Entity>(tx, keys).await,
                <graded::Entity as Kept>::KIND => now::<graded::Entity>(tx, keys).await,
                <regraded::Entity as Kept>::KIND => now::<regraded::Entity>(tx, keys).await,
                <resulted::Entity as Kept>::KIND => now::<resulted::Entity>(tx, keys).await,
                <amended::Entity as Kept>::KIND => now::<amended::Entity>(tx, keys).await,
                other => Err(StoreError::Unreadable(other.to_owned())),
            }
        }

        /// Writes rows as they stand here, whether they are there or not.
        ///
        /// # Errors
        /// [`StoreError::Unreadable`] for a table that is not kept, or a row that the table cannot hold any more.
        pub(super) async fn put_back(tx: &WriteTx, kind: &str, rows: Vec<Columns>) -> Result<(), StoreError> {
            match kind {
                $(stringify!($table) => upsert::<entity::$table::Entity>(tx, rows).await,)+
                <account::Entity as Kept>::KIND => hand_back::<account::Entity>(tx, rows).await,
                <proposal::Entity as Kept>::KIND => hand_back::<proposal::Entity>(tx, rows).await,
                <wanted::Entity as Kept>::KIND => hand_back::<wanted::Entity>(tx, rows).await,
                <nominated::Entity as Kept>::KIND => hand_back::<nominated::Entity>(tx, rows).await,
                <teaching::Entity as Kept>::KIND => hand_back::<teaching::Entity>(tx, rows).await,
                <attended::Entity as Kept>::KIND => hand_back::<attended::Entity>(tx, rows).await,
                <graded::Entity as Kept>::KIND => hand_back::<graded::Entity>(tx, rows).await,
                <regraded::Entity as Kept>::KIND => hand_back::<regraded::Entity>(tx, rows).await,
                <resulted::Entity as Kept>::KIND => hand_back::<resulted::Entity>(tx, rows).await,
                <amended::Entity as Kept>::KIND => hand_back::<amended::Entity>(tx, rows).await,
                other => Err(StoreError::Unreadable(other.to_owned())),
            }
        }

        /// Removes the rows with these keys.
        ///
        /// # Errors
        /// [`StoreError::Unreadable`] for a table that is not kept.
        pub(super) async fn take_away(tx: &WriteTx, kind: &str, keys: &[i64]) -> Result<(), StoreError> {
            match kind {
                $(stringify!($table) => delete::<entity::$table::Entity>(tx, keys).await,)+
                other => Err(StoreError::Unreadable(other.to_owned())),
            }
        }
    };
}

kept!(
    unit nobody,
    unit_link nobody,
    unit_succession nobody,
    unit_name nobody,
    unit_alias nobody,
    unit_area nobody,
    unit_spot nobody,
    post nobody,
    official id,
    posting official_id,
    secondment official_id,
    planned_post official_id,
    commitment official_id,
    scan official_id,
    qualification official_id,
    rating official_id,
    training_record official_id,
    follow_up nobody,
    receipt official_id,
    official_alias official_id,
);

/// Tables whose rows have a life of their own and only change hands here: of them nothing is told but whose they are.
macro_rules! handed {
    ($($module:ident $table:literal $owner:ty),+ $(,)?) => { $(
        pub(super) mod $module {
            use sea_orm::entity::prelude::*;
            use serde::{Deserialize, Serialize};

            /// Whose a row is.
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
            #[sea_orm(table_name = $table)]
            pub(crate) struct Model {
                #[sea_orm(primary_key)]
                pub id: i64,
                pub official_id: $owner,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub(crate) enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }

        impl Kept for $module::Entity {
            const KIND: &'static str = $table;
            const KEY: $module::Column = $module::Column::Id;
            fn key(row: &$module::Model) -> i64 {
                row.id
            }
            fn owner(row: &$module::Model) -> Option<i64> {
                row.official_id.into()
            }
        }
    )+ };
}

handed!(
    account "user_account" Option<i64>,
    proposal "correction" i64,
    wanted "need" Option<i64>,
    nominated "nomination" i64,
    teaching "lecturer" Option<i64>,
    attended "presence" i64,
    graded "class_grade" i64,
    regraded "class_grade_change" i64,
    resulted "class_result" i64,
    amended "class_amendment" i64,
);

async fn now<E: Kept>(tx: &WriteTx, keys: &[i64]) -> Result<Vec<(i64, Columns)>, StoreError>
where
    E::Model: Serialize,
{
    let mut rows = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(CHUNK) {
        let found = E::find().filter(E::KEY.is_in(chunk.iter().copied())).lock_exclusive().all(tx.connection()).await?;
        for row in found {
            rows.push((E::key(&row), columns(&row)?));
        }
    }
    Ok(rows)
}

/// A row as its columns.
pub(super) fn columns<M: Serialize>(row: &M) -> Result<Columns, StoreError> {
    match serde_json::to_value(row) {
        Ok(Value::Object(columns)) => Ok(columns),
        Ok(other) => Err(StoreError::Unreadable(other.to_string())),
        Err(error) => Err(StoreError::Unreadable(error.to_string())),
    }
}

async fn upsert<E: Kept>(tx: &WriteTx, rows: Vec<Columns>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + DeserializeOwned,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let mut rows = rows.into_iter().map(|row| {
        let model: E::Model = serde_json::from_value(Value::Object(row)).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok::<_, StoreError>(model.into_active_model())
    });
    loop {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(CHUNK).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let others = E::Column::iter().filter(|column| column.as_str() != E::KEY.as_str());
        let over = OnConflict::column(E::KEY).update_columns(others).to_owned();
        E::insert_many(chunk).on_conflict(over).exec_without_returning(tx.connection()).await?;
    }
}

/// Rows that are only handed over are there and stay there.
async fn hand_back<E: Kept>(tx: &WriteTx, rows: Vec<Columns>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + DeserializeOwned,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    for row in rows {
        let model: E::Model = serde_json::from_value(Value::Object(row)).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        model.into_active_model().reset_all().update(tx.connection()).await?;
    }
    Ok(())
}

async fn delete<E: Kept>(tx: &WriteTx, keys: &[i64]) -> Result<(), StoreError>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    for chunk in keys.chunks(CHUNK) {
        E::delete_many().filter(E::KEY.is_in(chunk.iter().copied())).exec(tx.connection()).await?;
    }
    Ok(())
}

/// Writes many changes at once.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub(super) async fn append(tx: &WriteTx, changes: Vec<entity::register_change::Model>) -> Result<(), StoreError> {
    let mut rows = changes.into_iter().map(|change| {
        let mut row = change.into_active_model();
        row.not_set(entity::register_change::Column::Id);
        row
    });
    loop {
        let chunk: Vec<entity::register_change::ActiveModel> = rows.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        entity::register_change::Entity::insert_many(chunk).exec_without_returning(tx.connection()).await?;
    }
}
