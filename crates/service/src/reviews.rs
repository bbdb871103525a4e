//! Reviews of who needs what: opened for units with lists filled from gaps, answered by units, approved by their heads, gathered upward.
//! Not for: needs outside of a review and their sums (`needs`).

mod answering;
mod campaign;
mod filling;
mod rights;
mod steps;

pub use answering::{AnswerRefusal, AnswerView, Difference, Judgement, LinesPage, add, answer, confirm_all, judge, lines, set_answers};
pub use campaign::{Draft, Notice, ReviewRefusal, ReviewView, advance, askable, list, notice, one, open, save};
pub(crate) use rights::{Proof, at_unit, why};
pub use rights::{Rights, Runs};
pub use steps::{Said, StepRefusal, going, going_count, remind_late, take};
pub use store::read::needs::AnswerGroup;
pub use store::read::reviews::{AnswerLine, Chosen, EventLine, ReviewLine};
