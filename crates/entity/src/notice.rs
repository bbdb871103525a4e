//! What one person was told: of which event, as what, and whether it was read.
//! Not for: the words of the event (`outbox`).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub outbox_id: i64,
    #[sea_orm(column_type = "Text")]
    pub event: String,
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    pub class_id: i64,
    pub nomination_id: Option<i64>,
    pub user_id: Option<i64>,
    pub official_id: Option<i64>,
    pub mail_id: Option<i64>,
    pub made_at: i64,
    pub read_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
