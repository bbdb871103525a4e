//! Lets calendars be read by a secret address.

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
        table::create(manager, "feed", |t| {
            t.id("user_id")
                .text("kind")
                .maybe_id("official_id")
                .maybe_id("class_id")
                .maybe_id("room_id")
                .maybe_id("lecturer_id")
                .text("token_hash")
                .instant("made_at")
                .maybe_instant("used_at")
                .maybe_instant("revoked_at")
                .belongs_to("user_id", "user_account")
                .belongs_to("official_id", "official")
                .belongs_to("class_id", "training_class")
                .belongs_to("room_id", "room")
                .belongs_to("lecturer_id", "lecturer");
        })
        .await?;
        table::unique(manager, "feed", &["token_hash"]).await?;
        table::index(manager, "feed", &["user_id"]).await
    }
}
