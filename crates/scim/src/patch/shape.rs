//! Values of attributes in one shape: names spelled as the schema spells them, what is not kept left out, kinds checked.
//! Not for: limits of texts (`resource`).

use serde_json::Value;

use super::{is_repeated, named};
use crate::schema::{Attribute, Kind, Meant, Mutability, ResourceType};
use crate::{Fault, Object};

/// A whole resource as it was sent by POST or PUT.
///
/// # Errors
/// [`Fault`] with what is wrong.
pub fn resource(kind: &ResourceType, sent: &Object) -> Result<Object, Fault> {
    let mut shaped = Object::new();
    for (name, value) in sent.iter().filter(|(name, _)| !is_repeated(name)) {
        let Ok(path) = named(name) else { continue };
        match kind.meaning(&path) {
            Meant::Extension(extension) => {
                let Some(inside) = value.as_object() else {
                    return Err(Fault::Value(format!("`{}` is an object", extension.id)));
                };
                let mut kept = Object::new();
                for (name, value) in inside {
                    let attribute = extension.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
                    if let Some(attribute) = attribute {
                        put(&mut kept, attribute, value)?;
                    }
                }
                if !kept.is_empty() {
                    shaped.insert(extension.id.to_owned(), Value::Object(kept));
                }
            }
            Meant::Attribute { extension: None, attribute, sub: None } if attribute.mutability != Mutability::ReadOnly => {
                put(&mut shaped, attribute, value)?;
            }
            // RFC 7644 section 3.3: what is for reading only, and what is not known, is passed over.
            _ => {}
        }
    }
    Ok(shaped)
}

fn put(into: &mut Object, attribute: &Attribute, value: &Value) -> Result<(), Fault> {
    if let Some(value) = shaped(attribute, value)? {
        into.insert(attribute.name.to_owned(), value);
    }
    Ok(())
}

/// The value of an attribute; nothing when it is empty.
pub(crate) fn shaped(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Fault> {
    if !attribute.many {
        return one(attribute, value);
    }
    let many = match value {
        Value::Null => return Ok(None),
        Value::Array(many) => {
            many.iter().filter(|value| !value.is_null()).map(|value| item(attribute, value)).collect::<Result<Vec<_>, _>>()?
        }
        single => one(attribute, single)?.into_iter().collect(),
    };
    Ok(Some(many).filter(|many| !many.is_empty()).map(Value::Array))
}

/// One value of a list, which says something.
fn item(attribute: &Attribute, value: &Value) -> Result<Value, Fault> {
    one(attribute, value)?.ok_or_else(|| Fault::Value(format!("a value of `{}` says nothing that is kept", attribute.name)))
}

/// One value of an attribute.
pub(crate) fn one(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Fault> {
    let wrong = || Fault::Value(format!("`{}` has a value of another kind", attribute.name));
    match (attribute.kind, value) {
        (_, Value::Null) => Ok(None),
        (Kind::Text | Kind::Reference | Kind::Instant, Value::String(text)) => Ok(Some(Value::String(text.clone()))),
        (Kind::Flag, Value::Bool(flag)) => Ok(Some(Value::Bool(*flag))),
        (Kind::Flag, Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(Value::Bool(true))),
        (Kind::Flag, Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(Value::Bool(false))),
        (Kind::Complex, Value::Object(sent)) => complex(attribute, sent),
        (Kind::Complex, Value::String(_)) => {
            // A bare value of a list: `"members": ["u7"]`.
            let main = attribute.sub("value").ok_or_else(wrong)?;
            Ok(Some(Value::Object([(main.name.to_owned(), value.clone())].into_iter().collect())))
        }
        _ => Err(wrong()),
    }
}

fn complex(attribute: &Attribute, sent: &Object) -> Result<Option<Value>, Fault> {
    let mut kept = Object::new();
    for (name, value) in sent {
        if let Some(sub) = attribute.sub(name).filter(|sub| sub.mutability != Mutability::ReadOnly) {
            put(&mut kept, sub, value)?;
        }
    }
    Ok(Some(kept).filter(|kept| !kept.is_empty()).map(Value::Object))
}
