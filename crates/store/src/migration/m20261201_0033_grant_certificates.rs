//! Lets certificates be granted: each with what stands on it, the numbers of a body, runs over a class, and the keys that seal them.

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
        certificates(manager).await?;
        around(manager).await
    }
}

/// A certificate is granted once for an attendance, at most one of each kind is valid, and a number of a body stands once in a year: the
/// engine says so, whatever happens at the same time.
async fn certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "certificate", |t| {
        t.id("record_id")
            .id("class_id")
            .id("unit_id")
            .int("year")
            .int("number")
            .text("symbol")
            .text("kind")
            .text("state")
            .text("code")
            .text("name")
            .int("birth_on")
            .text("course")
            .int("starts_on")
            .int("ends_on")
            .int("periods")
            .maybe_text("band")
            .text("decision_number")
            .int("decided_on")
            .text("issuer")
            .text("place")
            .int("issued_on")
            .text("signer_post")
            .text("signer_name")
            .text("seal")
            .maybe_id("replaces_id")
            .maybe_id("confirms_id")
            .maybe_int("ended_on")
            .maybe_text("reason")
            .maybe_text("end_decision")
            .maybe_id("made_by")
            .instant("made_at")
            .belongs_to("record_id", "training_record")
            .belongs_to("class_id", "training_class")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "certificate", &["code"]).await?;
    table::unique(manager, "certificate", &["unit_id", "year", "number"]).await?;
    for (name, columns, rows) in [
        ("granted", "record_id", "kind = 'certificate' AND replaces_id IS NULL"),
        ("valid", "record_id, kind", "state = 'valid'"),
        ("replaces_id", "replaces_id", "replaces_id IS NOT NULL"),
    ] {
        let text = format!("CREATE UNIQUE INDEX uq_certificate_{name} ON certificate ({columns}) WHERE {rows}");
        manager.get_connection().execute_unprepared(&text).await?;
    }
    table::index(manager, "certificate", &["class_id"]).await?;
    table::index(manager, "certificate", &["record_id"]).await?;
    table::index(manager, "certificate", &["year", "id"]).await?;
    let ended = "CREATE INDEX ix_certificate_ended ON certificate (id) WHERE state <> 'valid'";
    manager.get_connection().execute_unprepared(ended).await.map(|_| ())
}

async fn around(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "certificate_register", |t| {
        t.id("unit_id").int("year").int("last_number").belongs_to("unit_id", "unit");
    })
    .await?;
    table::unique(manager, "certificate_register", &["unit_id", "year"]).await?;
    table::create(manager, "certificate_run", |t| {
        t.id("class_id")
            .int("issued_on")
            .text("issuer")
            .text("place")
            .text("signer_post")
            .text("signer_name")
            .int("wanted")
            .int("made")
            .maybe_id("started_by")
            .instant("started_at")
            .maybe_instant("ended_at")
            .belongs_to("class_id", "training_class");
    })
    .await?;
    table::index(manager, "certificate_run", &["class_id"]).await?;
    table::create(manager, "signing_key", |t| {
        t.text("kid").text("public_key").maybe_text("secret_key").instant("made_at").maybe_instant("retired_at");
    })
    .await?;
    table::unique(manager, "signing_key", &["kid"]).await?;
    // One key is in use: of two processes that make the first one, one is refused and takes the other's.
    let one = "CREATE UNIQUE INDEX uq_signing_key_in_use ON signing_key ((COALESCE(retired_at, 0))) WHERE retired_at IS NULL";
    manager.get_connection().execute_unprepared(one).await.map(|_| ())
}
