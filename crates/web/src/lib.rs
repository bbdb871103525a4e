//! The web pages and the API: routes, sessions, forms, templates. The only room that knows HTTP and HTML.
//! Not for: rules and rights (`service`, `domain`), SQL (`store`), reading the clock (`app`).

mod account;
mod admin;
mod api;
mod asked;
mod attendance;
mod audit;
mod certificates;
mod classes;
mod commitments;
mod download;
mod drawing;
mod errors;
mod explain;
mod feeds;
mod form;
mod format;
mod gaps;
mod grades;
#[cfg(test)]
mod guarded;
mod home;
mod i18n;
mod icons;
pub mod intake;
mod layers;
pub mod letters;
mod login;
mod nav;
mod needs;
mod notices;
mod papers;
mod people;
mod place;
mod plans;
mod posts;
mod preferences;
mod procedures;
mod programmes;
#[cfg(test)]
mod proofs;
mod quality;
mod questions;
mod reviews;
mod routes;
mod schemes;
mod scim;
mod search;
mod session;
mod shell;
mod spots;
mod standards;
mod statics;
mod statistics;
mod surveys;
pub mod takeout;
mod targets;
mod units;
mod visitor;
mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::roles::Who;
use domain::time::Instant;
use service::{Ctx, Services};

pub use papers::files::paper_fonts;
pub use routes::router;

/// What every request is given.
#[derive(Clone)]
pub struct AppState {
    /// The acts and what they need.
    pub services: Arc<Services>,
    /// The clock; only `app` reads the real one.
    pub clock: Arc<dyn Fn() -> Instant + Send + Sync>,
    /// A demonstration: the sign-in page offers one account per role.
    pub demo: bool,
    /// Name of the province, for headers and prints.
    pub province: String,
    /// Cookies only over HTTPS.
    pub secure_cookies: bool,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppState").field("demo", &self.demo).field("province", &self.province).finish_non_exhaustive()
    }
}

impl AppState {
    /// What an act is given for a request of this person now.
    pub(crate) fn ctx(&self, who: Option<Who>, operation: String) -> Ctx {
        let now = (self.clock)();
        Ctx { now, today: domain::time::day_of(now), who, operation, facts: None }
    }
}

/// The id of the request being answered, or a fresh one outside of a request.
pub(crate) fn operation(state: &AppState) -> String {
    layers::current_operation().unwrap_or_else(|| fresh_operation(state))
}

/// An id that no other request of this process has.
pub(crate) fn fresh_operation(state: &AppState) -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let place = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{place:x}", (state.clock)().0)
}
