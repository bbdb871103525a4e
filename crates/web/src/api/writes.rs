//! `PUT` of officials and posts, `/api/v1/batches` and `/api/v1/operations`: writing with a key, all or nothing, and taking it back.
//! Not for: rules (`service::exchange`), acts on units (`acts`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::{Map, Value, json};
use service::exchange::{self, Ask, Done, MOST_OPERATIONS, OpDone, OpState, Subject, Upsert};
use utoipa::ToSchema;

use super::problem::{ErrorBody, Fault, Problem};
use super::sent::{Reply, Sent};
use super::told;
use crate::AppState;
use crate::i18n::Lang;

/// A field that is otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Difference {
    /// The field.
    field: String,
    /// Before; citizen number, religion and health are masked.
    before: Option<String>,
    /// After.
    after: Option<String>,
}

/// What became of a thing that was put.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Put {
    /// Its code in the end.
    code: String,
    /// `created`, `changed` or `same`.
    outcome: String,
    /// The operation that all changes of the request share, to take it back; null when nothing was written.
    operation: Option<String>,
    /// Keys of the changes that were written of it.
    changes: Vec<i64>,
    /// With `dry_run`: what would be otherwise.
    differences: Vec<Difference>,
    /// Worth a look; nothing was refused for it.
    notes: Vec<ErrorBody>,
}

/// One operation of a batch, done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PutInBatch {
    /// `official`, `post` or `training`.
    r#type: String,
    #[serde(flatten)]
    put: Put,
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Batch {
    /// The operation that all changes share, to take it back; null when nothing was written.
    operation: Option<String>,
    /// Whether nothing was written because that was asked.
    dry_run: bool,
    /// How many are new.
    created: usize,
    /// How many are otherwise now.
    changed: usize,
    /// How many were so already.
    same: usize,
    /// Each operation, in the order of the request.
    results: Vec<PutInBatch>,
}

fn put(lang: Lang, done: &OpDone, operation: Option<&String>, (base, code_at): (&str, &str)) -> Put {
    let difference = |(field, before, after): &(String, Option<String>, Option<String>)| Difference {
        field: field.clone(),
        before: before.clone(),
        after: after.clone(),
    };
    Put {
        code: done.code.clone(),
        outcome: done.state.code().to_owned(),
        operation: operation.cloned(),
        changes: done.changes.clone(),
        differences: done.told.iter().map(difference).collect(),
        notes: done.notes.iter().map(|note| told::rule(lang, (base, code_at), note)).collect(),
    }
}

fn value<T: Serialize>(body: &T) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}

/// Puts one thing.
pub(super) async fn put_one(state: &AppState, sent: &Sent, subject: Subject, code: &str) -> Result<Response, Fault> {
    sent.asked.only(&["dry_run"])?;
    let (lang, dry_run) = (sent.lang, sent.dry_run()?);
    let answer = move |done: &Done| {
        let Some(one) = done.results.first() else { return Reply { status: StatusCode::OK, body: Value::Null, tag: None } };
        let status = if one.state == OpState::Created && !dry_run { StatusCode::CREATED } else { StatusCode::OK };
        let body = value(&put(lang, one, done.operation.as_ref(), ("", "/code")));
        Reply { status, body, tag: one.tag.clone() }
    };
    let ops = [Upsert { subject, code, fields: &sent.body }];
    let ask = Ask { ops: &ops, reason: &sent.reason, dry_run, matching: &sent.matching };
    sent.once(state, &answer, async |receipt| {
        let done = exchange::write(&state.services, &sent.ctx, &ask, receipt).await;
        done.map_err(|error| Fault::of(error, |refusal| told::refused(lang, refusal, |_| (String::new(), "/code".to_owned()))))
    })
    .await
}

