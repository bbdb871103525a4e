//! Filters, changes and chosen attributes as tables of what goes in and what comes out.
//! Not for: HTTP.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail loudly, as tests do")]
#![expect(clippy::needless_pass_by_value, reason = "a case is a JSON text where it is used")]

mod changes;
mod filters;
mod projections;

use scim::schema::USERS;
use scim::{Object, User, patch};
use serde_json::{Value, json};

/// An object out of JSON.
fn object(value: Value) -> Object {
    serde_json::from_value(value).unwrap()
}

/// A person with everything.
fn hoa() -> Object {
    let sent = json!({
        "userName": "Hoa@Tinh.vn", "displayName": "Đặng Thị Hoa", "externalId": "X-1", "active": true,
        "name": { "formatted": "Đặng Thị Hoa", "familyName": "Đặng" },
        "emails": [{ "value": "hoa@tinh.vn", "type": "work", "primary": true }, { "value": "hoa@nha.vn", "type": "home" }],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "employeeNumber": "CB 7" },
    });
    let mut told = User::read(&patch::read_resource(&USERS, &object(sent)).unwrap()).unwrap().told();
    told.insert("id".to_owned(), "u7".into());
    told.insert("meta".to_owned(), json!({ "created": "2026-11-22T05:20:00Z", "lastModified": "2026-11-23T05:20:00.5Z" }));
    told
}
