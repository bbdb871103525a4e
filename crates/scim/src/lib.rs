//! SCIM 2.0 (RFC 7643, RFC 7644) without a network: schemas, filters, changes by PATCH, chosen attributes, and the two resources of
//! Khuê Văn as plain values.
//! Not for: HTTP (`web::scim`), rights and storing (`service::directory`).

mod fault;
pub mod filter;
pub mod message;
pub mod patch;
pub mod path;
pub mod project;
pub mod resource;
pub mod schema;

pub use fault::Fault;
pub use filter::Filter;
pub use path::AttributePath;
pub use project::Projection;
pub use resource::{Email, Group, User};

/// A JSON object.
pub type Object = serde_json::Map<String, serde_json::Value>;
