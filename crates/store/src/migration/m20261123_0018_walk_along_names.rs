//! Puts what a name is searched by into the index of the order of names: walking along it for a word then reads no row in vain. Grades
//! get an index, for few people may have one.

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
        connection.execute_unprepared("DROP INDEX ix_official_sort_key_id").await?;
        connection.execute_unprepared("CREATE INDEX ix_official_by_name ON official (sort_key, id, folded, code)").await?;
        let grades = "CREATE INDEX ix_posting_grade ON posting (grade, official_id) WHERE grade IS NOT NULL";
        connection.execute_unprepared(grades).await.map(|_| ())
    }
}
