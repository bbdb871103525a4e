//! What the server can do and which attributes it keeps.
//! Not for: resources.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use scim::message;
use scim::schema::{self, ENTERPRISE, GROUP, TYPES, USER};
use serde_json::Value;
use service::directory::MOST;

use super::answer::{ScimError, json};
use super::caller::Caller;

/// What the server can do.
pub(super) async fn config(caller: Caller) -> Response {
    json(StatusCode::OK, &schema::service_provider_config(&caller.base, MOST))
}

/// Both kinds of resources.
pub(super) async fn types(caller: Caller) -> Response {
    list(TYPES.iter().map(|kind| schema::resource_type(kind, &caller.base)).collect())
}

/// One kind of resource.
pub(super) async fn one_type(caller: Caller, Path(id): Path<String>) -> Result<Response, ScimError> {
    let kind = TYPES.iter().find(|kind| kind.name == id).ok_or(ScimError::NotFound)?;
    Ok(json(StatusCode::OK, &schema::resource_type(kind, &caller.base)))
}

/// All schemas.
pub(super) async fn schemas(caller: Caller) -> Response {
    list([&USER, &ENTERPRISE, &GROUP].iter().map(|schema| schema::schema(schema, &caller.base)).collect())
}

/// One schema.
pub(super) async fn one_schema(caller: Caller, Path(id): Path<String>) -> Result<Response, ScimError> {
    let all = [&USER, &ENTERPRISE, &GROUP];
    let found = all.iter().find(|schema| schema.id.eq_ignore_ascii_case(&id)).ok_or(ScimError::NotFound)?;
    Ok(json(StatusCode::OK, &schema::schema(found, &caller.base)))
}

fn list(resources: Vec<Value>) -> Response {
    json(StatusCode::OK, &message::list(resources.len(), 1, resources))
}
