//! Says where units stand, and in which unit or where else a room is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use super::table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::create(manager, "unit_spot", |t| {
            t.id("unit_id").int("latitude").int("longitude").int("starts_on").maybe_int("ends_on").belongs_to("unit_id", "unit");
        })
        .await?;
        table::index(manager, "unit_spot", &["unit_id"]).await?;
        // A column that is added cannot name its parent through the builder on SQLite, whose whole numbers have one width.
        let kind = if manager.get_database_backend() == DatabaseBackend::Sqlite { "integer" } else { "bigint" };
        let text = format!("ALTER TABLE room ADD COLUMN unit_id {kind} REFERENCES unit (id)");
        manager.get_connection().execute_unprepared(&text).await?;
        for name in ["latitude", "longitude"] {
            let column = ColumnDef::new(Alias::new(name)).integer().null().to_owned();
            manager.alter_table(Table::alter().table(Alias::new("room")).add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
