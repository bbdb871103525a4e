//! The bodies of writes as the document describes them: those of officials are made from the catalogue of fields by which files are read.
//! Not for: reading them; each mistake is told by its place (`service::intake`, `acts`).

use domain::orgs::reorganise::{Fate, StepKind};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::people::PostGroup;
use serde_json::{Map, Value, json};
use service::exchange::MOST_OPERATIONS;
use service::intake::{self, FieldKind, Tells};
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// Adds the bodies to the document.
pub(super) struct Bodies;

impl utoipa::Modify for Bodies {
    fn modify(&self, openapi: &mut OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        for (name, schema) in schemas() {
            // Written by hand, each is read by a test as the schema it is.
            if let Ok(schema) = serde_json::from_value::<RefOr<Schema>>(schema) {
                components.schemas.insert(name.to_owned(), schema);
            }
        }
    }
}

fn schemas() -> [(&'static str, Value); 10] {
    [
        ("OfficialFields", official()),
        ("TrainingFields", training()),
        ("PostFields", post()),
        ("BatchFields", batch()),
        ("UnitFields", unit()),
        ("PlaceFields", place()),
        ("ActFields", act()),
        ("NewUnit", new_unit()),
        ("Part", part()),
        ("Rule", rule()),
    ]
}

fn object(description: &str, required: &[&str], properties: Value) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("description".to_owned(), json!(description));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("properties".to_owned(), properties);
    Value::Object(schema)
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description, "maxLength": 500 })
}

fn day(description: &str) -> Value {
    json!({ "type": "string", "format": "date", "description": description })
}

fn maybe(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.clone(), "null"]);
    }
    schema
}

fn one_of(description: &str, codes: &[&str]) -> Value {
    json!({ "type": "string", "description": description, "enum": codes })
}

fn reason() -> Value {
    text("Why, as it stands in the history of each thing")
}

/// Every field that files have, but for the parts of a name.
fn official() -> Value {
    let mut properties = Map::new();
    properties.insert("reason".to_owned(), reason());
    for code in intake::field_codes(Tells::Officials).filter(|code| !["family", "given"].contains(code)) {
        properties.insert(code.to_owned(), field(code));
    }
    object(
        "What is told of an official; fields and codes are those of imported files. A new one needs `name`, `birth`, `sex`, `ethnicity`, \
         `unit`, `post` and `staff`.",
        &["reason"],
        Value::Object(properties),
    )
}

/// Every field that lists of trainings have, but for those that a file finds its people by.
fn training() -> Value {
    let mut properties = Map::new();
    let not_told = ["family", "given", "citizen_number", "during"];
    for code in intake::field_codes(Tells::Training).filter(|code| !not_told.contains(code)) {
        properties.insert(code.to_owned(), field(code));
    }
    let source = "Who says it: `imported` (usual) or `institute`, who taught it; a weaker source does not change what a stronger one said";
    properties
        .insert("source".to_owned(), json!({ "type": ["string", "null"], "enum": ["imported", "institute", null], "description": source }));
    object(
        "What is told of a training of an official; the operation's `code` is the staff code. Known again by its first day and its name, or its \
         content where it has none. A new one needs `starts`, `content` and `days` or `periods`; education needs `starts` and `awarded`.",
        &[],
        Value::Object(properties),
    )
}

