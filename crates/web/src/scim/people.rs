//! `/Users`.
//! Not for: what may be changed (`service::directory`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use scim::message::{self, Asked, Question};
use scim::schema::{USER_ID, USERS};
use scim::{Fault, Projection, User, patch};
use serde_json::Value;
use service::directory::{self, MOST, Person};

use super::answer::{ScimError, json, resource};
use super::caller::{Caller, Sent};
use crate::AppState;

/// A page of accounts.
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
    let found = directory::find_people(&state.services, &caller.ctx, question).await?;
    let told = found.page.iter().map(|person| told(person, &question.projection, &caller.base)).collect();
    Ok(json(StatusCode::OK, &message::list(found.total, question.start, told)))
}

/// An account as it is told.
pub(super) fn told(person: &Person, projection: &Projection, base: &str) -> Value {
    Value::Object(projection.of(&USERS, person.told(base)))
}

/// One account.
pub(super) async fn one(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    let person = directory::person(&state.services, &caller.ctx, &id).await?;
    let version = person.version();
    if caller.knows(&version) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    Ok(resource(StatusCode::OK, &told(&person, &projection, &caller.base), Some(&version)))
}

/// A new account.
pub(super) async fn add(State(state): State<AppState>, caller: Caller, Sent(body): Sent) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    let user = User::read(&patch::read_resource(&USERS, message::body(&body, USER_ID)?)?)?;
    let person = directory::add_person(&state.services, &caller.ctx, &user).await?;
    Ok(resource(StatusCode::CREATED, &told(&person, &projection, &caller.base), Some(&person.version())))
}

/// An account in place of what it was.
pub(super) async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Sent(body): Sent,
) -> Result<Response, ScimError> {
    let sent = patch::read_resource(&USERS, message::body(&body, USER_ID)?)?;
    let edit = move |now: &User| {
        let mut sent = sent.clone();
        // Whoever says nothing of `active` neither opens nor closes.
        sent.entry("active").or_insert_with(|| now.active.into());
        User::read(&sent)
    };
    change(&state, &caller, &id, &edit).await
}

/// Changes of an account.
pub(super) async fn patch(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Sent(body): Sent,
) -> Result<Response, ScimError> {
    let operations = patch::read(&body)?;
    let edit = move |now: &User| User::read(&patch::apply(&USERS, now.told(), &operations)?);
    change(&state, &caller, &id, &edit).await
}

async fn change(
    state: &AppState,
    caller: &Caller,
    id: &str,
    edit: &(dyn Fn(&User) -> Result<User, Fault> + Send + Sync),
) -> Result<Response, ScimError> {
    let projection = caller.question()?.projection;
    let person = directory::change_person(&state.services, &caller.ctx, id, &caller.expected(), edit).await?;
    Ok(resource(StatusCode::OK, &told(&person, &projection, &caller.base), Some(&person.version())))
}

/// An account out of the directory's sight.
pub(super) async fn remove(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, ScimError> {
    directory::remove_person(&state.services, &caller.ctx, &id, &caller.expected()).await?;
    Ok(StatusCode::NO_CONTENT)
}
