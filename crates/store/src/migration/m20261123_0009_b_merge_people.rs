//! Creates the codes of people who were found to be somebody else, and the pairs that were found not to be one person.

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
        table::create(manager, "official_alias", |t| {
            t.text("code").id("official_id").id("was_id").belongs_to("official_id", "official");
        })
        .await?;
        table::unique(manager, "official_alias", &["code"]).await?;
        table::index(manager, "official_alias", &["official_id"]).await?;
        table::create(manager, "not_same", |t| {
            t.id("one_id").id("other_id").instant("decided_at").maybe_id("user_id").text("reason");
        })
        .await?;
        table::unique(manager, "not_same", &["one_id", "other_id"]).await?;
        table::index(manager, "user_account", &["official_id"]).await
    }
}
