//! An account as the directory sees it.
//! Not for: changing it (`people`).

use domain::ids::GroupId;
use domain::time::Instant;
use scim::{Email, Object, User};
use serde_json::{Value, json};
use store::read::directory::{EmailRow, PersonRow, Told};

use super::written;
use crate::sessions;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id: `u12`.
    pub id: String,
    /// What the directory may write.
    pub user: User,
    /// Groups it is in: id and name.
    pub groups: Vec<(String, String)>,
    created_at: Instant,
    changed_at: Instant,
}

impl Person {
    pub(super) fn of(row: &PersonRow) -> Self {
        let told = row.told.clone().unwrap_or_else(|| Told { display_name: Some(row.name.clone()), ..Told::default() });
        let email = |email: &EmailRow| Email { value: email.value.clone(), kind: email.kind.clone(), primary: email.primary };
        let user = User {
            user_name: row.login.clone(),
            active: !row.locked_by_hand && !row.is_off,
            display_name: told.display_name,
            formatted_name: told.formatted_name,
            family_name: told.family_name,
            given_name: told.given_name,
            emails: row.emails.iter().map(email).collect(),
            external_id: told.external_id,
            employee_number: told.employee_number,
        };
        let group = |(id, name): &(GroupId, String)| (group_id(*id), name.clone());
        Self {
            id: format!("u{}", row.id),
            user,
            groups: row.groups.iter().map(group).collect(),
            created_at: row.created_at,
            changed_at: row.changed_at,
        }
    }

    /// The version for If-Match: it changes with everything that is told of the account.
    #[must_use]
    pub fn version(&self) -> String {
        let told = Value::Object(self.attributes()).to_string();
        sessions::digest(&told).chars().take(16).collect()
    }

    /// The account as SCIM tells it; addresses follow from where the server is: `base`.
    #[must_use]
    pub fn told(&self, base: &str) -> Object {
        let mut told = self.attributes();
        let location = format!("{base}/Users/{}", self.id);
        let (created, changed) = (written(self.created_at), written(self.changed_at));
        told.insert("meta".to_owned(), meta("User", &created, &changed, &location, &self.version()));
        if !self.groups.is_empty() {
            let group = |(id, name): &(String, String)| json!({ "value": id, "$ref": format!("{base}/Groups/{id}"), "display": name, "type": "direct" });
            told.insert("groups".to_owned(), self.groups.iter().map(group).collect());
        }
        told
    }

    fn attributes(&self) -> Object {
        let mut told = self.user.told();
        told.insert("id".to_owned(), self.id.clone().into());
        let group = |(id, name): &(String, String)| json!({ "value": id, "display": name });
        if !self.groups.is_empty() {
            told.insert("groups".to_owned(), self.groups.iter().map(group).collect());
        }
        told
    }
}

/// What stands in `meta`.
pub(super) fn meta(kind: &str, created: &str, changed: &str, location: &str, version: &str) -> Value {
    json!({
        "resourceType": kind,
        "created": created,
        "lastModified": changed,
        "location": location,
        "version": format!("W/\"{version}\""),
    })
}

/// The id of a group as the directory knows it.
pub(super) fn group_id(id: GroupId) -> String {
    format!("g{id}")
}

/// What the store keeps of a person.
pub(super) fn kept(user: &User) -> (Told, Vec<EmailRow>) {
    let told = Told {
        external_id: user.external_id.clone(),
        display_name: user.display_name.clone(),
        formatted_name: user.formatted_name.clone(),
        family_name: user.family_name.clone(),
        given_name: user.given_name.clone(),
        employee_number: user.employee_number.clone(),
    };
    let email = |email: &Email| EmailRow { value: email.value.clone(), kind: email.kind.clone(), primary: email.primary };
    (told, user.emails.iter().map(email).collect())
}

/// An account as the audit keeps it, a line for each thing.
pub(super) fn picture(user: &User) -> String {
    let mut lines = vec![
        format!("login: {}", user.user_name),
        format!("name: {}", user.shown_name()),
        format!("state: {}", if user.active { "open" } else { "off" }),
    ];
    for (name, text) in [("staff_code", &user.employee_number), ("external_id", &user.external_id)] {
        lines.extend(text.as_ref().map(|text| format!("{name}: {text}")));
    }
    if !user.emails.is_empty() {
        lines.push(format!("emails: {}", user.emails.len()));
    }
    lines.join("\n")
}
