//! An account that can sign in. `name` is personal data.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "Text")]
    pub login: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    pub official_id: Option<i64>,
    pub locked: bool,
    pub created_at: i64,
    /// `off` or `removed` when the directory said so; `locked` is what an administrator said.
    #[sea_orm(column_type = "Text")]
    pub directory_state: Option<String>,
    /// When it was last changed; nothing is never.
    pub changed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
