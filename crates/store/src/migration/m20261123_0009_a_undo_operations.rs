//! Lets a change of the register name the operation that it takes back.

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
        let column = ColumnDef::new(Alias::new("undoes")).text().null().to_owned();
        manager.alter_table(Table::alter().table(Alias::new("register_change")).add_column(column).to_owned()).await?;
        table::index_of_set(manager, "register_change", &["undoes"]).await
    }
}
