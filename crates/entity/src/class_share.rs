//! How many of a class may be of a unit, a kind of staff, a group of leaders.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "class_share")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub class_id: i64,
    pub unit_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub staff: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub leader_group: Option<String>,
    pub people: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
