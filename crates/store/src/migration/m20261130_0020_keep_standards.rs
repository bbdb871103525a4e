//! Creates standards: what holders of posts must have, one version in force of each.

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
        table::create(manager, "standard_version", |t| {
            t.text("code")
                .int("number")
                .text("state")
                .int("revision")
                .text("body")
                .text("note")
                .maybe_id("saved_by")
                .instant("saved_at")
                .belongs_to("saved_by", "user_account");
        })
        .await?;
        table::unique(manager, "standard_version", &["code", "number"]).await?;
        let one_in_force = "CREATE UNIQUE INDEX uq_standard_version_published ON standard_version (code) WHERE state = 'published'";
        let one_draft = "CREATE UNIQUE INDEX uq_standard_version_draft ON standard_version (code) WHERE state = 'draft'";
        for text in [one_in_force, one_draft] {
            manager.get_connection().execute_unprepared(text).await?;
        }
        Ok(())
    }
}
