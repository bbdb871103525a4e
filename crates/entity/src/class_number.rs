//! The number of a paper of a class: taken from a register here, or given elsewhere.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "class_number")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub class_id: i64,
    #[sea_orm(column_type = "Text")]
    pub paper: String,
    #[sea_orm(column_type = "Text")]
    pub unit_code: String,
    #[sea_orm(column_type = "Text")]
    pub symbol: String,
    pub dated_on: i32,
    pub number_id: Option<i64>,
    pub taken_by: Option<i64>,
    pub taken_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
