//! Trainings of officials, a row or an entry each: what it says, whose it is, compared with what is known.
//! Not for: officials themselves (`judge`), writing (`carry`, `exchange`).
//!
//! A training is known again by its person, its first day and its name, or its content where it has no name (`desk`); so a list that
//! comes twice changes nothing. What a weaker source says differently is told and not written (`Source::outranks`).

mod desk;
mod plan;
mod told;
mod topics;
mod wish;

pub(super) use desk::Desk;
pub(super) use plan::{missing, take};
pub(crate) use told::{Lesson, Taught, taught};
pub(crate) use topics::Topics;
pub use topics::topics_of_training;
pub(super) use wish::Learning;
pub use wish::defaults;
