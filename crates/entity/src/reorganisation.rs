//! One act that changed the map of units, with the operation that its changes share.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "reorganisation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub act: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub effective_on: i32,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub people: i32,
    #[sea_orm(column_type = "Text")]
    pub operation: String,
    pub happened_at: i64,
    pub user_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
