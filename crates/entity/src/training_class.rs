//! A class, delegation, workshop or other event.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "training_class")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub form: String,
    #[sea_orm(column_type = "Text")]
    pub content: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub programme: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub scheme: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub topic: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub mode: String,
    pub abroad: bool,
    pub lead_unit_id: i64,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub starts_on: i32,
    pub ends_on: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
