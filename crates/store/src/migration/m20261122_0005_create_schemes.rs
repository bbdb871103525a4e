//! Creates schemes, their versions and the marks officers set.

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
        scheme(manager).await?;
        scheme_version(manager).await?;
        target_mark(manager).await?;
        task_mark(manager).await?;
        Ok(())
    }
}

async fn scheme(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "scheme", |t| {
        t.text("code").instant("created_at");
    })
    .await?;
    table::unique(manager, "scheme", &["code"]).await?;
    Ok(())
}

async fn scheme_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "scheme_version", |t| {
        t.id("scheme_id")
            .int("number")
            .text("state")
            .int("revision")
            .text("body")
            .text("note")
            .maybe_id("saved_by")
            .instant("saved_at")
            .belongs_to("scheme_id", "scheme")
            .belongs_to("saved_by", "user_account");
    })
    .await?;
    table::unique(manager, "scheme_version", &["scheme_id", "number"]).await?;
    table::index(manager, "scheme_version", &["scheme_id"]).await?;
    let current = "CREATE UNIQUE INDEX uq_scheme_version_published ON scheme_version (scheme_id) WHERE state = 'published'";
    manager.get_connection().execute_unprepared(current).await.map(|_| ())
}

async fn target_mark(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "target_mark", |t| {
        t.text("target_code")
            .flag("reached")
            .int("marked_on")
            .text("evidence")
            .maybe_id("marked_by")
            .instant("marked_at")
            .belongs_to("marked_by", "user_account");
    })
    .await?;
    table::index(manager, "target_mark", &["target_code"]).await?;
    Ok(())
}

async fn task_mark(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "task_mark", |t| {
        t.text("scheme_code")
            .text("task_code")
            .int("deadline")
            .int("done_on")
            .text("evidence")
            .maybe_id("marked_by")
            .instant("marked_at")
            .belongs_to("marked_by", "user_account");
    })
    .await?;
    table::unique(manager, "task_mark", &["scheme_code", "task_code", "deadline"]).await?;
    table::index(manager, "task_mark", &["scheme_code", "task_code"]).await?;
    Ok(())
}
