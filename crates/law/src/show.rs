//! One parameter for one kind of staff on one day, ready to print: value, interval, acts, evidence, or the refusal.
//! Not for: layout and choosing the language; and for deciding cases, where the caller names the governing date itself.

use crate::acts::{Act, Citation, Evidence, Words};
use crate::governing::GoverningDate;
use crate::lookup::{Found, Law};
use crate::refusal::NoLaw;
use domain::people::StaffKind;
use domain::time::{Date, Interval};

/// A citation ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCitation {
    /// Short form: `nd-101-2017#6.1.c`.
    pub code: String,
    /// Article and act: "điểm c khoản 1 Điều 6 Nghị định 101/2017/NĐ-CP".
    pub place: Words,
    /// What the act is about.
    pub act_title: Words,
}

/// A value ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownValue {
    /// The parameter.
    pub key: String,
    /// Its title.
    pub title: Words,
    /// Which date governs it.
    pub governed_by: Words,
    /// The value with its unit.
    pub value: Words,
    /// Days on which it holds.
    pub interval: Interval,
    /// The same in words.
    pub interval_words: Words,
    /// Where it comes from.
    pub cites: Vec<ShownCitation>,
    /// How well it is known.
    pub evidence: Evidence,
    /// What to keep in mind.
    pub note: Option<Words>,
    /// The way from the question to the value.
    pub steps: Vec<Words>,
}

/// A refusal ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRefusal {
    /// The parameter asked for.
    pub key: String,
    /// Its title, when it exists.
    pub title: Option<Words>,
    /// The stable code.
    pub code: &'static str,
    /// The reason.
    pub reason: Words,
    /// What to do.
    pub way_out: Words,
    /// What was looked at.
    pub cites: Vec<ShownCitation>,
}

/// The answer to a question about a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It has a value.
    Value(Box<ShownValue>),
    /// It has none, and why.
    Refusal(Box<ShownRefusal>),
}

/// Looks a parameter up on a day taken as the date that governs it, and makes the answer ready to print.
#[must_use]
pub fn show(law: &Law, key: &str, staff: StaffKind, on: Date) -> Shown {
    let found = law.parameter(key).ok_or_else(|| NoLaw::UnknownParameter { key: key.to_owned() });
    let found = found.and_then(|parameter| law.find(key, staff, GoverningDate { kind: parameter.governed_by, day: on }));
    let shown = found.and_then(|found| value(law, found, staff, on));
    match shown {
        Ok(shown) => Shown::Value(Box::new(shown)),
        Err(no_law) => Shown::Refusal(Box::new(refusal(law, &no_law))),
    }
}

fn value(law: &Law, found: Found<'_>, staff: StaffKind, day: Date) -> Result<ShownValue, NoLaw> {
    let Found { parameter, ruling, evidence, .. } = found;
    let explained = law.lookup(&parameter.key, staff, GoverningDate { kind: parameter.governed_by, day })?;
    Ok(ShownValue {
        key: parameter.key.clone(),
        title: parameter.title.clone(),
        governed_by: parameter.governed_by.words(),
        value: law.used(found).value,
        interval: ruling.interval,
        interval_words: ruling.interval_words(),
        cites: citations(law, &ruling.cites),
        evidence,
        note: ruling.note.clone(),
        steps: explained.steps,
    })
}

fn refusal(law: &Law, no_law: &NoLaw) -> ShownRefusal {
    ShownRefusal {
        key: no_law.key().to_owned(),
        title: law.parameter(no_law.key()).map(|parameter| parameter.title.clone()),
        code: no_law.code(),
        reason: no_law.words(),
        way_out: no_law.way_out(),
        cites: citations(law, no_law.cites()),
    }
}

fn citations(law: &Law, cites: &[Citation]) -> Vec<ShownCitation> {
    let title = |cite: &Citation| law.act(&cite.act).map_or_else(|| Words::new("", ""), |act: &Act| act.title.clone());
    cites.iter().map(|cite| ShownCitation { code: cite.to_string(), place: law.cited(cite), act_title: title(cite) }).collect()
}
