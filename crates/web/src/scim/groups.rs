//! `/Groups`.
//! Not for: what a group gives; no directory says that.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use scim::message::{self, Asked, Question};
use scim::schema::{GROUP_ID, GROUPS};
use scim::{Fault, Group, Projection, patch};
use serde_json::Value;
use service::directory::{self, MOST, Team};

use super::answer::{ScimError, json, resource};
use super::caller::{Caller, Sent};
use crate::AppState;

/// A page of groups.
pub(super) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Response, ScimError> {
    let question = caller.question()?;
    answer(&state, &caller, &question).await
}

/// As [`list`], asked by POST.
pub(super) async fn search(State(state): State<AppState>, caller: Caller, Sent(body): Sent) -> Result<Response, ScimError> {
    let question = Asked::of_body(&body)?.question(MOST)?;
    answer(&state, &caller, &question).await
}

async fn answer(state: &AppState, caller: &Caller, question: &Question) -> Result<Response, ScimError> {
    let found = directory::find_groups(&state.services, &caller.ctx, question).await?;
    let told = found.page.iter().map(|team| told(team, &question.projection, &caller.base)).collect();
    Ok(json(StatusCode::OK, &message::list(found.total, question.start, told)))
}

/// A group as it is told.
pub(super) fn told(team: &Team, projection: &Projection, base: &str) -> Value {
    Value::Object(projection.of(&GROUPS, team.told(base, projection.tells(&GROUPS, "members"))))
}

/// One group.
pub(super) async fn one(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    // Without its members a large group is read at once, and has no version to compare.
    let with_members = projection.tells(&GROUPS, "members");
    let team = directory::group(&state.services, &caller.ctx, &id, with_members).await?;
    let version = with_members.then(|| team.version());
    if version.as_deref().is_some_and(|version| caller.knows(version)) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    Ok(resource(StatusCode::OK, &told(&team, &projection, &caller.base), version.as_deref()))
}

/// A new group.
pub(super) async fn add(State(state): State<AppState>, caller: Caller, Sent(body): Sent) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    let group = Group::read(&patch::read_resource(&GROUPS, message::body(&body, GROUP_ID)?)?)?;
    let team = directory::add_group(&state.services, &caller.ctx, &group).await?;
    Ok(resource(StatusCode::CREATED, &told(&team, &projection, &caller.base), Some(&team.version())))
}

/// A group in place of what it was.
pub(super) async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Sent(body): Sent,
) -> Result<Response, ScimError> {
    let group = Group::read(&patch::read_resource(&GROUPS, message::body(&body, GROUP_ID)?)?)?;
    change(&state, &caller, &id, &move |_: &Group| Ok(group.clone())).await
}

/// Changes of a group.
pub(super) async fn patch(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Sent(body): Sent,
) -> Result<Response, ScimError> {
    let operations = patch::read(&body)?;
    let edit = move |now: &Group| Group::read(&patch::apply(&GROUPS, now.told(""), &operations)?);
    change(&state, &caller, &id, &edit).await
}

async fn change(
    state: &AppState,
    caller: &Caller,
    id: &str,
    edit: &(dyn Fn(&Group) -> Result<Group, Fault> + Send + Sync),
) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    let team = directory::change_group(&state.services, &caller.ctx, id, &caller.expected(), edit).await?;
    Ok(resource(StatusCode::OK, &told(&team, &projection, &caller.base), Some(&team.version())))
}

/// A group that is no more.
pub(super) async fn remove(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, ScimError> {
    directory::remove_group(&state.services, &caller.ctx, &id, &caller.expected()).await?;
    Ok(StatusCode::NO_CONTENT)
}
