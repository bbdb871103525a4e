//! `/api/v1/units/acts`: reorganising with a day and a decision, looked at first with `dry_run`; and the other codes of a unit.
//! Not for: the rules (`domain::orgs::reorganise`).

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::UnitId;
use domain::orgs::reorganise::{ChildRule, Fate, Heir, NewUnit, Rule, Step, StepKind, Whose};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::time::{Date, iso};
use serde::Serialize;
use serde_json::{Map, Value};
use service::exchange::{self, AliasWish, OpState};
use service::registry::{self, Carried, Names, Order, Preview};
use utoipa::ToSchema;

use super::problem::{ErrorBody, Fault, Problem};
use super::sent::{Reply, Sent};
use super::shapes::Named;
use super::told;
use crate::AppState;
use crate::i18n::Lang;

/// People of one unit who go to another one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FlowBody {
    /// From.
    from: Named,
    /// To.
    to: Named,
    /// How many people.
    people: usize,
}

/// Two units that belong together in an act.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pair {
    /// The unit.
    unit: Named,
    /// Where it stands from then on, or what it is from then on.
    to: Named,
}

/// Somebody who cannot go: the act is refused until a rule says where.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StuckBody {
    /// Staff code and name.
    person: Named,
    /// Unit.
    unit: Named,
    /// Post.
    post: String,
    /// Why.
    why: String,
}

/// What an act did, or with `dry_run` would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Act {
    /// Key of the reorganisation; null when nothing was done.
    id: Option<i64>,
    /// Whether nothing was done because that was asked.
    dry_run: bool,
    /// Code of the unit to look at.
    unit: String,
    /// People who go.
    people: usize,
    /// Units that begin, and where they stand.
    begins: Vec<Pair>,
    /// Units that end.
    ends: Vec<Named>,
    /// Units that stand elsewhere, and where.
    moves: Vec<Pair>,
    /// Units with another name or code, and which.
    renames: Vec<Pair>,
    /// Who goes where.
    flows: Vec<FlowBody>,
    /// Who cannot go.
    stuck: Vec<StuckBody>,
}

fn named((code, name): &(String, String)) -> Named {
    Named { code: code.clone(), name: name.clone() }
}

impl Act {
    fn of(preview: &Preview, carried: Option<&Carried>) -> Self {
        let pair = |(unit, to): &((String, String), (String, String))| Pair { unit: named(unit), to: named(to) };
        let subject = preview.begins.first().map_or(&preview.subject, |(unit, _)| unit).0.clone();
        Self {
            id: carried.map(|carried| carried.id),
            dry_run: carried.is_none(),
            unit: carried.map_or(subject, |carried| carried.code.clone()),
            people: carried.map_or(preview.people, |carried| carried.people),
            begins: preview.begins.iter().map(pair).collect(),
            ends: preview.ends.iter().map(named).collect(),
            moves: preview.moves.iter().map(pair).collect(),
            renames: preview.renames.iter().map(pair).collect(),
            flows: preview.flows.iter().map(|f| FlowBody { from: named(&f.from), to: named(&f.to), people: f.people }).collect(),
            stuck: preview
                .stuck
                .iter()
                .map(|s| StuckBody { person: named(&s.person), unit: named(&s.unit), post: s.post.clone(), why: s.hold.code().to_owned() })
                .collect(),
        }
    }
}

