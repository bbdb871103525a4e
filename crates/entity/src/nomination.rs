//! Somebody named for a class, with what was found when it was judged.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "nomination")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub class_id: i64,
    pub official_id: i64,
    pub unit_id: i64,
    #[sea_orm(column_type = "Text")]
    pub staff: String,
    #[sea_orm(column_type = "Text")]
    pub leader_group: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub points: i32,
    pub judged_on: i32,
    #[sea_orm(column_type = "Text")]
    pub findings: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub promised_months: i32,
    pub opinion_given: bool,
    pub replaces_id: Option<i64>,
    pub commitment_id: Option<i64>,
    pub waits_since: Option<i64>,
    pub made_by: Option<i64>,
    pub made_at: i64,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
