//! Creates what a directory of the province keeps here: what it tells of accounts, their addresses, its groups and who is in them; and
//! notes at an account what the directory did to it, at a role the group that gave it.

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
        add(manager, "user_account", ColumnDef::new(Alias::new("directory_state")).text().null().to_owned()).await?;
        add(manager, "user_account", ColumnDef::new(Alias::new("changed_at")).big_integer().null().to_owned()).await?;
        add(manager, "user_grant", ColumnDef::new(Alias::new("group_id")).big_integer().null().to_owned()).await?;
        table::index_of_set(manager, "user_grant", &["group_id", "user_id"]).await?;
        people(manager).await?;
        groups(manager).await
    }
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(Alias::new(table)).add_column(column).to_owned()).await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "directory_user", |t| {
        t.id("user_id")
            .maybe_text("external_id")
            .maybe_text("display_name")
            .maybe_text("formatted_name")
            .maybe_text("family_name")
            .maybe_text("given_name")
            .maybe_text("employee_number")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "directory_user", &["user_id"]).await?;
    table::index_of_set(manager, "directory_user", &["external_id"]).await?;
    table::create(manager, "directory_email", |t| {
        t.id("user_id").int("place").text("value").maybe_text("kind").maybe_text("primary_mark").belongs_to("user_id", "user_account");
    })
    .await?;
    table::index(manager, "directory_email", &["user_id"]).await
}

async fn groups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "directory_group", |t| {
        t.text("name")
            .text("folded")
            .maybe_text("external_id")
            .maybe_text("role")
            .maybe_id("unit_id")
            .instant("created_at")
            .instant("changed_at")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "directory_group", &["folded"]).await?;
    table::create(manager, "directory_member", |t| {
        t.id("group_id").id("user_id").belongs_to("group_id", "directory_group").belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "directory_member", &["group_id", "user_id"]).await?;
    table::index(manager, "directory_member", &["user_id"]).await
}
