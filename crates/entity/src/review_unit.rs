//! What one unit answers in a review, and how far it has come. `answers` is JSON, never queried inside.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "review_unit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub review_id: i64,
    pub unit_id: i64,
    pub under_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub bloc: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub reopened: bool,
    pub revision: i32,
    pub due_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    pub sent_on: Option<i32>,
    pub approved_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
