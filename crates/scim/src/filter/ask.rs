//! Whether a filter can be asked of a kind of resource, and whether a resource fulfils it.
//! Not for: reading filters (`read`).

use std::cmp::Ordering;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Comparison, Filter};
use crate::path::AttributePath;
use crate::schema::{Attribute, Kind, Meant, ResourceType};
use crate::{Fault, Object};

impl Filter {
    /// Refuses a filter that asks what no attribute answers.
    ///
    /// # Errors
    /// [`Fault::Filter`].
    pub fn check(&self, kind: &ResourceType) -> Result<(), Fault> {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.check(kind).and_then(|()| b.check(kind)),
            Self::Not(a) => a.check(kind),
            Self::Present(path) => attribute(kind, path).map(drop),
            Self::Compare(path, comparison, value) => {
                let found = attribute(kind, path)?;
                fits(compared(found), *comparison, value)
            }
            Self::Has(path, inside) => inside.check_values(attribute(kind, path)?),
        }
    }

    /// As [`Filter::check`], for what stands in brackets behind an attribute.
    ///
    /// # Errors
    /// [`Fault::Filter`].
    pub fn check_values(&self, of: &Attribute) -> Result<(), Fault> {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.check_values(of).and_then(|()| b.check_values(of)),
            Self::Not(a) => a.check_values(of),
            Self::Present(path) => part(of, path).map(drop),
            Self::Compare(path, comparison, value) => fits(part(of, path)?, *comparison, value),
            Self::Has(..) => Err(Fault::Filter("brackets do not stand within brackets".to_owned())),
        }
    }

    /// Whether a resource fulfils the filter; `kind` has checked it.
    #[must_use]
    pub fn holds(&self, kind: &ResourceType, resource: &Object) -> bool {
        match self {
            Self::And(a, b) => a.holds(kind, resource) && b.holds(kind, resource),
            Self::Or(a, b) => a.holds(kind, resource) || b.holds(kind, resource),
            Self::Not(a) => !a.holds(kind, resource),
            Self::Present(path) => values(kind, path, resource).is_some_and(|(_, found)| found.into_iter().any(is_present)),
            Self::Compare(path, comparison, wanted) => {
                let Some((attribute, found)) = values(kind, path, resource) else { return false };
                any(compared(attribute), *comparison, found, wanted)
            }
            Self::Has(path, inside) => {
                let Some((attribute, found)) = values(kind, path, resource) else { return false };
                found.into_iter().any(|value| inside.holds_value(attribute, value))
            }
        }
    }

    /// Whether one value of an attribute fulfils what stands in brackets; `check_values` has checked it.
    #[must_use]
    pub fn holds_value(&self, of: &Attribute, value: &Value) -> bool {
        let of_path = |path: &AttributePath| part(of, path).ok().map(|sub| (sub, value.get(sub.name)));
        match self {
            Self::And(a, b) => a.holds_value(of, value) && b.holds_value(of, value),
            Self::Or(a, b) => a.holds_value(of, value) || b.holds_value(of, value),
            Self::Not(a) => !a.holds_value(of, value),
            Self::Present(path) => of_path(path).and_then(|(_, found)| found).is_some_and(is_present),
            Self::Compare(path, comparison, wanted) => {
                of_path(path).is_some_and(|(sub, found)| any(sub, *comparison, found.into_iter().collect(), wanted))
            }
            Self::Has(..) => false,
        }
    }
}

fn attribute(kind: &ResourceType, path: &AttributePath) -> Result<&'static Attribute, Fault> {
    match kind.meaning(path) {
        Meant::Attribute { attribute, sub, .. } => Ok(sub.unwrap_or(attribute)),
        _ => Err(Fault::Filter(format!("a {} has no attribute `{}`", kind.name, path.whole()))),
    }
}

fn part(of: &Attribute, path: &AttributePath) -> Result<&'static Attribute, Fault> {
    let found = if path.schema.is_none() && path.sub.is_none() { of.sub(&path.name) } else { None };
    found.ok_or_else(|| Fault::Filter(format!("`{}` has no part `{}`", of.name, path.whole())))
}

/// What is compared of an attribute: of a list of complex values, their `value`.
fn compared(attribute: &'static Attribute) -> &'static Attribute {
    attribute.sub("value").unwrap_or(attribute)
}

fn fits(attribute: &Attribute, comparison: Comparison, value: &Value) -> Result<(), Fault> {
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let fits = match (attribute.kind, value) {
        (Kind::Complex, _) => false,
        (_, Value::Null) => is_equality,
        (Kind::Flag, Value::Bool(_)) => is_equality,
        (Kind::Text | Kind::Reference, Value::String(_)) => true,
        (Kind::Instant, Value::String(text)) => instant(text).is_some(),
        _ => false,
    };
    if fits { Ok(()) } else { Err(Fault::Filter(format!("`{}` cannot be compared so", attribute.name))) }
}

/// The values that a path leads to in a resource, with the attribute they are of.
fn values<'a>(kind: &ResourceType, path: &AttributePath, resource: &'a Object) -> Option<(&'static Attribute, Vec<&'a Value>)> {
    let Meant::Attribute { extension, attribute, sub } = kind.meaning(path) else { return None };
    let place = match extension {
        None => Some(resource),
        Some(extension) => resource.get(extension.id).and_then(Value::as_object),
    };
    let found = place.and_then(|place| place.get(attribute.name));
    let mut found: Vec<&Value> = match found {
        Some(Value::Array(many)) => many.iter().collect(),
        other => other.into_iter().collect(),
    };
    if let Some(sub) = sub {
        found = found.into_iter().filter_map(|value| value.get(sub.name)).collect();
    }
    Some((sub.unwrap_or(attribute), found))
}

fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(many) => many.iter().any(is_present),
        Value::Object(fields) => fields.values().any(is_present),
        _ => true,
    }
}

/// Whether one of the values compares so; "not equal" means that none is equal.
fn any(attribute: &Attribute, comparison: Comparison, found: Vec<&Value>, wanted: &Value) -> bool {
    let plain = found.into_iter().filter_map(|value| if value.is_object() { value.get(attribute.name) } else { Some(value) });
    if comparison == Comparison::NotEqual {
        return !any(attribute, Comparison::Equal, plain.collect(), wanted);
    }
    let mut plain = plain.peekable();
    if wanted.is_null() {
        return plain.peek().is_none();
    }
    plain.any(|value| compare(attribute, comparison, value, wanted))
}

fn compare(attribute: &Attribute, comparison: Comparison, value: &Value, wanted: &Value) -> bool {
    let (Value::String(value), Value::String(wanted)) = (value, wanted) else {
        return comparison == Comparison::Equal && value == wanted;
    };
    if attribute.kind == Kind::Instant {
        let (Some(value), Some(wanted)) = (instant(value), instant(wanted)) else { return false };
        return ordered(comparison, value.cmp(&wanted));
    }
    let folded = |text: &str| if attribute.exact { text.to_owned() } else { text.to_lowercase() };
    let (value, wanted) = (folded(value), folded(wanted));
    match comparison {
        Comparison::Contains => value.contains(&wanted),
        Comparison::StartsWith => value.starts_with(&wanted),
        Comparison::EndsWith => value.ends_with(&wanted),
        _ => ordered(comparison, value.cmp(&wanted)),
    }
}

const fn ordered(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        // Part of an instant is no instant.
        Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith => false,
    }
}

fn instant(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}
