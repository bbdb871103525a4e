//! Adds the health class of officials.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let health = ColumnDef::new(Alias::new("health")).text().null().to_owned();
        manager.alter_table(Table::alter().table(Alias::new("official")).add_column(health).to_owned()).await
    }
}
