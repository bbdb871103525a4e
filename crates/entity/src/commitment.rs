//! A promise of service after degree study (cam kết phục vụ), with its clock.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub official_id: i64,
    #[sea_orm(column_type = "Text")]
    pub study: String,
    pub sent_on: i32,
    pub study_months: i32,
    pub months: i32,
    pub starts_on: i32,
    pub ends_on: i32,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub closed_by: Option<String>,
    pub closed_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
