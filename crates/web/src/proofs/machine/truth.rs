//! Answers held against the document of the API: the operation is described, its status is, and the body has the shape it says.
//! Not for: what an answer means.

use axum::http::header;
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use crate::api;
use crate::proofs::house::Answer;

/// The document.
pub(super) struct Truth {
    document: Value,
}

impl Truth {
    pub(super) fn read() -> Self {
        Self { document: api::openapi() }
    }

    /// The operation of an address: of those with places to fill, the one with the most fixed parts.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let path = path.split('?').next().unwrap();
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let wanted: Vec<&str> = template.split('/').collect();
            wanted.len() == parts.len() && wanted.iter().zip(&parts).all(|(w, p)| w.starts_with('{') || w == p)
        };
        let all = self.document["paths"].as_object().unwrap();
        let found = all.keys().filter(fits).min_by_key(|template| template.matches('{').count())?;
        all[found].get(method.to_lowercase())
    }

    /// A schema of the document with all that it names.
    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = json!({ "components": self.document["components"] });
        whole["allOf"] = json!([schema]);
        jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).build(&whole).unwrap()
    }

    fn check(&self, schema: &Value, value: &Value, what: &str) {
        let validator = self.validator(schema);
        let wrong: Vec<String> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{what} is not as the document says: {wrong:#?}\n{value:#}");
    }

    /// Holds an answer, and the body of a request that was taken, against the document.
    pub(super) fn holds(&self, method: &str, path: &str, body: Option<&Value>, answer: &Answer) {
        let what = format!("{method} {path} ({})", answer.status);
        let Some(operation) = self.operation(method, path) else {
            assert!(matches!(answer.status.as_u16(), 404 | 405), "{what} is not described");
            return;
        };
        let status = answer.status.as_u16();
        let range = format!("{}XX", status / 100);
        let responses = &operation["responses"];
        let response = responses.get(status.to_string()).or_else(|| responses.get(&range));
        let response = response.unwrap_or_else(|| panic!("{what} is no answer of the document"));
        let kind = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned());
        let content = kind.as_deref().and_then(|kind| response["content"].get(kind));
        assert_eq!(content.is_some(), !answer.body.is_empty(), "{what}: {kind:?} is not described");
        if let Some(content) = content {
            self.check(&content["schema"], &serde_json::from_slice(&answer.body).unwrap(), &what);
        }
        if answer.status.is_success() {
            for name in ["etag", "idempotency-replayed"].into_iter().filter(|name| answer.headers.contains_key(*name)) {
                let described = response["headers"].as_object();
                assert!(described.is_some_and(|all| all.keys().any(|known| known.eq_ignore_ascii_case(name))), "{what}: {name}");
            }
            if let Some(body) = body {
                self.check(&operation["requestBody"]["content"]["application/json"]["schema"], body, &format!("the body of {what}"));
            }
        }
    }
}

#[test]
fn a_false_answer_is_found() {
    let truth = Truth::read();
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    let problem = json!({ "type": "/api#x", "title": "x", "status": 404, "detail": "x", "code": "x", "operation": "x" });
    assert!(truth.validator(&schema).is_valid(&problem));
    let without = json!({ "type": "/api#x", "title": "x", "status": "404", "detail": "x", "operation": "x" });
    assert_eq!(truth.validator(&schema).iter_errors(&without).count(), 2);
}

#[test]
fn every_operation_says_what_it_takes_and_answers() {
    let truth = Truth::read();
    for (method, path) in api::ENDPOINTS {
        let operation = truth.operation(&method.to_uppercase(), path).unwrap();
        assert!(operation["responses"].get("4XX").is_some(), "{method} {path} tells no problem");
        assert_eq!(*method != "get", operation.get("requestBody").is_some(), "{method} {path}");
        let success: Vec<&Value> = ["200", "201"].iter().filter_map(|status| operation["responses"].get(*status)).collect();
        assert!(!success.is_empty() && success.iter().all(|answer| answer["content"]["application/json"]["schema"].is_object()), "{path}");
    }
}
