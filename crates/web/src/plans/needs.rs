//! Needs that a plan does not cover yet and who they are; officials whom plans send twice.
//! Not for: drafting lines for them (`propose`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use service::plans::{self, NamedOfficial};

use super::cells::LineView;
use super::{Head, path, viewed};
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::needs::{Topics, Wants, named};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Lines shown at once; what is beyond is counted.
const MOST_SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "plans/needs.html")]
struct NeedsPage {
    shell: Shell,
    head: Head,
    told: String,
    rows: Vec<NeedRow>,
    more: Option<String>,
    idle: Vec<LineView>,
    propose: Option<String>,
}

struct NeedRow {
    what: String,
    subject: String,
    unit: String,
    who: Option<(String, String)>,
    people: String,
}

/// Who it is, with the address of the record.
fn who(named: &NamedOfficial) -> (String, String) {
    (format!("/nhan-su/{}", escaped(&named.code)), named.name.clone())
}

/// Needs without a place.
pub(crate) async fn open(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let covered = plans::coverage(&state.services, &signed_in.ctx, &view).await?;
    let known = plans::known(&state.services, &signed_in.ctx, &view.body.officials()).await?;
    let topics = Topics::of(&state, &signed_in).await?;
    let what = |need: &domain::plans::needs::Asked| {
        let topic = need.topic.as_ref().map(|topic| (topic.scheme.clone(), topic.code.clone()));
        let wants = Wants {
            requirement: need.requirement.as_deref(),
            programme: need.programme,
            topic: topic.as_ref(),
            words: &need.words,
            subject: need.subject,
        };
        named(lang, &topics, wants)
    };
    let row = |open: &plans::OpenNeed| NeedRow {
        what: what(&open.need),
        subject: word(lang, "subject", open.need.subject.code()),
        unit: known.names.name_on(open.need.unit, signed_in.ctx.today).to_owned(),
        who: open.official.as_ref().map(who),
        people: lang.number(open.people.into()),
    };
    let idle = view.body.lines.iter().filter(|line| covered.idle.contains(&line.key));
    let told = lang.with(
        "plans-covered",
        &[
            ("needs", lang.size(covered.needs).into()),
            ("people", lang.number(covered.people.0).into()),
            ("covered", lang.number(covered.people.1).into()),
            ("open", lang.number(covered.people.0 - covered.people.1).into()),
        ],
    );
    shell::page(&NeedsPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/nhu-cau"),
        told,
        rows: covered.open.iter().take(MOST_SHOWN).map(row).collect(),
        more: beyond(lang, covered.open.len()),
        idle: idle.map(|line| LineView::of(lang, line, &known)).collect(),
        propose: view.is_open().then(|| path(view.plan.id, "/de-xuat")),
    })
}

fn beyond(lang: Lang, all: usize) -> Option<String> {
    (all > MOST_SHOWN).then(|| lang.with("plans-more", &[("n", lang.size(all - MOST_SHOWN).into())]))
}

#[derive(Template)]
#[template(path = "plans/overlaps.html")]
struct OverlapsPage {
    shell: Shell,
    head: Head,
    rows: Vec<OverlapRow>,
    more: Option<String>,
}

struct OverlapRow {
    who: Option<(String, String)>,
    unit: String,
    kind: &'static str,
    kind_word: String,
    own: String,
    other: Option<(String, String, String)>,
}

/// Officials whom plans send twice.
pub(crate) async fn overlaps(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let found = plans::overlaps(&state.services, &signed_in.ctx, &view).await?;
    let row = |line: &plans::OverlapLine| OverlapRow {
        who: line.official.as_ref().map(who),
        unit: line.official.as_ref().map(|named| named.unit_name.clone()).unwrap_or_default(),
        kind: line.overlap.kind.code(),
        kind_word: lang.code_text("plan-overlap", line.overlap.kind.code()),
        own: line.words.clone(),
        other: line
            .other
            .as_ref()
            .map(|other| (other.words.clone(), path(line.overlap.other.plan, ""), format!("{} · {}", other.title, other.unit))),
    };
    shell::page(&OverlapsPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/trung-lap"),
        rows: found.iter().take(MOST_SHOWN).map(row).collect(),
        more: beyond(lang, found.len()),
    })
}
