//! Creates audit, outbox and settings.

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
        audit(manager).await?;
        outbox(manager).await?;
        setting(manager).await?;
        Ok(())
    }
}

async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "audit", |t| {
        t.instant("happened_at")
            .maybe_id("user_id")
            .text("act")
            .text("subject")
            .maybe_text("before")
            .maybe_text("after")
            .text("reason")
            .text("operation")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::index(manager, "audit", &["happened_at"]).await?;
    table::index(manager, "audit", &["subject"]).await?;
    Ok(())
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "outbox", |t| {
        t.text("kind").text("payload").instant("created_at").maybe_instant("done_at");
    })
    .await?;
    table::index(manager, "outbox", &["done_at"]).await?;
    Ok(())
}

async fn setting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "setting", |t| {
        t.text("key").text("value");
    })
    .await?;
    table::unique(manager, "setting", &["key"]).await?;
    Ok(())
}
