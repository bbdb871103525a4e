//! What was read on a page of a scan of signed sheets, and what is shown of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "signed_page")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub scan_id: i64,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub fault: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    pub sheet_id: Option<i64>,
    pub sitting_id: Option<i64>,
    pub page: i32,
    pub pages: i32,
    #[sea_orm(column_type = "Text")]
    pub cells: String,
    pub picture: Vec<u8>,
    pub settled_by: Option<i64>,
    pub settled_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
