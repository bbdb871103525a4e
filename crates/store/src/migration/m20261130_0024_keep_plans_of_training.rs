//! Creates plans of training and their versions. The title is text of the office; lines name officials by their keys alone.

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
        table::create(manager, "plan", |t| {
            t.text("kind")
                .id("unit_id")
                .maybe_id("under_id")
                .int("year_from")
                .int("year_to")
                .text("title")
                .instant("created_at")
                .belongs_to("unit_id", "unit")
                .belongs_to("under_id", "plan");
        })
        .await?;
        table::index(manager, "plan", &["unit_id", "year_from"]).await?;
        table::create(manager, "plan_version", |t| {
            t.id("plan_id")
                .int("number")
                .text("state")
                .int("revision")
                .text("body")
                .text("note")
                .maybe_id("saved_by")
                .instant("saved_at")
                .maybe_id("case_id")
                .maybe_text("paper_number")
                .maybe_int("issued_on")
                .belongs_to("plan_id", "plan");
        })
        .await?;
        table::unique(manager, "plan_version", &["plan_id", "number"]).await
    }
}
