//! Text and names of persons.
//! Not for: telling persons apart.

use super::{ProblemCode, Reading, Repair, Value};
use crate::book::Cell;

pub(super) fn text(cell: &Cell<'_>, text: String) -> Reading {
    match cell {
        Cell::Text(_) => Reading::plain(Value::Text(text)),
        _ => Reading::repaired(Value::Text(text), Repair::TextAsNumber),
    }
}

pub(super) fn name(cell: &Cell<'_>, text: &str) -> Result<Reading, ProblemCode> {
    let is_part = |c: char| c.is_alphabetic() || " '’`-.(),/\"“”".contains(c);
    if !matches!(cell, Cell::Text(_)) || !text.chars().all(is_part) || !text.chars().any(char::is_alphabetic) {
        return Err(ProblemCode::NotAName);
    }
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_mixed = letters().any(char::is_lowercase) && letters().any(char::is_uppercase);
    // A name through an old font has small letters where capitals have no sign: `ánh Tuyết`.
    let starts_small = text.split(' ').any(|word| word.chars().next().is_some_and(|first| first.is_lowercase() && !first.is_ascii()));
    let repaired = title_case(text);
    if (is_mixed && !starts_small) || repaired == text {
        return Ok(Reading::plain(Value::Text(text.to_owned())));
    }
    Ok(Reading::repaired(Value::Text(repaired), Repair::Case))
}

/// Each word with one capital; a part behind an apostrophe or a hyphen is a word of its own: `K'Brơi`.
fn title_case(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins {
            titled.extend(c.to_uppercase());
        } else {
            titled.extend(c.to_lowercase());
        }
        begins = !c.is_alphabetic();
    }
    titled
}
