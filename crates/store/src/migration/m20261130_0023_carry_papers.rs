//! Creates what papers on their way need: the cases with what happened to them and their scans, submissions, versions of procedures,
//! the bodies that issue papers, their registers of numbers, and mandates to sign.

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
        case(manager).await?;
        beside_the_case(manager).await?;
        procedures(manager).await?;
        numbers(manager).await?;
        mandates(manager).await
    }
}

async fn case(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "paper_case", |t| {
        t.text("kind")
            .id("subject_id")
            .id("unit_id")
            .text("title")
            .flag("needs_council")
            .flag("standing_committee")
            .text("route_code")
            .int("route_version")
            .text("state")
            .text("step")
            .maybe_text("came_from")
            .maybe_id("moved_by")
            .text("held_role")
            .maybe_text("held_body")
            .instant("since")
            .maybe_int("due_on")
            .text("opened_as")
            .maybe_id("opened_by")
            .instant("opened_at")
            .int("revision")
            .maybe_id("signed_by")
            .maybe_int("signed_on")
            .maybe_text("signature")
            .maybe_id("number_id")
            .maybe_int("issued_on")
            .belongs_to("unit_id", "unit")
            .belongs_to("moved_by", "user_account")
            .belongs_to("opened_by", "user_account")
            .belongs_to("signed_by", "user_account");
    })
    .await?;
    table::index(manager, "paper_case", &["state", "held_role"]).await?;
    table::index(manager, "paper_case", &["kind", "subject_id"]).await?;
    table::index(manager, "paper_case", &["unit_id"]).await
}

async fn beside_the_case(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "paper_event", |t| {
        t.id("case_id")
            .text("act")
            .text("step")
            .maybe_text("to_step")
            .maybe_text("opinion")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("case_id", "paper_case")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::index(manager, "paper_event", &["case_id"]).await?;
    table::create(manager, "paper_scan", |t| {
        t.id("case_id")
            .text("name")
            .text("media")
            .id("size")
            .text("digest")
            .maybe_id("added_by")
            .instant("added_at")
            .belongs_to("case_id", "paper_case")
            .belongs_to("added_by", "user_account");
    })
    .await?;
    table::index(manager, "paper_scan", &["case_id"]).await?;
    table::create(manager, "submission", |t| {
        t.id("unit_id")
            .text("title")
            .text("words")
            .text("state")
            .int("revision")
            .maybe_text("paper_number")
            .maybe_int("issued_on")
            .maybe_id("written_by")
            .instant("written_at")
            .belongs_to("unit_id", "unit")
            .belongs_to("written_by", "user_account");
    })
    .await
}

async fn procedures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "procedure_version", |t| {
        t.text("code")
            .int("number")
            .text("body")
            .text("note")
            .maybe_id("saved_by")
            .instant("saved_at")
            .belongs_to("saved_by", "user_account");
    })
    .await?;
    table::unique(manager, "procedure_version", &["code", "number"]).await
}

async fn numbers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "paper_body", |t| {
        t.text("code").text("name").text("family").text("led").text("head_post");
    })
    .await?;
    table::unique(manager, "paper_body", &["code"]).await?;
    table::create(manager, "paper_register", |t| {
        t.text("code")
            .id("body_id")
            .text("title")
            .text("pattern")
            .text("kind_sign")
            .text("unit_sign")
            .int("starts_year")
            .int("starts_at")
            .flag("closed")
            .int("revision")
            .belongs_to("body_id", "paper_body");
    })
    .await?;
    table::unique(manager, "paper_register", &["code"]).await?;
    table::create(manager, "paper_number", |t| {
        t.id("register_id")
            .int("year")
            .int("number")
            .text("symbol")
            .int("dated_on")
            .maybe_id("case_id")
            .text("title")
            .text("signer")
            .text("state")
            .maybe_text("reason")
            .maybe_id("taken_by")
            .instant("taken_at")
            .belongs_to("register_id", "paper_register")
            .belongs_to("case_id", "paper_case")
            .belongs_to("taken_by", "user_account");
    })
    .await?;
    table::unique(manager, "paper_number", &["register_id", "year", "number"]).await?;
    table::index(manager, "paper_number", &["case_id"]).await
}

async fn mandates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "mandate", |t| {
        t.id("body_id")
            .id("user_id")
            .text("sign_as")
            .text("standing")
            .text("post")
            .maybe_text("decision_number")
            .maybe_id("under_id")
            .int("starts_on")
            .maybe_int("ends_on")
            .int("revision")
            .maybe_id("saved_by")
            .instant("saved_at")
            .belongs_to("body_id", "paper_body")
            .belongs_to("user_id", "user_account")
            .belongs_to("saved_by", "user_account");
    })
    .await?;
    table::index(manager, "mandate", &["user_id"]).await
}
