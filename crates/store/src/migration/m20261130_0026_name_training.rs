//! Gives a line of training the name of what was attended: one that no class of the system carried out has no class to take it from.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let title = ColumnDef::new(Alias::new("title")).text().null().to_owned();
        manager.alter_table(Table::alter().table(Alias::new("training_record")).add_column(title).to_owned()).await
    }
}
