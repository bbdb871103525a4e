//! Creates what taking files into the register needs: a batch per file, its bytes, and which column was which field before.

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
        batch(manager).await?;
        file(manager).await?;
        mapping(manager).await
    }
}

async fn batch(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "import_batch", |t| {
        t.id("unit_id")
            .maybe_id("user_id")
            .text("file_name")
            .id("size")
            .text("digest")
            .instant("taken_at")
            .text("state")
            .int("revision")
            .text("settings")
            .maybe_text("report")
            .maybe_text("operation")
            .maybe_instant("carried_at")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "import_batch", &["unit_id", "id"]).await
}

async fn file(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "import_file", |t| {
        t.id("batch_id").bytes("bytes").belongs_to("batch_id", "import_batch");
    })
    .await?;
    table::unique(manager, "import_file", &["batch_id"]).await
}

async fn mapping(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "import_mapping", |t| {
        t.id("unit_id").text("name").text("fingerprint").text("settings").instant("used_at").belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "import_mapping", &["unit_id", "fingerprint"]).await
}
