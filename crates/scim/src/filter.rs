//! Filters (RFC 7644 section 3.4.2.2): read from text, held against the schema, and asked of a resource.
//! Not for: finding candidates in the database; [`Filter::must_equal`] tells `service` what it may narrow down to.

mod ask;
mod read;

use serde_json::Value;

use crate::path::AttributePath;

pub use read::{MOST_DEPTH, MOST_LETTERS, read};

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `co`
    Contains,
    /// `sw`
    StartsWith,
    /// `ew`
    EndsWith,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
}

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Both.
    And(Box<Self>, Box<Self>),
    /// One or both.
    Or(Box<Self>, Box<Self>),
    /// Not so.
    Not(Box<Self>),
    /// `pr`: the attribute has a value.
    Present(AttributePath),
    /// The attribute, or one of its values, compares so.
    Compare(AttributePath, Comparison, Value),
    /// One value of the attribute fulfils the filter in brackets.
    Has(AttributePath, Box<Self>),
}

impl Filter {
    /// A text that an attribute must equal for the filter to hold, if there is such a condition in every way to fulfil it.
    #[must_use]
    pub fn must_equal(&self, name: &str) -> Option<&str> {
        match self {
            Self::And(a, b) => a.must_equal(name).or_else(|| b.must_equal(name)),
            Self::Compare(path, Comparison::Equal, Value::String(text)) if path.sub.is_none() && path.name.eq_ignore_ascii_case(name) => {
                Some(text)
            }
            _ => None,
        }
    }
}
