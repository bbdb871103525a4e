//! `/nhu-cau/tong-hop`: needs by unit and subject, and by topic, as people and attendances; as a workbook and as text too.
//! Not for: single needs (`list`).

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use documents::{Cell, Column};
use domain::needs::NeedState;
use domain::papers::PaperKind;
use domain::standards::Subject;
use service::documents::{About, may_send};
use service::needs::{self, Ask, Consolidated, Sum};

use super::list::{Options, asked_for, link, pairs, states, subjects, years};
use super::{HERE, Topics, Wants, named, subject_of};
use crate::AppState;
use crate::asked::Asked;
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::papers::files::answer;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/nhu-cau/tong-hop";

#[derive(Template)]
#[template(path = "needs/consolidated.html")]
struct SumsPage<'a> {
    shell: Shell,
    lead: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    years: Options,
    subjects: Options,
    states: Options,
    urgent: bool,
    heads: Vec<String>,
    rows: Vec<SumRow>,
    total: Vec<(String, Option<Figure>)>,
    topics: Vec<TopicRow>,
    xlsx: String,
    csv: String,
    /// The table as a paper.
    files: Vec<(String, String)>,
    /// Where it is sent to be signed.
    send: Option<String>,
}

/// People, attendances, and where they are listed.
struct Figure {
    people: String,
    attendances: String,
    href: String,
}

struct SumRow {
    name: String,
    href: String,
    cells: Vec<(String, Option<Figure>)>,
}

struct TopicRow {
    what: String,
    subject: String,
    people: String,
    attendances: String,
    urgent: String,
}

/// What is asked, understood, with what came of it; without a state it is what units, heads or levels above say is a need.
async fn loaded(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<(Place, Ask, Consolidated, Topics), WebError> {
    signed_in.ctx.scope(domain::roles::Act::ViewNeeds)?;
    let place = Place::of(state, signed_in, asked).await?;
    let ask = asked_for(&place, asked, signed_in.ctx.today.year());
    let mut wanted = ask.clone();
    if wanted.states.is_empty() {
        wanted.states = vec![NeedState::Confirmed, NeedState::Approved];
    }
    let table = needs::consolidated(&state.services, &signed_in.ctx, &wanted).await?;
    let topics = Topics::of(state, signed_in).await?;
    Ok((place, ask, table, topics))
}

/// The subjects that anybody needs.
fn needed(table: &Consolidated) -> Vec<Subject> {
    table.subjects.keys().copied().collect()
}

fn figure(place: &Place, ask: &Ask, sum: &Sum, unit: Option<&str>, subject: Option<Subject>) -> Figure {
    let lang = place.lang();
    let ask = Ask { subject, ..ask.clone() };
    let kept = pairs(&ask);
    let kept: Vec<_> = kept.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    Figure {
        people: lang.number(sum.people),
        attendances: lang.number(sum.attendances),
        href: place.link_to_unit(HERE, unit.or(place.unit_code()), &kept),
    }
}

/// The table.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (place, ask, table, topics) = loaded(&state, &signed_in, &asked).await?;
    let (today, heads) = (signed_in.ctx.today.year(), needed(&table));
    let row = |row: &needs::Row| {
        let unit = Some(row.unit.code.as_str());
        let cells = heads.iter().map(|s| (subject_of(lang, *s), row.subjects.get(s).map(|sum| figure(&place, &ask, sum, unit, Some(*s)))));
        SumRow {
            name: row.unit.name.clone(),
            href: link_to(&place, &ask, &row.unit.code),
            cells: cells.chain([(lang.t("needs-total"), Some(figure(&place, &ask, &row.total, unit, None)))]).collect(),
        }
    };
    let total = heads.iter().map(|s| (subject_of(lang, *s), table.subjects.get(s).map(|sum| figure(&place, &ask, sum, None, Some(*s)))));
    let total = total.chain([(lang.t("needs-total"), table.total.map(|sum| figure(&place, &ask, &sum, None, None)))]);
    let topic = |topic: &needs::TopicSum| TopicRow {
        what: named(
            lang,
            &topics,
            Wants {
                requirement: topic.requirement.as_deref(),
                programme: topic.programme,
                topic: topic.topic.as_ref(),
                words: &topic.words,
                subject: topic.subject,
            },
        ),
        subject: subject_of(lang, topic.subject),
        people: lang.number(topic.people),
        attendances: lang.number(topic.attendances),
        urgent: lang.number(topic.urgent),
    };
    let kept = pairs(&ask);
    let kept: Vec<_> = kept.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    shell::page(&SumsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("needs-consolidated")),
        lead: lead(&place, &ask),
        notices: place.notices.clone(),
        years: years(&place, &ask, today),
        subjects: subjects(&place, &ask),
        states: states(&place, &ask),
        urgent: ask.urgent,
        heads: heads.iter().map(|s| subject_of(lang, *s)).collect(),
        rows: table.rows.iter().map(row).collect(),
        total: total.collect(),
        topics: table.topics.iter().map(topic).collect(),
        files: crate::papers::files::links(lang, |ending| link(&place, &format!("/nhu-cau/tong-hop.{ending}"), &ask, &[])),
        send: may_send(&signed_in.ctx, PaperKind::NeedsTable).then(|| link(&place, "/nhu-cau/tong-hop/trinh", &ask, &[])),
        xlsx: link(&place, "/nhu-cau/tong-hop.xlsx", &ask, &[]),
        csv: link(&place, "/nhu-cau/tong-hop.csv", &ask, &[]),
        picker: place.picker(PATH, &kept),
    })
}

