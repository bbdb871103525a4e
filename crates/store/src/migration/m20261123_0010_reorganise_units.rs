//! Gives units what reorganising needs: former names and codes with their days, decisions, each reorganisation as a row, and a
//! catalogue of posts that says which units a post is for.

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
        for (table, column) in TEXTS {
            add(manager, table, ColumnDef::new(Alias::new(*column)).text().null().to_owned()).await?;
        }
        for column in ["starts_on", "ends_on"] {
            add(manager, "post", ColumnDef::new(Alias::new(column)).integer().null().to_owned()).await?;
        }
        unit_name(manager).await?;
        unit_alias(manager).await?;
        reorganisation(manager).await
    }
}

/// Columns that may be empty.
const TEXTS: &[(&str, &str)] = &[
    ("unit_link", "decision_number"),
    ("unit_succession", "decision_number"),
    ("post", "code"),
    ("post", "post_group"),
    ("post", "unit_kinds"),
];

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(Alias::new(table)).add_column(column).to_owned()).await
}

async fn unit_name(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "unit_name", |t| {
        t.id("unit_id").text("name").int("starts_on").int("ends_on").maybe_text("decision_number").belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "unit_name", &["unit_id", "starts_on"]).await
}

async fn unit_alias(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "unit_alias", |t| {
        t.id("unit_id").text("code").maybe_int("starts_on").maybe_int("ends_on").belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "unit_alias", &["unit_id"]).await?;
    table::unique(manager, "unit_alias", &["code"]).await
}

async fn reorganisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "reorganisation", |t| {
        t.text("act")
            .text("subject")
            .int("effective_on")
            .maybe_text("decision_number")
            .text("reason")
            .int("people")
            .text("operation")
            .instant("happened_at")
            .maybe_id("user_id")
            .belongs_to("user_id", "user_account");
    })
    .await
}
