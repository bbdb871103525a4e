//! Creates officials, posts, postings and qualifications.

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
        official(manager).await?;
        post(manager).await?;
        posting(manager).await?;
        qualification(manager).await?;
        Ok(())
    }
}

async fn official(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "official", |t| {
        t.text("code").text("name").text("folded").bytes("sort_key").int("birth_on").text("sex").int("ethnicity");
    })
    .await?;
    table::unique(manager, "official", &["code"]).await?;
    table::index(manager, "official", &["sort_key", "id"]).await?;
    table::index(manager, "official", &["folded"]).await?;
    Ok(())
}

async fn post(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "post", |t| {
        t.text("title");
    })
    .await?;
    table::unique(manager, "post", &["title"]).await?;
    Ok(())
}

async fn posting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "posting", |t| {
        t.id("official_id")
            .id("unit_id")
            .id("post_id")
            .text("staff")
            .text("level")
            .text("bloc")
            .maybe_text("leadership")
            .maybe_text("leader_group")
            .maybe_text("duty")
            .maybe_text("appointment")
            .flag("fits_post")
            .int("starts_on")
            .maybe_int("ends_on")
            .maybe_text("decision_number")
            .belongs_to("official_id", "official")
            .belongs_to("unit_id", "unit")
            .belongs_to("post_id", "post");
    })
    .await?;
    let of_person =
        ["official_id", "starts_on", "ends_on", "staff", "level", "leadership", "leader_group", "duty", "fits_post", "bloc", "unit_id"];
    table::counting(manager, "posting", &of_person).await?;
    let of_level = ["level", "staff", "starts_on", "ends_on", "official_id", "leadership", "fits_post", "unit_id"];
    table::counting(manager, "posting", &of_level).await?;
    table::index(manager, "posting", &["unit_id", "starts_on"]).await?;
    table::index_of_set(manager, "posting", &["leader_group", "starts_on", "ends_on", "official_id", "unit_id"]).await?;
    table::index_of_set(manager, "posting", &["leadership", "starts_on", "ends_on", "official_id", "unit_id", "level", "staff"]).await?;
    table::index_of_set(manager, "posting", &["duty", "starts_on", "ends_on", "official_id", "unit_id", "staff"]).await?;
    table::index_of_set(manager, "posting", &["appointment", "starts_on", "official_id", "unit_id", "staff"]).await?;
    Ok(())
}

async fn qualification(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "qualification", |t| {
        t.id("official_id")
            .text("kind")
            .maybe_text("degree")
            .int("degree_rank")
            .maybe_text("field")
            .maybe_text("grade")
            .int("granted_on")
            .maybe_int("expires_on")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::counting(manager, "qualification", &["kind", "granted_on", "official_id", "degree", "expires_on"]).await?;
    table::counting(manager, "qualification", &["official_id", "kind", "granted_on", "expires_on", "degree", "degree_rank", "field"])
        .await?;
    Ok(())
}
