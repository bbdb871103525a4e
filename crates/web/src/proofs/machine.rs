//! The API as another machine meets it: every request here is answered as the document of the API says, by status, header and shape.
//! Not for: rules of the register on both engines (`service/tests/it/exchange.rs`).

mod reads;
mod rights;
mod truth;
mod writes;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::time::Instant;
use serde_json::{Value, json};
use testkit::databases::Fresh;
use testkit::small;

use super::house::{self, Answer, House, MADE};
use truth::Truth;

/// A machine with a token, and the document that it trusts.
struct Machine {
    house: House,
    fresh: Fresh,
    token: String,
    truth: Truth,
    /// Headers that every request has beside those of its own.
    usual: Vec<(&'static str, String)>,
}

/// A question as it is sent.
#[derive(Default)]
struct Question<'a> {
    headers: Vec<(&'a str, &'a str)>,
    body: Option<Value>,
    raw: Option<Vec<u8>>,
}

impl Machine {
    async fn new() -> Self {
        Self::on(house::furnished(&small::province(house::today(), 60), MADE).await, MADE).await
    }

    async fn on(fresh: Fresh, now: Instant) -> Self {
        let house = House::open(&fresh, now);
        let token = house.token("so-noi-vu", true).await;
        Self { house, fresh, token, truth: Truth::read(), usual: Vec::new() }
    }

    /// Asks, and holds the answer against the document.
    async fn ask(&self, method: &str, path: &str, question: Question<'_>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let has = |name: &str| question.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        if !has("authorization") {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        for (name, value) in &self.usual {
            request = request.header(*name, value);
        }
        if (question.body.is_some() || question.raw.is_some()) && !has("content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in question.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let body = question.raw.or_else(|| question.body.as_ref().map(|body| body.to_string().into_bytes())).unwrap_or_default();
        let answer = self.house.send(request.body(Body::from(body)).unwrap()).await;
        self.truth.holds(method, path, question.body.as_ref(), &answer);
        answer
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, Question::default()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        json_of(&answer)
    }

    async fn send(&self, method: &str, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
        self.ask(method, path, Question { headers: headers.to_vec(), body: Some(body), raw: None }).await
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, body, &[]).await
    }

    /// The code of a department, by the role in which schemes speak of it.
    async fn unit(&self, actor: &str) -> String {
        let units = self.get(&format!("/api/v1/units?limit=200&q={}", actor.replace('-', "+"))).await;
        let found = units["items"].as_array().unwrap().iter().find(|unit| unit["actor"] == actor);
        found.unwrap_or_else(|| panic!("{actor} is not in {units}"))["code"].as_str().unwrap().to_owned()
    }

    /// The code of the province.
    async fn root(&self) -> String {
        let unit = self.unit("so-y-te").await;
        self.get(&format!("/api/v1/units/{unit}")).await["path"][0]["code"].as_str().unwrap().to_owned()
    }
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.text()))
}

/// Pointers and codes of a refusal.
fn errors(answer: &Answer) -> Vec<(String, String)> {
    let body = json_of(answer);
    let one = |error: &Value| (error["pointer"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned());
    body["errors"].as_array().map(|all| all.iter().map(one).collect()).unwrap_or_default()
}

fn code(answer: &Answer) -> String {
    json_of(answer)["code"].as_str().unwrap().to_owned()
}

fn tag(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

/// Somebody new for a unit.
fn newcomer(unit: &str) -> Value {
    json!({
        "reason": "theo quyết định tuyển dụng",
        "name": "Hồ Thị Bình",
        "birth": "1985-03-31",
        "sex": "nu",
        "ethnicity": 26,
        "unit": unit,
        "post": "Chuyên viên",
        "staff": "cong_chuc",
        "grade": "01.003",
        "from": "2026-01-05",
        "degree": "bachelor",
        "degree_on": "2007",
    })
}