fn field(code: &str) -> Value {
    let name = intake::first_name(code).unwrap_or_default();
    match intake::field_kind(code) {
        Some(FieldKind::Date) => json!({
            "type": ["string", "integer", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "description": format!("{name}: `2026-01-05`, or `2026-01` or `2026` where no more is known"),
        }),
        Some(FieldKind::Year) => json!({ "type": ["integer", "null"], "description": name, "minimum": 1990, "maximum": 2100 }),
        Some(FieldKind::Count) => json!({ "type": ["integer", "null"], "description": name, "minimum": 1, "maximum": 9999 }),
        Some(FieldKind::YesNo) => json!({ "type": ["boolean", "null"], "description": name }),
        Some(FieldKind::Choice) => {
            let choices: Vec<(&str, &str)> = intake::choices(code).collect();
            let words = choices.iter().map(|(code, word)| format!("`{code}` {word}")).collect::<Vec<_>>().join(", ");
            json!({ "type": ["string", "integer", "null"], "description": format!("{name}: {words}") })
        }
        Some(FieldKind::Text | FieldKind::Name | FieldKind::Key | FieldKind::Citizen) | None => {
            json!({ "type": ["string", "null"], "description": name, "maxLength": 500 })
        }
    }
}

fn post() -> Value {
    let groups: Vec<&str> = PostGroup::ALL.iter().map(|group| group.code()).collect();
    let kinds: Vec<&str> = UnitKind::ALL.iter().map(|kind| kind.code()).collect();
    object(
        "What is told of a post of the catalogue. A new one needs `title`.",
        &["reason"],
        json!({
            "reason": reason(),
            "code": text("The code of the address; may be left out"),
            "title": text("Title"),
            "group": maybe(json!({ "type": "string", "description": format!("One of {}", groups.join(", ")) })),
            "kinds": { "type": ["array", "null"], "items": one_of("Kind of unit", &kinds), "description": "Kinds of units it is for; none is all" },
            "from": maybe(day("First day")),
            "to": maybe(day("Last day")),
        }),
    )
}

fn batch() -> Value {
    let operation = object(
        "One thing to be put.",
        &["op", "type", "code", "body"],
        json!({
            "op": one_of("What to do", &["upsert"]),
            "type": one_of("What it is about", &["official", "post", "training"]),
            "code": text("Its code; of a training, the staff code of whose it is"),
            "body": { "type": "object", "description": "The fields of OfficialFields, PostFields or TrainingFields, without `reason`" },
        }),
    );
    object(
        "Things to be put, all or none.",
        &["reason", "operations"],
        json!({
            "reason": reason(),
            "operations": { "type": "array", "minItems": 1, "maxItems": MOST_OPERATIONS, "items": operation, "description": "In order" },
        }),
    )
}

fn unit() -> Value {
    let alias = object(
        "Another code.",
        &["code"],
        json!({ "code": text("The code"), "from": maybe(day("First day")), "to": maybe(day("Last day")) }),
    );
    object(
        "The other codes of a unit.",
        &["reason", "aliases"],
        json!({ "reason": reason(), "aliases": { "type": "array", "items": alias, "description": "All of them: others go" } }),
    )
}

fn place() -> Value {
    let degrees = |description: &str, (least, most): (i32, i32)| json!({ "type": "number", "description": description, "minimum": f64::from(least) / 1e6, "maximum": f64::from(most) / 1e6 });
    object(
        "Where a unit stands (WGS 84).",
        &["reason", "latitude", "longitude"],
        json!({
            "reason": reason(),
            "latitude": degrees("Degrees north", domain::geography::NORTH),
            "longitude": degrees("Degrees east", domain::geography::EAST),
            "from": maybe(day("From when on; without it what was said last is set right")),
        }),
    )
}

fn new_unit() -> Value {
    let codes = |all: Vec<&'static str>| all;
    object(
        "A unit to begin.",
        &["code", "name", "kind", "level", "bloc", "parent"],
        json!({
            "code": text("Code, as QĐ 20/2020/QĐ-TTg writes them"),
            "name": text("Name"),
            "kind": one_of("Kind", &codes(UnitKind::ALL.iter().map(|kind| kind.code()).collect())),
            "level": one_of("Level", &codes(Level::ALL.iter().map(|level| level.code()).collect())),
            "bloc": one_of("Bloc", &codes(Bloc::ALL.iter().map(|bloc| bloc.code()).collect())),
            "actor": maybe(text("Role code by which schemes speak of it")),
            "parent": text("Code of the unit under which it stands"),
        }),
    )
}

fn part() -> Value {
    object(
        "What becomes of a unit under one that is split.",
        &["unit", "fate", "to"],
        json!({
            "unit": text("Code of the unit"),
            "fate": one_of("Whether it lives on", &Fate::ALL.iter().map(|fate| fate.code()).collect::<Vec<_>>()),
            "to": text("Code of the part under which it stands, or to which its people go"),
        }),
    )
}

fn rule() -> Value {
    object(
        "Where some people go; everybody else goes where the rest goes. Either `post` or `official` says who.",
        &["to"],
        json!({
            "post": text("Everybody in the unit itself with a post of this title"),
            "official": text("The official of this staff code"),
            "to": text("Code of the unit to which they go"),
        }),
    )
}

fn act() -> Value {
    let heir = json!({ "oneOf": [{ "type": "string" }, { "$ref": "#/components/schemas/NewUnit" }] });
    object(
        "An act on units. `create`: `new`. `rename`: `unit`, `name`, perhaps `code`. `move`: `unit`, `parent`, perhaps `code`. `merge`: \
         `units`, `into`, `children`. `split`: `unit`, `into` (a list, the main part first), `stays`, perhaps `children` (a list) and \
         `people`. `abolish`: `unit`, `children`, perhaps `into` and `people`.",
        &["act", "on", "reason"],
        json!({
            "act": one_of("What is done", &StepKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>()),
            "on": day("First day of the new order"),
            "decision": maybe(text("Number of the decision")),
            "reason": reason(),
            "new": { "$ref": "#/components/schemas/NewUnit" },
            "unit": text("Code of the unit it is about"),
            "units": { "type": "array", "items": { "type": "string" }, "description": "Codes of the units that end" },
            "name": text("The name from then on"),
            "code": maybe(text("The code from then on")),
            "parent": text("Code of the unit under which it stands from then on"),
            "into": {
                "description": "Who carries on: a code or a new unit; a list of such for `split`",
                "oneOf": [
                    { "type": ["string", "null"] },
                    { "$ref": "#/components/schemas/NewUnit" },
                    { "type": "array", "items": heir },
                ],
            },
            "stays": { "type": ["boolean", "null"], "description": "The unit that is split lives on as the main part" },
            "children": {
                "description": "What becomes of the units under it; a list of those that do not follow the main part for `split`",
                "oneOf": [
                    one_of("Of all of them", &Fate::ALL.iter().map(|fate| fate.code()).collect::<Vec<_>>()),
                    { "type": "array", "items": { "$ref": "#/components/schemas/Part" } },
                ],
            },
            "people": { "type": "array", "items": { "$ref": "#/components/schemas/Rule" }, "description": "People who do not go where the rest goes" },
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_is_a_schema_and_stays_what_it_says() {
        for (name, schema) in schemas() {
            let read: RefOr<Schema> = serde_json::from_value(schema.clone()).unwrap();
            let back = serde_json::to_value(read).unwrap();
            assert_eq!(back["properties"].as_object().unwrap().len(), schema["properties"].as_object().unwrap().len(), "{name}");
        }
    }
}
