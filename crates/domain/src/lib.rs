//! The types and rules of the business, in reading order: a signed plan becomes a scheme, a scheme's targets are measured
//! against officials, units and their training, and every figure is judged and explained.
//! Not for: databases, HTTP, files, the clock or serialisation; whoever needs those translates at its own boundary.
#![warn(missing_docs)]

pub mod attendance;
pub mod certificates;
pub mod classes;
pub mod codes;
pub mod feeds;
pub mod geography;
pub mod ids;
pub mod lists;
pub mod needs;
pub mod nominations;
pub mod notices;
pub mod orgs;
pub mod papers;
pub mod people;
pub mod plans;
pub mod printed;
pub mod programmes;
pub mod progress;
pub mod questions;
pub mod quotas;
pub mod register;
pub mod results;
pub mod reviews;
pub mod roles;
pub mod schemes;
pub mod standards;
pub mod statistics;
pub mod surveys;
pub mod text;
pub mod time;
pub mod training;
