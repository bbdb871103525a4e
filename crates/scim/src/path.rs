//! Paths of attributes: `userName`, `name.formatted`, `urn:…:User:employeeNumber`, `emails[type eq "work"].value`.
//! Not for: what a path means for a resource (`schema`).

use crate::{Fault, Filter, filter};

/// A path without a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributePath {
    /// The schema's URN, if given.
    pub schema: Option<String>,
    /// The attribute.
    pub name: String,
    /// A part of it.
    pub sub: Option<String>,
}

impl AttributePath {
    /// Reads a path such as `name.formatted`.
    ///
    /// # Errors
    /// [`Fault::Path`] when it has other letters than names have.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let wrong = || Fault::Path(format!("`{}` is no path of an attribute", shown(text)));
        let is_urn = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
        let (schema, rest) = match text.rsplit_once(':') {
            Some((urn, rest)) if is_urn => (Some(urn.to_owned()), rest),
            Some(_) => return Err(wrong()),
            None => (None, text),
        };
        let (name, sub) = rest.split_once('.').map_or((rest, None), |(name, sub)| (name, Some(sub)));
        let fits = |name: &str| {
            name.chars()
                .enumerate()
                .all(|(i, c)| c.is_ascii_alphabetic() || c == '$' || (i > 0 && (c.is_ascii_alphanumeric() || "-_".contains(c))))
                && !name.is_empty()
        };
        if fits(name) && sub.is_none_or(fits) {
            Ok(Self { schema, name: name.to_owned(), sub: sub.map(str::to_owned) })
        } else {
            Err(wrong())
        }
    }

    /// The path as it was written.
    #[must_use]
    pub fn whole(&self) -> String {
        let schema = self.schema.as_ref().map(|urn| format!("{urn}:")).unwrap_or_default();
        let sub = self.sub.as_ref().map(|sub| format!(".{sub}")).unwrap_or_default();
        format!("{schema}{}{sub}", self.name)
    }
}

/// The path of a change: an attribute, perhaps only some of its values, perhaps only a part of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePath {
    /// The attribute.
    pub attribute: AttributePath,
    /// Which of its values.
    pub only: Option<Filter>,
}

impl ChangePath {
    /// Reads a path such as `emails[type eq "work"].value`.
    ///
    /// # Errors
    /// [`Fault::Path`], or [`Fault::Filter`] for what stands in the brackets.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let Some((name, rest)) = text.split_once('[') else {
            return Ok(Self { attribute: AttributePath::read(text)?, only: None });
        };
        let wrong = || Fault::Path(format!("`{}` is no path of an attribute", shown(text)));
        let (inside, after) = rest.rsplit_once(']').ok_or_else(wrong)?;
        let mut attribute = AttributePath::read(name)?;
        if attribute.sub.is_some() {
            return Err(wrong());
        }
        attribute.sub = match after {
            "" => None,
            _ => Some(AttributePath::read(after.strip_prefix('.').ok_or_else(wrong)?)?.name),
        };
        Ok(Self { attribute, only: Some(filter::read(inside)?) })
    }
}

/// What somebody sent, short enough for a sentence.
pub(crate) fn shown(text: &str) -> String {
    if text.chars().count() > 80 { text.chars().take(80).chain(['…']).collect() } else { text.to_owned() }
}
