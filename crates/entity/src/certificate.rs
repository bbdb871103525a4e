//! A certificate as it was printed, or what confirms a lost one; what stands in it is never changed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub record_id: i64,
    pub class_id: i64,
    pub unit_id: i64,
    pub year: i32,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub symbol: String,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(unique, column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub birth_on: i32,
    #[sea_orm(column_type = "Text")]
    pub course: String,
    pub starts_on: i32,
    pub ends_on: i32,
    pub periods: i32,
    #[sea_orm(column_type = "Text")]
    pub band: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub decision_number: String,
    pub decided_on: i32,
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub issued_on: i32,
    #[sea_orm(column_type = "Text")]
    pub signer_post: String,
    #[sea_orm(column_type = "Text")]
    pub signer_name: String,
    #[sea_orm(column_type = "Text")]
    pub seal: String,
    pub replaces_id: Option<i64>,
    pub confirms_id: Option<i64>,
    pub ended_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub end_decision: Option<String>,
    pub made_by: Option<i64>,
    pub made_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
