//! SCIM as a directory meets it: what is answered to what, who is let in, and what a page of resources costs.
//! Not for: what a directory may do (tests of `service`), the standard itself (the stage `scim` of `cargo xtask test`).

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use service::sessions::TokenRights;
use testkit::small;

use super::house::{self, Answer, House, MADE};
use crate::asked::escaped;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A directory with its token.
pub(super) struct Directory<'a> {
    house: &'a House,
    token: String,
}

impl<'a> Directory<'a> {
    pub(super) async fn of(house: &'a House) -> Self {
        Self { house, token: house.token_with("quan-tri", TokenRights::Directory).await }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/scim/v2/{path}"));
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.house.send(request.header(header::CONTENT_TYPE, "application/scim+json").body(body).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], &Value::Null).await
    }

    /// Adds a resource.
    pub(super) async fn add(&self, place: &str, mut resource: Value) -> Value {
        resource["schemas"] = json!([if place == "Users" { USER } else { GROUP }]);
        let answer = self.ask(Method::POST, place, &[], &resource).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        told(&answer)
    }

    /// The id of the one resource that fulfils a filter.
    pub(super) async fn id(&self, place: &str, filter: &str) -> String {
        let found = told(&self.get(&format!("{place}?filter={}", escaped(filter))).await);
        assert_eq!(found["totalResults"], 1, "{found}");
        found["Resources"][0]["id"].as_str().unwrap().to_owned()
    }
}

fn told(answer: &Answer) -> Value {
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/scim+json");
    serde_json::from_slice(&answer.body).unwrap()
}

fn fault(answer: &Answer) -> (u16, Option<String>) {
    let told = told(answer);
    assert_eq!(told["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error");
    assert_eq!(told["status"], answer.status.as_str());
    (answer.status.as_u16(), told["scimType"].as_str().map(str::to_owned))
}

#[tokio::test]
async fn errors_are_those_of_the_standard() {
    let fresh = house::furnished(&small::province(house::today(), 300), MADE).await;
    let house = House::open(&fresh, MADE);
    let directory = Directory::of(&house).await;
    let hoa = directory.add("Users", json!({ "userName": "Hoa" })).await;
    let (path, version) = (format!("Users/{}", hoa["id"].as_str().unwrap()), hoa["meta"]["version"].as_str().unwrap());
    assert_eq!((hoa["userName"].as_str(), hoa["active"].as_bool()), (Some("hoa"), Some(true)));
    let patch = |operation: Value| json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [operation] });
    let off = patch(json!({ "op": "Replace", "path": "active", "value": "False" }));
    let chief = format!("Users/{}", directory.id("Users", "userName eq \"quan-tri\"").await);
    let none = Value::Null;
    let large = json!({ "schemas": [USER], "userName": "x".repeat(5 << 20) });
    let other = ("if-match", "W/\"0000\"");
    for (method, path, headers, body, status, kind) in [
        (Method::GET, "Users/u999", &[][..], &none, 404, None),
        (Method::GET, "Nowhere", &[], &none, 404, None),
        (Method::POST, "ServiceProviderConfig", &[], &none, 405, None),
        (Method::PUT, "Users", &[], &none, 405, None),
        (Method::GET, "Me", &[], &none, 501, None),
        (Method::POST, "Bulk", &[], &json!({}), 501, None),
        (Method::GET, "Users?filter=shoe%20eq%201", &[], &none, 400, Some("invalidFilter")),
        (Method::GET, "Users?count=x", &[], &none, 400, Some("invalidValue")),
        (Method::GET, "Users?attributes=id&excludedAttributes=id", &[], &none, 400, Some("invalidValue")),
        (Method::POST, "Users", &[], &json!({ "userName": "mai" }), 400, Some("invalidSyntax")),
        (Method::POST, "Users", &[], &json!({ "schemas": [USER] }), 400, Some("invalidValue")),
        (Method::POST, "Users", &[], &json!({ "schemas": [USER], "userName": "có dấu" }), 400, Some("invalidValue")),
        (Method::POST, "Users", &[], &json!({ "schemas": [USER], "userName": "HOA" }), 409, Some("uniqueness")),
        (Method::POST, "Users", &[], &large, 413, None),
        (Method::PATCH, &path, &[], &patch(json!({ "op": "remove", "path": "userName" })), 400, Some("mutability")),
        (Method::PATCH, &path, &[], &patch(json!({ "op": "add", "path": "shoe", "value": 1 })), 400, Some("invalidPath")),
        (Method::PATCH, &path, &[other], &off, 412, None),
        (Method::DELETE, &path, &[other], &none, 412, None),
        (Method::PATCH, &chief, &[], &off, 403, None),
        (Method::DELETE, &chief, &[], &none, 403, None),
    ] {
        let answer = directory.ask(method.clone(), path, headers, body).await;
        assert_eq!(fault(&answer), (status, kind.map(str::to_owned)), "{method} {path}");
    }
    let known = directory.ask(Method::GET, &path, &[("if-none-match", version)], &none).await;
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let changed = directory.ask(Method::PATCH, &path, &[("if-match", version)], &off).await;
    assert_eq!((changed.status, told(&changed)["active"].as_bool()), (StatusCode::OK, Some(false)));
    // Whoever replaces everything and says nothing of `active` opens nothing.
    let put = directory.ask(Method::PUT, &path, &[], &json!({ "schemas": [USER], "userName": "hoa", "displayName": "Hoa" })).await;
    assert_eq!((told(&put)["active"].as_bool(), told(&put)["displayName"].as_str()), (Some(false), Some("Hoa")));
    assert_eq!(directory.ask(Method::DELETE, &path, &[], &none).await.status, StatusCode::NO_CONTENT);
    assert_eq!(fault(&directory.get(&path).await).0, 404);
}

