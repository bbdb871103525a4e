//! `/nhu-cau`: needs where the visitor reads them, with what waits for the visitor; heads approve many at once.
//! Not for: the table of sums (`consolidated`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::NeedId;
use domain::needs::NeedState;
use domain::roles::Act;
use domain::standards::Subject;
use service::needs::{self, Ask};

use super::{HERE, Told, Topics, subject_of, told};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Code, text and whether it is chosen.
pub(crate) type Options = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "needs/list.html")]
struct NeedsPage<'a> {
    shell: Shell,
    lead: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    years: Options,
    subjects: Options,
    states: Options,
    urgent: bool,
    rows: Vec<Told>,
    waiting: Vec<Told>,
    approves: bool,
    adds: bool,
    asks: bool,
    sums: String,
    first: Option<String>,
    next: Option<String>,
}

/// What the address asks for.
pub(crate) fn asked_for(place: &Place, asked: &Asked, today: i32) -> Ask {
    Ask {
        on: place.day,
        unit: place.unit_code().map(str::to_owned),
        year: match asked.text("nam") {
            Some("moi") => None,
            typed => typed.and_then(|year| year.parse().ok()).or(Some(today + 1)),
        },
        subject: asked.text("linh-vuc").and_then(Subject::from_code),
        states: asked.text("trang-thai").and_then(NeedState::from_code).into_iter().collect(),
        urgent: asked.text("can-ngay").is_some(),
    }
}

/// Years to choose from.
pub(crate) fn years(place: &Place, ask: &Ask, today: i32) -> Options {
    let any = ("moi".to_owned(), place.lang().t("needs-any-year"), ask.year.is_none());
    let years = (today - 1..=today + 3).map(|year| (year.to_string(), year.to_string(), ask.year == Some(year)));
    std::iter::once(any).chain(years).collect()
}

/// Subjects to choose from.
pub(crate) fn subjects(place: &Place, ask: &Ask) -> Options {
    let lang = place.lang();
    let any = (String::new(), lang.t("needs-any-subject"), ask.subject.is_none());
    let subjects = Subject::ALL.iter().map(|s| (s.code().to_owned(), subject_of(lang, *s), ask.subject == Some(*s)));
    std::iter::once(any).chain(subjects).collect()
}

/// States to choose from.
pub(crate) fn states(place: &Place, ask: &Ask) -> Options {
    let lang = place.lang();
    let any = (String::new(), lang.t("needs-any-state"), ask.states.is_empty());
    let state = |s: &NeedState| (s.code().to_owned(), word(lang, "needs-state", s.code()), ask.states == [*s]);
    std::iter::once(any).chain(NeedState::ALL.iter().map(state)).collect()
}

/// What is asked, as pairs of an address.
pub(crate) fn pairs(ask: &Ask) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("nam", Some(ask.year.map_or_else(|| "moi".to_owned(), |year| year.to_string()))),
        ("linh-vuc", ask.subject.map(|s| s.code().to_owned())),
        ("trang-thai", ask.states.first().map(|s| s.code().to_owned())),
        ("can-ngay", ask.urgent.then(|| "1".to_owned())),
    ]
}

/// An address with what is asked.
pub(crate) fn link(place: &Place, path: &str, ask: &Ask, more: &[(&str, Option<&str>)]) -> String {
    let kept = pairs(ask);
    let mut all: Vec<(&str, Option<&str>)> = kept.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    all.extend_from_slice(more);
    place.link(path, &all)
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    if !ctx.may(Act::ViewNeeds) && ctx.may(Act::AskTraining) {
        return Ok(shell::see_other("/nhu-cau/de-nghi"));
    }
    ctx.scope(Act::ViewNeeds)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let today = ctx.today.year();
    let ask = asked_for(&place, &asked, today);
    let after = asked.text("sau").and_then(|key| key.parse().ok()).map_or(NeedId(0), NeedId);
    let page = needs::list(&state.services, ctx, &ask, after).await?;
    let topics = Topics::of(&state, &signed_in).await?;
    let waiting = needs::waiting(&state.services, ctx).await?;
    let next = page.next.map(|id| id.to_string());
    let kept = pairs(&ask);
    let kept: Vec<_> = kept.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    shell::page(&NeedsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("needs-title")),
        lead: place.name(),
        notices: place.notices.clone(),
        years: years(&place, &ask, today),
        subjects: subjects(&place, &ask),
        states: states(&place, &ask),
        urgent: ask.urgent,
        rows: page.lines.iter().map(|line| told(lang, &topics, line)).collect(),
        waiting: waiting.iter().map(|line| told(lang, &topics, line)).collect(),
        approves: ctx.may(Act::ApproveNeeds),
        adds: ctx.may(Act::AnswerReviews),
        asks: ctx.who.as_ref().is_some_and(|who| who.official.is_some()) && ctx.may(Act::AskTraining),
        sums: link(&place, "/nhu-cau/tong-hop", &ask, &[]),
        first: (after.0 > 0).then(|| link(&place, HERE, &ask, &[])),
        next: next.map(|next| link(&place, HERE, &ask, &[("sau", Some(&next))])),
        picker: place.picker(HERE, &kept),
    })
}

/// Approves the needs that were ticked, as the head.
pub(crate) async fn approve(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let key = |(id, revision): (&str, &str)| Some((NeedId(id.parse().ok()?), revision.parse().ok()?));
    let chosen: Vec<(NeedId, i32)> = typed.beginning("duyet-").filter_map(key).collect();
    let approved = needs::approve_many(&state.services, &signed_in.ctx, &chosen).await?;
    Ok(shell::see_other(if approved == chosen.len() { "/nhu-cau?xong=duyet-nhu-cau" } else { "/nhu-cau?xong=duyet-mot-phan" }))
}
