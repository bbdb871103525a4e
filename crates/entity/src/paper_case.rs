//! A paper on its way. `subject_id` is a key in the table of its kind; `came_from` and `moved_by` say who may take it back until somebody
//! acts; `held_body` is the body for which it is to
//! be signed now; `signature` holds the lines above the name, one a line, as they were when it was signed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "paper_case")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub subject_id: i64,
    pub unit_id: i64,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub needs_council: bool,
    pub standing_committee: bool,
    #[sea_orm(column_type = "Text")]
    pub route_code: String,
    pub route_version: i32,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub step: String,
    #[sea_orm(column_type = "Text")]
    pub came_from: Option<String>,
    pub moved_by: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub held_role: String,
    #[sea_orm(column_type = "Text")]
    pub held_body: Option<String>,
    pub since: i64,
    pub due_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub opened_as: String,
    pub opened_by: Option<i64>,
    pub opened_at: i64,
    pub revision: i32,
    pub signed_by: Option<i64>,
    pub signed_on: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub signature: Option<String>,
    pub number_id: Option<i64>,
    pub issued_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
