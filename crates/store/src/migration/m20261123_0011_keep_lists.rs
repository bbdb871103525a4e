//! Creates what accounts keep of their lists: columns, and questions under a name.

use sea_orm_migration::prelude::*;

use super::table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::create(manager, "list_columns", |t| {
            t.id("user_id").text("columns").belongs_to("user_id", "user_account");
        })
        .await?;
        table::unique(manager, "list_columns", &["user_id"]).await?;
        table::create(manager, "list_view", |t| {
            t.id("user_id").text("name").text("query").flag("shared").instant("saved_at").belongs_to("user_id", "user_account");
        })
        .await?;
        table::unique(manager, "list_view", &["user_id", "name"]).await
    }
}
