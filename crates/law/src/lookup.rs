//! The law: all acts and parameters, loaded once, and the look-up by key, staff kind and governing date.
//! Not for: falling back. A day outside the known intervals is a refusal, never the nearest row.

use crate::acts::{Act, Citation, Evidence, Words};
use crate::explain::{Explained, Used};
use crate::governing::GoverningDate;
use crate::parameters::{Known, Parameter, Ruling};
use crate::reading;
use crate::refusal::{NoLaw, staff_words};
use crate::values::Value;
use domain::people::StaffKind;
use std::collections::BTreeMap;
use thiserror::Error;

/// A mistake in a law file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct LawError {
    /// File name inside `data`.
    pub file: &'static str,
    /// Line from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// All mistakes found in the law files.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} mistakes in the law files, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct LawErrors(pub Vec<LawError>);

/// A parameter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its title.
    pub title: &'a Words,
}

/// What a look-up found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// The ruling that holds on the day.
    pub ruling: &'a Ruling,
    /// Its value.
    pub value: &'a Value,
    /// How well the value is known.
    pub evidence: Evidence,
}

impl Found<'_> {
    /// A number, or 1 for something required; `None` when the act sets no such condition.
    pub(crate) fn number(&self) -> Result<Option<i64>, NoLaw> {
        match self.value {
            Value::Number(number) => Ok(Some(*number)),
            Value::Flag(true) => Ok(Some(1)),
            Value::Flag(false) | Value::NoCondition => Ok(None),
            _ => Err(NoLaw::UnknownParameter { key: self.parameter.key.clone() }),
        }
    }
}

/// The law as entered, validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    acts: BTreeMap<String, Act>,
    parameters: BTreeMap<String, Parameter>,
}

impl Law {
    /// Reads and checks the embedded files.
    ///
    /// # Errors
    /// Every mistake in the files, with file and line; none is expected in a released binary.
    pub fn load() -> Result<Self, LawErrors> {
        Self::read(reading::SOURCES, reading::PARAMETER_FILES)
    }

    /// Reads and checks other files of the same shape: `(name, text)` of the acts, and of each parameter file.
    ///
    /// # Errors
    /// Every mistake in the files, with file and line.
    pub fn read(sources: (&'static str, &str), files: &[(&'static str, &str)]) -> Result<Self, LawErrors> {
        let (acts, parameters) = reading::read(sources, files).map_err(LawErrors)?;
        Ok(Self { acts, parameters })
    }

    /// The value of a parameter for a kind of staff on its governing date, with its explanation.
    ///
    /// # Errors
    /// [`NoLaw`] when the files do not reach the case.
    pub fn lookup(&self, key: &str, staff: StaffKind, on: impl Into<GoverningDate>) -> Result<Explained<&Value>, NoLaw> {
        let found = self.find(key, staff, on.into())?;
        let used = self.used(found);
        let (who, interval, value) = (staff_words(staff), found.ruling.interval_words(), &used.value);
        let title = &found.parameter.title;
        let step = Words::new(
            format!("{}: {}, áp dụng cho {} {}.", title.vi, value.vi, who.vi, interval.vi),
            format!("{}: {}, for {} {}.", title.en, value.en, who.en, interval.en),
        );
        Ok(Explained { value: found.value, steps: vec![step], used: vec![used] })
    }

    /// The ruling that holds, with its parameter; a stated gap is refused.
    ///
    /// # Errors
    /// [`NoLaw`] when the files do not reach the case.
    pub fn find(&self, key: &str, staff: StaffKind, on: GoverningDate) -> Result<Found<'_>, NoLaw> {
        let parameter = self.parameter(key).ok_or_else(|| NoLaw::UnknownParameter { key: key.to_owned() })?;
        let key = || key.to_owned();
        if parameter.governed_by != on.kind {
            return Err(NoLaw::WrongGoverningDate { key: key(), needs: parameter.governed_by, given: on.kind });
        }
        let mut for_staff = parameter.rulings.iter().filter(|ruling| ruling.applies_to.contains(&staff)).peekable();
        if for_staff.peek().is_none() {
            return Err(NoLaw::NotForThisStaff { key: key(), staff });
        }
        let ruling =
            for_staff.find(|ruling| ruling.interval.contains(on.day)).ok_or_else(|| NoLaw::OutsideKnownLaw { key: key(), staff, on })?;
        match &ruling.known {
            Known::Is(value, evidence) => Ok(Found { parameter, ruling, value, evidence: *evidence }),
            Known::Absent(reason) => Err(NoLaw::Absent { key: key(), reason: reason.clone(), cites: ruling.cites.clone() }),
        }
    }

    /// A parameter by its key.
    #[must_use]
    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameters.get(key)
    }

    /// Every parameter, by key.
    pub fn all(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.values()
    }

    /// Keys and titles of every parameter, by key.
    #[must_use]
    pub fn parameters(&self) -> Vec<Listed<'_>> {
        self.all().map(|parameter| Listed { key: &parameter.key, title: &parameter.title }).collect()
    }

    /// An act by its id.
    #[must_use]
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.get(id)
    }

    /// Every act, by id.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.acts.values()
    }

    /// A citation in words: "điểm c khoản 1 Điều 6 Nghị định 101/2017/NĐ-CP".
    #[must_use]
    pub fn cited(&self, citation: &Citation) -> Words {
        let name = self.act(&citation.act).map_or_else(|| Words::new(&citation.act, &citation.act), Act::name);
        let place = citation.place();
        if citation.article.is_none() {
            return name;
        }
        Words::new(format!("{} {}", place.vi, name.vi), format!("{}, {}", name.en, place.en))
    }

    /// Everything that still rests on memory, one line each: the list that a person works off.
    #[must_use]
    pub fn unverified(&self) -> Vec<String> {
        let acts = self.acts().filter(|act| act.evidence.is_unverified()).map(|act| format!("act {} (dates)", act.id));
        let values = self.all().flat_map(|parameter| {
            parameter.rulings.iter().filter_map(|ruling| match &ruling.known {
                Known::Is(value, evidence) if evidence.is_unverified() => {
                    let staff: Vec<_> = ruling.applies_to.iter().map(|staff| staff.code()).collect();
                    Some(format!("{} {} {} = {value}", parameter.key, staff.join("+"), ruling.interval_code()))
                }
                _ => None,
            })
        });
        acts.chain(values).collect()
    }

    pub(crate) fn used(&self, found: Found<'_>) -> Used {
        let name = |code: &str| found.parameter.code_words(code).or_else(|| self.act(code).map(Act::name));
        Used {
            key: found.parameter.key.clone(),
            title: found.parameter.title.clone(),
            value: found.value.words(found.parameter.unit, name),
            cites: found.ruling.cites.clone(),
            evidence: found.evidence,
            note: found.ruling.note.clone(),
        }
    }
}
