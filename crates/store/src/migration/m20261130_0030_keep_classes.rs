//! Lets classes be kept from the draft to the closing: their terms, sittings with rooms and lecturers, seats, and people named for them.

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
        terms(manager).await?;
        teaching(manager).await?;
        around_a_class(manager).await?;
        nominations(manager).await
    }
}

async fn terms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = |name: &'static str| ColumnDef::new(Alias::new(name));
    let mut columns = Vec::new();
    for (name, words) in
        [("kind", "training"), ("hours", "office"), ("school", ""), ("place", ""), ("staff", ""), ("leader_groups", ""), ("note", "")]
    {
        columns.push(column(name).text().not_null().default(words).to_owned());
    }
    for name in ["degree", "field", "level", "source", "decision_number", "results_number"] {
        columns.push(column(name).text().null().to_owned());
    }
    for (name, number) in [("days", 0), ("periods", 0), ("most", 0), ("least", 0), ("revision", 1)] {
        columns.push(column(name).integer().not_null().default(number).to_owned());
    }
    for name in ["plan_line", "names_until", "decided_on", "recognised_on"] {
        columns.push(column(name).integer().null().to_owned());
    }
    for name in ["programme_id", "plan_id"] {
        columns.push(column(name).big_integer().null().to_owned());
    }
    columns.push(column("cost").big_integer().not_null().default(0).to_owned());
    for column in &mut columns {
        manager.alter_table(Table::alter().table(Alias::new("training_class")).add_column(column).to_owned()).await?;
    }
    table::index(manager, "training_class", &["status", "starts_on"]).await
}

async fn teaching(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "room", |t| {
        t.text("code").text("name").text("place").int("seats").maybe_int("ended_on");
    })
    .await?;
    table::unique(manager, "room", &["code"]).await?;
    table::create(manager, "lecturer", |t| {
        t.text("code")
            .text("name")
            .text("kind")
            .text("home")
            .text("subjects")
            .maybe_id("official_id")
            .maybe_int("ended_on")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "lecturer", &["code"]).await
}

async fn around_a_class(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "sitting", |t| {
        t.id("class_id")
            .int("held_on")
            .text("shift")
            .int("periods")
            .maybe_id("room_id")
            .maybe_id("lecturer_id")
            .text("words")
            .belongs_to("class_id", "training_class")
            .belongs_to("room_id", "room")
            .belongs_to("lecturer_id", "lecturer");
    })
    .await?;
    table::index(manager, "sitting", &["class_id"]).await?;
    table::index(manager, "sitting", &["held_on"]).await?;
    table::create(manager, "class_share", |t| {
        t.id("class_id")
            .maybe_id("unit_id")
            .maybe_text("staff")
            .maybe_text("leader_group")
            .int("people")
            .belongs_to("class_id", "training_class")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "class_share", &["class_id"]).await?;
    table::create(manager, "class_event", |t| {
        t.id("class_id")
            .text("act")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .text("operation")
            .belongs_to("class_id", "training_class");
    })
    .await?;
    table::index(manager, "class_event", &["class_id"]).await
}

/// A person is named once for a class as long as the nomination lives, holds one seat, and a seat is held by one person: the engine
/// says so, whatever happens at the same time.
async fn nominations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "nomination", |t| {
        t.id("class_id")
            .id("official_id")
            .id("unit_id")
            .text("staff")
            .maybe_text("leader_group")
            .text("state")
            .int("points")
            .int("judged_on")
            .text("findings")
            .text("reason")
            .int("promised_months")
            .flag("opinion_given")
            .maybe_id("replaces_id")
            .maybe_id("commitment_id")
            .maybe_instant("waits_since")
            .maybe_id("made_by")
            .instant("made_at")
            .int("revision")
            .belongs_to("class_id", "training_class")
            .belongs_to("official_id", "official")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    let alive = "'named', 'agreed', 'confirmed', 'waiting', 'leaving'";
    let once = format!("CREATE UNIQUE INDEX uq_nomination_alive ON nomination (class_id, official_id) WHERE state IN ({alive})");
    manager.get_connection().execute_unprepared(&once).await?;
    table::index(manager, "nomination", &["official_id", "state"]).await?;
    table::index(manager, "nomination", &["class_id", "state"]).await?;
    table::index(manager, "nomination", &["unit_id", "state"]).await?;
    table::create(manager, "nomination_event", |t| {
        t.id("nomination_id")
            .text("act")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("nomination_id", "nomination");
    })
    .await?;
    table::index(manager, "nomination_event", &["nomination_id"]).await?;
    table::create(manager, "class_seat", |t| {
        t.id("class_id")
            .int("number")
            .maybe_id("kept_for")
            .maybe_id("nomination_id")
            .belongs_to("class_id", "training_class")
            .belongs_to("kept_for", "unit")
            .belongs_to("nomination_id", "nomination");
    })
    .await?;
    table::unique(manager, "class_seat", &["class_id", "number"]).await?;
    table::unique(manager, "class_seat", &["nomination_id"]).await
}
