//! People and groups as plain values, read from and told as JSON.
//! Not for: ids, times and memberships, which the store knows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::schema::{ENTERPRISE_ID, GROUP_ID, USER_ID};
use crate::{Fault, Object};

/// Most letters of a text.
pub const MOST_LETTERS: usize = 256;
/// Most addresses of a person.
pub const MOST_EMAILS: usize = 20;

/// A person as a directory tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct User {
    /// The login, in small letters.
    pub user_name: String,
    /// May sign in.
    pub active: bool,
    /// The name that pages show.
    pub display_name: Option<String>,
    /// The whole name.
    pub formatted_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Addresses.
    pub emails: Vec<Email>,
    /// The id that the directory has for the person.
    pub external_id: Option<String>,
    /// Staff code.
    pub employee_number: Option<String>,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Email {
    /// The address.
    pub value: String,
    /// What it is for.
    pub kind: Option<String>,
    /// The one that is preferred.
    pub primary: Option<bool>,
}

/// A group as a directory tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The name.
    pub display_name: String,
    /// The id that the directory has for it.
    pub external_id: Option<String>,
    /// Ids of accounts.
    pub members: BTreeSet<String>,
}

impl User {
    /// Reads a person from attributes in one shape.
    ///
    /// # Errors
    /// [`Fault::Value`] with what is missing or cannot be.
    pub fn read(fields: &Object) -> Result<Self, Fault> {
        let name = fields.get("name").and_then(Value::as_object);
        let extension = fields.get(ENTERPRISE_ID).and_then(Value::as_object);
        let of_name = |part: &str| name.map_or(Ok(None), |name| text(name, part));
        let emails = fields.get("emails").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if emails.len() > MOST_EMAILS {
            return Err(Fault::Value(format!("`emails` has more than {MOST_EMAILS} values")));
        }
        Ok(Self {
            user_name: needed(fields, "userName")?.to_lowercase(),
            active: fields.get("active").and_then(Value::as_bool).unwrap_or(true),
            display_name: text(fields, "displayName")?,
            formatted_name: of_name("formatted")?,
            family_name: of_name("familyName")?,
            given_name: of_name("givenName")?,
            emails: emails.iter().map(email).collect::<Result<_, _>>()?,
            external_id: text(fields, "externalId")?,
            employee_number: extension.map_or(Ok(None), |fields| text(fields, "employeeNumber"))?,
        })
    }

    /// The person as attributes, without those that have no value.
    #[must_use]
    pub fn told(&self) -> Object {
        let mut told = Object::new();
        put(&mut told, "userName", Some(&self.user_name));
        told.insert("active".to_owned(), self.active.into());
        put(&mut told, "displayName", self.display_name.as_ref());
        put(&mut told, "externalId", self.external_id.as_ref());
        let mut name = Object::new();
        put(&mut name, "formatted", self.formatted_name.as_ref());
        put(&mut name, "familyName", self.family_name.as_ref());
        put(&mut name, "givenName", self.given_name.as_ref());
        if !name.is_empty() {
            told.insert("name".to_owned(), Value::Object(name));
        }
        if !self.emails.is_empty() {
            told.insert("emails".to_owned(), self.emails.iter().map(Email::told).collect());
        }
        let mut schemas = vec![USER_ID];
        if let Some(number) = &self.employee_number {
            told.insert(ENTERPRISE_ID.to_owned(), json!({ "employeeNumber": number }));
            schemas.push(ENTERPRISE_ID);
        }
        told.insert("schemas".to_owned(), schemas.into());
        told
    }

    /// The name that pages show.
    #[must_use]
    pub fn shown_name(&self) -> String {
        let parts: Vec<&str> = [&self.family_name, &self.given_name].into_iter().flatten().map(String::as_str).collect();
        let composed = Some(parts.join(" ")).filter(|name| !name.is_empty());
        self.display_name.clone().or_else(|| self.formatted_name.clone()).or(composed).unwrap_or_else(|| self.user_name.clone())
    }
}

impl Email {
    fn told(&self) -> Value {
        let mut told = Object::new();
        put(&mut told, "value", Some(&self.value));
        put(&mut told, "type", self.kind.as_ref());
        if let Some(primary) = self.primary {
            told.insert("primary".to_owned(), primary.into());
        }
        Value::Object(told)
    }
}

impl Group {
    /// Reads a group from attributes in one shape.
    ///
    /// # Errors
    /// [`Fault::Value`] with what is missing or cannot be.
    pub fn read(fields: &Object) -> Result<Self, Fault> {
        let members = fields.get("members").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let member = |value: &Value| {
            let id = value.as_object().map(|fields| needed(fields, "value")).transpose()?;
            id.ok_or_else(|| Fault::Value("a member has a value".to_owned()))
        };
        Ok(Self {
            display_name: needed(fields, "displayName")?,
            external_id: text(fields, "externalId")?,
            members: members.iter().map(member).collect::<Result<_, _>>()?,
        })
    }

    /// The group as attributes; `base` is where the resources are.
    #[must_use]
    pub fn told(&self, base: &str) -> Object {
        let mut told = Object::new();
        put(&mut told, "displayName", Some(&self.display_name));
        put(&mut told, "externalId", self.external_id.as_ref());
        if !self.members.is_empty() {
            let member = |id: &String| json!({ "value": id, "$ref": format!("{base}/Users/{id}"), "type": "User" });
            told.insert("members".to_owned(), self.members.iter().map(member).collect());
        }
        told.insert("schemas".to_owned(), vec![GROUP_ID].into());
        told
    }
}

fn email(value: &Value) -> Result<Email, Fault> {
    let fields = value.as_object().ok_or_else(|| Fault::Value("an address is an object".to_owned()))?;
    let value = needed(fields, "value")?;
    Ok(Email { value, kind: text(fields, "type")?, primary: fields.get("primary").and_then(Value::as_bool) })
}

fn put(told: &mut Object, name: &str, text: Option<&String>) {
    if let Some(text) = text {
        told.insert(name.to_owned(), text.clone().into());
    }
}

/// A text without spaces around it; an empty one is none.
fn text(fields: &Object, name: &str) -> Result<Option<String>, Fault> {
    let Some(text) = fields.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > MOST_LETTERS {
        return Err(Fault::Value(format!("`{name}` has more than {MOST_LETTERS} letters")));
    }
    if text.chars().any(char::is_control) {
        return Err(Fault::Value(format!("`{name}` has letters that nobody sees")));
    }
    Ok(Some(text.to_owned()))
}

fn needed(fields: &Object, name: &str) -> Result<String, Fault> {
    text(fields, name)?.ok_or_else(|| Fault::Value(format!("`{name}` is missing")))
}
