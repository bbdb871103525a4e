//! How an act ends when it does not succeed.
//! Not for: words; codes become sentences in `locales/`.

use domain::roles::Forbidden;
use store::StoreError;

/// An act that cannot be refused by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {}

/// How an act ends when it does not succeed; `R` is the refusal of its rules.
#[derive(Debug, thiserror::Error)]
pub enum ActError<R = Never> {
    /// A rule refused.
    #[error("refused by a rule")]
    Refused(R),
    /// No role of the person allows it.
    #[error("forbidden")]
    Forbidden(#[source] Forbidden),
    /// The thing does not exist, or not for this person.
    #[error("not found")]
    NotFound,
    /// Someone else changed it first.
    #[error("changed by someone else in the meantime")]
    Stale,
    /// A surprise.
    #[error("a surprise")]
    Internal(#[source] StoreError),
}

impl<R> From<StoreError> for ActError<R> {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale | StoreError::Duplicate => Self::Stale,
            other => Self::Internal(other),
        }
    }
}

impl<R> From<Forbidden> for ActError<R> {
    fn from(error: Forbidden) -> Self {
        Self::Forbidden(error)
    }
}
