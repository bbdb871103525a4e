//! Creates templates: Word files of the province, one in force of each kind and family of papers.

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
        table::create(manager, "paper_template", |t| {
            t.text("kind")
                .text("family")
                .text("name")
                .id("size")
                .text("digest")
                .maybe_id("added_by")
                .instant("added_at")
                .maybe_id("ended_by")
                .maybe_instant("ended_at")
                .belongs_to("added_by", "user_account")
                .belongs_to("ended_by", "user_account");
        })
        .await?;
        let one = "CREATE UNIQUE INDEX uq_paper_template_in_force ON paper_template (kind, family) WHERE ended_at IS NULL";
        manager.get_connection().execute_unprepared(one).await.map(|_| ())
    }
}
