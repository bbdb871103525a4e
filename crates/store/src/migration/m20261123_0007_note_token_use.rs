//! Notes when an API token was used last, so that its owner sees which one is not needed any more.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new("used_at")).big_integer().null().to_owned();
        manager.alter_table(Table::alter().table(Alias::new("api_token")).add_column(column).to_owned()).await
    }
}