/// Puts an official as told: new, otherwise, or the same already. A field that is not told or null stays as it is; what begins
/// (another unit or post) ends what was on the day `from`, today when not told. The rules are those of the office's own forms.
#[utoipa::path(
    put,
    path = "/api/v1/officials/{code}",
    tag = "officials",
    params(
        ("code" = String, Path, description = "Staff code; letters without marks, digits, `.` and `-`, at most 35"),
        ("dry_run" = Option<bool>, Query, description = "Only tell what would be done"),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key and body, the first answer is given"),
        ("If-Match" = Option<String>, Header, description = "Only when the record is in the state of this `ETag`; `*` when it is there"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: only when it is not there"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/OfficialFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "Known: otherwise now, or the same", body = Put,
            headers(("ETag" = String, description = "State of the record now"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 201, description = "New", body = Put,
            headers(("ETag" = String, description = "State of the record now"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 409, description = "The request of the key is being worked on, or the register goes on changing", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "In another state than If-Match or If-None-Match says", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 5 MB", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Rules refuse it, each by its place in the body; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn official(State(state): State<AppState>, Path(code): Path<String>, sent: Sent) -> Result<Response, Fault> {
    put_one(&state, &sent, Subject::Official, &code).await
}

/// What stands where in a batch.
fn place(at: usize) -> (String, String) {
    (format!("/operations/{at}/body"), format!("/operations/{at}/code"))
}

/// An operation as it was told.
struct Op {
    subject: Subject,
    code: String,
    body: Map<String, Value>,
}

/// The operations of a body, or everything about their shape that is wrong.
fn operations(sent: &Sent) -> Result<Vec<Op>, Fault> {
    let lang = sent.lang;
    let mut errors = Vec::new();
    let unknown = sent.body.keys().filter(|name| *name != "operations");
    errors.extend(unknown.take(told::MOST_TOLD).map(|name| shape(lang, format!("/{}", told::part(name)), "unknown_field")));
    let Some(Value::Array(items)) = sent.body.get("operations") else {
        errors.push(shape(lang, "/operations".to_owned(), "not_a_list"));
        return Err(Fault::Refused(errors));
    };
    if items.len() > MOST_OPERATIONS {
        errors.push(told::error("/operations", "too_many", told::too_many(lang)));
        return Err(Fault::Refused(errors));
    }
    let ops: Vec<Option<Op>> = items.iter().enumerate().map(|(at, item)| operation(lang, at, item, &mut errors)).collect();
    match ops.into_iter().collect::<Option<Vec<Op>>>() {
        Some(ops) if errors.is_empty() => Ok(ops),
        _ => Err(Fault::Refused(errors)),
    }
}

fn shape(lang: Lang, pointer: String, code: &str) -> ErrorBody {
    let values = [("read", String::new().into()), ("known", String::new().into())];
    told::error(pointer, code, lang.with(&format!("exchange-fault-{code}"), &values))
}

fn operation(lang: Lang, at: usize, item: &Value, errors: &mut Vec<ErrorBody>) -> Option<Op> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let mut wrong = |field: &str, code: &str| {
        if errors.len() < told::MOST_TOLD {
            errors.push(shape(lang, format!("/operations/{at}/{}", told::part(field)), code));
        }
    };
    for name in item.as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| !OP_FIELDS.contains(&name.as_str())) {
        wrong(name, "unknown_field");
    }
    if text("op") != Some("upsert") {
        wrong("op", "not_upsert");
    }
    let subject = match text("type") {
        Some("official") => Some(Subject::Official),
        Some("post") => Some(Subject::Post),
        Some("training") => Some(Subject::Training),
        _ => {
            wrong("type", "not_a_type");
            None
        }
    };
    let code = text("code").map(str::trim).filter(|code| !code.is_empty());
    if code.is_none() {
        wrong("code", "not_text");
    }
    let body = item.get("body").and_then(Value::as_object);
    if body.is_none() {
        wrong("body", "not_an_object");
    }
    Some(Op { subject: subject?, code: code?.to_owned(), body: body?.clone() })
}

const OP_FIELDS: [&str; 4] = ["op", "type", "code", "body"];

/// Puts up to 1,000 officials, posts and trainings at once: all of them, or none. What was written can be taken back as one operation.
#[utoipa::path(
    post,
    path = "/api/v1/batches",
    tag = "batches",
    params(
        ("dry_run" = Option<bool>, Query, description = "Only tell what would be done; needs no key"),
        ("Idempotency-Key" = String, Header, description = "Needed unless `dry_run`: sent again with the same key and body, the first answer is given"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/BatchFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "All done", body = Batch, headers(("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 409, description = "The request of the key is being worked on, or the register goes on changing", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 5 MB", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Nothing done: rules refuse operations, each by its place; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn batch(State(state): State<AppState>, sent: Sent) -> Result<Response, Fault> {
    sent.asked.only(&["dry_run"])?;
    sent.needs_key()?;
    let (lang, dry_run) = (sent.lang, sent.dry_run()?);
    sent.needs_no_state()?;
    let ops = operations(&sent)?;
    let upserts: Vec<Upsert<'_>> = ops.iter().map(|op| Upsert { subject: op.subject, code: &op.code, fields: &op.body }).collect();
    let ask = Ask { ops: &upserts, reason: &sent.reason, dry_run, matching: &sent.matching };
    let answer = move |done: &Done| Reply { status: StatusCode::OK, body: value(&told_of(lang, done, dry_run)), tag: None };
    sent.once(&state, &answer, async |receipt| {
        let done = exchange::write(&state.services, &sent.ctx, &ask, receipt).await;
        done.map_err(|error| Fault::of(error, |refusal| told::refused(lang, refusal, place)))
    })
    .await
}

fn told_of(lang: Lang, done: &Done, dry_run: bool) -> Batch {
    let count = |state: OpState| done.results.iter().filter(|result| result.state == state).count();
    let one = |(at, result): (usize, &OpDone)| {
        let (base, code_at) = place(at);
        let r#type = match result.subject {
            Subject::Official => "official",
            Subject::Post => "post",
            Subject::Training => "training",
        };
        PutInBatch { r#type: r#type.to_owned(), put: put(lang, result, done.operation.as_ref(), (&base, &code_at)) }
    };
    Batch {
        operation: done.operation.clone(),
        dry_run,
        created: count(OpState::Created),
        changed: count(OpState::Changed),
        same: count(OpState::Same),
        results: done.results.iter().enumerate().map(one).collect(),
    }
}

/// Why something is taken back.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document")]
pub(crate) struct Undo {
    /// Why, at most 500 letters.
    reason: String,
}

/// What was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The operation.
    operation: String,
    /// Rows that went back.
    rows: usize,
}

/// Takes back everything that one request wrote, unless something was built on it since. Posts that joined the catalogue by their title
/// alone stay.
#[utoipa::path(
    post,
    path = "/api/v1/operations/{operation}/undo",
    tag = "batches",
    params(
        ("operation" = String, Path, description = "`operation` of the answer of a write"),
        ("Idempotency-Key" = String, Header, description = "Needed: sent again with the same key and body, the first answer is given"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = Undo, content_type = "application/json"),
    responses(
        (status = 200, description = "Taken back", body = Undone, headers(("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 422, description = "Something was built on it since, or it touches people whom the account does not keep", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn undo(State(state): State<AppState>, Path(operation): Path<String>, sent: Sent) -> Result<Response, Fault> {
    sent.asked.only(&[])?;
    sent.needs_key()?;
    sent.needs_no_state()?;
    let lang = sent.lang;
    if let Some(name) = sent.body.keys().next() {
        return Err(Fault::Refused(vec![shape(lang, format!("/{}", told::part(name)), "unknown_field")]));
    }
    let of = operation.clone();
    let answer = move |rows: &usize| Reply { status: StatusCode::OK, body: json!({ "operation": of, "rows": rows }), tag: None };
    sent.once(&state, &answer, async |receipt| {
        let rows = exchange::undo(&state.services, &sent.ctx, &operation, &sent.reason, receipt).await;
        rows.map_err(|error| Fault::of(error, |refusals| told::undoing(lang, refusals)))
    })
    .await
}
