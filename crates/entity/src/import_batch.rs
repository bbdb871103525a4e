//! A file taken in: whose, how it is read, what it would change and, once carried, by which operation it did.
//! `settings` and `report` are JSON, never queried inside; the report quotes the file and so holds personal data.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "import_batch")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub unit_id: i64,
    pub user_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub digest: String,
    pub taken_at: i64,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub revision: i32,
    #[sea_orm(column_type = "Text")]
    pub settings: String,
    #[sea_orm(column_type = "Text")]
    pub report: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub operation: Option<String>,
    pub carried_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
