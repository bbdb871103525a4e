//! Changes by PATCH: what directories send, and what becomes of the resource.

use proptest::prelude::*;
use scim::schema::{GROUPS, USERS};
use scim::{Fault, Group, User, patch};
use serde_json::{Value, json};

use crate::{hoa, object};

fn body(operations: Value) -> Value {
    json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations })
}

/// Hoa after these operations.
fn changed(operations: Value) -> Result<User, Fault> {
    let operations = patch::read(&body(operations))?;
    User::read(&patch::apply(&USERS, hoa(), &operations)?)
}

fn is(operations: Value, edit: impl FnOnce(&mut User)) {
    let mut wanted = User::read(&hoa()).unwrap();
    edit(&mut wanted);
    assert_eq!(changed(operations.clone()), Ok(wanted), "{operations}");
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn single_attributes() {
    is(json!([{ "op": "replace", "path": "active", "value": false }]), |u| u.active = false);
    is(json!([{ "op": "Replace", "path": "active", "value": "False" }]), |u| u.active = false);
    is(json!([{ "op": "REPLACE", "value": { "active": "False" } }]), |u| u.active = false);
    is(json!([{ "op": "add", "path": "displayName", "value": "Hoa" }]), |u| u.display_name = text("Hoa"));
    is(json!([{ "op": "remove", "path": "displayName" }]), |u| u.display_name = None);
    is(json!([{ "op": "replace", "path": "displayName", "value": null }]), |u| u.display_name = None);
    is(json!([{ "op": "replace", "path": "USERNAME", "value": "Mai@Tinh.vn" }]), |u| u.user_name = "mai@tinh.vn".to_owned());
    is(json!([{ "op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:externalId", "value": "Y" }]), |u| {
        u.external_id = text("Y");
    });
}

#[test]
fn parts_of_a_name() {
    is(json!([{ "op": "replace", "path": "name.givenName", "value": "Hoa" }]), |u| u.given_name = text("Hoa"));
    is(json!([{ "op": "replace", "path": "name", "value": { "givenName": "Hoa" } }]), |u| u.given_name = text("Hoa"));
    is(json!([{ "op": "add", "value": { "name.givenName": "Hoa", "name.middleName": "Thị" } }]), |u| u.given_name = text("Hoa"));
    is(json!([{ "op": "remove", "path": "name.formatted" }]), |u| u.formatted_name = None);
    is(json!([{ "op": "remove", "path": "name" }]), |u| (u.formatted_name, u.family_name) = (None, None));
}

#[test]
fn the_extension() {
    let id = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    is(json!([{ "op": "replace", "path": format!("{id}:employeeNumber"), "value": "CB 8" }]), |u| u.employee_number = text("CB 8"));
    is(json!([{ "op": "add", "path": id, "value": { "employeeNumber": "CB 8", "department": "x" } }]), |u| {
        u.employee_number = text("CB 8")
    });
    is(json!([{ "op": "add", "value": { id: { "employeeNumber": "CB 8" } } }]), |u| u.employee_number = text("CB 8"));
    is(json!([{ "op": "remove", "path": id }]), |u| u.employee_number = None);
    is(json!([{ "op": "replace", "path": format!("{id}:department"), "value": "Sở" }]), |_| {});
}

#[test]
fn addresses() {
    is(json!([{ "op": "replace", "path": "emails[type eq \"work\"].value", "value": "moi@tinh.vn" }]), |u| {
        u.emails[0].value = "moi@tinh.vn".to_owned();
    });
    is(json!([{ "op": "add", "path": "emails[type eq \"other\"].value", "value": "x@y.vn" }]), |u| {
        u.emails.push(scim::Email { value: "x@y.vn".to_owned(), kind: text("other"), primary: None });
    });
    is(json!([{ "op": "remove", "path": "emails[type eq \"home\"]" }]), |u| u.emails.truncate(1));
    is(json!([{ "op": "remove", "path": "emails" }]), |u| u.emails.clear());
    is(json!([{ "op": "add", "path": "emails", "value": [{ "value": "z@y.vn", "primary": true }] }]), |u| {
        u.emails[0].primary = Some(false);
        u.emails.push(scim::Email { value: "z@y.vn".to_owned(), kind: None, primary: Some(true) });
    });
    is(json!([{ "op": "replace", "path": "emails", "value": [{ "value": "z@y.vn" }] }]), |u| {
        u.emails = vec![scim::Email { value: "z@y.vn".to_owned(), kind: None, primary: None }];
    });
}

#[test]
fn habits_that_change_nothing() {
    for path in ["title", "phoneNumbers[type eq \"work\"].value", "password", "name.honorificPrefix", "roles"] {
        is(json!([{ "op": "replace", "path": path, "value": "x" }]), |_| {});
    }
    is(json!([{ "op": "replace", "value": { "id": "u9", "schemas": [], "meta": {}, "groups": [], "unknown": 1 } }]), |_| {});
    is(json!([{ "op": "remove", "path": "emails[type eq \"nowhere\"]" }]), |_| {});
}

#[test]
fn what_is_refused() {
    for (operations, wanted) in [
        (json!([]), "invalidSyntax"),
        (json!([{ "op": "move", "path": "active" }]), "invalidSyntax"),
        (json!([{ "op": "remove" }]), "noTarget"),
        (json!([{ "op": "remove", "path": "userName" }]), "mutability"),
        (json!([{ "op": "remove", "path": "active" }]), "mutability"),
        (json!([{ "op": "replace", "path": "id", "value": "u9" }]), "mutability"),
        (json!([{ "op": "add", "path": "groups", "value": [{ "value": "g1" }] }]), "mutability"),
        (json!([{ "op": "add", "path": "active" }]), "invalidValue"),
        (json!([{ "op": "add", "path": "active", "value": "perhaps" }]), "invalidValue"),
        (json!([{ "op": "add", "path": "displayName", "value": { "a": 1 } }]), "invalidValue"),
        (json!([{ "op": "add", "value": "x" }]), "invalidValue"),
        (json!([{ "op": "add", "path": "shoeSize", "value": 43 }]), "invalidPath"),
        (json!([{ "op": "add", "path": "displayName[type eq \"x\"]", "value": "x" }]), "invalidPath"),
        (json!([{ "op": "add", "path": "emails[type eq", "value": "x" }]), "invalidPath"),
        (json!([{ "op": "add", "path": "emails[colour eq \"x\"].value", "value": "x" }]), "invalidFilter"),
        (json!([{ "op": "replace", "path": "emails[type eq \"nowhere\"].value", "value": "x" }]), "noTarget"),
        (json!([{ "op": "replace", "path": "displayName", "value": "x".repeat(300) }]), "invalidValue"),
        (json!([{ "op": "replace", "path": "userName", "value": "  " }]), "invalidValue"),
    ] {
        assert_eq!(changed(operations.clone()).map_err(|fault| fault.scim_type()), Err(wanted), "{operations}");
    }
    let plain = json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
    assert_eq!(patch::read(&plain).map_err(|fault| fault.scim_type()), Err("invalidSyntax"));
}

fn members(operations: Value) -> Result<Vec<String>, Fault> {
    let team = json!({ "displayName": "Đội", "members": [{ "value": "u1" }, { "value": "u2" }] });
    let team = patch::read_resource(&GROUPS, &object(team)).unwrap();
    let group = Group::read(&patch::apply(&GROUPS, team, &patch::read(&body(operations))?)?)?;
    Ok(group.members.into_iter().collect())
}

#[test]
fn members_of_groups() {
    let is = |operations: Value, wanted: &[&str]| assert_eq!(members(operations.clone()).unwrap(), wanted, "{operations}");
    is(json!([{ "op": "add", "path": "members", "value": [{ "value": "u3", "$ref": "…/u3", "display": "x" }] }]), &["u1", "u2", "u3"]);
    is(json!([{ "op": "Add", "path": "members", "value": { "value": "u2" } }]), &["u1", "u2"]);
    is(json!([{ "op": "add", "value": { "members": [{ "value": "u3" }] } }]), &["u1", "u2", "u3"]);
    is(json!([{ "op": "add", "path": "members", "value": ["u3"] }]), &["u1", "u2", "u3"]);
    is(json!([{ "op": "replace", "path": "members", "value": [{ "value": "u3" }] }]), &["u3"]);
    is(json!([{ "op": "remove", "path": "members[value eq \"u1\"]" }]), &["u2"]);
    is(json!([{ "op": "Remove", "path": "members", "value": [{ "value": "u1" }] }]), &["u2"]);
    is(json!([{ "op": "remove", "path": "members" }]), &[]);
    is(
        json!([{ "op": "remove", "path": "members[value eq \"u1\"]" }, { "op": "add", "path": "members", "value": [{ "value": "u9" }] }]),
        &["u2", "u9"],
    );
    assert!(members(json!([{ "op": "remove", "path": "displayName" }])).is_err());
    assert!(members(json!([{ "op": "add", "path": "members", "value": [{ "display": "ai" }] }])).is_err());
}

#[test]
fn a_primary_address_told_as_a_text_is_a_flag_when_it_is_made_by_a_filter() {
    let made = changed(json!([{ "op": "add", "path": "emails[type eq \"other\" and primary eq true].value", "value": "x@y.vn" }])).unwrap();
    assert_eq!(made.emails.iter().filter(|email| email.primary == Some(true)).count(), 1);
    assert_eq!(made.emails.last().and_then(|email| email.primary), Some(true));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,10}".prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(vec!["value", "type", "primary", "active", "emails", "name", "x"]),
                inner,
                0..4
            )
            .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn no_operation_makes_the_change_panic(
        verb in prop::sample::select(vec!["add", "replace", "remove", "x"]),
        path in prop_oneof![
            prop::sample::select(vec!["active", "name", "name.formatted", "emails", "emails.value", "emails[type eq \"work\"]",
                "emails[not (value pr)].type", "members", "meta", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", ""]).prop_map(str::to_owned),
            "\\PC{0,20}",
        ],
        value in any_value(),
    ) {
        let operations = json!([{ "op": verb, "path": path, "value": value }, { "op": verb, "value": value }]);
        if let Ok(user) = changed(operations) {
            // What was taken can be told and is the same when it is read again.
            prop_assert_eq!(User::read(&user.told()), Ok(user));
        }
    }
}
