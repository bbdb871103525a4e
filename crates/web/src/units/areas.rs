//! `/don-vi/{code}/dia-ban`: the areas in which a unit lies: marked with a decision, a mark removed when it was wrong.
//! Not for: which areas count as remote (`service::registry::remote_areas`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::orgs::Area;
use domain::time::Date;
use service::registry::{self, AreaCard, AreaLine, AreaRefusal, UnitView};

use super::aliases::{during, page_of, reason, removal};
use super::reorganise::guard;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// An area of a unit as its page tells it.
pub(super) struct Told {
    pub(super) area: String,
    pub(super) during: String,
    pub(super) decision: String,
    /// Where it is removed, by who may.
    pub(super) remove: Option<String>,
}

/// The areas of a unit in words.
pub(super) fn told(lang: Lang, unit: &str, lines: &[AreaLine], keeps: bool) -> Vec<Told> {
    let one = |line: &AreaLine| Told {
        area: word(lang, "area", line.area.code()),
        during: during(lang, line.during),
        decision: lang.with("reorg-by", &[("decision", line.decision.clone().into())]),
        remove: keeps.then(|| format!("{}/dia-ban/{}", page_of(unit), line.id)),
    };
    lines.iter().map(one).collect()
}

fn mistake(lang: Lang, refusal: AreaRefusal) -> Mistake {
    match refusal {
        AreaRefusal::NoDecision => Mistake::new("decision", lang.t("area-no-decision")),
        AreaRefusal::Marked => Mistake::new("area", lang.t("area-marked")),
        AreaRefusal::EndsBeforeStart => Mistake::new("until", lang.t("keep-fault-ends_before_start")),
        AreaRefusal::NoReason => Mistake::new("reason", lang.t("keep-no-reason")),
    }
}

fn adding(signed_in: &SignedIn, unit: &UnitView, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let path = page_of(&unit.unit.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("area-add")),
        back: (path.clone(), unit.unit.name.clone()),
        lead: lang.with("area-add-lead", &[("unit", unit.unit.name.clone().into())]),
        action: format!("{path}/dia-ban"),
        submit: lang.t("area-add"),
        fields: vec![
            Field::needed(lang, "area", "area", choices(lang, "area", Area::ALL.iter().map(|area| area.code()), false)),
            Field::needed(lang, "area", "decision", Kind::Line).hint(lang.t("area-decision-hint")),
            Field::needed(lang, "keep", "from", Kind::Day),
            Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("keep-until-hint")),
            reason(lang),
        ],
        typed,
        mistakes,
    }
}

/// The form that marks a unit.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    adding(&signed_in, &unit, Typed::default(), Vec::new()).answer()
}

/// Marks a unit.
pub(crate) async fn add(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let lang = signed_in.lang();
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    let mut mistakes = Vec::new();
    let from = typed.day(lang, "from", &mut mistakes);
    let to = typed.day(lang, "until", &mut mistakes).and_then(Date::next_day);
    if from.is_none() && mistakes.is_empty() {
        mistakes.push(Mistake::new("from", lang.t("area-no-start")));
    }
    let area = typed.code("area", Area::from_code).ok_or(WebError::UnreadableForm)?;
    if let (Some(from), true) = (from, mistakes.is_empty()) {
        let card = AreaCard { area, from, to, decision: typed.words("decision"), reason: typed.words("reason") };
        match refused(registry::add_area(&state.services, &signed_in.ctx, &code, &card).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=dia-ban", page_of(&code)))),
            Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        }
    }
    adding(&signed_in, &unit, typed, mistakes).answer()
}

fn removing(signed_in: &SignedIn, unit: &UnitView, line: &AreaLine, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let area = signed_in.lang().code_text("area", line.area.code());
    removal(signed_in, unit, ("area-remove", format!("dia-ban/{}", line.id)), ("area", area), (typed, mistakes))
}

async fn line_of(state: &AppState, signed_in: &SignedIn, code: &str, row: i64) -> Result<(std::sync::Arc<UnitView>, AreaLine), WebError> {
    let unit = registry::unit(&state.services, &signed_in.ctx, code, signed_in.ctx.today).await?;
    let lines = registry::areas(&state.services, &signed_in.ctx, unit.unit.id).await?;
    let line = lines.into_iter().find(|line| line.id == row).ok_or(WebError::NotFound)?;
    Ok((unit, line))
}

/// The form that removes a mark.
pub(crate) async fn show_removing(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let (unit, line) = line_of(&state, &signed_in, &code, row).await?;
    removing(&signed_in, &unit, &line, Typed::default(), Vec::new()).answer()
}

/// Removes a mark.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let (unit, line) = line_of(&state, &signed_in, &code, row).await?;
    match refused(registry::remove_area(&state.services, &signed_in.ctx, &code, row, typed.words("reason")).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=go-dia-ban", page_of(&code)))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(signed_in.lang(), refusal)).collect();
            removing(&signed_in, &unit, &line, typed, mistakes).answer()
        }
    }
}
