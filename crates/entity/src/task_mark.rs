//! An occurrence of a task done, with evidence.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "task_mark")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub scheme_code: String,
    #[sea_orm(column_type = "Text")]
    pub task_code: String,
    pub deadline: i32,
    pub done_on: i32,
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    pub marked_by: Option<i64>,
    pub marked_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
