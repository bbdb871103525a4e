//! How a member of the council votes in a session, and the opinion that goes with it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "appraisal_vote")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub appraisal_id: i64,
    pub user_id: i64,
    #[sea_orm(column_type = "Text")]
    pub choice: String,
    #[sea_orm(column_type = "Text")]
    pub opinion: String,
    pub cast_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
