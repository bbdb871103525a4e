//! How the tables are told: `/Schemas`, `/ResourceTypes`, `/ServiceProviderConfig`.
//! Not for: resources.

use serde_json::{Value, json};

use super::{Attribute, Kind, Mutability, ResourceType, Schema};

/// A schema as RFC 7643 section 7 tells it.
#[must_use]
pub fn schema(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": schema.id,
        "name": schema.name,
        "description": schema.what,
        "attributes": schema.attributes.iter().map(attribute).collect::<Vec<_>>(),
        "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", schema.id) },
    })
}

fn attribute(attribute: &Attribute) -> Value {
    let kind = match attribute.kind {
        Kind::Text => "string",
        Kind::Flag => "boolean",
        Kind::Instant => "dateTime",
        Kind::Reference => "reference",
        Kind::Complex => "complex",
    };
    let mutability = match attribute.mutability {
        Mutability::ReadWrite => "readWrite",
        Mutability::Immutable => "immutable",
        Mutability::ReadOnly => "readOnly",
    };
    let mut told = json!({
        "name": attribute.name,
        "type": kind,
        "multiValued": attribute.many,
        "description": attribute.what,
        "required": attribute.required,
        "mutability": mutability,
        "returned": "default",
        "uniqueness": if attribute.unique { "server" } else { "none" },
    });
    if let Some(fields) = told.as_object_mut() {
        if matches!(attribute.kind, Kind::Text | Kind::Reference) {
            fields.insert("caseExact".to_owned(), attribute.exact.into());
        }
        for (name, listed) in [("canonicalValues", attribute.values), ("referenceTypes", attribute.references)] {
            if !listed.is_empty() {
                fields.insert(name.to_owned(), listed.into());
            }
        }
        if !attribute.subs.is_empty() {
            fields.insert("subAttributes".to_owned(), attribute.subs.iter().map(self::attribute).collect());
        }
    }
    told
}

/// A kind of resource as RFC 7643 section 6 tells it.
#[must_use]
pub fn resource_type(kind: &ResourceType, base: &str) -> Value {
    let extensions: Vec<Value> = kind.extension.iter().map(|extension| json!({ "schema": extension.id, "required": false })).collect();
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": kind.name,
        "name": kind.name,
        "description": kind.what,
        "endpoint": kind.endpoint,
        "schema": kind.schema.id,
        "schemaExtensions": extensions,
        "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{}", kind.name) },
    })
}

/// What the server can do, as RFC 7643 section 5 tells it. `most` is the most resources of an answer.
#[must_use]
pub fn service_provider_config(base: &str, most: usize) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": most },
        "changePassword": { "supported": false },
        "sort": { "supported": false },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "A token of the kind directory, which an administrator of Khuê Văn makes",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true,
        }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    })
}
