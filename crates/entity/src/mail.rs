//! A letter to somebody with how far it has come.
//! Not for: what it says; that is made of its notices when it goes out.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: Option<i64>,
    pub official_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Where it went, or was to go, when it was last tried.
    #[sea_orm(column_type = "Text")]
    pub address: Option<String>,
    pub tries: i32,
    pub made_at: i64,
    pub due_at: i64,
    pub claimed_at: Option<i64>,
    pub sent_at: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
