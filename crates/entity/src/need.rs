//! One official, or so many people of a unit, to be trained in something in a year. `programme_id` names a programme without a foreign key.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "need")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub unit_id: i64,
    pub official_id: Option<i64>,
    pub people: i32,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub requirement: Option<String>,
    pub programme_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub topic_scheme: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub topic: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub year: i32,
    pub urgent: bool,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub review_id: Option<i64>,
    pub answer_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub level: String,
    #[sea_orm(column_type = "Text")]
    pub verdict: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    #[sea_orm(column_type = "Text")]
    pub post: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub staff: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub leader_group: Option<String>,
    pub since: Option<i32>,
    pub revision: i32,
    pub made_by: Option<i64>,
    pub made_at: i64,
    pub changed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
