//! A mapping in a small stable form, for the caller to keep beside the source of the files.
//! Not for: deciding when it applies; the caller looks it up by source and fingerprint.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Also, Catalogue, Mapping, Matched, Why, fingerprint};
use crate::fields::{Field, key};
use crate::table::Column;

/// The form that is written now.
const VERSION: u8 = 1;

/// A mapping by titles, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The form; an unknown one is refused.
    pub version: u8,
    /// The fingerprint of the header it was made for.
    pub fingerprint: String,
    /// The columns from the left, those without a field too.
    pub columns: Vec<SavedColumn>,
}

/// A column as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedColumn {
    /// The title, as it is compared.
    pub title: String,
    /// The code of the field; absent for a column that holds none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The choice that a mark means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// A second field and its choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<(String, String)>,
}

/// The text is no saved mapping, or one of a later program.
#[derive(Debug, Error)]
pub enum NotSaved {
    /// Not the form.
    #[error("the text is no saved mapping")]
    Unreadable(#[from] serde_json::Error),
    /// A form this program does not know.
    #[error("the mapping has the form {0}, known is {VERSION}")]
    Version(u8),
}

impl Saved {
    /// What is to be kept of a mapping.
    #[must_use]
    pub fn of(mapping: &Mapping, columns: &[Column]) -> Self {
        let saved = columns.iter().filter(|column| !column.parts.is_empty()).map(|column| {
            let matched = mapping.column(column.column);
            SavedColumn {
                title: key(&column.title()),
                field: matched.map(|matched| matched.field.clone()),
                choice: matched.and_then(|matched| matched.choice.clone()),
                also: matched.and_then(|matched| matched.also.clone()).map(|also| (also.field, also.choice)),
            }
        });
        Self { version: VERSION, fingerprint: fingerprint(columns), columns: saved.collect() }
    }

    /// One line of JSON; the same mapping is the same text.
    ///
    /// # Errors
    /// Never in truth: every part has a form in JSON.
    pub fn to_json(&self) -> Result<String, NotSaved> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads what [`Saved::to_json`] wrote.
    ///
    /// # Errors
    /// [`NotSaved`] for another text, or the form of a later program.
    pub fn from_json(text: &str) -> Result<Self, NotSaved> {
        let saved: Self = serde_json::from_str(text)?;
        if saved.version == VERSION { Ok(saved) } else { Err(NotSaved::Version(saved.version)) }
    }

    /// Whether the header is the one it was made for.
    #[must_use]
    pub fn is_for(&self, columns: &[Column]) -> bool {
        self.fingerprint == fingerprint(columns)
    }

    /// The mapping for a header, which may have its columns in another order, or more or fewer of them: known titles as remembered, the
    /// others as if for the first time. A field or choice that the catalogue has no more is left out.
    #[must_use]
    pub fn apply(&self, columns: &[Column], fields: &[Field]) -> Mapping {
        let mut known: BTreeMap<&str, Vec<&SavedColumn>> = BTreeMap::new();
        for saved in self.columns.iter().rev() {
            known.entry(&saved.title).or_default().push(saved);
        }
        let (mut matched, mut left_alone) = (Vec::new(), BTreeSet::new());
        for column in columns.iter().filter(|column| !column.parts.is_empty()) {
            // Of columns under the same title the first is for the first.
            let Some(saved) = known.get_mut(key(&column.title()).as_str()).and_then(Vec::pop) else { continue };
            if saved.field.is_none() {
                left_alone.insert(column.column);
            }
            matched.extend(saved.remembered(column, fields));
        }
        let begun = Mapping { matched, unmatched: Vec::new(), missing: Vec::new() };
        Catalogue::new(fields).complete(begun, columns, &left_alone)
    }
}

impl SavedColumn {
    fn remembered(&self, column: &Column, fields: &[Field]) -> Option<Matched> {
        let field = fields.iter().find(|field| Some(&field.code) == self.field.as_ref())?;
        let has_choice = |field: &Field, code: &str| field.kind.choices().iter().any(|choice| choice.code == code);
        if self.choice.as_ref().is_some_and(|code| !has_choice(field, code)) {
            return None;
        }
        let also =
            self.also.as_ref().filter(|(other, choice)| fields.iter().any(|field| field.code == *other && has_choice(field, choice)));
        let also = also.map(|(field, choice)| Also { field: field.clone(), choice: choice.clone() });
        let (title, field, choice) = (column.title(), field.code.clone(), self.choice.clone());
        Some(Matched { column: column.column, title, field, choice, also, sure: 100, why: Why::Remembered })
    }
}
