//! How well a title fits a field, and the best division of columns among fields.
//! Not for: fields of other than the caller's catalogue.

use std::collections::BTreeSet;

use super::{Also, Mapping, Matched, Why};
use crate::fields::{Field, Need, Times, distance, key};
use crate::table::Column;

/// Below this a title says nothing about a field.
const LEAST: u8 = 60;

/// Words that people put in and leave out.
const FILLERS: [&str; 8] = ["va", "cua", "cac", "theo", "tai", "la", "the", "of"];

/// The fields with their names made ready for comparing.
pub(crate) struct Catalogue<'f> {
    fields: &'f [Field],
    names: Vec<Vec<Name>>,
}

/// A name of a field made ready for comparing, once for all titles.
struct Name {
    key: String,
    words: Vec<String>,
}

impl Name {
    fn new(name: &str) -> Self {
        let key = key(name);
        let words = words(&key);
        Self { key, words }
    }
}

struct Candidate {
    sure: u8,
    why: Why,
    field: usize,
    column: usize,
    choice: Option<String>,
    also: Option<Also>,
}

impl<'f> Catalogue<'f> {
    pub(crate) fn new(fields: &'f [Field]) -> Self {
        let names = fields.iter().map(|field| field.names.iter().map(|name| Name::new(name)).collect()).collect();
        Self { fields, names }
    }

    /// How well titles fit the catalogue: a required field counts more.
    pub(crate) fn score(&self, columns: &[Column]) -> u32 {
        let mapping = self.mapping(columns);
        let worth = |matched: &Matched| {
            let required = self.fields.iter().any(|field| field.code == matched.field && field.need == Need::Required);
            u32::from(matched.sure) * if required { 3 } else { 2 }
        };
        mapping.matched.iter().map(worth).sum()
    }

    pub(crate) fn mapping(&self, columns: &[Column]) -> Mapping {
        self.complete(Mapping { matched: Vec::new(), unmatched: Vec::new(), missing: Vec::new() }, columns, &BTreeSet::new())
    }

    /// Adds matches for columns that have none and are not to be left alone.
    pub(super) fn complete(&self, mut mapping: Mapping, columns: &[Column], left_alone: &BTreeSet<u16>) -> Mapping {
        let is_open = |column: &Column| mapping.column(column.column).is_none() && !left_alone.contains(&column.column);
        let mut candidates: Vec<Candidate> = Vec::new();
        for (place, column) in columns.iter().enumerate().filter(|(_, column)| is_open(column)) {
            candidates.extend(self.candidates(place, column));
        }
        candidates.sort_by_key(|candidate| (u8::MAX - candidate.sure, candidate.column, candidate.field));
        for candidate in candidates {
            let (Some(column), Some(field)) = (columns.get(candidate.column), self.fields.get(candidate.field)) else { continue };
            if mapping.column(column.column).is_some() || !is_free(&mapping, field, &candidate) {
                continue;
            }
            let Candidate { sure, why, choice, also, .. } = candidate;
            mapping.matched.push(Matched {
                column: column.column,
                title: column.title(),
                field: field.code.clone(),
                choice,
                also,
                sure,
                why,
            });
        }
        mapping.settle(columns, self.fields);
        mapping
    }

    fn candidates(&self, place: usize, column: &Column) -> Vec<Candidate> {
        let title = Title::new(column);
        let mut found = Vec::new();
        for (field, (known, names)) in self.fields.iter().zip(&self.names).enumerate() {
            let plain = names.iter().filter_map(|name| title.fits(name)).max_by_key(|(sure, _)| *sure);
            found.extend(plain.map(|(sure, why)| Candidate { sure, why, field, column: place, choice: None, also: None }));
            found.extend(self.below(&title, known, names).map(|(choice, also)| {
                let choice = choice.map(str::to_owned);
                Candidate { sure: 97, why: Why::ChoiceBelow, field, column: place, choice, also }
            }));
        }
        found
    }

