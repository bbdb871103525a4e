//! One line of an official's working history.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "posting")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub official_id: i64,
    pub unit_id: i64,
    pub post_id: i64,
    #[sea_orm(column_type = "Text")]
    pub staff: String,
    #[sea_orm(column_type = "Text")]
    pub level: String,
    #[sea_orm(column_type = "Text")]
    pub bloc: String,
    #[sea_orm(column_type = "Text")]
    pub leadership: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub leader_group: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub duty: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub appointment: Option<String>,
    pub fits_post: bool,
    pub starts_on: i32,
    pub ends_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub grade: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub ended_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
