//! Read models: everything one page or report needs, in few queries, scoped.
//! Not for: changing anything.

pub mod accounts;
pub mod audit;
pub mod changes;
pub mod classes;
pub mod commitments;
pub mod corrections;
pub mod directory;
pub mod duplicates;
pub mod feeds;
pub mod gaps;
pub mod intake;
pub mod lists;
pub mod needs;
pub mod nominations;
pub mod notices;
pub mod papers;
pub mod people;
mod place;
pub mod plans;
pub mod posts;
pub mod programmes;
pub mod progress;
pub mod quotas;
pub mod register;
pub mod reorganise;
pub mod retention;
pub mod reviews;
pub mod schemes;
pub mod search;
pub mod standards;
pub mod statistics;
pub mod surveys;
pub mod takeout;
pub mod units;
