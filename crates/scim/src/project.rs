//! Chosen attributes of an answer (RFC 7644 section 3.9): only some, or all but some.
//! Not for: `id` and `schemas`, which are always told.

use serde_json::Value;

use crate::path::AttributePath;
use crate::schema::{Attribute, Meant, ResourceType};
use crate::{Fault, Object};

/// Which attributes are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projection {
    only: Vec<AttributePath>,
    but: Vec<AttributePath>,
}

const ALWAYS: [&str; 2] = ["schemas", "id"];
/// Most names of a list.
const MOST: usize = 100;

impl Projection {
    /// Reads lists of names.
    ///
    /// # Errors
    /// [`Fault::Value`] when both are given or a name is no path.
    pub fn read<'a>(only: impl IntoIterator<Item = &'a str>, but: impl IntoIterator<Item = &'a str>) -> Result<Self, Fault> {
        let (only, but) = (paths(only)?, paths(but)?);
        if !only.is_empty() && !but.is_empty() {
            return Err(Fault::Value("attributes and excludedAttributes exclude each other".to_owned()));
        }
        Ok(Self { only, but })
    }

    /// Whether an attribute of this kind of resource is told at all; what is not told need not be read.
    #[must_use]
    pub fn tells(&self, kind: &ResourceType, name: &str) -> bool {
        let means = |path: &&AttributePath| matches!(kind.meaning(path), Meant::Attribute { attribute, .. } if attribute.name == name);
        if self.only.is_empty() {
            !self.but.iter().filter(|path| path.sub.is_none()).any(|path| means(&path))
        } else {
            self.only.iter().any(|path| means(&path))
        }
    }

    /// The resource with the chosen attributes.
    #[must_use]
    pub fn of(&self, kind: &ResourceType, mut resource: Object) -> Object {
        if self.only.is_empty() {
            for path in &self.but {
                leave_out(kind, path, &mut resource);
            }
            return resource;
        }
        let mut chosen = Object::new();
        for name in ALWAYS {
            if let Some(value) = resource.get(name) {
                chosen.insert(name.to_owned(), value.clone());
            }
        }
        for path in &self.only {
            choose(kind, path, &resource, &mut chosen);
        }
        chosen
    }
}

fn paths<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<AttributePath>, Fault> {
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).take(MOST + 1).collect();
    if names.len() > MOST {
        return Err(Fault::Value(format!("more than {MOST} attributes are named")));
    }
    names.into_iter().map(|name| AttributePath::read(name).map_err(|fault| Fault::Value(fault.to_string()))).collect()
}

fn leave_out(kind: &ResourceType, path: &AttributePath, resource: &mut Object) {
    match kind.meaning(path) {
        Meant::Extension(extension) => {
            resource.remove(extension.id);
        }
        Meant::Attribute { extension, attribute, sub } if !ALWAYS.contains(&attribute.name) => {
            let place = match extension {
                None => Some(resource),
                Some(extension) => resource.get_mut(extension.id).and_then(Value::as_object_mut),
            };
            let Some(place) = place else { return };
            match sub {
                None => {
                    place.remove(attribute.name);
                }
                Some(sub) => place.get_mut(attribute.name).into_iter().for_each(|value| without_part(value, sub)),
            }
        }
        _ => {}
    }
}

fn without_part(value: &mut Value, sub: &Attribute) {
    match value {
        Value::Array(many) => many.iter_mut().for_each(|value| without_part(value, sub)),
        Value::Object(fields) => {
            fields.remove(sub.name);
        }
        _ => {}
    }
}

fn choose(kind: &ResourceType, path: &AttributePath, resource: &Object, chosen: &mut Object) {
    match kind.meaning(path) {
        Meant::Extension(extension) => {
            if let Some(value) = resource.get(extension.id) {
                chosen.insert(extension.id.to_owned(), value.clone());
            }
        }
        Meant::Attribute { extension, attribute, sub } => {
            let place = match extension {
                None => Some(resource),
                Some(extension) => resource.get(extension.id).and_then(Value::as_object),
            };
            let Some(value) = place.and_then(|place| place.get(attribute.name)) else { return };
            let value = sub.map_or_else(|| value.clone(), |sub| only_part(value, sub));
            let into = match extension {
                None => Some(chosen),
                Some(extension) => chosen.entry(extension.id).or_insert_with(|| Value::Object(Object::new())).as_object_mut(),
            };
            let Some(into) = into else { return };
            match into.get_mut(attribute.name) {
                Some(there) => merge(there, value),
                None => {
                    into.insert(attribute.name.to_owned(), value);
                }
            }
        }
        _ => {}
    }
}

fn only_part(value: &Value, sub: &Attribute) -> Value {
    match value {
        Value::Array(many) => many.iter().map(|value| only_part(value, sub)).collect(),
        Value::Object(fields) => fields.iter().filter(|(name, _)| *name == sub.name).map(|(k, v)| (k.clone(), v.clone())).collect(),
        other => other.clone(),
    }
}

/// Two parts of the same attribute, chosen one after the other.
fn merge(there: &mut Value, more: Value) {
    match (there, more) {
        (Value::Array(there), Value::Array(more)) => there.iter_mut().zip(more).for_each(|(there, more)| merge(there, more)),
        (Value::Object(there), Value::Object(more)) => there.extend(more),
        _ => {}
    }
}
