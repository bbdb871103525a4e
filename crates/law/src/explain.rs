//! An answer that explains itself: value, steps, and the parameters used with citations and evidence.
//! Not for: refusals (`refusal`) and layout; screens, letters and the audit print the same content.

use crate::acts::{Citation, Evidence, Words};

/// A parameter that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: Words,
    /// Its value in words.
    pub value: Words,
    /// Where it comes from.
    pub cites: Vec<Citation>,
    /// How well it is known.
    pub evidence: Evidence,
    /// What to keep in mind.
    pub note: Option<Words>,
}

/// A value with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained<T> {
    /// The answer.
    pub value: T,
    /// Sentences from the facts to the answer.
    pub steps: Vec<Words>,
    /// Parameters used, in order of use, each once.
    pub used: Vec<Used>,
}

impl<T> Explained<T> {
    /// Whether some parameter used is not confirmed by a person; the screen then says "unverified".
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.used.iter().any(|used| used.evidence.is_unverified())
    }

    /// The same explanation for another form of the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Explained<U> {
        Explained { value: change(self.value), steps: self.steps, used: self.used }
    }
}
