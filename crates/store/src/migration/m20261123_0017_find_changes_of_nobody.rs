//! Replaces the index of changes by their kind by one of the changes that are nobody's: only units and posts are asked for by kind, and
//! a file of a whole province writes half a million changes of people.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("DROP INDEX ix_register_change_kind_id").await?;
        let text = "CREATE INDEX ix_register_change_of_nobody ON register_change (kind, id) WHERE official_id IS NULL";
        connection.execute_unprepared(text).await.map(|_| ())
    }
}
