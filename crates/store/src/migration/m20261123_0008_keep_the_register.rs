//! Gives the register what keeping it needs: the rest of an official's identity, grades and ends of postings, papers behind
//! qualifications, sources of training records, secondments, and every change as a row of its own.

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
        add(manager, "official", ColumnDef::new(Alias::new("recruited_on")).integer().null().to_owned()).await?;
        add(manager, "official", ColumnDef::new(Alias::new("revision")).integer().not_null().default(1).to_owned()).await?;
        add(manager, "qualification", source("imported")).await?;
        add(manager, "training_record", source("learned")).await?;
        table::index_of_set(manager, "official", &["citizen_number"]).await?;
        table::index_of_set(manager, "official", &["record_code"]).await?;
        secondment(manager).await?;
        register_change(manager).await
    }
}

/// Columns that may be empty.
const TEXTS: &[(&str, &str)] = &[
    ("official", "record_code"),
    ("official", "other_names"),
    ("official", "citizen_number"),
    ("official", "religion"),
    ("posting", "grade"),
    ("posting", "ended_by"),
    ("qualification", "issuer"),
    ("qualification", "number"),
    ("training_record", "evidence"),
];

fn source(default: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new("source")).text().not_null().default(default).to_owned()
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(Alias::new(table)).add_column(column).to_owned()).await
}

async fn secondment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "secondment", |t| {
        t.id("official_id")
            .id("unit_id")
            .text("post")
            .int("starts_on")
            .maybe_int("ends_on")
            .maybe_text("decision_number")
            .belongs_to("official_id", "official")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "secondment", &["official_id"]).await
}

async fn register_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "register_change", |t| {
        t.text("kind")
            .id("row_id")
            .maybe_id("official_id")
            .maybe_text("before")
            .maybe_text("after")
            .instant("happened_at")
            .maybe_id("user_id")
            .text("reason")
            .text("operation");
    })
    .await?;
    table::index(manager, "register_change", &["official_id", "id"]).await?;
    table::index(manager, "register_change", &["kind", "row_id", "id"]).await?;
    table::index(manager, "register_change", &["operation"]).await
}
