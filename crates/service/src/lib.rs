//! One function per act: authorise, load, decide, save, audit. The only room that authorises; the web page, the API, the terminal and
//! jobs all call the same functions.
//! Not for: HTTP and HTML (`web`), SQL (`store`), rules (`domain`, `law`).

pub mod accounts;
pub mod attendance;
pub mod audit;
pub mod certificates;
pub mod classes;
pub mod commitments;
mod context;
pub mod demo;
pub mod directory;
pub mod documents;
mod error;
pub mod exchange;
pub mod feeds;
pub mod gaps;
pub mod grades;
pub mod intake;
mod kept;
mod lawbook;
pub mod needs;
pub mod nominations;
pub mod notices;
mod noting;
pub mod papers;
pub mod plans;
pub mod programmes;
pub mod progress;
pub mod registry;
pub mod reviews;
pub mod schemes;
pub mod search;
mod seating;
pub mod sessions;
pub mod standards;
pub mod statistics;
pub mod surveys;
pub mod takeout;
pub mod waits;
pub mod work;

pub use context::{Ctx, Services};
pub use error::{ActError, Never};
