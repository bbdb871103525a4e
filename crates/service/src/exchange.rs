//! Other machines: what changed since they asked last, writing with keys that make sending twice harmless, all or nothing.
//! Not for: HTTP and JSON answers (`web`); rules of people are those of files and forms (`intake`, `registry`).

mod catalogue;
mod changes;
mod keys;
mod plan;
mod undo;
mod units;
mod write;

pub use changes::{Changed, ChangedState, Changes, ChangesRefusal, Since, WithPlace, changed_officials, changed_posts, changed_units, start};
pub use keys::{FORGET_MS, GIVE_UP_MS, Receipt, claim, release};
pub use store::write::exchange::{Answer, Claim, Standing};
pub use undo::undo;
pub use units::{AliasFaults, AliasWish, set_aliases};
pub use write::{Ask, Done, MOST_OPERATIONS, Matching, OpDone, OpState, Subject, Upsert, WriteRefusal, official_tag, post_tag, unit_tag, write};
