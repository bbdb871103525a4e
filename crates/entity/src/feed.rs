//! A calendar that a program reads by a secret address: of a person, a class, a room or a lecturer.
//! Not for: the address itself; only its digest is kept.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub official_id: Option<i64>,
    pub class_id: Option<i64>,
    pub room_id: Option<i64>,
    pub lecturer_id: Option<i64>,
    #[sea_orm(unique, column_type = "Text")]
    pub token_hash: String,
    pub made_at: i64,
    pub used_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
