//! Creates what papers made of figures say, as it was when they were sent.

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
        table::create(manager, "paper_content", |t| {
            t.text("kind")
                .maybe_id("review_id")
                .text("about")
                .text("body")
                .int("made_on")
                .maybe_id("made_by")
                .instant("made_at")
                .belongs_to("review_id", "review")
                .belongs_to("made_by", "user_account");
        })
        .await?;
        table::index(manager, "paper_content", &["review_id"]).await
    }
}
