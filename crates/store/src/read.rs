//! Read models: everything one page or report needs, in few queries, scoped.
//! Not for: changing anything.

pub mod accounts;
pub mod attendance;
pub mod audit;
pub mod certificates;
pub mod changes;
pub mod classes;
pub mod corrections;
pub mod directory;
pub mod duplicates;
pub mod gaps;
pub mod grades;
pub mod intake;
pub mod lists;
pub mod needs;
pub mod nominations;
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
