//! `khuevan notices send`, and what the server does by itself: people are told of what happened, letters are handed over, and when a day
//! begins whoever waits moves up into seats that it made free.
//! Not for: deciding who is told of what (`service::notices`).

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use domain::time::{Instant, day_of};
use service::notices::{self, Delivered, Post};
use service::{ActError, Ctx, Services, nominations};

use super::{When, existing, system};
use crate::cli::mail::{Mail, NoticesCommand};
use crate::outcome::Failure;
use crate::post::Postman;
use crate::screen::remark;

/// Most letters of one round: what waits for a round is never older than a few minutes.
const A_ROUND: usize = 500;
/// How often the server looks.
const BREATH: Duration = Duration::from_secs(2);

pub(super) async fn run(command: NoticesCommand, when: When) -> Result<ExitCode, Failure> {
    let NoticesCommand::Send { place, mail } = command;
    let services = existing(&place.database).await?;
    let ctx = system(when);
    let postman = postman(&services, &ctx, &mail).await?;
    let (events, told) = notices::dispatch(&services, &ctx, post(postman.as_ref())).await?;
    remark(&format!("{events} events, {told} notices"));
    if let Some(postman) = &postman {
        let mut all = Delivered::default();
        loop {
            let done = Box::pin(notices::deliver(&services, &ctx, postman, A_ROUND)).await?;
            all = Delivered { sent: all.sent + done.sent, later: all.later + done.later, failed: all.failed + done.failed };
            if done.sent + done.later + done.failed < A_ROUND {
                break;
            }
        }
        remark(&format!("{} letters sent, {} tried again later, {} never sent", all.sent, all.later, all.failed));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever carries letters, if a server is named.
pub(super) async fn postman(services: &Services, ctx: &Ctx, mail: &Mail) -> Result<Option<Postman>, Failure> {
    let province = match service::registry::home_unit(services, ctx, ctx.today).await {
        Ok(root) => root.unit.name.clone(),
        Err(_) => "Khuê Văn".to_owned(),
    };
    Postman::of(mail, &province)
}

fn post(postman: Option<&Postman>) -> Post {
    if postman.is_some() { Post::Letters } else { Post::None }
}

/// Tells people, hands letters over, and begins days for as long as the server runs. Whatever fails is tried again.
pub(super) async fn keep_going(services: Arc<Services>, clock: Arc<dyn Fn() -> Instant + Send + Sync>, postman: Option<Postman>) {
    let mut begun = None;
    loop {
        let now = clock();
        let ctx = Ctx { operation: format!("notices-{}", now.0), ..Ctx::system(now, day_of(now)) };
        if begun != Some(ctx.today) {
            match Box::pin(nominations::move_up(&services, &ctx)).await {
                Ok(_) => begun = Some(ctx.today),
                Err(surprise) => tracing::warn!(%surprise, "the lines of classes could not move up; trying again"),
            }
        }
        if let Err(surprise) = Box::pin(round(&services, &ctx, postman.as_ref())).await {
            tracing::warn!(%surprise, "people could not be told; trying again");
        }
        tokio::time::sleep(BREATH).await;
    }
}

async fn round(services: &Services, ctx: &Ctx, postman: Option<&Postman>) -> Result<(), ActError> {
    let waits = notices::pending(services, ctx).await?;
    if waits.events {
        notices::dispatch(services, ctx, post(postman)).await?;
    }
    let Some(postman) = postman.filter(|_| waits.letters) else { return Ok(()) };
    let done = Box::pin(notices::deliver(services, ctx, postman, A_ROUND)).await?;
    if done.later + done.failed > 0 {
        tracing::warn!(sent = done.sent, later = done.later, failed = done.failed, "letters could not be handed over");
    }
    Ok(())
}
