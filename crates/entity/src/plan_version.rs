//! One version of a plan; `body` is JSON of its lines, never queried inside.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "plan_version")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub plan_id: i64,
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
    pub case_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub paper_number: Option<String>,
    pub issued_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
