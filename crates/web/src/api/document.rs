//! The document of the interface for programs (`/api/openapi.json`) and for people (`/api`).
//! Not for: what is in it; it comes from the handlers.

use std::sync::LazyLock;

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use utoipa::OpenApi;

use super::problem::Fault;
use crate::AppState;

static JSON: LazyLock<String> = LazyLock::new(|| super::Document::openapi().to_json().unwrap_or_default());

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api", get(page)).route("/api/openapi.json", get(document))
}

async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], JSON.as_str()).into_response()
}

/// The page, in plain HTML without the frame of the office pages: programmers read it before they have an account.
#[derive(Template)]
#[template(path = "api/document.html")]
struct Page {
    sheets: Vec<&'static str>,
    description: String,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
    problems: Vec<(u16, &'static str, &'static str)>,
}

struct Group {
    name: String,
    description: String,
    operations: Vec<Operation>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<Field>,
    body: Option<Kind>,
    answer: Kind,
}

struct Shape {
    name: String,
    description: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    place: String,
    kind: Kind,
    description: String,
}

/// A type in a few words, and the shape it speaks of.
#[derive(Default)]
struct Kind {
    words: String,
    link: Option<String>,
}

async fn page() -> Response {
    let document: Value = serde_json::from_str(&JSON).unwrap_or_default();
    match read(&document).render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => Fault::Internal(Box::new(error)).problem("api").into_response(),
    }
}

fn read(document: &Value) -> Page {
    let groups = list(document, "/tags").map(|tag| group(document, tag)).collect();
    let shapes = entries(document, "/components/schemas").map(|(name, schema)| shape(name, schema)).collect();
    Page { sheets: sheets(), description: text(document, "/info/description"), groups, shapes, problems: Fault::table() }
}

fn sheets() -> Vec<&'static str> {
    ["fonts.css", "tabler.min.css", "app.css"].map(assets::path).into_iter().filter(|path| !path.is_empty()).collect()
}

fn group(document: &Value, tag: &Value) -> Group {
    let name = text(tag, "/name");
    let of_path = |(path, item): (&String, &Value)| {
        let each = METHODS.iter().filter_map(|method| Some((*method, item.get(method)?)));
        let own = each.filter(|(_, operation)| list(operation, "/tags").any(|t| t.as_str() == Some(&name)));
        own.map(|(method, operation)| read_operation(method, path, operation)).collect::<Vec<_>>()
    };
    let operations = entries(document, "/paths").flat_map(of_path).collect();
    Group { description: text(tag, "/description"), operations, name }
}

/// Methods in the order in which they are shown.
const METHODS: [&str; 3] = ["get", "put", "post"];

fn read_operation(method: &str, path: &str, operation: &Value) -> Operation {
    let parameter = |p: &Value| Field {
        name: text(p, "/name"),
        place: text(p, "/in"),
        kind: kind(p.get("schema").unwrap_or(&Value::Null)),
        description: text(p, "/description"),
    };
    let schema = |status: &str| operation.pointer(&format!("/responses/{status}/content/application~1json/schema"));
    let answer = schema("200").or_else(|| schema("201")).map(kind).unwrap_or_default();
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        body: operation.pointer("/requestBody/content/application~1json/schema").map(kind),
        summary: format!("{} {}", text(operation, "/summary"), text(operation, "/description")).trim().to_owned(),
        parameters: list(operation, "/parameters").map(parameter).collect(),
        answer,
    }
}

fn shape(name: &str, schema: &Value) -> Shape {
    let parts: Vec<&Value> = list(schema, "/allOf").chain([schema]).collect();
    let mut fields: Vec<Field> =
        parts.iter().flat_map(|part| entries(part, "/properties")).map(|(name, property)| field(name, property)).collect();
    for part in &parts {
        if part.get("$ref").is_some() {
            fields.insert(0, Field { name: "…".to_owned(), place: String::new(), kind: kind(part), description: String::new() });
        }
    }
    let description = parts.iter().map(|p| text(p, "/description")).find(|d| !d.is_empty()).unwrap_or_default();
    Shape { name: name.to_owned(), description, fields }
}

fn field(name: &str, property: &Value) -> Field {
    Field { name: name.to_owned(), place: String::new(), kind: kind(property), description: text(property, "/description") }
}

fn kind(schema: &Value) -> Kind {
    let link = reference(schema).or_else(|| schema.get("items").and_then(reference)).or_else(|| {
        let either = || list(schema, "/oneOf").chain(list(schema, "/anyOf"));
        either().find_map(reference)
    });
    Kind { words: words(schema), link }
}

fn reference(schema: &Value) -> Option<String> {
    schema.get("$ref")?.as_str()?.rsplit('/').next().map(str::to_owned)
}

fn words(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return name;
    }
    if let Some(items) = schema.get("items") {
        return format!("{} []", words(items));
    }
    let either: Vec<String> = list(schema, "/oneOf").chain(list(schema, "/anyOf")).map(words).collect();
    if !either.is_empty() {
        return either.join(" | ");
    }
    match schema.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn entries<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_endpoint() {
        let document: Value = serde_json::from_str(&JSON).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let html = read(&document).render().unwrap();
        for (method, path) in super::super::ENDPOINTS {
            let shown = format!("<strong class=\"me-2\">{}</strong><code class=\"me-2 text-break\">{path}</code>", method.to_uppercase());
            assert!(html.contains(&shown), "{method} {path}");
        }
        for body in ["OfficialFields", "BatchFields", "ActFields"] {
            assert!(html.contains(&format!("id=\"{body}\"")) && html.contains(&format!("href=\"#{body}\"")), "{body}");
        }
        assert!(!html.contains("<script") && !html.contains("style="));
    }
}
