//! The working sheet of a formula: looks parameters up for one case and keeps the steps and parameters for the explanation.
//! Not for: callers outside the crate; they get the finished [`Explained`].

use crate::acts::{Citation, Evidence, Words};
use crate::explain::{Explained, Used};
use crate::governing::{GoverningDate, SendingDate};
use crate::lookup::{Found, Law};
use crate::refusal::{NoLaw, staff_words};
use crate::values::Value;
use domain::people::StaffKind;

pub(crate) struct Working<'a> {
    law: &'a Law,
    staff: StaffKind,
    on: GoverningDate,
    steps: Vec<Words>,
    used: Vec<Used>,
}

/// A number of the law with where it comes from.
pub(crate) struct Rule {
    pub(crate) number: i64,
    pub(crate) cites: Vec<Citation>,
    pub(crate) evidence: Evidence,
}

impl<'a> Working<'a> {
    /// Starts with the sentence that says which day and which kind of staff the case is judged by.
    pub(crate) fn new(law: &'a Law, staff: StaffKind, sent_on: SendingDate) -> Self {
        let on = GoverningDate::from(sent_on);
        let (day, who) = (on.words(), staff_words(staff));
        let first = Words::new(format!("Xét theo {} cho {}.", day.vi, who.vi), format!("Judged by the {} for {}.", day.en, who.en));
        Self { law, staff, on, steps: vec![first], used: Vec::new() }
    }

    pub(crate) const fn staff(&self) -> StaffKind {
        self.staff
    }

    fn found(&mut self, key: &str) -> Result<Found<'a>, NoLaw> {
        let found = self.law.find(key, self.staff, self.on)?;
        if !self.used.iter().any(|used| used.key == key) {
            self.used.push(self.law.used(found));
        }
        Ok(found)
    }

    pub(crate) fn value(&mut self, key: &str) -> Result<(&'a Value, Vec<Citation>), NoLaw> {
        let found = self.found(key)?;
        Ok((found.value, found.ruling.cites.clone()))
    }

    /// A number, or 1 for something required; `None` when the act sets no such condition.
    pub(crate) fn number_if_any(&mut self, key: &str) -> Result<Option<Rule>, NoLaw> {
        let found = self.found(key)?;
        let rule = |number| Rule { number, cites: found.ruling.cites.clone(), evidence: found.evidence };
        Ok(found.number()?.map(rule))
    }

    pub(crate) fn number(&mut self, key: &str) -> Result<Rule, NoLaw> {
        self.number_if_any(key)?.ok_or_else(|| NoLaw::UnknownParameter { key: key.to_owned() })
    }

    pub(crate) fn codes(&mut self, key: &str) -> Result<&'a [String], NoLaw> {
        match self.value(key)? {
            (Value::Codes(codes), _) => Ok(codes),
            _ => Err(NoLaw::UnknownParameter { key: key.to_owned() }),
        }
    }

    /// The words of a code of a parameter.
    pub(crate) fn code_words(&self, key: &str, code: &str) -> Words {
        self.law.parameter(key).and_then(|parameter| parameter.code_words(code)).unwrap_or_else(|| Words::new(code, code))
    }

    pub(crate) fn step(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.steps.push(Words::new(vi, en));
    }

    pub(crate) fn finish<T>(self, value: T) -> Explained<T> {
        Explained { value, steps: self.steps, used: self.used }
    }
}
