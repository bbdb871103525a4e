//! Changes by PATCH (RFC 7644 section 3.5.2), with the habits of the directories there are: capital letters in `op`, `"False"` for
//! false, dotted names without a path, and members to remove named in the value.
//! Not for: whether the result may be (`resource`).

mod apply;
pub(crate) mod shape;

use serde_json::Value;

use crate::path::{AttributePath, ChangePath, shown};
use crate::{Fault, Object, message};

pub use apply::apply;
pub use shape::resource as read_resource;

/// Most operations of one request.
pub const MOST_OPERATIONS: usize = 1_000;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Adds to what is there.
    Add,
    /// Puts in place of what is there.
    Replace,
    /// Takes away.
    Remove,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// What it does.
    pub verb: Verb,
    /// Where; without a path the value names the attributes.
    pub path: Option<ChangePath>,
    /// With what.
    pub value: Option<Value>,
}

/// Reads the body of a PATCH.
///
/// # Errors
/// [`Fault`] with what is wrong.
pub fn read(body: &Value) -> Result<Vec<Operation>, Fault> {
    let body = message::body(body, message::PATCH)?;
    let Some(Value::Array(operations)) = message::field(body, "Operations") else {
        return Err(Fault::Syntax("Operations must be a list".to_owned()));
    };
    if operations.is_empty() || operations.len() > MOST_OPERATIONS {
        return Err(Fault::Syntax(format!("a request has 1 to {MOST_OPERATIONS} operations")));
    }
    operations.iter().map(operation).collect()
}

fn operation(value: &Value) -> Result<Operation, Fault> {
    let fields = value.as_object().ok_or_else(|| Fault::Syntax("an operation is an object".to_owned()))?;
    let verb = message::field(fields, "op").and_then(Value::as_str).unwrap_or_default();
    let verb = match verb.to_ascii_lowercase().as_str() {
        "add" => Verb::Add,
        "replace" => Verb::Replace,
        "remove" => Verb::Remove,
        _ => return Err(Fault::Syntax(format!("`{}` is no operation; there are add, replace and remove", shown(verb)))),
    };
    let path = match message::field(fields, "path") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) => Some(ChangePath::read(text)?),
        Some(_) => return Err(Fault::Path("a path is a text".to_owned())),
    };
    let value = message::field(fields, "value").cloned();
    match (verb, &path, &value) {
        (Verb::Remove, None, _) => Err(Fault::NoTarget("a remove needs a path".to_owned())),
        (Verb::Add | Verb::Replace, _, None) => Err(Fault::Value("an add or replace needs a value".to_owned())),
        (Verb::Add | Verb::Replace, None, Some(value)) if !value.is_object() => {
            Err(Fault::Value("without a path the value is an object of attributes".to_owned()))
        }
        _ => Ok(Operation { verb, path, value }),
    }
}

/// A path that a name within a value stands for.
fn named(name: &str) -> Result<AttributePath, Fault> {
    AttributePath::read(name)
}

/// Attributes that a value may repeat without meaning to change them.
fn is_repeated(name: &str) -> bool {
    ["schemas", "id", "meta"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The object where an attribute stands, made when it is not there yet.
fn place<'a>(resource: &'a mut Object, extension: Option<&'static crate::schema::Schema>) -> Option<&'a mut Object> {
    match extension {
        None => Some(resource),
        Some(extension) => resource.entry(extension.id).or_insert_with(|| Value::Object(Object::new())).as_object_mut(),
    }
}