#[tokio::test]
async fn only_the_token_of_a_directory_opens_and_it_opens_nothing_else() {
    let fresh = house::furnished(&small::province(house::today(), 300), MADE).await;
    let house = House::open(&fresh, MADE);
    let directory = Directory::of(&house).await;
    let ask =
        async |path: &str, name: &str, value: &str| house.send(Request::get(path).header(name, value).body(Body::empty()).unwrap()).await;
    let session = house.sign_in("quan-tri").await;
    let answers = [
        ask("/scim/v2/Users", "cookie", &session).await,
        ask("/scim/v2/Users", "authorization", "Bearer kv_none").await,
        ask("/scim/v2/Users", "authorization", &format!("Bearer {}", house.token("quan-tri", true).await)).await,
        ask("/scim/v2/ServiceProviderConfig", "cookie", "x=y").await,
    ];
    for answer in &answers {
        assert_eq!(fault(answer), (401, None));
        assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
    }
    let bearer = format!("Bearer {}", directory.token);
    assert_eq!(ask("/scim/v2/Users", "authorization", &bearer).await.status, StatusCode::OK);
    for path in ["/api/v1/units", "/api/v1/officials", "/api/v1/schemes"] {
        assert_eq!(ask(path, "authorization", &bearer).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_ne!(ask("/quan-tri", "authorization", &bearer).await.status, StatusCode::OK);
    let put = Request::put("/api/v1/officials/X").header(header::AUTHORIZATION, &bearer).header(header::CONTENT_TYPE, "application/json");
    assert_eq!(house.send(put.body(Body::from("{}")).unwrap()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_page_of_resources_costs_as_much_for_many_as_for_few() {
    let fresh = house::furnished(&small::province(house::today(), 300), MADE).await;
    let house = House::open(&fresh, MADE);
    let directory = Directory::of(&house).await;
    let cost = async |path: &str| {
        let before = fresh.db.asked();
        let answer = directory.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        fresh.db.asked() - before
    };
    let asked = ["Users", "Users?filter=emails%20pr", "Groups", "Groups?excludedAttributes=members", "Users/u1", "Groups/g1"];
    let fill = async |from: usize, to: usize| {
        for n in from..to {
            let emails = json!([{ "value": format!("n{n}@tinh.vn") }, { "value": format!("m{n}@tinh.vn") }]);
            let person = directory.add("Users", json!({ "userName": format!("nguoi-{n}"), "emails": emails })).await;
            directory.add("Groups", json!({ "displayName": format!("Nhóm {n}"), "members": [{ "value": person["id"] }] })).await;
        }
    };
    fill(0, 2).await;
    let mut few = Vec::new();
    for path in asked {
        few.push(cost(path).await);
    }
    fill(2, 24).await;
    for (path, few) in asked.iter().zip(few) {
        assert_eq!(cost(path).await, few, "{path}");
        assert!(few <= 6, "{path} costs {few} statements");
    }
}
