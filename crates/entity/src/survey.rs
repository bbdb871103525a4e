//! A survey of needs: questions, whom it asks, from when until when. `questions` and `roles` are JSON, never queried inside.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "survey")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub lead: String,
    pub anonymous: bool,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub questions: String,
    #[sea_orm(column_type = "Text")]
    pub roles: String,
    pub opens_on: i32,
    pub closes_on: i32,
    pub revision: i32,
    pub made_by: Option<i64>,
    pub made_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
