//! Creates what a record holds beside its lines: posts a person is planned for, promises of service after study, and scans that prove
//! a line. The bytes of a scan stand apart under their digest, so that lists never read them and undoing never writes them.

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
        planned_post(manager).await?;
        commitment(manager).await?;
        scan(manager).await
    }
}

async fn planned_post(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "planned_post", |t| {
        t.id("official_id")
            .id("unit_id")
            .text("leadership")
            .int("starts_on")
            .maybe_int("ends_on")
            .maybe_text("decision_number")
            .belongs_to("official_id", "official")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "planned_post", &["official_id"]).await?;
    table::index(manager, "planned_post", &["unit_id"]).await
}

async fn commitment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "commitment", |t| {
        t.id("official_id")
            .text("study")
            .int("sent_on")
            .int("study_months")
            .int("months")
            .int("starts_on")
            .int("ends_on")
            .maybe_text("decision_number")
            .maybe_text("closed_by")
            .maybe_int("closed_on")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "commitment", &["official_id"]).await
}

async fn scan(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "scan", |t| {
        t.id("official_id")
            .text("line")
            .id("row_id")
            .text("name")
            .text("media")
            .id("size")
            .text("digest")
            .instant("added_at")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "scan", &["official_id"]).await?;
    table::index(manager, "scan", &["digest"]).await?;
    table::create(manager, "scan_file", |t| {
        t.text("digest").bytes("bytes");
    })
    .await?;
    table::unique(manager, "scan_file", &["digest"]).await
}
