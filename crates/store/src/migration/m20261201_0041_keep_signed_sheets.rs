//! Keeps which lists were printed to be signed, scans of the signed sheets, and what was read on each page of them.

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
        table::create(manager, "sign_sheet", |t| {
            t.id("class_id")
                .text("version")
                .text("people")
                .maybe_id("user_id")
                .instant("printed_at")
                .belongs_to("class_id", "training_class");
        })
        .await?;
        table::unique(manager, "sign_sheet", &["class_id", "version"]).await?;
        table::create(manager, "signed_scan", |t| {
            t.id("class_id")
                .text("digest")
                .text("name")
                .text("media")
                .id("size")
                .maybe_id("user_id")
                .instant("added_at")
                .belongs_to("class_id", "training_class");
        })
        .await?;
        // A file is taken once by a class, whatever happens at the same time.
        table::unique(manager, "signed_scan", &["class_id", "digest"]).await?;
        pages(manager).await
    }
}

/// A sitting may leave the timetable while a scan of its sheet waits, so pages do not hold it back.
async fn pages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "signed_page", |t| {
        t.id("scan_id")
            .int("number")
            .maybe_text("fault")
            .text("detail")
            .maybe_id("sheet_id")
            .maybe_id("sitting_id")
            .int("page")
            .int("pages")
            .text("cells")
            .bytes("picture")
            .maybe_id("settled_by")
            .maybe_instant("settled_at")
            .belongs_to("scan_id", "signed_scan")
            .belongs_to("sheet_id", "sign_sheet");
    })
    .await?;
    table::unique(manager, "signed_page", &["scan_id", "number"]).await?;
    table::index(manager, "signed_page", &["sitting_id"]).await
}
