//! `/api/v1/units/{code}/place`: where a unit stands, put by machines; and how places are told.
//! Not for: the rules of it (`service::registry`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::geography::standing::Whence;
use domain::geography::{Spot, SpotFault};
use domain::time::{Date, iso, parse};
use serde::Serialize;
use serde_json::Value;
use service::exchange::{self, OpState};
use service::registry::{Placed, SpotCard, SpotRefusal};
use utoipa::ToSchema;

use super::problem::{ErrorBody, Fault, Problem};
use super::sent::{Reply, Sent};
use super::told::{MOST_TOLD, error};
use crate::AppState;
use crate::i18n::Lang;

/// Where a unit stands on the day, in degrees (WGS 84).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceBody {
    /// Degrees north.
    #[schema(value_type = f64)]
    latitude: serde_json::Number,
    /// Degrees east.
    #[schema(value_type = f64)]
    longitude: serde_json::Number,
    /// `told` when somebody said so, `sources` when it is the middle of the units it came from, `above` when it is a part of another unit.
    known: &'static str,
}

impl PlaceBody {
    /// The place of a unit on a day, if it is known.
    pub(super) fn of(placed: &Placed) -> Option<Self> {
        let (spot, whence) = placed.now?;
        let (north, east) = spot.decimal();
        let known = match whence {
            Whence::Told => "told",
            Whence::Sources => "sources",
            Whence::Above(_) => "above",
        };
        Some(Self { latitude: north.parse().ok()?, longitude: east.parse().ok()?, known })
    }
}

/// What became of the place of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlacePut {
    /// Code of the unit.
    code: String,
    /// `changed` or `same`.
    outcome: String,
}

/// A place as it is sent, or what is wrong with it.
fn read(lang: Lang, sent: &Sent) -> Result<(Spot, Option<Date>), Vec<ErrorBody>> {
    let mut errors = Vec::new();
    for name in sent.body.keys().filter(|name| !["latitude", "longitude", "from"].contains(&name.as_str())) {
        let detail = lang.t("exchange-fault-unknown_field");
        errors.push(error(format!("/{}", name.replace('~', "~0").replace('/', "~1")), "unknown_field", detail));
    }
    let mut degrees = |name: &str, fault: SpotFault| {
        let number = sent.body.get(name).and_then(Value::as_f64);
        if number.is_none() {
            errors.push(error(format!("/{name}"), fault.code(), lang.code_text("spot-fault", fault.code())));
        }
        number
    };
    let (north, east) = (degrees("latitude", SpotFault::OutsideNorth), degrees("longitude", SpotFault::OutsideEast));
    let spot = north.zip(east).map(|(north, east)| {
        let spot = Spot::of_degrees(north, east).ok_or(SpotFault::OutsideNorth);
        spot.and_then(Spot::in_vietnam)
    });
    if let Some(Err(fault)) = spot {
        let at = if fault == SpotFault::OutsideEast { "/longitude" } else { "/latitude" };
        errors.push(error(at, fault.code(), lang.code_text("spot-fault", fault.code())));
    }
    let from = match sent.body.get("from") {
        None | Some(Value::Null) => None,
        Some(told) => {
            let day = told.as_str().and_then(|text| parse(text).filter(|day| iso(*day) == text));
            if day.is_none() {
                errors.push(error("/from", "bad_day", lang.t("exchange-fault-bad_day")));
            }
            day
        }
    };
    errors.truncate(MOST_TOLD);
    match spot {
        Some(Ok(spot)) if errors.is_empty() => Ok((spot, from)),
        _ => Err(errors),
    }
}

fn refused(lang: Lang, refusals: Vec<SpotRefusal>) -> Fault {
    if refusals.contains(&SpotRefusal::Unmatched) {
        return Fault::Unmatched;
    }
    let one = |refusal: SpotRefusal| match refusal {
        SpotRefusal::BeforeLast(day) => error("/from", "before_last", lang.with("spot-before-last", &[("day", lang.date(day).into())])),
        SpotRefusal::OutsideLife => error("/from", "outside_life", lang.t("spot-outside-life")),
        SpotRefusal::Known | SpotRefusal::Unmatched => error("", "known", lang.t("spot-known")),
        SpotRefusal::NoReason => error("/reason", "no_reason", lang.t("keep-no-reason")),
    };
    Fault::Refused(refusals.into_iter().map(one).collect())
}

/// Says where a unit stands. Without `from` it sets right what was said last, or says it for the whole life of the unit; with `from` what was
/// said before ends on that day.
#[utoipa::path(
    put,
    path = "/api/v1/units/{code}/place",
    tag = "units",
    params(
        ("code" = String, Path, description = "Code of the unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key and body, the first answer is given"),
        ("If-Match" = Option<String>, Header, description = "Only when the unit is in the state of this `ETag`"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/PlaceFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "Otherwise now, or the same", body = PlacePut,
            headers(("ETag" = String, description = "State of the unit"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 412, description = "In another state than If-Match says", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Rules refuse it, each by its place in the body; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn put(State(state): State<AppState>, Path(code): Path<String>, sent: Sent) -> Result<Response, Fault> {
    sent.asked.only(&[])?;
    let lang = sent.lang;
    let (spot, from) = read(lang, &sent).map_err(Fault::Refused)?;
    let of = code.clone();
    let answer = move |(outcome, tag): &(OpState, String)| {
        let body = PlacePut { code: of.clone(), outcome: outcome.code().to_owned() };
        Reply { status: StatusCode::OK, body: serde_json::to_value(body).unwrap_or_default(), tag: Some(tag.clone()) }
    };
    sent.once(&state, &answer, async |receipt| {
        let card = SpotCard { spot, from, reason: &sent.reason };
        let done = exchange::set_spot(&state.services, &sent.ctx, &code, &card, &sent.matching, receipt).await;
        done.map_err(|error| Fault::of(error, |refusals| refused(lang, refusals)))
    })
    .await
}
