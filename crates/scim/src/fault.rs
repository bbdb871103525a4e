//! What is wrong with what a directory sent, with the `scimType` that RFC 7644 section 3.12 gives it.
//! Not for: faults of rights or of what is stored.

/// Why something sent cannot be taken; the text is for the administrator of the directory and stays English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The filter cannot be read, or asks what no attribute answers.
    #[error("{0}")]
    Filter(String),
    /// A path names no attribute.
    #[error("{0}")]
    Path(String),
    /// A path leads to nothing that could be changed.
    #[error("{0}")]
    NoTarget(String),
    /// The attribute is not for writing, or cannot be without a value.
    #[error("{0}")]
    Mutability(String),
    /// A value is missing or of another kind.
    #[error("{0}")]
    Value(String),
    /// The body is not of the shape of its message.
    #[error("{0}")]
    Syntax(String),
}

impl Fault {
    /// The word of RFC 7644 for it.
    #[must_use]
    pub const fn scim_type(&self) -> &'static str {
        match self {
            Self::Filter(_) => "invalidFilter",
            Self::Path(_) => "invalidPath",
            Self::NoTarget(_) => "noTarget",
            Self::Mutability(_) => "mutability",
            Self::Value(_) => "invalidValue",
            Self::Syntax(_) => "invalidSyntax",
        }
    }
}
