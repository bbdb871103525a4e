//! Acts on real databases of both engines: the demonstration province, the life of a scheme, accounts, the audit, sessions, scopes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail loudly, as tests do")]

mod accounts;
mod attendance;
mod audit;
mod certificates;
mod class_papers;
mod classes;
mod commitments;
mod connect;
mod corrections;
mod demo;
mod directory;
mod exchange;
mod feeds;
mod gaps;
mod grades;
mod hall;
mod intake;
mod lists;
mod load;
mod map;
mod merge;
mod needs;
mod nominations;
mod notices;
mod papers;
mod plans;
mod programmes;
mod register;
mod reorganise;
mod retention;
mod reviews;
mod schemes;
mod sending;
mod sessions;
mod standards;
mod storm;
mod surveys;
mod takeout;
mod training_plans;
mod trainings;
mod undo;
mod world;
