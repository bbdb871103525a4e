//! Applying operations to a resource, one after the other; the first that cannot be applied ends it, and nothing is kept then.
//! Not for: reading operations.

use serde_json::Value;

use super::{Operation, Verb, is_repeated, named, place, shape};
use crate::filter::{Comparison, Filter};
use crate::path::ChangePath;
use crate::schema::{Attribute, Kind, Meant, Mutability, ResourceType, Schema};
use crate::{Fault, Object};

/// The resource after all operations.
///
/// # Errors
/// [`Fault`] of the first operation that cannot be applied.
pub fn apply(kind: &ResourceType, mut resource: Object, operations: &[Operation]) -> Result<Object, Fault> {
    for operation in operations {
        match (&operation.path, &operation.value) {
            (Some(path), value) => at(kind, &mut resource, operation.verb, path, value.as_ref())?,
            (None, Some(Value::Object(fields))) => all(kind, &mut resource, operation.verb, fields)?,
            (None, _) => return Err(Fault::Value("without a path the value is an object of attributes".to_owned())),
        }
    }
    resource.retain(|_, value| value.as_object().is_none_or(|fields| !fields.is_empty()));
    Ok(resource)
}

/// An operation without a path: the value names the attributes.
fn all(kind: &ResourceType, resource: &mut Object, verb: Verb, fields: &Object) -> Result<(), Fault> {
    for (name, value) in fields.iter().filter(|(name, _)| !is_repeated(name)) {
        let Ok(path) = ChangePath::read(name) else { continue };
        match kind.meaning(&path.attribute) {
            Meant::Attribute { attribute, .. } if attribute.mutability == Mutability::ReadOnly => {}
            Meant::Unknown => {}
            _ => at(kind, resource, verb, &path, Some(value))?,
        }
    }
    Ok(())
}

fn at(kind: &ResourceType, resource: &mut Object, verb: Verb, path: &ChangePath, value: Option<&Value>) -> Result<(), Fault> {
    let whole = || path.attribute.whole();
    match kind.meaning(&path.attribute) {
        Meant::PassedOver => Ok(()),
        Meant::Unknown => Err(Fault::Path(format!("a {} has no attribute `{}`", kind.name, whole()))),
        Meant::Extension(extension) => in_extension(resource, verb, extension, value),
        Meant::Attribute { attribute, .. } if attribute.mutability == Mutability::ReadOnly => {
            Err(Fault::Mutability(format!("`{}` is only for reading", whole())))
        }
        Meant::Attribute { extension, attribute, sub } => {
            let Some(place) = place(resource, extension) else { return Err(Fault::Path(whole())) };
            let target = Target { attribute, sub, only: path.only.as_ref() };
            if let Some(only) = target.only {
                if !attribute.many {
                    return Err(Fault::Path(format!("`{}` is no list", attribute.name)));
                }
                only.check_values(attribute)?;
            }
            match verb {
                Verb::Remove => target.remove(place, value),
                Verb::Add | Verb::Replace => target.put(place, verb, value.unwrap_or(&Value::Null)),
            }
        }
    }
}

fn in_extension(resource: &mut Object, verb: Verb, extension: &'static Schema, value: Option<&Value>) -> Result<(), Fault> {
    if verb == Verb::Remove {
        resource.remove(extension.id);
        return Ok(());
    }
    let Some(Value::Object(fields)) = value else { return Err(Fault::Value(format!("`{}` is an object", extension.id))) };
    let Some(place) = place(resource, Some(extension)) else { return Ok(()) };
    for (name, value) in fields {
        let Ok(path) = named(name) else { continue };
        if let Some(attribute) = extension.attributes.iter().find(|a| a.name.eq_ignore_ascii_case(&path.name)) {
            Target { attribute, sub: None, only: None }.put(place, verb, value)?;
        }
    }
    Ok(())
}

/// Where an operation works.
struct Target<'a> {
    attribute: &'static Attribute,
    sub: Option<&'static Attribute>,
    only: Option<&'a Filter>,
}

