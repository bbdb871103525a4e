//! A grade as it was put, and what stood before.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "class_grade_change")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub work_id: i64,
    pub official_id: i64,
    pub attempt: i32,
    pub before: Option<i32>,
    pub after: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub user_id: Option<i64>,
    pub happened_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
