//! One of a list, and yes or no.
//! Not for: marks in columns of choices; `record` reads those.

use super::{ProblemCode, Reading, Repair, Value};
use crate::book::Cell;
use crate::fields::{Choice, distance, key};

/// So many choices are suggested at most.
const SUGGESTED: usize = 3;

pub(super) fn choice(text: &str, choices: &[Choice]) -> Result<Reading, ProblemCode> {
    let wanted = key(text);
    if let Some(choice) = choices.iter().find(|choice| choice.is_called(&wanted)) {
        return Ok(Reading::plain(Value::Code(choice.code.clone())));
    }
    // A remark in brackets is none of the choice.
    let bare = text.split(['(', '[']).next().map(key).unwrap_or_default();
    if let Some(choice) = choices.iter().find(|choice| !bare.is_empty() && choice.is_called(&bare)) {
        return Ok(Reading::plain(Value::Code(choice.code.clone())));
    }
    let near = near(&wanted, choices);
    match near.as_slice() {
        // One wrong letter in a long word, and nothing else is written alike.
        [(1, only)] if wanted.chars().count() >= 6 && is_misspelt(&wanted, only) => {
            Ok(Reading::repaired(Value::Code(only.code.clone()), Repair::Spelling))
        }
        _ => Err(ProblemCode::UnknownChoice { near: near.iter().take(SUGGESTED).map(|(_, choice)| choice.code.clone()).collect() }),
    }
}

/// Whether one wrong letter is all that parts a text from a choice; a part of it, such as `hoa` of `sao hoa`, only suggests it.
fn is_misspelt(wanted: &str, choice: &Choice) -> bool {
    choice.keys().iter().any(|name| distance(wanted, name, 1) == 1)
}

/// Choices written alike, the nearest first: few wrong letters, or the one's words among the other's.
fn near<'c>(wanted: &str, choices: &'c [Choice]) -> Vec<(usize, &'c Choice)> {
    let most = (wanted.chars().count() / 4).max(1);
    let far = |name: &String| {
        let letters = distance(wanted, name, most);
        let holds = |long: &str, short: &str| short.len() >= 3 && format!(" {long} ").contains(&format!(" {short} "));
        let part = holds(wanted, name) || holds(name, wanted);
        if part { letters.min(most) } else { letters }
    };
    let mut near: Vec<(usize, &Choice)> = choices
        .iter()
        .filter_map(|choice| Some((choice.keys().iter().map(far).min()?, choice)))
        .filter(|(letters, _)| *letters <= most)
        .collect();
    near.sort_by_key(|(letters, _)| *letters);
    near
}

const YES: [&str; 10] = ["x", "co", "yes", "y", "1", "true", "dung", "da", "v", "roi"];
const NO: [&str; 9] = ["khong", "0", "no", "n", "false", "chua", "sai", "khong co", "ko"];

pub(super) fn yes_no(cell: &Cell<'_>, text: &str) -> Result<Reading, ProblemCode> {
    if let Cell::Bool(value) = cell {
        return Ok(Reading::plain(Value::YesNo(*value)));
    }
    if is_mark(cell, text) {
        return Ok(Reading::plain(Value::YesNo(true)));
    }
    if NO.contains(&key(text).as_str()) { Ok(Reading::plain(Value::YesNo(false))) } else { Err(ProblemCode::NotYesNo) }
}

/// Whether a cell is a mark that says yes.
pub(super) fn is_mark(cell: &Cell<'_>, text: &str) -> bool {
    matches!(cell, Cell::Bool(true)) || text.chars().all(|c| "✓✔☑✗✘☒+×√".contains(c)) || YES.contains(&key(text).as_str())
}

/// Whether a cell of a column of marks says no.
pub(super) fn is_no_mark(cell: &Cell<'_>, text: &str) -> bool {
    matches!(cell, Cell::Bool(false)) || NO.contains(&key(text).as_str())
}
