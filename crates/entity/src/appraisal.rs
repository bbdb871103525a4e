//! A session of a council over one text of a programme: minutes, a scan of them, and what came out.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "appraisal")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub council_id: i64,
    pub version_id: i64,
    pub held_on: i32,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub verdict: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub minutes: String,
    #[sea_orm(column_type = "Text")]
    pub scan_name: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub scan_media: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub scan_digest: Option<String>,
    pub revision: i32,
    pub opened_by: Option<i64>,
    pub opened_at: i64,
    pub closed_by: Option<i64>,
    pub closed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
