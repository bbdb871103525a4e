//! Creates reviews of who needs what, needs with what each level made of them, and surveys.

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
        reviews(manager).await?;
        needs(manager).await?;
        surveys(manager).await
    }
}

async fn reviews(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "review", |t| {
        t.text("title")
            .text("reason")
            .maybe_text("scheme")
            .int("year")
            .int("as_of")
            .int("opens_on")
            .int("due_on")
            .text("state")
            .text("units")
            .text("questions")
            .int("revision")
            .maybe_id("made_by")
            .instant("made_at")
            .maybe_instant("opened_at")
            .maybe_instant("closed_at");
    })
    .await?;
    table::create(manager, "review_unit", |t| {
        t.id("review_id")
            .id("unit_id")
            .maybe_id("under_id")
            .text("bloc")
            .text("state")
            .flag("reopened")
            .int("revision")
            .maybe_int("due_on")
            .text("answers")
            .maybe_int("sent_on")
            .maybe_int("approved_on")
            .belongs_to("review_id", "review")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "review_unit", &["review_id", "unit_id"]).await?;
    table::index(manager, "review_unit", &["unit_id"]).await?;
    table::create(manager, "review_event", |t| {
        t.id("review_id")
            .maybe_id("answer_id")
            .text("act")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .text("operation")
            .belongs_to("review_id", "review")
            .belongs_to("answer_id", "review_unit");
    })
    .await?;
    table::index(manager, "review_event", &["review_id"]).await?;
    table::index(manager, "review_event", &["answer_id"]).await
}

async fn needs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "need", |t| {
        t.id("unit_id")
            .maybe_id("official_id")
            .int("people")
            .text("subject")
            .maybe_text("requirement")
            .maybe_id("programme_id")
            .maybe_text("topic_scheme")
            .maybe_text("topic")
            .text("words")
            .int("year")
            .flag("urgent")
            .text("source")
            .maybe_id("review_id")
            .maybe_id("answer_id")
            .text("state")
            .text("level")
            .maybe_text("verdict")
            .text("reason")
            .maybe_text("post")
            .maybe_text("staff")
            .maybe_text("leader_group")
            .maybe_int("since")
            .int("revision")
            .maybe_id("made_by")
            .instant("made_at")
            .instant("changed_at")
            .belongs_to("unit_id", "unit")
            .belongs_to("official_id", "official")
            .belongs_to("review_id", "review")
            .belongs_to("answer_id", "review_unit");
    })
    .await?;
    table::index(manager, "need", &["answer_id", "state"]).await?;
    table::index(manager, "need", &["unit_id", "year"]).await?;
    table::index(manager, "need", &["official_id"]).await?;
    table::index(manager, "need", &["year", "state"]).await?;
    table::create(manager, "need_change", |t| {
        t.id("need_id")
            .text("level")
            .text("before")
            .text("after")
            .text("reason")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("need_id", "need");
    })
    .await?;
    table::index(manager, "need_change", &["need_id"]).await
}

async fn surveys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "survey", |t| {
        t.text("title")
            .text("lead")
            .flag("anonymous")
            .text("state")
            .text("questions")
            .text("roles")
            .int("opens_on")
            .int("closes_on")
            .int("revision")
            .maybe_id("made_by")
            .instant("made_at");
    })
    .await?;
    table::create(manager, "survey_unit", |t| {
        t.id("survey_id").id("unit_id").belongs_to("survey_id", "survey").belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "survey_unit", &["survey_id", "unit_id"]).await?;
    table::create(manager, "survey_answer", |t| {
        t.id("survey_id")
            .maybe_id("user_id")
            .maybe_id("unit_id")
            .text("answers")
            .belongs_to("survey_id", "survey")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "survey_answer", &["survey_id"]).await?;
    table::create(manager, "survey_taken", |t| {
        t.id("survey_id").id("user_id").belongs_to("survey_id", "survey").belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "survey_taken", &["survey_id", "user_id"]).await
}
