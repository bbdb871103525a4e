//! The JSON interface under `/api`: what the pages show, for programs; it only reads.
//! Not for: rights and figures (`service`), pages. Adding an endpoint: a handler with `#[utoipa::path]`, a line in `endpoints!`, a line
//! in `paths(…)`; a test holds the two together.

mod asked;
mod caller;
pub(crate) mod cursor;
mod document;
mod officials;
pub(crate) mod problem;
mod schemes;
mod shapes;
mod statistics;
mod targets;
mod units;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use crate::AppState;
use problem::Fault;

macro_rules! endpoints {
    ($($path:literal => $module:ident::$handler:ident),+ $(,)?) => {
        fn endpoints() -> Router<AppState> {
            Router::new()$(.route($path, get($module::$handler)))+
        }

        #[cfg(test)]
        pub(crate) const PATHS: &[&str] = &[$($path),+];
    };
}

endpoints! {
    "/api/v1/schemes" => schemes::list,
    "/api/v1/targets" => targets::list,
    "/api/v1/targets/{id}" => targets::one,
    "/api/v1/targets/{id}/people" => targets::people,
    "/api/v1/units" => units::list,
    "/api/v1/units/{code}" => units::one,
    "/api/v1/officials" => officials::list,
    "/api/v1/officials/{code}" => officials::one,
    "/api/v1/statistics/{table}" => statistics::one,
}

/// Every route under `/api`.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    endpoints()
        .route("/api/v1/{*unknown}", get(unknown))
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
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
        description = "Reads schemes, targets, units, officials and statistics. Every answer is limited to what the account may see. \
            Days are `yyyy-mm-dd`; lists are paged with an opaque `cursor`; faults are problem documents (RFC 9457)."
    ),
    paths(
        schemes::list,
        targets::list,
        targets::one,
        targets::people,
        units::list,
        units::one,
        officials::list,
        officials::one,
        statistics::one,
    ),
    tags(
        (name = "schemes", description = "Signed documents in force"),
        (name = "targets", description = "Promises, measured on a day"),
        (name = "units", description = "Units, true on a day"),
        (name = "officials", description = "People and their records"),
        (name = "statistics", description = "The six published tables, live"),
    ),
    modifiers(&Bearer),
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

    #[test]
    fn every_route_is_in_the_document_and_the_other_way_round() {
        let document = Document::openapi();
        let mut described: Vec<&str> = document.paths.paths.keys().map(String::as_str).collect();
        let mut routed = PATHS.to_vec();
        described.sort_unstable();
        routed.sort_unstable();
        assert_eq!(routed, described);
    }

    #[test]
    fn every_path_parameter_is_described() {
        let name = |p: &RefOr<Parameter>| if let RefOr::T(p) = p { Some(p.name.clone()) } else { None };
        for (path, item) in &Document::openapi().paths.paths {
            let described: Vec<String> = item.get.iter().flat_map(|o| o.parameters.iter().flatten()).filter_map(name).collect();
            for part in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
                assert!(described.iter().any(|name| name == part), "{part} of {path}");
            }
        }
    }
}
