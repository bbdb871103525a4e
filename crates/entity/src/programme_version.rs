//! A text of a programme with its life: drafted, appraised, approved, replaced, retired. `body` is JSON, read as a whole.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "programme_version")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub programme_id: i64,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub revision: i32,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub saved_by: Option<i64>,
    pub saved_at: i64,
    pub valid_from: Option<i32>,
    pub valid_to: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    pub decided_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