    /// A heading that is a field over a choice: of the same field a column of marks, of another one a value for those it is true of.
    fn below<'c>(&'c self, title: &Title, field: &'c Field, names: &[Name]) -> Option<(Option<&'c str>, Option<Also>)> {
        let (upper, lower) = title.levels.as_ref()?;
        if !names.iter().any(|name| name.key == *upper) {
            return None;
        }
        if let Some(choice) = field.kind.choices().iter().find(|choice| choice.is_called(lower)) {
            return Some((Some(&choice.code), None));
        }
        let other = self.fields.iter().find_map(|other| {
            let choice = other.kind.choices().iter().find(|choice| choice.is_called(lower))?;
            Some(Also { field: other.code.clone(), choice: choice.code.clone() })
        })?;
        Some((None, Some(other)))
    }
}

/// Whether the field may take one more column: it is held by none, by many, or by marks for other choices.
fn is_free(mapping: &Mapping, field: &Field, candidate: &Candidate) -> bool {
    field.times == Times::Many
        || mapping.columns_of(&field.code).all(|held| {
            let other_choice = held.choice.is_some() && candidate.choice.is_some() && held.choice != candidate.choice;
            let other_also = held.also.is_some() && candidate.also.is_some() && held.also != candidate.also;
            other_choice || other_also
        })
}

/// A title made ready for comparing.
struct Title {
    whole: String,
    /// Without what stands in brackets.
    bare: String,
    /// All levels but the last, and the last.
    levels: Option<(String, String)>,
    words: Vec<String>,
}

impl Title {
    fn new(column: &Column) -> Self {
        let whole = key(&column.title());
        let bare = key(&without_remarks(&column.title()));
        let levels = column.parts.split_last().filter(|(_, upper)| !upper.is_empty());
        let levels = levels.map(|(lower, upper)| (key(&without_remarks(&upper.join(" "))), key(&without_remarks(lower))));
        let words = words(&bare);
        Self { whole, bare, levels, words }
    }

    fn fits(&self, name: &Name) -> Option<(u8, Why)> {
        let Name { key: name, words: name_words } = name;
        if self.whole.is_empty() || name.is_empty() {
            return None;
        }
        if self.whole == *name {
            return Some((100, Why::Same));
        }
        if self.bare == *name {
            return Some((98, Why::SameButRemark));
        }
        if same_words(&self.words, name_words) {
            return Some((92, Why::SameWords));
        }
        if self.levels.as_ref().is_some_and(|(_, lower)| lower == name) {
            return Some((88, Why::LowerLevel));
        }
        if self.is_typo_of(name_words) {
            return Some((80, Why::Typo));
        }
        part(&self.words, name_words).filter(|sure| *sure >= LEAST).map(|sure| (sure, Why::Part))
    }

    /// The same words in the same order, one letter wrong in one long word.
    fn is_typo_of(&self, name: &[String]) -> bool {
        let wrong: Vec<(&String, &String)> = self.words.iter().zip(name).filter(|(a, b)| a != b).collect();
        let is_near = |(a, b): &(&String, &String)| a.len().max(b.len()) >= 4 && a.len().min(b.len()) >= 3 && distance(a, b, 1) <= 1;
        self.words.len() == name.len() && name.len() >= 2 && wrong.len() == 1 && wrong.iter().all(is_near)
    }
}

fn words(key: &str) -> Vec<String> {
    key.split(' ').filter(|word| !word.is_empty() && !FILLERS.contains(word)).map(str::to_owned).collect()
}

fn same_words(a: &[String], b: &[String]) -> bool {
    let set = |words: &[String]| words.iter().cloned().collect::<BTreeSet<_>>();
    !a.is_empty() && a.len() == b.len() && a.iter().all(|word| b.contains(word)) && set(a) == set(b)
}

/// All words of one among those of the other: the more of them, the surer. A single word says too little in a long title.
fn part(title: &[String], name: &[String]) -> Option<u8> {
    let (few, many) = if title.len() < name.len() { (title, name) } else { (name, title) };
    if few.len() < 2 || !few.iter().all(|word| many.contains(word)) {
        return None;
    }
    let share = few.len() * 100 / many.len();
    // A title that says less than the name is a weaker sign than one that says more.
    let base = if title.len() < name.len() { 35 } else { 40 };
    u8::try_from(base + share * 45 / 100).ok()
}

fn without_remarks(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    // A title that is only a remark keeps it.
    if key(&kept).is_empty() { text.to_owned() } else { kept }
}
