//! A cán bộ, công chức or viên chức; nearly every column is personal data (`classes`).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "official")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    pub sort_key: Vec<u8>,
    pub birth_on: i32,
    #[sea_orm(column_type = "Text")]
    pub sex: String,
    pub ethnicity: i32,
    #[sea_orm(column_type = "Text")]
    pub record_code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub other_names: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub citizen_number: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub religion: Option<String>,
    /// Health class, as declared.
    pub health: Option<String>,
    pub recruited_on: Option<i32>,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
