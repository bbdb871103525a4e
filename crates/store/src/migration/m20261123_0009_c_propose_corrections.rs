//! Creates what officials propose to correct in their own records.

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
        table::create(manager, "correction", |t| {
            t.id("official_id")
                .text("about")
                .maybe_id("row_id")
                .text("wish")
                .text("fields")
                .text("words")
                .text("state")
                .instant("proposed_at")
                .maybe_instant("decided_at")
                .maybe_id("decided_by")
                .maybe_text("answer")
                .maybe_text("operation")
                .belongs_to("official_id", "official");
        })
        .await?;
        table::index(manager, "correction", &["official_id", "id"]).await?;
        table::index(manager, "correction", &["state", "proposed_at"]).await
    }
}
