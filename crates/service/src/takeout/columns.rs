//! The columns of the people's sheet: every field of the catalogue, with its form, its list and its hint.
//! Not for: what stands in them (`person`).

use documents::{Chosen, Field, Look};
use domain::register::IdentityField;

use super::Words;
use super::lists::List;
use crate::intake::{FieldKind, Tells, choices, field_codes, field_kind, first_name, needed};

/// What numbers the rows; the importer takes a row that has it for a person, whatever else stands there.
const NUMBER: &str = "TT";
/// The name is told whole, and a time by its two days.
const LEFT_OUT: [&str; 3] = ["family", "given", "during"];
/// Lists of the register, from which people may also depart.
const OPEN_LISTS: [&str; 3] = ["unit", "post", "grade"];

/// Fields in the order of the columns behind the number of the row.
pub(super) fn fields(tells: Tells, masked: bool) -> Vec<&'static str> {
    let is_here = |code: &&str| !LEFT_OUT.contains(code) && (masked || !IdentityField::masks(code));
    field_codes(tells).filter(is_here).collect()
}

/// Whether a row cannot do without a field.
fn is_needed(tells: Tells, code: &str) -> bool {
    needed(tells).contains(&code)
}

/// The head of a column; a mark tells that it must be filled in.
pub(super) fn title(tells: Tells, code: &str) -> String {
    let name = first_name(code).unwrap_or(code);
    if is_needed(tells, code) { format!("{name} *") } else { name.to_owned() }
}

/// The titles of all columns.
pub(super) fn titles(tells: Tells, fields: &[&str]) -> Vec<String> {
    std::iter::once(NUMBER.to_owned()).chain(fields.iter().map(|code| title(tells, code))).collect()
}

/// The columns of a workbook with these lists.
pub(super) fn columns(tells: Tells, fields: &[&str], lists: &[List], words: Words<'_>) -> Vec<Field> {
    let number = Field::new(NUMBER, 7, Look::Number);
    std::iter::once(number).chain(fields.iter().map(|code| column(tells, code, lists, words))).collect()
}

fn column(tells: Tells, code: &str, lists: &[List], words: Words<'_>) -> Field {
    let mut field = Field::new(title(tells, code), width(code), look(code));
    field.needed = is_needed(tells, code);
    field.hint = Some(hint(tells, code, words));
    let is_told = |list: &String| lists.iter().any(|(name, ..)| name == list);
    field.chosen = list_name(code).filter(is_told).map(|list| {
        let strict = !OPEN_LISTS.contains(&code);
        Chosen { list, strict, wrong: words(if strict { "takeout-wrong" } else { "takeout-other" }) }
    });
    field
}

/// One line that says what a column holds.
pub(super) fn hint(tells: Tells, code: &str, words: Words<'_>) -> String {
    // A new person is given a code; a training finds its person by it.
    let whose = if tells == Tells::Training && code == "code" { "-whose" } else { "" };
    words(&format!("takeout-hint-{}{whose}", code.replace('_', "-")))
}

/// The name of the list that a column is chosen from.
pub(super) fn list_name(code: &str) -> Option<String> {
    let is_chosen = OPEN_LISTS.contains(&code) || choices(code).next().is_some() || field_kind(code) == Some(FieldKind::YesNo);
    is_chosen.then(|| format!("kv_{code}"))
}

fn look(code: &str) -> Look {
    match field_kind(code) {
        Some(FieldKind::Date) => Look::Day,
        Some(FieldKind::Year | FieldKind::Count) => Look::Number,
        _ => Look::Text,
    }
}

fn width(code: &str) -> u16 {
    match (code, field_kind(code)) {
        ("name" | "leadership" | "post" | "rating" | "degree_issuer" | "content" | "issuer", _) => 28,
        ("unit" | "title", _) => 40,
        (_, Some(FieldKind::Date)) => 13,
        ("sex" | "rating_year", _) | (_, Some(FieldKind::Count)) => 10,
        _ => 18,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_known_again_by_its_head() {
        for tells in [Tells::Officials, Tells::Training] {
            every_column(tells);
        }
    }

    fn every_column(tells: Tells) {
        let fields = fields(tells, true);
        let titles = titles(tells, &fields);
        let column = |(place, title): (usize, &String)| workbooks::table::Column {
            column: u16::try_from(place).unwrap(),
            parts: vec![title.clone()],
        };
        let columns: Vec<_> = titles.iter().enumerate().map(column).collect();
        let mapping = workbooks::Mapping::of(&columns, crate::intake::catalogue(tells));
        for (place, code) in fields.iter().enumerate() {
            let found = mapping.column(u16::try_from(place + 1).unwrap()).unwrap();
            assert_eq!((found.field.as_str(), found.sure), (*code, 100), "{}", titles[place + 1]);
        }
        assert_eq!(mapping.unmatched, [0], "only the number of the row is nothing");
    }
}
