//! Catalogue of posts (vị trí việc làm).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub post_group: Option<String>,
    /// Codes of the kinds of units it is for, with blanks between; nothing is all kinds.
    #[sea_orm(column_type = "Text")]
    pub unit_kinds: Option<String>,
    pub starts_on: Option<i32>,
    pub ends_on: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
