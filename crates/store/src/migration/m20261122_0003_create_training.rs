//! Creates events, attendances and what followed.

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
        training_class(manager).await?;
        training_record(manager).await?;
        follow_up(manager).await?;
        receipt(manager).await?;
        rating(manager).await?;
        Ok(())
    }
}

async fn training_class(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "training_class", |t| {
        t.text("code")
            .text("name")
            .text("form")
            .maybe_text("content")
            .maybe_text("programme")
            .maybe_text("scheme")
            .maybe_text("topic")
            .text("mode")
            .flag("abroad")
            .id("lead_unit_id")
            .text("status")
            .int("starts_on")
            .int("ends_on")
            .belongs_to("lead_unit_id", "unit");
    })
    .await?;
    table::unique(manager, "training_class", &["code"]).await?;
    table::index(manager, "training_class", &["starts_on", "form"]).await?;
    table::index(manager, "training_class", &["scheme", "topic"]).await?;
    Ok(())
}

async fn training_record(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "training_record", |t| {
        t.id("official_id")
            .maybe_id("class_id")
            .text("kind")
            .maybe_text("content")
            .maybe_text("degree")
            .int("degree_rank")
            .maybe_text("field")
            .maybe_text("programme")
            .maybe_text("scheme")
            .maybe_text("topic")
            .text("form")
            .text("mode")
            .flag("abroad")
            .int("periods")
            .int("starts_on")
            .maybe_int("ends_on")
            .text("outcome")
            .text("staff")
            .id("unit_id")
            .maybe_text("leader_group")
            .belongs_to("official_id", "official")
            .belongs_to("class_id", "training_class")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    let finished = ["ends_on", "outcome", "kind", "content", "official_id", "periods", "staff", "abroad", "form", "unit_id", "starts_on"];
    table::counting(manager, "training_record", &finished).await?;
    table::counting(manager, "training_record", &["kind", "starts_on", "staff", "content", "degree", "unit_id"]).await?;
    table::index(manager, "training_record", &["official_id", "starts_on"]).await?;
    table::index_of_set(manager, "training_record", &["class_id", "outcome", "leader_group"]).await?;
    table::index_of_set(manager, "training_record", &["scheme", "ends_on", "outcome", "kind", "topic", "official_id", "form", "abroad"])
        .await?;
    table::index_of_set(manager, "training_record", &["programme", "ends_on", "outcome", "official_id", "staff", "kind", "unit_id"])
        .await?;
    table::index_of_set(manager, "training_record", &["content", "ends_on", "outcome", "kind", "official_id", "staff"]).await?;
    table::index_of_set(manager, "training_record", &["degree", "starts_on", "official_id", "staff", "unit_id", "kind"]).await?;
    Ok(())
}

async fn follow_up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "follow_up", |t| {
        t.id("record_id").text("kind").int("followed_on").maybe_text("band").belongs_to("record_id", "training_record");
    })
    .await?;
    table::unique(manager, "follow_up", &["record_id", "kind"]).await?;
    Ok(())
}

async fn receipt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "receipt", |t| {
        t.id("official_id").text("kind").int("received_on").belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "receipt", &["official_id"]).await?;
    table::counting(manager, "receipt", &["kind", "received_on", "official_id"]).await?;
    Ok(())
}

async fn rating(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "rating", |t| {
        t.id("official_id").text("kind").text("band").int("band_rank").int("rated_on").belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "rating", &["official_id"]).await?;
    table::counting(manager, "rating", &["kind", "rated_on", "official_id", "band_rank"]).await?;
    Ok(())
}
