//! Creates the catalogue of programmes with every text they ever had, their materials, and the councils that appraise them. A programme
//! row repeats the text that counts, so that lists and other features ask one table.

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
        catalogue(manager).await?;
        materials(manager).await?;
        councils(manager).await?;
        appraisals(manager).await
    }
}

async fn catalogue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "programme", |t| {
        t.text("code")
            .text("title")
            .text("folded")
            .text("kind")
            .text("content")
            .maybe_text("programme")
            .text("audience")
            .maybe_text("level")
            .int("periods")
            .int("days")
            .text("mode")
            .text("outcomes")
            .text("legal_basis")
            .text("partner")
            .id("owner_unit_id")
            .text("state")
            .int("revision")
            .maybe_int("valid_from")
            .maybe_text("decision_number")
            .maybe_int("decided_on")
            .maybe_int("retired_on")
            .instant("created_at")
            .belongs_to("owner_unit_id", "unit");
    })
    .await?;
    table::unique(manager, "programme", &["code"]).await?;
    table::create(manager, "programme_version", |t| {
        t.id("programme_id")
            .int("number")
            .text("state")
            .int("revision")
            .text("body")
            .text("note")
            .maybe_id("saved_by")
            .instant("saved_at")
            .maybe_int("valid_from")
            .maybe_int("valid_to")
            .maybe_text("decision_number")
            .maybe_int("decided_on")
            .belongs_to("programme_id", "programme");
    })
    .await?;
    table::unique(manager, "programme_version", &["programme_id", "number"]).await
}

async fn materials(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "programme_material", |t| {
        t.id("programme_id")
            .text("title")
            .text("access")
            .instant("added_at")
            .maybe_instant("withdrawn_at")
            .belongs_to("programme_id", "programme");
    })
    .await?;
    table::index(manager, "programme_material", &["programme_id"]).await?;
    table::create(manager, "programme_file", |t| {
        t.id("material_id")
            .int("number")
            .text("name")
            .text("media")
            .id("size")
            .text("digest")
            .maybe_id("added_by")
            .instant("added_at")
            .belongs_to("material_id", "programme_material");
    })
    .await?;
    table::unique(manager, "programme_file", &["material_id", "number"]).await?;
    table::index(manager, "programme_file", &["digest"]).await
}

async fn councils(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "council", |t| {
        t.text("name").text("decision_number").int("starts_on").maybe_int("ends_on").int("revision").instant("created_at");
    })
    .await?;
    table::create(manager, "council_member", |t| {
        t.id("council_id").id("user_id").text("seat").belongs_to("council_id", "council").belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "council_member", &["council_id", "user_id"]).await
}

async fn appraisals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "appraisal", |t| {
        t.id("council_id")
            .id("version_id")
            .int("held_on")
            .text("state")
            .maybe_text("verdict")
            .text("minutes")
            .maybe_text("scan_name")
            .maybe_text("scan_media")
            .maybe_text("scan_digest")
            .int("revision")
            .maybe_id("opened_by")
            .instant("opened_at")
            .maybe_id("closed_by")
            .maybe_instant("closed_at")
            .belongs_to("council_id", "council")
            .belongs_to("version_id", "programme_version");
    })
    .await?;
    table::index(manager, "appraisal", &["version_id"]).await?;
    table::index(manager, "appraisal", &["council_id"]).await?;
    table::create(manager, "appraisal_vote", |t| {
        t.id("appraisal_id")
            .id("user_id")
            .text("choice")
            .text("opinion")
            .instant("cast_at")
            .belongs_to("appraisal_id", "appraisal")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "appraisal_vote", &["appraisal_id", "user_id"]).await
}
