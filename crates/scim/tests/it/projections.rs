//! Chosen attributes, and what a question may be.

use scim::Projection;
use scim::message::Asked;
use scim::schema::USERS;
use serde_json::{Value, json};

use crate::hoa;

fn names(only: &[&str], but: &[&str]) -> Vec<String> {
    let projection = Projection::read(only.iter().copied(), but.iter().copied()).unwrap();
    projection.of(&USERS, hoa()).keys().cloned().collect()
}

#[test]
fn only_what_is_chosen_is_told_with_the_id() {
    assert_eq!(names(&["userName"], &[]), ["id", "schemas", "userName"]);
    assert_eq!(names(&["USERNAME", "nothing"], &[]), ["id", "schemas", "userName"]);
    assert!(!names(&[], &["displayName", "id", "schemas"]).contains(&"displayName".to_owned()));
    assert!(names(&[], &["displayName", "id", "schemas"]).contains(&"id".to_owned()));
    assert!(Projection::read(["a"], ["b"]).is_err());
}

#[test]
fn parts_are_chosen_too() {
    let of = |only: &[&str]| Value::Object(Projection::read(only.iter().copied(), []).unwrap().of(&USERS, hoa()));
    assert_eq!(of(&["name.familyName"])["name"], json!({ "familyName": "Đặng" }));
    assert_eq!(of(&["emails.type", "emails.value"])["emails"][1], json!({ "type": "home", "value": "hoa@nha.vn" }));
    let id = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    assert_eq!(of(&[&format!("{id}:employeeNumber")])[id], json!({ "employeeNumber": "CB 7" }));
    let without = Value::Object(Projection::read([], ["emails.primary"]).unwrap().of(&USERS, hoa()));
    assert_eq!(without["emails"][0], json!({ "type": "work", "value": "hoa@tinh.vn" }));
}

#[test]
fn what_is_not_told_need_not_be_read() {
    let tells = |only: &[&str], but: &[&str]| Projection::read(only.iter().copied(), but.iter().copied()).unwrap().tells(&USERS, "groups");
    assert!(tells(&[], &[]) && tells(&["groups.value"], &[]) && tells(&[], &["groups.display"]));
    assert!(!tells(&["userName"], &[]) && !tells(&[], &["groups"]));
}

#[test]
fn a_page_is_never_larger_than_the_most() {
    let asked = |start: &str, count: &str| Asked { start: Some(start.to_owned()), count: Some(count.to_owned()), ..Asked::default() };
    let page = |start: &str, count: &str| asked(start, count).question(200).map(|q| (q.start, q.count));
    assert_eq!(page("1", "50"), Ok((1, 50)));
    assert_eq!((page("0", "1000"), page("-5", "-1")), (Ok((1, 200)), Ok((1, 0))));
    assert!(page("x", "1").is_err() && page("1", "1.5").is_err());
    assert_eq!(Asked::default().question(200).map(|q| (q.start, q.count)), Ok((1, 200)));
}
