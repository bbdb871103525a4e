//! `/.search`: accounts and groups at once, accounts first.
//! Not for: one kind alone (`people`, `groups`).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use scim::message::{self, Asked, Question};
use scim::schema::{GROUPS, ResourceType, USERS};
use service::directory::{self, Found, MOST};

use super::answer::{ScimError, json};
use super::caller::{Caller, Sent};
use super::{groups, people};
use crate::AppState;

/// What fulfils a question, of either kind; a kind that has no such attribute has nothing that fulfils it.
pub(super) async fn both(State(state): State<AppState>, caller: Caller, Sent(body): Sent) -> Result<Response, ScimError> {
    let question = Asked::of_body(&body)?.question(MOST)?;
    let asks = |kind: &ResourceType| question.filter.as_ref().map_or(Ok(()), |filter| filter.check(kind));
    let (users, teams) = (asks(&USERS), asks(&GROUPS));
    if let (Err(fault), Err(_)) = (&users, &teams) {
        return Err(fault.clone().into());
    }
    let mut found = Found { total: 0, page: Vec::new() };
    if users.is_ok() {
        found = directory::find_people(&state.services, &caller.ctx, &question).await?;
    }
    let mut told: Vec<_> = found.page.iter().map(|person| people::told(person, &question.projection, &caller.base)).collect();
    let mut total = found.total;
    if teams.is_ok() {
        let rest = Question {
            start: question.start.saturating_sub(total).max(1),
            count: question.count.saturating_sub(told.len()),
            ..question.clone()
        };
        let found = directory::find_groups(&state.services, &caller.ctx, &rest).await?;
        told.extend(found.page.iter().map(|team| groups::told(team, &question.projection, &caller.base)));
        total += found.total;
    }
    Ok(json(StatusCode::OK, &message::list(total, question.start, told)))
}
