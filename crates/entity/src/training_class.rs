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
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub degree: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub field: Option<String>,
    pub programme_id: Option<i64>,
    pub plan_id: Option<i64>,
    pub plan_line: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub hours: String,
    #[sea_orm(column_type = "Text")]
    pub school: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub days: i32,
    pub periods: i32,
    pub most: i32,
    pub least: i32,
    #[sea_orm(column_type = "Text")]
    pub staff: String,
    #[sea_orm(column_type = "Text")]
    pub leader_groups: String,
    #[sea_orm(column_type = "Text")]
    pub level: Option<String>,
    pub names_until: Option<i32>,
    pub cost: i64,
    #[sea_orm(column_type = "Text")]
    pub source: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(column_type = "Text")]
    pub decision_number: Option<String>,
    pub decided_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub results_number: Option<String>,
    pub recognised_on: Option<i32>,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
