//! Creates the marks of units that lie in hard areas.

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
        table::create(manager, "unit_area", |t| {
            t.id("unit_id").text("area").int("starts_on").maybe_int("ends_on").text("decision").belongs_to("unit_id", "unit");
        })
        .await?;
        table::index(manager, "unit_area", &["unit_id"]).await
    }
}
