//! Keeps who was at which sitting, with every change; the fence and the secret of checking in.

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
        presence(manager).await?;
        table::create(manager, "roll_sync", |t| {
            t.id("sitting_id").text("key").maybe_id("user_id").text("answer").instant("happened_at").belongs_to("sitting_id", "sitting");
        })
        .await?;
        table::unique(manager, "roll_sync", &["sitting_id", "key"]).await?;
        table::create(manager, "class_fence", |t| {
            t.id("class_id").int("latitude").int("longitude").int("metres").belongs_to("class_id", "training_class");
        })
        .await?;
        table::unique(manager, "class_fence", &["class_id"]).await?;
        table::create(manager, "server_secret", |t| {
            t.text("name").text("value").instant("made_at");
        })
        .await?;
        table::unique(manager, "server_secret", &["name"]).await
    }
}

/// A learner has one mark at a sitting, and a device checks one person in: the engine says so, whatever happens at the same time.
async fn presence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "presence", |t| {
        t.id("sitting_id")
            .id("official_id")
            .text("mark")
            .int("minutes")
            .text("source")
            .text("note")
            .maybe_text("device")
            .maybe_id("user_id")
            .instant("marked_at")
            .int("revision")
            .belongs_to("sitting_id", "sitting")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "presence", &["sitting_id", "official_id"]).await?;
    table::unique(manager, "presence", &["sitting_id", "device"]).await?;
    table::index(manager, "presence", &["official_id"]).await?;
    table::create(manager, "presence_change", |t| {
        t.id("presence_id")
            .maybe_text("before")
            .text("after")
            .text("source")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("presence_id", "presence");
    })
    .await?;
    table::index(manager, "presence_change", &["presence_id"]).await
}
