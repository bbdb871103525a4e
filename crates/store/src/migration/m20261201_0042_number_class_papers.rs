//! Creates the numbers of papers of classes: taken from a register here, or given elsewhere.

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
        table::create(manager, "class_number", |t| {
            // The code of the unit that a paper is for; empty for one that is for everybody, so that it counts as one in the constraint.
            t.id("class_id")
                .text("paper")
                .text("unit_code")
                .text("symbol")
                .int("dated_on")
                .maybe_id("number_id")
                .maybe_id("taken_by")
                .instant("taken_at")
                .belongs_to("class_id", "training_class")
                .belongs_to("number_id", "paper_number")
                .belongs_to("taken_by", "user_account");
        })
        .await?;
        table::unique(manager, "class_number", &["class_id", "paper", "unit_code"]).await?;
        table::index_of_set(manager, "class_number", &["number_id"]).await
    }
}
