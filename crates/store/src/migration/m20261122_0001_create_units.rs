//! Creates units, their tree over time and what became of them.

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
        unit(manager).await?;
        unit_link(manager).await?;
        unit_succession(manager).await?;
        Ok(())
    }
}

async fn unit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "unit", |t| {
        t.text("code")
            .text("name")
            .text("folded")
            .text("kind")
            .text("level")
            .text("bloc")
            .maybe_text("actor")
            .int("starts_on")
            .maybe_int("ends_on");
    })
    .await?;
    table::unique(manager, "unit", &["code"]).await?;
    table::index(manager, "unit", &["actor"]).await?;
    Ok(())
}

async fn unit_link(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "unit_link", |t| {
        t.id("unit_id").id("parent_id").int("starts_on").maybe_int("ends_on").belongs_to("unit_id", "unit").belongs_to("parent_id", "unit");
    })
    .await?;
    table::index(manager, "unit_link", &["unit_id"]).await?;
    table::index(manager, "unit_link", &["parent_id"]).await?;
    Ok(())
}

async fn unit_succession(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "unit_succession", |t| {
        t.id("unit_id")
            .id("successor_id")
            .int("effective_on")
            .text("change")
            .flag("main")
            .belongs_to("unit_id", "unit")
            .belongs_to("successor_id", "unit");
    })
    .await?;
    table::index(manager, "unit_succession", &["unit_id"]).await?;
    table::index(manager, "unit_succession", &["successor_id"]).await?;
    // One main successor, so that a figure of the past stands in one place on a later map.
    let main = "CREATE UNIQUE INDEX uq_unit_succession_main ON unit_succession (unit_id) WHERE main";
    manager.get_connection().execute_unprepared(main).await.map(|_| ())
}
