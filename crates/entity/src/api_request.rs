//! A request of another machine under the key it chose, and the answer it was given: sent again, it is answered so and does nothing.
//! `answer` is JSON, never queried inside, and names people by their staff codes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "api_request")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    pub claimed_at: i64,
    pub status: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub answer: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub etag: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
