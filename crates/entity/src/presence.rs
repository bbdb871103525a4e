//! What is said of a learner at a sitting.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "presence")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sitting_id: i64,
    pub official_id: i64,
    #[sea_orm(column_type = "Text")]
    pub mark: String,
    pub minutes: i32,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(column_type = "Text")]
    pub device: Option<String>,
    pub user_id: Option<i64>,
    pub marked_at: i64,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
