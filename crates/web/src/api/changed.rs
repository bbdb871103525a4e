//! `changed-since`: moments as opaque text, and what changed since one.
//! Not for: what a change is (`service::exchange`).

use serde::Serialize;
use service::exchange::{Changed, Changes, Since};
use utoipa::ToSchema;

use super::asked::Asked;
use super::cursor::{hex, unhex};
use super::problem::Fault;

/// A moment as it travels.
pub(super) fn of_since(since: &Since) -> String {
    let (change, day, turned, until) = (since.change, since.day, since.turned, since.until);
    hex(&[&change.to_be_bytes()[..], &day.to_be_bytes(), &turned.to_be_bytes(), &until.to_be_bytes()].concat())
}

/// The moment of a text.
pub(super) fn since(text: &str) -> Option<Since> {
    let bytes = unhex(text)?;
    let (change, rest) = bytes.split_first_chunk::<8>()?;
    let (day, rest) = rest.split_first_chunk::<4>()?;
    let (turned, rest) = rest.split_first_chunk::<8>()?;
    let until: [u8; 4] = rest.try_into().ok()?;
    let (change, turned) = (i64::from_be_bytes(*change), i64::from_be_bytes(*turned));
    Some(Since { change, day: i32::from_be_bytes(*day), turned, until: i32::from_be_bytes(until) })
}

/// The moment that is asked for, if one is; then nothing else may be asked but how many.
pub(super) fn asked(asked: &Asked) -> Result<Option<Since>, Fault> {
    let Some(text) = asked.text("changed-since") else { return Ok(None) };
    asked.only(&["changed-since", "limit"])?;
    since(text).map(Some).ok_or_else(|| Fault::parameter("changed-since", "is no `next_since` that was given"))
}

/// Something that changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Change<T> {
    /// `present`, `planned` (is to begin), `ended` (an official who works nowhere; a unit or post that is over), `merged` (the record
    /// became part of another one), `gone` (not there any more, or not for this account: forget it).
    state: String,
    /// Its code; a post may have none.
    code: Option<String>,
    /// Codes it had before.
    was: Vec<String>,
    /// Codes of what it became part of.
    into: Vec<String>,
    /// The thing as it is today; null when it is merged or gone.
    item: Option<T>,
}

/// What changed since a moment. A thing may be told more than once, never not at all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangePage<T> {
    /// In the order in which they happened.
    changes: Vec<Change<T>>,
    /// Give it as `changed-since` next time.
    next_since: String,
    /// Whether there is more already.
    more: bool,
}

/// What changed, as it is answered.
pub(super) fn page<T, B>(changes: Changes<T>, body: impl Fn(&str, T) -> B) -> ChangePage<B> {
    let one = |changed: Changed<T>| Change {
        state: changed.state.code().to_owned(),
        item: changed.line.map(|line| body(changed.code.as_deref().unwrap_or_default(), line)),
        code: changed.code,
        was: changed.was,
        into: changed.into,
    };
    ChangePage { next_since: of_since(&changes.next), more: changes.more, changes: changes.items.into_iter().map(one).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_back_as_they_went() {
        let moment = Since { change: 70_001, day: 20_261_122, turned: 12, until: 20_261_125 };
        assert_eq!(since(&of_since(&moment)), Some(moment));
        for broken in ["", "00", "zz", "2026-11-22", &"0".repeat(42)] {
            assert_eq!(since(broken), None, "{broken}");
        }
    }
}
