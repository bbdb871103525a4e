//! SCIM 2.0 under `/scim/v2`: the directory of the province writes accounts and groups with a token of its own kind.
//! Not for: rules and rights (`service::directory`), filters and changes (`scim`), the API for other systems (`api`), whose document
//! does not describe this: SCIM describes itself at `/scim/v2/Schemas`.

mod answer;
mod caller;
mod discovery;
mod groups;
mod people;
mod search;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};

use crate::AppState;

pub(crate) use answer::as_scim;

/// Largest body in bytes: a group of some ten thousand members.
const MOST_BYTES: usize = 4 << 20;

/// Everything under `/scim`.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/scim/v2/ServiceProviderConfig", get(discovery::config))
        .route("/scim/v2/ResourceTypes", get(discovery::types))
        .route("/scim/v2/ResourceTypes/{id}", get(discovery::one_type))
        .route("/scim/v2/Schemas", get(discovery::schemas))
        .route("/scim/v2/Schemas/{id}", get(discovery::one_schema))
        .route("/scim/v2/Users", get(people::list).post(people::add))
        .route("/scim/v2/Users/.search", post(people::search))
        .route("/scim/v2/Users/{id}", get(people::one).put(people::put).patch(people::patch).delete(people::remove))
        .route("/scim/v2/Groups", get(groups::list).post(groups::add))
        .route("/scim/v2/Groups/.search", post(groups::search))
        .route("/scim/v2/Groups/{id}", get(groups::one).put(groups::put).patch(groups::patch).delete(groups::remove))
        .route("/scim/v2/.search", post(search::both))
        .route("/scim/v2/Me", any(answer::not_done))
        .route("/scim/v2/Bulk", any(answer::not_done))
        .route("/scim", any(answer::nothing))
        .route("/scim/{*rest}", any(answer::nothing))
        .method_not_allowed_fallback(answer::wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
