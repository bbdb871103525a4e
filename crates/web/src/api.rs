//! The JSON interface under `/api`: what the pages show, for programs, and what a token with the right to write may put.
//! Not for: rights and figures (`service`), pages. Adding an endpoint: a handler with `#[utoipa::path]`, a line in `endpoints!`, a line
//! in `paths(…)`; a test holds the two together.

mod acts;
mod asked;
mod bodies;
mod caller;
mod changed;
pub(crate) mod cursor;
mod document;
mod officials;
mod plans;
mod posts;
pub(crate) mod problem;
mod programmes;
mod schemes;
mod sent;
mod shapes;
mod spots;
mod statistics;
mod targets;
mod told;
mod units;
mod writes;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use crate::AppState;
use bodies::Bodies;
use problem::Fault;

macro_rules! endpoints {
    ($($method:ident $path:literal => $module:ident::$handler:ident),+ $(,)?) => {
        fn endpoints() -> Router<AppState> {
            Router::new()$(.route($path, axum::routing::$method($module::$handler)))+
        }

        /// Method and path of every endpoint.
        #[cfg(test)]
        pub(crate) const ENDPOINTS: &[(&str, &str)] = &[$((stringify!($method), $path)),+];
    };
}

endpoints! {
    get "/api/v1/schemes" => schemes::list,
    get "/api/v1/targets" => targets::list,
    get "/api/v1/targets/{id}" => targets::one,
    get "/api/v1/targets/{id}/people" => targets::people,
    get "/api/v1/units" => units::list,
    post "/api/v1/units/acts" => acts::act,
    get "/api/v1/units/{code}" => units::one,
    put "/api/v1/units/{code}" => acts::aliases,
    put "/api/v1/units/{code}/place" => spots::put,
    get "/api/v1/officials" => officials::list,
    get "/api/v1/officials/{code}" => officials::one,
    put "/api/v1/officials/{code}" => writes::official,
    get "/api/v1/plans" => plans::list,
    get "/api/v1/plans/{id}" => plans::one,
    get "/api/v1/posts" => posts::list,
    get "/api/v1/posts/{code}" => posts::one,
    put "/api/v1/posts/{code}" => posts::put,
    post "/api/v1/batches" => writes::batch,
    post "/api/v1/operations/{operation}/undo" => writes::undo,
    get "/api/v1/programmes" => programmes::list,
    get "/api/v1/statistics/{table}" => statistics::one,
}

/// The document, as tests hold answers against it.
#[cfg(test)]
pub(crate) fn openapi() -> serde_json::Value {
    serde_json::to_value(Document::openapi()).unwrap()
}

/// What can be asked with GET.
#[cfg(test)]
pub(crate) fn questions() -> impl Iterator<Item = &'static str> {
    ENDPOINTS.iter().filter(|(method, _)| *method == "get").map(|(_, path)| *path)
}

/// Every route under `/api`.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    endpoints()
        .route("/api/v1/{*unknown}", any(unknown))
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(sent::MOST_BYTES))
        .layer(from_fn_with_state(state.clone(), caller::answer))
        .merge(document::routes())
}

async fn unknown() -> Fault {
    Fault::NotFound
}

/// The document of the interface, made from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Khuê Văn",
        version = "1",
        description = "Reads schemes, targets, units, officials, posts and statistics; puts officials, posts and units with a token that may write. \
            Every answer is limited to what the account may see, every write to what its pages would take. Days are `yyyy-mm-dd`; lists are \
            paged with an opaque `cursor`; `changed-since` tells what changed; a write that is sent again with its `Idempotency-Key` is done \
            once; faults are problem documents (RFC 9457). Bodies are JSON objects of at most 5 MB."
    ),
    paths(
        schemes::list,
        targets::list,
        targets::one,
        targets::people,
        units::list,
        acts::act,
        units::one,
        acts::aliases,
        spots::put,
        officials::list,
        officials::one,
        writes::official,
        plans::list,
        plans::one,
        posts::list,
        posts::one,
        posts::put,
        writes::batch,
        writes::undo,
        programmes::list,
        statistics::one,
    ),
    tags(
        (name = "schemes", description = "Signed documents in force"),
        (name = "targets", description = "Promises, measured on a day"),
        (name = "units", description = "Units, true on a day"),
        (name = "officials", description = "People and their records"),
        (name = "plans", description = "Plans of training"),
        (name = "posts", description = "The catalogue of posts"),
        (name = "programmes", description = "The catalogue of training programmes"),
        (name = "batches", description = "Many writes at once, and taking writes back"),
        (name = "statistics", description = "The six published tables, live"),
    ),
    modifiers(&Bearer, &Bodies),
    security(("token" = []))
)]
struct Document;

/// Declares the bearer token.
struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("A token from the page of your account, `kv_…`."));
        components.add_security_scheme("token", SecurityScheme::Http(scheme.build()));
    }
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::RefOr;
    use utoipa::openapi::path::Parameter;

    use super::*;

    fn operations() -> Vec<(&'static str, String, utoipa::openapi::path::Operation)> {
        let of = |(path, item): (&String, &utoipa::openapi::PathItem)| {
            let each = [("get", &item.get), ("put", &item.put), ("post", &item.post), ("delete", &item.delete), ("patch", &item.patch)];
            each.into_iter().filter_map(|(method, o)| Some((method, path.clone(), o.clone()?))).collect::<Vec<_>>()
        };
        Document::openapi().paths.paths.iter().flat_map(of).collect()
    }

    #[test]
    fn every_route_is_in_the_document_and_the_other_way_round() {
        let mut described: Vec<(&str, String)> = operations().into_iter().map(|(method, path, _)| (method, path)).collect();
        let mut routed: Vec<(&str, String)> = ENDPOINTS.iter().map(|(method, path)| (*method, (*path).to_owned())).collect();
        described.sort_unstable();
        routed.sort_unstable();
        assert_eq!(routed, described);
    }

    #[test]
    fn every_path_parameter_is_described() {
        let name = |p: &RefOr<Parameter>| if let RefOr::T(p) = p { Some(p.name.clone()) } else { None };
        for (method, path, operation) in operations() {
            let described: Vec<String> = operation.parameters.iter().flatten().filter_map(name).collect();
            for part in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
                assert!(described.iter().any(|name| name == part), "{part} of {method} {path}");
            }
        }
    }
}
