//! Which tables the register keeps with their history, and how a row of each names itself and its person.
//! Not for: writing them.

use sea_orm::EntityTrait;

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

macro_rules! kept {
    ($($table:ident $owner:ident),+ $(,)?) => { $(
        impl Kept for entity::$table::Entity {
            const KIND: &'static str = stringify!($table);
            const KEY: Self::Column = entity::$table::Column::Id;
            fn key(row: &Self::Model) -> i64 {
                row.id
            }
            fn owner(row: &Self::Model) -> Option<i64> {
                Some(row.$owner)
            }
        }
    )+ };
}

kept!(
    official id,
    posting official_id,
    secondment official_id,
    qualification official_id,
    rating official_id,
    training_record official_id,
);

macro_rules! kept_of_nobody {
    ($($table:ident),+ $(,)?) => { $(
        impl Kept for entity::$table::Entity {
            const KIND: &'static str = stringify!($table);
            const KEY: Self::Column = entity::$table::Column::Id;
            fn key(row: &Self::Model) -> i64 {
                row.id
            }
            fn owner(_: &Self::Model) -> Option<i64> {
                None
            }
        }
    )+ };
}

kept_of_nobody!(unit, unit_link, unit_succession, unit_name, unit_alias, post);
