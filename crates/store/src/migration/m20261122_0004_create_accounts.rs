//! Creates accounts, grants, sessions, tokens and failed sign-ins.

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
        user_account(manager).await?;
        user_grant(manager).await?;
        session(manager).await?;
        api_token(manager).await?;
        login_failure(manager).await?;
        Ok(())
    }
}

async fn user_account(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "user_account", |t| {
        t.text("login")
            .text("name")
            .text("password_hash")
            .maybe_id("official_id")
            .flag("locked")
            .instant("created_at")
            .belongs_to("official_id", "official");
    })
    .await?;
    table::unique(manager, "user_account", &["login"]).await?;
    Ok(())
}

async fn user_grant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "user_grant", |t| {
        t.id("user_id")
            .text("role")
            .maybe_id("unit_id")
            .int("starts_on")
            .maybe_int("ends_on")
            .belongs_to("user_id", "user_account")
            .belongs_to("unit_id", "unit");
    })
    .await?;
    table::index(manager, "user_grant", &["user_id"]).await?;
    Ok(())
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "session", |t| {
        t.id("user_id")
            .text("token_hash")
            .text("csrf")
            .text("agent")
            .instant("created_at")
            .instant("seen_at")
            .instant("expires_at")
            .maybe_instant("revoked_at")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "session", &["token_hash"]).await?;
    table::index(manager, "session", &["user_id"]).await?;
    Ok(())
}

async fn api_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "api_token", |t| {
        t.id("user_id")
            .text("name")
            .text("token_hash")
            .instant("created_at")
            .instant("expires_at")
            .maybe_instant("revoked_at")
            .belongs_to("user_id", "user_account");
    })
    .await?;
    table::unique(manager, "api_token", &["token_hash"]).await?;
    table::index(manager, "api_token", &["user_id"]).await?;
    Ok(())
}

async fn login_failure(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table::create(manager, "login_failure", |t| {
        t.text("login").text("address").instant("failed_at");
    })
    .await?;
    table::index(manager, "login_failure", &["login"]).await?;
    table::index(manager, "login_failure", &["failed_at"]).await?;
    Ok(())
}
