//! What a file can tell of an official (`officials.json`) or of a training (`training.json`), with what people write above such columns.
//! A code means the same in both.
//! Not for: reading values (`workbooks`).

use std::fmt;
use std::sync::OnceLock;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use workbooks::{Choice, Field, Kind};

/// Years that a rating can be of.
const RATED: std::ops::RangeInclusive<i64> = 1990..=2100;
/// Days or periods that a training can have.
pub(super) const COUNTED: std::ops::RangeInclusive<i64> = 1..=9_999;

/// What a file tells of, a row each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tells {
    /// Officials.
    #[default]
    Officials,
    /// Trainings of officials.
    Training,
}

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
    /// The field of officials whose choices these are.
    #[serde(default)]
    choices_of: Option<String>,
    /// Named in accounts of changes, never a column.
    #[serde(default)]
    hidden: bool,
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
    /// A number of days or periods.
    Count,
}

fn officials() -> &'static [Told] {
    static TOLD: OnceLock<Vec<Told>> = OnceLock::new();
    // A test reads the file; in a program that passed it nothing can be wrong with it.
    TOLD.get_or_init(|| serde_json::from_str(include_str!("officials.json")).unwrap_or_default())
}

fn trainings() -> &'static [Told] {
    static TOLD: OnceLock<Vec<Told>> = OnceLock::new();
    TOLD.get_or_init(|| serde_json::from_str(include_str!("training.json")).unwrap_or_default())
}

/// By what a row of training says whose it is.
const WHOSE: [&str; 6] = ["code", "name", "family", "given", "birth", "citizen_number"];

/// The fields of a kind of files, in the order of their columns.
fn told(tells: Tells) -> impl Iterator<Item = &'static Told> {
    let whose = move |told: &&Told| tells == Tells::Officials || WHOSE.contains(&told.code.as_str());
    let trainings = trainings().iter().filter(move |told| tells == Tells::Training && !told.hidden);
    officials().iter().filter(whose).chain(trainings)
}

fn named(code: &str) -> Option<&'static Told> {
    officials().iter().chain(trainings()).find(|told| told.code == code)
}

/// The catalogue of a kind of files, as workbooks are read by it.
pub(crate) fn catalogue(tells: Tells) -> &'static [Field] {
    static OFFICIALS: OnceLock<Vec<Field>> = OnceLock::new();
    static TRAINING: OnceLock<Vec<Field>> = OnceLock::new();
    let kept = match tells {
        Tells::Officials => &OFFICIALS,
        Tells::Training => &TRAINING,
    };
    kept.get_or_init(|| told(tells).map(field).collect())
}

fn field(told: &'static Told) -> Field {
    let names: Vec<&str> = told.names.iter().map(String::as_str).collect();
    let kind = match told.kind {
        FieldKind::Text => Kind::Text,
        FieldKind::Name => Kind::Name,
        FieldKind::Date => Kind::Date,
        FieldKind::Year => Kind::Integer { min: *RATED.start(), max: *RATED.end() },
        FieldKind::YesNo => Kind::YesNo,
        FieldKind::Citizen => Kind::CitizenNumber,
        FieldKind::Key => Kind::Key { digits: None },
        FieldKind::Count => Kind::Integer { min: *COUNTED.start(), max: *COUNTED.end() },
        FieldKind::Choice => Kind::Code(choices_of(told).iter().map(|(code, names)| choice(code, names)).collect()),
    };
    Field::new(&told.code, &names, kind)
}

fn choices_of(told: &'static Told) -> &'static [(String, Vec<String>)] {
    let other = told.choices_of.as_deref().and_then(named);
    other.map_or(told.choices.0.as_slice(), |other| other.choices.0.as_slice())
}

fn choice(code: &str, names: &[String]) -> Choice {
    Choice::new(code, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Codes of the fields of a kind of files, in the order of their columns.
pub fn field_codes(tells: Tells) -> impl Iterator<Item = &'static str> {
    told(tells).map(|told| told.code.as_str())
}

/// What kind of value a field holds.
#[must_use]
pub fn field_kind(code: &str) -> Option<FieldKind> {
    named(code).map(|told| told.kind)
}

/// The name that stands above a column of a field in files that are made here.
#[must_use]
pub fn first_name(code: &str) -> Option<&'static str> {
    named(code)?.names.first().map(String::as_str)
}

/// What an example row says of a field, if anything.
pub(crate) fn example(code: &str) -> Option<&'static str> {
    named(code)?.example.as_deref()
}

/// Fields that a new row cannot be written without; a unit's own file may leave the unit out.
pub(crate) const fn needed(tells: Tells) -> &'static [&'static str] {
    match tells {
        Tells::Officials => &["name", "birth", "sex", "unit", "post", "staff"],
        Tells::Training => &["content", "starts", "days"],
    }
}

/// The codes of a field's choices with the word that is written for each in files that are made here.
pub fn choices(code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let found = named(code);
    found.into_iter().flat_map(|told| choices_of(told)).filter_map(|(code, names)| Some((code.as_str(), names.first()?.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::{Band, Degree, Leadership, QualificationKind, Sex, StaffKind, StudyField};
    use domain::register::Source;
    use domain::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};

    #[test]
    fn the_catalogues_can_be_read() {
        let read = |text: &str| serde_json::from_str::<Vec<Told>>(text).unwrap();
        let (officials, trainings) = (read(include_str!("officials.json")), read(include_str!("training.json")));
        assert!(officials.len() > 30 && trainings.len() > 15);
        for told in officials.iter().chain(&trainings) {
            assert!(!told.names.is_empty(), "{}", told.code);
            assert!(told.kind != FieldKind::Choice || choices(&told.code).count() > 1, "{}", told.code);
        }
        let codes: std::collections::BTreeSet<&str> = officials.iter().chain(&trainings).map(|told| told.code.as_str()).collect();
        assert_eq!(codes.len(), officials.len() + trainings.len(), "a code means the same in both");
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
            "awarded" => Degree::from_code(code).is_some(),
            "study" => StudyField::from_code(code).is_some(),
            "training" => TrainingKind::from_code(code).is_some(),
            "content" => ContentGroup::from_code(code).is_some(),
            "programme" => Programme::from_code(code).is_some(),
            "form" => ClassForm::from_code(code).is_some(),
            "mode" => Mode::from_code(code).is_some(),
            "place" => ["domestic", "abroad"].contains(&code),
            "outcome" => Outcome::from_code(code).is_some(),
            "source" => Source::from_code(code).is_some(),
            _ => false,
        };
        for told in officials().iter().chain(trainings()).filter(|told| told.kind == FieldKind::Choice) {
            for (code, _) in choices(&told.code) {
                assert!(known(&told.code, code), "{}: {code}", told.code);
            }
        }
        let all = |field: &str| choices(field).count();
        assert_eq!((all("ethnicity"), all("content"), all("outcome")), (54, ContentGroup::ALL.len(), Outcome::ALL.len()));
    }
}
