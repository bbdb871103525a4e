//! What an official proposes to correct in the own record, and what became of it. `fields` is a list as JSON, never queried inside.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub official_id: i64,
    #[sea_orm(column_type = "Text")]
    pub about: String,
    pub row_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub wish: String,
    #[sea_orm(column_type = "Text")]
    pub fields: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub proposed_at: i64,
    pub decided_at: Option<i64>,
    pub decided_by: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub answer: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub operation: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
