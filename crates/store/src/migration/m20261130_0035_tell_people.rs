//! Lets people be told of what happens to their classes: notices, letters, and where somebody wants letters.

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
        contacts(manager).await?;
        mails(manager).await?;
        notices(manager).await
    }
}

async fn contacts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "contact", |t| {
        t.maybe_id("user_id")
            .maybe_id("official_id")
            .maybe_text("email")
            .text("language")
            .text("delivery")
            .maybe_int("quiet_from")
            .maybe_int("quiet_to")
            .instant("changed_at")
            .belongs_to("user_id", "user_account")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "contact", &["user_id"]).await?;
    table::unique(manager, "contact", &["official_id"]).await
}

async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "mail", |t| {
        t.maybe_id("user_id")
            .maybe_id("official_id")
            .text("state")
            .maybe_text("address")
            .int("tries")
            .instant("made_at")
            .instant("due_at")
            .maybe_instant("claimed_at")
            .maybe_instant("sent_at")
            .maybe_text("error")
            .belongs_to("user_id", "user_account")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::index(manager, "mail", &["state", "due_at"]).await?;
    table::index(manager, "mail", &["user_id", "state"]).await?;
    table::index(manager, "mail", &["official_id", "state"]).await
}

/// One person is told of one event once: the engine says so, whoever is killed in between.
async fn notices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "notice", |t| {
        t.id("outbox_id")
            .text("event")
            .text("audience")
            .id("class_id")
            .maybe_id("nomination_id")
            .maybe_id("user_id")
            .maybe_id("official_id")
            .maybe_id("mail_id")
            .instant("made_at")
            .maybe_instant("read_at")
            .belongs_to("outbox_id", "outbox")
            .belongs_to("class_id", "training_class")
            .belongs_to("nomination_id", "nomination")
            .belongs_to("user_id", "user_account")
            .belongs_to("official_id", "official")
            .belongs_to("mail_id", "mail");
    })
    .await?;
    table::unique(manager, "notice", &["outbox_id", "user_id"]).await?;
    table::unique(manager, "notice", &["outbox_id", "official_id"]).await?;
    table::index(manager, "notice", &["user_id", "read_at"]).await?;
    table::index(manager, "notice", &["official_id", "read_at"]).await?;
    table::index(manager, "notice", &["class_id"]).await?;
    table::index(manager, "notice", &["mail_id"]).await
}