impl Target<'_> {
    fn put(&self, place: &mut Object, verb: Verb, value: &Value) -> Result<(), Fault> {
        if value.is_null() {
            return self.remove(place, None);
        }
        if self.attribute.many {
            return self.put_many(place, verb, value);
        }
        let name = self.attribute.name;
        if let Some(sub) = self.sub {
            let fields = place.entry(name).or_insert_with(|| Value::Object(Object::new()));
            return set(fields, sub, value);
        }
        let Some(value) = shape::one(self.attribute, value)? else { return self.remove(place, None) };
        match (place.get_mut(name).and_then(Value::as_object_mut), value) {
            // RFC 7644: of a complex value, what is named is put and the rest stays.
            (Some(there), Value::Object(fields)) => there.extend(fields),
            (_, value) => {
                place.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }

    fn put_many(&self, place: &mut Object, verb: Verb, value: &Value) -> Result<(), Fault> {
        let Some(many) = list(place, self.attribute.name) else { return Ok(()) };
        if self.only.is_none() && self.sub.is_none() {
            let new = match shape::shaped(self.attribute, value)? {
                Some(Value::Array(new)) => new,
                _ => Vec::new(),
            };
            if verb == Verb::Replace {
                many.clear();
            }
            return add_all(self.attribute, many, new);
        }
        let chosen = |item: &Value| self.only.is_none_or(|only| only.holds_value(self.attribute, item));
        let mut is_there = false;
        for item in many.iter_mut().filter(|item| chosen(item)) {
            is_there = true;
            self.put_into(item, value)?;
        }
        if is_there {
            return Ok(());
        }
        if verb == Verb::Replace && self.only.is_some() {
            return Err(Fault::NoTarget(format!("no value of `{}` fulfils the filter", self.attribute.name)));
        }
        // An add to what is not there yet makes it, as `emails[type eq "work"].value` is meant.
        let mut item = Value::Object(self.only.map(|only| promised(self.attribute, only)).unwrap_or_default());
        self.put_into(&mut item, value)?;
        add_all(self.attribute, many, vec![item])
    }

    fn put_into(&self, item: &mut Value, value: &Value) -> Result<(), Fault> {
        if let Some(sub) = self.sub {
            return set(item, sub, value);
        }
        let Some(Value::Object(fields)) = shape::one(self.attribute, value)? else {
            return Err(Fault::Value(format!("`{}` has complex values", self.attribute.name)));
        };
        if let Some(there) = item.as_object_mut() {
            there.extend(fields);
        }
        Ok(())
    }

    fn remove(&self, place: &mut Object, value: Option<&Value>) -> Result<(), Fault> {
        let is_needed = self.sub.map_or(self.attribute.required, |sub| sub.required);
        if is_needed {
            return Err(Fault::Mutability(format!("`{}` cannot be without a value", self.attribute.name)));
        }
        let Some(there) = place.get_mut(self.attribute.name) else { return Ok(()) };
        if let Value::Array(many) = there {
            self.remove_of(many, value)?;
            let is_left = !many.is_empty();
            if is_left {
                return Ok(());
            }
        } else if let (Some(sub), Some(fields)) = (self.sub, there.as_object_mut()) {
            fields.remove(sub.name);
            if !fields.is_empty() {
                return Ok(());
            }
        }
        place.remove(self.attribute.name);
        Ok(())
    }

    fn remove_of(&self, many: &mut Vec<Value>, value: Option<&Value>) -> Result<(), Fault> {
        let chosen = |item: &Value| self.only.is_none_or(|only| only.holds_value(self.attribute, item));
        if let Some(sub) = self.sub {
            for fields in many.iter_mut().filter(|item| chosen(item)).filter_map(Value::as_object_mut) {
                fields.remove(sub.name);
            }
            many.retain(|item| item.as_object().is_some_and(|fields| !fields.is_empty()));
            return Ok(());
        }
        // Entra names the members to remove in the value.
        let named = match value {
            None | Some(Value::Null) => None,
            Some(value) => shape::shaped(self.attribute, value)?,
        };
        let is_named = |item: &Value| match &named {
            Some(Value::Array(named)) => named.iter().any(|other| main(other) == main(item)),
            _ => true,
        };
        many.retain(|item| !(chosen(item) && is_named(item)));
        Ok(())
    }
}

fn list<'a>(place: &'a mut Object, name: &str) -> Option<&'a mut Vec<Value>> {
    let there = place.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if !there.is_array() {
        *there = Value::Array(Vec::new());
    }
    there.as_array_mut()
}

/// What tells values of a list apart.
fn main(item: &Value) -> &Value {
    item.get("value").unwrap_or(item)
}

fn add_all(attribute: &Attribute, many: &mut Vec<Value>, new: Vec<Value>) -> Result<(), Fault> {
    let mut known: std::collections::HashMap<String, usize> =
        many.iter().enumerate().map(|(i, item)| (main(item).to_string(), i)).collect();
    for item in new {
        let is_main = item.get("primary") == Some(&Value::Bool(true));
        if is_main {
            // RFC 7643 section 2.4: at most one is the primary one, and it is the one that was told last.
            many.iter_mut().filter_map(|other| other.get_mut("primary")).for_each(|primary| *primary = Value::Bool(false));
        }
        let key = main(&item).to_string();
        match known.get(&key).and_then(|i| many.get_mut(*i)) {
            Some(there) => match (there.as_object_mut(), item) {
                (Some(there), Value::Object(fields)) => there.extend(fields),
                _ => return Err(Fault::Value(format!("`{}` has complex values", attribute.name))),
            },
            None => {
                known.insert(key, many.len());
                many.push(item);
            }
        }
    }
    Ok(())
}

fn set(fields: &mut Value, sub: &Attribute, value: &Value) -> Result<(), Fault> {
    let Some(fields) = fields.as_object_mut() else { return Err(Fault::Path(sub.name.to_owned())) };
    match shape::shaped(sub, value)? {
        Some(value) => fields.insert(sub.name.to_owned(), value),
        None => fields.remove(sub.name),
    };
    Ok(())
}

/// The parts that a filter promises of a value: `type eq "work" and primary eq true`.
fn promised(attribute: &Attribute, only: &Filter) -> Object {
    match only {
        Filter::And(a, b) => promised(attribute, a).into_iter().chain(promised(attribute, b)).collect(),
        Filter::Compare(path, Comparison::Equal, value) => {
            let sub = attribute.sub(&path.name).filter(|sub| sub.kind != Kind::Complex && !value.is_null());
            sub.map(|sub| (sub.name.to_owned(), value.clone())).into_iter().collect()
        }
        _ => Object::new(),
    }
}
