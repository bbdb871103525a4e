//! `/de-an/{code}`: a document in force: its facts, promises, quotas, tasks, rules and versions.
//! Not for: the text of a version (`version`).

use std::collections::BTreeMap;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use domain::schemes::{Scheme, SchemeRule, Topic};
use service::ActError;
use service::progress::{self, Ask, Figure};
use service::schemes::{self, QuotaBoard, Stored, TaskBoard};

use super::board::{self, Lane};
use super::life::{self, VersionRow};
use super::quotas::Board;
use super::tasks::TaskForm;
use crate::AppState;
use crate::asked::Asked;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::explain;
use crate::i18n::Lang;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::targets::TargetRow;
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "schemes/show.html")]
struct SchemePage<'a> {
    shell: Shell,
    code: String,
    title: String,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    facts: Vec<(String, String)>,
    parent: Option<(String, String)>,
    basis: String,
    stack: Stack,
    sections: Vec<Section>,
    board: Board,
    lanes: Vec<Lane>,
    topics: Vec<Area>,
    rules: Vec<RuleRow>,
    versions: Vec<VersionRow>,
    current: i32,
    may_edit: bool,
    form: TaskForm,
}

/// Targets of one section of the document.
struct Section {
    name: String,
    rows: Vec<TargetRow>,
}

/// Topics of one area.
struct Area {
    name: String,
    topics: Vec<TopicRow>,
}

struct TopicRow {
    code: String,
    title: String,
    section: String,
    lead: String,
    with: String,
}

struct RuleRow {
    code: String,
    title: String,
    section: String,
    values: String,
}

/// What the page is made from.
struct Loaded {
    stored: std::sync::Arc<Stored>,
    figures: Vec<Figure>,
    quotas: Arc<QuotaBoard>,
    tasks: TaskBoard,
    versions: Vec<VersionRow>,
    parent: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    render(&state, &signed_in, &code, &asked, TaskForm::empty(&signed_in)).await
}

/// The page, with a form that came back with mistakes.
pub(super) async fn render(
    state: &AppState,
    signed_in: &SignedIn,
    code: &str,
    asked: &Asked,
    form: TaskForm,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewProgress)?;
    let place = Place::of(state, signed_in, asked).await?;
    let Some(loaded) = load(state, signed_in, &place, code).await? else {
        let versions = schemes::versions(&state.services, &signed_in.ctx, Some(code)).await?;
        let newest = versions.first().ok_or(WebError::NotFound)?;
        return Ok(shell::see_other(&life::path(code, newest.number)));
    };
    let status = if form.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shell::page_with(status, &view(signed_in, &place, loaded, form))
}

async fn load(state: &AppState, signed_in: &SignedIn, place: &Place, code: &str) -> Result<Option<Loaded>, WebError> {
    let (services, ctx) = (&state.services, &signed_in.ctx);
    let stored = match schemes::one(services, ctx, code).await {
        Ok(stored) => stored,
        Err(ActError::NotFound) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let figures = progress::all(services, ctx, &Ask { scheme: Some(code.to_owned()), ..place.ask() }).await?;
    let lang = place.lang();
    let parent = match &stored.scheme.under {
        Some(under) => schemes::one(services, ctx, under).await.ok().map(|parent| lang.of(&parent.scheme.title).to_owned()),
        None => None,
    };
    let versions = schemes::versions(services, ctx, Some(code)).await?;
    Ok(Some(Loaded {
        figures: figures.to_vec(),
        quotas: schemes::quotas(services, ctx, code, place.day).await?,
        tasks: schemes::tasks(services, ctx, code, place.day).await?,
        versions: versions.iter().map(|line| VersionRow::of(lang, line)).collect(),
        parent,
        stored,
    }))
}

fn view<'a>(signed_in: &SignedIn, place: &'a Place, loaded: Loaded, form: TaskForm) -> SchemePage<'a> {
    let lang = place.lang();
    let scheme = &loaded.stored.scheme;
    let path = format!("/de-an/{}", scheme.code);
    let own: Vec<&Figure> = loaded.figures.iter().collect();
    let parent_path = scheme.under.as_ref().map(|under| place.link(&format!("/de-an/{under}"), &[]));
    SchemePage {
        shell: Shell::new(&signed_in.visitor, lang.of(&scheme.title)).on(place.day),
        code: scheme.code.clone(),
        title: lang.of(&scheme.title).to_owned(),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker(&path, &[]),
        facts: facts(lang, scheme),
        parent: loaded.parent.clone().zip(parent_path),
        basis: scheme.legal_basis.join("; "),
        stack: crate::home::states(place, &own),
        sections: sections(place, &own, signed_in.ctx.may(Act::ViewPeople)),
        board: Board::of(lang, scheme, &loaded.quotas),
        lanes: board::lanes(lang, scheme, &loaded.tasks, signed_in.ctx.may(Act::RecordEvidence)),
        topics: topics(lang, scheme),
        rules: scheme.rules.iter().map(|rule| rule_row(lang, rule)).collect(),
        current: loaded.stored.version.number,
        versions: loaded.versions,
        may_edit: signed_in.ctx.may(Act::EditScheme),
        form,
    }
}

/// Head of the document as label and text.
pub(super) fn facts(lang: Lang, scheme: &Scheme) -> Vec<(String, String)> {
    let mut facts = vec![
        ("scheme-number", scheme.number.clone()),
        ("scheme-issuer", lang.of(&scheme.issuer).to_owned()),
        ("scheme-signed", super::signed(lang, scheme)),
        ("scheme-phase", explain::span(lang, &scheme.phase)),
    ];
    facts.retain(|(_, text)| !text.is_empty());
    facts.into_iter().map(|(label, text)| (lang.t(label), text)).collect()
}

/// Targets in document order, with a new heading whenever the section changes.
fn sections(place: &Place, figures: &[&Figure], sees_people: bool) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for figure in figures {
        let row = TargetRow::of(place, figure, sees_people);
        match sections.last_mut().filter(|last| last.name == row.section) {
            Some(last) => last.rows.push(row),
            None => sections.push(Section { name: row.section.clone(), rows: vec![row] }),
        }
    }
    sections
}

fn topics(lang: Lang, scheme: &Scheme) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for topic in &scheme.topics {
        let name = lang.of(&topic.area);
        let place = *known.entry(name).or_insert_with(|| {
            areas.push(Area { name: name.to_owned(), topics: Vec::new() });
            areas.len() - 1
        });
        if let Some(area) = areas.get_mut(place) {
            area.topics.push(topic_row(lang, scheme, topic));
        }
    }
    areas
}

fn topic_row(lang: Lang, scheme: &Scheme, topic: &Topic) -> TopicRow {
    let with: Vec<&str> = topic.with.iter().map(|code| scheme.actor_title(code, lang.is_vi())).collect();
    TopicRow {
        code: topic.code.clone(),
        title: lang.of(&topic.title).to_owned(),
        section: topic.section.clone(),
        lead: scheme.actor_title(&topic.lead, lang.is_vi()).to_owned(),
        with: with.join(", "),
    }
}

fn rule_row(lang: Lang, rule: &SchemeRule) -> RuleRow {
    let values: Vec<String> = rule.values.iter().map(|(name, value)| format!("{name} = {}", lang.number(*value))).collect();
    RuleRow { code: rule.code.clone(), title: lang.of(&rule.title).to_owned(), section: rule.section.clone(), values: values.join("; ") }
}
