//! A roll called without network that was sent: done once under its key.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "roll_sync")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sitting_id: i64,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    pub user_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    pub happened_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
