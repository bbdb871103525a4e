//! Files into the register: read, compared with what is known, shown before anything is written, carried in one operation, undone.
//! A file tells of officials, or of their trainings.
//! Not for: reading formats (`workbooks`), single changes by a form (`registry`).
//!
//! A file goes through five steps:
//!
//! 1. [`take`]: kept as it came, as a batch of a unit.
//! 2. `sheet`: opened; its table found, its columns matched to `fields`, as before if such a file was here before.
//! 3. `wish`: each row becomes what it says of a person, or faults with their cells.
//! 4. `judge`, `training`: compared with the register: new, changed, the same, or at fault by the rules that forms obey.
//! 5. [`carry`]: written in one transaction under one operation, all rows or the right ones.

mod batch;
mod carry;
mod entries;
mod exact;
mod fault;
mod fields;
mod jobs;
mod judge;
mod marked;
mod paper;
mod places;
mod plan;
mod rehearse;
mod report;
mod settings;
mod sheet;
mod training;
mod undo;
mod wish;

pub(crate) use batch::drop_file;
pub use batch::{Batch, MOST_BYTES, State, TakeRefusal, batch, batches, choose, forget, may_take, original, take};
pub use carry::{CarryRefusal, Policy, bring_in, carry};
pub(crate) use entries::{Change, Entry, Verdict, judged};
pub use fault::Fault;
#[cfg(test)]
pub(crate) use fields::catalogue;
pub use fields::{FieldKind, Tells, choices, field_codes, field_kind, first_name};
pub(crate) use fields::{example, needed};
pub(crate) use jobs::Jobs;
pub use jobs::{End, Running, Stage, Watch, Work, begin, cancel, ended, running};
pub use marked::{MarkWords, marked};
pub(crate) use paper::rank_of;
pub use places::unit_key;
pub use rehearse::{RehearseRefusal, rehearse};
pub use report::Column as SeenColumn;
pub use report::{Absent, Counts, Line, LineState, Report, SheetSeen};
pub use settings::{Chosen, Defaults, Mode, Settings, Taking};
pub(crate) use training::{Lesson, Taught, taught};
pub use training::{defaults as defaults_of_training, topics_of_training};
pub use undo::undo;
