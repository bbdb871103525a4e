//! Creates what other machines need: what a token may do, answers kept under the key of their request, and changes found by their kind.

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
        let column = ColumnDef::new(Alias::new("rights")).text().null().to_owned();
        manager.alter_table(Table::alter().table(Alias::new("api_token")).add_column(column).to_owned()).await?;
        table::create(manager, "api_request", |t| {
            t.id("user_id")
                .text("key")
                .text("fingerprint")
                .instant("claimed_at")
                .maybe_int("status")
                .maybe_text("answer")
                .maybe_text("etag")
                .belongs_to("user_id", "user_account");
        })
        .await?;
        table::unique(manager, "api_request", &["user_id", "key"]).await?;
        table::index(manager, "api_request", &["claimed_at"]).await?;
        table::index(manager, "register_change", &["kind", "id"]).await
    }
}
