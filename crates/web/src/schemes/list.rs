//! `/de-an`: the signed documents that are followed, and drafts for those who write them.
//! Not for: what one promises.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::Act;
use service::progress::{self, Figure};
use service::schemes::{self, Stored, VersionState};

use super::life::{VersionRow, is_draft};
use crate::AppState;
use crate::asked::Asked;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "schemes/list.html")]
struct ListPage<'a> {
    shell: Shell,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    rows: Vec<SchemeRow>,
    drafts: Vec<(String, VersionRow)>,
    retired: Vec<(String, VersionRow)>,
    may_edit: bool,
}

struct SchemeRow {
    title: String,
    facts: String,
    href: String,
    targets: String,
    quotas: String,
    tasks: String,
    stack: Stack,
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewProgress)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let figures = progress::all(&state.services, &signed_in.ctx, &place.ask()).await?;
    let stored = schemes::in_force(&state.services, &signed_in.ctx).await?;
    let versions = schemes::versions(&state.services, &signed_in.ctx, None).await?;
    let lang = signed_in.lang();
    let is_followed = |code: &str| stored.iter().any(|s| s.scheme.code == code);
    let lines = |wanted: &dyn Fn(&schemes::VersionLine) -> bool| {
        versions.iter().filter(|line| wanted(line)).map(|line| (line.scheme.clone(), VersionRow::of(lang, line))).collect()
    };
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("schemes-title")).on(place.day),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker("/de-an", &[]),
        rows: stored.iter().map(|s| row(&place, s, &figures)).collect(),
        drafts: lines(&|line| is_draft(line.state)),
        retired: lines(&|line| line.state == VersionState::Retired && !is_followed(&line.scheme)),
        may_edit: signed_in.ctx.may(Act::EditScheme),
    })
}

fn row(place: &Place, stored: &Stored, figures: &[Figure]) -> SchemeRow {
    let lang = place.lang();
    let scheme = &stored.scheme;
    let own: Vec<&Figure> = figures.iter().filter(|f| f.stored.scheme.code == scheme.code).collect();
    SchemeRow {
        title: lang.of(&scheme.title).to_owned(),
        facts: super::facts(lang, scheme),
        href: place.link(&format!("/de-an/{}", scheme.code), &[]),
        targets: lang.size(scheme.targets.len()),
        quotas: lang.size(scheme.quotas.len()),
        tasks: lang.size(scheme.tasks.len()),
        stack: crate::home::states(place, &own),
    }
}
