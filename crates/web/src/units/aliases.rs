//! `/don-vi/{code}/ma-khac`: other codes of a unit: added, and removed when they are wrong.
//! Not for: a new code of its own (`reorganise`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::time::{Date, Interval};
use service::registry::{self, AliasRefusal, UnitView};

use super::reorganise::guard;
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// The page of a unit.
pub(super) fn page_of(code: &str) -> String {
    format!("/don-vi/{}", escaped(code))
}

/// When something beside a unit holds.
pub(super) fn during(lang: Lang, time: Interval) -> String {
    let from = lang.date(time.from());
    match time.last_day() {
        Some(last) => lang.with("units-life-over", &[("from", from.into()), ("to", lang.date(last).into())]),
        None => lang.with("units-life-open", &[("from", from.into())]),
    }
}

/// The form that removes something beside a unit: `key` names its texts, `way` its address, `what` it is under the name of its place in them.
pub(super) fn removal(
    signed_in: &SignedIn,
    unit: &UnitView,
    (key, way): (&str, String),
    what: (&'static str, String),
    (typed, mistakes): (Typed, Vec<Mistake>),
) -> Sheet {
    let lang = signed_in.lang();
    let path = page_of(&unit.unit.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(key)),
        back: (path.clone(), unit.unit.name.clone()),
        lead: lang.with(&format!("{key}-lead"), &[(what.0, what.1.into()), ("unit", unit.unit.name.clone().into())]),
        action: format!("{path}/{way}"),
        submit: lang.t(key),
        fields: vec![reason(lang)],
        typed,
        mistakes,
    }
}

/// Why something beside a unit is written or removed.
pub(super) fn reason(lang: Lang) -> Field {
    Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("reorg-reason-hint"))
}

fn mistake(lang: Lang, refusal: AliasRefusal) -> Mistake {
    match refusal {
        AliasRefusal::BadCode => Mistake::new("code", lang.t("reorg-alias-bad")),
        AliasRefusal::CodeTaken => Mistake::new("code", lang.t("reorg-alias-taken")),
        AliasRefusal::EndsBeforeStart => Mistake::new("until", lang.t("keep-fault-ends_before_start")),
        // Nobody asks for a state here.
        AliasRefusal::NoReason | AliasRefusal::Unmatched => Mistake::new("reason", lang.t("keep-no-reason")),
    }
}

fn adding(signed_in: &SignedIn, unit: &UnitView, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let path = page_of(&unit.unit.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("reorg-add-alias")),
        back: (path.clone(), unit.unit.name.clone()),
        lead: lang.with("reorg-alias-lead", &[("unit", unit.unit.name.clone().into())]),
        action: format!("{path}/ma-khac"),
        submit: lang.t("reorg-add-alias"),
        fields: vec![
            Field::needed(lang, "reorg", "code", Kind::Short).hint(lang.t("reorg-alias-hint")),
            Field::new(lang, "keep", "from", Kind::Day),
            Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("keep-until-hint")),
            reason(lang),
        ],
        typed,
        mistakes,
    }
}

/// The form that adds a code.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    adding(&signed_in, &unit, Typed::default(), Vec::new()).answer()
}

/// Adds a code.
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
    if mistakes.is_empty() {
        let words = (typed.words("code"), typed.words("reason"));
        match refused(registry::add_alias(&state.services, &signed_in.ctx, &code, words.0, (from, to), words.1).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=ma-don-vi", page_of(&code)))),
            Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        }
    }
    adding(&signed_in, &unit, typed, mistakes).answer()
}

fn removing(signed_in: &SignedIn, unit: &UnitView, (row, alias): (i64, &str), typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    removal(signed_in, unit, ("reorg-remove-alias", format!("ma-khac/{row}")), ("code", alias.to_owned()), (typed, mistakes))
}

async fn alias_of(state: &AppState, signed_in: &SignedIn, unit: &UnitView, row: i64) -> Result<String, WebError> {
    let past = registry::past(&state.services, &signed_in.ctx, unit.unit.id).await?;
    past.aliases.iter().find(|alias| alias.id == row).map(|alias| alias.code.clone()).ok_or(WebError::NotFound)
}

/// The form that removes a code.
pub(crate) async fn show_removing(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    let alias = alias_of(&state, &signed_in, &unit, row).await?;
    removing(&signed_in, &unit, (row, &alias), Typed::default(), Vec::new()).answer()
}

/// Removes a code.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let unit = registry::unit(&state.services, &signed_in.ctx, &code, signed_in.ctx.today).await?;
    let alias = alias_of(&state, &signed_in, &unit, row).await?;
    match refused(registry::remove_alias(&state.services, &signed_in.ctx, &code, row, typed.words("reason")).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=go-ma-don-vi", page_of(&code)))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(signed_in.lang(), refusal)).collect();
            removing(&signed_in, &unit, (row, &alias), typed, mistakes).answer()
        }
    }
}
