//! A post of leadership that an official is planned for (quy hoạch).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "planned_post")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub official_id: i64,
    pub unit_id: i64,
    #[sea_orm(column_type = "Text")]
    pub leadership: String,
    pub starts_on: i32,
    pub ends_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
