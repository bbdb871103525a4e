//! The attributes that Khuê Văn keeps of people and groups, as one table that everything else reads: discovery, filters, changes.
//! Not for: values. What is not here is not kept, and RFC 7643 lets a server leave it out.

mod describe;
mod tables;

use crate::path::AttributePath;

pub use describe::{resource_type, schema, service_provider_config};
pub use tables::{ENTERPRISE, ENTERPRISE_ID, GROUP, GROUP_ID, GROUPS, TYPES, USER, USER_ID, USERS};

/// What kind of value an attribute has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Yes or no.
    Flag,
    /// An instant, RFC 3339.
    Instant,
    /// The address of a resource.
    Reference,
    /// Attributes of its own.
    Complex,
}

/// Whether a directory may write an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    /// Yes.
    ReadWrite,
    /// Only with the value it belongs to.
    Immutable,
    /// No.
    ReadOnly,
}

/// One attribute.
#[derive(Debug)]
pub struct Attribute {
    /// Its name; letters of either case name the same.
    pub name: &'static str,
    /// What it says, for people.
    pub what: &'static str,
    /// Of its values.
    pub kind: Kind,
    /// A list of values.
    pub many: bool,
    /// Every resource has it.
    pub required: bool,
    /// Upper and lower case letters differ in comparisons.
    pub exact: bool,
    /// Whether it may be written.
    pub mutability: Mutability,
    /// No two resources have the same value.
    pub unique: bool,
    /// Values that are suggested.
    pub values: &'static [&'static str],
    /// Kinds of resources a reference leads to.
    pub references: &'static [&'static str],
    /// Of a complex attribute.
    pub subs: &'static [Self],
}

impl Attribute {
    /// The part of a complex attribute with this name.
    #[must_use]
    pub fn sub(&self, name: &str) -> Option<&'static Self> {
        self.subs.iter().find(|sub| sub.name.eq_ignore_ascii_case(name))
    }
}

/// One schema.
#[derive(Debug)]
pub struct Schema {
    /// Its URN.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it describes, for people.
    pub what: &'static str,
    /// In the order in which they are told.
    pub attributes: &'static [Attribute],
}

impl Schema {
    fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

/// A kind of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// `User` or `Group`.
    pub name: &'static str,
    /// Where its resources are.
    pub endpoint: &'static str,
    /// What it describes, for people.
    pub what: &'static str,
    /// Its schema.
    pub schema: &'static Schema,
    /// What may be told beside it.
    pub extension: Option<&'static Schema>,
    /// Attributes of RFC 7643 that directories send by habit and that are not kept: passed over, not refused.
    pub passed_over: &'static [&'static str],
}

/// What a path means.
#[derive(Debug, Clone, Copy)]
pub enum Meant {
    /// The whole extension.
    Extension(&'static Schema),
    /// An attribute, perhaps of the extension, perhaps one part of it.
    Attribute {
        /// Where the attribute stands.
        extension: Option<&'static Schema>,
        /// The attribute.
        attribute: &'static Attribute,
        /// The part.
        sub: Option<&'static Attribute>,
    },
    /// An attribute that is not kept.
    PassedOver,
    /// Nothing.
    Unknown,
}

impl ResourceType {
    /// What a path means for this kind of resource.
    #[must_use]
    pub fn meaning(&self, path: &AttributePath) -> Meant {
        if let Some(extension) = self.extension
            && path.whole().eq_ignore_ascii_case(extension.id)
        {
            return Meant::Extension(extension);
        }
        let (extension, found) = match path.schema.as_deref() {
            None => (None, self.schema.attribute(&path.name).or_else(|| tables::common(&path.name))),
            Some(urn) if urn.eq_ignore_ascii_case(self.schema.id) => {
                (None, self.schema.attribute(&path.name).or_else(|| tables::common(&path.name)))
            }
            Some(urn) => match self.extension.filter(|extension| urn.eq_ignore_ascii_case(extension.id)) {
                None => return Meant::Unknown,
                Some(extension) => (Some(extension), extension.attribute(&path.name)),
            },
        };
        let Some(attribute) = found else {
            let is_known = self.passed_over.iter().any(|name| name.eq_ignore_ascii_case(&path.name));
            return if is_known { Meant::PassedOver } else { Meant::Unknown };
        };
        match path.sub.as_deref() {
            None => Meant::Attribute { extension, attribute, sub: None },
            Some(name) => attribute.sub(name).map_or_else(
                // A part that is not kept of an attribute that is: `name.middleName`.
                || if attribute.kind == Kind::Complex { Meant::PassedOver } else { Meant::Unknown },
                |sub| Meant::Attribute { extension, attribute, sub: Some(sub) },
            ),
        }
    }
}
