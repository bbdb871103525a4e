//! Makes two indexes answer by themselves: who works in a unit on a day, and whether somebody finished a training since a day. Each takes
//! the place of one that had to look at the table for it.

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
        for statement in [
            "CREATE INDEX ix_posting_unit_id ON posting (unit_id, starts_on, ends_on, official_id)",
            "DROP INDEX ix_posting_unit_id_starts_on",
            "CREATE INDEX ix_training_record_official_id ON training_record (official_id, ends_on, outcome)",
            "DROP INDEX ix_training_record_official_id_starts_on",
        ] {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
