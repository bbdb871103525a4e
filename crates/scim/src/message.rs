//! The messages of RFC 7644 around resources: lists, errors, questions by POST, and reading a body that must be one of them.
//! Not for: resources.

use serde_json::{Value, json};

use crate::path::shown;
use crate::{Fault, Object, Projection};

/// A list of resources.
pub const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// An error.
pub const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// Changes.
pub const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// A question by POST.
pub const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// A page of a list. `start` is the place of the first one, from 1.
#[must_use]
pub fn list(total: usize, start: usize, resources: Vec<Value>) -> Value {
    let mut told = json!({ "schemas": [LIST], "totalResults": total, "startIndex": start, "itemsPerPage": resources.len() });
    if let Some(fields) = told.as_object_mut() {
        fields.insert("Resources".to_owned(), Value::Array(resources));
    }
    told
}

/// An error with the word of RFC 7644 for it, if there is one.
#[must_use]
pub fn error(status: u16, scim_type: Option<&str>, detail: &str) -> Value {
    let mut told = json!({ "schemas": [ERROR], "status": status.to_string(), "detail": detail });
    if let (Some(scim_type), Some(fields)) = (scim_type, told.as_object_mut()) {
        fields.insert("scimType".to_owned(), scim_type.into());
    }
    told
}

/// The fields of a body that says to be of a schema.
///
/// # Errors
/// [`Fault::Syntax`] when it is no object or says to be another.
pub fn body<'a>(body: &'a Value, schema: &str) -> Result<&'a Object, Fault> {
    let fields = body.as_object().ok_or_else(|| Fault::Syntax("the body is a JSON object".to_owned()))?;
    let named = match field(fields, "schemas") {
        Some(Value::Array(named)) => named.as_slice(),
        _ => &[],
    };
    if named.iter().filter_map(Value::as_str).any(|name| name.eq_ignore_ascii_case(schema)) {
        Ok(fields)
    } else {
        Err(Fault::Syntax(format!("`schemas` must name {schema}")))
    }
}

/// A field of a message; letters of either case name the same.
#[must_use]
pub fn field<'a>(fields: &'a Object, name: &str) -> Option<&'a Value> {
    fields.get(name).or_else(|| fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// A question for resources.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// Which ones.
    pub filter: Option<crate::Filter>,
    /// What of them is told.
    pub projection: Projection,
    /// The place of the first one, from 1.
    pub start: usize,
    /// How many at most.
    pub count: usize,
}

/// The parts of a question as texts, wherever they came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// `filter`
    pub filter: Option<String>,
    /// `attributes`
    pub attributes: Vec<String>,
    /// `excludedAttributes`
    pub excluded: Vec<String>,
    /// `startIndex`
    pub start: Option<String>,
    /// `count`
    pub count: Option<String>,
    /// `sortBy`
    pub sort: Option<String>,
}

impl Asked {
    /// The parts in the body of a question by POST.
    ///
    /// # Errors
    /// [`Fault`] with what is wrong.
    pub fn of_body(sent: &Value) -> Result<Self, Fault> {
        let fields = body(sent, SEARCH)?;
        let text = |name: &str| match field(fields, name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Fault::Value(format!("`{name}` is of another kind"))),
        };
        let texts = |name: &str| match field(fields, name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(many)) => Ok(many.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
            Some(Value::String(text)) => Ok(names(text)),
            Some(_) => Err(Fault::Value(format!("`{name}` is a list of names"))),
        };
        Ok(Self {
            filter: text("filter")?,
            attributes: texts("attributes")?,
            excluded: texts("excludedAttributes")?,
            start: text("startIndex")?,
            count: text("count")?,
            sort: text("sortBy")?,
        })
    }

    /// The question, with at most `most` resources.
    ///
    /// # Errors
    /// [`Fault`] with what is wrong.
    pub fn question(&self, most: usize) -> Result<Question, Fault> {
        let filter = self.filter.as_deref().filter(|text| !text.trim().is_empty()).map(crate::filter::read).transpose()?;
        let projection = Projection::read(self.attributes.iter().map(String::as_str), self.excluded.iter().map(String::as_str))?;
        let (start, count) = (number("startIndex", self.start.as_deref())?, number("count", self.count.as_deref())?);
        Ok(Question { filter, projection, start: start.unwrap_or(1).max(1), count: count.unwrap_or(most).min(most) })
    }
}

/// Names with commas between.
#[must_use]
pub fn names(text: &str) -> Vec<String> {
    text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// A whole number; RFC 7644 reads less than nothing as nothing.
fn number(name: &str, text: Option<&str>) -> Result<Option<usize>, Fault> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = || Fault::Value(format!("`{name}`: `{}` is no whole number", shown(text)));
    let number: i64 = text.parse().map_err(|_| wrong())?;
    usize::try_from(number.max(0)).map(Some).map_err(|_| wrong())
}
