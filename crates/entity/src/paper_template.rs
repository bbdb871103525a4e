//! A Word file of the province, by which papers of a kind and family are made; its bytes stand in `scan_file` under their digest.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "paper_template")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub family: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub digest: String,
    pub added_by: Option<i64>,
    pub added_at: i64,
    pub ended_by: Option<i64>,
    pub ended_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