/// The table as a paper.
pub(crate) async fn paper(State(state): State<AppState>, signed_in: SignedIn, asked: Asked, uri: Uri) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::ViewNeeds)?;
    answer(&state, &signed_in, &uri, &about(&state, &signed_in, &asked).await?, "tong-hop-nhu-cau").await
}

/// What the paper of an address is made of.
pub(crate) async fn about(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<About, WebError> {
    let place = Place::of(state, signed_in, asked).await?;
    Ok(About::Needs(asked_for(&place, asked, signed_in.ctx.today.year())))
}

fn link_to(place: &Place, ask: &Ask, unit: &str) -> String {
    let kept = pairs(ask);
    let kept: Vec<_> = kept.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    place.link_to_unit(PATH, Some(unit), &kept)
}

fn lead(place: &Place, ask: &Ask) -> String {
    let lang = place.lang();
    let year = ask.year.map_or_else(|| lang.t("needs-any-year"), |year| lang.with("needs-of-year", &[("year", year.to_string().into())]));
    format!("{} · {year}", place.name())
}

/// The table of units as a list to take along; it names nobody.
fn sheet(lang: Lang, place: &Place, ask: &Ask, table: &Consolidated) -> List {
    let heads = needed(table);
    let pair = |name: String| {
        let part = |key: &str| Column::new(format!("{name} – {}", lang.t(key)), 14);
        [part("needs-people"), part("needs-attendances")]
    };
    let mut columns = vec![Column::new(lang.t("needs-unit"), 40)];
    columns.extend(heads.iter().flat_map(|s| pair(subject_of(lang, *s))));
    columns.extend(pair(lang.t("needs-total")));
    let cells = |sum: Option<&Sum>| sum.map_or([Cell::Empty, Cell::Empty], |sum| [Cell::Number(sum.people), Cell::Number(sum.attendances)]);
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut line = vec![Cell::Text(row.unit.name.clone())];
        line.extend(heads.iter().flat_map(|s| cells(row.subjects.get(s))));
        line.extend(cells(Some(&row.total)));
        rows.push(line);
    }
    let mut last = vec![Cell::Text(lang.t("needs-total"))];
    last.extend(heads.iter().flat_map(|s| cells(table.subjects.get(s))));
    last.extend(cells(table.total.as_ref()));
    rows.push(last);
    List { title: lang.t("needs-consolidated"), notes: vec![lead(place, ask), lang.t("needs-counted")], columns, rows }
}

/// The table as a workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (place, ask, table, _) = loaded(&state, &signed_in, &asked).await?;
    sheet(signed_in.lang(), &place, &ask, &table).xlsx("nhu-cau-tong-hop").await
}

/// The table as separated text.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (place, ask, table, _) = loaded(&state, &signed_in, &asked).await?;
    sheet(signed_in.lang(), &place, &ask, &table).csv("nhu-cau-tong-hop").await
}
