//! Keeps the works of classes, grades with every change, recognised results and their amendments.

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
        grades(manager).await?;
        results(manager).await
    }
}

async fn grades(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "class_work", |t| {
        t.id("class_id").int("place").text("name").text("kind").int("weight").belongs_to("class_id", "training_class");
    })
    .await?;
    table::index(manager, "class_work", &["class_id"]).await?;
    table::create(manager, "class_grade", |t| {
        t.id("work_id")
            .id("official_id")
            .int("attempt")
            .int("points")
            .maybe_id("user_id")
            .instant("graded_at")
            .belongs_to("work_id", "class_work")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "class_grade", &["work_id", "official_id", "attempt"]).await?;
    table::index(manager, "class_grade", &["official_id"]).await?;
    table::create(manager, "class_grade_change", |t| {
        t.id("work_id")
            .id("official_id")
            .int("attempt")
            .maybe_int("before")
            .maybe_int("after")
            .text("words")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("work_id", "class_work")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "class_grade_change", &["work_id", "official_id"]).await?;
    table::index(manager, "class_grade_change", &["official_id"]).await
}

async fn results(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "class_result", |t| {
        t.id("class_id")
            .id("official_id")
            .text("outcome")
            .maybe_text("proposed")
            .int("attended")
            .int("held")
            .maybe_int("overall")
            .maybe_text("band")
            .text("reason")
            .belongs_to("class_id", "training_class")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "class_result", &["class_id", "official_id"]).await?;
    table::index(manager, "class_result", &["official_id"]).await?;
    table::create(manager, "class_amendment", |t| {
        t.id("class_id")
            .id("official_id")
            .text("decision_number")
            .int("decided_on")
            .text("reason")
            .text("before")
            .text("after")
            .maybe_id("user_id")
            .instant("happened_at")
            .belongs_to("class_id", "training_class")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "class_amendment", &["class_id"]).await?;
    table::index(manager, "class_amendment", &["official_id"]).await
}
