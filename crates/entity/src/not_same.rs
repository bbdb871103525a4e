//! Two officials who look alike and are not one person, as somebody found; the lower key stands first.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "not_same")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub one_id: i64,
    pub other_id: i64,
    pub decided_at: i64,
    pub user_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
