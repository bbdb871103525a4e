//! Needs: listed and summed where the asker reads them, asked for by officials themselves, added by units, decided.
//! Not for: the answers of units to a review (`reviews`), or plans made of needs.

mod deciding;
mod reading;
mod wishing;

pub use deciding::{Decision, NeedRefusal, NeedView, approve_many, decide, one};
pub(crate) use reading::all;
pub use reading::{Ask, Consolidated, NeedsPage, Row, TopicSum, consolidated, list, mine, waiting};
pub(crate) use reading::{said_of, said_of_change, unnamed_changes_unless, unnamed_unless};
pub use store::read::needs::{ChangeLine, NeedLine, Sum};
pub use wishing::{Wish, add, ask};
pub(crate) use wishing::{made, topic_of};
