//! What a file can tell of an official: the catalogue of `officials.json`, with what people write above such columns.
//! Not for: reading values (`workbooks`).

use std::fmt;
use std::sync::OnceLock;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use workbooks::{Choice, Field, Kind};

/// Years that a rating can be of.
const RATED: std::ops::RangeInclusive<i64> = 1990..=2100;

#[derive(Debug, Deserialize)]
struct Told {
    code: String,
    kind: FieldKind,
    names: Vec<String>,
    /// What an example row says, if anything.
    #[serde(default)]
    example: Option<String>,
    #[serde(default)]
    choices: InOrder,
}

/// What people write for each choice, in the order of the file.
#[derive(Debug, Default)]
struct InOrder(Vec<(String, Vec<String>)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = InOrder;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("choices with their names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(InOrder(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// What kind of value a field of the catalogue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text,
    /// A person's name.
    Name,
    /// A day, a month or a year.
    Date,
    /// A year alone.
    Year,
    /// One of a list.
    Choice,
    /// Yes or no.
    YesNo,
    /// A citizen's number.
    Citizen,
    /// A code kept as text.
    Key,
}

fn told() -> &'static [Told] {
    static TOLD: OnceLock<Vec<Told>> = OnceLock::new();
    // A test reads the file; in a program that passed it nothing can be wrong with it.
    TOLD.get_or_init(|| serde_json::from_str(include_str!("officials.json")).unwrap_or_default())
}

/// The catalogue, as workbooks are read by it.
pub(crate) fn catalogue() -> &'static [Field] {
    static FIELDS: OnceLock<Vec<Field>> = OnceLock::new();
    FIELDS.get_or_init(|| told().iter().map(field).collect())
}

fn field(told: &Told) -> Field {
    let names: Vec<&str> = told.names.iter().map(String::as_str).collect();
    let kind = match told.kind {
        FieldKind::Text => Kind::Text,
        FieldKind::Name => Kind::Name,
        FieldKind::Date => Kind::Date,
        FieldKind::Year => Kind::Integer { min: *RATED.start(), max: *RATED.end() },
        FieldKind::YesNo => Kind::YesNo,
        FieldKind::Citizen => Kind::CitizenNumber,
        FieldKind::Key => Kind::Key { digits: None },
        FieldKind::Choice => Kind::Code(told.choices.0.iter().map(|(code, names)| choice(code, names)).collect()),
    };
    Field::new(&told.code, &names, kind)
}

fn choice(code: &str, names: &[String]) -> Choice {
    Choice::new(code, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Codes of all fields, in the order of a record.
pub fn field_codes() -> impl Iterator<Item = &'static str> {
    told().iter().map(|told| told.code.as_str())
}

/// What kind of value a field holds.
#[must_use]
pub fn field_kind(code: &str) -> Option<FieldKind> {
    told().iter().find(|told| told.code == code).map(|told| told.kind)
}

/// The name that stands above a column of a field in files that are made here.
#[must_use]
pub fn first_name(code: &str) -> Option<&'static str> {
    told().iter().find(|told| told.code == code)?.names.first().map(String::as_str)
}

/// What an example row says of a field, if anything.
pub(crate) fn example(code: &str) -> Option<&'static str> {
    told().iter().find(|told| told.code == code)?.example.as_deref()
}

/// Fields that a new person cannot be written without; a unit's own file may leave the unit out.
pub(crate) const NEEDED: [&str; 6] = ["name", "birth", "sex", "unit", "post", "staff"];

/// The codes of a field's choices with the word that is written for each in files that are made here.
pub fn choices(code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let found = told().iter().find(|told| told.code == code);
    found.into_iter().flat_map(|told| &told.choices.0).filter_map(|(code, names)| Some((code.as_str(), names.first()?.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::{Band, Degree, Leadership, QualificationKind, Sex, StaffKind, StudyField};

    #[test]
    fn the_catalogue_can_be_read() {
        let read: Vec<Told> = serde_json::from_str(include_str!("officials.json")).unwrap();
        assert!(read.len() > 30 && read.iter().all(|told| !told.names.is_empty()));
        let choices = read.iter().filter(|told| told.kind == FieldKind::Choice);
        assert!(choices.map(|told| told.choices.0.len()).all(|n| n > 1));
    }

    #[test]
    fn every_choice_is_one_the_register_knows() {
        let known = |field: &str, code: &str| match field {
            "sex" => Sex::from_code(code).is_some(),
            "ethnicity" => code.parse::<i32>().is_ok_and(|n| domain::register::ETHNIC_GROUPS.contains(&n)),
            "staff" => StaffKind::from_code(code).is_some(),
            "leadership" => Leadership::from_code(code).is_some(),
            "degree" => Degree::from_code(code).is_some(),
            "field" => StudyField::from_code(code).is_some(),
            "rating" => Band::from_code(code).is_some(),
            "theory" => QualificationKind::PoliticalTheory.levels().contains(&code),
            "state" => QualificationKind::StateManagement.levels().contains(&code),
            "course" => QualificationKind::LeadershipCourse.levels().contains(&code),
            "defence" => QualificationKind::DefenceSecurity.levels().contains(&code),
            "language" => QualificationKind::Language.levels().contains(&code),
            "it" => QualificationKind::It.levels().contains(&code),
            _ => false,
        };
        for told in told().iter().filter(|told| told.kind == FieldKind::Choice) {
            for (code, _) in &told.choices.0 {
                assert!(known(&told.code, code), "{}: {code}", told.code);
            }
        }
        assert_eq!(told().iter().find(|told| told.code == "ethnicity").unwrap().choices.0.len(), 54);
    }
}