/// Reorganises units from a day on: `create`, `rename`, `move`, `merge`, `split` or `abolish`, with everybody it moves, in one operation
/// that the page of reorganisations takes back. Units are named by code; new ones may be named by the code they get.
#[utoipa::path(
    post,
    path = "/api/v1/units/acts",
    tag = "units",
    params(
        ("dry_run" = Option<bool>, Query, description = "Only tell what would be done; needs no key"),
        ("Idempotency-Key" = String, Header, description = "Needed unless `dry_run`: sent again with the same key and body, the first answer is given"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/ActFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "What it would do, with `dry_run`", body = Act),
        (status = 201, description = "Done", body = Act, headers(("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 422, description = "Rules refuse it; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn act(State(state): State<AppState>, sent: Sent) -> Result<Response, Fault> {
    sent.asked.only(&["dry_run"])?;
    sent.needs_key()?;
    sent.needs_no_state()?;
    let lang = sent.lang;
    let names = registry::unit_names(&state.services, &sent.ctx).await?;
    let order = order(&sent, &names)?;
    let refuse = |error| Fault::of(error, |refusals| told::reorganising(lang, order.step.kind(), refusals));
    if sent.dry_run()? {
        let preview = registry::preview(&state.services, &sent.ctx, &order).await.map_err(refuse)?;
        return Ok((StatusCode::OK, axum::Json(Act::of(&preview, None))).into_response());
    }
    let kept = std::sync::Mutex::new(Preview::default());
    let answer = |carried: &Carried| {
        let preview = kept.lock().map(|preview| preview.clone()).unwrap_or_default();
        let body = serde_json::to_value(Act::of(&preview, Some(carried))).unwrap_or_default();
        Reply { status: StatusCode::CREATED, body, tag: None }
    };
    sent.once(&state, &answer, async |receipt| {
        let preview = registry::preview(&state.services, &sent.ctx, &order).await.map_err(refuse)?;
        let seen = preview.facts;
        if let Ok(mut kept) = kept.lock() {
            *kept = preview;
        }
        registry::carry_for(&state.services, &sent.ctx, &order, Some(seen), Some(receipt)).await.map_err(refuse)
    })
    .await
}

/// Reads the body of an act, noting every mistake.
struct Reading<'a> {
    lang: Lang,
    names: &'a Names,
    /// New units by their code, with the numbers by which the act speaks of them.
    new: BTreeMap<String, UnitId>,
    errors: Vec<ErrorBody>,
}

fn order(sent: &Sent, names: &Names) -> Result<Order, Fault> {
    let mut reading = Reading { lang: sent.lang, names, new: BTreeMap::new(), errors: Vec::new() };
    let body = &sent.body;
    let on = reading.day(body, "on");
    let decision = reading.maybe_text(body, "", "decision");
    let step = match body.get("act").and_then(Value::as_str).and_then(StepKind::from_code) {
        Some(kind) => {
            reading.known(body, "", &[&["act", "on", "decision"], fields_of(kind)].concat());
            reading.step(kind, body)
        }
        None => {
            let known = StepKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ");
            reading.wrong("/act", "not_a_code", &known);
            None
        }
    };
    match (step, on) {
        (Some(step), Some(on)) if reading.errors.is_empty() => Ok(Order { step, on, decision, reason: sent.reason.clone() }),
        _ => Err(Fault::Refused(reading.errors)),
    }
}

/// What each act tells beside its day, decision and reason.
const fn fields_of(kind: StepKind) -> &'static [&'static str] {
    match kind {
        StepKind::Create => &["new"],
        StepKind::Rename => &["unit", "name", "code"],
        StepKind::Move => &["unit", "parent", "code"],
        StepKind::Merge => &["units", "into", "children"],
        StepKind::Split => &["unit", "into", "stays", "children", "people"],
        StepKind::Abolish => &["unit", "into", "children", "people"],
    }
}

impl Reading<'_> {
    fn wrong(&mut self, pointer: &str, code: &str, known: &str) {
        if self.errors.len() >= told::MOST_TOLD {
            return;
        }
        let values = [("read", String::new().into()), ("known", known.to_owned().into())];
        self.errors.push(told::error(pointer, code, self.lang.with(&format!("exchange-fault-{code}"), &values)));
    }

    fn known(&mut self, object: &Map<String, Value>, at: &str, names: &[&str]) {
        let unknown: Vec<&String> = object.keys().filter(|name| !names.contains(&name.as_str())).collect();
        for name in unknown {
            self.wrong(&format!("{at}/{}", told::part(name)), "unknown_field", "");
        }
    }

    fn step(&mut self, kind: StepKind, body: &Map<String, Value>) -> Option<Step> {
        match kind {
            StepKind::Create => self.new_unit(body.get("new"), "/new").map(Step::Create),
            StepKind::Rename => {
                let (unit, name, code) =
                    (self.unit(body.get("unit"), "/unit"), self.text(body, "", "name"), self.maybe_text(body, "", "code"));
                Some(Step::Rename { unit: unit?, name: name?, code })
            }
            StepKind::Move => {
                let (unit, parent) = (self.unit(body.get("unit"), "/unit"), self.unit(body.get("parent"), "/parent"));
                let code = self.maybe_text(body, "", "code");
                Some(Step::Move { unit: unit?, parent: parent?, code })
            }
            StepKind::Merge => {
                let units = self.list(body.get("units"), "/units", |reading, item, at| reading.unit(Some(item), at));
                let into = self.heir(body.get("into"), "/into");
                let children = self.fate(body.get("children"), "/children");
                Some(Step::Merge { units: units?, into: into?, children: children? })
            }
            StepKind::Split => self.split(body),
            StepKind::Abolish => self.abolish(body),
        }
    }

    fn split(&mut self, body: &Map<String, Value>) -> Option<Step> {
        let unit = self.unit(body.get("unit"), "/unit");
        let into = self.list(body.get("into"), "/into", |reading, item, at| reading.heir(Some(item), at));
        let stays = self.flag(body, "stays");
        let children = self.maybe_list(body, "children", Self::child);
        let people = self.maybe_list(body, "people", Self::rule);
        Some(Step::Split { unit: unit?, into: into?, stays: stays?, children: children?, people: people? })
    }

    fn abolish(&mut self, body: &Map<String, Value>) -> Option<Step> {
        let unit = self.unit(body.get("unit"), "/unit");
        let said = body.get("into").filter(|into| !into.is_null());
        let into = said.map(|into| self.unit(Some(into), "/into"));
        let children = self.fate(body.get("children"), "/children");
        let people = self.maybe_list(body, "people", Self::rule);
        let into = match into {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Step::Abolish { unit: unit?, into, children: children?, people: people? })
    }

    /// A list that may be left out.
    fn maybe_list<T>(
        &mut self,
        body: &Map<String, Value>,
        name: &str,
        one: impl Fn(&mut Self, &Value, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        match body.get(name).filter(|value| !value.is_null()) {
            Some(value) => self.list(Some(value), &format!("/{name}"), one),
            None => Some(Vec::new()),
        }
    }

    fn list<T>(&mut self, value: Option<&Value>, at: &str, one: impl Fn(&mut Self, &Value, &str) -> Option<T>) -> Option<Vec<T>> {
        let Some(Value::Array(items)) = value else {
            self.wrong(at, "not_a_list", "");
            return None;
        };
        let all: Vec<Option<T>> = items.iter().enumerate().map(|(place, item)| one(self, item, &format!("{at}/{place}"))).collect();
        all.into_iter().collect()
    }

    fn maybe_text(&mut self, object: &Map<String, Value>, at: &str, name: &str) -> Option<String> {
        let value = object.get(name).filter(|value| !value.is_null())?;
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty() && text.chars().count() <= 500);
        if text.is_none() {
            self.wrong(&format!("{at}/{name}"), "not_text", "");
        }
        text.map(str::to_owned)
    }

    fn text(&mut self, object: &Map<String, Value>, at: &str, name: &str) -> Option<String> {
        if object.get(name).is_none_or(Value::is_null) {
            self.wrong(&format!("{at}/{name}"), "needed", "");
            return None;
        }
        self.maybe_text(object, at, name)
    }

    fn flag(&mut self, object: &Map<String, Value>, name: &str) -> Option<bool> {
        match object.get(name) {
            None | Some(Value::Null) => Some(false),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => {
                self.wrong(&format!("/{name}"), "not_yes_no", "");
                None
            }
        }
    }

    fn day(&mut self, object: &Map<String, Value>, name: &str) -> Option<Date> {
        let text = self.text(object, "", name)?;
        let day = exact_day(&text);
        if day.is_none() {
            self.wrong(&format!("/{name}"), "bad_day", "");
        }
        day
    }

    fn code<T: Copy>(&mut self, object: &Map<String, Value>, at: &str, name: &str, from: fn(&str) -> Option<T>, all: &[&str]) -> Option<T> {
        let text = self.text(object, at, name)?;
        let value = from(&text);
        if value.is_none() {
            self.wrong(&format!("{at}/{name}"), "not_a_code", &all.join(", "));
        }
        value
    }

    /// A unit by its code, also a former one, or a new one by the code it gets.
    fn unit(&mut self, value: Option<&Value>, at: &str) -> Option<UnitId> {
        let code = value.and_then(Value::as_str).map(str::trim).unwrap_or_default();
        let found = self.new.get(code).or_else(|| self.names.known.codes.get(code)).copied();
        if found.is_none() {
            self.wrong(at, "no_such_unit", "");
        }
        found
    }

    fn heir(&mut self, value: Option<&Value>, at: &str) -> Option<Heir> {
        match value {
            Some(new @ Value::Object(_)) => self.new_unit(Some(new), at).map(Heir::New),
            other => self.unit(other, at).map(Heir::Living),
        }
    }

    fn new_unit(&mut self, value: Option<&Value>, at: &str) -> Option<NewUnit> {
        let Some(Value::Object(object)) = value else {
            self.wrong(at, "not_an_object", "");
            return None;
        };
        self.known(object, at, &["code", "name", "kind", "level", "bloc", "actor", "parent"]);
        let (code, name) = (self.text(object, at, "code"), self.text(object, at, "name"));
        let kinds: Vec<&str> = UnitKind::ALL.iter().map(|kind| kind.code()).collect();
        let levels: Vec<&str> = Level::ALL.iter().map(|level| level.code()).collect();
        let blocs: Vec<&str> = Bloc::ALL.iter().map(|bloc| bloc.code()).collect();
        let kind = self.code(object, at, "kind", UnitKind::from_code, &kinds);
        let level = self.code(object, at, "level", Level::from_code, &levels);
        let bloc = self.code(object, at, "bloc", Bloc::from_code, &blocs);
        let actor = self.maybe_text(object, at, "actor");
        let parent = self.unit(object.get("parent"), &format!("{at}/parent"));
        let new = NewUnit { code: code?, name: name?, kind: kind?, level: level?, bloc: bloc?, actor, parent: parent? };
        // The act speaks of new units by numbers below zero, in the order in which it names them.
        let number = i64::try_from(self.new.len()).map_or(-1, |known| -1 - known);
        self.new.insert(new.code.clone(), UnitId(number));
        Some(new)
    }

    fn fate(&mut self, value: Option<&Value>, at: &str) -> Option<Fate> {
        let fate = value.and_then(Value::as_str).and_then(Fate::from_code);
        if fate.is_none() {
            self.wrong(at, "not_a_code", &Fate::ALL.iter().map(|fate| fate.code()).collect::<Vec<_>>().join(", "));
        }
        fate
    }

    fn child(&mut self, item: &Value, at: &str) -> Option<ChildRule> {
        let unit = self.unit(item.get("unit"), &format!("{at}/unit"));
        let fate = self.fate(item.get("fate"), &format!("{at}/fate"));
        let to = self.unit(item.get("to"), &format!("{at}/to"));
        Some(ChildRule { unit: unit?, fate: fate?, to: to? })
    }

    fn rule(&mut self, item: &Value, at: &str) -> Option<Rule> {
        let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let whose = match (text("post"), text("official")) {
            (Some(post), None) => Some(Whose::Post(post)),
            (None, Some(official)) => Some(Whose::Official(official)),
            _ => None,
        };
        if whose.is_none() {
            self.wrong(at, "post_or_official", "");
        }
        let to = self.unit(item.get("to"), &format!("{at}/to"));
        Some(Rule { whose: whose?, to: to? })
    }
}

/// A day as machines write it.
fn exact_day(text: &str) -> Option<Date> {
    domain::time::parse(text).filter(|day| iso(*day) == text)
}

/// What became of the other codes of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AliasesPut {
    /// Code of the unit.
    code: String,
    /// `changed` or `same`.
    outcome: String,
}

