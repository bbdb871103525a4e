//! The first page: every promise of the province, what is late, what is due.
//! Not for: one scheme or one target in depth.

mod panels;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::progress::State as TargetState;
use domain::roles::Act;
use futures_util::try_join;
use service::progress::{self, Figure};
use service::schemes::{self, Stored};

use crate::AppState;
use crate::asked::Asked;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::targets::TargetRow;
use crate::visitor::SignedIn;
use panels::Panels;

/// Name of the state in addresses.
const STATE: &str = "trang-thai";
/// States in the order in which they ask for action.
const ORDER: [TargetState; 6] =
    [TargetState::Behind, TargetState::AtRisk, TargetState::Missed, TargetState::OnTrack, TargetState::Met, TargetState::NotStarted];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    shell: Shell,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    facets: Vec<Facet>,
    all_link: String,
    is_filtered: bool,
    count: String,
    blocks: Vec<Block>,
    panels: Panels,
}

/// A state with how many targets are in it.
struct Facet {
    state: &'static str,
    word: String,
    count: String,
    is_none: bool,
    href: String,
    is_chosen: bool,
}

/// A scheme with its lines.
struct Block {
    code: String,
    title: String,
    facts: String,
    href: String,
    stack: Stack,
    rows: Vec<TargetRow>,
}

/// The first page; a person who sees only the own record is led there.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    if !signed_in.ctx.may(Act::ViewProgress) && signed_in.ctx.may(Act::ViewSelf) && crate::routes::exists("/ho-so") {
        return Ok(shell::see_other("/ho-so"));
    }
    signed_in.ctx.scope(Act::ViewProgress)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let stored = schemes::in_force(&state.services, &signed_in.ctx).await?;
    let ask = place.ask();
    let figures = async { Ok(progress::all(&state.services, &signed_in.ctx, &ask).await?) };
    let (figures, panels) = try_join!(figures, Panels::load(&state, &signed_in, &place, &stored))?;
    let chosen = asked.text(STATE).and_then(TargetState::from_code);
    shell::page(&view(&signed_in, &place, chosen, &figures, &stored, panels))
}

fn view<'a>(
    signed_in: &SignedIn,
    place: &'a Place,
    chosen: Option<TargetState>,
    figures: &[Figure],
    stored: &[Arc<Stored>],
    panels: Panels,
) -> HomePage<'a> {
    let lang = signed_in.lang();
    let sees_people = signed_in.ctx.may(Act::ViewPeople);
    let code = chosen.map(TargetState::code);
    HomePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("home-title")).on(place.day),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker("/", &[(STATE, code)]),
        facets: ORDER.iter().map(|state| facet(place, *state, chosen, figures)).collect(),
        all_link: place.link("/", &[]),
        is_filtered: chosen.is_some(),
        count: lang.size(figures.len()),
        blocks: stored.iter().map(|s| block(place, s, chosen, figures, sees_people)).filter(|b| !b.rows.is_empty()).collect(),
        panels,
    }
}

fn facet(place: &Place, state: TargetState, chosen: Option<TargetState>, figures: &[Figure]) -> Facet {
    let count = figures.iter().filter(|f| f.progress.state == state).count();
    Facet {
        state: state.code(),
        word: place.lang().code_text("state", state.code()),
        count: place.lang().size(count),
        is_none: count == 0,
        href: place.link("/", &[(STATE, Some(state.code()))]),
        is_chosen: chosen == Some(state),
    }
}

fn block(place: &Place, stored: &Stored, chosen: Option<TargetState>, figures: &[Figure], sees_people: bool) -> Block {
    let scheme = &stored.scheme;
    let own: Vec<&Figure> = figures.iter().filter(|f| f.stored.scheme.code == scheme.code).collect();
    let kept = own.iter().filter(|f| chosen.is_none_or(|state| f.progress.state == state));
    Block {
        code: scheme.code.clone(),
        title: place.lang().of(&scheme.title).to_owned(),
        facts: crate::schemes::facts(place.lang(), scheme),
        href: place.link(&format!("/de-an/{}", scheme.code), &[]),
        stack: states(place, &own),
        rows: kept.map(|f| TargetRow::of(place, f, sees_people)).collect(),
    }
}

/// The strip of states of some figures.
pub(crate) fn states(place: &Place, figures: &[&Figure]) -> Stack {
    let lang = place.lang();
    let count = |state: TargetState| i64::try_from(figures.iter().filter(|f| f.progress.state == state).count()).unwrap_or(i64::MAX);
    let counts: Vec<(&'static str, i64)> = ORDER.iter().map(|state| (state.code(), count(*state))).collect();
    let words = counts.iter().filter(|(_, n)| *n > 0).map(|(code, n)| format!("{}: {}", lang.code_text("state", code), lang.number(*n)));
    Stack::of(&counts, words.collect::<Vec<_>>().join(", "))
}
