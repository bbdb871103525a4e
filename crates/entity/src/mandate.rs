//! Who may sign papers of a body in which way, from when to when. `under_id` is the mandate by order that a deputy signs under.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "mandate")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub body_id: i64,
    pub user_id: i64,
    #[sea_orm(column_type = "Text")]
    pub sign_as: String,
    #[sea_orm(column_type = "Text")]
    pub standing: String,
    #[sea_orm(column_type = "Text")]
    pub post: String,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    pub under_id: Option<i64>,
    pub starts_on: i32,
    pub ends_on: Option<i32>,
    pub revision: i32,
    pub saved_by: Option<i64>,
    pub saved_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