/// Puts the other codes of a unit: those that are told stand, all others go. Name, place and life change by acts with a day.
#[utoipa::path(
    put,
    path = "/api/v1/units/{code}",
    tag = "units",
    params(
        ("code" = String, Path, description = "Code of the unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key and body, the first answer is given"),
        ("If-Match" = Option<String>, Header, description = "Only when the unit is in the state of this `ETag`"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/UnitFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "Otherwise now, or the same", body = AliasesPut,
            headers(("ETag" = String, description = "State of the unit now"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 412, description = "In another state than If-Match says", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Rules refuse it, each by its place in the body; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn aliases(State(state): State<AppState>, Path(code): Path<String>, sent: Sent) -> Result<Response, Fault> {
    sent.asked.only(&[])?;
    let lang = sent.lang;
    let names = registry::unit_names(&state.services, &sent.ctx).await?;
    let mut reading = Reading { lang, names: &names, new: BTreeMap::new(), errors: Vec::new() };
    reading.known(&sent.body, "", &["aliases"]);
    let wishes = reading.list(sent.body.get("aliases"), "/aliases", |reading, item, at| {
        let empty = Map::new();
        let object = item.as_object().unwrap_or(&empty);
        reading.known(object, at, &["code", "from", "to"]);
        let code = reading.text(object, at, "code");
        let mut day = |name: &str| {
            let text = reading.maybe_text(object, at, name);
            let day = text.as_deref().and_then(exact_day);
            if text.is_some() && day.is_none() {
                reading.wrong(&format!("{at}/{name}"), "bad_day", "");
            }
            day
        };
        let (from, to) = (day("from"), day("to").and_then(Date::next_day));
        Some(AliasWish { code: code?, from, to })
    });
    let (Some(wishes), true) = (wishes, reading.errors.is_empty()) else { return Err(Fault::Refused(reading.errors)) };
    let of = code.clone();
    let answer = move |(outcome, tag): &(OpState, String)| {
        let body = AliasesPut { code: of.clone(), outcome: outcome.code().to_owned() };
        Reply { status: StatusCode::OK, body: serde_json::to_value(body).unwrap_or_default(), tag: Some(tag.clone()) }
    };
    sent.once(&state, &answer, async |receipt| {
        let done = exchange::set_aliases(&state.services, &sent.ctx, &code, (&wishes, &sent.reason), &sent.matching, receipt).await;
        done.map_err(|error| Fault::of(error, |faults| told::aliases(lang, faults)))
    })
    .await
}
