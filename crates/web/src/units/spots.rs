//! `/don-vi/{code}/toa-do`: where a unit stands: pasted in one field, from a day on; taken back when it was wrong.
//! Not for: reading what was pasted (`domain::geography`), or the map of classes (`classes::map`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::geography::Spot;
use domain::geography::standing::Whence;
use domain::time::Date;
use service::registry::{self, Placed, SpotCard, SpotLine, SpotRefusal, UnitView};

use super::aliases::{during, page_of, reason, removal};
use super::reorganise::guard;
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::spots::{self, Way};
use crate::visitor::SignedIn;

/// The place of a unit as its page tells it.
pub(super) struct Told {
    /// Where it stands on the day.
    pub(super) now: Option<Way>,
    /// How that is known, when nobody said so.
    pub(super) because: Option<String>,
    /// What was said over the years, when it is more than what holds.
    pub(super) lines: Vec<Line>,
    /// Where it is said, by who may.
    pub(super) set: Option<String>,
    /// Whether somebody said so, now or before.
    pub(super) is_said: bool,
}

/// A place that was said.
pub(super) struct Line {
    pub(super) spot: String,
    pub(super) during: String,
    /// Where it is taken back, by who may.
    pub(super) remove: Option<String>,
}

/// The place of a unit in words.
pub(super) fn told(lang: Lang, unit: &str, placed: &Placed, keeps: bool) -> Told {
    let last = placed.lines.last().map(|line| line.id);
    let line = |line: &SpotLine| Line {
        spot: spots::degrees(line.spot),
        during: during(lang, line.during),
        remove: (keeps && Some(line.id) == last).then(|| format!("{}/toa-do/{}", page_of(unit), line.id)),
    };
    let because = match (&placed.now, &placed.with) {
        (Some((_, Whence::Sources)), _) => Some(lang.t("spot-from-sources")),
        (Some((_, Whence::Above(_))), Some((_, name))) => Some(lang.with("spot-from-above", &[("unit", name.clone().into())])),
        _ => None,
    };
    Told {
        now: placed.now.map(|(spot, _)| spots::way(lang, spot)),
        because,
        lines: placed.lines.iter().map(line).collect(),
        set: keeps.then(|| format!("/don-vi/{}/toa-do", escaped(unit))),
        is_said: !placed.lines.is_empty(),
    }
}

fn mistake(lang: Lang, refusal: SpotRefusal) -> Mistake {
    match refusal {
        SpotRefusal::BeforeLast(day) => Mistake::new("from", lang.with("spot-before-last", &[("day", lang.date(day).into())])),
        SpotRefusal::OutsideLife => Mistake::new("from", lang.t("spot-outside-life")),
        SpotRefusal::Known => Mistake::new("spot", lang.t("spot-known")),
        // Nobody asks for a state here.
        SpotRefusal::NoReason | SpotRefusal::Unmatched => Mistake::new("reason", lang.t("keep-no-reason")),
    }
}

fn sheet(signed_in: &SignedIn, unit: &UnitView, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let path = page_of(&unit.unit.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("spot-set")),
        back: (path.clone(), unit.unit.name.clone()),
        lead: lang.with("spot-set-lead", &[("unit", unit.unit.name.clone().into())]),
        action: format!("{path}/toa-do"),
        submit: lang.t("spot-save"),
        fields: vec![
            Field::needed(lang, "spot", "spot", Kind::Line).hint(lang.t("spot-hint")),
            Field::new(lang, "spot", "from", Kind::Day).hint(lang.t("spot-from-hint")),
            reason(lang),
        ],
        typed,
        mistakes,
    }
}

/// The form that says where a unit stands; it begins with what is known or reckoned.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let today = signed_in.ctx.today;
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, today).await?;
    let placed = registry::placed(&state.services, &signed_in.ctx, unit.unit.id, today).await?;
    let typed = placed.now.map_or_else(Typed::default, |(spot, _)| Typed::of([("spot", spots::degrees(spot))]));
    sheet(&signed_in, &unit, typed, Vec::new()).answer()
}

/// Says where a unit stands.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let lang = signed_in.lang();
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    let mut mistakes = Vec::new();
    let spot = Spot::read(typed.words("spot"));
    if let Err(fault) = spot {
        mistakes.push(spots::mistake(lang, "spot", fault));
    }
    let from: Option<Date> = typed.day(lang, "from", &mut mistakes);
    if let (Ok(spot), true) = (spot, mistakes.is_empty()) {
        let card = SpotCard { spot, from, reason: typed.words("reason") };
        match refused(registry::place_unit(&state.services, &signed_in.ctx, &code, &card).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=toa-do", page_of(&code)))),
            Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        }
    }
    sheet(&signed_in, &unit, typed, mistakes).answer()
}

fn removing(signed_in: &SignedIn, unit: &UnitView, line: &SpotLine, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    removal(signed_in, unit, ("spot-remove", format!("toa-do/{}", line.id)), ("spot", spots::degrees(line.spot)), (typed, mistakes))
}

async fn line_of(state: &AppState, signed_in: &SignedIn, code: &str, row: i64) -> Result<(std::sync::Arc<UnitView>, SpotLine), WebError> {
    let today = signed_in.ctx.today;
    let unit = registry::unit(&state.services, &signed_in.ctx, code, today).await?;
    let placed = registry::placed(&state.services, &signed_in.ctx, unit.unit.id, today).await?;
    let line = placed.lines.into_iter().find(|line| line.id == row).ok_or(WebError::NotFound)?;
    Ok((unit, line))
}

/// The form that takes a place back.
pub(crate) async fn show_removing(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let (unit, line) = line_of(&state, &signed_in, &code, row).await?;
    removing(&signed_in, &unit, &line, Typed::default(), Vec::new()).answer()
}

/// Takes a place back.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let (unit, line) = line_of(&state, &signed_in, &code, row).await?;
    match refused(registry::remove_spot(&state.services, &signed_in.ctx, &code, row, typed.words("reason")).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=go-toa-do", page_of(&code)))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(signed_in.lang(), refusal)).collect();
            removing(&signed_in, &unit, &line, typed, mistakes).answer()
        }
    }
}
